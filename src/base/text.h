/* SPDX-License-Identifier: MIT
 *
 * Small questions about text: is it UTF-8, is it a name, how far is it from
 * another. ASCII case only; the locale never matters.
 */
#ifndef SCAP_BASE_TEXT_H
#define SCAP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 64 bits that differ for different texts, as good as always. */
uint64_t scap__text_hash(const char *text, size_t size);

/* Where the first byte stands that is not part of valid UTF-8 (no overlong
 * forms, no surrogates), or SIZE if there is none. */
size_t scap__text_invalid(const char *text, size_t size);

/* Bytes of the character at TEXT (valid or not): 1 to 4, never over SIZE. */
size_t scap__text_char_size(const char *text, size_t size);

/* How many characters the bytes make. */
size_t scap__text_length(const char *text, size_t size);

/* True for a character that must not reach a terminal as it is: controls, and
 * those that turn the direction of writing. */
bool scap__text_unsafe(const char *text, size_t size);

/* What sorts of bytes a text has. */
enum text_bytes {
	TEXT_ODD = 1,   /* controls, DEL, and all beyond ASCII */
	TEXT_QUOTE = 2, /* comma, quote, line end: a CSV cell needs quotes */
};

unsigned scap__text_bytes(const char *text, size_t size);

/* True for a sign that makes a formula of a cell that begins with it. */
bool scap__text_formula(char c);

/* A name of the pack: [a-z][a-z0-9_]*. */
bool scap__text_is_name(const char *text, size_t size);

/* Cuts spaces, tabs and line ends off both ends. */
void scap__text_trim(const char **text, size_t *size);

/* Equal but for ASCII letter case. */
bool scap__text_same(const char *text, size_t size, const char *word);

/* Writes TEXT as a name: lower case, spaces and hyphens as `_`. Returns its
 * size, at most ROOM; 0 when it doesn't fit. */
size_t scap__text_as_name(const char *text, size_t size, char *out, size_t room);

/* Insertions, deletions, changes and swaps of neighbours between two texts;
 * UINT_MAX when either is over 64 bytes. */
unsigned scap__text_distance(const char *a, size_t asize, const char *b, size_t bsize);

/* How far a misspelling of so long a word may be: 1 to 3. Short words get 1. */
unsigned scap__text_near_limit(size_t size);

/* The nearest of some words to a misspelt one: begin, offer each word, and what was
 * meant is in `word`; NULL where none is near. */
struct near {
	const char *text;
	size_t size;
	const char *word;
	unsigned far;
};

struct near scap__near_begin(const char *text, size_t size);
void scap__near_offer(struct near *near, const char *word);

/* The end of an error message: ` (did you mean 'word'?)`, or nothing. */
const char *scap__near_hint(const struct near *near, char room[96]);

#endif
