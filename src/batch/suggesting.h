/* SPDX-License-Identifier: MIT
 *
 * New cases under way: the people that were made up so far, and how to make one up for
 * something that no case tries.
 */
#ifndef SCAP_BATCH_SUGGESTING_H
#define SCAP_BATCH_SUGGESTING_H

#include "batch/cases.h"
#include "batch/seek.h"

/* A person who tries something that no case does. */
struct candidate {
	const char *answers, *story;
	unsigned level;
	const char *rule;  /* what it was made for: the name of a rule, exercise or question */
	uint64_t *meets;   /* bit of each open aim */
};

struct suggesting {
	struct tested *tested;
	struct arena *arena;
	const struct cases *cases;
	struct seeker seeker;
	struct value *usual, *person;
	struct goal *goals; /* room for one of each rule */
	size_t nopen, words;
	unsigned *open;    /* aims that no case meets */
	size_t npool;
	struct candidate *pool;
	bool no_memory;
};

/* Seeks somebody who meets an aim, and adds what the engine says of that person to the
 * pool. */
enum reach scap__suggest_for(struct suggesting *suggesting, const struct aim *aim);

#endif
