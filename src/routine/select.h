/* SPDX-License-Identifier: MIT
 *
 * What a verdict leaves of the catalogue: which exercises are allowed, how much
 * each is wanted, and which caps hold for it. Nothing that was excluded ever
 * comes back.
 */
#ifndef SCAP_ROUTINE_SELECT_H
#define SCAP_ROUTINE_SELECT_H

#include "engine/verdict.h"

struct selection {
	const struct layout *layout;
	bool routine;       /* the level permits one */
	bool all;           /* a rule that avoids `all` applies */
	size_t count;       /* exercises that are allowed and can be done */
	unsigned minutes;   /* for a session */
	bool *excluded;     /* of each exercise: by a contraindication */
	bool *unequipped;   /* of each: not excluded, but lacks equipment */
	unsigned *weight;   /* of each: points of preferences, and for standing in */
	struct caps *caps;  /* of each: the strictest of all adjustments */
	bool *adjusted;     /* of each: it may have caps */
};

/* Room for the selections of one pack; NULL when memory is out. */
struct selection *scap__selection_new(const struct layout *layout);
void scap__selection_free(struct selection *selection);

/* Selects for one person. */
void scap__selection_make(struct selection *selection, const struct verdict *verdict);

/* True when an exercise is allowed and can be done. */
static inline bool selection_open(const struct selection *selection, size_t exercise)
{
	return !selection->excluded[exercise] && !selection->unequipped[exercise];
}

#endif
