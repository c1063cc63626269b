/* SPDX-License-Identifier: MIT
 *
 * The search for the best session: doc/engine.md says what "best" is. Two ways
 * lead to the same choice. Where parts hold few exercises, scap__search_parts
 * looks through what each part can be as a whole. Else scap__search_each decides
 * exercise by exercise.
 */
#ifndef SCAP_ROUTINE_SEARCH_H
#define SCAP_ROUTINE_SEARCH_H

#include "routine/dose.h"

/* Points are counted in units of POINT so that prices of time can be fine. A place
 * that a part must fill outweighs all points together. */
enum { POINT = 256 };
#define MUST (INT64_C(1) << 44)

/* An exercise that may be chosen. */
struct candidate {
	unsigned exercise, part, family;
	unsigned seconds; /* with the change to it */
	int64_t value;
	uint64_t muscles;
};

struct search {
	const struct rulebase *base;
	size_t count;
	struct candidate *list;   /* by part, the most wanted first */
	unsigned *order;          /* exercises, as they come for most people */
	struct portion *usual;    /* of each exercise, for people without adjustments */
	struct portion *portions; /* of each exercise that is open */
	unsigned *forms;          /* of each exercise that heads a family: candidates of it */
	size_t *part_end;         /* of each candidate: where its part ends in the list */
	int64_t balance;          /* points of each muscle that is new */
	unsigned seconds;         /* there are for it all */
	long work;                /* done so far, of LIMIT_SESSION_STEPS */
	int64_t best;             /* points of the best choice so far */
	bool *best_in;            /* of each candidate: it is in that choice */
	struct each *each;
	struct parts *parts;
};

/* Room for searches in one pack; NULL when memory is out. */
struct search *scap__search_new(const struct rulebase *base);
void scap__search_free(struct search *search);

/* Finds the best choice of what is open. */
void scap__search_run(struct search *search, const struct selection *selection);

/* What it consists of: the candidates, and the two ways. The second returns false,
 * and has found nothing, where there is too much to look through. */
void scap__search_gather(struct search *search, const struct selection *selection);
void scap__search_each(struct search *search);
bool scap__search_parts(struct search *search);

struct each *scap__each_new(const struct rulebase *base);
void scap__each_free(struct each *each);
struct parts *scap__parts_new(void);
void scap__parts_free(struct parts *parts);

/* An exercise works few muscles, so this is quicker than a library's count. */
static inline int count_bits(uint64_t bits)
{
	int count = 0;

	for (; bits; bits &= bits - 1)
		count++;
	return count;
}

#endif
