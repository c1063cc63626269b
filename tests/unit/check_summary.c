/* SPDX-License-Identifier: MIT
 *
 * Summaries: those of two parts of a file add up to that of the whole, what is written is
 * read back, and whatever else is read is refused.
 */
#include <inttypes.h>

#include "report/summary.h"
#include "unit.h"

static const char *const folders[] = {"tests/packs/tiny", "tests/packs/knee",
                                      "tests/packs/words", "."};
enum { FOLDERS = sizeof(folders) / sizeof(folders[0]), ROWS = 700, SPLITS = 12 };

static scap_pack *pack;
static uint64_t dice;

/* ---- Rows of random people -------------------------------------------------------------- */

struct rows {
	struct buffer text;
	size_t header, at[ROWS + 1]; /* where the rows begin */
};

static void add_cell(struct rows *rows, unsigned question)
{
	char values[UNIT_VALUES][64];
	size_t count = unit_values(pack, question, values);
	unsigned roll = unit_roll(&dice, 100);

	scap__buffer_char(&rows->text, ',');
	if (!roll)
		scap__buffer_text(&rows->text, "nonsense");
	else if (roll > 30 && count)
		scap__buffer_text(&rows->text, values[unit_roll(&dice, (unsigned)count)]);
}

static struct rows *make_rows(void)
{
	struct rows *rows = calloc(1, sizeof(*rows));
	size_t left_out = unit_roll(&dice, (unsigned)pack->base->nquestions);

	scap__buffer_init(&rows->text, 64 << 20);
	scap__buffer_text(&rows->text, "id");
	for (size_t q = 0; q < pack->base->nquestions; q++)
		if (q != left_out)
			scap__buffer_printf(&rows->text, ",%s", pack->base->questions[q].shown.name);
	scap__buffer_char(&rows->text, '\n');
	rows->header = rows->text.size;
	for (unsigned i = 0; i < ROWS; i++) {
		rows->at[i] = rows->text.size;
		scap__buffer_printf(&rows->text, "r%u", i);
		for (unsigned q = 0; q < pack->base->nquestions; q++)
			if (q != left_out)
				add_cell(rows, q);
		scap__buffer_char(&rows->text, '\n');
	}
	rows->at[ROWS] = rows->text.size;
	ck_assert(!rows->text.failed);
	return rows;
}

static void free_rows(struct rows *rows)
{
	scap__buffer_free(&rows->text);
	free(rows);
}

static int pass_over(void *ctx, const char *bytes, size_t size)
{
	(void)ctx;
	(void)bytes;
	(void)size;
	return 0;
}

/* Scores rows FROM to END into a summary. */
static void score(const struct rows *rows, size_t from, size_t end, scap_summary *summary,
                  struct scap_score_counts *counts)
{
	struct scap_score_options options = {.file = "rows", .summary = summary};
	struct buffer part;
	struct unit_input input = {0};

	scap__buffer_init(&part, 64 << 20);
	scap__buffer_add(&part, rows->text.data, rows->header);
	scap__buffer_add(&part, rows->text.data + rows->at[from], rows->at[end] - rows->at[from]);
	input.text = part.data;
	input.size = part.size;
	ck_assert_uint_eq(scap_score(pack, &options, unit_read, &input, pass_over, NULL, counts), 0);
	scap__buffer_free(&part);
}

static void same_counts(const scap_summary *a, const scap_summary *b)
{
	char room[64];

	for (unsigned table = 0; table < TALLY_TABLES; table++)
		for (size_t row = 0; row < a->tally->shape[table].rows; row++)
			for (size_t i = 0; i < a->tally->shape[table].fields; i++)
				ck_assert_msg(tally_row(a->tally, table, row)[i] ==
				                      tally_row(b->tally, table, row)[i],
				              "%s, %s, %s: %" PRIu64 ", not %" PRIu64,
				              scap__tally_table_name(table),
				              scap__tally_row_name(a->tally, table, row, room),
				              scap__tally_field_name(a->tally, table, i),
				              tally_row(a->tally, table, row)[i],
				              tally_row(b->tally, table, row)[i]);
}

static void add(scap_summary *into, const scap_summary *from)
{
	struct scap_error error = {0};

	ck_assert_msg(!scap_summary_add(into, from, &error), "%s", error.message);
}

/* ---- Sums --------------------------------------------------------------------------------- */

START_TEST(parts_are_the_whole)
{
	struct scap_score_counts counts;
	scap_summary *whole;
	struct rows *rows;

	pack = unit_good_pack(folders[_i]);
	dice = 77 + (uint64_t)_i;
	rows = make_rows();
	whole = scap_summary_new(pack);
	score(rows, 0, ROWS, whole, &counts);
	ck_assert_uint_eq(counts.rows, ROWS);
	ck_assert_uint_gt(counts.rejected, 0);
	ck_assert_uint_gt(counts.scored, 0);
	ck_assert_msg(!scap__tally_fault(whole->tally), "%s", scap__tally_fault(whole->tally));
	for (int i = 0; i < SPLITS; i++) {
		size_t cut = i < 2 ? (size_t)i * ROWS : unit_roll(&dice, ROWS);
		scap_summary *first = scap_summary_new(pack), *second = scap_summary_new(pack);

		score(rows, 0, cut, first, &counts);
		score(rows, cut, ROWS, second, &counts);
		ck_assert(!scap__tally_fault(first->tally) && !scap__tally_fault(second->tally));
		add(first, second);
		same_counts(whole, first);
		scap_summary_free(first);
		scap_summary_free(second);
	}
	scap_summary_free(whole);
	free_rows(rows);
	scap_pack_free(pack);
}
END_TEST

/* One summary may take several files, one after the other. */
START_TEST(files_add_up)
{
	struct scap_score_counts counts;
	scap_summary *whole, *both;
	struct rows *rows;

	pack = unit_good_pack("tests/packs/knee");
	dice = 5;
	rows = make_rows();
	whole = scap_summary_new(pack);
	both = scap_summary_new(pack);
	score(rows, 0, ROWS, whole, &counts);
	score(rows, 0, 300, both, &counts);
	score(rows, 300, ROWS, both, &counts);
	same_counts(whole, both);
	scap_summary_counts(both, &counts);
	ck_assert_uint_eq(counts.rows, ROWS);
	ck_assert_uint_eq(json_array_size(both->inputs), 2);
	scap_summary_free(whole);
	scap_summary_free(both);
	free_rows(rows);
	scap_pack_free(pack);
}
END_TEST

/* ---- There and back ------------------------------------------------------------------------ */

static struct buffer json_of(const scap_summary *summary)
{
	struct buffer out;

	scap__buffer_init(&out, 16 << 20);
	ck_assert_uint_eq(scap_summary_json(summary, unit_write, &out), 0);
	return out;
}

static scap_summary *some_summary(void)
{
	struct scap_score_counts counts;
	scap_summary *summary = scap_summary_new(pack);
	struct rows *rows;

	dice = 9;
	rows = make_rows();
	score(rows, 0, ROWS, summary, &counts);
	ck_assert_uint_eq(scap_summary_stamp(summary, "2026-01-31T08:15:00.250Z", 1234, 1), 0);
	free_rows(rows);
	return summary;
}

START_TEST(read_back)
{
	struct scap_error error = {0};
	scap_summary *summary, *again;
	struct buffer json, twice;

	pack = unit_good_pack(folders[_i]);
	summary = some_summary();
	json = json_of(summary);
	again = scap_summary_read(pack, "s.json", json.data, json.size, &error);
	ck_assert_msg(again != NULL, "%s", error.message);
	twice = json_of(again);
	ck_assert_uint_eq(json.size, twice.size);
	ck_assert_mem_eq(json.data, twice.data, json.size);
	scap__buffer_free(&json);
	scap__buffer_free(&twice);
	scap_summary_free(summary);
	scap_summary_free(again);
	scap_pack_free(pack);
}
END_TEST

static void refused(const char *bytes, size_t size, unsigned code, const char *why)
{
	struct scap_error error = {0};
	scap_summary *summary = scap_summary_read(pack, "s.json", bytes, size, &error);

	ck_assert_ptr_null(summary);
	ck_assert_uint_eq(error.code, code);
	ck_assert_str_eq(error.file, "s.json");
	ck_assert_msg(strstr(error.message, why) != NULL, "'%s' says nothing of '%s'",
	              error.message, why);
}

START_TEST(not_whole)
{
	scap_summary *summary;
	struct buffer json;

	pack = unit_good_pack("tests/packs/tiny");
	summary = some_summary();
	json = json_of(summary);
	for (size_t size = 0; size + 1 < json.size; size++) /* the last byte is a line end */
		if (json.data[size - (size > 0)] != '}' || size + 2 < json.size)
			refused(json.data, size, 341, "it is not JSON");
	scap__buffer_free(&json);
	scap_summary_free(summary);
	scap_pack_free(pack);
}
END_TEST

/* Whichever count is one more: something no longer adds up, or it is one that may be. */
START_TEST(every_count_changed)
{
	scap_summary *summary;
	size_t noticed = 0, passed = 0;

	pack = unit_good_pack("tests/packs/knee");
	summary = some_summary();
	for (size_t i = 0; i < summary->tally->size; i++) {
		struct scap_error error = {0};
		scap_summary *again;
		struct buffer json;

		summary->tally->counts[i]++;
		json = json_of(summary);
		again = scap_summary_read(pack, "s", json.data, json.size, &error);
		ck_assert(again || error.code == 341);
		noticed += !again;
		passed += again != NULL;
		if (i < summary->tally->shape[TALLY_REASONS].first &&
		    (i < TOTAL_DUPLICATES || i > TOTAL_UNREAD))
			ck_assert_msg(!again || i == TOTAL_MADE || i == TOTAL_GIVEN,
			              "count %zu is one more, and nobody saw it", i);
		scap_summary_free(again);
		scap__buffer_free(&json);
		summary->tally->counts[i]--;
	}
	ck_assert_uint_gt(noticed, 20);
	ck_assert_uint_gt(passed, 20);
	scap_summary_free(summary);
	scap_pack_free(pack);
}
END_TEST

/* A byte here and there is another one: refused, or a summary that is sound in itself. */
START_TEST(bytes_changed)
{
	static const char bytes[] = "0123456789-.eE+\"\\{}[]:,\n tfn\x01\xff";
	scap_summary *summary;
	struct buffer json;

	pack = unit_good_pack("tests/packs/tiny");
	summary = some_summary();
	json = json_of(summary);
	dice = 4711;
	for (int i = 0; i < 6000; i++) {
		size_t at = unit_roll(&dice, (unsigned)json.size);
		char before = json.data[at];
		struct scap_error error = {0};
		scap_summary *again;

		json.data[at] = bytes[unit_roll(&dice, sizeof(bytes) - 1)];
		again = scap_summary_read(pack, "s", json.data, json.size, &error);
		ck_assert(again ? !scap__tally_fault(again->tally)
		                : error.code == 341 || error.code == 342);
		scap_summary_free(again);
		json.data[at] = before;
	}
	scap__buffer_free(&json);
	scap_summary_free(summary);
	scap_pack_free(pack);
}
END_TEST

START_TEST(deep_or_large)
{
	size_t size = (16 << 20) + 1;
	char *bytes = malloc(size);

	pack = unit_good_pack("tests/packs/tiny");
	memset(bytes, '[', size);
	refused(bytes, 1 << 20, 341, "it is not JSON");
	refused(bytes, size, 341, "over 16 MiB");
	refused("[]", 2, 341, "no summary");
	refused("7", 1, 341, "it is not JSON");
	refused("{\"schema\": \"scapula.summary/1\"}", 31, 341, "'pack'");
	refused("{\"schema\": \"scapula.test/1\"}", 28, 341, "no summary");
	free(bytes);
	scap_pack_free(pack);
}
END_TEST

/* ---- What can't be added ---------------------------------------------------------------------- */

START_TEST(other_pack)
{
	struct scap_error error = {0};
	scap_pack *other = unit_good_pack("tests/packs/knee");
	scap_summary *of_other, *summary;
	struct unit_input input = {"id\n1\n", 5, 0};
	struct scap_score_options options = {.file = "rows"};
	struct scap_score_counts counts;
	struct buffer json;

	pack = unit_good_pack("tests/packs/tiny");
	summary = scap_summary_new(pack);
	of_other = scap_summary_new(other);
	options.summary = of_other;
	ck_assert_uint_eq(scap_score(pack, &options, unit_read, &input, pass_over, NULL, &counts),
	                  342);
	ck_assert_uint_eq(input.at, 0);
	ck_assert_uint_eq(scap_summary_add(summary, of_other, &error), 342);
	ck_assert_ptr_nonnull(strstr(error.message, "sore_knee"));
	json = json_of(of_other);
	refused(json.data, json.size, 342, "sore_knee");
	scap__buffer_free(&json);
	scap_summary_free(summary);
	scap_summary_free(of_other);
	scap_pack_free(other);
	scap_pack_free(pack);
}
END_TEST

START_TEST(added_twice)
{
	struct scap_error error = {0};
	scap_summary *one, *sum;

	pack = unit_good_pack("tests/packs/tiny");
	one = some_summary();
	sum = scap_summary_new(pack);
	add(sum, one);
	ck_assert_uint_eq(scap_summary_add(sum, one, &error), 343);
	ck_assert_ptr_nonnull(strstr(error.message, "2026-01-31T08:15:00.250Z"));
	same_counts(sum, one);
	ck_assert_uint_eq(json_array_size(sum->inputs), 1);
	scap_summary_free(one);
	scap_summary_free(sum);
	scap_pack_free(pack);
}
END_TEST

/* What would be too large is refused, and changes nothing. */
START_TEST(too_many)
{
	struct scap_error error = {0};
	scap_summary *one, *sum;

	pack = unit_good_pack("tests/packs/tiny");
	one = scap_summary_new(pack);
	sum = scap_summary_new(pack);
	tally_row(one->tally, TALLY_TOTALS, 0)[TOTAL_ROWS] = TALLY_MOST;
	add(sum, one);
	tally_row(one->tally, TALLY_TOTALS, 0)[TOTAL_ROWS] = 1;
	ck_assert_uint_eq(scap_summary_add(sum, one, &error), 115);
	ck_assert(tally_total(sum->tally, TOTAL_ROWS) == TALLY_MOST);
	scap_summary_free(one);
	scap_summary_free(sum);
	scap_pack_free(pack);
}
END_TEST

/* Nothing of a file that is refused is counted. */
START_TEST(refused_file)
{
	struct unit_input input = {"id,rash_spread\n1,no\n", 20, 0};
	struct scap_score_counts counts;
	scap_summary *summary;
	struct scap_score_options options = {.file = "rows"};

	pack = unit_good_pack("tests/packs/tiny");
	options.summary = summary = scap_summary_new(pack);
	ck_assert_uint_ne(scap_score(pack, &options, unit_read, &input, pass_over, NULL, &counts), 0);
	ck_assert_uint_eq(json_array_size(summary->inputs), 0);
	ck_assert(tally_total(summary->tally, TOTAL_ROWS) == 0);
	scap_summary_free(summary);
	scap_pack_free(pack);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("summary");
	TCase *tests = unit_case("sums");

	tcase_add_loop_test(tests, parts_are_the_whole, 0, FOLDERS);
	tcase_add_test(tests, files_add_up);
	tcase_add_loop_test(tests, read_back, 0, FOLDERS);
	tcase_add_test(tests, not_whole);
	tcase_add_test(tests, every_count_changed);
	tcase_add_test(tests, bytes_changed);
	tcase_add_test(tests, deep_or_large);
	tcase_add_test(tests, other_pack);
	tcase_add_test(tests, added_twice);
	tcase_add_test(tests, too_many);
	tcase_add_test(tests, refused_file);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
