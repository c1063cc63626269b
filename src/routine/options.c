/* SPDX-License-Identifier: MIT */
#include "routine/options.h"

/* ---- What can stand beside what ----------------------------------------------------- */

/* True when A could always take the place of B, which comes after it in its part,
 * and be no worse. */
static bool outdoes(const struct search *search, const struct candidate *a,
                    const struct candidate *b)
{
	return a->seconds <= b->seconds && !(b->muscles & ~a->muscles) &&
	       (a->family == b->family || search->forms[a->family] == 1);
}

static void compare_candidates(struct search *search)
{
	struct parts *parts = search->parts;

	for (size_t i = 0; i < search->count; i++) {
		const struct candidate *candidate = &search->list[i];

		parts->forms[i] = parts->betters[i] = 0;
		for (size_t j = 0; search->forms[candidate->family] > 1 && j < search->count; j++)
			if (j != i && search->list[j].family == candidate->family)
				parts->forms[i] |= UINT64_C(1) << j;
		for (size_t j = i; j-- > 0 && search->list[j].part == candidate->part;)
			if (outdoes(search, &search->list[j], candidate))
				parts->betters[i] |= UINT64_C(1) << j;
	}
}

/* The muscles of the exercises that are most wanted in one part and in another. */
static uint64_t likely_shared(const struct search *search)
{
	uint64_t once = 0, twice = 0;

	for (size_t i = 0; i < search->count; i = search->part_end[i]) {
		unsigned most = search->base->parts[search->list[i].part].most;
		uint64_t muscles = 0;

		for (size_t j = i; j < search->part_end[i] && (!most || j < i + most); j++)
			muscles |= search->list[j].muscles;
		twice |= once & muscles;
		once |= muscles;
	}
	return twice;
}

/* ---- Listing ------------------------------------------------------------------------ */

/* Lists OPTION with each choice of the candidates from AT to END besides, and then
 * by itself. OWN: bits of all candidates of the part. */
static bool list_from(struct search *search, uint64_t own, size_t at, unsigned room,
                      unsigned needed, const struct option *option)
{
	struct parts *parts = search->parts;

	for (; room && at < 64 && own >> at & 1; at++) {
		const struct candidate *candidate = &search->list[at];
		int64_t value = candidate->value + (needed ? MUST : 0);
		struct option with;

		if (option->barred >> at & 1 || parts->betters[at] & ~option->in ||
		    candidate->seconds > search->seconds - option->seconds)
			continue;
		with.value = option->value + value;
		with.gain = option->gain + value +
		            search->balance * count_bits(candidate->muscles &
		                                         ~(option->muscles | parts->shared));
		with.muscles = option->muscles | candidate->muscles;
		with.in = option->in | UINT64_C(1) << at;
		with.barred = option->barred | parts->forms[at];
		with.seconds = option->seconds + candidate->seconds;
		if (!list_from(search, own, at + 1, room - 1, needed - !!needed, &with))
			return false;
	}
	if (parts->noptions == OPTIONS)
		return false;
	parts->options[parts->noptions] = *option;
	parts->options[parts->noptions].lone = option->muscles & ~parts->shared;
	parts->options[parts->noptions++].barred &= ~own;
	return true;
}

static uint64_t bits_from(size_t first, size_t end)
{
	return (end < 64 ? (UINT64_C(1) << end) - 1 : UINT64_MAX) & UINT64_MAX << first;
}

bool scap__options_list(struct search *search)
{
	static const struct option none;
	struct parts *parts = search->parts;

	parts->count = parts->noptions = 0;
	if (search->count > CANDIDATES)
		return false;
	compare_candidates(search);
	parts->shared = likely_shared(search);
	for (size_t i = 0; i < search->count; i = search->part_end[i]) {
		const struct part *part = &search->base->parts[search->list[i].part];
		struct part_options *options = &parts->list[parts->count++];

		options->first = parts->noptions;
		if (!list_from(search, bits_from(i, search->part_end[i]), i,
		               part->most ? part->most : ~0u, part->least, &none))
			return false;
		options->end = parts->noptions;
	}
	return true;
}

/* ---- Forgetting --------------------------------------------------------------------- */

/* True when A in the place of B makes every choice better by more than MARGIN. */
static bool better_by(const struct search *search, const struct option *a,
                      const struct option *b, int64_t margin)
{
	return a->seconds <= b->seconds && !(a->barred & ~b->barred) &&
	       a->value - b->value - search->balance * count_bits(b->muscles & ~a->muscles) > margin;
}

/* KEPT: behind those of the part that are before it and were kept. */
static bool needless(const struct search *search, const struct part_options *part, size_t kept,
                     size_t index)
{
	const struct option *options = search->parts->options, *option = &options[index];

	for (size_t i = part->first; i < kept; i++)
		if (better_by(search, &options[i], option, -1))
			return true;
	for (size_t i = index + 1; i < part->end; i++)
		if (better_by(search, &options[i], option, 0))
			return true;
	return false;
}

static void drop_needless(struct search *search, struct part_options *part)
{
	struct option *options = search->parts->options;
	size_t kept = part->first;

	for (size_t i = part->first; i < part->end; i++)
		if (!needless(search, part, kept, i))
			options[kept++] = options[i];
	part->end = kept;
}

void scap__options_drop(struct search *search, int64_t bound, int64_t least)
{
	struct parts *parts = search->parts;

	for (size_t i = 0; i < parts->count; i++) {
		struct part_options *part = &parts->list[i];
		size_t kept = part->first;

		for (size_t j = part->first; j < part->end; j++)
			if (bound - part->top + parts->options[j].gain >= least)
				parts->options[kept++] = parts->options[j];
		part->end = kept;
		drop_needless(search, part);
	}
}
