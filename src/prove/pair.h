/* SPDX-License-Identifier: MIT
 *
 * Two packs and one person: what the answers come to in the one and in the other.
 */
#ifndef SCAP_PROVE_PAIR_H
#define SCAP_PROVE_PAIR_H

#include "prove/coding.h"

struct pair {
	struct model *model;
	struct coding *before, *after;
	int *questions; /* of each question of `after`: the same one of `before`, or NONE */
	int *exercises; /* likewise */
	int *rules;
	int riskier_level, safer_level; /* the level is lower, higher */
	int *gained, *lost;             /* of each exercise of `after`: now allowed, now left out */
};

/* Neither pack may go away before it. */
struct pair *prove_pair_new(const scap_pack *before, const scap_pack *after);
void prove_pair_free(struct pair *pair);

/* Somebody is at level FROM of the one pack and at TO of the other. */
int prove_pair_moves(struct pair *pair, size_t from, size_t to);

/* The person's level is lower, or an exercise is allowed that was not. */
int prove_pair_riskier(struct pair *pair);

#endif
