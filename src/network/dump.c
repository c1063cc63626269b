/* SPDX-License-Identifier: MIT
 *
 * The compiled network in words: answers, then each node with what it needs,
 * named by the question, finding or rule it stands for.
 */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "base/report.h"
#include "network/network.h"

void scap__test_write(const struct rulebase *base, const struct test *test, struct buffer *out)
{
	static const char *const signs[] = {
		[COMPARE_EQ] = "=", [COMPARE_NE] = "!=", [COMPARE_LT] = "<",
		[COMPARE_LE] = "<=", [COMPARE_GT] = ">", [COMPARE_GE] = ">=",
	};
	const struct scap_question *question = &base->questions[test->question].shown;
	char low[24], high[24];

	scap__number_write(test->low, low);
	scap__number_write(test->high, high);
	switch (test->compare) {
	case COMPARE_YES:
		scap__buffer_text(out, question->name);
		break;
	case COMPARE_CHOICE:
	case COMPARE_NOT_CHOICE:
		scap__buffer_printf(out,
		                    question->type == SCAP_SELECT_MULTIPLE ? "%s%s%s" : "%s %s %s",
		                    question->name,
		                    question->type == SCAP_SELECT_MULTIPLE ? "."
		                    : test->compare == COMPARE_CHOICE      ? "=" : "!=",
		                    question->choices[test->low].name);
		break;
	case COMPARE_IN:
		scap__buffer_printf(out, "%s in %s..%s", question->name, low, high);
		break;
	default:
		scap__buffer_printf(out, "%s %s %s", question->name, signs[test->compare], low);
	}
}

static void write_args(const struct network *net, const struct node *node, const char *between,
                       struct buffer *out)
{
	for (unsigned i = 0; i < node->count; i++)
		scap__buffer_printf(out, "%s#%u", i ? between : "", net->args[node->first + i]);
}

static void write_node(const struct network *net, size_t i, struct buffer *out)
{
	const struct node *node = &net->nodes[i];

	scap__buffer_printf(out, "#%-4zu ", i);
	switch (node->op) {
	case NODE_ANSWER:
		scap__buffer_text(out, "answer    ");
		scap__test_write(net->base, &net->tests[i], out);
		break;
	case NODE_ALWAYS:
		scap__buffer_text(out, "always");
		break;
	case NODE_RELEVANT:
	case NODE_FLAG:
		scap__buffer_text(out, node->op == NODE_FLAG ? "flag      " : "relevant  ");
		write_args(net, node, " and ", out);
		scap__buffer_text(out, "   ");
		scap__test_write(net->base, &net->tests[net->args[node->first + 1]], out);
		break;
	case NODE_NOT:
		scap__buffer_text(out, "not       ");
		write_args(net, node, "", out);
		break;
	case NODE_AND:
		scap__buffer_text(out, "and       ");
		write_args(net, node, " ", out);
		break;
	case NODE_OR:
		scap__buffer_text(out, "or        ");
		write_args(net, node, " ", out);
		break;
	case NODE_AT_LEAST:
		scap__buffer_printf(out, "at least  %u of ", node->n);
		write_args(net, node, " ", out);
		break;
	}
	scap__buffer_char(out, '\n');
}

static void write_rules(const struct network *net, struct buffer *out)
{
	const struct rulebase *base = net->base;

	for (size_t i = 0; i < base->nrules; i++) {
		const struct rule *rule = &base->rules[i];

		scap__buffer_printf(out, "%-16s %s = #%u", scap__rule_kind_word(rule->kind), rule->id,
		                    net->rule_node[i]);
		if (rule->kind == RULE_FINDING)
			scap__buffer_printf(out, " -> %s", base->findings[rule->finding].name);
		else if (rule->kind == RULE_ESCALATION)
			scap__buffer_printf(out, " -> %s, if unknown %s",
			                    base->levels[rule->level].shown.name,
			                    base->levels[rule->if_unknown].shown.name);
		else if (rule->targets_text[0])
			scap__buffer_printf(out, " -> %s", rule->targets_text);
		scap__buffer_printf(out, "   [%s]\n", rule->when_text);
	}
}

unsigned scap__network_dump(const struct network *net, scap_write_fn *write, void *ctx)
{
	const struct rulebase *base = net->base;
	struct buffer out;
	unsigned code = 0;

	scap__buffer_init(&out, (size_t)1 << 28);
	scap__buffer_printf(&out, "network   %s %s: %zu answers, %zu nodes\n", base->settings.name,
	                    base->settings.version, net->nanswers, net->nnodes);
	for (size_t i = 0; i < net->nnodes; i++)
		write_node(net, i, &out);
	for (size_t i = 0; i < base->nquestions; i++)
		if (net->relevance[i] != NONE)
			scap__buffer_printf(&out, "relevant  %s = #%d   [%s]\n",
			                    base->questions[i].shown.name, net->relevance[i],
			                    base->questions[i].relevant_text);
	for (size_t i = 0; i < base->nfindings; i++)
		scap__buffer_printf(&out, "finding   %s = #%u\n", base->findings[i].name,
		                    net->finding_node[i]);
	write_rules(net, &out);
	if (out.failed)
		code = E_NO_MEMORY;
	else if (write(ctx, out.data, out.size))
		code = E_WRITE_FAILED;
	scap__buffer_free(&out);
	return code;
}
