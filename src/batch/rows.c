/* SPDX-License-Identifier: MIT */
#include "batch/scoring.h"

#include <string.h>

#include "batch/worklist.h"
#include "report/row.h"

void scap__lane_id(const struct scoring *s, unsigned lane, const char **id, size_t *size)
{
	*id = s->reader.ids.data + s->id_at[lane];
	*size = s->id_at[lane + 1] - s->id_at[lane];
}

/* Copies whole steps, which is quicker than to stop at the last byte: both have
 * room for it behind them. */
static inline void copy_text(char *to, const char *from, size_t size)
{
	for (size_t i = 0; i < size; i += CACHE_STEP)
		memcpy(to + i, from + i, CACHE_STEP);
}

/* What was just written into `spare`, as a text to copy from; kept if it can be. */
static bool keep_text(struct scoring *s, struct cache *cache, struct slot *home,
                      const uint64_t *key, struct text *text)
{
	size_t size = s->spare.size;

	if (!scap__buffer_reserve(&s->spare, CACHE_STEP)) {
		s->failed = E_NO_MEMORY;
		return false;
	}
	if (!scap__cache_keep(cache, home, key, s->spare.data, size) ||
	    !scap__cache_find(cache, home, key, text))
		*text = (struct text){s->spare.data, size};
	return true;
}

static bool text_of_head(struct scoring *s, const struct verdict *verdict, struct slot *home,
                         struct text *text)
{
	if (scap__cache_find(s->heads, home, verdict->head, text))
		return true;
	s->spare.size = 0;
	if (s->options->listed)
		scap__worklist_row(verdict, s->options->raw, &s->spare);
	else
		scap__row_head(verdict, &s->spare);
	return keep_text(s, s->heads, home, verdict->head, text);
}

static bool text_of_routine(struct scoring *s, const struct verdict *verdict, struct slot *home,
                            struct text *text)
{
	if (scap__cache_find(s->routines, home, verdict->tail, text))
		return true;
	s->spare.size = 0;
	scap__selection_make(s->selection, verdict);
	scap__session_make(s->session, s->selection);
	scap__row_routine(s->session, &s->spare);
	return keep_text(s, s->routines, home, verdict->tail, text);
}

static bool text_of_excluded(struct scoring *s, const struct verdict *verdict, struct slot *home,
                             struct text *text)
{
	if (scap__cache_find(s->excluded, home, verdict->tail, text))
		return true;
	s->spare.size = 0;
	scap__row_excluded(verdict, &s->spare);
	return keep_text(s, s->excluded, home, verdict->tail, text);
}

static void add_text(struct scoring *s, const struct text *text)
{
	if (s->out.room - s->out.size < text->size + CACHE_STEP &&
	    !scap__buffer_reserve(&s->out, text->size + CACHE_STEP))
		return;
	copy_text(s->out.data + s->out.size, text->bytes, text->size);
	s->out.size += text->size;
}

/* Hands what is behind START in `out` to the worklist. */
static void list_row(struct scoring *s, unsigned lane, const struct verdict *verdict, size_t start)
{
	const struct rulebase *base = verdict->layout->net->base;
	const struct scap_level *level = &base->levels[scap__verdict_level(verdict)].shown;

	if (!s->out.failed)
		scap__tape_listed(&s->chunk->tape, s->row + lane, level, s->out.data + start,
		                  s->out.size - start);
	s->out.size = start;
}

void scap__find_homes(struct scoring *s)
{
	const struct layout *layout = s->judge->layout;

	for (unsigned lane = 0; lane < BLOCK_LANES; lane++) {
		struct homes *home = &s->homes[lane];

		home->head = scap__cache_home(s->heads, s->head + lane * layout->head_words);
		home->routine = s->options->no_routines || s->options->listed
		                        ? home->head
		                        : scap__cache_home(s->routines,
		                                           s->tail + lane * layout->tail_words);
		home->excluded = scap__cache_home(s->excluded, s->tail + lane * layout->tail_words);
		__builtin_prefetch(home->head);
		__builtin_prefetch(home->routine);
		__builtin_prefetch(home->excluded);
	}
	for (unsigned lane = BLOCK_LANES; lane < BLOCK_LANES + AHEAD; lane++)
		s->homes[lane] = s->homes[lane - AHEAD];
}

/* In the place of the line end that the row has already. */
static void add_evidence(struct scoring *s, unsigned lane)
{
	size_t from = s->evidence_at[lane], to = s->evidence_at[lane + 1];

	if (s->out.failed)
		return;
	s->out.data[s->out.size - 1] = ',';
	scap__row_text(&s->out, s->evidence.data + from, to - from, s->options->raw);
	scap__buffer_char(&s->out, '\n');
}

void scap__write_row(struct scoring *s, unsigned lane)
{
	const struct layout *layout = s->judge->layout;
	struct verdict verdict = {layout, s->head + lane * layout->head_words,
	                          s->tail + lane * layout->tail_words};
	const struct homes *home = &s->homes[lane];
	size_t start = s->out.size, size;
	struct text text;
	const char *id;

	scap__cache_expect(s->heads, home[AHEAD].head);
	scap__cache_expect(s->routines, home[AHEAD].routine);
	scap__cache_expect(s->excluded, home[AHEAD].excluded);
	scap__lane_id(s, lane, &id, &size);
	scap__row_text(&s->out, id, size, s->options->raw);
	if (!text_of_head(s, &verdict, home->head, &text))
		return;
	add_text(s, &text);
	if (s->options->listed) {
		scap__add_kept(s, lane);
		list_row(s, lane, &verdict, start);
		return;
	}
	if (s->options->no_routines)
		scap__buffer_char(&s->out, ',');
	else if (text_of_routine(s, &verdict, home->routine, &text)) {
		if (s->tally) /* a cell of exercises is more than its comma */
			scap__tally_routine(s->tally, scap__verdict_routine(&verdict), text.size > 1);
		add_text(s, &text);
	}
	if (text_of_excluded(s, &verdict, home->excluded, &text))
		add_text(s, &text);
	if (s->options->evidence)
		add_evidence(s, lane);
	scap__add_kept(s, lane);
}
