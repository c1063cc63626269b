/* SPDX-License-Identifier: MIT
 *
 * Truth tables against the engine: what a table says of a combination is what the engine
 * says of a person who gives these answers.
 */
#include "unit.h"

#include "routine/decision.h"
#include "rulebase/truth.h"

enum { PEOPLE = 40 }; /* tried of each condition */

static scap_pack *pack;
static struct truth_table table;
static struct arena *arena;

/* Gives the answers of a row like `age=44; at_hand=ice cream`. */
static void answer(scap_answers *answers, char *row)
{
	for (char *rest = row; *rest;) {
		char *name = rest, *value = strchr(rest, '=');
		char *end = value ? strstr(value, "; ") : NULL;
		struct scap_error error = {0};

		ck_assert_ptr_nonnull(value);
		rest = end ? end + 2 : value + strlen(value);
		if (end)
			*end = '\0';
		*value = '\0';
		ck_assert_msg(!scap_answers_set(answers, name, value + 1, &error), "%s",
		              error.message);
	}
}

/* The rule holds for the person exactly where the table has a bit. */
static void compare(unsigned rule, int combination, bool holds)
{
	scap_answers *answers = scap_answers_new(pack);
	char row[TRUTH_TEXT], shown[TRUTH_TEXT];
	scap_decision *decision;

	scap__truth_write(&table, combination, row);
	strcpy(shown, row);
	answer(answers, row);
	decision = scap_decide(answers);
	ck_assert_msg(!shown[0] || scap__decision_truth(decision, pack->net->rule_node[rule]) ==
	                                   (holds ? TRUTH_YES : TRUTH_NO),
	              "%s with %s: the table says %s", pack->base->rules[rule].id, shown,
	              holds ? "yes" : "no");
	scap_decision_free(decision);
	scap_answers_free(answers);
}

static void compare_pack(const char *folder, size_t least)
{
	uint64_t dice = 0x5ca9u;
	size_t compared = 0;

	pack = unit_good_pack(folder);
	arena = scap__arena_new();
	ck_assert(scap__truth_init(&table, pack->base, arena));
	for (unsigned i = 0; i < pack->base->nrules; i++) {
		const struct cond *when = pack->base->rules[i].when;
		const uint64_t *bits;

		if (!scap__truth_begin(&table, &when, 1, TRUTH_BITS) || !table.whole)
			continue;
		bits = scap__truth_of(&table, when, NULL);
		ck_assert_ptr_nonnull(bits);
		for (size_t j = 0; j < PEOPLE; j++) {
			unsigned at = unit_roll(&dice, 1u << table.nbits);

			compare(i, (int)at, bits[at / 64] >> at % 64 & 1);
		}
		compared++;
	}
	ck_assert_msg(compared >= least, "only %zu conditions have a table", compared);
	scap__arena_free(arena);
	scap_pack_free(pack);
}

START_TEST(tables_agree_with_the_engine)
{
	compare_pack("tests/packs/tiny", 7);
	compare_pack("tests/packs/knee", 10);
	compare_pack(".", 250);
}
END_TEST

/* Where there are too many combinations there is no table; where only findings and
 * relevance make them too many, these are left open. */
START_TEST(what_is_too_big_is_left_alone)
{
	const struct cond *conds[2];
	size_t big = 0, open = 0;

	pack = unit_good_pack(".");
	arena = scap__arena_new();
	ck_assert(scap__truth_init(&table, pack->base, arena));
	for (size_t i = 0; i < pack->base->nrules; i++) {
		conds[0] = conds[1] = pack->base->rules[i].when;
		if (!scap__truth_begin(&table, conds, 2, 8))
			big++;
		else
			open += !table.whole;
	}
	ck_assert(big > 0 && open > 0);
	scap__arena_free(arena);
	scap_pack_free(pack);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("truth");
	TCase *tests = unit_case("tables");

	tcase_add_test(tests, tables_agree_with_the_engine);
	tcase_add_test(tests, what_is_too_big_is_left_alone);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
