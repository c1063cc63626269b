/* SPDX-License-Identifier: MIT */
#include "routine/decision.h"

#include <stdlib.h>

enum truth_word scap__decision_truth(const scap_decision *decision, unsigned node)
{
	const struct truth *truth = &decision->answers->judge->block->truth[node];

	if (plane_bit(&truth->certain, 0))
		return TRUTH_YES;
	return plane_bit(&truth->possible, 0) ? TRUTH_UNKNOWN : TRUTH_NO;
}

bool scap__decision_applies(const scap_decision *decision, size_t rule)
{
	const struct rule *row = &decision->pack->base->rules[rule];

	if (row->kind == RULE_WATCH && scap__verdict_level(&decision->verdict) > row->up_to)
		return false;
	return scap__decision_truth(decision, decision->pack->net->rule_node[rule]) != TRUTH_NO;
}

int scap__decision_conflict(const scap_decision *decision, size_t i)
{
	const struct rulebase *base = decision->pack->base;

	for (size_t q = 0; q < base->nquestions; q++)
		if (plane_bit(&decision->answers->judge->block->conflict[q], 0) && !i--)
			return (int)q;
	return NONE;
}

static bool bears_on(const struct rule *rule, unsigned exercise)
{
	for (size_t i = 0; i < rule->ntargets; i++)
		if (rule->targets[i] == exercise)
			return true;
	return false;
}

static unsigned capped(unsigned value, unsigned cap)
{
	return cap && value > cap ? cap : value;
}

/* Never below one: an exercise that is given is done at least once. */
static unsigned scaled(unsigned value, unsigned scale)
{
	unsigned out = value * scale / 1000;

	return value && !out ? 1 : out;
}

/* The low end of the merged range, then the strictest of what the adjustments
 * say: the smallest cap, the smallest scale. */
static bool make_portion(scap_decision *decision, unsigned index, struct portion *out)
{
	const struct rulebase *base = decision->pack->base;
	const struct exercise *exercise = &base->exercises[index];
	size_t first = base->first_rule[RULE_ADJUSTMENT];
	size_t end = base->first_rule[RULE_ADJUSTMENT + 1];
	unsigned scale = 1000;

	*out = (struct portion){
		.exercise = index,
		.sets = (unsigned)exercise->merged.sets_min,
		.reps = (unsigned)exercise->merged.reps_min,
		.hold = (unsigned)exercise->merged.hold_min,
		.sides = (unsigned)exercise->merged.sides,
	};
	out->adjustments = scap__arena_array(decision->arena, end - first + 1,
	                                     sizeof(*out->adjustments));
	if (!out->adjustments)
		return false;
	for (size_t i = first; i < end; i++) {
		const struct rule *rule = &base->rules[i];

		if (!bears_on(rule, index) || !scap__decision_applies(decision, i))
			continue;
		out->adjustments[out->nadjustments++] = (unsigned)i;
		if (rule->caps.scale < scale)
			scale = rule->caps.scale;
		out->sets = capped(out->sets, rule->caps.sets_max);
		out->reps = capped(out->reps, rule->caps.reps_max);
		out->hold = capped(out->hold, rule->caps.hold_max);
	}
	out->reps = scaled(out->reps, scale);
	out->hold = scaled(out->hold, scale);
	out->seconds = out->sets * out->sides * out->reps * (out->hold + exercise->seconds);
	return true;
}

static bool make_routine(scap_decision *decision)
{
	struct selection *selection = decision->selection;

	decision->routine = scap__arena_array(decision->arena, selection->count + 1,
	                                      sizeof(*decision->routine));
	if (!decision->routine)
		return false;
	for (size_t i = 0; i < selection->count; i++) {
		if (!make_portion(decision, selection->list[i], &decision->routine[i]))
			return false;
		decision->seconds += decision->routine[i].seconds;
	}
	return true;
}

static void count_undecided(scap_decision *decision)
{
	const struct layout *layout = decision->verdict.layout;

	for (size_t i = 0; i < layout->nreasons; i++) {
		unsigned node = decision->pack->net->rule_node[layout->reasons[i].rule];

		if (!layout->reasons[i].certain && !scap__verdict_reason(&decision->verdict, i) &&
		    scap__decision_truth(decision, node) == TRUTH_UNKNOWN)
			decision->undecided++;
	}
}

static bool decide(scap_decision *decision, const scap_answers *answers)
{
	const struct layout *layout = decision->pack->layout;
	uint64_t *head, *tail;

	decision->answers = scap__answers_copy(answers);
	decision->selection = scap__selection_new(layout);
	head = scap__arena_array(decision->arena, layout->head_words + 1, sizeof(*head));
	tail = scap__arena_array(decision->arena, layout->tail_words + 1, sizeof(*tail));
	if (!decision->answers || !decision->selection || !head || !tail)
		return false;
	scap__answers_judge(decision->answers, false);
	scap__judge_lane(decision->answers->judge, 0, head, tail);
	decision->verdict = (struct verdict){layout, head, tail};
	scap__selection_make(decision->selection, &decision->verdict);
	count_undecided(decision);
	return make_routine(decision);
}

scap_decision *scap_decide(const scap_answers *answers)
{
	struct arena *arena = scap__arena_new();
	scap_decision *decision = arena ? scap__arena_alloc(arena, sizeof(*decision)) : NULL;

	if (!decision) {
		scap__arena_free(arena);
		return NULL;
	}
	decision->pack = answers->pack;
	decision->arena = arena;
	if (decide(decision, answers))
		return decision;
	scap_decision_free(decision);
	return NULL;
}

void scap_decision_free(scap_decision *decision)
{
	if (!decision)
		return;
	scap_answers_free(decision->answers);
	scap__selection_free(decision->selection);
	scap__arena_free(decision->arena);
}

const struct scap_level *scap_decision_level(const scap_decision *decision)
{
	return &decision->pack->base->levels[scap__verdict_level(&decision->verdict)].shown;
}

int scap_decision_certain(const scap_decision *decision)
{
	return scap__verdict_certain(&decision->verdict);
}

const char *scap_decision_exercise(const scap_decision *decision, size_t i)
{
	if (i >= decision->selection->count)
		return NULL;
	return decision->pack->base->exercises[decision->selection->list[i]].name;
}
