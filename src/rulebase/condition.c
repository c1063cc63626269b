/* SPDX-License-Identifier: MIT */
#include "rulebase/condition.h"

bool scap__test_same(const struct test *a, const struct test *b)
{
	return a->question == b->question && a->compare == b->compare && a->low == b->low &&
	       a->high == b->high;
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
	for (size_t i = 0; i < a->nitems; i++)
		if (!scap__cond_same(a->items[i], b->items[i]))
			return false;
	return true;
}
