/* SPDX-License-Identifier: MIT
 *
 * The record stream over long files: lines are counted right, nothing is given
 * twice, no file takes for ever; and random bytes against the dullest reader
 * that follows the same rules.
 */
#include "base/text.h"
#include "stream_log.h"
#include "table/bytes.h"

/* ---- Long files -------------------------------------------------------------------- */

/* Many records of every sort: each knows its line, whether somebody asked for
 * the lines before it or not. */
static void long_file(const char *line_end, bool quoted, struct buffer *bytes)
{
	for (unsigned i = 0; i < 40000; i++) {
		scap__buffer_printf(bytes, "r%u,", i);
		if (quoted && i % 11 == 3)
			scap__buffer_printf(bytes, "\"x%sy\"", line_end);
		scap__buffer_text(bytes, line_end);
		if (i % 7 == 5)
			scap__buffer_text(bytes, line_end);
	}
	ck_assert_ptr_nonnull(scap__buffer_string(bytes));
}

struct asker {
	struct log log;
	unsigned every, record, line;
	bool quoted;
};

static void ask_record(int end, void *ctx)
{
	struct asker *asker = ctx;

	if (asker->log.count) {
		if (asker->record % asker->every == 0) {
			struct source record = scap__stream_record(asker->log.stream);

			ck_assert_msg(record.first_line == asker->line, "record %u: line %u, not %u",
			              asker->record, record.first_line, asker->line);
			ck_assert_int_eq(record.bytes[0], 'r');
			ck_assert_uint_eq(strtoul(record.bytes + 1, NULL, 10), asker->record);
		}
		asker->line += 1 + (asker->quoted && asker->record % 11 == 3) +
		               (asker->record % 7 == 5);
		asker->record++;
		scap__stream_done(asker->log.stream);
	}
	forget(&asker->log);
	scap__stream_line(asker->log.stream, end);
}

static const struct long_case {
	const char *line_end;
	bool quoted;
	unsigned every;
} long_cases[] = {
	{"\n", false, 1},  {"\n", false, 997},   {"\n", false, 39999},   {"\n", true, 1},
	{"\n", true, 997}, {"\r\n", false, 997}, {"\r\n", false, 39999}, {"\r\n", true, 997},
	{"\r", false, 1},  {"\r", false, 39999}, {"\r", true, 997},      {"\n", true, 39999},
};

START_TEST(lines_of_a_long_file)
{
	const struct long_case *row = &long_cases[_i];
	struct buffer bytes;
	struct pieces in = {.piece = 60000};
	struct stream stream;
	struct scap_error error;
	struct asker asker = {.every = row->every, .line = 1, .quoted = row->quoted};
	struct stream_handler handler = {log_cell, ask_record, log_broken, &asker};

	scap__buffer_init(&bytes, (size_t)1 << 24);
	long_file(row->line_end, row->quoted, &bytes);
	in.bytes = bytes.data;
	in.size = bytes.size;
	log_open(&asker.log);
	asker.log.stream = &stream;
	ck_assert_uint_eq(scap__stream_open(&stream, "in.csv", read_piece, &in, &error), 0);
	ck_assert_uint_eq(scap__stream_run(&stream, &handler, &error), 0);
	ck_assert_uint_eq(asker.record, 40000);
	scap__stream_close(&stream);
	log_close(&asker.log);
	scap__buffer_free(&bytes);
}
END_TEST

/* A file with line ends of two sorts: what libcsv takes for the end of a record
 * is the end of a line, wherever the pieces begin. */
START_TEST(mixed_line_ends)
{
	struct buffer bytes, log;

	expect(T("a\rb\nc\r\nd\n"), false, "1: <a>\n2: <b>\n3: <c>\n4: <d>\n");
	scap__buffer_init(&bytes, (size_t)1 << 24);
	scap__buffer_init(&log, (size_t)1 << 24);
	for (unsigned i = 0; i < 30000; i++) {
		scap__buffer_text(&bytes, i % 2 ? "xyz\n" : "xyz\r");
		scap__buffer_printf(&log, "%u: <xyz>\n", i + 1);
	}
	ck_assert_ptr_nonnull(scap__buffer_string(&log));
	expect(bytes.data, bytes.size, false, log.data);
	scap__buffer_free(&bytes);
	scap__buffer_free(&log);
}
END_TEST

/* Two lines and 400000 more, of which the first 64 KiB don't show the line ends
 * of the rest: each record is given once. */
static const struct change {
	const char *start, *line_end;
} changes[] = {
	{"a\r\"x\ny\"\r", "\r"}, /* CR only, and an LF in a cell */
	{"a\nb\n", "\r"},
	{"a\rb\r", "\n"},
	{"a\r\nb\r\n", "\r"},
};

START_TEST(line_ends_change)
{
	struct buffer bytes;
	struct log log;

	scap__buffer_init(&bytes, (size_t)1 << 24);
	scap__buffer_text(&bytes, changes[_i].start);
	for (unsigned i = 0; i < 400000; i++)
		scap__buffer_printf(&bytes, "wxyz%s", changes[_i].line_end);
	log_open(&log);
	log.quiet = true;
	log.most = 400002;
	ck_assert_uint_eq(run_buffer(&log, &bytes, SIZE_MAX), 0);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.records, 400002);
	log_close(&log);
}
END_TEST

/* A header line of over 64 KiB, as wide exports have. */
START_TEST(wide_header)
{
	static const char *const line_ends[] = {"\n", "\r\n", "\r"};
	struct buffer bytes;
	struct log log;

	scap__buffer_init(&bytes, (size_t)1 << 24);
	scap__buffer_text(&bytes, "id");
	for (unsigned i = 0; i < 4000; i++)
		scap__buffer_printf(&bytes, ",column_with_a_long_name_%u", i);
	for (unsigned i = 0; i < 300000; i++)
		scap__buffer_printf(&bytes, "%swxyz", line_ends[_i]);
	log_open(&log);
	log.quiet = true;
	log.most = 300001;
	ck_assert_uint_eq(run_buffer(&log, &bytes, SIZE_MAX), 0);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.records, 300001);
	log_close(&log);
}
END_TEST

/* ---- Too long ---------------------------------------------------------------------- */

/* `a`, a record of SIZE bytes between QUOTE, and `b`; then the log. */
static void long_record(size_t size, const char *quote, char fill, struct log *log)
{
	char *bytes = malloc(size + 16);
	size_t used = 0;
	struct scap_error error;
	struct pieces in;

	used += (size_t)sprintf(bytes, "a\n%s", quote);
	memset(bytes + used, fill, size);
	used += size;
	used += (size_t)sprintf(bytes + used, "%s\nb\n", quote);
	in = (struct pieces){bytes, used, 0, 100000, false};
	log_open(log);
	ck_assert_uint_eq(run(log, &in, &error), 0);
	ck_assert_ptr_nonnull(scap__buffer_string(&log->text));
	free(bytes);
}

START_TEST(record_just_fits)
{
	struct log log;

	long_record(LIMIT_RECORD_BYTES - 1, "", 'x', &log);
	ck_assert_uint_eq(log.broken, 0);
	ck_assert_uint_eq(log.records, 3);
	ck_assert_uint_eq(log.text.size, LIMIT_RECORD_BYTES - 1 + strlen("1: <a>\n2: <>\n3: <b>\n"));
	log_close(&log);
}
END_TEST

START_TEST(record_too_long)
{
	static const size_t sizes[] = {LIMIT_RECORD_BYTES + 1, LIMIT_RECORD_BYTES + BUFFER,
	                               3 * LIMIT_RECORD_BYTES, 5 * LIMIT_RECORD_BYTES + 77};
	struct log log;

	long_record(sizes[_i], "", 'x', &log);
	ck_assert_str_eq(log.text.data, "1: <a>\n!2:1 310\n3: <b>\n");
	log_close(&log);
	long_record(sizes[_i], "\"", 'x', &log);
	ck_assert_str_eq(log.text.data, "1: <a>\n!2:1 310\n3: <b>\n");
	log_close(&log);
	long_record(sizes[_i], "", ',', &log); /* cells without end, none of them long */
	ck_assert_str_eq(log.text.data, "1: <a>\n!2:1 310\n3: <b>\n");
	log_close(&log);
}
END_TEST

/* A quote that is never closed in a file of 3 MiB costs the line it stands in. */
START_TEST(quote_never_closed)
{
	enum { BYTES = 3 << 20 };
	unsigned lines = 0, open = (unsigned)_i;
	struct buffer bytes;
	char expected[128];
	struct log log;

	scap__buffer_init(&bytes, 2 * BYTES);
	for (; bytes.size < BYTES; lines++)
		scap__buffer_printf(&bytes, lines == open ? "k%u,\"no\n" : "k%u,no\n", lines);
	log_open(&log);
	log.most = lines;
	ck_assert_uint_eq(run_buffer(&log, &bytes, 4096), 0);
	ck_assert_ptr_nonnull(scap__buffer_string(&log.text));
	ck_assert_uint_eq(log.broken, 1);
	ck_assert_uint_eq(log.records, lines - 1);
	snprintf(expected, sizeof(expected), "\n%u: <k%u> <no>\n", lines, lines - 1);
	ck_assert_ptr_nonnull(strstr(log.text.data, expected));
	snprintf(expected, sizeof(expected), "\n!%u:1 310\n%u: <k%u> <no>\n", open + 1, open + 2,
	         open + 1);
	ck_assert_ptr_nonnull(strstr(log.text.data, expected));
	log_close(&log);
}
END_TEST

/* A stray quote at the end of a line of nearly 1 MiB: its place is told, and soon. */
START_TEST(stray_quote_far_behind)
{
	enum { SIZE = LIMIT_RECORD_BYTES - 16 };
	char *bytes = malloc(SIZE + 16), expected[64];
	struct scap_error error;
	struct pieces in = {bytes, SIZE + 3, 0, 5000, false};
	struct log log;

	memset(bytes, 'x', SIZE);
	memcpy(bytes, "a\n", 2);
	bytes[SIZE - 1] = '"';
	memcpy(bytes + SIZE, "\nb\n", 3);
	log_open(&log);
	ck_assert_uint_eq(run(&log, &in, &error), 0);
	snprintf(expected, sizeof(expected), "1: <a>\n!2:%d 108\n3: <b>\n", SIZE - 2);
	ck_assert_str_eq(scap__buffer_string(&log.text), expected);
	log_close(&log);
	free(bytes);
}
END_TEST

/* ---- Any bytes --------------------------------------------------------------------- */

/* The dullest reader that follows the same rules: one byte after the other, and
 * every place counted from the start of the file. */
struct dull {
	const char *bytes;
	size_t size;
	char separator;
	struct buffer *out;
};

enum dull_state { EMPTY, PLAIN, QUOTED, CLOSED };

static bool dull_end(const struct dull *d, size_t at)
{
	return at >= d->size || d->bytes[at] == '\n' || d->bytes[at] == '\r';
}

static bool dull_space(const struct dull *d, size_t at)
{
	return d->bytes[at] == ' ' || d->bytes[at] == '\t';
}

static void dull_place(const struct dull *d, size_t at, unsigned *line, unsigned *column)
{
	struct source whole = {"in.csv", d->bytes, d->size, 1};

	scap__source_locate(&whole, at, line, column);
}

/* Closes a cell: its text in the log, trimmed unless it was quoted. */
static void dull_cell(struct buffer *cells, const struct buffer *text, enum dull_state state)
{
	const char *start = text->data;
	size_t size = text->size;

	if (state == PLAIN)
		scap__text_trim(&start, &size);
	scap__buffer_text(cells, " <");
	scap__buffer_add(cells, start, size);
	scap__buffer_char(cells, '>');
}

/* What a byte does to a cell. False where it can't stand. */
static bool dull_byte(const struct dull *d, size_t at, enum dull_state *state, struct buffer *text)
{
	char c = d->bytes[at];
	bool quote = c == '"', keep = false, fine = true;

	if (*state == EMPTY && !dull_space(d, at)) {
		*state = quote ? QUOTED : PLAIN;
		keep = !quote;
	} else if (*state == PLAIN) {
		keep = true;
		fine = !quote;
	} else if (*state == QUOTED) {
		keep = !quote;
		*state = quote ? CLOSED : QUOTED;
	} else if (*state == CLOSED) {
		keep = quote && d->bytes[at - 1] == '"'; /* the second of two */
		fine = keep || dull_space(d, at);
		*state = keep ? QUOTED : CLOSED;
	}
	if (keep)
		scap__buffer_char(text, c);
	return fine;
}

/* Reads the record at AT into CELLS. Returns its end; *CODE is 0, or what is
 * wrong, and then the place of it is returned. */
static size_t dull_record(const struct dull *d, size_t at, struct buffer *cells, enum code *code)
{
	enum dull_state state = EMPTY;
	struct buffer text;
	size_t opened = at;
	bool done = false;

	scap__buffer_init(&text, 1 << 20);
	for (*code = 0; !done && !*code; at += !done && !*code) {
		bool inside = state == QUOTED;

		if (inside && at >= d->size) {
			*code = E_OPEN_QUOTE;
			at = opened;
		} else if (!inside && (dull_end(d, at) || d->bytes[at] == d->separator)) {
			dull_cell(cells, &text, state);
			done = dull_end(d, at);
			text.size = 0;
			state = EMPTY;
		} else {
			if (state == EMPTY)
				opened = at;
			if (!dull_byte(d, at, &state, &text))
				*code = E_STRAY_QUOTE;
		}
	}
	scap__buffer_free(&text);
	return at;
}

static bool dull_blank(const struct dull *d, size_t at)
{
	while (at < d->size && !dull_end(d, at))
		if (!dull_space(d, at++))
			return false;
	return true;
}

/* The whole file, from byte AT on: its log goes to OUT. */
static void dull_run(const struct dull *d, size_t at)
{
	struct buffer cells;
	unsigned line, column;
	enum code code;

	scap__buffer_init(&cells, 1 << 20);
	for (; at < d->size; at++) { /* behind a line end */
		size_t start = at;

		if (dull_blank(d, at)) {
			while (!dull_end(d, at))
				at++;
			continue;
		}
		cells.size = 0;
		at = dull_record(d, at, &cells, &code);
		dull_place(d, code ? at : start, &line, &column);
		if (code) {
			scap__buffer_printf(d->out, "!%u:%u %u\n", line, column, code);
			for (at = start; !dull_end(d, at);)
				at++;
		} else {
			scap__buffer_printf(d->out, "%u:", line);
			scap__buffer_add(d->out, cells.data, cells.size);
			scap__buffer_char(d->out, '\n');
		}
	}
	scap__buffer_free(&cells);
}

/* Random bytes from the few that matter: what the dull reader says. */
START_TEST(any_bytes)
{
	static const char letters[] = "aab,,,\"\"\n\n\r ;\t";
	uint64_t dice = 77 + (uint64_t)_i;
	char bytes[64];
	size_t size, first;
	struct buffer expected;
	struct dull dull = {.bytes = bytes, .out = &expected};

	for (unsigned round = 0; round < 100; round++) {
		size = unit_roll(&dice, sizeof(bytes)) + 1;
		for (size_t i = 0; i < size; i++)
			bytes[i] = letters[unit_roll(&dice, sizeof(letters) - 1)];
		dull.size = size;
		dull.separator = scap__bytes_separator(bytes, size);
		if (dull.separator == '\t')
			continue; /* refused at the door */
		first = scap__bytes_mark(bytes, size);
		scap__buffer_init(&expected, 1 << 20);
		dull_run(&dull, first);
		ck_assert_ptr_nonnull(scap__buffer_string(&expected));
		expect(bytes, size, false, expected.data);
		scap__buffer_free(&expected);
	}
}
END_TEST

/* The same over many buffers, where only few bytes are quotes. */
START_TEST(many_bytes)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
	                              ",,,,,,\n\n\n\n\r;\"\"";
	enum { SIZE = 3 * BUFFER };
	uint64_t dice = 5 + (uint64_t)_i;
	char *bytes = malloc(SIZE);
	struct buffer expected;
	struct dull dull = {bytes, SIZE, ',', &expected};

	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = letters[unit_roll(&dice, sizeof(letters) - 1)];
	memcpy(bytes, "a,b\n", 4);
	scap__buffer_init(&expected, (size_t)1 << 26);
	dull_run(&dull, 0);
	ck_assert_ptr_nonnull(scap__buffer_string(&expected));
	expect(bytes, SIZE, false, expected.data);
	scap__buffer_free(&expected);
	free(bytes);
}
END_TEST

/* ---- All of it --------------------------------------------------------------------- */

static Suite *make_suite(void)
{
	Suite *suite = suite_create("stream_long");
	TCase *large = unit_case("large"), *dice = unit_case("dice");

	tcase_add_loop_test(large, lines_of_a_long_file, 0, ROWS(long_cases));
	tcase_add_test(large, mixed_line_ends);
	tcase_add_loop_test(large, line_ends_change, 0, ROWS(changes));
	tcase_add_loop_test(large, wide_header, 0, 3);
	tcase_add_test(large, record_just_fits);
	tcase_add_loop_test(large, record_too_long, 0, 4);
	tcase_add_loop_test(large, quote_never_closed, 1, 3);
	tcase_add_test(large, stray_quote_far_behind);
	tcase_add_loop_test(dice, any_bytes, 0, 20);
	tcase_add_loop_test(dice, many_bytes, 0, 2);
	suite_add_tcase(suite, large);
	suite_add_tcase(suite, dice);
	return suite;
}

int main(void)
{
	return unit_main(make_suite());
}
