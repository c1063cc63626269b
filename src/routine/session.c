/* SPDX-License-Identifier: MIT
 *
 * Branch and bound over the candidates, part by part, the most wanted first. The
 * bound lets go of the time limit and charges a price for each second instead
 * (Lagrangian relaxation, see Nemhauser and Wolsey, Integer and Combinatorial
 * Optimization, 1988, II.3.6): it is never below what can still be reached.
 */
#include "routine/session.h"

#include <stdlib.h>
#include <string.h>

/* Points are counted in units of POINT so that prices can be fine. A place that
 * a part must fill outweighs all points together. */
enum { POINT = 256, TOP = 20 };
#define MUST (INT64_C(1) << 44)

struct candidate {
	unsigned exercise, part, family;
	unsigned seconds; /* with the change to it */
	int64_t value;
	uint64_t muscles;
	struct portion portion;
};

struct search {
	size_t count;
	struct candidate *list;
	unsigned *taken;   /* of each part: how many */
	bool *family_used; /* of each exercise that heads a family */
	unsigned *forms;   /* of each such: how many candidates are forms of it */
	bool *in, *best_in; /* of each candidate */
	size_t *part_end;  /* of each candidate: where its part ends in the list */
	const struct part *parts;
	int64_t balance;   /* for each muscle that is new */
	int64_t price;     /* of a second */
	int64_t best;
	long work;
};

static bool allocate(struct search *search, const struct rulebase *base)
{
	size_t count = base->nexercises + 1;

	search->list = calloc(count, sizeof(*search->list));
	search->taken = calloc(base->nparts + 1, sizeof(*search->taken));
	search->family_used = calloc(count, sizeof(*search->family_used));
	search->forms = calloc(count, sizeof(*search->forms));
	search->in = calloc(count, sizeof(*search->in));
	search->best_in = calloc(count, sizeof(*search->best_in));
	search->part_end = calloc(count, sizeof(*search->part_end));
	return search->list && search->taken && search->family_used && search->forms &&
	       search->in && search->best_in && search->part_end;
}

struct session *scap__session_new(const struct layout *layout)
{
	struct session *session = calloc(1, sizeof(*session));
	size_t count = layout->net->base->nexercises + 1;

	if (!session)
		return NULL;
	session->layout = layout;
	session->list = calloc(count, sizeof(*session->list));
	session->place = calloc(count, sizeof(*session->place));
	session->search = calloc(1, sizeof(*session->search));
	if (session->list && session->place && session->search &&
	    allocate(session->search, layout->net->base))
		return session;
	scap__session_free(session);
	return NULL;
}

void scap__session_free(struct session *session)
{
	if (!session)
		return;
	if (session->search) {
		free(session->search->list);
		free(session->search->taken);
		free(session->search->family_used);
		free(session->search->forms);
		free(session->search->in);
		free(session->search->best_in);
		free(session->search->part_end);
	}
	free(session->search);
	free(session->list);
	free(session->place);
	free(session);
}

/* ---- The candidates -------------------------------------------------------------- */

static int wanted_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? -1 : 1;
	return x->exercise < y->exercise ? -1 : 1; /* exercises are numbered by name */
}

static void gather(struct search *search, const struct selection *selection)
{
	const struct rulebase *base = selection->layout->net->base;

	search->count = 0;
	memset(search->forms, 0, base->nexercises * sizeof(*search->forms));
	for (unsigned i = 0; i < base->nexercises; i++) {
		const struct exercise *exercise = &base->exercises[i];
		struct candidate *candidate = &search->list[search->count];

		if (!selection_open(selection, i))
			continue;
		candidate->exercise = i;
		candidate->part = exercise->part;
		candidate->family = exercise->family;
		candidate->muscles = exercise->groups;
		candidate->portion = scap__portion(selection, i, 0);
		candidate->seconds = candidate->portion.seconds + base->settings.changeover_seconds;
		candidate->value = POINT * (int64_t)(base->parts[exercise->part].worth +
		                                     selection->weight[i]);
		search->forms[candidate->family]++;
		search->count++;
	}
	if (search->count)
		qsort(search->list, search->count, sizeof(*search->list), wanted_first);
	for (size_t i = search->count, end = search->count; i-- > 0;) {
		if (i + 1 < search->count && search->list[i].part != search->list[i + 1].part)
			end = i + 1;
		search->part_end[i] = end;
	}
}

/* ---- The bound ------------------------------------------------------------------- */

static inline unsigned room_in(const struct search *search, unsigned part)
{
	unsigned most = search->parts[part].most;

	return most ? most - search->taken[part] : ~0u;
}

static unsigned needed_in(const struct search *search, unsigned part)
{
	unsigned least = search->parts[part].least;

	return least > search->taken[part] ? least - search->taken[part] : 0;
}

/* An exercise works few muscles, so this is quicker than a library's count. */
static int count_bits(uint64_t bits)
{
	int count = 0;

	for (; bits; bits &= bits - 1)
		count++;
	return count;
}

/* What a candidate can bring at most, less the price of its time. */
static int64_t gain(const struct search *search, const struct candidate *candidate,
                    uint64_t muscles)
{
	return candidate->value +
	       search->balance * count_bits(candidate->muscles & ~muscles) -
	       search->price * candidate->seconds;
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

		if (candidate->seconds > left || search->family_used[candidate->family])
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
	int64_t sum = search->price * left;

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

	search->price = 0;
	for (size_t i = 0; i <= 2 * search->count; i += stride) {
		const struct candidate *candidate = &search->list[i / 2 % search->count];
		int64_t value;

		if (i)
			search->price = (candidate->value + (i & 1 ? MUST : 0)) /
			                (candidate->seconds ? candidate->seconds : 1);
		value = bound(search, 0, seconds, 0);
		if (value < best) {
			best = value;
			price = search->price;
		}
	}
	search->price = price;
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
	memcpy(search->best_in, search->in, search->count * sizeof(*search->in));
}

static void look(struct search *search, struct spot spot);

static void look_with(struct search *search, struct spot spot)
{
	const struct candidate *candidate = &search->list[spot.at];
	bool must = needed_in(search, candidate->part);

	spot.value += candidate->value + (must ? MUST : 0) +
	              search->balance *
	                      count_bits(candidate->muscles & ~spot.muscles);
	spot.muscles |= candidate->muscles;
	spot.left -= candidate->seconds;
	search->taken[candidate->part]++;
	search->family_used[candidate->family] = true;
	search->in[spot.at++] = true;
	take_note(search, spot.value);
	look(search, spot);
	search->in[--spot.at] = false;
	search->family_used[candidate->family] = false;
	search->taken[candidate->part]--;
}

/* True when a candidate before it in its part, passed over but still possible,
 * could take its place and be no worse: then nothing is lost without it. A form
 * of another movement that is still to come might stand in the way of that. */
static bool outdone(const struct search *search, const struct spot *spot)
{
	const struct candidate *candidate = &search->list[spot->at];

	for (size_t i = spot->at; i-- > 0 && search->list[i].part == candidate->part;) {
		const struct candidate *other = &search->list[i];

		if (!search->in[i] && !search->family_used[other->family] &&
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
		if (candidate->seconds <= spot.left && !search->family_used[candidate->family] &&
		    !outdone(search, &spot))
			look_with(search, spot);
	}
}

static void search_best(struct search *search, const struct rulebase *base, unsigned seconds)
{
	search->parts = base->parts;
	search->balance = POINT * (int64_t)base->settings.balance_weight;
	search->best = 0;
	search->work = 0;
	memset(search->taken, 0, base->nparts * sizeof(*search->taken));
	memset(search->in, 0, search->count * sizeof(*search->in));
	memset(search->best_in, 0, search->count * sizeof(*search->best_in));
	memset(search->family_used, 0, base->nexercises * sizeof(*search->family_used));
	if (search->count)
		set_price(search, seconds);
	search->work = 0;
	look(search, (struct spot){0, seconds, 0, 0});
}

/* ---- The session ------------------------------------------------------------------- */

static void take_over(struct session *session)
{
	const struct search *search = session->search;

	for (size_t i = 0; i < search->count; i++) {
		if (!search->best_in[i])
			continue;
		session->list[session->count++] = search->list[i].portion;
		session->seconds += search->list[i].seconds;
		session->place[search->list[i].exercise] = SESSION_CHOSEN;
		session->search->taken[search->list[i].part]++;
		session->search->family_used[search->list[i].family] = true;
	}
	session->value = (unsigned long long)search->best;
	session->best = search->work < LIMIT_SESSION_STEPS;
}

/* Every candidate is worth something, so one that is left out did not fit. */
static void explain_rest(struct session *session, const struct selection *selection)
{
	const struct rulebase *base = session->layout->net->base;

	for (size_t i = 0; i < base->nexercises; i++) {
		const struct exercise *exercise = &base->exercises[i];
		enum place_in_session *place = &session->place[i];

		if (!selection_open(selection, i))
			*place = selection->excluded[i] ? SESSION_EXCLUDED : SESSION_UNEQUIPPED;
		else if (session->why_not)
			*place = SESSION_NONE;
		else if (*place == SESSION_CHOSEN)
			continue;
		else if (session->search->family_used[exercise->family])
			*place = SESSION_VARIANT;
		else if (!room_in(session->search, exercise->part))
			*place = SESSION_FULL;
		else
			*place = SESSION_NO_TIME;
	}
}

void scap__session_make(struct session *session, const struct selection *selection)
{
	const struct rulebase *base = session->layout->net->base;
	unsigned fewest = base->settings.fewest_exercises;

	session->count = 0;
	session->seconds = 0;
	session->value = 0;
	session->best = true;
	session->why_not = !selection->routine ? ROUTINE_LEVEL
	                   : selection->all    ? ROUTINE_EXCLUDED
	                   : selection->count < fewest ? ROUTINE_TOO_FEW
	                                               : ROUTINE_GIVEN;
	for (size_t i = 0; i < base->nexercises; i++)
		session->place[i] = SESSION_NONE;
	if (!session->why_not) {
		gather(session->search, selection);
		search_best(session->search, base, selection->minutes * 60);
		memset(session->search->taken, 0, base->nparts * sizeof(unsigned));
		memset(session->search->family_used, 0, base->nexercises * sizeof(bool));
		take_over(session);
	}
	if (!session->why_not && session->count < fewest) {
		session->why_not = ROUTINE_NO_TIME;
		session->count = 0;
		session->seconds = 0;
	}
	explain_rest(session, selection);
}
