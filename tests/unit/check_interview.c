/* SPDX-License-Identifier: MIT
 *
 * The interview by brute force: when it stops, no answer to what it did not ask
 * can change the outcome. And its manners: gates first, no question twice, the
 * way back, answers that became irrelevant, and no more questions than needed.
 */
#include "unit.h"

#include "routine/decision.h"

enum { WALKS = 400, FILLINGS = 30, FEW_WALKS = 50 };

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

static bool is_words(const struct scap_screen *screen)
{
	return screen->questions[0]->type == SCAP_FREE_TEXT;
}

static void go_on_without_words(scap_answers *answers)
{
	struct scap_screen screen;

	if (scap_interview_next(answers, &screen) && is_words(&screen))
		scap_answers_set(answers, screen.questions[0]->name, "not_sure", NULL);
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

/* Takes back each yes that was filled in where the other answers rule it out.
 * False if such a yes was given in the walk. */
static bool agrees(scap_answers *filled, const scap_answers *asked)
{
	for (;;) {
		scap_decision *decision = scap_decide(filled);
		int conflict = scap__decision_conflict(decision, 0);
		struct value no;

		scap_decision_free(decision);
		if (conflict == NONE)
			return true;
		if (asked->list[conflict].value.state != VALUE_NONE)
			return false;
		scap__value_read(&filled->pack->base->questions[conflict], "no", 2, &no);
		scap__answers_put(filled, (unsigned)conflict, &no);
	}
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
			if (agrees(filled, answers)) {
				outcome(filled, &after);
				ck_assert_str_eq(before.data, after.data);
				checked++;
			}
			scap_answers_free(filled);
		}
		scap_answers_free(answers);
	}
	ck_assert_uint_gt(checked, WALKS * FILLINGS / 2);
	scap__buffer_free(&before);
	scap__buffer_free(&after);
	scap_pack_free(pack);
}
END_TEST

/* True where a condition names a question that is still to be asked. */
static bool hangs_on_open(const scap_answers *answers, const struct cond *cond)
{
	const struct rulebase *base = answers->pack->base;
	bool open = cond->op == COND_TEST && answers->open[cond->test.question];

	if (cond->op == COND_FINDING)
		for (size_t i = 0; i < base->findings[cond->finding].nrules; i++)
			open |= hangs_on_open(
				answers, base->rules[base->findings[cond->finding].rules[i]].when);
	for (size_t i = 0; i < cond->nitems; i++)
		open |= hangs_on_open(answers, cond->items[i]);
	return open;
}

/* Of the gates not asked yet, those that may come behind the plain screen shown
 * now: their relevance hangs on what is still to be asked. */
static void excuse(const scap_answers *answers, bool *late)
{
	const struct rulebase *base = answers->pack->base;

	for (unsigned q = 0; q < base->nquestions; q++)
		late[q] &= base->questions[q].relevant &&
		           hangs_on_open(answers, base->questions[q].relevant);
}

static size_t index_of(const scap_answers *answers, const struct scap_question *question)
{
	return (size_t)(scap__pack_question(answers->pack, question->name) -
	                answers->pack->base->questions);
}

static void walk_past_gates(scap_answers *answers, uint64_t *dice)
{
	const struct rulebase *base = answers->pack->base;
	struct scap_screen screen;
	bool late[256];

	ck_assert_uint_le(base->nquestions, 256);
	memset(late, true, sizeof(late));
	while (scap_interview_next(answers, &screen)) {
		for (size_t i = 0; screen.gate && i < screen.count; i++)
			ck_assert_msg(late[index_of(answers, screen.questions[i])],
			              "the gate %s comes late", screen.questions[i]->name);
		if (!screen.gate && !is_words(&screen))
			excuse(answers, late);
		for (size_t i = 0; i < screen.count; i++)
			if (dice)
				answer_at_random(answers, screen.questions[i], dice);
			else
				scap_answers_set(answers, screen.questions[i]->name, "not_sure",
				                 NULL);
	}
}

/* A gate comes behind a plain screen only where it had to wait: each time a plain
 * one was shown, its relevance hung on a question that was still to be asked. */
START_TEST(gates_come_first)
{
	scap_pack *pack = unit_good_pack(folders[_i]);
	uint64_t dice = 2463534242u;

	for (int i = 0; i < FEW_WALKS; i++) {
		scap_answers *answers = scap_answers_new(pack);

		walk_past_gates(answers, i ? &dice : NULL);
		scap_answers_free(answers);
	}
	scap_pack_free(pack);
}
END_TEST

/* Answers no to the first COUNT questions of a screen. */
static void deny(scap_answers *answers, const struct scap_screen *screen, size_t count)
{
	for (size_t i = 0; i < count; i++)
		ck_assert_uint_eq(scap_answers_set(answers, screen->questions[i]->name, "no", NULL),
		                  0);
}

START_TEST(goes_back_and_forgets)
{
	scap_pack *pack = unit_good_pack(".");
	scap_answers *answers = scap_answers_new(pack);
	struct scap_screen first, second, again;

	ck_assert_int_eq(scap_interview_back(answers), 0);
	ck_assert_int_eq(scap_interview_next(answers, &first), 1);
	ck_assert_int_eq(scap_interview_back(answers), 0);
	deny(answers, &first, first.count);
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

/* Half a screen of answers: the same screen comes again, with the rest. */
START_TEST(asks_for_the_rest_of_a_screen)
{
	scap_pack *pack = unit_good_pack(".");
	scap_answers *answers = scap_answers_new(pack);
	struct scap_screen first, rest;
	size_t count;
	const char *left;

	go_on_without_words(answers);
	ck_assert_int_eq(scap_interview_next(answers, &first), 1);
	ck_assert_uint_gt(count = first.count, 1);
	left = first.questions[count - 1]->name;
	deny(answers, &first, count - 1);
	ck_assert_int_eq(scap_interview_next(answers, &rest), 1);
	ck_assert_str_eq(first.name, rest.name);
	ck_assert_uint_eq(rest.count, 1);
	ck_assert_str_eq(rest.questions[0]->name, left);
	scap_answers_free(answers);
	scap_pack_free(pack);
}
END_TEST

static const char *desk_worker(const struct scap_question *question, const char *sex)
{
	static const char *const said[][2] = {
		{"age", "30"}, {"pain", "3"}, {"duration_weeks", "2"},
		{"symptoms", "upper_back_pain stiffness"}, {"habits", "desk_work"},
		{"equipment", "chair wall"}, {"minutes", "15"},
	};

	if (!strcmp(question->name, "sex"))
		return sex;
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (!strcmp(question->name, said[i][0]))
			return said[i][1];
	return question->type == SCAP_YES_NO ? "no" : "none";
}

/* Somebody healthy gets a plan, and without a long talk. */
START_TEST(few_questions_lead_to_a_routine)
{
	static const char *const sexes[] = {"male", "female"};
	scap_pack *pack = unit_good_pack(".");
	scap_answers *answers = scap_answers_new(pack);
	struct scap_screen screen;
	size_t screens = 0, questions = 0;
	scap_decision *decision;

	while (scap_interview_next(answers, &screen)) {
		screens++;
		questions += screen.count - is_words(&screen); /* one may go on without */
		for (size_t i = 0; i < screen.count; i++)
			scap_answers_set(answers, screen.questions[i]->name,
			                 desk_worker(screen.questions[i], sexes[_i]), NULL);
	}
	ck_assert_uint_le(screens, 15);
	ck_assert_uint_le(questions, 40);
	decision = scap_decide(answers);
	ck_assert_str_eq(scap_decision_level(decision)->name, "self_care");
	ck_assert_ptr_nonnull(scap_decision_exercise(decision, 0));
	scap_decision_free(decision);
	scap_answers_free(answers);
	scap_pack_free(pack);
}
END_TEST

START_TEST(chest_pain_is_one_screen)
{
	scap_pack *pack = unit_good_pack(".");
	scap_answers *answers = scap_answers_new(pack);
	struct scap_screen screen;
	scap_decision *decision;

	go_on_without_words(answers);
	ck_assert_int_eq(scap_interview_next(answers, &screen), 1);
	ck_assert_str_eq(screen.questions[0]->name, "chest_pain");
	ck_assert_uint_eq(scap_answers_set(answers, "chest_pain", "yes", NULL), 0);
	ck_assert_int_eq(scap_interview_next(answers, &screen), 0);
	decision = scap_decide(answers);
	ck_assert_str_eq(scap_decision_level(decision)->name, "emergency");
	scap_decision_free(decision);
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
	tcase_add_test(tests, asks_for_the_rest_of_a_screen);
	tcase_add_loop_test(tests, few_questions_lead_to_a_routine, 0, 2);
	tcase_add_test(tests, chest_pain_is_one_screen);
	tcase_add_test(tests, clears_what_no_longer_applies);
	tcase_add_test(tests, refuses_what_is_no_answer);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
