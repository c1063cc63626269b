/* SPDX-License-Identifier: MIT
 *
 * The session is the best there is: compared with every possible choice on
 * thousands of small random catalogues. It never breaks a limit, and every
 * exercise that is left out is left out for the reason that is told.
 */
#include "routine/search.h"
#include "routine/week.h"
#include "unit.h"

enum { CATALOGUES = 4000, MOST = 13, WIDE = 40, PARTS = 4 };

struct world {
	struct rulebase base;
	struct network net;
	struct layout layout;
	struct part parts[PARTS];
	struct exercise exercises[WIDE];
	struct selection *selection;
	struct session *session;
};

static void roll_exercise(struct world *w, unsigned i, uint64_t *dice)
{
	struct exercise *exercise = &w->exercises[i];
	int reps = 1 + (int)unit_roll(dice, 8), hold = (int)unit_roll(dice, 3) * 10;

	*exercise = (struct exercise){
		.part = unit_roll(dice, PARTS),
		.variant_of = NONE,
		.family = unit_roll(dice, 4) ? i : unit_roll(dice, i + 1),
		.seconds = 1 + unit_roll(dice, 6),
		.groups = unit_roll(dice, 64) & unit_roll(dice, 64),
		.merged = {0, 1, 1 + (int)unit_roll(dice, 2), reps, reps + 5, hold, hold + 20,
	                   1 + (int)unit_roll(dice, 2), -1, -1},
	};
	exercise->family = w->exercises[exercise->family].family;
	w->selection->excluded[i] = !unit_roll(dice, 6);
	w->selection->unequipped[i] = !w->selection->excluded[i] && !unit_roll(dice, 6);
	w->selection->weight[i] = unit_roll(dice, 3) * unit_roll(dice, 60);
	w->selection->caps[i] = (struct caps){.scale = unit_roll(dice, 4) ? FULL_SCALE : FULL_SCALE / 2,
	                                      .reps_max = unit_roll(dice, 3) ? 0 : 4};
	w->selection->adjusted[i] = w->selection->caps[i].scale != FULL_SCALE ||
	                            w->selection->caps[i].reps_max;
}

/* A catalogue and a person. A session is made for one catalogue, so it is new. */
static void roll_world(struct world *w, unsigned most, uint64_t *dice)
{
	for (unsigned p = 0; p < PARTS; p++)
		w->parts[p] = (struct part){
			.least = unit_roll(dice, 3),
			.most = unit_roll(dice, 4) ? 2 + unit_roll(dice, 2) : 0,
			.share = unit_roll(dice, 4) ? 0 : 20 + unit_roll(dice, 60),
			.worth = 1 + unit_roll(dice, 120),
		};
	w->base.settings = (struct settings){
		.fewest_exercises = unit_roll(dice, 4),
		.changeover_seconds = unit_roll(dice, 20),
		.balance_weight = unit_roll(dice, 50),
		.default_minutes = 15,
	};
	w->base.nexercises = 1 + unit_roll(dice, most);
	w->selection->routine = true;
	w->selection->count = 0;
	w->selection->minutes = 1 + unit_roll(dice, 12);
	for (unsigned i = 0; i < w->base.nexercises; i++) {
		roll_exercise(w, i, dice);
		w->selection->count += selection_open(w->selection, i);
	}
	scap__session_free(w->session);
	w->session = scap__session_new(&w->layout);
}

static struct world *world_new(void)
{
	struct world *w = calloc(1, sizeof(*w));

	w->base.nparts = PARTS;
	w->base.parts = w->parts;
	w->base.exercises = w->exercises;
	w->base.nexercises = WIDE; /* room for as many in the selection */
	w->net.base = &w->base;
	w->layout.net = &w->net;
	w->selection = scap__selection_new(&w->layout);
	return w;
}

static void world_free(struct world *w)
{
	scap__selection_free(w->selection);
	scap__session_free(w->session);
	free(w);
}

static unsigned seconds_of(const struct world *w, unsigned i)
{
	return scap__portion(w->selection, i, 0).seconds + w->base.settings.changeover_seconds;
}

/* The points of a choice (bits of exercises), or -1 where it breaks a limit:
 * first the places that parts must fill, then the points. */
static long long points(const struct world *w, unsigned choice)
{
	unsigned taken[PARTS] = {0}, seconds = 0;
	uint64_t muscles = 0, families = 0;
	long long filled = 0, sum = 0;

	for (unsigned i = 0; i < w->base.nexercises; i++) {
		const struct exercise *exercise = &w->exercises[i];

		if (!(choice >> i & 1))
			continue;
		if (!selection_open(w->selection, i) || families >> exercise->family & 1)
			return -1;
		families |= UINT64_C(1) << exercise->family;
		muscles |= exercise->groups;
		seconds += seconds_of(w, i);
		sum += w->parts[exercise->part].worth + w->selection->weight[i];
		filled += taken[exercise->part]++ < w->parts[exercise->part].least;
	}
	for (unsigned p = 0; p < PARTS; p++)
		if (w->parts[p].most && taken[p] > w->parts[p].most)
			return -1;
	if (seconds > w->selection->minutes * 60)
		return -1;
	sum += (long long)w->base.settings.balance_weight * __builtin_popcountll(muscles);
	return filled * 1000000 + sum;
}

static unsigned chosen(const struct world *w)
{
	unsigned choice = 0;

	for (size_t i = 0; i < w->session->count; i++)
		choice |= 1u << w->session->list[i].exercise;
	return choice;
}

static void check_order(const struct world *w)
{
	for (size_t i = 1; i < w->session->count; i++)
		ck_assert_uint_le(w->exercises[w->session->list[i - 1].exercise].part,
		                  w->exercises[w->session->list[i].exercise].part);
}

/* Whatever was not chosen could not be added, for the reason told. */
static void check_reasons(const struct world *w, unsigned choice)
{
	for (unsigned i = 0; i < w->base.nexercises; i++) {
		enum place_in_session place = w->session->place[i];
		bool told = place == SESSION_VARIANT || place == SESSION_FULL ||
		            place == SESSION_NO_TIME;

		ck_assert_int_eq(place == SESSION_CHOSEN, choice >> i & 1);
		ck_assert_int_eq(place == SESSION_EXCLUDED, w->selection->excluded[i]);
		ck_assert_int_eq(place == SESSION_UNEQUIPPED, w->selection->unequipped[i]);
		if (told)
			ck_assert_int_eq(points(w, choice | 1u << i), -1);
		if (place == SESSION_NO_TIME)
			ck_assert_uint_gt(w->session->seconds + seconds_of(w, i),
			                  w->selection->minutes * 60);
	}
}

START_TEST(nothing_is_better)
{
	uint64_t dice = 20261121;
	struct world *w = world_new();

	for (unsigned round = 0; round < CATALOGUES; round++) {
		long long best = 0;
		unsigned choice;

		roll_world(w, MOST, &dice);
		scap__session_make(w->session, w->selection);
		for (unsigned c = 0; c < 1u << w->base.nexercises; c++) {
			long long value = points(w, c);

			best = value > best ? value : best;
		}
		if (w->session->why_not)
			continue;
		choice = chosen(w);
		scap__session_explain(w->session, w->selection);
		ck_assert_msg(w->session->best, "round %u: not proved", round);
		ck_assert_msg(points(w, choice) == best, "round %u: %lld points, %lld are possible",
		              round, points(w, choice), best);
		check_order(w);
		check_reasons(w, choice);
	}
	world_free(w);
}
END_TEST

/* Part by part or exercise by exercise, the choice is the same, ties included. */
START_TEST(two_ways_agree)
{
	uint64_t dice = 41;
	struct world *w = world_new();
	unsigned looked_through = 0;

	for (unsigned round = 0; round < CATALOGUES; round++) {
		struct search *search;
		bool in[WIDE];
		int64_t best;

		roll_world(w, round % 2 ? MOST : WIDE, &dice);
		search = w->session->search;
		scap__search_gather(search, w->selection);
		if (!scap__search_parts(search))
			continue;
		looked_through++;
		ck_assert_int_lt(search->work, LIMIT_SESSION_STEPS);
		best = search->best;
		memcpy(in, search->best_in, search->count * sizeof(in[0]));
		scap__search_each(search);
		if (search->work >= LIMIT_SESSION_STEPS)
			continue;
		ck_assert_int_eq(search->best, best);
		ck_assert_mem_eq(search->best_in, in, search->count * sizeof(in[0]));
	}
	ck_assert_uint_gt(looked_through, CATALOGUES / 2);
	ck_assert_uint_lt(looked_through, CATALOGUES);
	world_free(w);
}
END_TEST

START_TEST(none_is_given_only_for_its_reason)
{
	uint64_t dice = 7;
	struct world *w = world_new();
	unsigned seen[ROUTINE_NO_TIME + 1] = {0};

	for (unsigned round = 0; round < CATALOGUES; round++) {
		unsigned fewest;

		roll_world(w, MOST, &dice);
		w->base.settings.fewest_exercises = fewest = 3;
		w->selection->routine = unit_roll(&dice, 5);
		w->selection->all = !unit_roll(&dice, 5);
		scap__session_make(w->session, w->selection);
		seen[w->session->why_not]++;
		ck_assert_int_eq(w->session->why_not == ROUTINE_LEVEL, !w->selection->routine);
		ck_assert_int_eq(w->session->why_not != ROUTINE_GIVEN, !w->session->count);
		if (w->session->why_not == ROUTINE_TOO_FEW)
			ck_assert_uint_lt(w->selection->count, fewest);
		if (w->session->why_not == ROUTINE_GIVEN)
			ck_assert_uint_ge(w->session->count, fewest);
	}
	for (unsigned i = 0; i <= ROUTINE_NO_TIME; i++)
		ck_assert_uint_gt(seen[i], 0);
	world_free(w);
}
END_TEST

/* The dose of later weeks never takes a day over the minutes. */
START_TEST(weeks_fit_the_minutes)
{
	uint64_t dice = 99;
	struct world *w = world_new();
	struct week weeks[3] = {
		{.number = 1}, {.number = 2, .share = 50}, {.number = 3, .share = 100}};
	struct day days[2] = {{.number = 1, .parts = 3}, {.number = 3, .parts = 12}};
	struct portion portions[MOST];

	w->base.weeks = weeks;
	w->base.nweeks = 3;
	for (unsigned round = 0; round < CATALOGUES; round++) {
		roll_world(w, MOST, &dice);
		w->base.days = days;
		w->base.ndays = unit_roll(&dice, 2) * 2;
		scap__session_make(w->session, w->selection);
		for (size_t i = 0; i < 3 && w->session->count; i++) {
			scap__week_make(w->session, w->selection, i, portions);
			ck_assert_uint_le(scap__week_seconds(w->session, portions),
			                  w->selection->minutes * 60);
		}
	}
	world_free(w);
}
END_TEST

/* Half the dose is half the repetitions, and only where there is one, half its hold. */
static void check_half(const struct dose *dose, const struct caps *caps, const struct portion *half)
{
	unsigned reps = (unsigned)dose->reps_max, hold = (unsigned)dose->hold_max;

	if (caps->reps_max && reps > caps->reps_max)
		reps = caps->reps_max;
	if (reps > 1)
		ck_assert_uint_le(half->reps, reps / 2);
	ck_assert_uint_eq(half->hold, reps > 1 ? hold : hold / 2);
}

/* Caps are hard, and an exercise that is given is done at least once. */
START_TEST(doses_keep_their_caps)
{
	uint64_t dice = 5;
	struct world *w = world_new();

	for (unsigned round = 0; round < CATALOGUES; round++) {
		roll_world(w, MOST, &dice);
		for (unsigned i = 0; i < w->base.nexercises; i++) {
			struct portion low = scap__portion(w->selection, i, 0);
			struct portion high = scap__portion(w->selection, i, 100);
			const struct caps *caps = &w->selection->caps[i];

			ck_assert_uint_ge(low.reps, 1);
			ck_assert_uint_ge(low.sets, 1);
			if (!w->parts[w->exercises[i].part].share)
				ck_assert_uint_le(low.seconds, high.seconds);
			if (caps->reps_max)
				ck_assert_uint_le(high.reps, caps->reps_max);
			if (caps->scale == FULL_SCALE / 2)
				check_half(&w->exercises[i].merged, caps, &high);
		}
	}
	world_free(w);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("session");
	TCase *tests = tcase_create("session");

	tcase_add_test(tests, nothing_is_better);
	tcase_add_test(tests, two_ways_agree);
	tcase_add_test(tests, none_is_given_only_for_its_reason);
	tcase_add_test(tests, weeks_fit_the_minutes);
	tcase_add_test(tests, doses_keep_their_caps);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
