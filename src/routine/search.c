/* SPDX-License-Identifier: MIT */
#include "routine/search.h"

#include <stdlib.h>
#include <string.h>

struct search *scap__search_new(const struct rulebase *base)
{
	struct search *search = calloc(1, sizeof(*search));
	size_t count = base->nexercises + 1;

	if (!search)
		return NULL;
	search->base = base;
	search->list = calloc(count, sizeof(*search->list));
	search->portions = calloc(count, sizeof(*search->portions));
	search->forms = calloc(count, sizeof(*search->forms));
	search->part_end = calloc(count, sizeof(*search->part_end));
	search->best_in = calloc(count, sizeof(*search->best_in));
	search->each = scap__each_new(base);
	search->parts = scap__parts_new();
	if (search->list && search->portions && search->forms && search->part_end &&
	    search->best_in && search->each && search->parts)
		return search;
	scap__search_free(search);
	return NULL;
}

void scap__search_free(struct search *search)
{
	if (!search)
		return;
	free(search->list);
	free(search->portions);
	free(search->forms);
	free(search->part_end);
	free(search->best_in);
	scap__each_free(search->each);
	scap__parts_free(search->parts);
	free(search);
}

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

static struct candidate candidate_of(struct search *search, const struct selection *selection,
                                     unsigned index)
{
	const struct rulebase *base = search->base;
	const struct exercise *exercise = &base->exercises[index];

	search->portions[index] = scap__portion(selection, index, 0);
	return (struct candidate){
		.exercise = index,
		.part = exercise->part,
		.family = exercise->family,
		.seconds = search->portions[index].seconds + base->settings.changeover_seconds,
		.value = POINT *
	                 (int64_t)(base->parts[exercise->part].worth + selection->weight[index]),
		.muscles = exercise->groups,
	};
}

/* Sorted as they come: there are few, and those that are open come in no order. */
static void insert(struct search *search, struct candidate candidate)
{
	size_t at = search->count++;

	for (; at && before(&candidate, &search->list[at - 1]); at--)
		search->list[at] = search->list[at - 1];
	search->list[at] = candidate;
}

void scap__search_gather(struct search *search, const struct selection *selection)
{
	const struct rulebase *base = search->base;

	search->count = 0;
	search->balance = POINT * (int64_t)base->settings.balance_weight;
	search->seconds = selection->minutes * 60;
	memset(search->forms, 0, base->nexercises * sizeof(*search->forms));
	for (unsigned i = 0; i < base->nexercises; i++) {
		if (!selection_open(selection, i))
			continue;
		insert(search, candidate_of(search, selection, i));
		search->forms[base->exercises[i].family]++;
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
