/* SPDX-License-Identifier: MIT
 *
 * The machine rules out nearly all patterns, and knows how far most of the others match.
 * What is left is tried with PCRE2.
 */
#include "words/starts.h"

#include <stdlib.h>
#include <string.h>

enum { TRIES_BEFORE_JIT = 200 };

/* A pattern's own copy, with machine code once it is tried often. */
struct engine {
	pcre2_code *own; /* NULL: the lexicon's is used */
	uint32_t tries;
	bool quick;
};

struct starts {
	const struct lexicon *lexicon;
	struct walk *walk;
	struct engine *engines;
	struct hit *found;
	size_t nfound;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	const char *text;
	size_t size;
	const struct word *words;
	uint32_t number;   /* of the text */
	uint32_t *gave_up; /* of each pattern: the text that it took too long for */
	bool memory_out;
};

struct starts *scap__starts_new(const struct lexicon *lexicon)
{
	struct starts *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->lexicon = lexicon;
	s->walk = scap__walk_new(lexicon);
	s->engines = calloc(lexicon->count + 1, sizeof(*s->engines));
	s->found = calloc(lexicon->count + 1, sizeof(*s->found));
	s->gave_up = calloc(lexicon->count + 1, sizeof(*s->gave_up));
	s->data = pcre2_match_data_create(2, NULL);
	s->limits = scap__lexicon_limits();
	if (s->walk && s->engines && s->found && s->gave_up && s->data && s->limits)
		return s;
	scap__starts_free(s);
	return NULL;
}

void scap__starts_free(struct starts *s)
{
	if (!s)
		return;
	for (size_t i = 0; s->engines && i < s->lexicon->count; i++)
		pcre2_code_free(s->engines[i].own);
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->limits);
	scap__walk_free(s->walk);
	free(s->engines);
	free(s->found);
	free(s->gave_up);
	free(s);
}

/* A pattern that is tried often gets machine code, if this machine allows any. */
static void hurry(struct engine *engine, const pcre2_code *code)
{
	if (++engine->tries != TRIES_BEFORE_JIT)
		return;
	engine->own = pcre2_code_copy(code);
	engine->quick = engine->own && !pcre2_jit_compile(engine->own, PCRE2_JIT_COMPLETE);
}

static int match(struct starts *s, uint32_t pattern, size_t at)
{
	PCRE2_SPTR text = (PCRE2_SPTR)s->text;
	struct engine *engine = &s->engines[pattern];
	const pcre2_code *code = s->lexicon->patterns[pattern].code;
	int result = PCRE2_ERROR_MATCHLIMIT;

	hurry(engine, code);
	if (engine->quick)
		result = pcre2_jit_match(engine->own, text, s->size + 1, at, 0, s->data, s->limits);
	if (result < 0 && result != PCRE2_ERROR_NOMATCH)
		result = pcre2_match(code, text, s->size + 1, at, 0, s->data, s->limits);
	return result;
}

static void add_hit(struct starts *s, uint32_t pattern, uint32_t size)
{
	s->found[s->nfound++] = (struct hit){pattern, size};
}

/* What took too long once is not tried again in the same text. */
static void try_pattern(struct starts *s, uint32_t pattern, size_t at)
{
	int result;

	if (s->gave_up[pattern] == s->number || !s->lexicon->patterns[pattern].code)
		return;
	result = match(s, pattern, at);
	if (result > 0) {
		add_hit(s, pattern, (uint32_t)(pcre2_get_ovector_pointer(s->data)[1] - at));
	} else if (result != PCRE2_ERROR_NOMATCH) {
		s->gave_up[pattern] = s->number;
		s->memory_out |= result == PCRE2_ERROR_NOMEMORY;
		add_hit(s, pattern, HIT_LIMIT);
	}
}

bool scap__starts_text(struct starts *s, const char *text, size_t size, const struct word *words,
                       size_t nwords)
{
	s->text = text;
	s->size = size;
	s->words = words;
	s->memory_out = false;
	if (!++s->number) { /* after four thousand million texts */
		memset(s->gave_up, 0, s->lexicon->count * sizeof(*s->gave_up));
		s->number = 1;
	}
	return scap__walk_text(s->walk, text, size, words, nwords);
}

size_t scap__starts_find(struct starts *s, size_t word, const struct hit **hits)
{
	const struct candidate *candidates;
	size_t count = scap__walk_from(s->walk, word, &candidates);

	s->nfound = 0;
	for (size_t i = 0; i < count; i++) {
		if (candidates[i].size)
			add_hit(s, candidates[i].pattern, candidates[i].size);
		else
			try_pattern(s, candidates[i].pattern, s->words[word].at);
	}
	*hits = s->found;
	return s->nfound;
}

bool scap__starts_failed(const struct starts *s)
{
	return s->memory_out;
}
