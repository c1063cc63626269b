/* SPDX-License-Identifier: MIT
 *
 * What a pack holds and never uses. An answer, a name or a row that changes
 * nothing is a question too many, or a rule that somebody forgot to write.
 */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "rulebase/lint.h"

struct usage {
	struct lint *lint;
	const struct rulebase *base;
	bool *questions, *findings, *tags, *sources, *levels;
	uint64_t *choices; /* of each question: bits */
};

static void use_cond(struct usage *usage, const struct cond *cond)
{
	if (!cond)
		return;
	if (cond->op == COND_FINDING)
		usage->findings[cond->finding] = true;
	if (cond->op == COND_TEST) {
		usage->questions[cond->test.question] = true;
		if (cond->test.compare < COMPARE_EQ)
			usage->choices[cond->test.question] |= UINT64_C(1) << cond->test.low;
	}
	for (size_t i = 0; i < cond->nitems; i++)
		use_cond(usage, cond->items[i]);
}

static void use_cited(struct usage *usage, const struct cell *cell)
{
	struct item item;
	size_t at = 0;

	while (scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		const struct name *name = scap__names_find(usage->base->sources_by_name, item.text,
		                                           item.size);

		if (name)
			usage->sources[name->index] = true;
	}
}

/* What a table cites, be it one that must or one that may. */
static void use_sources(struct usage *usage, const struct table *table)
{
	for (size_t column = 0; table->header && column < table->ncolumns; column++) {
		const char *name = table->header[column].text;

		if (strcmp(name, "source") != 0 && strcmp(name, "documents") != 0)
			continue;
		for (size_t i = 0; i < table->nrows; i++)
			use_cited(usage, &table->rows[i].cells[column]);
	}
}

/* The tags that a rule names; that it names exercises is of no interest here. */
static void use_tags(struct usage *usage, const struct rule *rule)
{
	struct item item;
	size_t at = 0;

	while (scap__list_next(rule->targets_text, strlen(rule->targets_text), ';', &at, &item)) {
		const struct name *name = scap__names_find(usage->base->targets, item.text,
		                                           item.size);

		if (name && name->kind == NAME_TAG)
			usage->tags[name->index] = true;
	}
}

static void use_rules(struct usage *usage)
{
	const struct rulebase *base = usage->base;

	for (size_t i = 0; i < base->nrules; i++) {
		const struct rule *rule = &base->rules[i];

		use_cond(usage, rule->when);
		use_tags(usage, rule);
		if (rule->kind == RULE_ESCALATION)
			usage->levels[rule->level] = usage->levels[rule->if_unknown] = true;
	}
	for (size_t i = 0; i < base->nquestions; i++)
		use_cond(usage, base->questions[i].relevant);
}

/* The minutes and the equipment count in every routine. */
static void use_settings(struct usage *usage)
{
	const struct rulebase *base = usage->base;
	int equipment = base->settings.equipment_question;

	if (base->settings.minutes_question != NONE)
		usage->questions[base->settings.minutes_question] = true;
	if (equipment == NONE)
		return;
	usage->questions[equipment] = true;
	for (size_t i = 0; i < base->nexercises; i++)
		for (size_t j = 0; j < base->exercises[i].nneeds; j++)
			usage->choices[equipment] |= base->exercises[i].needs[j].any;
}

/* ---- Telling ----------------------------------------------------------------------- */

/* The cell that is told of. */
struct spot {
	enum pack_file file;
	unsigned line;
	size_t column;
};

/* Tells of a name: BEFORE and AFTER are what is said around it. */
static void tell(struct usage *usage, enum code code, const char *name, struct spot spot,
                 const char *before, const char *after)
{
	scap__lint_tell(usage->lint, code, name,
	                scap__lint_place(usage->lint, spot.file, spot.line, spot.column), "",
	                "%s'%s'%s", before, name, after);
}

/* The list that a question takes its choices from; NULL where it has none. */
static const struct list *list_of(const struct rulebase *base, const struct question *question)
{
	for (size_t i = 0; i < base->nlists; i++)
		if (question->shown.nchoices &&
		    base->lists[i].choices == question->shown.choices)
			return &base->lists[i];
	return NULL;
}

/* Of a select_one every choice is an answer to be told apart from the others. */
static void tell_choices(struct usage *usage, const struct question *question, uint64_t used)
{
	const struct scap_question *shown = &question->shown;
	const struct list *list = shown->type == SCAP_SELECT_MULTIPLE
	                                  ? list_of(usage->base, question) : NULL;
	char where[2 * LIMIT_NAME_BYTES + 2];

	for (size_t i = 0; list && i < shown->nchoices; i++) {
		unsigned line;

		if (used >> i & 1)
			continue;
		line = scap__lint_line(usage->lint, FILE_CHOICES, list->name,
		                       shown->choices[i].name);
		snprintf(where, sizeof(where), "%s.%s", shown->name, shown->choices[i].name);
		tell(usage, E_UNUSED_CHOICE, where, (struct spot){FILE_CHOICES, line, 1}, "",
		     " changes nothing: no rule asks for it");
	}
}

/* A text can't be asked for in a condition: it is there to be read. */
static void tell_questions(struct usage *usage)
{
	for (size_t i = 0; i < usage->base->nquestions; i++) {
		const struct question *question = &usage->base->questions[i];

		if (question->shown.type == SCAP_FREE_TEXT)
			continue;
		if (usage->questions[i])
			tell_choices(usage, question, usage->choices[i]);
		else
			tell(usage, E_UNUSED_QUESTION, question->shown.name,
			     (struct spot){FILE_QUESTIONS, question->origin.line, 1},
			     "the answer to ", " changes nothing: no condition asks for it");
	}
}

static void tell_findings(struct usage *usage)
{
	for (size_t i = 0; i < usage->base->nfindings; i++) {
		const struct finding *finding = &usage->base->findings[i];
		const struct rule *first = &usage->base->rules[finding->rules[0]];

		if (!usage->findings[i])
			tell(usage, E_UNUSED_FINDING, finding->name,
			     (struct spot){FILE_FINDINGS, first->origin.line, 2},
			     "no condition names the finding ", "");
	}
}

static void tell_lists(struct usage *usage)
{
	const struct rulebase *base = usage->base;

	for (size_t i = 0; i < base->nlists; i++) {
		const char *name = base->lists[i].name;
		unsigned line = scap__lint_line(usage->lint, FILE_CHOICES, name, NULL);
		bool used = false;

		for (size_t j = 0; j < base->nquestions; j++)
			used |= list_of(base, &base->questions[j]) == &base->lists[i];
		if (!used)
			tell(usage, E_UNUSED_LIST, name, (struct spot){FILE_CHOICES, line, 0},
			     "no question uses the list ", "");
	}
}

static bool carried(const struct rulebase *base, size_t tag)
{
	for (size_t i = 0; i < base->nexercises; i++)
		for (size_t j = 0; j < base->exercises[i].ntags; j++)
			if (base->exercises[i].tags[j] == tag)
				return true;
	return false;
}

static void tell_tags(struct usage *usage)
{
	for (size_t i = 0; i < usage->base->ntags; i++) {
		const struct tag *tag = &usage->base->tags[i];
		bool worn = carried(usage->base, i);

		if (!worn || !usage->tags[i])
			tell(usage, E_UNUSED_TAG, tag->name,
			     (struct spot){FILE_TAGS, tag->origin.line, 0},
			     worn ? "no rule names the tag " : "no exercise carries the tag ", "");
	}
}

static void tell_sources(struct usage *usage)
{
	for (size_t i = 0; i < usage->base->nsources; i++) {
		const struct source_row *source = &usage->base->sources[i];

		if (!usage->sources[i])
			tell(usage, E_UNUSED_SOURCE, source->name,
			     (struct spot){FILE_SOURCES, source->origin.line, 0},
			     "nothing cites the source ", "");
	}
}

/* Where no escalation fires it is the least urgent level. */
static void tell_levels(struct usage *usage)
{
	for (size_t i = 1; i < usage->base->nlevels; i++) {
		const struct level *level = &usage->base->levels[i];

		if (!usage->levels[i])
			tell(usage, E_UNUSED_LEVEL, level->shown.name,
			     (struct spot){FILE_LEVELS, level->origin.line, 0},
			     "no escalation leads to the level ", "");
	}
}

/* ---- Exercises that no routine can hold ---------------------------------------------- */

/* Minutes of the longest session that anybody can have; 0 where that is not known. */
static int64_t longest_session(const struct rulebase *base)
{
	int minutes = base->settings.minutes_question;

	if (minutes == NONE)
		return base->settings.default_minutes;
	return base->questions[minutes].shown.constraint[0]
	               ? base->questions[minutes].high / NUMBER_ONE : 0;
}

/* An adjustment may shorten an exercise, for some. */
static bool adjusted(const struct rulebase *base, unsigned exercise)
{
	for (size_t i = base->first_rule[RULE_ADJUSTMENT];
	     i < base->first_rule[RULE_ADJUSTMENT + 1]; i++)
		for (size_t j = 0; j < base->rules[i].ntargets; j++)
			if (base->rules[i].targets[j] == exercise)
				return true;
	return false;
}

/* True where a condition holds for everybody. */
static bool always(struct lint *lint, const struct cond *cond)
{
	const uint64_t *table = scap__truth_begin(&lint->truth, &cond, 1, TRUTH_BITS)
	                                ? scap__truth_of(&lint->truth, cond, NULL) : NULL;

	return table && scap__truth_always(&lint->truth, table);
}

static void tell_left_out(struct usage *usage)
{
	const struct rulebase *base = usage->base;

	for (size_t i = base->first_rule[RULE_CONTRAINDICATION];
	     i < base->first_rule[RULE_CONTRAINDICATION + 1]; i++) {
		const struct rule *rule = &base->rules[i];

		for (size_t j = 0; j < rule->ntargets && always(usage->lint, rule->when); j++)
			tell(usage, E_UNUSED_EXERCISE, base->exercises[rule->targets[j]].name,
			     (struct spot){FILE_CONTRAINDICATIONS, rule->origin.line, 1},
			     "no routine can hold ", ": this rule leaves it out for everybody");
	}
}

static void tell_too_long(struct usage *usage)
{
	const struct rulebase *base = usage->base;
	int64_t longest = longest_session(base) * 60;

	for (unsigned i = 0; i < base->nexercises && longest; i++) {
		const struct exercise *exercise = &base->exercises[i];
		const struct dose *dose = &exercise->merged;
		unsigned reps = base->parts[exercise->part].share ? 1 : (unsigned)dose->reps_min;
		int64_t least = (int64_t)dose->sets_min * dose->sides * reps *
		                (dose->hold_min + exercise->seconds);

		if (least + base->settings.changeover_seconds > longest && !adjusted(base, i))
			scap__lint_tell(usage->lint, E_UNUSED_EXERCISE, exercise->name,
			                scap__lint_place(usage->lint, FILE_EXERCISES,
			                                 exercise->origin.line, 0), "",
			                "no routine can hold '%s': its least dose takes %lld "
			                "seconds, and the longest session has %lld", exercise->name,
			                (long long)(least + base->settings.changeover_seconds),
			                (long long)longest);
	}
}

static bool make_room(struct usage *usage)
{
	const struct rulebase *base = usage->base;
	struct arena *arena = usage->lint->arena;

	usage->questions = scap__arena_array(arena, base->nquestions + 1, sizeof(bool));
	usage->findings = scap__arena_array(arena, base->nfindings + 1, sizeof(bool));
	usage->tags = scap__arena_array(arena, base->ntags + 1, sizeof(bool));
	usage->sources = scap__arena_array(arena, base->nsources + 1, sizeof(bool));
	usage->levels = scap__arena_array(arena, base->nlevels + 1, sizeof(bool));
	usage->choices = scap__arena_array(arena, base->nquestions + 1, sizeof(uint64_t));
	return usage->questions && usage->findings && usage->tags && usage->sources &&
	       usage->levels && usage->choices;
}

void scap__lint_unused(struct lint *lint)
{
	struct usage usage = {.lint = lint, .base = lint->base};

	if (!make_room(&usage)) {
		lint->no_memory = true;
		return;
	}
	use_rules(&usage);
	use_settings(&usage);
	for (int file = 0; file < PACK_FILES; file++)
		use_sources(&usage, &usage.base->loader->tables[file]);
	tell_questions(&usage);
	tell_findings(&usage);
	tell_lists(&usage);
	tell_tags(&usage);
	tell_sources(&usage);
	tell_levels(&usage);
	tell_left_out(&usage);
	tell_too_long(&usage);
}
