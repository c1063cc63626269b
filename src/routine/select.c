/* SPDX-License-Identifier: MIT */
#include "routine/select.h"

#include <stdlib.h>
#include <string.h>

enum { FULL_SCALE = 1000, WEIGHT_MAX = 100000 };

struct selection *scap__selection_new(const struct layout *layout)
{
	struct selection *selection = calloc(1, sizeof(*selection));
	size_t count = layout->net->base->nexercises + 1;

	if (!selection)
		return NULL;
	selection->layout = layout;
	selection->weight = calloc(count, sizeof(*selection->weight));
	selection->caps = calloc(count, sizeof(*selection->caps));
	selection->excluded = calloc(count, sizeof(*selection->excluded));
	selection->unequipped = calloc(count, sizeof(*selection->unequipped));
	if (selection->weight && selection->caps && selection->excluded && selection->unequipped)
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
	free(selection->excluded);
	free(selection->unequipped);
	free(selection);
}

static void add_weight(struct selection *s, unsigned exercise, unsigned weight)
{
	if (s->weight[exercise] < WEIGHT_MAX)
		s->weight[exercise] += weight;
}

/* What is not ruled out excludes; only what is certain offers something instead. */
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
		for (size_t j = 0; certain && j < rule->ninstead; j++)
			add_weight(s, rule->instead[j], base->settings.instead_weight);
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
			add_weight(s, rule->targets[j], rule->weight);
	}
}

static unsigned strictest(unsigned a, unsigned b)
{
	return !a || (b && b < a) ? b : a; /* 0: no cap */
}

static void apply_adjustments(struct selection *s, const struct verdict *verdict)
{
	const struct rulebase *base = s->layout->net->base;

	for (size_t i = 0; i < base->nexercises; i++)
		s->caps[i] = (struct caps){.scale = FULL_SCALE};
	for (size_t i = 0; i < s->layout->nadjustments; i++) {
		const struct rule *rule = &base->rules[s->layout->first_adjustment + i];

		if (!scap__verdict_adjusts(verdict, i))
			continue;
		for (size_t j = 0; j < rule->ntargets; j++) {
			struct caps *caps = &s->caps[rule->targets[j]];

			caps->hold_max = strictest(caps->hold_max, rule->caps.hold_max);
			caps->reps_max = strictest(caps->reps_max, rule->caps.reps_max);
			caps->sets_max = strictest(caps->sets_max, rule->caps.sets_max);
			if (rule->caps.scale < caps->scale)
				caps->scale = rule->caps.scale;
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
