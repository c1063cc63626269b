/* SPDX-License-Identifier: MIT
 *
 * A condition, as a tree: what one `when` or `relevant` cell says. The forms
 * are those of doc/pack.md.
 */
#ifndef SCAP_RULEBASE_CONDITION_H
#define SCAP_RULEBASE_CONDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cond_op {
	COND_ALWAYS,
	COND_TEST,     /* of one question's answer */
	COND_FINDING,
	COND_NOT,      /* items[0] */
	COND_AND,
	COND_OR,
	COND_AT_LEAST, /* n of the items */
};

enum compare {
	COMPARE_YES,        /* a yes/no question is answered yes */
	COMPARE_CHOICE,     /* the choice `low` is taken */
	COMPARE_NOT_CHOICE, /* another choice is taken */
	COMPARE_EQ,         /* a number, in millionths, against `low` ... */
	COMPARE_NE,
	COMPARE_LT,
	COMPARE_LE,
	COMPARE_GT,
	COMPARE_GE,
	COMPARE_IN,         /* ... or from `low` to `high` */
};

struct test {
	unsigned question; /* index */
	enum compare compare;
	int64_t low, high;
};

struct cond {
	enum cond_op op;
	unsigned id;       /* number of this node over the whole rule base */
	size_t at, size;   /* its text within the cell */
	struct test test;  /* COND_TEST */
	unsigned finding;  /* COND_FINDING: index */
	unsigned n;        /* COND_AT_LEAST */
	size_t nitems;
	struct cond **items;
};

bool scap__test_same(const struct test *a, const struct test *b);

/* True when both have the same items, in any order. */
bool scap__cond_same(const struct cond *a, const struct cond *b);

#endif
