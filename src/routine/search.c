/* SPDX-License-Identifier: MIT */
#include "routine/search.h"

#include <stdlib.h>
#include <string.h>

static bool before(const struct candidate *x, const struct candidate *y)
{
	if (x->part != y->part)
		return x->part < y->part;
	if (x->value != y->value)
		return x->value > y->value;
	if (x->seconds != y->seconds)
		return x->seconds < y->seconds;
	return x->exercise < y->exercise; /* exercises are numbered by name */
}

static struct candidate candidate_of(const struct rulebase *base, const struct portion *portion,
                                     unsigned weight)
{
	const struct exercise *exercise = &base->exercises[portion->exercise];

	return (struct candidate){
		.exercise = portion->exercise,
		.part = exercise->part,
		.family = exercise->family,
		.seconds = portion->seconds + base->settings.changeover_seconds,
		.value = POINT * (int64_t)(base->parts[exercise->part].worth + weight),
		.muscles = exercise->groups,
	};
}

/* Sorted as they come: there are few, and they come nearly in order. */
static void insert(struct search *search, const struct candidate *candidate)
{
	size_t at = search->count++;

	for (; at && before(candidate, &search->list[at - 1]); at--)
		search->list[at] = search->list[at - 1];
	search->list[at] = *candidate;
}

/* The order in which exercises come for people without wishes and adjustments. */
static void put_in_order(struct search *search)
{
	for (unsigned i = 0; i < search->base->nexercises; i++) {
		struct candidate candidate;

		search->usual[i] = scap__portion_usual(search->base, i);
		candidate = candidate_of(search->base, &search->usual[i], 0);
		insert(search, &candidate);
	}
	for (size_t i = 0; i < search->count; i++)
		search->order[i] = search->list[i].exercise;
}

struct search *scap__search_new(const struct rulebase *base)
{
	struct search *search = calloc(1, sizeof(*search));
	size_t count = base->nexercises + 1;

	if (!search)
		return NULL;
	search->base = base;
	search->list = calloc(count, sizeof(*search->list));
	search->order = calloc(count, sizeof(*search->order));
	search->usual = calloc(count, sizeof(*search->usual));
	search->portions = calloc(count, sizeof(*search->portions));
	search->forms = calloc(count, sizeof(*search->forms));
	search->part_end = calloc(count, sizeof(*search->part_end));
	search->best_in = calloc(count, sizeof(*search->best_in));
	search->each = scap__each_new(base);
	search->parts = scap__parts_new();
	if (search->list && search->order && search->usual && search->portions &&
	    search->forms && search->part_end && search->best_in && search->each &&
	    search->parts) {
		put_in_order(search);
		return search;
	}
	scap__search_free(search);
	return NULL;
}

void scap__search_free(struct search *search)
{
	if (!search)
		return;
	free(search->list);
	free(search->order);
	free(search->usual);
	free(search->portions);
	free(search->forms);
	free(search->part_end);
	free(search->best_in);
	scap__each_free(search->each);
	scap__parts_free(search->parts);
	free(search);
}

static struct portion portion_of(const struct search *search, const struct selection *selection,
                                 unsigned exercise)
{
	unsigned part = search->base->exercises[exercise].part;

	if (selection->adjusted[exercise] || search->base->parts[part].share)
		return scap__portion(selection, exercise, 0);
	return search->usual[exercise];
}

void scap__search_gather(struct search *search, const struct selection *selection)
{
	const struct rulebase *base = search->base;

	search->count = 0;
	search->balance = POINT * (int64_t)base->settings.balance_weight;
	search->seconds = selection->minutes * 60;
	memset(search->forms, 0, base->nexercises * sizeof(*search->forms));
	for (size_t i = 0; i < base->nexercises; i++) {
		unsigned exercise = search->order[i];
		struct candidate candidate;

		if (!selection_open(selection, exercise))
			continue;
		search->portions[exercise] = portion_of(search, selection, exercise);
		candidate = candidate_of(base, &search->portions[exercise],
		                         selection->weight[exercise]);
		insert(search, &candidate);
		search->forms[base->exercises[exercise].family]++;
	}
	for (size_t i = search->count, end = search->count; i-- > 0;) {
		if (i + 1 < search->count && search->list[i].part != search->list[i + 1].part)
			end = i + 1;
		search->part_end[i] = end;
	}
}

void scap__search_run(struct search *search, const struct selection *selection)
{
	scap__search_gather(search, selection);
	if (!scap__search_parts(search))
		scap__search_each(search);
}
