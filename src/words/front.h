/* SPDX-License-Identifier: MIT
 *
 * The machine at work: from all the steps that it can be at, over one sign, to all that
 * it can be at then.
 *
 * Belongs to one thread.
 */
#ifndef SCAP_WORDS_FRONT_H
#define SCAP_WORDS_FRONT_H

#include "words/machine.h"

/* Numbers, each once. */
struct set {
	uint32_t *list;
	size_t count;
	uint64_t *bits;
};

struct front {
	const struct machine *machine;
	struct set ahead; /* steps, behind the sign */
	struct set ended; /* patterns, before it */
	struct set doubted;
	struct set visited;
	uint32_t *stack;
};

/* False when memory is out; scap__front_free all the same. */
bool scap__front_init(struct front *front, const struct machine *machine);
void scap__front_free(struct front *front);

/* The sign is one of those that PCRE2 makes words of. */
bool scap__front_letter(unsigned sign);

/* Takes a sign: what comes of it is here until the next. BEHIND_LETTER: the sign before it
 * was a letter. */
void scap__front_take(struct front *front, const uint32_t *steps, size_t count,
                      bool behind_letter, unsigned sign);

#endif
