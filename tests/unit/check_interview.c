/* SPDX-License-Identifier: MIT
 *
 * The interview on small packs, by brute force: when it stops, no answer to
 * what it did not ask can change the outcome. And its manners: gates first, no
 * question twice, the way back, answers that became irrelevant.
 */
#include "unit.h"

#include "routine/decision.h"

enum { WALKS = 400, FILLINGS = 30 };

static const char *const folders[] = {"tests/packs/tiny", "tests/packs/knee", "."};
enum { FOLDERS = sizeof(folders) / sizeof(folders[0]) };

/* Level, certainty of it, and which exercises: what must not change. */
static void outcome(const scap_answers *answers, struct buffer *out)
{
	scap_decision *decision = scap_decide(answers);
	const char *name;

	ck_assert_ptr_nonnull(decision);
	out->size = 0;
	scap__buffer_text(out, scap_decision_level(decision)->name);
	for (size_t i = 0; (name = scap_decision_exercise(decision, i)); i++)
		scap__buffer_printf(out, " %s", name);
	for (size_t i = 0; i < decision->pack->base->nexercises; i++)
		if (decision->selection->excluded[i])
			scap__buffer_printf(out, " not %s",
			                    decision->pack->base->exercises[i].name);
	ck_assert_ptr_nonnull(scap__buffer_string(out));
	scap_decision_free(decision);
}

static void answer_at_random(scap_answers *answers, const struct scap_question *question,
                             uint64_t *dice)
{
	const scap_pack *pack = answers->pack;
	char values[UNIT_VALUES][64];
	unsigned index = (unsigned)(scap__pack_question(pack, question->name) -
	                            pack->base->questions);
	size_t count = unit_values(pack, index, values);
	const char *value = "not_sure";

	if (count && unit_roll(dice, 6))
		value = values[unit_roll(dice, (unsigned)count)];
	if (question->type == SCAP_YES_NO && value[0] == 'y' && unit_roll(dice, 4))
		value = "no"; /* mostly healthy, or walks end at the first gate */
	ck_assert_uint_eq(scap_answers_set(answers, question->name, value, NULL), 0);
}

/* Walks to the end; fails if a question comes twice or a screen never ends. */
static void walk(scap_answers *answers, uint64_t *dice)
{
	struct scap_screen screen;
	size_t steps = 0;

	while (scap_interview_next(answers, &screen)) {
		const struct scap_question *question = screen.questions[unit_roll(
			dice, (unsigned)screen.count)];

		ck_assert_uint_lt(steps++, answers->pack->base->nquestions + 1);
		ck_assert_str_eq(scap_answers_get(answers, question->name), "");
		answer_at_random(answers, question, dice);
	}
}

/* Fills in at random what was never asked. */
static void fill_in(scap_answers *answers, uint64_t *dice)
{
	const struct rulebase *base = answers->pack->base;

	for (unsigned q = 0; q < base->nquestions; q++) {
		char values[UNIT_VALUES][64];
		size_t count = unit_values(answers->pack, q, values);
		struct value value;
		const char *text;

		if (answers->list[q].value.state != VALUE_NONE || !count || !unit_roll(dice, 4))
			continue;
		text = values[unit_roll(dice, (unsigned)count)];
		ck_assert_uint_eq(scap__value_read(&base->questions[q], text, strlen(text), &value),
		                  0);
		scap__answers_put(answers, q, &value);
	}
}

static bool conflict(const scap_answers *answers)
{
	scap_decision *decision = scap_decide(answers);
	bool any = scap__decision_conflict(decision, 0) != NONE;

	scap_decision_free(decision);
	return any;
}

START_TEST(never_stops_too_early)
{
	scap_pack *pack = unit_good_pack(folders[_i]);
	struct buffer before, after;
	uint64_t dice = 88172645463325252u + (uint64_t)_i;
	unsigned long checked = 0;

	scap__buffer_init(&before, 1 << 20);
	scap__buffer_init(&after, 1 << 20);
	for (int i = 0; i < WALKS; i++) {
		scap_answers *answers = scap_answers_new(pack);

		walk(answers, &dice);
		outcome(answers, &before);
		for (int j = 0; j < FILLINGS; j++) {
			scap_answers *filled = scap__answers_copy(answers);

			fill_in(filled, &dice);
			if (!conflict(filled)) {
				outcome(filled, &after);
				ck_assert_str_eq(before.data, after.data);
				checked++;
			}
			scap_answers_free(filled);
		}
		scap_answers_free(answers);
	}
	ck_assert_uint_gt(checked, WALKS);
	scap__buffer_free(&before);
	scap__buffer_free(&after);
	scap_pack_free(pack);
}
END_TEST

START_TEST(gates_come_first)
{
	scap_pack *pack = unit_good_pack(folders[_i]);
	scap_answers *answers = scap_answers_new(pack);
	struct scap_screen screen;
	bool plain = false;

	while (scap_interview_next(answers, &screen)) {
		ck_assert_msg(!plain || !screen.gate, "the gate %s comes late", screen.name);
		plain |= !screen.gate;
		for (size_t i = 0; i < screen.count; i++)
			ck_assert_uint_eq(scap_answers_set(answers, screen.questions[0]->name,
			                                   "not_sure", NULL), 0);
	}
	scap_answers_free(answers);
	scap_pack_free(pack);
}
END_TEST

START_TEST(goes_back_and_forgets)
{
	scap_pack *pack = unit_good_pack(".");
	scap_answers *answers = scap_answers_new(pack);
	struct scap_screen first, second, again;

	ck_assert_int_eq(scap_interview_back(answers), 0);
	ck_assert_int_eq(scap_interview_next(answers, &first), 1);
	ck_assert_int_eq(scap_interview_back(answers), 0);
	scap_answers_set(answers, "chest_pain", "no", NULL);
	scap_answers_set(answers, "breathless", "no", NULL);
	ck_assert_int_eq(scap_interview_next(answers, &second), 1);
	ck_assert_str_ne(first.name, second.name);
	ck_assert_int_eq(scap_interview_back(answers), 1);
	ck_assert_str_eq(scap_answers_get(answers, "chest_pain"), "");
	ck_assert_int_eq(scap_interview_next(answers, &again), 1);
	ck_assert_str_eq(again.name, first.name);
	scap_answers_set(answers, "chest_pain", "yes", NULL);
	ck_assert_int_eq(scap_interview_next(answers, &again), 0);
	ck_assert_int_eq(scap_interview_next(answers, &again), 0);
	ck_assert_int_eq(scap_interview_back(answers), 1); /* from the outcome */
	ck_assert_str_eq(scap_answers_get(answers, "chest_pain"), "");
	ck_assert_int_eq(scap_interview_next(answers, &again), 1);
	ck_assert_str_eq(again.name, first.name);
	scap_answers_free(answers);
	scap_pack_free(pack);
}
END_TEST

START_TEST(clears_what_no_longer_applies)
{
	scap_pack *pack = unit_good_pack(".");
	scap_answers *answers = scap_answers_new(pack);

	scap_answers_set(answers, "recent_injury", "yes", NULL);
	scap_answers_set(answers, "major_injury", "yes", NULL);
	ck_assert_ptr_null(scap_answers_cleared(answers, 0));
	scap_answers_set(answers, "recent_injury", "no", NULL);
	ck_assert_ptr_nonnull(scap_answers_cleared(answers, 0));
	ck_assert_str_eq(scap_answers_cleared(answers, 0)->name, "major_injury");
	ck_assert_str_eq(scap_answers_get(answers, "major_injury"), "");
	ck_assert_ptr_null(scap_answers_cleared(answers, 1));
	scap_answers_free(answers);
	scap_pack_free(pack);
}
END_TEST

START_TEST(refuses_what_is_no_answer)
{
	scap_pack *pack = unit_good_pack(".");
	scap_answers *answers = scap_answers_new(pack);
	struct scap_error error;

	ck_assert_uint_eq(scap_answers_set(answers, "age", "44", &error), 0);
	ck_assert_uint_eq(scap_answers_set(answers, "age", "444", &error), 305);
	ck_assert_str_eq(scap_answers_get(answers, "age"), "44");
	ck_assert_uint_eq(scap_answers_set(answers, "chest_pains", "yes", &error), 311);
	ck_assert_ptr_nonnull(strstr(error.message, "did you mean 'chest_pain'"));
	ck_assert_uint_eq(scap_answers_set(answers, "chest_pain", "y\xe9s", &error), 106);
	ck_assert_uint_eq(scap_answers_set(answers, "age", "", &error), 0);
	ck_assert_str_eq(scap_answers_get(answers, "age"), "");
	scap_answers_free(answers);
	scap_pack_free(pack);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("interview");
	TCase *tests = unit_case("interview");

	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, never_stops_too_early, 0, FOLDERS);
	tcase_add_loop_test(tests, gates_come_first, 0, FOLDERS);
	tcase_add_test(tests, goes_back_and_forgets);
	tcase_add_test(tests, clears_what_no_longer_applies);
	tcase_add_test(tests, refuses_what_is_no_answer);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
