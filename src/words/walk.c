/* SPDX-License-Identifier: MIT */
#include "words/walk.h"

#include <stdlib.h>
#include <string.h>

#include "words/normal.h"
#include "words/room.h"
#include "words/states.h"
#include "words/tokens.h"

enum { WAYS = 1 << 15, EVENTS_MAX = 1 << 18 };

/* Where a token leads to from a state, and what ends in it. */
struct way {
	int32_t from, to;
	uint32_t token;
	uint32_t events, nevents;
};

struct event {
	uint32_t told; /* a pattern with its bits */
	uint32_t at;      /* so many bytes of the token stand before its end */
};

struct walk {
	const struct machine *machine;
	struct states *states;
	struct way *ways; /* the youngest takes the place */
	struct way *from_root; /* of each token */
	struct event *events;
	size_t nevents, events_room;
	/* The text: */
	const char *text;
	size_t size, nwords;
	const struct word *words;
	struct tokens *known;
	uint32_t *tokens; /* of each word */
	size_t tokens_room;
	/* The candidates at a word: */
	struct candidate *candidates;
	size_t ncandidates;
	uint32_t run;
	uint32_t *met; /* of each pattern: the run that met it last */
};

struct walk *scap__walk_new(const struct lexicon *lexicon)
{
	const struct machine *machine = lexicon->machine;
	struct walk *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->machine = machine;
	w->states = scap__states_new(machine);
	w->ways = calloc(WAYS, sizeof(*w->ways));
	w->known = scap__tokens_new();
	w->from_root = calloc(TOKENS_MAX + 1, sizeof(*w->from_root));
	w->candidates = malloc((machine->npatterns + 1) * sizeof(*w->candidates));
	w->met = calloc(machine->npatterns + 1, sizeof(*w->met));
	if (w->states && w->ways && w->from_root && w->known && w->candidates && w->met)
		return w;
	scap__walk_free(w);
	return NULL;
}

void scap__walk_free(struct walk *w)
{
	if (!w)
		return;
	scap__states_free(w->states);
	scap__tokens_free(w->known);
	free(w->ways);
	free(w->from_root);
	free(w->events);
	free(w->tokens);
	free(w->candidates);
	free(w->met);
	free(w);
}

static void forget_ways(struct walk *w)
{
	memset(w->ways, 0, WAYS * sizeof(*w->ways));
	memset(w->from_root, 0, (TOKENS_MAX + 1) * sizeof(*w->from_root));
	w->nevents = 0;
}

static void forget(struct walk *w)
{
	forget_ways(w);
	scap__states_forget(w->states);
}

/* ---- Tokens --------------------------------------------------------------------------- */

/* What was told before a byte of a token. */
static bool add_events(struct walk *w, int32_t state, size_t at)
{
	size_t count;
	const uint32_t *told = scap__states_told(w->states, state, &count);

	if (count && !scap__make_room(&w->events, &w->events_room, sizeof(*w->events),
	                              w->nevents + count, EVENTS_MAX))
		return false;
	for (size_t i = 0; i < count; i++)
		w->events[w->nevents++] = (struct event){told[i], (uint32_t)at};
	return true;
}

/* The way over a word and what stands behind it; to STATE_FULL where there is no room. */
static struct way make_way(struct walk *w, int32_t from, size_t word)
{
	size_t begin = w->words[word].at, at = begin;
	size_t end = word + 1 < w->nwords ? w->words[word + 1].at : w->size + NORMAL_SPARE;
	struct way way = {.from = from, .to = from, .token = w->tokens[word]};

	way.events = (uint32_t)w->nevents;
	for (; at < end && way.to >= 0; at++) {
		unsigned sign = scap__sign_of[(unsigned char)w->text[at]];

		way.to = scap__states_next(w->states, way.to, sign);
		if (way.to >= 0 && !add_events(w, way.to, at - begin))
			way.to = STATE_FULL;
	}
	way.nevents = (uint32_t)w->nevents - way.events;
	return way;
}

static struct way *place_of(struct walk *w, int32_t from, uint32_t token)
{
	uint64_t hash = ((uint64_t)from << 32 | token) * UINT64_C(0x9e3779b97f4a7c15);

	return from == STATE_ROOT ? &w->from_root[token] : &w->ways[hash >> 40 & (WAYS - 1)];
}

static struct way way_over(struct walk *w, int32_t from, size_t word)
{
	uint32_t token = w->tokens[word];
	struct way *known = place_of(w, from, token), way;

	if (known->token == token && known->from == from && token != NO_TOKEN)
		return *known;
	way = make_way(w, from, word);
	if (way.to != STATE_FULL && token != NO_TOKEN)
		*known = way;
	return way;
}

/* ---- A text ------------------------------------------------------------------------------ */

/* Asks for what the words will want of the memory, all at once. */
static void prefetch(struct walk *w)
{
	for (size_t i = 0; i < w->nwords; i++)
		__builtin_prefetch(&w->from_root[w->tokens[i]]);
	for (size_t i = 0; i + 1 < w->nwords; i++) {
		const struct way *first = &w->from_root[w->tokens[i]];

		if (first->token && first->to > STATE_ROOT)
			__builtin_prefetch(place_of(w, first->to, w->tokens[i + 1]));
	}
}

bool scap__walk_text(struct walk *w, const char *text, size_t size, const struct word *words,
                     size_t nwords)
{
	w->text = text;
	w->size = size;
	w->words = words;
	w->nwords = nwords;
	if (!scap__make_room(&w->tokens, &w->tokens_room, sizeof(*w->tokens), nwords, TOKENS_MAX))
		return false;
	if (!scap__tokens_room(w->known, nwords)) {
		scap__tokens_forget(w->known);
		forget_ways(w);
	}
	for (size_t i = 0; i < nwords; i++) {
		size_t end = i + 1 < nwords ? words[i + 1].at : size + NORMAL_SPARE;

		w->tokens[i] = scap__token_number(w->known, text + words[i].at, end - words[i].at);
	}
	prefetch(w);
	return true;
}

/* Takes what is told on a way that begins SIZE bytes on. What ends twice has to be tried. */
static void take_events(struct walk *w, const struct way *way, uint32_t size)
{
	for (uint32_t i = 0; i < way->nevents; i++) {
		const struct event *event = &w->events[way->events + i];
		uint32_t pattern = event->told & PATTERN_NUMBER;
		bool ended = event->told & PATTERN_ENDED;
		size_t c = w->ncandidates;

		if (w->met[pattern] == w->run) {
			while (w->candidates[--c].pattern != pattern)
				;
			w->candidates[c].size = 0;
			w->candidates[c].ended |= ended;
			continue;
		}
		w->met[pattern] = w->run;
		w->candidates[w->ncandidates++] = (struct candidate){
			pattern, event->told & PATTERN_DOUBT ? 0 : size + event->at, ended};
	}
}

static bool run(struct walk *w, size_t word)
{
	int32_t here = STATE_ROOT;

	if (!++w->run) { /* after four thousand million words */
		memset(w->met, 0, w->machine->npatterns * sizeof(*w->met));
		w->run = 1;
	}
	w->ncandidates = 0;
	for (size_t i = word; i < w->nwords && here >= 0; i++) {
		struct way way = way_over(w, here, i);

		take_events(w, &way, w->words[i].at - w->words[word].at);
		here = way.to;
	}
	return here != STATE_FULL;
}

static void take_all(struct walk *w)
{
	for (w->ncandidates = 0; w->ncandidates < w->machine->npatterns; w->ncandidates++)
		w->candidates[w->ncandidates] = (struct candidate){(uint32_t)w->ncandidates, 0, true};
}

/* Leaves out what is only in doubt. */
static void thin(struct walk *w)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->ncandidates; i++)
		if (w->candidates[i].ended)
			w->candidates[kept++] = w->candidates[i];
	w->ncandidates = kept;
}

static void sort(struct candidate *list, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j && list[j - 1].pattern > list[j].pattern; j--) {
			struct candidate moved = list[j];

			list[j] = list[j - 1];
			list[j - 1] = moved;
		}
}

size_t scap__walk_from(struct walk *w, size_t word, const struct candidate **candidates)
{
	if (w->nevents > EVENTS_MAX / 2)
		forget_ways(w);
	if (!run(w, word)) {
		forget(w);
		if (!run(w, word)) { /* not even this text has room */
			forget(w);
			take_all(w);
		}
	}
	thin(w);
	sort(w->candidates, w->ncandidates);
	*candidates = w->candidates;
	return w->ncandidates;
}
