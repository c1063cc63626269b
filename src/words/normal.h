/* SPDX-License-Identifier: MIT
 *
 * A text as patterns see it: lower case, one kind of quote and dash, one space at a
 * time, punctuation that means the same written the same. Offsets lead back to the
 * words as they were written.
 */
#ifndef SCAP_WORDS_NORMAL_H
#define SCAP_WORDS_NORMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Behind the text stands a line end, so that nothing runs past it. */
enum { NORMAL_SPARE = 2 };

struct normal {
	size_t size; /* without the line end */
	bool odd;    /* bytes that are no UTF-8 were left out, so words may be wrong */
	bool binary; /* it holds NULs, so it is no text */
};

/* Writes SIZE bytes of TEXT into OUT, which has room for SIZE + NORMAL_SPARE. With
 * OFFSETS (as many, or NULL) each byte's place in TEXT is noted. */
struct normal scap__normal_write(const char *text, size_t size, char *out, uint32_t *offsets);

/* The number of each sign that a normal text is made of, from 1; 0 for all else. The last
 * one is the NUL behind the text. */
enum { SIGNS = 49, SIGN_END = SIGNS, SIGN_OTHER = 0 };
extern const uint8_t scap__sign_of[256];

/* True for a byte that belongs to a word: letters, digits, apostrophes inside one. */
extern const bool scap__in_word[256];

#endif
