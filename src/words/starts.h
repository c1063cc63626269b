/* SPDX-License-Identifier: MIT
 *
 * Which patterns match where a word starts. The signs behind that place lead down a
 * tree; at each step PCRE2 itself has said, once, which patterns can still match, so
 * nearly all are ruled out after a few letters and most matches are known without
 * another call. The tree grows as texts ask for it.
 *
 * Belongs to one thread.
 */
#ifndef SCAP_WORDS_STARTS_H
#define SCAP_WORDS_STARTS_H

#include "words/lexicon.h"

struct starts;

enum { HIT_LIMIT = UINT32_MAX }; /* the match was given up, or went wrong */

struct hit {
	uint32_t pattern;
	uint32_t size; /* bytes that match; HIT_LIMIT */
};

/* NULL when memory is out. The lexicon must outlive it. */
struct starts *scap__starts_new(const struct lexicon *lexicon);
void scap__starts_free(struct starts *starts);

/* To be called before the first scap__starts_find of each text: finds which patterns it
 * can match at all. */
void scap__starts_text(struct starts *starts, const char *text, size_t size);

/* The patterns that match at AT, where a word starts, of SIZE bytes of normal text
 * with its line end behind. *HITS lives until the next call. */
size_t scap__starts_find(struct starts *starts, const char *text, size_t size, size_t at,
                         const struct hit **hits);

/* True when memory was out for a match since scap__starts_text: hits of HIT_LIMIT that
 * say nothing of the text. */
bool scap__starts_failed(const struct starts *starts);

#endif
