/* SPDX-License-Identifier: MIT */
#include "batch/suggest.h"

#include <stdio.h>
#include <string.h>

#include "batch/people.h"
#include "batch/suggesting.h"

enum { POOL_MAX = 2000, NAME_BYTES = 2 * LIMIT_NAME_BYTES + 32 };

/* ---- The fewest that try the most ------------------------------------------------------------- */

static size_t gain(const struct suggesting *s, const struct candidate *one, const uint64_t *left)
{
	size_t count = 0;

	for (size_t w = 0; w < s->words; w++)
		count += (size_t)__builtin_popcountll(one->meets[w] & left[w]);
	return count;
}

static bool taken(const struct suggesting *s, const char *id)
{
	for (size_t i = 0; i < s->cases->table.nrows; i++)
		for (size_t j = 0; j < s->cases->table.ncolumns; j++)
			if (!strcmp(s->cases->table.rows[i].cells[j].text, id))
				return true;
	for (size_t i = 0; i < s->tested->nsuggestions; i++)
		if (!strcmp(s->tested->suggestions[i].id, id))
			return true;
	return false;
}

static const char *new_id(struct suggesting *s, const char *rule)
{
	char id[NAME_BYTES];

	for (unsigned i = 1;; i++) {
		snprintf(id, sizeof(id), "confirm_%s_%u", rule, i);
		if (!taken(s, id))
			return scap__arena_copy(s->arena, id, strlen(id));
	}
}

/* Takes a candidate and strikes out what it meets. */
static void take(struct suggesting *s, const struct candidate *one, uint64_t *left)
{
	struct tested *tested = s->tested;
	struct suggestion *new = &tested->suggestions[tested->nsuggestions];

	*new = (struct suggestion){.id = new_id(s, one->rule), .story = one->story,
	                           .answers = one->answers, .level = one->level};
	new->aims = scap__arena_array(s->arena, gain(s, one, left) + 1, sizeof(*new->aims));
	s->no_memory |= !new->id || !new->aims;
	if (s->no_memory)
		return;
	for (size_t i = 0; i < s->nopen; i++)
		if (one->meets[i / 64] & left[i / 64] & UINT64_C(1) << i % 64)
			new->aims[new->naims++] = s->open[i];
	for (size_t w = 0; w < s->words; w++)
		left[w] &= ~one->meets[w];
	tested->nsuggestions++;
}

static void choose(struct suggesting *s)
{
	uint64_t *left = scap__arena_array(s->arena, s->words, sizeof(*left));

	s->tested->suggestions = scap__arena_array(s->arena, s->npool + 1,
	                                           sizeof(*s->tested->suggestions));
	s->no_memory |= !left || !s->tested->suggestions;
	if (s->no_memory)
		return;
	memset(left, 0xff, s->words * sizeof(*left));
	while (!s->no_memory) {
		const struct candidate *best = NULL;
		size_t most = 0;

		for (size_t i = 0; i < s->npool; i++)
			if (gain(s, &s->pool[i], left) > most) {
				best = &s->pool[i];
				most = gain(s, best, left);
			}
		if (!best)
			return;
		take(s, best, left);
	}
}

static bool prepare(struct suggesting *s)
{
	const struct aims *aims = &s->tested->aims;
	size_t nquestions = s->tested->pack->base->nquestions;

	s->open = scap__arena_array(s->arena, aims->count + 1, sizeof(*s->open));
	s->usual = scap__arena_array(s->arena, nquestions + 1, sizeof(*s->usual));
	s->person = scap__arena_array(s->arena, nquestions + 1, sizeof(*s->person));
	s->goals = scap__arena_array(s->arena, s->tested->pack->base->nrules + 1,
	                             sizeof(*s->goals));
	if (!s->open || !s->usual || !s->person || !s->goals)
		return false;
	for (size_t i = 0; i < aims->count; i++)
		if (!aims->list[i].count)
			s->open[s->nopen++] = (unsigned)i;
	s->words = s->nopen / 64 + 1;
	if (!scap__seeker_init(&s->seeker, s->tested->pack))
		return false;
	scap__people_usual(&s->seeker, s->cases, s->usual);
	return true;
}

bool scap__suggest(struct tested *tested, const struct cases *cases, struct arena *arena)
{
	struct suggesting s = {.tested = tested, .arena = arena, .cases = cases};
	bool ok = prepare(&s);

	for (size_t i = 0; ok && i < s.nopen && s.npool < POOL_MAX && !s.no_memory; i++) {
		struct aim *aim = &tested->aims.list[s.open[i]];

		aim->reach = scap__suggest_for(&s, aim);
	}
	if (ok && !s.no_memory)
		choose(&s);
	scap__seeker_free(&s.seeker);
	return ok && !s.no_memory;
}
