/* SPDX-License-Identifier: MIT
 *
 * The weaknesses of a pack, and whether its signatures still hold on a given day.
 */
#include <stdio.h>
#include <string.h>

#include "base/report.h"
#include "engine/pack.h"
#include "rulebase/lint.h"
#include "rulebase/loader.h"
#include "words/scan.h"

enum { DAYS = 32 }; /* more than any month has, so that days compare within months */

/* A date as one number that grows from day to day; dates were checked when loading. */
static long day_of(const char *date)
{
	long year = 0, month = 0, day = 0;

	sscanf(date, "%4ld-%2ld-%2ld", &year, &month, &day);
	return (year * 12 + month) * DAYS + day;
}

/* The file as errors name it. */
static const char *path_of(const struct rulebase *base, const char *file)
{
	for (size_t i = 0; i < base->nfiles; i++)
		if (!strcmp(base->files[i].file, file))
			return base->files[i].path;
	return file;
}

static void look_at(struct lint *lint, const struct rule *rule, long today)
{
	const struct rulebase *base = lint->base;
	struct source row = {.file = path_of(base, rule->origin.file),
	                     .first_line = rule->origin.line};
	struct place place = {.source = &row};
	const char *on = rule->cited.reviewed_on;
	long months = base->settings.review_months;

	if (!on[0])
		return;
	if (day_of(on) > today)
		scap__report_add(lint->report, E_BAD_DATE, place,
		                 "the review of '%s' lies in the future: %s", rule->id, on);
	else if (rule->cited.reviewed_by[0] && today > day_of(on) + months * DAYS)
		scap__lint_tell(lint, E_STALE_REVIEW, rule->id, place, "",
		                "'%s' was reviewed on %s, over %ld month%s ago", rule->id, on,
		                months, months == 1 ? "" : "s");
}

/* A sure phrase whose own example does not come out so: something else in the example
 * stands in its way. */
static void look_at_phrase(struct lint *lint, struct scan *scan, const struct phrase *phrase)
{
	const struct concept *concept = &lint->base->concepts[phrase->concept];
	enum sense got;
	static const char *const words[] = {"not mentioned", "present", "denied", "to be asked"};

	lint->no_memory |= !scap__scan_text(scan, phrase->example_yes,
	                                    strlen(phrase->example_yes));
	got = scap__scan_sense(scan, phrase->concept);
	if (lint->no_memory || got == SENSE_PRESENT)
		return;
	scap__lint_tell(lint, E_EXAMPLE_UNREAD, phrase->id,
	                scap__load_place(lint->base->loader, FILE_LEXICON, phrase->origin.line, 5),
	                "", "read as a whole, the example of '%s' says that '%s' is %s", phrase->id,
	                concept->name, words[got]);
}

/* The example many times over, as a hostile text would have it. */
static void look_for_runaway(struct lint *lint, struct scan *scan, const struct phrase *phrase)
{
	char text[640];
	size_t size = strlen(phrase->example_yes), used = 0;

	for (; used + size + 1 < sizeof(text); used += size + 1) {
		memcpy(text + used, phrase->example_yes, size);
		text[used + size] = ' ';
	}
	lint->no_memory |= !scap__scan_text(scan, text, used);
	if (scan->unread && !lint->no_memory)
		scap__report_add(lint->report, E_PATTERN_REFUSED,
		                 scap__load_place(lint->base->loader, FILE_LEXICON,
		                                  phrase->origin.line, 4),
		                 "'%s' can run away: many examples in a row take it too long",
		                 phrase->id);
}

static void look_at_phrases(struct lint *lint, const struct lexicon *lexicon)
{
	struct scan *scan = lexicon->base->nphrases ? scap__scan_new(lexicon) : NULL;

	lint->no_memory |= lexicon->base->nphrases && !scan;
	for (size_t i = 0; scan && i < lexicon->base->nphrases; i++) {
		if (lexicon->base->phrases[i].sure)
			look_at_phrase(lint, scan, &lexicon->base->phrases[i]);
		look_for_runaway(lint, scan, &lexicon->base->phrases[i]);
	}
	scap__scan_free(scan);
}

size_t scap_pack_lint(const scap_pack *pack, const struct scap_lint_options *options,
                      scap_report *report)
{
	struct lint lint;

	if (scap__lint_begin(&lint, pack->base, options->file, options->bytes, options->size,
	                     report)) {
		scap__lint_run(&lint);
		look_at_phrases(&lint, pack->lexicon);
		for (size_t i = 0; options->today && i < pack->base->nrules; i++)
			look_at(&lint, &pack->base->rules[i], day_of(options->today));
	} else {
		lint.no_memory = true;
	}
	if (lint.no_memory)
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
	scap__lint_end(&lint);
	scap__report_sort(report);
	return lint.set_aside;
}
