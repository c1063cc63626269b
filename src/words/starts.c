/* SPDX-License-Identifier: MIT
 *
 * A step of the tree is asked of PCRE2 as a partial match of the signs so far. Where
 * the pattern matches without looking at their end, no text behind them can change
 * that; where it does not match, none can help.
 */
#include "words/starts.h"

#include <stdlib.h>
#include <string.h>

#include "words/normal.h"
#include "words/pieces.h"

enum { NODES_MAX = 1 << 14, DEPTH_MAX = 8, POOL_MAX = 1 << 22 };
enum { TRIES_BEFORE_JIT = 200, TEXTS_BEFORE_PIECES = 32 };
enum { UNKNOWN = 0, DEAD = -1, FULL = -2 }; /* the root is nobody's child */

struct node {
	int32_t next[SIGNS + 1]; /* behind each sign */
	uint32_t hits, nhits;    /* in the pool of hits */
	uint32_t alive, nalive;  /* in the pool of patterns */
	uint32_t depth;
};

/* A pattern's own copy, with machine code once it is tried often. */
struct engine {
	pcre2_code *own; /* NULL: the lexicon's is used */
	uint32_t tries;
	bool quick;
};

struct starts {
	const struct lexicon *lexicon;
	struct node *nodes;
	size_t nnodes, nodes_room;
	struct hit *hits; /* of nodes; size 0: to be tried */
	size_t nhits, hits_room;
	uint32_t *alive;
	size_t nalive, alive_room;
	struct engine *engines;
	struct hit *found;
	size_t nfound;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	struct pieces *pieces; /* NULL: not many texts yet */
	size_t ntexts;
	bool memory_out;
	uint64_t *possible; /* bits of the patterns that the text can match */
};

static bool make_root(struct starts *s)
{
	size_t count = s->lexicon->count;

	s->nodes_room = 64;
	s->nodes = calloc(s->nodes_room, sizeof(*s->nodes));
	s->alive_room = s->hits_room = count + 64;
	s->alive = calloc(s->alive_room, sizeof(*s->alive));
	s->hits = calloc(s->hits_room, sizeof(*s->hits));
	if (!s->nodes || !s->alive || !s->hits)
		return false;
	for (size_t i = 0; i < count; i++)
		if (s->lexicon->patterns[i].code)
			s->alive[s->nalive++] = (uint32_t)i;
	s->nodes[0].nalive = (uint32_t)s->nalive;
	s->nnodes = 1;
	return true;
}

struct starts *scap__starts_new(const struct lexicon *lexicon)
{
	struct starts *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->lexicon = lexicon;
	s->engines = calloc(lexicon->count + 1, sizeof(*s->engines));
	s->found = calloc(lexicon->count + 1, sizeof(*s->found));
	s->data = pcre2_match_data_create(2, NULL);
	s->limits = scap__lexicon_limits();
	s->possible = calloc(lexicon->count / 64 + 1, sizeof(*s->possible));
	if (s->possible && s->engines && s->found && s->data && s->limits && make_root(s))
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
	free(s->nodes);
	free(s->hits);
	free(s->alive);
	scap__pieces_free(s->pieces);
	free(s->possible);
	free(s->engines);
	free(s->found);
	free(s);
}

/* ---- One pattern at one place --------------------------------------------------- */

/* A pattern that is tried often gets machine code, if this machine allows any. */
static void hurry(struct engine *engine, const pcre2_code *code)
{
	if (++engine->tries != TRIES_BEFORE_JIT)
		return;
	engine->own = pcre2_code_copy(code);
	engine->quick = engine->own && !pcre2_jit_compile(engine->own, PCRE2_JIT_COMPLETE);
}

/* What took too long once is not tried again in the same text. */
static void give_up(struct starts *s, uint32_t pattern)
{
	s->possible[pattern / 64] &= ~(UINT64_C(1) << pattern % 64);
}

static inline bool is_possible(const struct starts *s, uint32_t pattern)
{
	return s->possible[pattern / 64] >> pattern % 64 & 1;
}

/* Of a pattern that took too long: whether the text holds what it needs at all. What was
 * read before must not decide it. */
static bool can_match(struct starts *s, uint32_t pattern, const char *text, size_t size)
{
	if (!s->pieces) {
		s->pieces = scap__pieces_new(s->lexicon);
		if (s->pieces)
			scap__pieces_find(s->pieces, text, size, s->possible);
	}
	return is_possible(s, pattern);
}

static void try_pattern(struct starts *s, uint32_t pattern, const char *text, size_t size,
                        size_t at)
{
	struct engine *engine = &s->engines[pattern];
	const pcre2_code *code = s->lexicon->patterns[pattern].code;
	int result;

	hurry(engine, code);
	if (engine->quick)
		result = pcre2_jit_match(engine->own, (PCRE2_SPTR)text, size + 1, at,
		                         0, s->data, s->limits);
	else
		result = pcre2_match(code, (PCRE2_SPTR)text, size + 1, at, 0,
		                     s->data, s->limits);
	if (result < 0 && result != PCRE2_ERROR_NOMATCH && engine->quick)
		result = pcre2_match(code, (PCRE2_SPTR)text, size + 1, at, 0, s->data, s->limits);
	if (result == PCRE2_ERROR_NOMATCH || (result < 0 && !can_match(s, pattern, text, size)))
		return;
	if (result < 0)
		give_up(s, pattern);
	s->memory_out |= result == PCRE2_ERROR_NOMEMORY;
	s->found[s->nfound++] = (struct hit){
		pattern,
		result < 0 ? (uint32_t)HIT_LIMIT
		           : (uint32_t)(pcre2_get_ovector_pointer(s->data)[1] - at),
	};
}

static void try_alive(struct starts *s, const struct node *node, const char *text, size_t size,
                      size_t at)
{
	for (uint32_t i = 0; i < node->nalive; i++)
		if (is_possible(s, s->alive[node->alive + i]))
			try_pattern(s, s->alive[node->alive + i], text, size, at);
}

/* ---- Growing -------------------------------------------------------------------- */

static void *grown(void *items, size_t *room, size_t size, size_t most)
{
	size_t more = *room * 2 < most ? *room * 2 : most;
	void *moved = more > *room ? realloc(items, more * size) : NULL;

	if (moved)
		*room = more;
	return moved;
}

/* Room for another node with all that its parent has; false: the tree is as large as
 * it gets. */
static bool make_room(struct starts *s, size_t count)
{
	void *moved;

	while (s->nhits + count > s->hits_room) {
		moved = grown(s->hits, &s->hits_room, sizeof(*s->hits), POOL_MAX);
		if (!moved)
			return false;
		s->hits = moved;
	}
	while (s->nalive + count > s->alive_room) {
		moved = grown(s->alive, &s->alive_room, sizeof(*s->alive), POOL_MAX);
		if (!moved)
			return false;
		s->alive = moved;
	}
	if (s->nnodes == s->nodes_room) {
		moved = grown(s->nodes, &s->nodes_room, sizeof(*s->nodes), NODES_MAX);
		if (!moved)
			return false;
		s->nodes = moved;
	}
	return true;
}

static bool can_begin(const struct pattern *pattern, unsigned char byte)
{
	return pattern->first[byte / 64] >> byte % 64 & 1;
}

/* Asks PCRE2 what becomes of a pattern when these SIZE signs are all there is so far,
 * and notes it for the node to be. A space stands before them. */
static void ask(struct starts *s, struct node *node, uint32_t pattern, const char *signs,
                size_t size)
{
	const struct pattern *one = &s->lexicon->patterns[pattern];
	int result;

	if (size == 2 && !can_begin(one, (unsigned char)signs[1]))
		return;
	result = pcre2_match(one->code, (PCRE2_SPTR)signs, size, 1,
	                     PCRE2_PARTIAL_HARD, s->data, s->limits);
	if (result == PCRE2_ERROR_NOMATCH)
		return;
	if (result == PCRE2_ERROR_PARTIAL && node->depth < DEPTH_MAX) {
		s->alive[s->nalive++] = pattern;
		node->nalive++;
		return;
	}
	s->hits[s->nhits++] = (struct hit){
		pattern,
		result < 0 ? 0 : (uint32_t)(pcre2_get_ovector_pointer(s->data)[1] - 1),
	};
	node->nhits++;
}

/* The node behind a sign; TEXT are the signs from the word's start to that sign. */
static int32_t grow(struct starts *s, int32_t parent, const char *text, unsigned sign)
{
	char signs[DEPTH_MAX + 2] = " ";
	struct node node = {.hits = (uint32_t)s->nhits, .alive = (uint32_t)s->nalive};
	struct node *from;

	if (!make_room(s, s->nodes[parent].nalive))
		return FULL;
	from = &s->nodes[parent];
	node.depth = from->depth + 1;
	memcpy(signs + 1, text, node.depth);
	for (uint32_t i = 0; i < from->nalive; i++)
		ask(s, &node, s->alive[from->alive + i], signs, node.depth + 1);
	if (!node.nalive && !node.nhits)
		return from->next[sign] = DEAD;
	from->next[sign] = (int32_t)s->nnodes;
	s->nodes[s->nnodes] = node;
	return (int32_t)s->nnodes++;
}

/* ---- Finding -------------------------------------------------------------------- */

/* The pieces take longer to make than to read a few texts without them. */
void scap__starts_text(struct starts *s, const char *text, size_t size)
{
	s->memory_out = false;
	if (++s->ntexts == TEXTS_BEFORE_PIECES && !s->pieces)
		s->pieces = scap__pieces_new(s->lexicon);
	if (s->pieces)
		scap__pieces_find(s->pieces, text, size, s->possible);
	else
		memset(s->possible, 0xff, (s->lexicon->count / 64 + 1) * sizeof(*s->possible));
}

size_t scap__starts_find(struct starts *s, const char *text, size_t size, size_t at,
                         const struct hit **hits)
{
	int32_t place = 0;

	s->nfound = 0;
	for (size_t i = at;; i++) {
		unsigned sign = scap__sign_of[(unsigned char)text[i]];
		const struct node *node = &s->nodes[place];
		int32_t next = sign == SIGN_OTHER ? FULL : node->next[sign];

		if (next == UNKNOWN)
			next = grow(s, place, text + at, sign);
		if (next == FULL)
			try_alive(s, &s->nodes[place], text, size, at);
		if (next < 0)
			break;
		place = next;
		node = &s->nodes[place];
		for (uint32_t h = 0; h < node->nhits; h++) {
			struct hit hit = s->hits[node->hits + h];

			if (hit.size)
				s->found[s->nfound++] = hit;
			else if (is_possible(s, hit.pattern))
				try_pattern(s, hit.pattern, text, size, at);
		}
		if (!node->nalive)
			break;
	}
	*hits = s->found;
	return s->nfound;
}

bool scap__starts_failed(const struct starts *s)
{
	return s->memory_out;
}
