/* SPDX-License-Identifier: MIT
 *
 * Which patterns a text can match at all: one walk over it finds the pieces that
 * patterns need (Aho and Corasick 1975).
 *
 * Belongs to one thread.
 */
#ifndef SCAP_WORDS_PIECES_H
#define SCAP_WORDS_PIECES_H

#include <stdint.h>

#include "words/lexicon.h"

struct pieces;

/* NULL when memory is out. */
struct pieces *scap__pieces_new(const struct lexicon *lexicon);
void scap__pieces_free(struct pieces *pieces);

/* Sets the bits of the patterns that normal text can match, and clears the others. There
 * is a word of them for every 64 patterns. */
void scap__pieces_find(struct pieces *pieces, const char *text, size_t size, uint64_t *possible);

#endif
