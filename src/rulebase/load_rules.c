/* SPDX-License-Identifier: MIT
 *
 * The six rule tables, and the `relevant` cells of questions.
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "rulebase/loader.h"
#include "rulebase/parser.h"

enum { ID, WHEN };

static bool parse_condition(const struct record *record, size_t column, struct cond **cond)
{
	const struct cell *cell = scap__record_cell(record, column);
	bool no_memory = false;

	*cond = NULL;
	if (cell->size && !record->row->broken &&
	    !scap__load_lost(record->loader, FILE_QUESTIONS) &&
	    !scap__load_lost(record->loader, FILE_FINDINGS))
		*cond = scap__cond_parse(record->loader->base, record->loader->report,
		                         record->table, cell, &no_memory);
	return !no_memory;
}

static bool load_relevant(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	const struct cell *name = scap__record_cell(record, 1);
	const struct name *found = scap__names_find(base->names, name->text, name->size);
	struct question *question;
	struct cond *cond;

	if (!parse_condition(record, 4, &cond))
		return false;
	if (!found || found->kind != NAME_QUESTION)
		return true;
	question = &base->questions[found->index];
	if (question->origin.line != record->row->line)
		return true; /* the second of two with one name, which was reported */
	question->relevant = cond;
	question->relevant_text = scap__record_text(record, 4);
	return true;
}

bool scap__load_relevance(struct loader *loader)
{
	return scap__load_rows(loader, FILE_QUESTIONS, load_relevant);
}

/* Index of the level that a cell names; BLANK where it is empty or wrong. */
static unsigned read_level(const struct record *record, size_t column, unsigned blank)
{
	const struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, column);
	const struct name *name = scap__names_find(base->names, cell->text, cell->size);

	if (name && name->kind == NAME_LEVEL)
		return name->index;
	if (cell->size)
		scap__record_unknown(record, column, 0, cell->size, E_UNKNOWN_LEVEL, "level",
		                     base->names, 1u << NAME_LEVEL);
	return blank;
}

static int by_number(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

static size_t sort_unique(unsigned *list, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(list, count, sizeof(*list), by_number);
	for (size_t i = 0; i < count; i++)
		if (!i || list[i] != list[i - 1])
			list[kept++] = list[i];
	return kept;
}

/* Adds the exercises that an item means: itself, or all that carry the tag. */
static bool add_target(const struct record *record, struct rule *rule, const struct name *name)
{
	const struct rulebase *base = record->loader->base;

	if (name->kind == NAME_EXERCISE)
		return scap__push(record->loader, &rule->targets, &rule->ntargets, name->index);
	for (size_t i = 0; i < base->nexercises; i++)
		for (size_t j = 0; j < base->exercises[i].ntags; j++)
			if (base->exercises[i].tags[j] == name->index &&
			    !scap__push(record->loader, &rule->targets, &rule->ntargets,
			                (unsigned)i))
				return false;
	return true;
}

/* A list of tags and exercises, or `all`. */
static bool read_targets(const struct record *record, size_t column, bool all, struct rule *rule)
{
	const struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, column);
	struct item item;
	size_t at = 0;

	rule->targets_text = cell->text;
	rule->all = all && !strcmp(cell->text, "all");
	if (rule->all) {
		for (unsigned i = 0; i < base->nexercises; i++)
			if (!scap__push(record->loader, &rule->targets, &rule->ntargets, i))
				return false;
		return true;
	}
	while (scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		const struct name *name = scap__names_find(base->targets, item.text, item.size);

		if (!name && item.size == 3 && !memcmp(item.text, "all", 3))
			scap__record_part_error(record, column, item.at, item.size,
			                        E_UNKNOWN_TARGET, all ? "'all' stands alone"
			                                              : "'all' is not allowed here");
		else if (!name)
			scap__record_unknown(record, column, item.at, item.size, E_UNKNOWN_TARGET,
			                     "tag or exercise", base->targets,
			                     1u << NAME_TAG | 1u << NAME_EXERCISE);
		else if (!add_target(record, rule, name))
			return false;
	}
	rule->ntargets = sort_unique(rule->targets, rule->ntargets);
	return true;
}

static bool read_instead(const struct record *record, size_t column, struct rule *rule)
{
	const struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, column);
	struct item item;
	size_t at = 0;

	while (scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		const struct name *name = scap__names_find(base->targets, item.text, item.size);

		if (!name || name->kind != NAME_EXERCISE)
			scap__record_unknown(record, column, item.at, item.size, E_UNKNOWN_EXERCISE,
			                     "exercise", base->targets, 1u << NAME_EXERCISE);
		else if (!scap__push(record->loader, &rule->instead, &rule->ninstead, name->index))
			return false;
	}
	rule->ninstead = sort_unique(rule->instead, rule->ninstead);
	return true;
}

static bool read_finding(const struct record *record, struct rule *rule)
{
	const struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, 2);
	const struct name *name = scap__names_find(base->names, cell->text, cell->size);

	rule->because = scap__record_text(record, 3);
	if (name && name->kind == NAME_FINDING)
		rule->finding = name->index;
	return scap__record_citation(record, 4, &rule->cited);
}

static bool read_escalation(const struct record *record, struct rule *rule)
{
	rule->level = read_level(record, 2, LIMIT_LEVELS); /* above all, where it is wrong */
	rule->if_unknown = read_level(record, 3, rule->level);
	if (rule->if_unknown > rule->level)
		scap__record_error(record, 3, E_IF_UNKNOWN_ABOVE,
		                   "if_unknown '%s' is more urgent than the level '%s'",
		                   scap__record_text(record, 3), scap__record_text(record, 2));
	rule->because = scap__record_text(record, 4);
	rule->advice = scap__record_text(record, 5);
	return scap__record_citation(record, 6, &rule->cited);
}

static bool read_contraindication(const struct record *record, struct rule *rule)
{
	rule->because = scap__record_text(record, 4);
	return read_targets(record, 2, true, rule) && read_instead(record, 3, rule) &&
	       scap__record_citation(record, 5, &rule->cited);
}

static void read_scale(const struct record *record, struct rule *rule)
{
	const struct cell *cell = scap__record_cell(record, 6);
	int64_t value;

	rule->caps.scale = FULL_SCALE;
	if (!cell->size)
		return;
	if (scap__number_read(cell->text, cell->size, &value) || value < NUMBER_ONE / 100 ||
	    value > NUMBER_ONE)
		scap__record_error(record, 6, E_BAD_NUMBER, "'%s' is no number from 0.01 to 1",
		                   cell->text);
	else
		rule->caps.scale = (unsigned)(value / 1000);
}

static bool read_adjustment(const struct record *record, struct rule *rule)
{
	rule->caps.hold_max = (unsigned)scap__record_number(record, 3, 1, 600, 0);
	rule->caps.reps_max = (unsigned)scap__record_number(record, 4, 1, 200, 0);
	rule->caps.sets_max = (unsigned)scap__record_number(record, 5, 1, 20, 0);
	read_scale(record, rule);
	rule->advice = scap__record_text(record, 7);
	rule->because = scap__record_text(record, 8);
	if (!rule->caps.hold_max && !rule->caps.reps_max && !rule->caps.sets_max &&
	    rule->caps.scale == FULL_SCALE && !rule->advice[0])
		scap__record_error(record, ID, E_EMPTY_ADJUSTMENT,
		                   "'%s' changes nothing: no hold_max, reps_max, sets_max, scale or "
		                   "change", rule->id);
	return read_targets(record, 2, true, rule) &&
	       scap__record_citation(record, 9, &rule->cited);
}

static bool read_preference(const struct record *record, struct rule *rule)
{
	rule->weight = (unsigned)scap__record_number(record, 3, 1, 100, 1);
	rule->because = scap__record_text(record, 4);
	return read_targets(record, 2, false, rule) &&
	       scap__record_citation(record, 5, &rule->cited);
}

static bool read_watch(const struct record *record, struct rule *rule)
{
	rule->because = scap__record_text(record, 2);
	rule->advice = scap__record_text(record, 3);
	rule->up_to = read_level(record, 7, LIMIT_LEVELS);
	return scap__record_citation(record, 4, &rule->cited);
}

static const struct {
	enum pack_file file;
	bool (*read)(const struct record *, struct rule *);
} kinds[RULE_KINDS] = {
	[RULE_FINDING] = {FILE_FINDINGS, read_finding},
	[RULE_ESCALATION] = {FILE_ESCALATIONS, read_escalation},
	[RULE_CONTRAINDICATION] = {FILE_CONTRAINDICATIONS, read_contraindication},
	[RULE_ADJUSTMENT] = {FILE_ADJUSTMENTS, read_adjustment},
	[RULE_PREFERENCE] = {FILE_PREFERENCES, read_preference},
	[RULE_WATCH] = {FILE_WATCH, read_watch},
};

enum pack_file scap__rule_file(enum rule_kind kind)
{
	return kinds[kind].file;
}

static bool load_rule(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct rule *rules, rule = {.advice = "", .targets_text = ""};
	struct name *name;

	while (&scap__pack_files[kinds[rule.kind].file] != record->spec)
		rule.kind++;
	if (base->nrules == LIMIT_RULES) {
		scap__record_error(record, ID, E_TOO_MANY, "over %d rules", LIMIT_RULES);
		return true;
	}
	rules = scap__arena_grow(base->arena, base->rules, base->nrules, sizeof(*rules));
	if (!rules || !scap__record_define(record, ID, base->rule_ids, NAME_RULE, base->nrules,
	                                   &name))
		return false;
	base->rules = rules;
	rule.id = name ? name->text : scap__record_text(record, ID);
	rule.origin = scap__record_origin(record);
	rule.when_text = scap__record_text(record, WHEN);
	if (!parse_condition(record, WHEN, &rule.when) || !kinds[rule.kind].read(record, &rule))
		return false;
	if (name)
		rules[base->nrules++] = rule;
	return true;
}

static int by_kind_and_id(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;

	return x->kind != y->kind ? (int)x->kind - (int)y->kind : strcmp(x->id, y->id);
}

static bool index_rules(struct loader *loader)
{
	struct rulebase *base = loader->base;

	if (base->nrules)
		qsort(base->rules, base->nrules, sizeof(*base->rules), by_kind_and_id);
	for (size_t i = 0; i < base->nrules; i++) {
		struct rule *rule = &base->rules[i];
		struct finding *finding = &base->findings[rule->finding];

		scap__names_find(base->rule_ids, rule->id, strlen(rule->id))->index = (unsigned)i;
		base->first_rule[rule->kind + 1] = i + 1;
		if (rule->kind == RULE_FINDING && base->nfindings &&
		    !scap__push(loader, &finding->rules, &finding->nrules, (unsigned)i))
			return false;
	}
	for (size_t kind = 1; kind <= RULE_KINDS; kind++)
		if (base->first_rule[kind] < base->first_rule[kind - 1])
			base->first_rule[kind] = base->first_rule[kind - 1];
	return true;
}

bool scap__load_rules(struct loader *loader)
{
	for (size_t kind = 0; kind < RULE_KINDS; kind++)
		if (!scap__load_rows(loader, kinds[kind].file, load_rule))
			return false;
	return index_rules(loader);
}
