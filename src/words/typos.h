/* SPDX-License-Identifier: MIT
 *
 * Misspelt words: one letter too many, too few, wrong, or two changed round, in a long
 * word that begins right. Only words that the lexicon's own examples use are looked
 * for, and short words never: "fewer" is no "fever".
 */
#ifndef SCAP_WORDS_TYPOS_H
#define SCAP_WORDS_TYPOS_H

#include <stdbool.h>
#include <stddef.h>

/* The words that may be meant. Never changed once it is indexed, so threads may share it. */
struct vocabulary;

/* NULL when memory is out. */
struct vocabulary *scap__vocabulary_new(void);
void scap__vocabulary_free(struct vocabulary *vocabulary);

/* Takes the words of a normal text, and makes ready when all are there. False when memory
 * is out. */
bool scap__vocabulary_add(struct vocabulary *vocabulary, const char *text, size_t size);
bool scap__vocabulary_index(struct vocabulary *vocabulary);

/* What words came to lately. Belongs to one thread. */
struct typos;

/* NULL when memory is out. The vocabulary must outlive it. */
struct typos *scap__typos_new(const struct vocabulary *vocabulary);
void scap__typos_free(struct typos *typos);

/* The word that a misspelt one of the normal text was meant to be, or NULL. */
const char *scap__typos_meant(struct typos *typos, const char *word, size_t size);

#endif
