/* SPDX-License-Identifier: MIT */
#include "engine/block.h"

#include <stdlib.h>
#include <string.h>

#define EACH_WORD(w) for (unsigned w = 0; w < BLOCK_WORDS; w++)

struct block *scap__block_new(const struct network *net)
{
	struct block *block = calloc(1, sizeof(*block));
	size_t nodes = net->nnodes + 1, questions = net->base->nquestions + 1;

	if (!block)
		return NULL;
	block->net = net;
	block->said = calloc(BLOCK_LANES * net->answer_words + 1, sizeof(*block->said));
	block->truth = calloc(nodes, sizeof(*block->truth));
	block->matters = calloc(nodes, sizeof(*block->matters));
	block->conflict = calloc(questions, sizeof(*block->conflict));
	block->missing = calloc(questions, sizeof(*block->missing));
	if (!block->said || !block->truth || !block->matters || !block->conflict || !block->missing) {
		scap__block_free(block);
		return NULL;
	}
	return block;
}

void scap__block_free(struct block *block)
{
	if (!block)
		return;
	free(block->said);
	free(block->truth);
	free(block->matters);
	free(block->conflict);
	free(block->missing);
	free(block);
}

/* ---- Answers ---------------------------------------------------------------- */

void scap__block_clear(struct block *block)
{
	memset(block->said, 0, BLOCK_LANES * block->net->answer_words * sizeof(*block->said));
}

/* Where a lane keeps a test; its bit there is *BIT. */
static inline uint64_t *said_of(const struct block *block, size_t lane, unsigned answer,
                                uint64_t *bit)
{
	unsigned at = block->net->answer_bit[answer];

	*bit = UINT64_C(1) << at % ANSWERS_IN_WORD;
	return &block->said[lane * block->net->answer_words + at / ANSWERS_IN_WORD];
}

static bool test_holds(const struct test *test, const struct value *value)
{
	switch (test->compare) {
	case COMPARE_YES: return value->number != 0;
	case COMPARE_CHOICE: return value->choices >> test->low & 1;
	case COMPARE_NOT_CHOICE: return !(value->choices >> test->low & 1);
	case COMPARE_EQ: return value->number == test->low;
	case COMPARE_NE: return value->number != test->low;
	case COMPARE_LT: return value->number < test->low;
	case COMPARE_LE: return value->number <= test->low;
	case COMPARE_GT: return value->number > test->low;
	case COMPARE_GE: return value->number >= test->low;
	case COMPARE_IN: return value->number >= test->low && value->number <= test->high;
	}
	return false;
}

/* True where an answer tells the outcome of a test. A choice that is not taken is
 * left out only where that is known. */
static bool test_told(const struct test *test, const struct value *value)
{
	return !value->unsure || test->compare != COMPARE_CHOICE ||
	       !(value->unsure >> test->low & 1);
}

void scap__block_put(struct block *block, unsigned lane, unsigned question,
                     const struct value *value)
{
	const struct network *net = block->net;
	uint64_t bit;

	if (value->state != VALUE_GIVEN)
		return;
	for (unsigned i = net->first_answer[question]; i < net->first_answer[question + 1]; i++) {
		uint64_t *said = said_of(block, lane, i, &bit);

		if (test_told(&net->tests[i], value))
			*said |= SAID_KNOWN(bit) | (test_holds(&net->tests[i], value) ? bit : 0);
	}
}

uint64_t scap__block_said(const struct network *net, unsigned question, const struct value *value)
{
	unsigned first = net->first_answer[question], count = net->first_answer[question + 1] - first;
	uint64_t said = 0;

	for (unsigned i = 0; value->state == VALUE_GIVEN && i < count; i++)
		if (test_told(&net->tests[first + i], value))
			said |= SAID_KNOWN(UINT64_C(1) << i) |
			        (uint64_t)test_holds(&net->tests[first + i], value) << i;
	return said;
}

void scap__block_say(const struct network *net, unsigned question, const struct value *value,
                     uint64_t *words)
{
	unsigned first = net->first_answer[question];
	unsigned from = net->answer_bit[first] / ANSWERS_IN_WORD * ANSWERS_IN_WORD;

	for (unsigned i = first; value->state == VALUE_GIVEN && i < net->first_answer[question + 1];
	     i++) {
		unsigned at = net->answer_bit[i] - from;
		uint64_t bit = UINT64_C(1) << at % ANSWERS_IN_WORD;

		if (test_told(&net->tests[i], value))
			words[at / ANSWERS_IN_WORD] |=
				SAID_KNOWN(bit) | (test_holds(&net->tests[i], value) ? bit : 0);
	}
}

static bool same_thing(const struct test *test, int choice)
{
	return choice == NONE ? test->compare == COMPARE_YES
	                      : test->compare == COMPARE_CHOICE && test->low == choice;
}

bool scap__block_hear(struct block *block, unsigned lane, unsigned question, int choice,
                      bool red_flag)
{
	const struct network *net = block->net;
	bool conflict = false;
	uint64_t bit;

	for (unsigned i = net->first_answer[question]; i < net->first_answer[question + 1]; i++) {
		uint64_t *said = said_of(block, lane, i, &bit);
		bool denied = *said & SAID_KNOWN(bit) && !(*said & bit);

		if (!same_thing(&net->tests[i], choice))
			continue;
		conflict |= denied;
		if (denied && !red_flag)
			*said &= ~SAID_KNOWN(bit);
		else
			*said |= SAID_KNOWN(bit) | bit;
	}
	return conflict;
}

void scap__block_deny(struct block *block, unsigned question)
{
	const struct network *net = block->net;
	uint64_t bit;

	for (unsigned i = net->first_answer[question]; i < net->first_answer[question + 1]; i++)
		for (size_t lane = 0; lane < BLOCK_LANES; lane++) {
			uint64_t *said = said_of(block, lane, i, &bit);

			*said |= SAID_KNOWN(bit);
		}
}

/* Turns one word of what everybody said into planes. */
static void turn_word(const struct block *block, size_t word, struct plane planes[64])
{
	size_t step = block->net->answer_words;
	const uint64_t *said = block->said + word;

	EACH_WORD(w)
		for (size_t i = 0; i < 64; i++, said += step)
			planes[i].bits[w] = *said;
	scap__planes_turn(planes);
}

/* Possible is what is not known to be false: certain, or not known at all. */
static void load_answers(struct block *block)
{
	const unsigned *bit = block->net->answer_bit;
	struct plane planes[64];

	for (size_t i = 0; i < block->net->nanswers; i++) {
		const struct plane *yes = &planes[bit[i] % ANSWERS_IN_WORD];
		const struct plane *known = yes + ANSWERS_IN_WORD;

		if (!i || bit[i] / ANSWERS_IN_WORD != bit[i - 1] / ANSWERS_IN_WORD)
			turn_word(block, bit[i] / ANSWERS_IN_WORD, planes);
		EACH_WORD(w) {
			block->truth[i].certain.bits[w] = yes->bits[w];
			block->truth[i].possible.bits[w] = yes->bits[w] | ~known->bits[w];
		}
	}
}

/* ---- Forward --------------------------------------------------------------- */

static void run_and(struct truth *out, const struct truth *truth, const unsigned *args,
                    unsigned count)
{
	struct truth sum = truth[args[0]];

	for (unsigned i = 1; i < count; i++)
		EACH_WORD(w) {
			sum.certain.bits[w] &= truth[args[i]].certain.bits[w];
			sum.possible.bits[w] &= truth[args[i]].possible.bits[w];
		}
	*out = sum;
}

static void run_or(struct truth *out, const struct truth *truth, const unsigned *args,
                   unsigned count)
{
	struct truth sum = truth[args[0]];

	for (unsigned i = 1; i < count; i++)
		EACH_WORD(w) {
			sum.certain.bits[w] |= truth[args[i]].certain.bits[w];
			sum.possible.bits[w] |= truth[args[i]].possible.bits[w];
		}
	*out = sum;
}

static void run_not(struct truth *out, const struct truth *arg)
{
	EACH_WORD(w) {
		out->certain.bits[w] = ~arg->possible.bits[w];
		out->possible.bits[w] = ~arg->certain.bits[w];
	}
}

/* reach[k] holds the lanes with at least k of the items seen so far. */
static void run_at_least(struct truth *out, const struct truth *truth, const unsigned *args,
                         unsigned count, unsigned n)
{
	struct truth reach[LIMIT_CONDITION_ITEMS + 1];

	memset(reach, 0, (n + 1) * sizeof(reach[0]));
	memset(&reach[0], 0xff, sizeof(reach[0]));
	for (unsigned i = 0; i < count; i++)
		for (unsigned k = n; k > 0; k--)
			EACH_WORD(w) {
				reach[k].certain.bits[w] |= reach[k - 1].certain.bits[w] &
				                            truth[args[i]].certain.bits[w];
				reach[k].possible.bits[w] |= reach[k - 1].possible.bits[w] &
				                             truth[args[i]].possible.bits[w];
			}
	*out = reach[n];
}

/* A yes that can't apply is a conflict: not true, but not ruled out either. */
static void run_flag(struct truth *out, const struct truth *relevance,
                     const struct truth *answer, struct plane *conflict)
{
	EACH_WORD(w) {
		uint64_t clash = answer->certain.bits[w] & ~relevance->possible.bits[w];

		conflict->bits[w] = clash;
		out->certain.bits[w] = relevance->certain.bits[w] & answer->certain.bits[w];
		out->possible.bits[w] =
			(relevance->possible.bits[w] & answer->possible.bits[w]) | clash;
	}
}

void scap__block_run(struct block *block)
{
	const struct network *net = block->net;
	struct truth *truth = block->truth;

	load_answers(block);
	for (size_t i = net->nanswers; i < net->nnodes; i++) {
		const struct node *node = &net->nodes[i];
		const unsigned *args = net->args + node->first;

		switch (node->op) {
		case NODE_ALWAYS:
			memset(&truth[i], 0xff, sizeof(truth[i]));
			break;
		case NODE_NOT:
			run_not(&truth[i], &truth[args[0]]);
			break;
		case NODE_FLAG:
			run_flag(&truth[i], &truth[args[0]], &truth[args[1]],
			         &block->conflict[net->tests[args[1]].question]);
			break;
		case NODE_OR:
			run_or(&truth[i], truth, args, node->count);
			break;
		case NODE_AT_LEAST:
			run_at_least(&truth[i], truth, args, node->count, node->n);
			break;
		default:
			run_and(&truth[i], truth, args, node->count);
		}
	}
}

/* ---- Backward -------------------------------------------------------------- */

static bool any(const struct plane *plane)
{
	uint64_t sum = 0;

	EACH_WORD(w)
		sum |= plane->bits[w];
	return sum != 0;
}

void scap__block_trace(struct block *block)
{
	const struct network *net = block->net;

	memset(block->missing, 0, net->base->nquestions * sizeof(*block->missing));
	for (size_t i = net->nnodes; i-- > net->nanswers;) {
		const struct node *node = &net->nodes[i];
		const unsigned *args = net->args + node->first;
		const struct plane *matters = &block->matters[i];

		if (!any(matters))
			continue;
		for (unsigned j = 0; j < node->count; j++) {
			const struct truth *arg = &block->truth[args[j]];

			EACH_WORD(w)
				block->matters[args[j]].bits[w] |= matters->bits[w] &
					arg->possible.bits[w] & ~arg->certain.bits[w];
		}
		if (node->op == NODE_FLAG) {
			unsigned question = net->tests[args[1]].question;

			EACH_WORD(w)
				block->missing[question].bits[w] |=
					matters->bits[w] & block->conflict[question].bits[w];
		}
	}
	for (size_t i = 0; i < net->nanswers; i++)
		EACH_WORD(w)
			block->missing[net->tests[i].question].bits[w] |=
				block->matters[i].bits[w];
}

void scap__block_trace_from(struct block *block, unsigned node)
{
	memset(block->matters, 0, block->net->nnodes * sizeof(*block->matters));
	memset(&block->matters[node], 0xff, sizeof(block->matters[node]));
	scap__block_trace(block);
}

/* ---- One node for one person ---------------------------------------------------- */

enum { LONE_NODES = 64 };

struct lone {
	bool certain, possible;
};

/* Shared nodes are worked out anew each time, so LEFT bounds them. */
static struct lone lone_truth(const struct block *block, unsigned lane, unsigned index,
                              unsigned *left)
{
	const struct node *node = &block->net->nodes[index];
	unsigned certain = 0, possible = 0, need = node->op == NODE_AT_LEAST ? node->n : node->count;
	uint64_t bit;

	if (!*left)
		return (struct lone){false, true};
	--*left;
	if (node->op == NODE_ANSWER) {
		uint64_t said = *said_of(block, lane, index, &bit);

		return (struct lone){said & bit, said & bit || !(said & SAID_KNOWN(bit))};
	}
	for (unsigned i = 0; i < node->count; i++) {
		struct lone arg = lone_truth(block, lane, block->net->args[node->first + i], left);

		certain += arg.certain;
		possible += arg.possible;
	}
	if (node->op == NODE_NOT)
		return (struct lone){!possible, !certain};
	if (node->op == NODE_OR)
		need = 1;
	return (struct lone){certain >= need, possible >= need};
}

bool scap__block_surely(const struct block *block, unsigned lane, unsigned node)
{
	unsigned left = LONE_NODES;

	return lone_truth(block, lane, node, &left).certain;
}
