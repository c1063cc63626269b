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

struct typos {
	char (*words)[WORD_MOST + 1];
	size_t nwords, words_room;
	struct left *lefts; /* by hash, open addressing; hash 0: free */
	size_t slots;
	struct memo *memos;
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

static bool add_word(struct typos *t, const char *word, size_t size)
{
	if (size < MEANT_LEAST || size > WORD_MOST || !letters_only(word, size))
		return true;
	for (size_t i = 0; i < t->nwords; i++)
		if (strlen(t->words[i]) == size && !memcmp(t->words[i], word, size))
			return true;
	if (t->nwords == t->words_room) {
		size_t room = t->words_room ? t->words_room * 2 : 256;
		void *moved = realloc(t->words, room * sizeof(*t->words));

		if (!moved)
			return false;
		t->words = moved;
		t->words_room = room;
	}
	memcpy(t->words[t->nwords], word, size);
	t->words[t->nwords++][size] = '\0';
	return true;
}

/* The words of an example that its pattern matches. */
static bool add_example(struct typos *t, const struct pattern *pattern, const char *text,
                        char *normal, pcre2_match_data *data, pcre2_match_context *limits)
{
	size_t size = scap__normal_write(text, strlen(text), normal, NULL).size;
	size_t from = 0, to = 0;
	int result = PCRE2_ERROR_NOMATCH;

	for (size_t i = 0; i < size && result == PCRE2_ERROR_NOMATCH; i++) {
		if (!scap__in_word[(unsigned char)normal[i]] ||
		    (i && scap__in_word[(unsigned char)normal[i - 1]]))
			continue;
		result = pcre2_match(pattern->code, (PCRE2_SPTR)normal, size + 1, i, 0, data,
		                     limits);
		from = i;
	}
	if (result == PCRE2_ERROR_NOMEMORY)
		return false;
	if (result > 0)
		to = pcre2_get_ovector_pointer(data)[1];
	while (from < to) {
		size_t end = from;

		while (end < to && scap__in_word[(unsigned char)normal[end]])
			end++;
		if (!add_word(t, normal + from, end - from))
			return false;
		from = end + 1;
	}
	return true;
}

static bool add_examples(struct typos *t, const struct lexicon *lexicon)
{
	pcre2_match_data *data = pcre2_match_data_create(2, NULL);
	pcre2_match_context *limits = scap__lexicon_limits();
	char *normal = malloc(LIMIT_CELL_BYTES + NORMAL_SPARE);
	bool ok = data && limits && normal;

	for (size_t i = 0; ok && i < lexicon->base->nphrases; i++)
		if (lexicon->patterns[i].code)
			ok = add_example(t, &lexicon->patterns[i],
			                 lexicon->base->phrases[i].example_yes, normal, data,
			                 limits);
	pcre2_match_data_free(data);
	pcre2_match_context_free(limits);
	free(normal);
	return ok;
}

static void keep(struct typos *t, uint64_t hash, uint32_t word)
{
	size_t i = hash & (t->slots - 1);

	while (t->lefts[i].hash)
		i = (i + 1) & (t->slots - 1);
	t->lefts[i] = (struct left){hash, word};
}

static bool index_words(struct typos *t)
{
	size_t count = 0;

	for (size_t i = 0; i < t->nwords; i++)
		count += strlen(t->words[i]) + 1;
	for (t->slots = 64; t->slots < 2 * count; t->slots *= 2)
		;
	t->lefts = calloc(t->slots, sizeof(*t->lefts));
	if (!t->lefts)
		return false;
	for (size_t i = 0; i < t->nwords; i++) {
		size_t size = strlen(t->words[i]);

		keep(t, hash_of(t->words[i], size), (uint32_t)i);
		for (size_t out = 1; out < size; out++)
			keep(t, hash_without(t->words[i], size, out), (uint32_t)i);
	}
	return true;
}

struct typos *scap__typos_new(const struct lexicon *lexicon)
{
	struct typos *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->memos = calloc(MEMOS, sizeof(*t->memos));
	if (t->memos && add_examples(t, lexicon) && index_words(t))
		return t;
	scap__typos_free(t);
	return NULL;
}

void scap__typos_free(struct typos *t)
{
	if (!t)
		return;
	free(t->words);
	free(t->lefts);
	free(t->memos);
	free(t);
}

/* ---- Looking one up ------------------------------------------------------------------ */

/* Looks at the words with such a rest; the best is the first by letters. Returns false
 * when the word itself is one of them, so that nothing is wrong with it. */
static bool look(const struct typos *t, uint64_t hash, const char *word, size_t size, int32_t *best)
{
	for (size_t i = hash & (t->slots - 1); t->lefts[i].hash; i = (i + 1) & (t->slots - 1)) {
		const char *meant = t->words[t->lefts[i].word];
		unsigned far;

		if (t->lefts[i].hash != hash || meant[0] != word[0])
			continue;
		far = scap__text_distance(word, size, meant, strlen(meant));
		if (!far)
			return false;
		if (far == 1 && (*best == NO_WORD || strcmp(meant, t->words[*best]) < 0))
			*best = (int32_t)t->lefts[i].word;
	}
	return true;
}

static int32_t find(const struct typos *t, uint64_t hash, const char *word, size_t size)
{
	int32_t best = NO_WORD;

	if (!letters_only(word, size) || !look(t, hash, word, size, &best))
		return NO_WORD;
	for (size_t out = 1; out < size; out++)
		look(t, hash_without(word, size, out), word, size, &best);
	return best;
}

const char *scap__typos_meant(struct typos *t, const char *word, size_t size)
{
	struct memo *memo;
	uint64_t hash;

	if (size < WORD_LEAST || size > WORD_MOST || !t->nwords)
		return NULL;
	hash = hash_of(word, size);
	memo = &t->memos[hash >> 32 & (MEMOS - 1)];
	if (memo->hash != hash)
		*memo = (struct memo){hash, find(t, hash, word, size)};
	return memo->meant == NO_WORD ? NULL : t->words[memo->meant];
}
