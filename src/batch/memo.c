/* SPDX-License-Identifier: MIT */
#include "batch/memo.h"

#include <string.h>

enum { NEIGHBOURS = 8 };

/* Keys of 4 to 7 bytes have the highest bit, so they are none of shorter texts. */
static uint64_t key_of(const char *text, size_t size)
{
	uint64_t key = 0;

	if (size <= QUICK_TEXT)
		return scap__memo_key(text, size);
	for (size_t i = 0; i < size; i++)
		key = key << 8 | (unsigned char)text[i];
	return key | (uint64_t)(size | 8) << 60;
}

/* One of a few neighbours. What is at the home of 0 stays free, so that blank cells
 * are found at once. */
struct memo *scap__memo_find(struct memo *memos, const char *text, size_t size, uint64_t *key,
                             bool *found)
{
	size_t home;

	*key = key_of(text, size);
	home = scap__memo_home(*key);
	home += !home;
	for (size_t i = home; i < home + NEIGHBOURS && i < MEMOS; i++) {
		*found = memos[i].key == *key;
		if (*found || !memos[i].key)
			return &memos[i];
	}
	return &memos[home];
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

/* Each word by itself, so that none waits for the one before. */
static size_t home_of(const uint64_t words[LONG_WORDS])
{
	static const uint64_t odd[LONG_WORDS] = {
		UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xbf58476d1ce4e5b9),
		UINT64_C(0x94d049bb133111eb), UINT64_C(0xff51afd7ed558ccd),
		UINT64_C(0xc4ceb9fe1a85ec53), UINT64_C(0x87c37b91114253d5),
		UINT64_C(0x4cf5ad432745937f), UINT64_C(0x52dce729da3ed6b5),
	};
	uint64_t hash = 0;

	for (size_t i = 0; i < LONG_WORDS; i++)
		hash += (words[i] ^ words[i] >> 32) * odd[i];
	return (hash ^ hash >> 32) >> 16 & (LONG_MEMOS - 1);
}

struct long_memo *scap__memo_find_long(struct long_memo *memos, const char *text, size_t size,
                                       bool *found)
{
	uint64_t words[LONG_WORDS];
	struct long_memo *memo;
	size_t home, i;

	words_of(text, size, words);
	home = i = home_of(words);
	do {
		memo = &memos[i];
		*found = memo->size == size && same(memo->words, words);
		if (*found)
			return memo;
	} while (memo->size && ++i < home + NEIGHBOURS && i < LONG_MEMOS);
	if (memo->size)
		memo = &memos[home];
	memcpy(memo->words, words, sizeof(words));
	memo->size = size;
	return memo;
}
