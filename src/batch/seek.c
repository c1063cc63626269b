/* SPDX-License-Identifier: MIT */
#include "batch/seek.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum {
	SEEK_STEPS = 4000, /* of one search */
	SEEK_DEPTH = 400,  /* answers of one person */
};
static const unsigned long long seek_work = 1000000000; /* some seconds */

bool scap__seeker_init(struct seeker *seeker, const scap_pack *pack)
{
	*seeker = (struct seeker){.pack = pack, .work = seek_work};
	seeker->block = scap__block_new(pack->net);
	seeker->values = calloc(pack->base->nquestions + 1, sizeof(*seeker->values));
	return seeker->block && seeker->values;
}

void scap__seeker_free(struct seeker *seeker)
{
	scap__block_free(seeker->block);
	free(seeker->values);
}

void scap__seeker_clear(struct seeker *seeker)
{
	memset(seeker->values, 0, seeker->pack->base->nquestions * sizeof(*seeker->values));
}

/* ---- Where the goals stand ----------------------------------------------------------- */

enum standing { STANDING_MET, STANDING_MISSED, STANDING_OPEN };

static bool certain(const struct seeker *seeker, size_t node)
{
	return plane_bit(&seeker->block->truth[node].certain, 0);
}

static bool possible(const struct seeker *seeker, size_t node)
{
	return plane_bit(&seeker->block->truth[node].possible, 0);
}

static void run(struct seeker *seeker, const struct value *values)
{
	struct block *block = seeker->block;
	unsigned long long nodes = block->net->nnodes + 1;

	scap__block_clear(block);
	for (unsigned i = 0; i < seeker->pack->base->nquestions; i++)
		scap__block_put(block, 0, i, &values[i]);
	scap__block_run(block);
	seeker->work -= nodes < seeker->work ? nodes : seeker->work;
}

static bool in_conflict(const struct seeker *seeker)
{
	for (size_t i = 0; i < seeker->pack->base->nquestions; i++)
		if (plane_bit(&seeker->block->conflict[i], 0))
			return true;
	return false;
}

/* What is certain stays so whatever else is answered, so a goal that can't be met now
 * never will be. *OPEN is a node that is not known. */
static enum standing look_at(const struct seeker *seeker, const struct goal *goal, unsigned *open)
{
	unsigned least = 0, most = 0;
	enum standing standing = STANDING_MET;

	for (size_t i = 0; i < goal_count(goal); i++) {
		int64_t node = goal_node(goal, seeker->pack->net, i);

		if (node < 0 || !possible(seeker, (size_t)node))
			continue;
		most++;
		least += certain(seeker, (size_t)node);
		if (!certain(seeker, (size_t)node) && standing == STANDING_MET) {
			standing = STANDING_OPEN;
			*open = (unsigned)node;
		}
	}
	return least > goal->exactly || most < goal->exactly ? STANDING_MISSED : standing;
}

static enum standing look(const struct seeker *seeker, const struct goal *goals, unsigned *open)
{
	enum standing all = in_conflict(seeker) ? STANDING_MISSED : STANDING_MET;

	for (; goals && all != STANDING_MISSED; goals = goals->above) {
		unsigned node = 0;
		enum standing one = look_at(seeker, goals, &node);

		if (one == STANDING_OPEN && all == STANDING_MET)
			*open = node;
		if (one != STANDING_MET)
			all = one;
	}
	return all;
}

bool scap__seek_met(struct seeker *seeker, const struct value *values, const struct goal *goals)
{
	unsigned open;

	run(seeker, values);
	return look(seeker, goals, &open) == STANDING_MET;
}

void scap__seek_settle(struct seeker *seeker, struct value *values)
{
	bool again = true;

	while (again) {
		again = false;
		run(seeker, values);
		for (size_t i = 0; i < seeker->pack->base->nquestions; i++)
			if (plane_bit(&seeker->block->conflict[i], 0) && values[i].number &&
			    seeker->values[i].state != VALUE_GIVEN) {
				values[i].number = 0;
				again = true;
			}
	}
}

/* The first answer that a node which is not known hangs on. */
static const struct test *open_test(const struct seeker *seeker, unsigned node)
{
	const struct network *net = seeker->pack->net;

	while (node >= net->nanswers) {
		const unsigned *args = net->args + net->nodes[node].first;
		unsigned i = 0;

		while (i + 1 < net->nodes[node].count &&
		       (certain(seeker, args[i]) || !possible(seeker, args[i])))
			i++;
		node = args[i];
	}
	return &net->tests[node];
}

/* ---- Trying answers -------------------------------------------------------------------- */

static enum reach search(struct seeker *seeker, const struct goal *goals, unsigned depth);

/* One answer and all that may follow from it; *SUM is what came of all so far. */
static bool try_value(struct seeker *seeker, const struct goal *goals, unsigned depth,
                      unsigned question, struct value value, enum reach *sum)
{
	struct value before = seeker->values[question];
	enum reach reach;

	seeker->values[question] = value;
	reach = search(seeker, goals, depth + 1);
	if (reach == REACH_FOUND) {
		*sum = reach;
		return true;
	}
	seeker->values[question] = before;
	if (reach == REACH_OPEN || !seeker->steps || !seeker->work)
		*sum = REACH_OPEN;
	return *sum == REACH_OPEN && (!seeker->steps || !seeker->work);
}

void scap__seek_choose(struct value *value, size_t nchoices, size_t choice, bool taken)
{
	uint64_t bit = UINT64_C(1) << choice;

	if (value->state != VALUE_GIVEN)
		value->unsure = nchoices < 64 ? (UINT64_C(1) << nchoices) - 1 : ~UINT64_C(0);
	value->state = VALUE_GIVEN;
	value->unsure &= ~bit;
	value->choices = taken ? value->choices | bit : value->choices & ~bit;
}

static enum reach try_choices(struct seeker *seeker, const struct goal *goals, unsigned depth,
                              const struct test *test)
{
	const struct scap_question *shown = &seeker->pack->base->questions[test->question].shown;
	const struct value *usual = &seeker->usual[test->question];
	enum reach sum = REACH_NEVER;

	if (shown->type == SCAP_SELECT_MULTIPLE) {
		bool first = usual->choices >> test->low & 1;
		struct value value = seeker->values[test->question];

		scap__seek_choose(&value, shown->nchoices, (size_t)test->low, first);
		if (try_value(seeker, goals, depth, test->question, value, &sum))
			return sum;
		scap__seek_choose(&value, shown->nchoices, (size_t)test->low, !first);
		try_value(seeker, goals, depth, test->question, value, &sum);
		return sum;
	}
	for (int others = 0; others < 2; others++)
		for (size_t i = 0; i < shown->nchoices; i++) {
			struct value value = {VALUE_GIVEN, 0, UINT64_C(1) << i, 0};

			if ((usual->choices == value.choices) != !others)
				continue;
			if (try_value(seeker, goals, depth, test->question, value, &sum))
				return sum;
		}
	return sum;
}

/* The first number over AT for which some test of the question comes out otherwise. */
static int64_t next_border(const struct seeker *seeker, unsigned question, int64_t at)
{
	const struct network *net = seeker->pack->net;
	int64_t next = INT64_MAX, firsts[2];

	for (unsigned i = net->first_answer[question]; i < net->first_answer[question + 1]; i++) {
		unsigned count = scap__test_borders(seeker->pack->base, &net->tests[i], firsts);

		for (unsigned j = 0; j < count; j++)
			if (firsts[j] > at && firsts[j] < next)
				next = firsts[j];
	}
	return next;
}

static int64_t within(int64_t number, int64_t low, int64_t high)
{
	return number < low ? low : number > high ? high : number;
}

/* Between two borders all numbers are alike: that nearest to the usual one is tried, or
 * a tenth beside it, which a person could say. */
static int64_t plain_number(int64_t usual, int64_t low, int64_t high)
{
	int64_t number = within(usual, low, high), tenth = NUMBER_ONE / 10;
	int64_t plain = number - number % tenth;

	if (plain < low)
		plain += tenth;
	if (plain > high)
		plain -= tenth;
	return plain < low ? number : plain;
}

static enum reach try_numbers(struct seeker *seeker, const struct goal *goals, unsigned depth,
                              unsigned q)
{
	const struct question *question = &seeker->pack->base->questions[q];
	int64_t unit = question->shown.type == SCAP_INTEGER ? NUMBER_ONE : 1;
	int64_t usual = within(seeker->usual[q].number, question->low, question->high);
	enum reach sum = REACH_NEVER;

	for (int others = 0; others < 2; others++)
		for (int64_t low = question->low, next; low <= question->high; low = next) {
			int64_t high = question->high;
			struct value value = {.state = VALUE_GIVEN};

			next = next_border(seeker, q, low);
			if (next <= high)
				high = next - unit;
			if ((usual >= low && usual <= high) != !others)
				continue;
			value.number = plain_number(usual, low, high);
			if (try_value(seeker, goals, depth, q, value, &sum))
				return sum;
		}
	return sum;
}

static enum reach try_yes_no(struct seeker *seeker, const struct goal *goals, unsigned depth,
                             unsigned question)
{
	struct value value = {.state = VALUE_GIVEN};
	enum reach sum = REACH_NEVER;

	for (int64_t i = 0; i < 2; i++) {
		value.number = i;
		if (try_value(seeker, goals, depth, question, value, &sum))
			break;
	}
	return sum;
}

static enum reach search(struct seeker *seeker, const struct goal *goals, unsigned depth)
{
	const struct test *test;
	enum standing standing;
	unsigned node;

	if (depth > SEEK_DEPTH || !seeker->steps || !seeker->work)
		return REACH_OPEN;
	seeker->steps--;
	run(seeker, seeker->values);
	standing = look(seeker, goals, &node);
	if (standing != STANDING_OPEN)
		return standing == STANDING_MET ? REACH_FOUND : REACH_NEVER;
	test = open_test(seeker, node);
	switch (seeker->pack->base->questions[test->question].shown.type) {
	case SCAP_YES_NO: return try_yes_no(seeker, goals, depth, test->question);
	case SCAP_INTEGER:
	case SCAP_DECIMAL: return try_numbers(seeker, goals, depth, test->question);
	case SCAP_FREE_TEXT: return REACH_OPEN; /* no test is of a text */
	default: return try_choices(seeker, goals, depth, test);
	}
}

enum reach scap__seek(struct seeker *seeker, const struct goal *goals)
{
	seeker->steps = SEEK_STEPS;
	return search(seeker, goals, 0);
}
