/* SPDX-License-Identifier: MIT
 *
 * Which exercises a verdict leaves, in session order. Nothing that was excluded
 * ever comes back here.
 */
#ifndef SCAP_ROUTINE_SELECT_H
#define SCAP_ROUTINE_SELECT_H

#include "engine/verdict.h"

enum no_routine {
	ROUTINE_GIVEN,
	ROUTINE_LEVEL,    /* the level permits none */
	ROUTINE_EXCLUDED, /* everything is left out by a rule */
	ROUTINE_TOO_FEW,  /* fewer than fewest_exercises are left */
};

struct selection {
	const struct layout *layout;
	enum no_routine why_not;
	size_t count;
	unsigned *list;     /* exercises of the session, in order */
	unsigned *weight;   /* of each exercise of the pack */
	bool *excluded;     /* of each: by a contraindication */
	bool *unequipped;   /* of each: not excluded, but lacks equipment */
	bool all;           /* a rule that avoids `all` applies */
};

/* Room for the selections of one pack; NULL when memory is out. */
struct selection *scap__selection_new(const struct layout *layout);
void scap__selection_free(struct selection *selection);

/* Selects for one person. */
void scap__selection_make(struct selection *selection, const struct verdict *verdict);

#endif
