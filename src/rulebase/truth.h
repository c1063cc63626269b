/* SPDX-License-Identifier: MIT
 *
 * Truth tables: what conditions say for every combination of answers that they
 * can tell apart, a bit for each. Every question is answered here, so a
 * condition holds or does not. A number is cut at the thresholds that are named.
 *
 * The table is *whole* where findings are worked out and relevance is heeded.
 * Where that makes too many combinations, findings and relevance are left open
 * instead: there are then combinations that nobody can have, so what holds in
 * all of them is still certain, and what holds in one may be idle.
 */
#ifndef SCAP_RULEBASE_TRUTH_H
#define SCAP_RULEBASE_TRUTH_H

#include "rulebase/rulebase.h"

enum {
	TRUTH_BITS = 16, /* at most 65,536 combinations */
	TRUTH_CUTS = 62, /* thresholds of one number */
	TRUTH_TEXT = 320,
};

/* What is answered apart from all else, and the bits of a combination it takes. */
struct truth_var {
	int question, choice; /* choice: of a select_multiple, else NONE */
	unsigned finding;     /* where there is no question: one that is left open */
	unsigned bit, nbits, nvalues;
	bool absent;          /* its last value: it is not relevant */
	size_t ncuts;
	int64_t cuts[TRUTH_CUTS]; /* each the first number of the next value */
	uint64_t named;       /* choices of a select_one that have a value of their own */
};

struct truth_table {
	const struct rulebase *base;
	bool whole, too_big;
	size_t nvars, nwords;
	unsigned nbits;
	struct truth_var vars[TRUTH_BITS];
	unsigned stamp, *seen; /* of questions, then findings: the stamp they were last taken in */
	uint64_t **memo;       /* their table in this stamp: a question's is its relevance */
	uint64_t *pool;        /* tables from below, those of the memo from above */
	size_t low, high;
};

/* Makes room in ARENA; false when memory is out. */
bool scap__truth_init(struct truth_table *truth, const struct rulebase *base, struct arena *arena);

/* Begins tables for COUNT conditions of at most BITS bits. False where they tell too
 * many combinations apart. */
bool scap__truth_begin(struct truth_table *truth, const struct cond *const *conds, size_t count,
                       unsigned bits);

/* The table of a condition, without the item LEFT_OUT (or NULL) anywhere in it. NULL
 * where there is no room. It lives until the next scap__truth_begin. */
uint64_t *scap__truth_of(struct truth_table *truth, const struct cond *cond,
                         const struct cond *left_out);

/* The table of a question's relevance. */
const uint64_t *scap__truth_relevance(struct truth_table *truth, unsigned question);

/* The first combination that is in A and not in B (or NULL), or NONE. */
int scap__truth_first(const struct truth_table *truth, const uint64_t *a, const uint64_t *b);

/* True where a table holds in all combinations. */
bool scap__truth_always(const struct truth_table *truth, const uint64_t *table);

/* Writes a combination as an intake row: `age=44; numbness=yes`. */
void scap__truth_write(struct truth_table *truth, int combination, char out[TRUTH_TEXT]);

#endif
