/* SPDX-License-Identifier: MIT
 *
 * All that the cases of a pack should try, and which of it a decision meets.
 */
#ifndef SCAP_BATCH_AIMS_H
#define SCAP_BATCH_AIMS_H

#include "report/tested.h"

/* Lists the aims of a pack. False when memory is out. */
bool scap__aims_make(struct aims *aims, struct arena *arena, const scap_pack *pack);

/* True if a decision meets an aim. */
bool scap__aim_met(const struct aims *aims, const struct aim *aim, const scap_decision *decision);

/* Where the outcome of a test of a number changes: the first number on the upper side of
 * each place, in OUT. Returns how many: 0 to 2. */
unsigned scap__test_borders(const struct rulebase *base, const struct test *test,
                            int64_t out[2]);

/* The items that a goal speaks of, one by one: the node of the I-th, or -1 for one that
 * is passed over. */
static inline size_t goal_count(const struct goal *goal)
{
	return goal->whole ? goal->whole->nitems : 1;
}

static inline int64_t goal_node(const struct goal *goal, const struct network *net, size_t i)
{
	if (!goal->whole)
		return goal->node;
	return i == goal->but ? -1 : (int64_t)net->cond_node[goal->whole->items[i]->id];
}

#endif
