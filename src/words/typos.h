/* SPDX-License-Identifier: MIT
 *
 * Misspelt words: one letter too many, too few, wrong, or two changed round, in a long
 * word that begins right. Only words that the lexicon's own examples use are looked
 * for, and short words never: "fewer" is no "fever".
 *
 * Belongs to one thread.
 */
#ifndef SCAP_WORDS_TYPOS_H
#define SCAP_WORDS_TYPOS_H

#include "words/lexicon.h"

struct typos;

/* NULL when memory is out. */
struct typos *scap__typos_new(const struct lexicon *lexicon);
void scap__typos_free(struct typos *typos);

/* The word that a misspelt one of the normal text was meant to be, or NULL. */
const char *scap__typos_meant(struct typos *typos, const char *word, size_t size);

#endif
