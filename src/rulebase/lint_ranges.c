/* SPDX-License-Identifier: MIT
 *
 * Rows that cut one number into ranges. Only what is surely odd is told: ranges
 * that miss each other by one step, and ranges that share the one number at
 * which they meet. All else about the rows must be the same.
 */
#include <stdio.h>

#include "base/number.h"
#include "rulebase/lint.h"

/* A test of a number in a condition that is it alone, or an `and` with it. */
struct range {
	const struct rule *rule;
	const struct cond *test;
	unsigned question;
	int64_t low, high; /* both within */
};

struct ranges {
	struct lint *lint;
	struct range *list;
	size_t count;
};

/* From one possible answer to the next. */
static int64_t step_of(const struct question *question)
{
	return question->shown.type == SCAP_INTEGER ? NUMBER_ONE : 1;
}

static bool bounds(const struct question *question, const struct test *test,
                   struct range *range)
{
	int64_t step = step_of(question);

	range->low = question->low;
	range->high = question->high;
	switch (test->compare) {
	case COMPARE_EQ: range->low = range->high = test->low; return true;
	case COMPARE_LT: range->high = test->low - step; return true;
	case COMPARE_LE: range->high = test->low; return true;
	case COMPARE_GT: range->low = test->low + step; return true;
	case COMPARE_GE: range->low = test->low; return true;
	case COMPARE_IN: range->low = test->low; range->high = test->high; return true;
	default: return false;
	}
}

static void collect_test(struct ranges *ranges, const struct rule *rule, const struct cond *cond)
{
	const struct question *question = &ranges->lint->base->questions[cond->test.question];
	struct range range = {.rule = rule, .test = cond, .question = cond->test.question};
	struct range *list;

	if (cond->op != COND_TEST || !bounds(question, &cond->test, &range))
		return;
	list = scap__arena_grow(ranges->lint->arena, ranges->list, ranges->count, sizeof(*list));
	if (!list) {
		ranges->lint->no_memory = true;
		return;
	}
	ranges->list = list;
	list[ranges->count++] = range;
}

static void collect(struct ranges *ranges, const struct rule *rule)
{
	collect_test(ranges, rule, rule->when);
	for (size_t i = 0; i < rule->when->nitems && rule->when->op == COND_AND; i++)
		collect_test(ranges, rule, rule->when->items[i]);
}

/* Every item of A's condition but the range stands in B's. */
static bool rest_within(const struct range *a, const struct range *b)
{
	for (size_t i = 0; i < a->rule->when->nitems; i++) {
		size_t j = 0;

		if (a->rule->when->items[i] == a->test)
			continue;
		while (j < b->rule->when->nitems &&
		       (b->rule->when->items[j] == b->test ||
		        !scap__cond_same(a->rule->when->items[i], b->rule->when->items[j])))
			j++;
		if (j == b->rule->when->nitems)
			return false;
	}
	return true;
}

/* True where two ranges are of one question and all else of their conditions is the same. */
static bool alike(const struct range *a, const struct range *b)
{
	return a->question == b->question && a->rule != b->rule &&
	       a->rule->when->nitems == b->rule->when->nitems && rest_within(a, b) &&
	       rest_within(b, a);
}

/* True where another row of the kind has to do with NUMBER. */
static bool spoken_for(const struct ranges *ranges, const struct range *range, int64_t number)
{
	for (size_t i = 0; i < ranges->count; i++) {
		const struct range *other = &ranges->list[i];

		if (other->question == range->question && rest_within(other, range) &&
		    other->low <= number && number <= other->high)
			return true;
	}
	return false;
}

/* What is written `37.4` ends with tenths: the smallest step that ends of ranges take. */
static int64_t written_step(const struct question *question, int64_t a, int64_t b)
{
	int64_t step = NUMBER_ONE;

	while (question->shown.type != SCAP_INTEGER && step > 1 && (a % step || b % step))
		step /= 10;
	return step;
}

/* Tells what the number at or between two ranges comes to, at the row that is later. */
static void tell(const struct ranges *ranges, bool gap, const struct range *below,
                 const struct range *above, int64_t number)
{
	const struct question *question = &ranges->lint->base->questions[below->question];
	bool last = below->rule->origin.line > above->rule->origin.line;
	const struct range *told = last ? below : above, *other = last ? above : below;
	char text[24], example[LIMIT_NAME_BYTES + 32];
	struct place place = scap__lint_part(ranges->lint, scap__rule_file(told->rule->kind),
	                                     told->rule->origin.line, 1, told->test->at,
	                                     told->test->size);

	scap__number_write(number, text);
	snprintf(example, sizeof(example), "%s=%s", question->shown.name, text);
	if (gap)
		scap__lint_tell(ranges->lint, E_RANGE_GAP, told->rule->id, place, example,
		                "%s lies between the range of '%s' and that of '%s' in line %u",
		                text, told->rule->id, other->rule->id, other->rule->origin.line);
	else
		scap__lint_tell(ranges->lint, E_RANGE_OVERLAP, told->rule->id, place, example,
		                "%s belongs both to '%s' and to '%s' in line %u, which meet there",
		                text, told->rule->id, other->rule->id, other->rule->origin.line);
}

/* BELOW ends where ABOVE begins, or nearly so. */
static void look_at(const struct ranges *ranges, const struct range *below,
                    const struct range *above)
{
	const struct question *question = &ranges->lint->base->questions[below->question];
	int64_t step = step_of(question), apart = above->low - below->high;
	int64_t written = written_step(question, below->high, above->low);
	bool whole = question->shown.type == SCAP_INTEGER;

	if (below->low >= above->low || below->high >= above->high)
		return;
	if (apart == 0 && whole && below->low < below->high && above->low < above->high)
		tell(ranges, false, below, above, above->low);
	else if (apart > step && apart <= (whole ? 2 * step : written) &&
	         !spoken_for(ranges, below, below->high + step))
		tell(ranges, true, below, above, below->high + step);
}

void scap__lint_ranges(struct lint *lint)
{
	const struct rulebase *base = lint->base;

	for (size_t kind = 0; kind < RULE_KINDS; kind++) {
		struct ranges ranges = {.lint = lint};

		for (size_t i = base->first_rule[kind]; i < base->first_rule[kind + 1]; i++)
			collect(&ranges, &base->rules[i]);
		for (size_t i = 0; i < ranges.count; i++)
			for (size_t j = 0; j < ranges.count; j++)
				if (alike(&ranges.list[i], &ranges.list[j]))
					look_at(&ranges, &ranges.list[i], &ranges.list[j]);
	}
}
