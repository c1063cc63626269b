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

/* 64 answers of one person. A bit in neither is unknown, as is all that nothing
 * was said of: "no" is a thing that has to be said. */
struct said {
	uint64_t yes;   /* tests that the answers pass */
	uint64_t known; /* tests that they pass or fail */
};

struct block {
	const struct network *net;
	struct said *said;      /* of each lane: net->answer_words of them */
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

/* Makes a question "no" in every lane that has not answered it (yes/no questions). */
void scap__block_deny(struct block *block, unsigned question);

/* Makes a question's answer unknown in every lane. */
void scap__block_forget(struct block *block, unsigned question);

/* Chains forward: works out every node from the answers as they are now. */
void scap__block_run(struct block *block);

/* From the nodes marked in `matters` down to the answers that could still
 * change them; fills `missing`. */
void scap__block_trace(struct block *block);

#endif
