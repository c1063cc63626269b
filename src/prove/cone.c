/* SPDX-License-Identifier: MIT */
#include "prove/cone.h"

#include <stdlib.h>

#include "prove/coding.h"
#include "prove/memory.h"

struct cone {
	const struct network *net;
	struct model *model;
	bool *inside;            /* of each node: it rests on the question */
	struct truth_pair *side; /* of each other one: free, and the same for both */
	struct truth_pair *first, *second;
};

/* Every node stands behind those that it needs. */
static void mark(struct cone *c, unsigned question)
{
	for (unsigned i = c->net->first_answer[question]; i < c->net->first_answer[question + 1]; i++)
		c->inside[i] = true;
	for (size_t i = c->net->nanswers; i < c->net->nnodes; i++)
		for (unsigned j = 0; j < c->net->nodes[i].count; j++)
			c->inside[i] |= c->inside[c->net->args[c->net->nodes[i].first + j]];
}

static struct truth_pair side_of(struct cone *c, unsigned node)
{
	struct truth_pair *pair = &c->side[node];

	if (!pair->certain) {
		pair->certain = prove_variable(c->model);
		pair->possible = prove_variable(c->model);
		prove_implies(c->model, pair->certain, pair->possible);
	}
	return *pair;
}

static struct truth_pair code_node(struct cone *c, const struct truth_pair *coded, size_t index)
{
	const struct node *node = &c->net->nodes[index];
	struct truth_pair *items = prove_alloc(node->count, sizeof(*items)), out;

	for (unsigned i = 0; i < node->count; i++) {
		unsigned arg = c->net->args[node->first + i];

		items[i] = c->inside[arg] ? coded[arg] : side_of(c, arg);
	}
	out = prove_node(c->model, node, items);
	if (node->op == NODE_FLAG) /* no conflict */
		prove_implies(c->model, items[1].certain, items[0].possible);
	free(items);
	return out;
}

static void code_all(struct cone *c, struct truth_pair *coded, struct truth_pair answer)
{
	for (size_t i = 0; i < c->net->nnodes; i++)
		if (c->inside[i])
			coded[i] = i < c->net->nanswers ? answer : code_node(c, coded, i);
}

/* The level is reached by a rule that rests on the question, or by another one. */
static int reaches(struct cone *c, const struct truth_pair *coded, size_t level, int others)
{
	const struct rulebase *base = c->net->base;
	int out = others;

	for (size_t i = base->first_rule[RULE_ESCALATION]; i < base->first_rule[RULE_ESCALATION + 1];
	     i++) {
		unsigned node = c->net->rule_node[i];

		if (!c->inside[node])
			continue;
		if (base->rules[i].level >= level)
			out = prove_either(c->model, out, coded[node].certain);
		if (base->rules[i].if_unknown >= level)
			out = prove_either(c->model, out, coded[node].possible);
	}
	return out;
}

static bool rises(struct cone *c)
{
	int fall = LIT_FALSE;
	struct sat *sat;
	bool found;

	for (size_t level = 1; level < c->net->base->nlevels; level++) {
		int others = prove_variable(c->model);
		int first = reaches(c, c->first, level, others);
		int second = reaches(c, c->second, level, others);

		fall = prove_either(c->model, fall, prove_both(c->model, first, -second));
	}
	sat = prove_model_load(c->model);
	found = prove_sat_solve(sat, &fall, 1);
	prove_sat_free(sat);
	return !found;
}

bool prove_cone_rises(const scap_pack *pack, unsigned question, bool to_yes)
{
	static const struct truth_pair no = {LIT_FALSE, LIT_FALSE}, unsure = {LIT_FALSE, LIT_TRUE},
	                               yes = {LIT_TRUE, LIT_TRUE};
	struct cone c = {.net = pack->net, .model = prove_model_new()};
	bool result;

	c.inside = prove_alloc(c.net->nnodes, sizeof(*c.inside));
	c.side = prove_alloc(c.net->nnodes, sizeof(*c.side));
	c.first = prove_alloc(c.net->nnodes, sizeof(*c.first));
	c.second = prove_alloc(c.net->nnodes, sizeof(*c.second));
	mark(&c, question);
	code_all(&c, c.first, to_yes ? unsure : no);
	code_all(&c, c.second, to_yes ? yes : unsure);
	result = rises(&c);
	free(c.inside);
	free(c.side);
	free(c.first);
	free(c.second);
	prove_model_free(c.model);
	return result;
}
