/* SPDX-License-Identifier: MIT
 *
 * A part of a session holds few exercises, so all that it can be is soon listed:
 * its options. Then one option is chosen of each part, by branch and bound. What
 * is listed is exact within a part: places to fill, families, and muscles that two
 * exercises share. Between parts the bound is as in search_each.c.
 */
#include "routine/search.h"

#include <stdlib.h>
#include <string.h>

enum { OPTIONS = 1024, CANDIDATES = 64 };

/* Some candidates of a part, or none. */
struct option {
	int64_t value; /* with that of the places it fills */
	int64_t gain;  /* with all its muscles, less the price of its time */
	uint64_t muscles;
	uint64_t in;     /* bits of candidates */
	uint64_t barred; /* other forms of the same movements */
	unsigned seconds;
};

struct part_options {
	size_t first, end;
	int64_t top;   /* the most that one of them gains */
	int64_t after; /* the most that the parts behind gain */
};

struct parts {
	size_t count;
	struct part_options list[LIMIT_PARTS];
	size_t noptions;
	struct option options[OPTIONS];
	uint64_t forms[CANDIDATES];   /* of each candidate: others of its family */
	uint64_t betters[CANDIDATES]; /* of each: those that must be in before it is */
	uint64_t best_in;
	int64_t price; /* of a second */
};

struct parts *scap__parts_new(void)
{
	return calloc(1, sizeof(struct parts));
}

void scap__parts_free(struct parts *parts)
{
	free(parts);
}

/* ---- The options of each part ------------------------------------------------------ */

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

/* Lists OPTION with each choice of the candidates from AT to END besides, and then
 * by itself: what has the earlier exercise comes first. False: there are too many. */
static bool list_options(struct search *search, size_t at, size_t end, unsigned room,
                         unsigned needed, const struct option *option)
{
	struct parts *parts = search->parts;

	for (; room && at < end; at++) {
		const struct candidate *candidate = &search->list[at];
		struct option with = *option;

		if (option->barred >> at & 1 || parts->betters[at] & ~option->in ||
		    candidate->seconds > search->seconds - option->seconds)
			continue;
		with.value += candidate->value + (needed ? MUST : 0);
		with.muscles |= candidate->muscles;
		with.in |= UINT64_C(1) << at;
		with.barred |= parts->forms[at];
		with.seconds += candidate->seconds;
		if (!list_options(search, at + 1, end, room - 1, needed - !!needed, &with))
			return false;
	}
	if (parts->noptions == OPTIONS)
		return false;
	parts->options[parts->noptions++] = *option;
	return true;
}

static bool list_parts(struct search *search)
{
	static const struct option none;
	struct parts *parts = search->parts;

	parts->count = parts->noptions = 0;
	for (size_t i = 0; i < search->count; i = search->part_end[i]) {
		const struct part *part = &search->base->parts[search->list[i].part];
		struct part_options *options = &parts->list[parts->count++];

		options->first = parts->noptions;
		if (!list_options(search, i, search->part_end[i], part->most ? part->most : ~0u,
		                  part->least, &none))
			return false;
		options->end = parts->noptions;
	}
	return true;
}

/* ---- The price of time -------------------------------------------------------------- */

/* A bound for all, at a price, and the seconds that its options take. */
static int64_t bound_at(const struct search *search, int64_t price, int64_t *seconds)
{
	const struct parts *parts = search->parts;
	int64_t sum = price * search->seconds;

	*seconds = 0;
	for (size_t i = 0; i < parts->count; i++) {
		const struct option *best = &parts->options[parts->list[i].first];
		int64_t most = INT64_MIN;

		for (size_t j = parts->list[i].first; j < parts->list[i].end; j++) {
			const struct option *option = &parts->options[j];
			int64_t gain = option->gain - price * option->seconds;

			if (gain > most) {
				most = gain;
				best = option;
			}
		}
		sum += most;
		*seconds += best->seconds;
	}
	return sum;
}

/* A price at which no option pays for its time. */
static int64_t forbidding_price(const struct parts *parts)
{
	int64_t price = 0;

	for (size_t i = 0; i < parts->noptions; i++) {
		const struct option *option = &parts->options[i];

		if (option->seconds && option->gain / option->seconds >= price)
			price = option->gain / option->seconds + 1;
	}
	return price;
}

/* The price that makes the bound tightest. As a function of the price it is convex
 * and made of lines: where the lines of two prices cross is the next to be tried. */
static int64_t best_price(const struct search *search)
{
	int64_t low = 0, high = forbidding_price(search->parts), low_seconds, high_seconds = 0;
	int64_t low_bound, high_bound = high * search->seconds;

	low_bound = bound_at(search, low, &low_seconds);
	if (low_seconds <= search->seconds)
		return 0;
	for (;;) {
		int64_t price, bound, seconds;

		price = low_bound - high_bound + (low_seconds - search->seconds) * low +
		        (search->seconds - high_seconds) * high;
		price /= low_seconds - high_seconds;
		if (price <= low || price >= high)
			return low_bound < high_bound ? low : high;
		bound = bound_at(search, price, &seconds);
		if (seconds == low_seconds || seconds == high_seconds)
			return price;
		if (seconds > search->seconds) {
			low = price;
			low_seconds = seconds;
			low_bound = bound;
		} else {
			high = price;
			high_seconds = seconds;
			high_bound = bound;
		}
	}
}

static void set_price(struct search *search)
{
	struct parts *parts = search->parts;
	int64_t after = 0;

	for (size_t i = 0; i < parts->noptions; i++)
		parts->options[i].gain = parts->options[i].value +
		                         search->balance * count_bits(parts->options[i].muscles);
	parts->price = best_price(search);
	for (size_t i = parts->count; i-- > 0;) {
		struct part_options *part = &parts->list[i];

		part->top = INT64_MIN;
		part->after = after;
		for (size_t j = part->first; j < part->end; j++) {
			struct option *option = &parts->options[j];

			option->gain -= parts->price * option->seconds;
			part->top = option->gain > part->top ? option->gain : part->top;
		}
		after += part->top;
	}
}

/* ---- The search ---------------------------------------------------------------------- */

struct spot {
	unsigned left;    /* seconds */
	uint64_t muscles; /* worked so far */
	uint64_t in;      /* candidates taken */
	int64_t gain;     /* with the price of the time that is left */
};

static int64_t gain_at(const struct search *search, const struct option *option,
                       const struct spot *spot)
{
	return option->gain - search->balance * count_bits(option->muscles & spot->muscles);
}

static struct spot go_on(const struct search *search, const struct option *option,
                         const struct spot *spot)
{
	return (struct spot){
		.left = spot->left - option->seconds,
		.muscles = spot->muscles | option->muscles,
		.in = spot->in | option->in,
		.gain = spot->gain + gain_at(search, option, spot),
	};
}

/* The option of a part that gains most. */
static const struct option *best_option(const struct search *search, size_t index,
                                        const struct spot *spot, int64_t *most)
{
	const struct parts *parts = search->parts;
	const struct option *best = NULL;

	*most = INT64_MIN;
	for (size_t i = parts->list[index].first; i < parts->list[index].end; i++) {
		const struct option *option = &parts->options[i];
		int64_t gain;

		if (option->gain <= *most || option->seconds > spot->left ||
		    option->barred & spot->in)
			continue;
		gain = gain_at(search, option, spot);
		if (gain > *most) {
			*most = gain;
			best = option;
		}
	}
	return best;
}

/* The best option of one part after the other: a good choice, rarely the best. */
static int64_t quick_choice(struct search *search)
{
	struct spot spot = {.left = search->seconds,
	                    .gain = search->parts->price * search->seconds};

	for (size_t i = 0; i < search->parts->count; i++) {
		int64_t gain;

		spot = go_on(search, best_option(search, i, &spot, &gain), &spot);
	}
	search->parts->best_in = spot.in;
	return spot.gain - search->parts->price * spot.left;
}

/* Forgets options that can't be in a choice as good as the best so far. */
static void drop_options(struct search *search)
{
	struct parts *parts = search->parts;
	int64_t bound = parts->price * search->seconds + parts->list[0].top + parts->list[0].after;
	size_t kept = 0;

	for (size_t i = 0; i < parts->count; i++) {
		struct part_options *part = &parts->list[i];
		size_t first = kept;

		for (size_t j = part->first; j < part->end; j++)
			if (bound - part->top + parts->options[j].gain >= search->best)
				parts->options[kept++] = parts->options[j];
		part->first = first;
		part->end = kept;
	}
}

static int64_t bound_from(struct search *search, size_t index, const struct spot *spot)
{
	int64_t sum = spot->gain, gain;

	for (; index < search->parts->count; index++) {
		if (!best_option(search, index, spot, &gain))
			return INT64_MIN;
		sum += gain;
	}
	return sum;
}

static void look(struct search *search, size_t index, struct spot spot)
{
	struct parts *parts = search->parts;
	const struct part_options *part = &parts->list[index];
	int64_t price = parts->price;

	if (index == parts->count) {
		if (spot.gain - price * spot.left > search->best) {
			search->best = spot.gain - price * spot.left;
			parts->best_in = spot.in;
		}
		return;
	}
	for (size_t i = part->first; i < part->end && search->work < LIMIT_SESSION_STEPS; i++) {
		const struct option *option = &parts->options[i];
		struct spot with;

		search->work++;
		if (option->seconds > spot.left || option->barred & spot.in ||
		    spot.gain + option->gain + part->after <= search->best)
			continue;
		with = go_on(search, option, &spot);
		if (with.gain + part->after > search->best &&
		    bound_from(search, index + 1, &with) > search->best)
			look(search, index + 1, with);
	}
}

/* The quick choice only tells how good the best one must be; of several that are
 * best the search finds the one that wins ties. */
bool scap__search_parts(struct search *search)
{
	struct parts *parts = search->parts;

	if (search->count > CANDIDATES)
		return false;
	compare_candidates(search);
	if (!list_parts(search))
		return false;
	search->work = 0;
	search->best = 0;
	parts->best_in = 0;
	if (search->count) {
		set_price(search);
		search->best = quick_choice(search);
		drop_options(search);
		search->best--;
		look(search, 0,
		     (struct spot){search->seconds, 0, 0, parts->price * search->seconds});
	}
	for (size_t i = 0; i < search->count; i++)
		search->best_in[i] = parts->best_in >> i & 1;
	return true;
}
