/* SPDX-License-Identifier: MIT
 *
 * The machine's way over a text. All steps that it can be at are one state; states and
 * the ways between them are kept as texts ask for them (after RE2, Cox 2010), so that a
 * word mostly costs a look at a table. When they take too much room all are forgotten.
 *
 * Belongs to one thread.
 */
#ifndef SCAP_WORDS_WALK_H
#define SCAP_WORDS_WALK_H

#include "words/lexicon.h"

struct walk;

/* A word of a normal text. */
struct word {
	uint32_t at, end;
	uint32_t sentence; /* from 0 */
};

/* A pattern that may match. */
struct candidate {
	uint32_t pattern;
	uint32_t size; /* so many bytes match for sure; 0: it may match */
	bool ended;
};

/* NULL when memory is out. The lexicon must outlive it. */
struct walk *scap__walk_new(const struct lexicon *lexicon);
void scap__walk_free(struct walk *walk);

/* Takes a text of SIZE bytes as scap__normal_write leaves it, and its words; both must
 * stay until the next. False when memory is out. */
bool scap__walk_text(struct walk *walk, const char *text, size_t size, const struct word *words,
                     size_t nwords);

/* The patterns that may match where a word starts, each once, by number. *CANDIDATES lives
 * until the next call. */
size_t scap__walk_from(struct walk *walk, size_t word, const struct candidate **candidates);

#endif
