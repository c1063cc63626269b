/* SPDX-License-Identifier: MIT
 *
 * The clauses against the running engine: random people, judged by both. A proof is
 * about the engine only as far as the two agree.
 */
#ifndef SCAP_PROVE_REPLAY_H
#define SCAP_PROVE_REPLAY_H

#include "prove/coding.h"

struct replay {
	unsigned long long people;
	unsigned long long disagreements;
	char first[256]; /* the first of them, in words */
};

/* Compares COUNT people that SEED stands for. ENGINE is the pack that judges; the coding is
 * that of the same pack, unless a test wants to see the two disagree. */
struct replay prove_replay(const struct coding *coding, const scap_pack *engine,
                           unsigned long long count, unsigned long long seed);

#endif
