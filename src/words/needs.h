/* SPDX-License-Identifier: MIT
 *
 * What a text must hold for a pattern to match at all: sets of pieces of words, of each
 * of which one must be there. Read from the pattern, and never too strict: what is not
 * understood needs nothing.
 */
#ifndef SCAP_WORDS_NEEDS_H
#define SCAP_WORDS_NEEDS_H

#include <stdbool.h>
#include <stddef.h>

enum { PIECE_BYTES = 23, PIECES_MAX = 400, NEEDS_MAX = 3 };

struct piece {
	char text[PIECE_BYTES + 1];
};

struct need_set {
	struct piece *pieces; /* one of them must stand in the text */
	size_t count;
};

struct needs {
	struct need_set sets[NEEDS_MAX]; /* the most telling first; owned */
	size_t count;
};

/* Reads the needs of a pattern that scap__pattern_refused lets pass. False when memory is
 * out. */
bool scap__needs_read(const char *pattern, struct needs *needs);
void scap__needs_free(struct needs *needs);

#endif
