/* SPDX-License-Identifier: MIT
 *
 * Which patterns match where a word starts.
 *
 * Belongs to one thread.
 */
#ifndef SCAP_WORDS_STARTS_H
#define SCAP_WORDS_STARTS_H

#include "words/walk.h"

struct starts;

enum { HIT_LIMIT = UINT32_MAX }; /* the match was given up, or went wrong */

struct hit {
	uint32_t pattern;
	uint32_t size; /* bytes that match; HIT_LIMIT */
};

/* NULL when memory is out. The lexicon must outlive it. */
struct starts *scap__starts_new(const struct lexicon *lexicon);
void scap__starts_free(struct starts *starts);

/* Takes a text of SIZE bytes as scap__normal_write leaves it, and its words; both must
 * stay until the next. False when memory is out. */
bool scap__starts_text(struct starts *starts, const char *text, size_t size,
                       const struct word *words, size_t nwords);

/* The patterns that match where a word starts, by number. *HITS lives until the next
 * call. */
size_t scap__starts_find(struct starts *starts, size_t word, const struct hit **hits);

/* True when memory was out for a match since scap__starts_text: hits of HIT_LIMIT that
 * say nothing of the text. */
bool scap__starts_failed(const struct starts *starts);

#endif
