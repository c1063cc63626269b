/* SPDX-License-Identifier: MIT
 *
 * Every allocation is made to fail once, in turn: of the library and of the
 * libraries below it. Then an error comes back, or the very result that comes
 * with enough memory; and nothing leaks. The program's own malloc takes the
 * place of the C library's; and as an arena rarely needs malloc, each thing that
 * is asked of an arena is refused once, too (by the linker's --wrap).
 */
#include "unit.h"

#include <errno.h>

#include "batch/scoring.h"

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void __libc_free(void *old);

static bool armed;
static unsigned long calls, fail_at;
static long live;

static bool fails(void)
{
	if (!armed || __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) != fail_at)
		return false;
	errno = ENOMEM;
	return true;
}

static void count_live(int more)
{
	__atomic_add_fetch(&live, more, __ATOMIC_RELAXED);
}

void *malloc(size_t size)
{
	void *new = fails() ? NULL : __libc_malloc(size);

	count_live(armed && new);
	return new;
}

void *calloc(size_t count, size_t size)
{
	void *new = fails() ? NULL : __libc_calloc(count, size);

	count_live(armed && new);
	return new;
}

void *realloc(void *old, size_t size)
{
	void *new = fails() ? NULL : __libc_realloc(old, size);

	count_live(armed && new && !old);
	return new;
}

void free(void *old)
{
	count_live(-(armed && old));
	__libc_free(old);
}

void *__wrap_scap__arena_alloc(struct arena *arena, size_t size);
void *__wrap_scap__arena_array(struct arena *arena, size_t count, size_t size);
char *__wrap_scap__arena_copy(struct arena *arena, const char *text, size_t size);
void *__wrap_scap__arena_grow(struct arena *arena, void *items, size_t count, size_t size);
void *__real_scap__arena_alloc(struct arena *arena, size_t size);
void *__real_scap__arena_array(struct arena *arena, size_t count, size_t size);
char *__real_scap__arena_copy(struct arena *arena, const char *text, size_t size);
void *__real_scap__arena_grow(struct arena *arena, void *items, size_t count, size_t size);

void *__wrap_scap__arena_alloc(struct arena *arena, size_t size)
{
	return fails() ? NULL : __real_scap__arena_alloc(arena, size);
}

void *__wrap_scap__arena_array(struct arena *arena, size_t count, size_t size)
{
	return fails() ? NULL : __real_scap__arena_array(arena, count, size);
}

char *__wrap_scap__arena_copy(struct arena *arena, const char *text, size_t size)
{
	return fails() ? NULL : __real_scap__arena_copy(arena, text, size);
}

void *__wrap_scap__arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
	return fails() ? NULL : __real_scap__arena_grow(arena, items, count, size);
}

/* A job writes its result into OUT and returns false if it told of an error. */
typedef bool job(struct buffer *out);

static scap_pack *pack, *small, *worded;
static struct unit_input input;
static const char *wrong; /* what a job saw; told later, as telling needs memory */

static void expect(bool good, const char *otherwise)
{
	if (!good)
		wrong = otherwise;
}

static bool load_pack(const char *folder, struct buffer *out)
{
	scap_report *report = scap_report_new();
	scap_pack *loaded = report ? unit_pack(folder, report) : NULL;
	bool told = !report || scap_report_errors(report);

	if (loaded)
		scap__buffer_text(out, scap_pack_info(loaded)->sha256);
	expect(loaded || told, "no pack and no error");
	scap_pack_free(loaded);
	scap_report_free(report);
	return !told;
}

static bool load_good(struct buffer *out)
{
	return load_pack("tests/packs/knee", out);
}

/* A pack with mistakes in many places: each is told, or memory is out. */
static bool load_bad(struct buffer *out)
{
	scap_report *report = scap_report_new();
	scap_pack *loaded;

	if (!report)
		return false;
	loaded = unit_pack("tests/errors", report); /* has none of the files */
	expect(!loaded, "a pack out of nothing");
	expect(scap_report_errors(report) > 0, "no error was counted");
	scap__buffer_printf(out, "%s", "refused");
	scap_report_free(report);
	return true;
}

static bool answer(scap_answers *answers, const char *question, const char *value)
{
	return scap_answers_set(answers, question, value, NULL) != 901;
}

/* An interview to its end, a step back, a decision in all its clothes. */
static bool interview(struct buffer *out)
{
	scap_answers *answers = scap_answers_new(pack);
	scap_decision *decision;
	struct scap_screen screen;
	bool ok = answers != NULL;

	for (int i = 0; ok && i < 100 && scap_interview_next(answers, &screen); i++) {
		char values[UNIT_VALUES][64];
		const struct question *question = scap__pack_question(pack,
		                                                      screen.questions[0]->name);
		size_t count = unit_values(pack, (unsigned)(question - pack->base->questions),
		                           values);

		ok = answer(answers, screen.questions[0]->name,
		            count ? values[count - 1] : "not_sure");
		ok = ok && !scap_interview_why(answers, screen.questions[0]->name, SCAP_TEXT,
		                               unit_write, out);
	}
	decision = ok ? scap_decide(answers) : NULL;
	ok = ok && decision && !scap_render(decision, SCAP_TEXT, unit_write, out) &&
	     !scap_render(decision, SCAP_JSON, unit_write, out) &&
	     !scap_explain(decision, NULL, SCAP_TEXT, unit_write, out, NULL) &&
	     !scap_explain(decision, NULL, SCAP_JSON, unit_write, out, NULL);
	scap_decision_free(decision);
	scap_answers_free(answers);
	return ok;
}

static int count_listed(void *ctx, const struct scap_level *level, const char *row, size_t size)
{
	(void)level;
	return unit_write(ctx, row, size);
}

static void note_rejected(void *ctx, const struct scap_rejected *rejected)
{
	struct buffer *out = ctx;

	scap__buffer_printf(out, "rejected %s at least %s\n", rejected->id,
	                    rejected->at_least->name);
}

static bool score(struct buffer *out, bool worklist)
{
	struct scap_score_counts counts;
	struct scap_score_options options = {
		.file = "intake",
		.rejected = note_rejected,
		.listed = worklist ? count_listed : NULL,
		.ctx = out,
	};

	input.at = 0;
	return !scap_score(pack, &options, unit_read, &input, unit_write, out, &counts);
}

/* By two workers and one who knows better; which of them lacks memory is chance. */
static bool score_together(struct buffer *out)
{
	struct scap_score_counts counts;
	struct scoring_use use = {.npairs = 64, .chunk_bytes = 3000};
	struct scap_score_options options = {.file = "intake", .jobs = 2,
	                                     .rejected = note_rejected, .ctx = out};

	input.at = 0;
	return !scap__score(pack, &options, unit_read, &input, unit_write, out, &counts, &use);
}

static bool score_rows(struct buffer *out)
{
	return score(out, false);
}

static bool score_worklist(struct buffer *out)
{
	return score(out, true);
}

static bool find_row(struct buffer *out)
{
	scap_report *report = scap_report_new();
	scap_answers *answers;

	if (!report)
		return false;
	input.at = 0;
	answers = scap_answers_read(pack, "ok2", &(struct scap_score_options){.file = "intake"},
	                            unit_read, &input, report);
	expect(answers || scap_report_errors(report), "no answers and no error");
	scap_report_free(report);
	if (answers)
		scap__buffer_text(out, scap_answers_get(answers, "chest_pain"));
	scap_answers_free(answers);
	return answers && out->size;
}

static bool call_json(struct buffer *out)
{
	static const char request[] = "{\"answers\": {\"chest_pain\": false, \"age\": 44, "
	                              "\"equipment\": [\"mat\", \"chair\"], \"pain\": null}}";

	/* jansson does not always say that memory was out; an error it is. */
	return !scap_json(pack, request, sizeof(request) - 1, unit_write, out) &&
	       !memmem(out->data, out->size, "scapula.errors", 14);
}

static bool look_up(struct buffer *out)
{
	static const char *const kinds[] = {"questions", "rules", "exercises", "files", "codes"};
	bool ok = !scap_dump(pack, unit_write, out) &&
	          !scap_show(pack, "cat_cow", SCAP_TEXT, unit_write, out, NULL) &&
	          !scap_show(pack, "cat_cow", SCAP_JSON, unit_write, out, NULL) &&
	          !scap_show(pack, "avoid_disc", SCAP_JSON, unit_write, out, NULL) &&
	          !scap_show(pack, "age", SCAP_JSON, unit_write, out, NULL);

	for (size_t i = 0; ok && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		ok = !scap_list(pack, kinds[i], SCAP_TEXT, unit_write, out) &&
		     !scap_list(pack, kinds[i], SCAP_JSON, unit_write, out);
	return ok;
}

/* The weaknesses of a pack, of which one is set aside. */
static bool lint(struct buffer *out)
{
	static const char aside[] = "check,where,because\nSCAP503,touch,Words.\n";
	struct scap_lint_options options = {"2026-01-31", "lint.csv", aside, sizeof(aside) - 1};
	scap_report *report = scap_report_new();
	size_t set_aside = report ? scap_pack_lint(worded, &options, report) : 0;
	bool told = !report || scap_report_errors(report) ||
	            scap_report_count(report) < scap_report_warnings(report);
	bool ok = !told && !scap_report_json(report, worded, set_aside, unit_write, out);

	expect(told || set_aside == 1, "no error, and nothing is set aside");
	scap_report_free(report);
	return ok;
}

/* A person's own words: heard, taken back, decided on, and many of them. */
static bool hear(struct buffer *out)
{
	static const char texts[] = "my rash is spreading\nno ice or cream\nblistres\nmaybe a rash\n";
	scap_answers *answers = scap_answers_new(worded);
	scap_decision *decision = NULL;
	struct unit_input lines = {texts, sizeof(texts) - 1, 0};
	struct scap_read_counts counts;
	bool ok = answers && answer(answers, "story", "My rash is spreading, and I have ice.") &&
	          answer(answers, "at_hand", "none") && !scap_answers_correct(answers, "ice");

	decision = ok ? scap_decide(answers) : NULL;
	ok = decision && !scap_render(decision, SCAP_TEXT, unit_write, out) &&
	     !scap_render(decision, SCAP_JSON, unit_write, out) &&
	     !scap_explain(decision, NULL, SCAP_TEXT, unit_write, out, NULL);
	for (int format = SCAP_READ_FACTS; ok && format <= SCAP_READ_JSON; format++) {
		lines.at = 0;
		ok = !scap_read(worded, (enum scap_reading)format, unit_read, &lines, unit_write, out,
		                &counts);
	}
	scap_decision_free(decision);
	scap_answers_free(answers);
	return ok;
}

/* Rows with texts, which agree and disagree with their answers. */
static bool score_texts(struct buffer *out)
{
	static const char rows[] = "id,rash_spreads,at_hand,story\n"
	                           "a,no,none,My rash is spreading. I have ice.\n"
	                           "b,,cream,no spreading rash\nc,,,maybe blisters\n";
	struct unit_input file = {rows, sizeof(rows) - 1, 0};
	struct scap_score_counts counts;
	struct scap_score_options options = {.file = "rows", .evidence = 1, .ctx = out};

	return !scap_score(worded, &options, unit_read, &file, unit_write, out, &counts);
}

/* A summary of those rows, added to what was read back of it. */
static bool sum_up(struct buffer *out)
{
	static const char rows[] = "id,rash_spreads,itch,at_hand,story\na,no,3,none,I have ice.\n"
	                           "b,,77,cream,\nc,,,,maybe blisters\n";
	static const char *const ignore[] = {"nothing", NULL};
	struct unit_input file = {rows, sizeof(rows) - 1, 0};
	struct scap_score_counts counts;
	struct scap_error error = {0};
	struct buffer decisions = {.limit = 1 << 20}, json = {.limit = 1 << 20};
	scap_summary *summary = scap_summary_new(worded), *again = NULL;
	struct scap_score_options options = {.file = "rows", .ignore = ignore, .summary = summary};
	bool ok = summary && !scap_score(worded, &options, unit_read, &file, unit_write, &decisions,
	                                 &counts) &&
	          !scap_summary_json(summary, unit_write, &json);

	again = ok ? scap_summary_read(worded, "s", json.data, json.size, &error) : NULL;
	expect(!ok || again || error.code, "no summary and no error");
	ok = again && !scap_summary_stamp(again, "2026-01-31T08:15:00.000Z", 5, 1) &&
	     !scap_summary_add(summary, again, &error) &&
	     !scap_summary_json(summary, unit_write, out) &&
	     !scap_summary_html(summary, unit_write, out);
	scap_summary_free(again);
	scap_summary_free(summary);
	scap__buffer_free(&decisions);
	scap__buffer_free(&json);
	return ok;
}

static void note_mapped(void *ctx, const struct scap_map_column *column)
{
	scap__buffer_printf(ctx, "%s%s\n", column->column, column->blank_no ? " blank no" : "");
}

/* An export: boxes, codes, blanks that mean no, a value that is not known, cells to keep. */
static bool score_map(struct buffer *out)
{
	static const char text[] =
		"column,question,values,between,blank,unit,note\n"
		"who,id,,,,,\nspreads,rash_spreads,Y=yes; N=no,,no,,\nhow,itch,99=unknown,,,points,\n"
		"*/arm,elbow,\"L=left; \"\"r;\"\"=right\",,,,\nhas,at_hand,a=cream; b=ice; c=none,|,,,\n";
	static const char rows[] = "who,spreads,how,x/arm,has,name,more,beyond\n"
	                           "1,Y,3,L,a|b,Ann,,\n2,,99,r;,c,\"B, Bo\",,\n3,X,3,q,d,=c,,\n"
	                           "4,,,,,,,\n";
	const char *const keep[] = {"name", NULL};
	struct unit_input file = {rows, sizeof(rows) - 1, 0};
	struct scap_score_counts counts;
	struct scap_score_options options = {.file = "rows", .keep = keep, .mapped = note_mapped,
	                                     .rejected = note_rejected, .ctx = out};
	scap_report *report = scap_report_new();
	scap_map *map = report ? scap_map_load(small, "map", text, sizeof(text) - 1, report) : NULL;
	bool ok;

	expect(map || !report || scap_report_errors(report), "no map and no error");
	options.map = map;
	ok = map && !scap_score(small, &options, unit_read, &file, unit_write, out, &counts);
	expect(!ok || (counts.scored == 3 && counts.rejected == 1 && counts.blank_no == 1),
	       "a map that says something else");
	scap_map_free(map);
	scap_report_free(report);
	return ok;
}

/* A map with a mistake in each row, and one that fits no column. */
static bool refuse_map(struct buffer *out)
{
	static const char bad[] = "column,question,values,blank\na,nobody,,\nb,itch,low=x,no\na,itch,=,\n";
	static const char good[] = "column,question\nwho,id\nhow,itch\nspread,rash_spreads\n";
	static const char rows[] = "who,hwo,spreads,more\n1,2,3,4\n";
	struct unit_input file = {rows, sizeof(rows) - 1, 0};
	struct scap_score_counts counts;
	struct scap_score_options options = {.file = "rows", .ctx = out};
	scap_report *report = scap_report_new();
	scap_map *map = report ? scap_map_load(small, "map", bad, sizeof(bad) - 1, report) : NULL;
	unsigned code = 901;

	expect(!map, "a map out of mistakes");
	if (report)
		map = scap_map_load(small, "map", good, sizeof(good) - 1, report);
	options.map = map;
	if (map)
		code = scap_score(small, &options, unit_read, &file, unit_write, out, &counts);
	expect(code == 901 || code == 405 || code == 408, "a header that does not fit is taken");
	scap_map_free(map);
	scap_report_free(report);
	scap__buffer_text(out, "refused");
	return map && code != 901;
}

static bool write_forms(struct buffer *out)
{
	scap_report *report = scap_report_new();
	bool ok = report && !scap_template(pack, 0, unit_write, out) &&
	          !scap_template(pack, 1, unit_write, out);

	for (int sheet = SCAP_SURVEY; ok && sheet <= SCAP_SETTINGS; sheet++)
		ok = !scap_form(pack, (enum scap_sheet)sheet, unit_write, out, report);
	scap_report_free(report);
	return ok;
}

static bool load_words(struct buffer *out)
{
	return load_pack("tests/packs/words", out);
}

/* Cases with a failure and much that they don't try: text, JSON, the page, new cases. */
static bool test_cases(struct buffer *out)
{
	static const char cases[] =
		"id,story,answers,others,expect_level,expect_rules,expect_not_rules,expect_excluded\n"
		"left,The left one,itch=6; elbow=left; at_hand=cream ice,no,clinic,no_cold,itching,bend\n";
	struct scap_test_options options = {
		.file = "cases", .page = unit_write, .page_ctx = out,
		.rows = unit_write, .rows_ctx = out,
	};
	struct scap_test_counts counts;
	scap_report *report = scap_report_new();
	bool ok = report && !scap_test(small, &options, cases, sizeof(cases) - 1, unit_write, out,
	                               report, &counts);

	options.format = SCAP_JSON;
	ok = ok && !scap_test(small, &options, cases, sizeof(cases) - 1, unit_write, out, report,
	                      &counts);
	expect(!ok || (counts.failed == 1 && counts.suggested > 2), "cases that come out otherwise");
	scap_report_free(report);
	return ok;
}

static const struct {
	const char *name;
	job *run;
} jobs[] = {
	{"load a good pack", load_good},   {"load a bad pack", load_bad},
	{"interview", interview},          {"score", score_rows},
	{"worklist", score_worklist},      {"find a row", find_row},
	{"JSON call", call_json},          {"look up", look_up},
	{"lint", lint},                      {"test cases", test_cases},
	{"own words", hear},               {"rows with texts", score_texts},
	{"load a lexicon", load_words},    {"score together", score_together},
	{"sum up", sum_up},
	{"rows with a map", score_map},    {"a map with mistakes", refuse_map},
	{"forms", write_forms},
};
enum { JOBS = sizeof(jobs) / sizeof(jobs[0]) };

static struct buffer run_with(job *run, unsigned long at, bool *ok)
{
	struct buffer out;

	scap__buffer_init(&out, 64 << 20);
	scap__buffer_reserve(&out, 4 << 20); /* so that catching output needs no memory */
	calls = 0;
	fail_at = at;
	live = 0;
	armed = true;
	*ok = run(&out);
	armed = false;
	return out;
}

START_TEST(each_allocation_fails_once)
{
	bool ok;
	struct buffer whole = run_with(jobs[_i].run, 0, &ok), out;
	unsigned long needed = calls;

	ck_assert_msg(ok, "%s fails with enough memory", jobs[_i].name);
	ck_assert_msg(live == 0, "%s leaks %ld with enough memory", jobs[_i].name, live);
	ck_assert_msg(needed > 2, "%s allocates nothing", jobs[_i].name);
	for (unsigned long at = 1; at <= needed; at++) {
		out = run_with(jobs[_i].run, at, &ok);
		ck_assert_msg(live == 0, "%s, allocation %lu: leaks %ld", jobs[_i].name, at, live);
		ck_assert_msg(!wrong, "%s, allocation %lu: %s", jobs[_i].name, at, wrong);
		ck_assert_msg(!ok || (out.size == whole.size &&
		                      !memcmp(out.data, whole.data, out.size)),
		              "%s, allocation %lu: no error, and another result", jobs[_i].name, at);
		scap__buffer_free(&out);
	}
	scap__buffer_free(&whole);
}
END_TEST

static void make_intake(void)
{
	struct buffer out;

	scap__buffer_init(&out, 1 << 20);
	scap__buffer_text(&out, "id,chest_pain,age,pain,equipment,equipment/mat,herniated_disc\n");
	for (int i = 0; i < 600; i++)
		scap__buffer_printf(&out, "ok%d,%s,%d,%d,%s,,%s\n", i, i % 5 ? "no" : "", 20 + i % 60,
		                    i % 11, i % 3 ? "chair" : "", i % 7 ? "no" : "yes");
	scap__buffer_text(&out, "ok1,maybe,999,x,none mat,1,no\nopen,\"no,1,1\n");
	input.text = out.data;
	input.size = out.size;
}

/* What the C library keeps of threads that ended is no leak. */
static void make_threads(void)
{
	struct buffer out;

	scap__buffer_init(&out, 64 << 20);
	score_together(&out);
	scap__buffer_free(&out);
}

static void set_up(void)
{
	pack = unit_good_pack(".");
	small = unit_good_pack("tests/packs/tiny");
	worded = unit_good_pack("tests/packs/words");
	make_intake();
	make_threads();
}

static void tear_down(void)
{
	scap_pack_free(pack);
	scap_pack_free(small);
	scap_pack_free(worded);
	free((char *)input.text);
}

int main(void)
{
	Suite *suite = suite_create("alloc");
	TCase *tests = unit_case("fail");

	setenv("CK_FORK", "no", 0);
	tcase_set_timeout(tests, 300);
	tcase_add_unchecked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, each_allocation_fails_once, 0, JOBS);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
