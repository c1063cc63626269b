/* SPDX-License-Identifier: MIT */
#include "routine/select.h"

#include <stdlib.h>
#include <string.h>

struct selection *scap__selection_new(const struct layout *layout)
{
	struct selection *selection = calloc(1, sizeof(*selection));
	size_t count = layout->net->base->nexercises + 1;

	if (!selection)
		return NULL;
	selection->layout = layout;
	selection->list = calloc(count, sizeof(*selection->list));
	selection->weight = calloc(count, sizeof(*selection->weight));
	selection->excluded = calloc(count, sizeof(*selection->excluded));
	selection->unequipped = calloc(count, sizeof(*selection->unequipped));
	if (selection->list && selection->weight && selection->excluded && selection->unequipped)
		return selection;
	scap__selection_free(selection);
	return NULL;
}

void scap__selection_free(struct selection *selection)
{
	if (!selection)
		return;
	free(selection->list);
	free(selection->weight);
	free(selection->excluded);
	free(selection->unequipped);
	free(selection);
}

static void apply_exclusions(struct selection *s, const struct verdict *verdict)
{
	const struct rulebase *base = s->layout->net->base;
	bool certain;

	for (size_t i = 0; i < s->layout->nexclusions; i++) {
		const struct rule *rule = &base->rules[s->layout->first_exclusion + i];

		if (!scap__verdict_excludes(verdict, i, &certain))
			continue;
		s->all |= rule->all;
		for (size_t j = 0; j < rule->ntargets; j++)
			s->excluded[rule->targets[j]] = true;
	}
}

static void apply_preferences(struct selection *s, const struct verdict *verdict)
{
	const struct rulebase *base = s->layout->net->base;

	for (size_t i = 0; i < s->layout->npreferences; i++) {
		const struct rule *rule = &base->rules[s->layout->first_preference + i];

		if (!scap__verdict_prefers(verdict, i))
			continue;
		for (size_t j = 0; j < rule->ntargets; j++)
			s->weight[rule->targets[j]] += rule->weight;
	}
}

static bool equipped(const struct exercise *exercise, uint64_t owned)
{
	for (size_t i = 0; i < exercise->nneeds; i++)
		if (!(exercise->needs[i].any & owned))
			return false;
	return true;
}

/* True when exercise A comes before B: by part, weight, name. */
static bool before(const struct selection *s, unsigned a, unsigned b)
{
	const struct exercise *exercises = s->layout->net->base->exercises;

	if (exercises[a].part != exercises[b].part)
		return exercises[a].part < exercises[b].part;
	if (s->weight[a] != s->weight[b])
		return s->weight[a] > s->weight[b];
	return a < b; /* exercises are numbered by name */
}

static void insert(struct selection *s, unsigned exercise)
{
	size_t at = s->count++;

	for (; at && before(s, exercise, s->list[at - 1]); at--)
		s->list[at] = s->list[at - 1];
	s->list[at] = exercise;
}

void scap__selection_make(struct selection *s, const struct verdict *verdict)
{
	const struct rulebase *base = s->layout->net->base;
	uint64_t owned = scap__verdict_equipment(verdict);

	s->count = 0;
	s->all = false;
	memset(s->weight, 0, base->nexercises * sizeof(*s->weight));
	memset(s->excluded, 0, base->nexercises * sizeof(*s->excluded));
	memset(s->unequipped, 0, base->nexercises * sizeof(*s->unequipped));
	s->why_not = ROUTINE_LEVEL;
	if (!scap__verdict_routine(verdict))
		return;
	apply_exclusions(s, verdict);
	apply_preferences(s, verdict);
	for (unsigned i = 0; i < base->nexercises; i++) {
		s->unequipped[i] = !s->excluded[i] && !equipped(&base->exercises[i], owned);
		if (!s->excluded[i] && !s->unequipped[i])
			insert(s, i);
	}
	s->why_not = s->all ? ROUTINE_EXCLUDED
	             : s->count < base->settings.fewest_exercises ? ROUTINE_TOO_FEW
	                                                          : ROUTINE_GIVEN;
	if (s->why_not != ROUTINE_GIVEN)
		s->count = 0;
}
