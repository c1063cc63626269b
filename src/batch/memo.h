/* SPDX-License-Identifier: MIT
 *
 * Texts that a column held before, and what they say. Columns hold few different
 * texts, so most cells are looked up and not read again.
 */
#ifndef SCAP_BATCH_MEMO_H
#define SCAP_BATCH_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QUICK_TEXT = 3, SHORT_TEXT = 7, LONG_WORDS = 8, LONG_TEXT = 8 * LONG_WORDS };
enum { MEMO_BITS = 10, MEMOS = 1 << MEMO_BITS, LONG_MEMOS = MEMOS };

/* Of a text of at most SHORT_TEXT bytes. */
struct memo {
	uint64_t key;  /* as good as the text; 0: free, or of a blank cell */
	uint64_t said; /* as scap__block_said has it */
};

/* Of a longer one. */
struct long_memo {
	uint64_t words[LONG_WORDS]; /* the text, zeros behind it */
	uint64_t size; /* 0: free */
	uint64_t said;
};

/* The key of a text of at most QUICK_TEXT bytes, all of which may be read. One by
 * one, and no two of them side by side in the key, so that no compiler reads them
 * at once: libcsv has just written each by itself, and a wider load would wait for
 * them to reach the cache. */
static inline uint64_t scap__memo_key(const char *text, size_t size)
{
	static const uint64_t masks[] = {0, 0xff, 0x1feff, 0x3fdfeff};
	const unsigned char *s = (const unsigned char *)text;

	return ((s[0] + ((uint64_t)s[1] << 9) + ((uint64_t)s[2] << 18)) & masks[size]) |
	       (uint64_t)size << 27;
}

/* Where a key stands that no other has pushed aside. */
static inline size_t scap__memo_home(uint64_t key)
{
	return key * UINT64_C(0x9e3779b97f4a7c15) >> (64 - MEMO_BITS);
}

/* The memo of a short text that is not blank, among MEMOS of them, or the place to
 * keep it at; *KEY is what it is kept by. */
struct memo *scap__memo_find(struct memo *memos, const char *text, size_t size, uint64_t *key,
                             bool *found);

/* The same for a longer text, among LONG_MEMOS. If it was not found, all but `said`
 * is filled in, and `size` must be made 0 where nothing is to be kept. All LONG_TEXT
 * bytes at TEXT may be read. */
struct long_memo *scap__memo_find_long(struct long_memo *memos, const char *text, size_t size,
                                       bool *found);

#endif
