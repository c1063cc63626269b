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

/* What one person said to ANSWERS_IN_WORD tests is a word. Its low half has the tests
 * that the answers pass, its high half those that they pass or fail. So a zero is
 * unknown, as is all that nothing was said of: "no" is a bit that has to be set. */
#define SAID_KNOWN(tests) ((uint64_t)(tests) << ANSWERS_IN_WORD)

struct block {
	const struct network *net;
	uint64_t *said;         /* of each lane: net->answer_words */
	struct truth *truth;    /* of each node */
	struct plane *matters;  /* of each node: a decision hangs on it */
	struct plane *conflict; /* of each question: a yes that can't apply */
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

/* What an answer says of a question with at most ANSWERS_IN_WORD tests, as if they
 * were the first of a word. */
uint64_t scap__block_said(const struct network *net, unsigned question,
                           const struct value *value);

/* The same of a question with any number of tests, in the words of which the first is the
 * one that its first test has among a person's. They are 0 before. */
void scap__block_say(const struct network *net, unsigned question, const struct value *value,
                     uint64_t *words);

/* Takes over what a person's own words say: a yes, or with CHOICE (else NONE) that
 * choice. An answer that says otherwise is a conflict: a red flag is a yes then, and
 * anything else unknown. Returns whether there is one. */
bool scap__block_hear(struct block *block, unsigned lane, unsigned question, int choice,
                      bool red_flag);

/* Makes a question "no" in every lane that has not answered it (yes/no questions). */
void scap__block_deny(struct block *block, unsigned question);

/* Chains forward: works out every node from the answers as they are now. */
void scap__block_run(struct block *block);

/* From the nodes marked in `matters` down to the answers that could still
 * change them; fills `missing`. */
void scap__block_trace(struct block *block);

/* The same from one node in all lanes: `missing` is what leaves it undecided. */
void scap__block_trace_from(struct block *block, unsigned node);

/* True where what a lane has said so far surely makes a node true; worked out for
 * that node alone. A node that rests on very many counts as not sure. */
bool scap__block_surely(const struct block *block, unsigned lane, unsigned node);

#endif
