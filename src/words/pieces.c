/* SPDX-License-Identifier: MIT */
#include "words/pieces.h"

#include <stdlib.h>
#include <string.h>

#include "words/needs.h"

enum { LETTERS = 37, STATES_MAX = UINT16_MAX };

/* What a piece is good for: bits of one word of one of the planes of needs. */
struct use {
	uint32_t word;
	uint64_t bits;
};

/* What ends at a state. */
struct ending {
	uint32_t first, count; /* uses */
	uint16_t shorter;      /* a state where a shorter piece ends, too; 0: none */
};

struct raw_use {
	uint16_t state;
	uint32_t word;
	uint64_t bits;
};

struct pieces {
	size_t words; /* of the patterns' bits */
	uint16_t (*next)[LETTERS];
	struct ending *endings; /* of each state */
	size_t nstates, states_room;
	struct use *uses;
	uint16_t *deepest; /* of each state: itself or the state of the longest piece that ends */
	uint32_t *seen;    /* of each state: the text that it was last counted for */
	uint32_t text;
	uint64_t *planes;  /* NEEDS_MAX * words */
	uint64_t *without; /* bits of the needs that patterns do not have */
	/* While it is made: */
	struct raw_use *raw;
	size_t nraw, raw_room;
};

static unsigned letter(char c)
{
	return c >= 'a' && c <= 'z' ? 1u + (unsigned)(c - 'a')
	       : c >= '0' && c <= '9' ? 27u + (unsigned)(c - '0')
	                              : 0;
}

/* ---- Making ------------------------------------------------------------------------ */

static bool more_states(struct pieces *p)
{
	size_t room = p->states_room ? p->states_room * 2 : 1024;
	void *next;

	if (p->nstates < p->states_room)
		return true;
	next = realloc(p->next, room * sizeof(*p->next));
	if (!next)
		return false;
	p->next = next;
	p->states_room = room;
	return true;
}

/* The state where a piece ends; 0 when memory or states are out. */
static uint16_t add_piece(struct pieces *p, const char *text)
{
	uint16_t state = 0;

	for (; *text; text++) {
		unsigned by = letter(*text);

		if (!p->next[state][by]) {
			if (p->nstates == STATES_MAX || !more_states(p))
				return 0;
			memset(p->next[p->nstates], 0, sizeof(*p->next));
			p->next[state][by] = (uint16_t)p->nstates++;
		}
		state = p->next[state][by];
	}
	return state;
}

static bool add_use(struct pieces *p, uint16_t state, size_t plane, size_t pattern)
{
	if (p->nraw == p->raw_room) {
		size_t room = p->raw_room ? p->raw_room * 2 : 4096;
		void *raw = realloc(p->raw, room * sizeof(*p->raw));

		if (!raw)
			return false;
		p->raw = raw;
		p->raw_room = room;
	}
	p->raw[p->nraw++] = (struct raw_use){state, (uint32_t)(plane * p->words + pattern / 64),
	                                     UINT64_C(1) << pattern % 64};
	return true;
}

/* A need of a pattern; one that finds no room is left out, so the pattern is tried more
 * often than it need be. */
static bool add_need(struct pieces *p, const struct need_set *set, size_t plane, size_t pattern)
{
	size_t before = p->nraw;

	for (size_t i = 0; i < set->count; i++) {
		uint16_t state = add_piece(p, set->pieces[i].text);

		if (!state) {
			p->nraw = before;
			return true;
		}
		if (!add_use(p, state, plane, pattern))
			return false;
	}
	p->without[plane * p->words + pattern / 64] &= ~(UINT64_C(1) << pattern % 64);
	return true;
}

static bool add_pattern(struct pieces *p, const char *pattern, size_t number)
{
	struct needs needs;
	bool ok = true;

	if (!scap__needs_read(pattern, &needs))
		return false;
	for (size_t i = 0; ok && i < needs.count; i++)
		ok = add_need(p, &needs.sets[i], i, number);
	scap__needs_free(&needs);
	return ok;
}

static int by_state(const void *a, const void *b)
{
	const struct raw_use *x = a, *y = b;

	return x->state != y->state ? (x->state > y->state) - (x->state < y->state)
	                            : (x->word > y->word) - (x->word < y->word);
}

/* The uses of each state, those of one word in one. */
static bool collect(struct pieces *p)
{
	size_t count = 0;

	p->endings = calloc(p->nstates, sizeof(*p->endings));
	p->uses = calloc(p->nraw + 1, sizeof(*p->uses));
	if (!p->endings || !p->uses)
		return false;
	if (p->nraw)
		qsort(p->raw, p->nraw, sizeof(*p->raw), by_state);
	for (size_t i = 0; i < p->nraw; i++) {
		const struct raw_use *raw = &p->raw[i];
		struct ending *ending = &p->endings[raw->state];

		if (ending->count && p->uses[count - 1].word == raw->word) {
			p->uses[count - 1].bits |= raw->bits;
			continue;
		}
		if (!ending->count++)
			ending->first = (uint32_t)count;
		p->uses[count++] = (struct use){raw->word, raw->bits};
	}
	free(p->raw);
	p->raw = NULL;
	return true;
}

/* Where no letter leads on, the longest end of what was read that begins a piece does:
 * states are gone through from the shortest on, so that it is known already. */
static bool link_states(struct pieces *p)
{
	uint16_t *queue = calloc(p->nstates, sizeof(*queue));
	uint16_t *back = calloc(p->nstates, sizeof(*back));
	size_t from = 0, to = 0;

	p->deepest = calloc(p->nstates, sizeof(*p->deepest));
	p->seen = calloc(p->nstates, sizeof(*p->seen));
	if (queue && back && p->deepest && p->seen)
		queue[to++] = 0;
	while (from < to) {
		uint16_t state = queue[from++];

		p->endings[state].shorter = state ? p->deepest[back[state]] : 0;
		p->deepest[state] = p->endings[state].count ? state : p->endings[state].shorter;
		for (unsigned by = 0; by < LETTERS; by++) {
			uint16_t child = p->next[state][by];
			uint16_t other = state ? p->next[back[state]][by] : 0;

			if (child) {
				back[child] = other;
				queue[to++] = child;
			} else {
				p->next[state][by] = other;
			}
		}
	}
	free(queue);
	free(back);
	return to == p->nstates;
}

static bool make(struct pieces *p, const struct lexicon *lexicon)
{
	const struct rulebase *base = lexicon->base;

	p->words = (lexicon->count + 63) / 64;
	p->planes = calloc(NEEDS_MAX * p->words + 1, sizeof(*p->planes));
	p->without = malloc((NEEDS_MAX * p->words + 1) * sizeof(*p->without));
	if (!p->planes || !p->without || !more_states(p))
		return false;
	memset(p->without, 0xff, (NEEDS_MAX * p->words + 1) * sizeof(*p->without));
	memset(p->next[0], 0, sizeof(*p->next));
	p->nstates = 1;
	for (size_t i = 0; i < lexicon->count; i++)
		if (!add_pattern(p, i < base->nphrases ? base->phrases[i].pattern
		                                       : base->cues[i - base->nphrases].pattern, i))
			return false;
	return collect(p) && link_states(p);
}

struct pieces *scap__pieces_new(const struct lexicon *lexicon)
{
	struct pieces *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	if (make(p, lexicon))
		return p;
	scap__pieces_free(p);
	return NULL;
}

void scap__pieces_free(struct pieces *p)
{
	if (!p)
		return;
	free(p->next);
	free(p->endings);
	free(p->uses);
	free(p->deepest);
	free(p->seen);
	free(p->planes);
	free(p->without);
	free(p->raw);
	free(p);
}

/* ---- Finding ------------------------------------------------------------------------- */

/* Counts the pieces that end at a state; once for each text. */
static void count_pieces(struct pieces *p, uint16_t state)
{
	for (; state && p->seen[state] != p->text; state = p->endings[state].shorter) {
		const struct ending *ending = &p->endings[state];

		p->seen[state] = p->text;
		for (uint32_t i = 0; i < ending->count; i++)
			p->planes[p->uses[ending->first + i].word] |=
				p->uses[ending->first + i].bits;
	}
}

void scap__pieces_find(struct pieces *p, const char *text, size_t size, uint64_t *possible)
{
	static const uint8_t letters[256] = {
		['a'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
		22, 23, 24, 25, 26, ['0'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
	};
	uint16_t state = 0;

	if (!++p->text) { /* after four thousand million texts */
		memset(p->seen, 0, p->nstates * sizeof(*p->seen));
		p->text = 1;
	}
	memcpy(p->planes, p->without, NEEDS_MAX * p->words * sizeof(*p->planes));
	for (size_t i = 0; i < size; i++) {
		state = p->next[state][letters[(unsigned char)text[i]]];
		if (p->deepest[state] && p->seen[p->deepest[state]] != p->text)
			count_pieces(p, p->deepest[state]);
	}
	for (size_t w = 0; w < p->words; w++) {
		possible[w] = p->planes[w];
		for (size_t plane = 1; plane < NEEDS_MAX; plane++)
			possible[w] &= p->planes[plane * p->words + w];
	}
}
