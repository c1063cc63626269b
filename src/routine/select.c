/* SPDX-License-Identifier: MIT */
#include "routine/select.h"

#include <stdlib.h>
#include <string.h>

enum { WEIGHT_MAX = 100000 };

struct selection *scap__selection_new(const struct layout *layout)
{
	struct selection *selection = calloc(1, sizeof(*selection));
	size_t count = layout->net->base->nexercises + 1;

	if (!selection)
		return NULL;
	selection->layout = layout;
	selection->weight = calloc(count, sizeof(*selection->weight));
	selection->caps = calloc(count, sizeof(*selection->caps));
	selection->adjusted = calloc(count, sizeof(*selection->adjusted));
	selection->excluded = calloc(count, sizeof(*selection->excluded));
	selection->unequipped = calloc(count, sizeof(*selection->unequipped));
	if (selection->weight && selection->caps && selection->adjusted && selection->excluded &&
	    selection->unequipped)
		return selection;
	scap__selection_free(selection);
	return NULL;
}

void scap__selection_free(struct selection *selection)
{
	if (!selection)
		return;
	free(selection->weight);
	free(selection->caps);
	free(selection->adjusted);
	free(selection->excluded);
	free(selection->unequipped);
	free(selection);
}

static void add_weight(struct selection *s, unsigned exercise, unsigned weight)
{
	if (s->weight[exercise] < WEIGHT_MAX)
		s->weight[exercise] += weight;
}

/* The rules are looked up by the bits that are set: few of all apply to a person.
 * Those of a contraindication are two: what is not ruled out excludes; only what is
 * certain offers something instead. */
static void apply_exclusions(struct selection *s, const struct verdict *verdict)
{
	const struct rulebase *base = s->layout->net->base;
	size_t end = 1 + 2 * s->layout->nexclusions, bit = 0;

	while ((bit = scap__verdict_next(verdict->tail, bit + 1, end)) < end) {
		const struct rule *rule = &base->rules[s->layout->first_exclusion + (bit - 1) / 2];
		bool certain = bit % 2 == 0;

		s->all |= rule->all;
		for (size_t i = 0; !certain && i < rule->ntargets; i++)
			s->excluded[rule->targets[i]] = true;
		for (size_t i = 0; certain && i < rule->ninstead; i++)
			add_weight(s, rule->instead[i], base->settings.instead_weight);
	}
}

static void apply_preferences(struct selection *s, const struct verdict *verdict)
{
	const struct rulebase *base = s->layout->net->base;
	size_t first = 64 * s->layout->excluded_words, end = first + s->layout->npreferences;

	for (size_t bit = first; (bit = scap__verdict_next(verdict->tail, bit, end)) < end; bit++) {
		const struct rule *rule = &base->rules[s->layout->first_preference + bit - first];

		for (size_t i = 0; i < rule->ntargets; i++)
			add_weight(s, rule->targets[i], rule->weight);
	}
}

static unsigned strictest(unsigned a, unsigned b)
{
	return !a || (b && b < a) ? b : a; /* 0: no cap */
}

static void tighten(struct caps *caps, const struct caps *by)
{
	caps->hold_max = strictest(caps->hold_max, by->hold_max);
	caps->reps_max = strictest(caps->reps_max, by->reps_max);
	caps->sets_max = strictest(caps->sets_max, by->sets_max);
	if (by->scale < caps->scale)
		caps->scale = by->scale;
}

static void apply_adjustments(struct selection *s, const struct verdict *verdict)
{
	const struct rulebase *base = s->layout->net->base;
	size_t first = 64 * s->layout->excluded_words + s->layout->npreferences;
	size_t end = first + s->layout->nadjustments;

	for (size_t i = 0; i < base->nexercises; i++)
		s->caps[i] = (struct caps){.scale = FULL_SCALE};
	for (size_t bit = first; (bit = scap__verdict_next(verdict->tail, bit, end)) < end; bit++) {
		const struct rule *rule = &base->rules[s->layout->first_adjustment + bit - first];

		for (size_t i = 0; i < rule->ntargets; i++) {
			s->adjusted[rule->targets[i]] = true;
			tighten(&s->caps[rule->targets[i]], &rule->caps);
		}
	}
}

static bool equipped(const struct exercise *exercise, uint64_t owned)
{
	for (size_t i = 0; i < exercise->nneeds; i++)
		if (!(exercise->needs[i].any & owned))
			return false;
	return true;
}

void scap__selection_make(struct selection *s, const struct verdict *verdict)
{
	const struct rulebase *base = s->layout->net->base;
	uint64_t owned = scap__verdict_equipment(verdict);

	s->count = 0;
	s->all = false;
	s->routine = scap__verdict_routine(verdict);
	s->minutes = scap__verdict_minutes(verdict);
	memset(s->weight, 0, base->nexercises * sizeof(*s->weight));
	memset(s->adjusted, 0, base->nexercises * sizeof(*s->adjusted));
	memset(s->excluded, 0, base->nexercises * sizeof(*s->excluded));
	memset(s->unequipped, 0, base->nexercises * sizeof(*s->unequipped));
	if (!s->routine)
		return;
	apply_exclusions(s, verdict);
	apply_preferences(s, verdict);
	apply_adjustments(s, verdict);
	for (size_t i = 0; i < base->nexercises; i++) {
		s->unequipped[i] = !s->excluded[i] && !equipped(&base->exercises[i], owned);
		s->count += selection_open(s, i);
	}
}
