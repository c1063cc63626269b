/* SPDX-License-Identifier: MIT
 *
 * The machine made deterministic: all steps that it can be at together are one state.
 * States, and the links between them, are made as they are asked for (after RE2, Cox
 * 2010).
 *
 * Belongs to one thread.
 */
#ifndef SCAP_WORDS_STATES_H
#define SCAP_WORDS_STATES_H

#include "words/machine.h"

struct states;

/* Where all begins; where nothing can match any more; no room for another state. */
enum { STATE_ROOT = 0, STATE_DEAD = -1, STATE_FULL = -2 };

/* Bits in the number of a pattern that a state tells of. */
#define PATTERN_ENDED (UINT32_C(1) << 31)
#define PATTERN_DOUBT (UINT32_C(1) << 30) /* its match may go wrong, or on */
#define PATTERN_NUMBER (PATTERN_DOUBT - 1)

/* NULL when memory is out. The machine must outlive it. */
struct states *scap__states_new(const struct machine *machine);
void scap__states_free(struct states *states);

/* The state behind a sign. */
int32_t scap__states_next(struct states *states, int32_t from, unsigned sign);

/* The patterns that ended, or are in doubt, before the sign that led to a state; until the
 * next call. */
const uint32_t *scap__states_told(const struct states *states, int32_t state, size_t *count);

/* Forgets all states but the root. */
void scap__states_forget(struct states *states);

#endif
