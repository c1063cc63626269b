/* SPDX-License-Identifier: MIT
 *
 * One person on a lane of its own gets the verdict that it gets among 255
 * others, bit for bit.
 */
#include "unit.h"

static const char *const folders[] = {"tests/packs/tiny", "tests/packs/knee", "."};
enum { FOLDERS = sizeof(folders) / sizeof(folders[0]) };

static void random_value(const scap_pack *pack, unsigned question, uint64_t *dice,
                         struct value *value)
{
	char values[UNIT_VALUES][64];
	size_t count = unit_values(pack, question, values);
	const char *text = count && unit_roll(dice, 3) ? values[unit_roll(dice, (unsigned)count)] : "";

	ck_assert_uint_eq(scap__value_read(&pack->base->questions[question], text, strlen(text),
	                                   value), 0);
}

START_TEST(one_lane_is_many)
{
	scap_pack *pack = unit_good_pack(folders[_i]);
	size_t nq = pack->base->nquestions, hw = pack->layout->head_words;
	size_t tw = pack->layout->tail_words;
	struct judge *many = scap__judge_new(pack->layout), *one = scap__judge_new(pack->layout);
	struct value *values = calloc(BLOCK_LANES * nq, sizeof(*values));
	uint64_t *heads = calloc(BLOCK_LANES * hw, 8), *tails = calloc(BLOCK_LANES * tw, 8);
	uint64_t *head = calloc(hw + 1, 8), *tail = calloc(tw + 1, 8);
	uint64_t dice = 1234567 + (uint64_t)_i;

	for (unsigned lane = 0; lane < BLOCK_LANES; lane++)
		for (unsigned q = 0; q < nq; q++) {
			random_value(pack, q, &dice, &values[lane * nq + q]);
			scap__block_put(many->block, lane, q, &values[lane * nq + q]);
		}
	scap__block_run(many->block);
	scap__judge_run(many, false);
	scap__judge_lanes(many, heads, tails);
	for (unsigned lane = 0; lane < BLOCK_LANES; lane++) {
		scap__block_clear(one->block);
		for (unsigned q = 0; q < nq; q++)
			scap__block_put(one->block, 0, q, &values[lane * nq + q]);
		scap__block_run(one->block);
		scap__judge_run(one, false);
		scap__judge_lane(one, 0, head, tail);
		ck_assert_mem_eq(head, heads + lane * hw, hw * 8);
		ck_assert_mem_eq(tail, tails + lane * tw, tw * 8);
		scap__judge_lane(many, lane, head, tail);
		ck_assert_mem_eq(head, heads + lane * hw, hw * 8);
		ck_assert_mem_eq(tail, tails + lane * tw, tw * 8);
	}
	free(head);
	free(tail);
	free(heads);
	free(tails);
	free(values);
	scap__judge_free(many);
	scap__judge_free(one);
	scap_pack_free(pack);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lanes");
	TCase *tests = unit_case("lanes");

	tcase_add_loop_test(tests, one_lane_is_many, 0, FOLDERS);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
