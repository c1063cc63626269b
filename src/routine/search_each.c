/* SPDX-License-Identifier: MIT
 *
 * Branch and bound over the candidates, part by part, the most wanted first. The
 * bound lets go of the time limit and charges a price for each second instead
 * (Lagrangian relaxation, see Nemhauser and Wolsey, Integer and Combinatorial
 * Optimization, 1988, II.3.6): it is never below what can still be reached.
 */
#include "routine/search.h"

#include <stdlib.h>
#include <string.h>

enum { TOP = 20 };

struct each {
	unsigned *taken;   /* of each part: how many */
	bool *family_used; /* of each exercise that heads a family */
	bool *in;          /* of each candidate */
	int64_t price;     /* of a second */
};

struct each *scap__each_new(const struct rulebase *base)
{
	struct each *each = calloc(1, sizeof(*each));

	if (!each)
		return NULL;
	each->taken = calloc(base->nparts + 1, sizeof(*each->taken));
	each->family_used = calloc(base->nexercises + 1, sizeof(*each->family_used));
	each->in = calloc(base->nexercises + 1, sizeof(*each->in));
	if (each->taken && each->family_used && each->in)
		return each;
	scap__each_free(each);
	return NULL;
}

void scap__each_free(struct each *each)
{
	if (!each)
		return;
	free(each->taken);
	free(each->family_used);
	free(each->in);
	free(each);
}

/* ---- The bound ------------------------------------------------------------------- */

static inline unsigned room_in(const struct search *search, unsigned part)
{
	unsigned most = search->base->parts[part].most;

	return most ? most - search->each->taken[part] : ~0u;
}

static unsigned needed_in(const struct search *search, unsigned part)
{
	unsigned least = search->base->parts[part].least;

	return least > search->each->taken[part] ? least - search->each->taken[part] : 0;
}

/* What a candidate can bring at most, less the price of its time. */
static int64_t gain(const struct search *search, const struct candidate *candidate,
                    uint64_t muscles)
{
	return candidate->value + search->balance * count_bits(candidate->muscles & ~muscles) -
	       search->each->price * candidate->seconds;
}

/* Keeps the ROOM greatest of the gains, in order. */
static void keep(int64_t *top, unsigned *count, unsigned room, int64_t value)
{
	unsigned at = *count;

	if (at == room) {
		if (value <= top[at - 1])
			return;
		at--;
	} else {
		(*count)++;
	}
	for (; at && top[at - 1] < value; at--)
		top[at] = top[at - 1];
	top[at] = value;
}

/* What a part can still bring from candidate FROM on. A part without a limit has
 * all that gains anything; TOP is more than any part must have. */
static int64_t part_bound(struct search *search, size_t from, unsigned left, uint64_t muscles)
{
	unsigned part = search->list[from].part, room = room_in(search, part);
	unsigned needed = needed_in(search, part), count = 0, kept = room < TOP ? room : TOP;
	int64_t top[TOP], sum = 0;

	if (!room)
		return 0;
	for (size_t i = from; i < search->part_end[from]; i++) {
		const struct candidate *candidate = &search->list[i];
		int64_t value;

		if (candidate->seconds > left || search->each->family_used[candidate->family])
			continue;
		value = gain(search, candidate, muscles);
		if (room > TOP && count == TOP && value > 0)
			sum += value > top[TOP - 1] ? top[TOP - 1] > 0 ? top[TOP - 1] : 0 : value;
		keep(top, &count, kept, value);
	}
	for (unsigned i = 0; i < count; i++) {
		int64_t value = top[i] + (i < needed ? MUST : 0);

		sum += value > 0 ? value : 0;
	}
	search->work += (long)(search->part_end[from] - from) + 4;
	return sum;
}

/* An upper bound for all that candidates from FROM on can bring in LEFT seconds. */
static int64_t bound(struct search *search, size_t from, unsigned left, uint64_t muscles)
{
	int64_t sum = search->each->price * left;

	while (from < search->count) {
		sum += part_bound(search, from, left, muscles);
		from = search->part_end[from];
	}
	return sum;
}

/* The price that makes the first bound tightest, of those at which some candidate
 * just pays for its time. */
static void set_price(struct search *search, unsigned seconds)
{
	size_t stride = search->count / 8 + 1;
	int64_t best = INT64_MAX, price = 0;

	search->each->price = 0;
	for (size_t i = 0; i <= 2 * search->count; i += stride) {
		const struct candidate *candidate = &search->list[i / 2 % search->count];
		int64_t value;

		if (i)
			search->each->price = (candidate->value + (i & 1 ? MUST : 0)) /
			                      (candidate->seconds ? candidate->seconds : 1);
		value = bound(search, 0, seconds, 0);
		if (value < best) {
			best = value;
			price = search->each->price;
		}
	}
	search->each->price = price;
}

/* ---- The search ------------------------------------------------------------------ */

struct spot {
	size_t at;        /* the next candidate */
	unsigned left;    /* seconds */
	uint64_t muscles; /* worked so far */
	int64_t value;
};

static void take_note(struct search *search, int64_t value)
{
	if (value <= search->best)
		return;
	search->best = value;
	memcpy(search->best_in, search->each->in, search->count * sizeof(*search->each->in));
}

static void look(struct search *search, struct spot spot);

static void look_with(struct search *search, struct spot spot)
{
	const struct candidate *candidate = &search->list[spot.at];
	bool must = needed_in(search, candidate->part);

	spot.value += candidate->value + (must ? MUST : 0) +
	              search->balance * count_bits(candidate->muscles & ~spot.muscles);
	spot.muscles |= candidate->muscles;
	spot.left -= candidate->seconds;
	search->each->taken[candidate->part]++;
	search->each->family_used[candidate->family] = true;
	search->each->in[spot.at++] = true;
	take_note(search, spot.value);
	look(search, spot);
	search->each->in[--spot.at] = false;
	search->each->family_used[candidate->family] = false;
	search->each->taken[candidate->part]--;
}

/* True when a candidate before it in its part, passed over but still possible,
 * could take its place and be no worse: then nothing is lost without it. A form
 * of another movement that is still to come might stand in the way of that. */
static bool outdone(const struct search *search, const struct spot *spot)
{
	const struct candidate *candidate = &search->list[spot->at];

	for (size_t i = spot->at; i-- > 0 && search->list[i].part == candidate->part;) {
		const struct candidate *other = &search->list[i];

		if (!search->each->in[i] && !search->each->family_used[other->family] &&
		    (other->family == candidate->family || search->forms[other->family] == 1) &&
		    other->value >= candidate->value && other->seconds <= candidate->seconds &&
		    !(candidate->muscles & ~other->muscles & ~spot->muscles))
			return true;
	}
	return false;
}

static void look(struct search *search, struct spot spot)
{
	for (; spot.at < search->count && search->work < LIMIT_SESSION_STEPS; spot.at++) {
		const struct candidate *candidate = &search->list[spot.at];

		if (!room_in(search, candidate->part)) {
			spot.at = search->part_end[spot.at] - 1;
			continue;
		}
		if (spot.value + bound(search, spot.at, spot.left, spot.muscles) <= search->best)
			return;
		if (candidate->seconds <= spot.left &&
		    !search->each->family_used[candidate->family] && !outdone(search, &spot))
			look_with(search, spot);
	}
}

void scap__search_each(struct search *search)
{
	const struct rulebase *base = search->base;
	struct each *each = search->each;

	search->best = 0;
	memset(each->taken, 0, base->nparts * sizeof(*each->taken));
	memset(each->in, 0, search->count * sizeof(*each->in));
	memset(each->family_used, 0, base->nexercises * sizeof(*each->family_used));
	memset(search->best_in, 0, search->count * sizeof(*search->best_in));
	if (search->count)
		set_price(search, search->seconds);
	search->work = 0;
	look(search, (struct spot){0, search->seconds, 0, 0});
}
