/* SPDX-License-Identifier: MIT
 *
 * One option is chosen of each part, by branch and bound. The bound lets go of the
 * time limit and charges a price for each second, as in search_each.c; and muscles
 * that several parts are likely to work count as worked from the start, so that it
 * does not count them once for each part. What of them is not worked is taken off in
 * the end.
 */
#include "routine/options.h"

#include <stdlib.h>

struct parts *scap__parts_new(void)
{
	return calloc(1, sizeof(struct parts));
}

void scap__parts_free(struct parts *parts)
{
	free(parts);
}

/* ---- The price of time -------------------------------------------------------------- */

/* What the options that gain most at a price come to, without the price. As a
 * function of the price the bound is the highest of such lines:
 * gain + price * (seconds there are - seconds). */
struct line {
	int64_t gain, seconds;
};

static struct line line_at(const struct parts *parts, int64_t price)
{
	struct line line = {0, 0};

	for (size_t i = 0; i < parts->count; i++) {
		const struct option *best = &parts->options[parts->list[i].first];
		int64_t most = best->gain - price * best->seconds;

		for (size_t j = parts->list[i].first + 1; j < parts->list[i].end; j++) {
			const struct option *option = &parts->options[j];
			int64_t gain = option->gain - price * option->seconds;

			if (gain > most) {
				most = gain;
				best = option;
			}
		}
		line.gain += best->gain;
		line.seconds += best->seconds;
	}
	return line;
}

/* The price that makes the bound tightest: where the lines of two prices cross, one
 * too low and one too high, is the next to be tried. Nothing at all is a line as well. */
static int64_t best_price(const struct search *search)
{
	struct line low = line_at(search->parts, 0), high = {0, 0}, line;
	int64_t price;

	if (low.seconds <= search->seconds)
		return 0;
	for (;;) {
		price = (low.gain - high.gain) / (low.seconds - high.seconds);
		line = line_at(search->parts, price);
		if (line.seconds > search->seconds && line.seconds < low.seconds)
			low = line;
		else if (line.seconds <= search->seconds && line.seconds > high.seconds)
			high = line;
		else
			return price;
	}
}

/* Takes the price off all gains. Returns the bound for all. */
static int64_t charge(struct search *search)
{
	struct parts *parts = search->parts;
	int64_t price = best_price(search), bound;

	parts->price = price;
	bound = price * search->seconds + search->balance * count_bits(parts->shared);
	for (size_t i = 0; i < parts->count; i++) {
		struct part_options *part = &parts->list[i];

		part->top = INT64_MIN;
		for (size_t j = part->first; j < part->end; j++) {
			struct option *option = &parts->options[j];

			option->gain -= price * option->seconds;
			part->top = option->gain > part->top ? option->gain : part->top;
		}
		bound += part->top;
	}
	return bound;
}

/* ---- The search ---------------------------------------------------------------------- */

struct spot {
	unsigned left;   /* seconds */
	uint64_t worked; /* muscles */
	uint64_t in;     /* candidates taken */
	int64_t gain;    /* with the price of the time that is left */
};

static struct spot first_spot(const struct search *search)
{
	const struct parts *parts = search->parts;

	return (struct spot){
		.left = search->seconds,
		.gain = parts->price * search->seconds + search->balance * count_bits(parts->shared),
	};
}

static int64_t gain_at(const struct search *search, const struct option *option,
                       const struct spot *spot)
{
	return option->gain - search->balance * count_bits(option->lone & spot->worked);
}

static struct spot go_on(const struct search *search, const struct option *option,
                         const struct spot *spot)
{
	return (struct spot){
		.left = spot->left - option->seconds,
		.worked = spot->worked | option->muscles,
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

/* A whole choice: of several that are best the one with the earlier exercise wins. */
static void take_note(struct search *search, const struct spot *spot)
{
	struct parts *parts = search->parts;
	int64_t value = spot->gain - parts->price * spot->left -
	                search->balance * count_bits(parts->shared & ~spot->worked);
	uint64_t differ = spot->in ^ parts->best_in;

	if (value > search->best || (value == search->best && spot->in & differ & -differ)) {
		search->best = value;
		parts->best_in = spot->in;
	}
}

/* The best option of one part after the other: a good choice, often the best. */
static void quick_choice(struct search *search)
{
	struct spot spot = first_spot(search);

	for (size_t i = 0; i < search->parts->count; i++) {
		int64_t gain;

		spot = go_on(search, best_option(search, i, &spot, &gain), &spot);
	}
	take_note(search, &spot);
}

/* Parts with few options first, so that there are few ways to begin. */
static void order_parts(struct parts *parts)
{
	int64_t after = 0;

	for (size_t i = 1; i < parts->count; i++) {
		struct part_options part = parts->list[i];
		size_t at = i;

		for (; at && part.end - part.first < parts->list[at - 1].end - parts->list[at - 1].first;
		     at--)
			parts->list[at] = parts->list[at - 1];
		parts->list[at] = part;
	}
	for (size_t i = parts->count; i-- > 0;) {
		parts->list[i].after = after;
		after += parts->list[i].top;
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

static void look(struct search *search, size_t index, const struct spot *spot)
{
	const struct parts *parts = search->parts;
	const struct part_options *part = &parts->list[index];

	if (index == parts->count) {
		take_note(search, spot);
		return;
	}
	for (size_t i = part->first; i < part->end && search->work < LIMIT_SESSION_STEPS; i++) {
		const struct option *option = &parts->options[i];
		struct spot with;

		search->work++;
		if (option->seconds > spot->left || option->barred & spot->in ||
		    spot->gain + option->gain + part->after < search->best)
			continue;
		with = go_on(search, option, spot);
		if (with.gain + part->after >= search->best &&
		    bound_from(search, index + 1, &with) >= search->best)
			look(search, index + 1, &with);
	}
}

bool scap__search_parts(struct search *search)
{
	struct parts *parts = search->parts;
	struct spot spot;
	int64_t bound;

	if (!scap__options_list(search))
		return false;
	search->work = 0;
	search->best = -1;
	parts->best_in = 0;
	bound = charge(search);
	quick_choice(search);
	scap__options_drop(search, bound, search->best);
	order_parts(parts);
	spot = first_spot(search);
	look(search, 0, &spot);
	for (size_t i = 0; i < search->count; i++)
		search->best_in[i] = parts->best_in >> i & 1;
	return true;
}
