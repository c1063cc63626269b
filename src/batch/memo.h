/* SPDX-License-Identifier: MIT
 *
 * Texts that a column held before, and what they came to. Columns hold few
 * different texts, so most cells are looked up and not read again.
 */
#ifndef SCAP_BATCH_MEMO_H
#define SCAP_BATCH_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "engine/block.h"

enum { SHORT_TEXT = 7, LONG_WORDS = 5, LONG_TEXT = 8 * LONG_WORDS };

/* Of a text of at most SHORT_TEXT bytes. */
struct memo {
	uint64_t key; /* the text itself with its size; 0: blank, or free */
	struct said said; /* from bit 0 on */
};

/* Of a longer one. */
struct long_memo {
	uint64_t words[LONG_WORDS]; /* the text, zeros behind it */
	uint64_t size; /* 0: free */
	struct said said;
};

struct memos {
	unsigned shift; /* there are 2^(64 - shift) short ones; a quarter of it are long */
	struct memo *shorts; /* NULL: nothing is kept */
	struct long_memo *longs;
};

/* How many bits choose a memo where COLUMNS have tables of their own: fewer for
 * many columns, so that memory stays bounded. */
unsigned scap__memo_bits(size_t columns);

/* A short text as a number that no other has: its bytes, and its size in the
 * lowest one. Byte by byte, as libcsv has just written them one by one: a wider
 * load would wait until all of them are in the cache. */
static inline uint64_t scap__memo_key(const char *text, size_t size)
{
	uint64_t key = 0;

	for (size_t i = 0; i < size; i++)
		key = key << 8 | (unsigned char)text[i];
	return key << 8 | size;
}

/* Where a key stands that no other has pushed aside. */
static inline struct memo *scap__memo_home(const struct memos *memos, uint64_t key)
{
	return &memos->shorts[key * UINT64_C(0x9e3779b97f4a7c15) >> memos->shift];
}

/* The memo of a key, or the place to keep it at: one of a few neighbours. The key
 * is not 0; what is at the home of 0 stays free, so that blank cells are found at
 * once. */
struct memo *scap__memo_find(const struct memos *memos, uint64_t key, bool *found);

/* The same for a longer text. If it was not found, all but `said` is filled in,
 * and `size` must be made 0 where nothing is to be kept. All LONG_TEXT bytes at
 * TEXT may be read. */
struct long_memo *scap__memo_find_long(const struct memos *memos, const char *text, size_t size,
                                       bool *found);

#endif
