/* SPDX-License-Identifier: MIT
 *
 * All patterns of a lexicon as one machine that reads a text sign by sign and says which
 * of them may match where a word starts. It may say so of one too many, but misses none:
 * what it does not understand of a pattern it takes to match.
 *
 * The steps of a pattern stand behind each other (Thompson 1968). Never changed once it
 * is made, so threads may share it.
 */
#ifndef SCAP_WORDS_MACHINE_H
#define SCAP_WORDS_MACHINE_H

#include "words/lexicon.h"

enum step_kind {
	STEP_SIGN,  /* the next sign is one of a set: on to the next step */
	STEP_FORK,  /* on to the next step, and to another */
	STEP_JUMP,  /* on to another step */
	STEP_EDGE,  /* on, if a word of PCRE2 begins or ends here */
	STEP_END,   /* the pattern ends here, if a word can end here */
	STEP_MAYBE, /* the pattern may match, whatever comes */
	STEP_DOUBT, /* if the pattern ends, it may not match */
};

struct step {
	uint32_t kind : 3;
	int32_t to : 29; /* set, or how far on the other step is, or pattern */
};

struct machine {
	struct step *steps;
	size_t nsteps, room;
	uint64_t *sets; /* of signs, as bits */
	size_t nsets;
	uint16_t *signs; /* of each step: the set with which it can go on */
	uint32_t *begins; /* of each pattern, and behind the last: its first step */
	size_t npatterns;
	uint64_t *exact; /* bits of the patterns that match where they end, if without doubt */
};

/* The machine of compiled patterns; NULL when memory is out. */
struct machine *scap__machine_new(const struct lexicon *lexicon);
void scap__machine_free(struct machine *machine);

static inline bool scap__machine_exact(const struct machine *machine, uint32_t pattern)
{
	return machine->exact[pattern / 64] >> pattern % 64 & 1;
}

#endif
