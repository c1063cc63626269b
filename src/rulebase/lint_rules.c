/* SPDX-License-Identifier: MIT
 *
 * Rules against each other: one that says what others say already changes
 * nothing. Whether one condition brings another with it is read from their truth
 * table, so what is told is certain.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rulebase/lint.h"

/* A rule may be hidden by several together; more than these are not put together. */
enum { MASK_RULES = 24, MASK_BITS = 12 };

struct review {
	struct lint *lint;
	const struct rulebase *base;
	uint64_t *rests_on; /* of each rule: questions it rests on, a bit for several at a time */
	uint64_t *things;   /* the same of questions and findings */
	bool *done;         /* of things: worked out */
	bool *told;         /* of each rule: it was told to change nothing */
};

/* ---- What rests on which questions ------------------------------------------------------ */

static uint64_t rest_of_cond(struct review *review, const struct cond *cond);

static uint64_t rest_of_thing(struct review *review, unsigned thing)
{
	const struct rulebase *base = review->base;
	uint64_t bits = 0;

	if (review->done[thing])
		return review->things[thing];
	if (thing < base->nquestions) {
		bits = UINT64_C(1) << thing % 64 |
		       rest_of_cond(review, base->questions[thing].relevant);
	} else {
		const struct finding *finding = &base->findings[thing - base->nquestions];

		for (size_t i = 0; i < finding->nrules; i++)
			bits |= rest_of_cond(review, base->rules[finding->rules[i]].when);
	}
	review->done[thing] = true;
	return review->things[thing] = bits;
}

static uint64_t rest_of_cond(struct review *review, const struct cond *cond)
{
	uint64_t bits = 0;

	if (!cond)
		return 0;
	if (cond->op == COND_TEST)
		return rest_of_thing(review, cond->test.question);
	if (cond->op == COND_FINDING)
		return rest_of_thing(review, (unsigned)review->base->nquestions + cond->finding);
	for (size_t i = 0; i < cond->nitems; i++)
		bits |= rest_of_cond(review, cond->items[i]);
	return bits;
}

/* ---- Which effect is no weaker ----------------------------------------------------------- */

/* Both ascend. */
static bool holds_all(const unsigned *all, size_t nall, const unsigned *some, size_t nsome)
{
	size_t i = 0;

	for (size_t j = 0; j < nsome; j++) {
		while (i < nall && all[i] < some[j])
			i++;
		if (i == nall || all[i] != some[j])
			return false;
	}
	return true;
}

static bool cap_covers(unsigned strong, unsigned weak)
{
	return !weak || (strong && strong <= weak);
}

static bool adjusts_as_much(const struct rule *strong, const struct rule *weak)
{
	return holds_all(strong->targets, strong->ntargets, weak->targets, weak->ntargets) &&
	       cap_covers(strong->caps.hold_max, weak->caps.hold_max) &&
	       cap_covers(strong->caps.reps_max, weak->caps.reps_max) &&
	       cap_covers(strong->caps.sets_max, weak->caps.sets_max) &&
	       strong->caps.scale <= weak->caps.scale &&
	       (!weak->advice[0] || !strcmp(strong->advice, weak->advice));
}

/* True where WEAK can add nothing to what STRONG does. Weights of preferences add up,
 * so one never takes the place of another. */
static bool covers(const struct rule *strong, const struct rule *weak)
{
	switch (strong->kind) {
	case RULE_FINDING:
		return strong->finding == weak->finding;
	case RULE_ESCALATION:
		return strong->level >= weak->level && strong->if_unknown >= weak->if_unknown;
	case RULE_CONTRAINDICATION:
		return holds_all(strong->targets, strong->ntargets, weak->targets,
		                 weak->ntargets) &&
		       holds_all(strong->instead, strong->ninstead, weak->instead, weak->ninstead);
	case RULE_ADJUSTMENT:
		return adjusts_as_much(strong, weak);
	case RULE_WATCH:
		return strong->up_to >= weak->up_to && !strcmp(strong->because, weak->because) &&
		       !strcmp(strong->advice, weak->advice);
	default:
		return false;
	}
}

static bool same_effect(const struct rule *a, const struct rule *b)
{
	if (a->kind == RULE_PREFERENCE)
		return a->weight == b->weight && a->ntargets == b->ntargets &&
		       holds_all(a->targets, a->ntargets, b->targets, b->ntargets);
	return covers(a, b) && covers(b, a);
}

/* ---- Two rules ----------------------------------------------------------------------------- */

static struct place when_of(const struct lint *lint, const struct rule *rule)
{
	return scap__lint_place(lint, scap__rule_file(rule->kind), rule->origin.line, 1);
}

/* Somebody for whom the rule of a table holds, or "". */
static void show(struct lint *lint, const uint64_t *table, char example[TRUTH_TEXT])
{
	int first = lint->truth.whole ? scap__truth_first(&lint->truth, table, NULL) : NONE;

	example[0] = '\0';
	if (first != NONE)
		scap__truth_write(&lint->truth, first, example);
}

static void tell_two(struct review *review, const struct rule *weak, const struct rule *strong,
                     bool same, const uint64_t *table)
{
	struct lint *lint = review->lint;
	char example[TRUTH_TEXT];

	show(lint, table, example);
	review->told[weak - review->base->rules] = true;
	if (same)
		scap__lint_tell(lint, E_SAME_RULE, weak->id, when_of(lint, weak), example,
		                "'%s' says what '%s' in line %u says: for the same people, with "
		                "the same effect", weak->id, strong->id, strong->origin.line);
	else
		scap__lint_tell(lint, E_COVERED_RULE, weak->id, when_of(lint, weak), example,
		                "'%s' changes at most the words: wherever it holds, '%s' in line "
		                "%u holds, too, and its effect is no weaker", weak->id, strong->id,
		                strong->origin.line);
}

/* True where one condition brings the other with it, and can hold at all. */
static bool brings(const struct truth_table *truth, const uint64_t *a, const uint64_t *b)
{
	return scap__truth_first(truth, a, NULL) != NONE && scap__truth_first(truth, a, b) == NONE;
}

/* What changes nothing is told once, and is no reason to do without another. */
static bool told(const struct review *review, const struct rule *rule)
{
	return review->told[rule - review->base->rules];
}

static void look_at_two(struct review *review, const struct rule *a, const struct rule *b)
{
	struct truth_table *truth = &review->lint->truth;
	const struct cond *const conds[2] = {a->when, b->when};
	bool same = same_effect(a, b), ab = covers(b, a), ba = covers(a, b);
	const uint64_t *first, *second;

	if ((!same && !ab && !ba) || told(review, a) || told(review, b) ||
	    !scap__truth_begin(truth, conds, 2, TRUTH_BITS))
		return;
	first = scap__truth_of(truth, a->when, NULL);
	second = first ? scap__truth_of(truth, b->when, NULL) : NULL;
	if (!second)
		return;
	ab = ab && brings(truth, first, second);
	ba = ba && brings(truth, second, first);
	if (same && brings(truth, first, second) && brings(truth, second, first))
		tell_two(review, a->origin.line > b->origin.line ? a : b,
		         a->origin.line > b->origin.line ? b : a, true, first);
	else if (ab)
		tell_two(review, a, b, false, first);
	else if (ba)
		tell_two(review, b, a, false, second);
}

/* Conditions that share no question say nothing of each other; `always` shares all. */
static bool related(const struct review *review, size_t a, size_t b)
{
	return review->rests_on[a] & review->rests_on[b] || !review->rests_on[a] ||
	       !review->rests_on[b];
}

static void look_at_pairs(struct review *review)
{
	const struct rulebase *base = review->base;

	for (size_t i = 0; i < base->nrules; i++)
		for (size_t j = i + 1; j < base->first_rule[base->rules[i].kind + 1]; j++)
			if (related(review, i, j))
				look_at_two(review, &base->rules[i], &base->rules[j]);
}

/* ---- One rule behind several -------------------------------------------------------- */

struct mask {
	const struct cond *conds[MASK_RULES + 1]; /* that of the rule first */
	const struct rule *rules[MASK_RULES + 1];
	size_t count;
};

/* Takes a rule in if the table stays small enough. */
static void take_rule(struct review *review, struct mask *mask, const struct rule *rule)
{
	mask->conds[mask->count] = rule->when;
	mask->rules[mask->count] = rule;
	if (scap__truth_begin(&review->lint->truth, mask->conds, mask->count + 1, MASK_BITS) &&
	    review->lint->truth.whole)
		mask->count++;
}

/* Rules that could hide one, those first that rest on little else. */
static void gather(struct review *review, size_t index, struct mask *mask)
{
	const struct rulebase *base = review->base;
	const struct rule *rule = &base->rules[index];
	uint64_t bits = review->rests_on[index];

	take_rule(review, mask, rule);
	for (int extra = 0; extra < 3 && mask->count; extra++)
		for (size_t i = base->first_rule[rule->kind];
		     i < base->first_rule[rule->kind + 1] && mask->count <= MASK_RULES; i++)
			if (i != index && !review->told[i] && review->rests_on[i] & bits &&
			    __builtin_popcountll(review->rests_on[i] & ~bits) == extra &&
			    covers(&base->rules[i], rule))
				take_rule(review, mask, &base->rules[i]);
}

/* The tables of the others one on top of the other, as far as they are needed to hide
 * the rule. */
static bool hidden(struct review *review, struct mask *mask, uint64_t **table)
{
	struct truth_table *truth = &review->lint->truth;
	uint64_t *all, *one;
	size_t used = 1;

	*table = NULL;
	if (mask->count < 3 || !scap__truth_begin(truth, mask->conds, mask->count, MASK_BITS))
		return false;
	*table = scap__truth_of(truth, mask->conds[0], NULL);
	all = *table ? scap__truth_of(truth, mask->conds[0], NULL) : NULL;
	for (size_t i = 1; all && i < mask->count; i++) {
		size_t mark = truth->low;
		bool counts = false;

		one = scap__truth_of(truth, mask->conds[i], NULL);
		for (size_t w = 0; one && w < truth->nwords; w++) {
			counts |= (all[w] & one[w]) != 0;
			all[w] &= ~one[w];
		}
		truth->low = mark;
		if (counts)
			mask->rules[used++] = mask->rules[i];
	}
	mask->count = used;
	return all && brings(truth, *table, *table) && scap__truth_first(truth, all, NULL) == NONE;
}

static void tell_hidden(struct review *review, const struct mask *mask, const uint64_t *table)
{
	struct lint *lint = review->lint;
	const struct rule *rule = mask->rules[0];
	char names[200] = "", example[TRUTH_TEXT];
	size_t used = 0;

	for (size_t i = 1; i < mask->count && used < sizeof(names); i++)
		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s'%s'",
		                         i == 1 ? "" : i + 1 == mask->count ? " or " : ", ",
		                         mask->rules[i]->id);
	show(lint, table, example);
	review->told[rule - review->base->rules] = true;
	scap__lint_tell(lint, E_MASKED_RULE, rule->id, when_of(lint, rule), example,
	                "'%s' changes at most the words: wherever it holds, %s holds, "
	                "too, and their effect is no weaker", rule->id, names);
}

static void look_behind(struct review *review)
{
	for (size_t i = 0; i < review->base->nrules; i++) {
		struct mask mask = {.count = 0};
		uint64_t *table;

		if (review->told[i] || !review->rests_on[i])
			continue;
		gather(review, i, &mask);
		if (hidden(review, &mask, &table))
			tell_hidden(review, &mask, table);
	}
}

/* ---- What an unknown answer leads to ------------------------------------------------- */

static void look_at_if_unknown(struct review *review)
{
	const struct rulebase *base = review->base;

	for (size_t i = base->first_rule[RULE_ESCALATION];
	     i < base->first_rule[RULE_ESCALATION + 1]; i++) {
		const struct rule *rule = &base->rules[i];
		const struct scap_level *unknown = &base->levels[rule->if_unknown].shown;
		struct place place = scap__lint_place(review->lint, FILE_ESCALATIONS,
		                                      rule->origin.line, 3);

		if (!unknown->routine || base->levels[rule->level].shown.routine)
			continue;
		if (rule->flagged)
			scap__lint_tell(review->lint, E_IF_UNKNOWN_ROUTINE, rule->id, place, "",
			                "'%s' permits a routine while a red flag is unanswered",
			                unknown->name);
		else
			scap__lint_tell(review->lint, E_IF_UNKNOWN_EASES, rule->id, place, "",
			                "'%s' permits a routine while '%s' is not ruled out",
			                unknown->name, rule->id);
	}
}

void scap__lint_rules(struct lint *lint)
{
	const struct rulebase *base = lint->base;
	size_t things = base->nquestions + base->nfindings + 1;
	struct review review = {.lint = lint, .base = base};

	review.rests_on = scap__arena_array(lint->arena, base->nrules + 1, sizeof(uint64_t));
	review.things = scap__arena_array(lint->arena, things, sizeof(uint64_t));
	review.done = scap__arena_array(lint->arena, things, sizeof(bool));
	review.told = scap__arena_array(lint->arena, base->nrules + 1, sizeof(bool));
	if (!review.rests_on || !review.things || !review.done || !review.told) {
		lint->no_memory = true;
		return;
	}
	for (size_t i = 0; i < base->nrules; i++)
		review.rests_on[i] = rest_of_cond(&review, base->rules[i].when);
	look_at_if_unknown(&review);
	look_at_pairs(&review);
	look_behind(&review);
}
