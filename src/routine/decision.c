/* SPDX-License-Identifier: MIT */
#include "routine/decision.h"

#include "routine/week.h"

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

bool scap__rule_targets(const struct rule *rule, unsigned exercise)
{
	for (size_t i = 0; i < rule->ntargets; i++)
		if (rule->targets[i] == exercise)
			return true;
	return false;
}

static bool make_weeks(scap_decision *decision)
{
	const struct rulebase *base = decision->pack->base;
	const struct session *session = decision->session;

	decision->weeks = scap__arena_array(decision->arena, base->nweeks + 1,
	                                    sizeof(*decision->weeks));
	if (!decision->weeks)
		return false;
	for (size_t i = 0; i < base->nweeks; i++) {
		struct portion *portions = scap__arena_array(decision->arena, session->count + 1,
		                                             sizeof(*portions));

		if (!portions)
			return false;
		scap__week_make(session, decision->selection, i, portions);
		decision->weeks[i] = portions;
	}
	return true;
}

static bool list_unknowns(scap_decision *decision, unsigned node, struct unknowns *out)
{
	const struct network *net = decision->pack->net;
	struct block *block = decision->answers->judge->block;

	scap__block_trace_from(block, node);
	for (size_t i = 0; i < net->base->nquestions; i++) {
		unsigned question = net->missing_order[i], *list;

		if (!plane_bit(&block->missing[question], 0))
			continue;
		list = scap__arena_grow(decision->arena, out->questions, out->count,
		                        sizeof(*list));
		if (!list)
			return false;
		out->questions = list;
		list[out->count++] = question;
	}
	return true;
}

static bool find_unknowns(scap_decision *decision)
{
	const struct layout *layout = decision->verdict.layout;
	bool certain, ok = true;

	decision->unknowns = scap__arena_array(decision->arena, layout->nexclusions + 1,
	                                       sizeof(*decision->unknowns));
	for (size_t i = 0; ok && decision->unknowns && i < layout->nexclusions; i++)
		if (scap__verdict_excludes(&decision->verdict, i, &certain) && !certain)
			ok = list_unknowns(
				decision,
				decision->pack->net->rule_node[layout->first_exclusion + i],
				&decision->unknowns[i]);
	return decision->unknowns && ok;
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
	decision->session = scap__session_new(layout);
	head = scap__arena_array(decision->arena, layout->head_words + 1, sizeof(*head));
	tail = scap__arena_array(decision->arena, layout->tail_words + 1, sizeof(*tail));
	if (!decision->answers || !decision->selection || !decision->session || !head || !tail)
		return false;
	scap__answers_judge(decision->answers);
	scap__judge_lane(decision->answers->judge, 0, head, tail);
	decision->verdict = (struct verdict){layout, head, tail};
	scap__selection_make(decision->selection, &decision->verdict);
	scap__session_make(decision->session, decision->selection);
	scap__session_explain(decision->session, decision->selection);
	count_undecided(decision);
	return find_unknowns(decision) && make_weeks(decision);
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
	scap__session_free(decision->session);
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
	if (i >= decision->session->count)
		return NULL;
	return decision->pack->base->exercises[decision->session->list[i].exercise].name;
}
