/* SPDX-License-Identifier: MIT */
#include "rulebase/condition.h"

bool scap__test_same(const struct test *a, const struct test *b)
{
	return a->question == b->question && a->compare == b->compare && a->low == b->low &&
	       a->high == b->high;
}

/* Every item of one stands among those of the other, in any order. */
static bool holds_all(const struct cond *a, const struct cond *b)
{
	for (size_t i = 0; i < a->nitems; i++) {
		size_t j = 0;

		while (j < b->nitems && !scap__cond_same(a->items[i], b->items[j]))
			j++;
		if (j == b->nitems)
			return false;
	}
	return true;
}

bool scap__cond_same(const struct cond *a, const struct cond *b)
{
	if (a->op != b->op || a->nitems != b->nitems)
		return false;
	if (a->op == COND_TEST)
		return scap__test_same(&a->test, &b->test);
	if (a->op == COND_FINDING)
		return a->finding == b->finding;
	if (a->op == COND_AT_LEAST && a->n != b->n)
		return false;
	return holds_all(a, b) && holds_all(b, a);
}
