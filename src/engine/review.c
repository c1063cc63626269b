/* SPDX-License-Identifier: MIT
 *
 * Whether the signatures of a pack still hold on a given day.
 */
#include <stdio.h>
#include <string.h>

#include "base/report.h"
#include "engine/pack.h"

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

static void look_at(const struct rulebase *base, const struct rule *rule, long today,
                    struct scap_report *report)
{
	struct source row = {.file = path_of(base, rule->origin.file),
	                     .first_line = rule->origin.line};
	const char *on = rule->cited.reviewed_on;
	long months = base->settings.review_months;

	if (!on[0])
		return;
	if (day_of(on) > today)
		scap__report_add(report, E_BAD_DATE, (struct place){.source = &row},
		                 "the review of '%s' lies in the future: %s", rule->id, on);
	else if (rule->cited.reviewed_by[0] && today > day_of(on) + months * DAYS)
		scap__report_add(report, E_STALE_REVIEW, (struct place){.source = &row},
		                 "'%s' was reviewed on %s, over %ld month%s ago", rule->id, on,
		                 months, months == 1 ? "" : "s");
}

void scap_pack_review(const scap_pack *pack, const char *today, scap_report *report)
{
	for (size_t i = 0; i < pack->base->nrules; i++)
		look_at(pack->base, &pack->base->rules[i], day_of(today), report);
	scap__report_sort(report);
}
