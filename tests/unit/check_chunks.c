/* SPDX-License-Identifier: MIT
 *
 * Whatever the number of workers and wherever the input is cut, the rows, the messages
 * and the counts are those of one who reads it all at once. Inputs are made of what is
 * awkward: quotes, line ends of each kind, broken records, ids that stand twice or not at
 * all, blank lines, text over several lines.
 */
#include "unit.h"

#include "batch/scoring.h"

static scap_pack *pack;

static void note_problem(void *ctx, const struct scap_error *error)
{
	scap__buffer_printf(ctx, "%u %u:%u %u+%u %s | %s\n", error->code, error->line, error->column,
	                    error->caret, error->width, error->message, error->text);
}

static void note_rejected(void *ctx, const struct scap_rejected *rejected)
{
	scap__buffer_printf(ctx, "rejected %s, at least %s, %s: %.*s\n", rejected->id,
	                    rejected->at_least->name, rejected->level->name, (int)rejected->size,
	                    rejected->row);
	for (size_t i = 0; i < rejected->nerrors; i++)
		note_problem(ctx, &rejected->errors[i]);
}

static int note_listed(void *ctx, const struct scap_level *level, const char *row, size_t size)
{
	scap__buffer_printf(ctx, "%s %.*s", level->name, (int)size, row);
	return 0;
}

/* All that comes of an input, as one text. */
static void score(const struct buffer *in, unsigned jobs, size_t chunk_bytes, bool worklist,
                  struct buffer *told)
{
	struct unit_input input = {in->data, in->size, 0};
	struct scap_score_counts counts;
	struct buffer rows;
	struct scap_score_options options = {
		.file = "in.csv", .jobs = jobs, .problem = note_problem, .rejected = note_rejected,
		.evidence = !worklist, .listed = worklist ? note_listed : NULL, .ctx = told};
	struct scoring_use use = {.npairs = 64, .chunk_bytes = chunk_bytes};
	unsigned code;

	told->size = 0;
	scap__buffer_init(&rows, (size_t)1 << 28);
	code = scap__score(pack, &options, unit_read, &input, unit_write, &rows, &counts, &use);
	scap__buffer_printf(told, "code %u, %llu rows, %llu scored, %llu rejected, %llu in conflict, "
	                    "%llu raised; levels", code, counts.rows, counts.scored,
	                    counts.rejected, counts.conflicts, counts.raised);
	ck_assert_uint_eq(counts.rows, counts.scored + counts.rejected);
	for (size_t i = 0; i < 4; i++)
		scap__buffer_printf(told, " %llu", counts.levels[i]);
	scap__buffer_add(told, rows.data, rows.size);
	ck_assert(!told->failed && !rows.failed);
	scap__buffer_free(&rows);
}

/* Stops at the first byte that differs, and shows what is around it. */
static void compare(const struct buffer *got, const struct buffer *whole, unsigned jobs,
                    size_t chunk_bytes)
{
	size_t at = 0, from;

	while (at < got->size && at < whole->size && got->data[at] == whole->data[at])
		at++;
	from = at < 200 ? 0 : at - 200;
	ck_assert_msg(at == got->size && at == whole->size,
	              "jobs %u, chunks of %zu:\n%.400s\n-- but in one:\n%.400s", jobs, chunk_bytes,
	              got->data + from, whole->data + from);
}

static const struct {
	unsigned jobs;
	size_t chunk_bytes;
} ways[] = {
	{1, 1},  {1, 3},  {1, 5},  {1, 16},   {1, 64},   {1, 250}, {1, 1000}, {1, 65536},
	{2, 2},  {2, 61}, {2, 700}, {7, 7},   {7, 100},  {7, 4096},
};

static void expect_same(const struct buffer *in, bool worklist)
{
	struct buffer whole, got;

	scap__buffer_init(&whole, (size_t)1 << 28);
	scap__buffer_init(&got, (size_t)1 << 28);
	score(in, 1, (size_t)8 << 20, worklist, &whole);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (in->size / ways[i].chunk_bytes > 4000)
			continue; /* of a long input tiny pieces tell nothing more */
		score(in, ways[i].jobs, ways[i].chunk_bytes, worklist, &got);
		compare(&got, &whole, ways[i].jobs, ways[i].chunk_bytes);
	}
	scap__buffer_free(&whole);
	scap__buffer_free(&got);
}

/* ---- Inputs made by dice ------------------------------------------------------------ */

static const char *const values[][6] = {
	{"yes", "no", "maybe", "", "not_sure", "1"},       /* rash_spreads */
	{"3", "11", "-1", "", "3,5", "x"},                 /* itch */
	{"left", "right", "middle", "", "LEFT", " left "}, /* elbow */
};

static const char *const texts[] = {
	"fine", "\"two\nlines\"", "\"a \"\"quote\"\", a comma\"", "it burns", "no rash",
	"\"three\r\nlines\n\n\"", "my rash spreads", "",
};

static void put_cells(struct buffer *in, uint64_t *dice)
{
	for (size_t i = 0; i < 3; i++)
		scap__buffer_printf(in, "%s,", values[i][unit_roll(dice, 20) ? unit_roll(dice, 2)
		                                                             : unit_roll(dice, 6)]);
	scap__buffer_text(in, texts[unit_roll(dice, 8)]);
}

/* ODD of a hundred rows are odd. */
static void put_row(struct buffer *in, uint64_t *dice, unsigned number, unsigned odd)
{
	static const char *const breaks[] = {"\"open,", "a\"b,", "\"x\"y,", "one,two", "\n \n",
	                                     ",,,,", "\"\"\"", "\x01,"};

	if (unit_roll(dice, 100) < odd)
		scap__buffer_text(in, breaks[unit_roll(dice, 8)]);
	if (unit_roll(dice, 100) < odd)
		scap__buffer_printf(in, "%u,", unit_roll(dice, 50)); /* may stand twice */
	else if (unit_roll(dice, 100) < odd)
		scap__buffer_text(in, ",");
	else
		scap__buffer_printf(in, "p%05u,", number);
	put_cells(in, dice);
}

static void make_input(struct buffer *in, uint64_t *dice, unsigned rows, unsigned odd)
{
	static const char *const ends[] = {"\n", "\r\n", "\r"};
	unsigned kind = unit_roll(dice, 4);

	scap__buffer_printf(in, "id,rash_spreads,itch,elbow,story%s", ends[kind % 3]);
	for (unsigned i = 0; i < rows; i++) {
		put_row(in, dice, i, odd);
		scap__buffer_text(in, kind < 3 ? ends[kind] : ends[unit_roll(dice, 3)]);
	}
	if (unit_roll(dice, 2))
		in->size--; /* without an end */
}

enum { MADE = 16 };

START_TEST(made_by_dice)
{
	static const unsigned odds[] = {0, 1, 4, 20};
	uint64_t dice = 20261121 + (uint64_t)_i * 7919;
	struct buffer in;

	scap__buffer_init(&in, (size_t)1 << 24);
	make_input(&in, &dice, 5 + unit_roll(&dice, _i % 3 ? 60 : 1500), odds[_i % 4]);
	ck_assert(!in.failed);
	expect_same(&in, _i % 5 == 4);
	scap__buffer_free(&in);
}
END_TEST

/* Signs that make CSV, in any order. */
START_TEST(noise)
{
	static const char signs[] = "\",\n\r a1\"\n,";
	uint64_t dice = 99991 + (uint64_t)_i * 104729;
	struct buffer in;

	scap__buffer_init(&in, (size_t)1 << 20);
	scap__buffer_text(&in, "id,rash_spreads,itch,elbow,story\n");
	for (unsigned i = 0, size = 20 + unit_roll(&dice, 400); i < size; i++)
		scap__buffer_char(&in, signs[unit_roll(&dice, sizeof(signs) - 1)]);
	expect_same(&in, false);
	scap__buffer_free(&in);
}
END_TEST

/* ---- Inputs that go beyond a limit --------------------------------------------------- */

static void repeat(struct buffer *in, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		scap__buffer_text(in, text);
}

/* A record of over 1 MiB, as a line, or as a cell of many lines; and one that is just
 * under it. */
START_TEST(long_records)
{
	static const struct {
		const char *before, *text, *behind;
		size_t times;
	} rows[] = {
		{"b,no,3,left,", "abcdefgh", "\n", 150000},
		{"b,no,3,left,\"", "abcdefg\n", "\"\n", 150000},
		{"b,no,3,left,\"", "abcdefg\n", "\n", 150000},
		{"b,no,3,left,\"", "abcdefgh", "\"\n", 131060},
		{"b,no,3,le\"ft,", "abcdefgh", "\n", 150000},
		{"b,no,3,left,", "abcdefgh", "", 150000},
	};
	struct buffer in;

	scap__buffer_init(&in, (size_t)1 << 24);
	scap__buffer_text(&in, "id,rash_spreads,itch,elbow,story\na,yes,3,left,fine\n");
	scap__buffer_text(&in, rows[_i].before);
	repeat(&in, rows[_i].text, rows[_i].times);
	scap__buffer_text(&in, rows[_i].behind);
	repeat(&in, "c,no,3,left,no rash\n,yes,1,right,fine\n", 300);
	expect_same(&in, false);
	scap__buffer_free(&in);
}
END_TEST

/* ---- Shares ---------------------------------------------------------------------------- */

static const char header[] = "id,level,certain,reasons,missing,routine,excluded\n";

/* Adds the decision rows and the rejected rows of a share, or of all. */
static unsigned long long score_share(const struct buffer *in, const struct scap_share *share,
                                      struct buffer *rows, struct buffer *rejected)
{
	struct unit_input input = {in->data, in->size, 0};
	struct scap_score_counts counts;
	struct scap_score_options options = {.file = "in.csv", .share = share, .jobs = 2,
	                                     .rejected = note_rejected, .ctx = rejected};
	struct scoring_use use = {.npairs = 64, .chunk_bytes = 700};
	struct buffer part;

	scap__buffer_init(&part, (size_t)1 << 28);
	ck_assert_uint_eq(scap__score(pack, &options, unit_read, &input, unit_write, &part,
	                              &counts, &use), 0);
	ck_assert(part.size >= sizeof(header) - 1 && !memcmp(part.data, header, sizeof(header) - 1));
	scap__buffer_add(rows, part.data + sizeof(header) - 1, part.size - sizeof(header) + 1);
	scap__buffer_free(&part);
	return counts.rows;
}

static struct scap_share share_of(const struct buffer *in, unsigned number, unsigned of)
{
	struct unit_input input = {in->data, in->size, 0};
	struct scap_share share;
	struct scap_error error;

	ck_assert_uint_eq(scap_share_find("in.csv", number, of, unit_read, &input, &share,
	                                  &error), 0);
	return share;
}

/* Put side by side, the shares come to the whole. Where no row is ODD, each has as many
 * rows as any, or one more. */
static void expect_shares(const struct buffer *in, unsigned of, bool odd)
{
	struct buffer rows[2], rejected[2];
	unsigned long long all, sum = 0;

	for (int i = 0; i < 2; i++) {
		scap__buffer_init(&rows[i], (size_t)1 << 28);
		scap__buffer_init(&rejected[i], (size_t)1 << 28);
	}
	all = score_share(in, NULL, &rows[0], &rejected[0]);
	for (unsigned i = 1; i <= of; i++) {
		struct scap_share share = share_of(in, i, of);
		unsigned long long count = score_share(in, &share, &rows[1], &rejected[1]);

		ck_assert(odd || count == all / of || count == all / of + 1);
		sum += count;
	}
	ck_assert_uint_eq(sum, all);
	compare(&rows[1], &rows[0], of, 0);
	compare(&rejected[1], &rejected[0], of, 0);
	for (int i = 0; i < 2; i++) {
		scap__buffer_free(&rows[i]);
		scap__buffer_free(&rejected[i]);
	}
}

START_TEST(shares)
{
	static const unsigned odds[] = {0, 3, 30};
	uint64_t dice = 31337 + (uint64_t)_i * 613;
	struct buffer in;

	scap__buffer_init(&in, (size_t)1 << 24);
	make_input(&in, &dice, _i == 8 ? 20000 : 3 + unit_roll(&dice, 90), odds[_i % 3]);
	for (unsigned of = 1; of < 9; of += 1 + of / 3)
		expect_shares(&in, of, odds[_i % 3]);
	scap__buffer_free(&in);
}
END_TEST

static void load(void)
{
	pack = unit_good_pack("tests/packs/words");
}

static void unload(void)
{
	scap_pack_free(pack);
}

int main(void)
{
	Suite *suite = suite_create("chunks");
	TCase *tests = unit_case("chunks");

	tcase_add_unchecked_fixture(tests, load, unload);
	tcase_add_loop_test(tests, made_by_dice, 0, MADE);
	tcase_add_loop_test(tests, noise, 0, 40);
	tcase_add_loop_test(tests, long_records, 0, 6);
	tcase_add_loop_test(tests, shares, 0, 12);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
