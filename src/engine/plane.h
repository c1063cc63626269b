/* SPDX-License-Identifier: MIT
 *
 * A bit for each person of a block, and the turn between that and a word for
 * each person.
 */
#ifndef SCAP_ENGINE_PLANE_H
#define SCAP_ENGINE_PLANE_H

#include <stdbool.h>
#include <stdint.h>

enum { BLOCK_WORDS = 4, BLOCK_LANES = 64 * BLOCK_WORDS };

struct plane {
	uint64_t bits[BLOCK_WORDS];
};

/* Turns squares of 64 by 64 bits over their diagonals, one in each word: bit i of
 * word w of plane j changes places with bit j of word w of plane i. So 64 planes
 * become the words of BLOCK_LANES people, those of person 64 * w + i in plane i,
 * and the other way round. */
void scap__planes_turn(struct plane square[64]);

static inline bool plane_bit(const struct plane *plane, unsigned lane)
{
	return plane->bits[lane / 64] >> (lane % 64) & 1;
}

#endif
