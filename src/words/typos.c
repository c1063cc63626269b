/* SPDX-License-Identifier: MIT
 *
 * Two words are one mistake apart when they are alike after at most one letter was
 * taken out of each; so words are kept by what is left of them with each letter taken
 * out (SymSpell's idea), and a look-up does the same. What a word came to is kept.
 */
#include "words/typos.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "words/normal.h"
#include "words/room.h"

enum { WORDS_MAX = 1 << 20 };
enum { MEANT_LEAST = 6, WORD_LEAST = 5, WORD_MOST = 24, MEMOS = 1 << 12 };
enum { NO_WORD = -1 };

struct memo {
	uint64_t hash;
	int32_t meant;
};

struct left {
	uint64_t hash; /* of what is left of a word */
	uint32_t word;
};

struct vocabulary {
	char (*words)[WORD_MOST + 1]; /* by letters, once they are indexed */
	size_t nwords, words_room;
	struct left *lefts; /* by hash, open addressing; hash 0: free */
	size_t slots;
};

struct typos {
	const struct vocabulary *vocabulary;
	struct memo memos[MEMOS];
};

static uint64_t hash_without(const char *word, size_t size, size_t out)
{
	char left[WORD_MOST];
	uint64_t hash;

	memcpy(left, word, out);
	memcpy(left + out, word + out + 1, size - out - 1);
	hash = scap__text_hash(left, size - 1);
	return hash + !hash;
}

static uint64_t hash_of(const char *word, size_t size)
{
	uint64_t hash = scap__text_hash(word, size);

	return hash + !hash;
}

static bool letters_only(const char *word, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (word[i] < 'a' || word[i] > 'z')
			return false;
	return true;
}

/* ---- The words of the lexicon ------------------------------------------------------ */

struct vocabulary *scap__vocabulary_new(void)
{
	return calloc(1, sizeof(struct vocabulary));
}

void scap__vocabulary_free(struct vocabulary *v)
{
	if (!v)
		return;
	free(v->words);
	free(v->lefts);
	free(v);
}

static bool add_word(struct vocabulary *v, const char *word, size_t size)
{
	if (size < MEANT_LEAST || size > WORD_MOST || !letters_only(word, size))
		return true;
	if (!scap__make_room(&v->words, &v->words_room, sizeof(*v->words), v->nwords + 1, WORDS_MAX))
		return false;
	memcpy(v->words[v->nwords], word, size);
	v->words[v->nwords++][size] = '\0';
	return true;
}

bool scap__vocabulary_add(struct vocabulary *v, const char *text, size_t size)
{
	for (size_t from = 0, end; from < size; from = end + 1) {
		for (end = from; end < size && scap__in_word[(unsigned char)text[end]]; end++)
			;
		if (!add_word(v, text + from, end - from))
			return false;
	}
	return true;
}

static int by_letters(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void sort_words(struct vocabulary *v)
{
	size_t kept = 0;

	if (v->nwords)
		qsort(v->words, v->nwords, sizeof(*v->words), by_letters);
	for (size_t i = 0; i < v->nwords; i++)
		if (!kept || strcmp(v->words[kept - 1], v->words[i]) != 0)
			memmove(v->words[kept++], v->words[i], sizeof(*v->words));
	v->nwords = kept;
}

static void keep(struct vocabulary *v, uint64_t hash, uint32_t word)
{
	size_t i = hash & (v->slots - 1);

	while (v->lefts[i].hash)
		i = (i + 1) & (v->slots - 1);
	v->lefts[i] = (struct left){hash, word};
}

bool scap__vocabulary_index(struct vocabulary *v)
{
	size_t count = 0;

	sort_words(v);
	for (size_t i = 0; i < v->nwords; i++)
		count += strlen(v->words[i]) + 1;
	for (v->slots = 64; v->slots < 2 * count; v->slots *= 2)
		;
	v->lefts = calloc(v->slots, sizeof(*v->lefts));
	if (!v->lefts)
		return false;
	for (size_t i = 0; i < v->nwords; i++) {
		size_t size = strlen(v->words[i]);

		keep(v, hash_of(v->words[i], size), (uint32_t)i);
		for (size_t out = 1; out < size; out++)
			keep(v, hash_without(v->words[i], size, out), (uint32_t)i);
	}
	return true;
}

struct typos *scap__typos_new(const struct vocabulary *vocabulary)
{
	struct typos *t = calloc(1, sizeof(*t));

	if (t)
		t->vocabulary = vocabulary;
	return t;
}

void scap__typos_free(struct typos *t)
{
	free(t);
}

/* ---- Looking one up ------------------------------------------------------------------ */

/* Looks at the words with such a rest; the best is the first by letters. Returns false
 * when the word itself is one of them, so that nothing is wrong with it. */
static bool look(const struct vocabulary *v, uint64_t hash, const char *word, size_t size, int32_t *best)
{
	for (size_t i = hash & (v->slots - 1); v->lefts[i].hash; i = (i + 1) & (v->slots - 1)) {
		const char *meant = v->words[v->lefts[i].word];
		unsigned far;

		if (v->lefts[i].hash != hash || meant[0] != word[0])
			continue;
		far = scap__text_distance(word, size, meant, strlen(meant));
		if (!far)
			return false;
		if (far == 1 && (*best == NO_WORD || strcmp(meant, v->words[*best]) < 0))
			*best = (int32_t)v->lefts[i].word;
	}
	return true;
}

static int32_t find(const struct vocabulary *v, uint64_t hash, const char *word, size_t size)
{
	int32_t best = NO_WORD;

	if (!letters_only(word, size) || !look(v, hash, word, size, &best))
		return NO_WORD;
	for (size_t out = 1; out < size; out++)
		look(v, hash_without(word, size, out), word, size, &best);
	return best;
}

const char *scap__typos_meant(struct typos *t, const char *word, size_t size)
{
	const struct vocabulary *v = t->vocabulary;
	struct memo *memo;
	uint64_t hash;

	if (size < WORD_LEAST || size > WORD_MOST || !v->nwords)
		return NULL;
	hash = hash_of(word, size);
	memo = &t->memos[hash >> 32 & (MEMOS - 1)];
	if (memo->hash != hash)
		*memo = (struct memo){hash, find(v, hash, word, size)};
	return memo->meant == NO_WORD ? NULL : v->words[memo->meant];
}
