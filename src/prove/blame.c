/* SPDX-License-Identifier: MIT */
#include "prove/blame.h"

#include <stdlib.h>

#include "prove/memory.h"

struct blaming {
	const scap_pack *pack;
	const scap_decision *decision;
	const struct failure *failure;
	bool *asked; /* of each question: the theorem names it */
	size_t count;
	unsigned *rules;
	double near[BLAMED_MAX]; /* how near each is */
};

static void ask(struct blaming *b, const struct cond *cond)
{
	if (cond->op == COND_TEST)
		b->asked[cond->test.question] = true;
	for (size_t i = 0; i < cond->nitems; i++)
		ask(b, cond->items[i]);
}

/* Marks the answers that a node rests on. */
static void mark(const struct network *net, unsigned node, bool *marks)
{
	if (marks[node])
		return;
	marks[node] = true;
	for (unsigned i = 0; i < net->nodes[node].count; i++)
		mark(net, net->args[net->nodes[node].first + i], marks);
}

/* The share of a rule's questions that the theorem names. */
static double nearness(const struct blaming *b, size_t rule)
{
	const struct network *net = b->pack->net;
	bool *marks = prove_alloc(net->nnodes, sizeof(*marks));
	size_t all = 0, named = 0;

	mark(net, net->rule_node[rule], marks);
	for (size_t q = 0; q < net->base->nquestions; q++) {
		bool rests = false;

		for (unsigned i = net->first_answer[q]; i < net->first_answer[q + 1]; i++)
			rests |= marks[i];
		all += rests;
		named += rests && b->asked[q];
	}
	free(marks);
	return all ? (double)named / (double)all + (double)named / 1000 : 0;
}

/* Keeps the nearest ones in order. */
static void blame(struct blaming *b, size_t rule, double near)
{
	size_t at = b->count < BLAMED_MAX ? b->count++ : BLAMED_MAX;

	for (; at && b->near[at - 1] < near; at--)
		if (at < BLAMED_MAX) {
			b->near[at] = b->near[at - 1];
			b->rules[at] = b->rules[at - 1];
		}
	if (at < BLAMED_MAX) {
		b->near[at] = near;
		b->rules[at] = (unsigned)rule;
	}
}

static enum truth_word truth_of(const struct blaming *b, size_t rule)
{
	return scap__decision_truth(b->decision, b->pack->net->rule_node[rule]);
}

/* Those that would have helped, were they otherwise. */
static void blame_silent(struct blaming *b, enum rule_kind kind,
                         bool (*helps)(const struct blaming *b, const struct rule *rule))
{
	const struct rulebase *base = b->pack->base;

	for (size_t i = base->first_rule[kind]; i < base->first_rule[kind + 1]; i++) {
		double near = nearness(b, i);

		if (near > 0 && helps(b, &base->rules[i]))
			blame(b, i, near + (truth_of(b, i) == TRUTH_YES));
	}
}

/* Those that hold, or are not ruled out, and did the harm. */
static void blame_loud(struct blaming *b, enum rule_kind kind,
                       bool (*harms)(const struct blaming *b, const struct rule *rule))
{
	const struct rulebase *base = b->pack->base;

	for (size_t i = base->first_rule[kind]; i < base->first_rule[kind + 1]; i++)
		if (truth_of(b, i) != TRUTH_NO && harms(b, &base->rules[i]))
			blame(b, i, 1 + (truth_of(b, i) == TRUTH_YES));
}

static bool urgent_enough(const struct blaming *b, const struct rule *rule)
{
	const struct demand *demand = b->failure->theorem->demand;

	if (!demand || demand->kind == DEMAND_LEAST)
		return rule->level >= (demand ? demand->level : 1);
	return !b->pack->base->levels[rule->level].shown.routine;
}

/* It holds and asks for too little, or it would do and does not hold. */
static bool reaches(const struct blaming *b, const struct rule *rule)
{
	bool holds = truth_of(b, (size_t)(rule - b->pack->base->rules)) == TRUTH_YES;

	return holds != urgent_enough(b, rule);
}

static bool goes_above(const struct blaming *b, const struct rule *rule)
{
	const struct demand *demand = b->failure->theorem->demand;
	unsigned level = truth_of(b, (size_t)(rule - b->pack->base->rules)) == TRUTH_YES
	                         ? rule->level : rule->if_unknown;

	return demand->kind == DEMAND_MOST ? level > demand->level
	                                   : !b->pack->base->levels[level].shown.routine;
}

static bool names_one(const struct blaming *b, const struct rule *rule)
{
	const struct demand *demand = b->failure->theorem->demand;

	for (size_t i = 0; i < rule->ntargets; i++)
		if (!demand->exercises || demand->exercises[rule->targets[i]])
			return true;
	return false;
}

static bool avoids_all(const struct blaming *b, const struct rule *rule)
{
	return rule->ntargets == b->pack->base->nexercises;
}

static void blame_hazard(struct blaming *b)
{
	const struct demand *demand = b->failure->theorem->demand;

	ask(b, b->failure->theorem->hazard->when);
	switch (demand->kind) {
	case DEMAND_LEAST:
		blame_silent(b, RULE_ESCALATION, reaches);
		break;
	case DEMAND_NO_ROUTINE:
		blame_silent(b, RULE_ESCALATION, reaches);
		blame_silent(b, RULE_CONTRAINDICATION, avoids_all);
		break;
	case DEMAND_ASKS:
		break;
	case DEMAND_NEVER:
		blame_silent(b, RULE_CONTRAINDICATION, names_one);
		break;
	default:
		blame_loud(b, RULE_ESCALATION, goes_above);
		if (demand->kind != DEMAND_MOST)
			blame_loud(b, RULE_CONTRAINDICATION, names_one);
	}
}

size_t prove_blame(const struct failure *failure, const scap_decision *decision,
                   unsigned rules[BLAMED_MAX])
{
	struct blaming b = {.pack = decision->pack, .decision = decision, .failure = failure,
	                    .rules = rules};

	b.asked = prove_alloc(b.pack->base->nquestions, sizeof(*b.asked));
	switch (failure->theorem->kind) {
	case THEOREM_HAZARD:
		blame_hazard(&b);
		break;
	case THEOREM_FLAG:
	case THEOREM_UNSURE:
		b.asked[failure->theorem->subject] = true;
		blame_silent(&b, RULE_ESCALATION, reaches);
		break;
	case THEOREM_LEFT_OUT:
		rules[b.count++] = failure->theorem->subject;
		break;
	default:
		break;
	}
	free(b.asked);
	return b.count;
}
