/* SPDX-License-Identifier: MIT */
#include "words/states.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "words/front.h"
#include "words/normal.h"
#include "words/room.h"

enum { STATES_MAX = 1 << 17, SLOTS = 2 * STATES_MAX, POOL_MAX = 1 << 21, ROWS_MAX = 1 << 13 };
enum { LINKS = 6, UNKNOWN = 0 }; /* no link leads to the root */

/* Steps, and patterns that are told of, stand behind each other in the pool. A few links have
 * room here; more are a row. */
struct state {
	uint32_t begin, nsteps, ntold;
	uint32_t row; /* 0: none */
	bool behind_letter;
	uint8_t nlinks;
	uint8_t signs[LINKS];
	int32_t to[LINKS];
};

struct states {
	const struct machine *machine;
	struct front front;
	struct state *list;
	size_t count, room;
	uint32_t *pool;
	size_t npool, pool_room;
	int32_t (*rows)[SIGNS + 1];
	size_t nrows, rows_room;
	int32_t *slots; /* states by what they hold, open addressing; STATE_ROOT: free */
};

/* The root is all patterns at their first step. */
static void begin(struct states *s)
{
	const struct machine *m = s->machine;

	s->count = s->nrows = 1;
	s->npool = 0;
	for (size_t i = 0; i < m->npatterns; i++)
		if (m->begins[i] < m->begins[i + 1])
			s->pool[s->npool++] = m->begins[i];
	s->list[STATE_ROOT] = (struct state){.nsteps = (uint32_t)s->npool};
}

struct states *scap__states_new(const struct machine *machine)
{
	struct states *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->machine = machine;
	s->slots = calloc(SLOTS, sizeof(*s->slots));
	if (scap__front_init(&s->front, machine) && s->slots &&
	    scap__make_room(&s->list, &s->room, sizeof(*s->list), 1, STATES_MAX) &&
	    scap__make_room(&s->rows, &s->rows_room, sizeof(*s->rows), 1, ROWS_MAX) &&
	    scap__make_room(&s->pool, &s->pool_room, sizeof(*s->pool), machine->npatterns + 1,
	                    POOL_MAX)) {
		begin(s);
		return s;
	}
	scap__states_free(s);
	return NULL;
}

void scap__states_free(struct states *s)
{
	if (!s)
		return;
	scap__front_free(&s->front);
	free(s->list);
	free(s->pool);
	free(s->rows);
	free(s->slots);
	free(s);
}

void scap__states_forget(struct states *s)
{
	memset(s->slots, 0, SLOTS * sizeof(*s->slots));
	begin(s);
}

const uint32_t *scap__states_told(const struct states *s, int32_t state, size_t *count)
{
	const struct state *one = &s->list[state];

	*count = one->ntold;
	return s->pool + one->begin + one->nsteps;
}

/* ---- A state more ------------------------------------------------------------------- */

/* The state that holds what stands at the end of the pool, new or not. */
static int32_t keep(struct states *s, size_t nsteps, size_t ntold, bool behind_letter)
{
	const uint32_t *items = s->pool + s->npool;
	size_t size = (nsteps + ntold) * sizeof(*items);
	size_t slot = scap__text_hash((const char *)items, size) >> 20 & (SLOTS - 1);

	for (; s->slots[slot]; slot = (slot + 1) & (SLOTS - 1)) {
		const struct state *state = &s->list[s->slots[slot]];

		if (state->nsteps == nsteps && state->ntold == ntold &&
		    state->behind_letter == behind_letter &&
		    !memcmp(s->pool + state->begin, items, size))
			return s->slots[slot];
	}
	if (!scap__make_room(&s->list, &s->room, sizeof(*s->list), s->count + 1, STATES_MAX))
		return STATE_FULL;
	s->slots[slot] = (int32_t)s->count;
	s->list[s->count] = (struct state){.begin = (uint32_t)s->npool,
	                                   .nsteps = (uint32_t)nsteps,
	                                   .ntold = (uint32_t)ntold,
	                                   .behind_letter = behind_letter};
	s->npool += nsteps + ntold;
	return (int32_t)s->count++;
}

static size_t tell(const struct states *s, uint32_t *told)
{
	const struct set *ended = &s->front.ended, *doubted = &s->front.doubted;
	size_t count = 0;

	for (size_t i = 0; i < doubted->count; i++)
		told[count++] = doubted->list[i] | PATTERN_DOUBT;
	for (size_t i = 0; i < ended->count; i++) {
		bool doubt = !scap__machine_exact(s->machine, ended->list[i]);

		told[count++] = ended->list[i] | PATTERN_ENDED | (doubt ? PATTERN_DOUBT : 0);
	}
	return count;
}

/* The state for what is in front. */
static int32_t find(struct states *s, unsigned sign)
{
	const struct set *ahead = &s->front.ahead;
	size_t most = ahead->count + s->front.ended.count + s->front.doubted.count;
	uint32_t *items;

	if (!most)
		return STATE_DEAD;
	if (!scap__make_room(&s->pool, &s->pool_room, sizeof(*s->pool), s->npool + most, POOL_MAX))
		return STATE_FULL;
	items = s->pool + s->npool;
	memcpy(items, ahead->list, ahead->count * sizeof(*items));
	return keep(s, ahead->count, tell(s, items + ahead->count), scap__front_letter(sign));
}

/* Gives a state that has many links a row of them. */
static bool add_row(struct states *s, struct state *state)
{
	int32_t *row;

	if (!scap__make_room(&s->rows, &s->rows_room, sizeof(*s->rows), s->nrows + 1, ROWS_MAX))
		return false;
	row = s->rows[s->nrows];
	memset(row, 0, sizeof(*s->rows));
	for (size_t i = 0; i < state->nlinks; i++)
		row[state->signs[i]] = state->to[i];
	state->row = (uint32_t)s->nrows++;
	return true;
}

static int32_t make_link(struct states *s, int32_t from, unsigned sign)
{
	struct state *state = &s->list[from];
	int32_t to;

	scap__front_take(&s->front, s->pool + state->begin, state->nsteps, state->behind_letter,
	                 sign);
	to = find(s, sign);
	state = &s->list[from]; /* it may have moved */
	if (to == STATE_FULL || (state->nlinks == LINKS && !state->row && !add_row(s, state)))
		return STATE_FULL;
	if (state->row) {
		s->rows[state->row][sign] = to;
	} else {
		state->signs[state->nlinks] = (uint8_t)sign;
		state->to[state->nlinks++] = to;
	}
	return to;
}

int32_t scap__states_next(struct states *s, int32_t from, unsigned sign)
{
	const struct state *state = &s->list[from];

	if (!state->nsteps)
		return STATE_DEAD;
	if (state->row) {
		if (s->rows[state->row][sign] != UNKNOWN)
			return s->rows[state->row][sign];
	} else {
		for (size_t i = 0; i < state->nlinks; i++)
			if (state->signs[i] == sign)
				return state->to[i];
	}
	return make_link(s, from, sign);
}
