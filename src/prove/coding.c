/* SPDX-License-Identifier: MIT */
#include "prove/coding.h"

#include <stdlib.h>

#include "prove/memory.h"

/* ---- Kleene's logic ----------------------------------------------------------------- */

static struct truth_pair all_of(struct model *model, const struct truth_pair *items, size_t count,
                                size_t n)
{
	int *certain = prove_alloc(count, sizeof(int)), *possible = prove_alloc(count, sizeof(int));
	struct truth_pair out;

	for (size_t i = 0; i < count; i++) {
		certain[i] = items[i].certain;
		possible[i] = items[i].possible;
	}
	out.certain = n == count ? prove_and(model, certain, count)
	              : n == 1   ? prove_or(model, certain, count)
	                         : prove_at_least(model, certain, count, n);
	out.possible = n == count ? prove_and(model, possible, count)
	               : n == 1   ? prove_or(model, possible, count)
	                          : prove_at_least(model, possible, count, n);
	free(certain);
	free(possible);
	return out;
}

static struct truth_pair negated(struct truth_pair pair)
{
	return (struct truth_pair){-pair.possible, -pair.certain};
}

/* A yes to a question that can't apply is a conflict: unknown. */
static struct truth_pair flag(struct model *model, struct truth_pair relevance,
                              struct truth_pair answer)
{
	int clash = prove_both(model, -relevance.possible, answer.certain);
	int both = prove_both(model, relevance.possible, answer.possible);

	return (struct truth_pair){
		.certain = prove_both(model, relevance.certain, answer.certain),
		.possible = prove_either(model, both, clash),
	};
}

static struct truth_pair both(struct model *model, struct truth_pair a, struct truth_pair b)
{
	struct truth_pair items[2] = {a, b};

	return all_of(model, items, 2, 2);
}

/* ---- The network -------------------------------------------------------------------- */

struct truth_pair prove_node(struct model *model, const struct node *node,
                             const struct truth_pair *items)
{
	switch (node->op) {
	case NODE_ALWAYS: return (struct truth_pair){LIT_TRUE, LIT_TRUE};
	case NODE_NOT: return negated(items[0]);
	case NODE_FLAG: return flag(model, items[0], items[1]);
	case NODE_OR: return all_of(model, items, node->count, 1);
	case NODE_AT_LEAST: return all_of(model, items, node->count, node->n);
	default: return all_of(model, items, node->count, node->count);
	}
}

static struct truth_pair node_of(struct coding *coding, const struct node *node)
{
	const unsigned *args = coding->pack->net->args + node->first;
	struct truth_pair *items = prove_alloc(node->count, sizeof(*items)), out;

	for (unsigned i = 0; i < node->count; i++)
		items[i] = coding->nodes[args[i]];
	out = prove_node(coding->model, node, items);
	free(items);
	return out;
}

static void code_nodes(struct coding *coding)
{
	const struct network *net = coding->pack->net;

	for (size_t i = 0; i < net->nanswers; i++)
		coding->nodes[i] = prove_test(coding->model, coding->pack, coding->domains,
		                              &net->tests[i]);
	for (size_t i = net->nanswers; i < net->nnodes; i++)
		coding->nodes[i] = node_of(coding, &net->nodes[i]);
}

static struct truth_pair rule_of(const struct coding *coding, size_t rule)
{
	return coding->nodes[coding->pack->net->rule_node[rule]];
}

/* ---- The level ---------------------------------------------------------------------- */

static void code_levels(struct coding *coding)
{
	const struct rulebase *base = coding->pack->base;
	size_t first = base->first_rule[RULE_ESCALATION], end = base->first_rule[RULE_ESCALATION + 1];
	int *literals = prove_alloc(2 * (end - first), sizeof(int));

	for (size_t level = 0; level < base->nlevels; level++) {
		size_t count = 0;

		for (size_t i = first; level && i < end; i++)
			if (base->rules[i].level >= level)
				literals[count++] = rule_of(coding, i).certain;
		coding->forced[level] = level ? prove_or(coding->model, literals, count) : LIT_TRUE;
		for (size_t i = first; level && i < end; i++)
			if (base->rules[i].if_unknown >= level)
				literals[count++] = rule_of(coding, i).possible;
		coding->reaches[level] = level ? prove_or(coding->model, literals, count)
		                               : LIT_TRUE;
	}
	for (size_t i = first; i < end; i++) {
		struct truth_pair rule = rule_of(coding, i);
		int open[3] = {rule.possible, -rule.certain, -coding->forced[base->rules[i].level]};

		literals[i - first] = prove_and(coding->model, open, 3);
	}
	coding->certain = -prove_or(coding->model, literals, end - first);
	free(literals);
}

int prove_level(struct coding *coding, size_t level)
{
	bool last = level + 1 == coding->pack->base->nlevels;

	return prove_both(coding->model, coding->reaches[level],
	                  last ? LIT_TRUE : -coding->reaches[level + 1]);
}

/* ---- Exercises ---------------------------------------------------------------------- */

static void code_routine(struct coding *coding)
{
	const struct rulebase *base = coding->pack->base;
	int *levels = prove_alloc(base->nlevels, sizeof(int));
	size_t count = 0;

	for (size_t i = 0; i < base->nlevels; i++)
		if (base->levels[i].shown.routine)
			levels[count++] = prove_level(coding, i);
	coding->routine = prove_or(coding->model, levels, count);
	free(levels);
}

static int excluded(struct coding *coding, unsigned exercise)
{
	const struct rulebase *base = coding->pack->base;
	size_t first = base->first_rule[RULE_CONTRAINDICATION], count = 0;
	size_t end = base->first_rule[RULE_CONTRAINDICATION + 1];
	int *rules = prove_alloc(end - first, sizeof(int)), out;

	for (size_t i = first; i < end; i++)
		for (size_t j = 0; j < base->rules[i].ntargets; j++)
			if (base->rules[i].targets[j] == exercise)
				rules[count++] = rule_of(coding, i).possible;
	out = prove_or(coding->model, rules, count);
	free(rules);
	return out;
}

static int has_all(struct coding *coding, const struct exercise *exercise)
{
	const struct network *net = coding->pack->net;
	int out = LIT_TRUE;

	for (size_t i = 0; i < exercise->nneeds; i++) {
		int any = LIT_FALSE;

		for (size_t j = 0; j < net->nequipment; j++)
			if (exercise->needs[i].any >> j & 1)
				any = prove_either(coding->model, any,
				                   coding->nodes[net->equipment_node[j]].certain);
		out = prove_both(coding->model, out, any);
	}
	return out;
}

int prove_allowed(struct coding *coding, size_t exercise)
{
	return prove_both(coding->model, coding->routine, -coding->left_out[exercise]);
}

static void code_conflict(struct coding *coding)
{
	const struct network *net = coding->pack->net;
	const struct rulebase *base = coding->pack->base;
	int *clashes = prove_alloc(base->nquestions, sizeof(int));
	size_t count = 0;

	for (size_t i = 0; i < base->nquestions; i++)
		if (net->relevance[i] != NONE && base->questions[i].shown.type == SCAP_YES_NO)
			clashes[count++] =
				prove_both(coding->model,
				           -coding->nodes[net->relevance[i]].possible,
				           coding->domains[i].each[0].certain);
	coding->conflict = prove_or(coding->model, clashes, count);
	free(clashes);
}

/* ---- The whole ---------------------------------------------------------------------- */

struct coding *prove_coding_new(struct model *model, const scap_pack *pack,
                                struct domain *domains)
{
	struct coding *coding = prove_alloc(1, sizeof(*coding));
	const struct rulebase *base = pack->base;

	coding->model = model;
	coding->pack = pack;
	coding->domains = domains;
	coding->nodes = prove_alloc(pack->net->nnodes, sizeof(*coding->nodes));
	coding->forced = prove_alloc(base->nlevels, sizeof(int));
	coding->reaches = prove_alloc(base->nlevels, sizeof(int));
	coding->left_out = prove_alloc(base->nexercises, sizeof(int));
	coding->equipped = prove_alloc(base->nexercises, sizeof(int));
	code_nodes(coding);
	code_levels(coding);
	code_routine(coding);
	for (unsigned i = 0; i < base->nexercises; i++) {
		coding->left_out[i] = excluded(coding, i);
		coding->equipped[i] = has_all(coding, &base->exercises[i]);
	}
	code_conflict(coding);
	return coding;
}

void prove_coding_free(struct coding *coding)
{
	if (!coding)
		return;
	prove_domains_free(coding->domains, coding->pack->base->nquestions);
	free(coding->nodes);
	free(coding->forced);
	free(coding->reaches);
	free(coding->left_out);
	free(coding->equipped);
	free(coding);
}

static struct truth_pair test_in(struct coding *coding, const struct test *test)
{
	int relevance = coding->pack->net->relevance[test->question];
	struct truth_pair answer = prove_test(coding->model, coding->pack, coding->domains, test);

	if (relevance == NONE)
		return answer;
	if (coding->pack->base->questions[test->question].shown.type == SCAP_YES_NO)
		return flag(coding->model, coding->nodes[relevance], answer);
	return both(coding->model, coding->nodes[relevance], answer);
}

struct truth_pair prove_cond(struct coding *coding, const struct cond *cond)
{
	struct truth_pair *items, out;
	size_t n = cond->op == COND_OR ? 1 : cond->op == COND_AT_LEAST ? cond->n : cond->nitems;

	if (cond->op == COND_ALWAYS)
		return (struct truth_pair){LIT_TRUE, LIT_TRUE};
	if (cond->op == COND_TEST)
		return test_in(coding, &cond->test);
	if (cond->op == COND_NOT)
		return negated(prove_cond(coding, cond->items[0]));
	items = prove_alloc(cond->nitems, sizeof(*items));
	for (size_t i = 0; i < cond->nitems; i++)
		items[i] = prove_cond(coding, cond->items[i]);
	out = all_of(coding->model, items, cond->nitems, n);
	free(items);
	return out;
}
