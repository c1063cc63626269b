/* SPDX-License-Identifier: MIT
 *
 * A machine while its patterns are read: its steps, one behind the other, and its sets of
 * signs.
 */
#ifndef SCAP_WORDS_MAKER_H
#define SCAP_WORDS_MAKER_H

#include "words/machine.h"

enum { STEPS_MAX = 1 << 24 };
enum { SET_ANY = 0 }; /* of all signs, and the end */

struct asked;

struct maker {
	struct machine *m;
	const char *at;   /* in the pattern */
	unsigned ahead;   /* groups around it that look ahead */
	size_t most;      /* so many steps there may be */
	bool exact;
	bool strange;     /* not understood, or too large */
	bool memory_out;
	uint16_t *slots;     /* sets by their signs, open addressing; SET_ANY: free */
	struct asked *asked; /* sets that PCRE2 was asked about */
	size_t nasked;
	pcre2_match_data *data;
	uint32_t *counts; /* of alternatives, of the pattern and each of its groups */
	size_t ncounts, counts_room;
	size_t group; /* that is read next */
};

/* False when memory is out; scap__maker_end all the same. */
bool scap__maker_begin(struct maker *maker, struct machine *machine);
void scap__maker_end(struct maker *maker);

/* True until the pattern turned out strange, or memory is out: then nothing is added. */
static inline bool scap__maker_well(const struct maker *maker)
{
	return !maker->strange && !maker->memory_out;
}

/* Something is read as if it let the pattern match more. What looks ahead may: it only
 * tells of a doubt too many. */
static inline void scap__maker_not_exact(struct maker *maker)
{
	maker->exact &= maker->ahead > 0;
}

void scap__maker_step(struct maker *maker, enum step_kind kind, size_t to);

/* Puts a step before what begins at a place. Steps tell how far they lead on, so that they
 * can be moved. */
void scap__maker_put_before(struct maker *maker, size_t begin, enum step_kind kind, size_t to);

/* The same steps again. */
void scap__maker_copy(struct maker *maker, size_t begin, size_t count);

/* A step over what PCRE2 takes for one sign, as `[a-z]` or `\d`. */
void scap__maker_set(struct maker *maker, const char *text, size_t size);

/* The number of a set, which is the same for the same signs; SET_ANY where there are too
 * many. */
uint16_t scap__maker_set_number(struct maker *maker, uint64_t signs);

/* A step over a byte that stands for itself. One that no normal text holds matches
 * nothing. */
void scap__maker_byte(struct maker *maker, unsigned char byte);

#endif
