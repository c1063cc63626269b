/* SPDX-License-Identifier: MIT
 *
 * What a pack must hold as a whole, looked at once each row is right by itself:
 * an unanswered red flag never reassures, every red flag can escalate, and what
 * is offered can be done. Levels stand here by urgency, the least urgent first.
 */
#include "rulebase/loader.h"

/* What rests on what. Things are numbered: questions first, findings behind them. */
struct reach {
	const struct rulebase *base;
	unsigned char *flagged; /* rests on a red flag: 0 not looked at, 1 no, 2 yes */
	bool *escalates;        /* an escalation above the least urgent level rests on it */
};

static bool cond_flagged(const struct reach *reach, const struct cond *cond);

static bool thing_flagged(const struct reach *reach, unsigned thing)
{
	const struct rulebase *base = reach->base;
	bool found = false;

	if (reach->flagged[thing])
		return reach->flagged[thing] == 2;
	if (thing < base->nquestions) {
		found = base->questions[thing].shown.red_flag ||
		        cond_flagged(reach, base->questions[thing].relevant);
	} else {
		const struct finding *finding = &base->findings[thing - base->nquestions];

		for (size_t i = 0; i < finding->nrules && !found; i++)
			found = cond_flagged(reach, base->rules[finding->rules[i]].when);
	}
	reach->flagged[thing] = found ? 2 : 1;
	return found;
}

static bool cond_flagged(const struct reach *reach, const struct cond *cond)
{
	if (!cond)
		return false;
	if (cond->op == COND_TEST)
		return thing_flagged(reach, cond->test.question);
	if (cond->op == COND_FINDING)
		return thing_flagged(reach, (unsigned)reach->base->nquestions + cond->finding);
	for (size_t i = 0; i < cond->nitems; i++)
		if (cond_flagged(reach, cond->items[i]))
			return true;
	return false;
}

static void mark_cond(const struct reach *reach, const struct cond *cond);

static void mark_thing(const struct reach *reach, unsigned thing)
{
	const struct rulebase *base = reach->base;
	const struct finding *finding;

	if (reach->escalates[thing])
		return;
	reach->escalates[thing] = true;
	if (thing < base->nquestions) {
		mark_cond(reach, base->questions[thing].relevant);
		return;
	}
	finding = &base->findings[thing - base->nquestions];
	for (size_t i = 0; i < finding->nrules; i++)
		mark_cond(reach, base->rules[finding->rules[i]].when);
}

static void mark_cond(const struct reach *reach, const struct cond *cond)
{
	if (!cond)
		return;
	if (cond->op == COND_TEST)
		mark_thing(reach, cond->test.question);
	else if (cond->op == COND_FINDING)
		mark_thing(reach, (unsigned)reach->base->nquestions + cond->finding);
	for (size_t i = 0; i < cond->nitems; i++)
		mark_cond(reach, cond->items[i]);
}

static bool look_around(struct loader *loader, struct reach *reach)
{
	const struct rulebase *base = loader->base;
	size_t things = base->nquestions + base->nfindings + 1;

	reach->base = base;
	reach->flagged = scap__arena_alloc(loader->arena, things);
	reach->escalates = scap__arena_array(loader->arena, things, sizeof(*reach->escalates));
	if (!reach->flagged || !reach->escalates)
		return false;
	for (size_t i = base->first_rule[RULE_ESCALATION]; i < base->first_rule[RULE_ESCALATION + 1];
	     i++)
		if (base->rules[i].level > 0)
			mark_cond(reach, base->rules[i].when);
	return true;
}

static void check_levels(struct loader *loader)
{
	const struct level *levels = loader->base->levels;

	for (size_t i = 1; i < loader->base->nlevels; i++)
		if (levels[i].shown.routine && !levels[i - 1].shown.routine)
			scap__report_add(loader->report, E_ROUTINE_ORDER,
			                 scap__load_place(loader, FILE_LEVELS, levels[i].origin.line, 3),
			                 "'%s' permits a routine, and the less urgent '%s' does not",
			                 levels[i].shown.name, levels[i - 1].shown.name);
}

static void check_questions(struct loader *loader, const struct reach *reach)
{
	const struct rulebase *base = loader->base;

	for (size_t i = 0; i < base->nquestions; i++)
		if (base->questions[i].shown.red_flag && !reach->escalates[i])
			scap__report_add(loader->report, E_IDLE_RED_FLAG,
			                 scap__load_place(loader, FILE_QUESTIONS,
			                                  base->questions[i].origin.line, 1),
			                 "a yes to '%s' changes nothing: no escalation depends on it",
			                 base->questions[i].shown.name);
}

static void check_exercises(struct loader *loader)
{
	for (size_t i = 0; i < loader->base->nexercises; i++) {
		const struct exercise *exercise = &loader->base->exercises[i];
		struct place place = scap__load_place(loader, FILE_EXERCISES,
		                                      exercise->origin.line, 0);

		if (!exercise->nsteps)
			scap__report_add(loader->report, E_NO_STEPS, place,
			                 "'%s' has no steps: nobody could do it", exercise->name);
		if (!exercise->ndoses)
			scap__report_add(loader->report, E_NO_DOSE, place,
			                 "'%s' has no dose: nobody could say how often",
			                 exercise->name);
	}
}

/* What becomes of somebody who leaves a red flag unanswered. */
static void check_if_unknown(struct loader *loader, const struct reach *reach)
{
	const struct rulebase *base = loader->base;

	for (size_t i = base->first_rule[RULE_ESCALATION]; i < base->first_rule[RULE_ESCALATION + 1];
	     i++) {
		struct rule *rule = &base->rules[i];

		rule->flagged = cond_flagged(reach, rule->when);
		if (rule->flagged && rule->if_unknown == 0 && rule->level > 0)
			scap__report_add(loader->report, E_IF_UNKNOWN_LEAST,
			                 scap__load_place(loader, FILE_ESCALATIONS,
			                                  rule->origin.line, 3),
			                 "'%s' is the least urgent level: a red flag left "
			                 "unanswered would reassure",
			                 base->levels[rule->if_unknown].shown.name);
	}
}

bool scap__load_check(struct loader *loader)
{
	struct reach reach;

	if (!look_around(loader, &reach))
		return false;
	check_levels(loader);
	check_questions(loader, &reach);
	check_if_unknown(loader, &reach);
	check_exercises(loader);
	return true;
}
