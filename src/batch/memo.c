/* SPDX-License-Identifier: MIT */
#include "batch/memo.h"

enum { MOST_BITS = 10, LEAST_BITS = 5, MOST_BYTES = 4 << 20, NEIGHBOURS = 8 };

unsigned scap__memo_bits(size_t columns)
{
	size_t bytes = columns * (sizeof(struct memo) + sizeof(struct long_memo) / 4);
	unsigned bits = MOST_BITS;

	while (bits > LEAST_BITS && bytes << bits > MOST_BYTES)
		bits--;
	return bits;
}

struct memo *scap__memo_find(const struct memos *memos, uint64_t key, bool *found)
{
	size_t home = (size_t)(scap__memo_home(memos, key) - memos->shorts);
	size_t last = ((size_t)1 << (64 - memos->shift)) - 1;

	home += !home;
	for (size_t i = home; i < home + NEIGHBOURS && i <= last; i++) {
		struct memo *memo = &memos->shorts[i];

		*found = memo->key == key;
		if (*found || !memo->key)
			return memo;
	}
	return &memos->shorts[home];
}

/* The bytes of a text as words, with zeros behind it. */
static void words_of(const char *text, size_t size, uint64_t words[LONG_WORDS])
{
	static const unsigned char masks[2 * LONG_TEXT] = {
		[0 ... LONG_TEXT - 1] = 0xff,
	};
	uint64_t mask;

	for (size_t i = 0; i < LONG_WORDS; i++) {
		memcpy(&words[i], text + 8 * i, 8);
		memcpy(&mask, masks + LONG_TEXT - size + 8 * i, 8);
		words[i] &= mask;
	}
}

static bool same(const uint64_t a[LONG_WORDS], const uint64_t b[LONG_WORDS])
{
	uint64_t differ = 0;

	for (size_t i = 0; i < LONG_WORDS; i++)
		differ |= a[i] ^ b[i];
	return !differ;
}

static size_t home_of(const struct memos *memos, const uint64_t words[LONG_WORDS])
{
	uint64_t hash = words[0];

	for (size_t i = 1; i < LONG_WORDS; i++)
		hash = (hash ^ hash >> 29 ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15);
	return hash >> (memos->shift + 2);
}

struct long_memo *scap__memo_find_long(const struct memos *memos, const char *text, size_t size,
                                       bool *found)
{
	size_t last = ((size_t)1 << (62 - memos->shift)) - 1, home;
	uint64_t words[LONG_WORDS];
	struct long_memo *memo;

	words_of(text, size, words);
	home = home_of(memos, words);
	memo = &memos->longs[home];
	for (size_t i = home; i < home + NEIGHBOURS && i <= last; i++) {
		struct long_memo *each = &memos->longs[i];

		*found = each->size == size && same(each->words, words);
		if (*found)
			return each;
		if (!each->size) {
			memo = each;
			break;
		}
	}
	memcpy(memo->words, words, sizeof(words));
	memo->size = size;
	return memo;
}
