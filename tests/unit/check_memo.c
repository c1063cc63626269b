/* SPDX-License-Identifier: MIT
 *
 * What was kept of one text is never taken for another's, however alike they look:
 * texts of few letters, NULs among them, that push each other out all the time.
 */
#include "base/text.h"
#include "batch/memo.h"
#include "unit.h"

enum { ROUNDS = 300000, ROOM = 64 };

/* A text of a size from LEAST to MOST, the bytes behind it anything. */
static size_t random_text(uint64_t *dice, size_t least, size_t most, char text[ROOM])
{
	static const char letters[] = "noyes12 \0\1\2\3\4\377";

	for (size_t i = 0; i < ROOM; i++)
		text[i] = letters[unit_roll(dice, sizeof(letters) - 1)];
	return least + unit_roll(dice, (unsigned)(most - least + 1));
}

START_TEST(short_texts)
{
	struct memo *memos = calloc(MEMOS, sizeof(*memos));
	uint64_t dice = 1, key;
	unsigned times = 0;
	char text[ROOM];
	bool found;

	for (unsigned round = 0; round < ROUNDS; round++) {
		size_t size = random_text(&dice, 1, SHORT_TEXT, text);
		uint64_t said = scap__text_hash(text, size);
		struct memo *memo = scap__memo_find(memos, text, size, &key, &found);

		times += found;
		if (found)
			ck_assert_uint_eq(memo->said, said);
		*memo = (struct memo){key, said};
		if (size > QUICK_TEXT)
			continue;
		ck_assert_uint_eq(key, scap__memo_key(text, size));
		memo = &memos[scap__memo_home(key)];
		if (memo->key == key)
			ck_assert_uint_eq(memo->said, said);
	}
	ck_assert_uint_gt(times, ROUNDS / 100);
	ck_assert_uint_eq(memos[scap__memo_home(0)].key, 0); /* blank is blank */
	ck_assert_uint_eq(scap__memo_key("no", 0), 0);
	free(memos);
}
END_TEST

START_TEST(long_texts)
{
	struct long_memo *memos = calloc(LONG_MEMOS, sizeof(*memos));
	uint64_t dice = 2;
	unsigned times = 0;
	char text[ROOM], kept[200][ROOM];
	bool found;

	for (unsigned i = 0; i < 200; i++)
		random_text(&dice, ROOM, ROOM, kept[i]);
	for (unsigned round = 0; round < ROUNDS; round++) {
		size_t size = random_text(&dice, 1, LONG_TEXT, text), part = unit_roll(&dice, 40);
		struct long_memo *memo;
		uint64_t said;

		memcpy(text, kept[unit_roll(&dice, 200)], part); /* many begin alike */
		size = unit_roll(&dice, 4) ? part + 1 : size;
		said = scap__text_hash(text, size);
		memo = scap__memo_find_long(memos, text, size, &found);
		times += found;
		if (found)
			ck_assert_uint_eq(memo->said, said);
		memo->said = said;
		if (!unit_roll(&dice, 10))
			memo->size = 0; /* refused */
	}
	ck_assert_uint_gt(times, ROUNDS / 100);
	free(memos);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("memo");
	TCase *tests = tcase_create("memo");

	tcase_add_test(tests, short_texts);
	tcase_add_test(tests, long_texts);
	tcase_set_timeout(tests, 30);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
