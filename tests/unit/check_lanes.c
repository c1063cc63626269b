/* SPDX-License-Identifier: MIT
 *
 * People side by side: a plane for each bit is turned into words for each person
 * and back, and one person on a lane of its own gets the verdict that it gets
 * among 255 others, bit for bit.
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

START_TEST(planes_turn)
{
	struct plane before[64], after[64];
	uint64_t dice = 42;

	for (size_t i = 0; i < 64; i++)
		for (unsigned w = 0; w < BLOCK_WORDS; w++)
			before[i].bits[w] = (uint64_t)unit_roll(&dice, UINT32_MAX) << 32 |
			                    unit_roll(&dice, UINT32_MAX);
	memcpy(after, before, sizeof(after));
	scap__planes_turn(after);
	for (unsigned i = 0; i < 64; i++)
		for (unsigned w = 0; w < BLOCK_WORDS; w++)
			for (unsigned j = 0; j < 64; j++)
				ck_assert_uint_eq(after[i].bits[w] >> j & 1,
				                  plane_bit(&before[j], w * 64 + i));
	scap__planes_turn(after);
	ck_assert_mem_eq(after, before, sizeof(after));
}
END_TEST

/* Every test of every question is unknown in a lane: neither certain nor ruled out. */
static void is_unknown(const struct block *block, unsigned lane)
{
	for (size_t i = 0; i < block->net->nanswers; i++) {
		ck_assert(!plane_bit(&block->truth[i].certain, lane));
		ck_assert(plane_bit(&block->truth[i].possible, lane));
	}
}

/* What nobody touched is unknown and never "no": in a new block, beside a lane that
 * denies everything, after it is cleared, and after answers that say nothing. */
START_TEST(untouched_is_unknown)
{
	static const enum value_state nothing[] = {VALUE_NONE, VALUE_NOT_SURE};
	scap_pack *pack = unit_good_pack(folders[_i]);
	struct block *block = scap__block_new(pack->net);
	struct value no = {.state = VALUE_GIVEN};

	scap__block_run(block);
	for (unsigned lane = 0; lane < BLOCK_LANES; lane++)
		is_unknown(block, lane);
	for (unsigned touched = 0; touched < BLOCK_LANES; touched += 51) {
		for (unsigned q = 0; q < pack->base->nquestions; q++)
			scap__block_put(block, touched, q, &no);
		scap__block_run(block);
		for (unsigned lane = 0; lane < BLOCK_LANES; lane++)
			if (lane != touched)
				is_unknown(block, lane);
		for (size_t i = 0; i < pack->net->nanswers; i++)
			ck_assert(plane_bit(&block->truth[i].certain, touched) ==
			          plane_bit(&block->truth[i].possible, touched));
		scap__block_clear(block);
	}
	for (unsigned q = 0; q < pack->base->nquestions; q++)
		scap__block_put(block, q % BLOCK_LANES, q,
		                &(struct value){.state = nothing[q % 2], .number = 1});
	scap__block_run(block);
	for (unsigned lane = 0; lane < BLOCK_LANES; lane++)
		is_unknown(block, lane);
	scap__block_free(block);
	scap_pack_free(pack);
}
END_TEST

/* Denied in all lanes, a question leaves the others as they were. */
START_TEST(denied_in_all_lanes)
{
	scap_pack *pack = unit_good_pack(folders[_i]);
	struct block *block = scap__block_new(pack->net);
	const unsigned *first = pack->net->first_answer;

	for (unsigned q = 0; q < pack->base->nquestions; q++) {
		scap__block_deny(block, q);
		scap__block_run(block);
		for (size_t i = 0; i < pack->net->nanswers; i++)
			for (unsigned lane = 0; lane < BLOCK_LANES; lane++)
				ck_assert(plane_bit(&block->truth[i].possible, lane) ==
				          (i < first[q] || i >= first[q + 1]));
		scap__block_clear(block);
		scap__block_run(block);
		for (unsigned lane = 0; lane < BLOCK_LANES; lane++)
			is_unknown(block, lane);
	}
	scap__block_free(block);
	scap_pack_free(pack);
}
END_TEST

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
	scap__judge_run(many);
	scap__judge_lanes(many, heads, tails);
	for (unsigned lane = 0; lane < BLOCK_LANES; lane++) {
		scap__block_clear(one->block);
		for (unsigned q = 0; q < nq; q++)
			scap__block_put(one->block, 0, q, &values[lane * nq + q]);
		scap__block_run(one->block);
		scap__judge_run(one);
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

	tcase_add_test(tests, planes_turn);
	tcase_add_loop_test(tests, untouched_is_unknown, 0, FOLDERS);
	tcase_add_loop_test(tests, denied_in_all_lanes, 0, FOLDERS);
	tcase_add_loop_test(tests, one_lane_is_many, 0, FOLDERS);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
