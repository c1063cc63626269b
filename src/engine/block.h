/* SPDX-License-Identifier: MIT
 *
 * The network run for a block of people at once: person i is bit i of every
 * plane. One person is the same program on lane 0.
 */
#ifndef SCAP_ENGINE_BLOCK_H
#define SCAP_ENGINE_BLOCK_H

#include "engine/plane.h"
#include "engine/value.h"
#include "network/network.h"

struct truth {
	struct plane certain, possible; /* certain implies possible */
};

struct block {
	const struct network *net;
	struct truth *truth;    /* of each node */
	struct plane *matters;  /* of each node: a decision hangs on it */
	struct plane *conflict; /* of each question: a red flag said yes that can't apply */
	struct plane *missing;  /* of each question: unanswered, and it matters */
};

/* A block for a network, all unknown; NULL when memory is out. */
struct block *scap__block_new(const struct network *net);
void scap__block_free(struct block *block);

/* Makes every answer of every lane unknown. */
void scap__block_clear(struct block *block);

/* Puts an answer into a lane that is unknown there so far. */
void scap__block_put(struct block *block, unsigned lane, unsigned question,
                     const struct value *value);

/* Which tests of a question an answer passes: bit i is its i-th test. Only for
 * questions with at most 64 tests. */
uint64_t scap__block_tests(const struct network *net, unsigned question,
                           const struct value *value);

/* Puts one test's outcome into a lane (a word and a bit) that is unknown there:
 * neither certain nor ruled out, so turning over one of its two bits says all. */
static inline void scap__truth_put(struct truth *truth, unsigned word, uint64_t bit, bool passed)
{
	struct plane *planes[2] = {&truth->possible, &truth->certain};

	planes[passed]->bits[word] ^= bit;
}

/* Makes a question's answer "no" in every lane (yes/no questions). */
void scap__block_deny(struct block *block, unsigned question);

/* Chains forward: works out every node from the answers. */
void scap__block_run(struct block *block);

/* From the nodes marked in `matters` down to the answers that could still
 * change them; fills `missing`. */
void scap__block_trace(struct block *block);

#endif
