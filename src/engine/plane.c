/* SPDX-License-Identifier: MIT */
#include "engine/plane.h"

/* Swaps two quarters of small squares of 2 * STEP bits: what MASK leaves of the
 * low bits of B with the high bits of A. */
static inline void swap_quarters(struct plane *a, struct plane *b, unsigned step, uint64_t mask)
{
	for (unsigned w = 0; w < BLOCK_WORDS; w++) {
		uint64_t swap = (a->bits[w] >> step ^ b->bits[w]) & mask;

		b->bits[w] ^= swap;
		a->bits[w] ^= swap << step;
	}
}

static inline void swap_all(struct plane square[64], unsigned step, uint64_t mask)
{
	for (unsigned base = 0; base < 64; base += 2 * step)
		for (unsigned i = base; i < base + step; i++)
			swap_quarters(&square[i], &square[i + step], step, mask);
}

void scap__planes_turn(struct plane square[64])
{
	swap_all(square, 32, UINT64_C(0x00000000ffffffff));
	swap_all(square, 16, UINT64_C(0x0000ffff0000ffff));
	swap_all(square, 8, UINT64_C(0x00ff00ff00ff00ff));
	swap_all(square, 4, UINT64_C(0x0f0f0f0f0f0f0f0f));
	swap_all(square, 2, UINT64_C(0x3333333333333333));
	swap_all(square, 1, UINT64_C(0x5555555555555555));
}
