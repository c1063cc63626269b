/* SPDX-License-Identifier: MIT
 *
 * The record stream: the same bytes in pieces of any size give the same records
 * at the same places, and a record that can't be read costs one line only.
 * check_stream_long.c has the long files and the dice.
 */
#include "stream_log.h"

/* ---- Records and the lines they begin in ------------------------------------------- */

static const struct sample {
	const char *bytes;
	size_t size;
	const char *log;
} samples[] = {
	{T("a,b\n1,2\n"), "1: <a> <b>\n2: <1> <2>\n"},
	{T("a,b\n1,2"), "1: <a> <b>\n2: <1> <2>\n"}, /* no line end at the end */
	{T("a,b"), "1: <a> <b>\n"},
	{T("a"), "1: <a>\n"},
	{T("a,\n,b\n"), "1: <a> <>\n2: <> <b>\n"},
	{T(",\n"), "1: <> <>\n"},
	{T("a,"), "1: <a> <>\n"},
	{T("\"\"\n\"\",\"\"\n"), "1: <>\n2: <> <>\n"},
	{T("a,b\r\n1,2\r\n3,4\r\n"), "1: <a> <b>\n2: <1> <2>\n3: <3> <4>\n"},
	{T("a,b\r\n1,2"), "1: <a> <b>\n2: <1> <2>\n"},
	{T("a,b\r1,2\r3,4\r"), "1: <a> <b>\n2: <1> <2>\n3: <3> <4>\n"},
	{T("a,b\r1,2"), "1: <a> <b>\n2: <1> <2>\n"},
	{T("a\n\n\nb\n\n"), "1: <a>\n4: <b>\n"}, /* blank lines are lines, not records */
	{T("\n\na\nb\n"), "3: <a>\n4: <b>\n"},
	{T("a\r\n\r\n\r\nb\r\n"), "1: <a>\n4: <b>\n"},
	{T("a\r\r\rb\r"), "1: <a>\n4: <b>\n"},
	{T("a\n   \n\t\nb\n"), "1: <a>\n4: <b>\n"},
	{T("a\n\n\"\"\nb\n"), "1: <a>\n3: <>\n4: <b>\n"}, /* "" is a cell */
	{T("\n\n"), ""},
	{T("a,b\n\"1\n2\",3\n4,5\n"), "1: <a> <b>\n2: <1\n2> <3>\n4: <4> <5>\n"},
	{T("a,b\r\n\"1\r\n2\",3\r\n4,5\r\n"), "1: <a> <b>\n2: <1\r\n2> <3>\n4: <4> <5>\n"},
	{T("a,b\r\"1\r2\",3\r4,5\r"), "1: <a> <b>\n2: <1\r2> <3>\n4: <4> <5>\n"},
	{T("a\n\"\n\n\n\"\nb\n"), "1: <a>\n2: <\n\n\n>\n6: <b>\n"},
	{T("a\n\"1\"\"2\"\n\"\"\"\"\nb\n"), "1: <a>\n2: <1\"2>\n3: <\">\n4: <b>\n"},
	{T("a,b\n\"x,y\",\"\"\"q\"\"\"\n"), "1: <a> <b>\n2: <x,y> <\"q\">\n"},
	{T("\"a\nb\",c\n\n1,2\n"), "1: <a\nb> <c>\n4: <1> <2>\n"}, /* in the header, too */
	{T("\xef\xbb\xbf" "a,b\n1,2\n"), "1: <a> <b>\n2: <1> <2>\n"},
	{T("\xef\xbb\xbf\"a\",b\r\n1,2\r\n"), "1: <a> <b>\n2: <1> <2>\n"},
	{T("\xef\xbb\xbf\n\na\n"), "3: <a>\n"},
	{T("a\n\xef\xbb\xbf" "1\n"), "1: <a>\n2: <\xef\xbb\xbf" "1>\n"}, /* only at the start */
	{T("a;b\n1;2,5\n"), "1: <a> <b>\n2: <1> <2,5>\n"},
	{T("a,b\n1;2,5\n"), "1: <a> <b>\n2: <1;2> <5>\n"},
	{T("a;b\r\n\"1;2\";3\r\n"), "1: <a> <b>\n2: <1;2> <3>\n"},
	{T(" a , b \n  1,\t2\t\n"), "1: <a> <b>\n2: <1> <2>\n"},
	{T("a\n \" 1 \" \n"), "1: <a>\n2: < 1 >\n"},
	{T("#a\n#1\n"), "1: <#a>\n2: <#1>\n"},
};

START_TEST(records)
{
	expect(samples[_i].bytes, samples[_i].size, false, samples[_i].log);
}
END_TEST

/* NULs go through; the reader above refuses them by name. */
START_TEST(nul_bytes)
{
	static const char nuls[] = "1: <a\0b> <c>\n2: <\0> <\0>\n";
	struct pieces in = {T("a\0b,c\n\0,\"\0\"\n"), 0, 3, false};
	struct scap_error error;
	struct log log;

	log_open(&log);
	ck_assert_uint_eq(run(&log, &in, &error), 0);
	ck_assert_uint_eq(log.text.size, sizeof(nuls) - 1);
	ck_assert_mem_eq(log.text.data, nuls, sizeof(nuls) - 1);
	log_close(&log);
}
END_TEST

/* ---- Places of cells --------------------------------------------------------------- */

static const struct sample places[] = {
	{T("a,bc\n1,23\n"), "1: <a>@1:1+1 <bc>@1:3+2\n2: <1>@2:1+1 <23>@2:3+2\n"},
	{T("a,,b\n"), "1: <a>@1:1+1 <>@1:3+0 <b>@1:4+1\n"},
	{T("a,\n"), "1: <a>@1:1+1 <>@1:3+0\n"},
	{T("  a , b  \n"), "1: <a>@1:3+1 <b>@1:7+1\n"},
	{T("\"a,b\",c\n"), "1: <a,b>@1:1+5 <c>@1:7+1\n"}, /* with its quotes */
	{T("\"a\"\"b\",c\n"), "1: <a\"b>@1:1+6 <c>@1:8+1\n"},
	{T("a;b\n1,2;3\n"), "1: <a>@1:1+1 <b>@1:3+1\n2: <1,2>@2:1+3 <3>@2:5+1\n"},
	{T("x\n\"a\nb\",c\nd,e\n"),
	 "1: <x>@1:1+1\n2: <a\nb>@2:1+5 <c>@3:4+1\n4: <d>@4:1+1 <e>@4:3+1\n"},
	{T("x\r\n\"a\r\nb\",c\r\n"), "1: <x>@1:1+1\n2: <a\r\nb>@2:1+6 <c>@3:4+1\n"},
	{T("x\r\"a\rb\",c\r"), "1: <x>@1:1+1\n2: <a\rb>@2:1+5 <c>@3:4+1\n"},
	{T("\xef\xbb\xbf" "a,b\n"), "1: <a>@1:1+1 <b>@1:3+1\n"}, /* the mark takes no column */
	{T("\xc3\xbc\xc3\xbc,b\n"), "1: <\xc3\xbc\xc3\xbc>@1:1+4 <b>@1:4+1\n"}, /* characters */
	{T("\n\n a,b\n"), "3: <a>@3:2+1 <b>@3:4+1\n"},
	{T("a,b\n\n  \n1,2\n"), "1: <a>@1:1+1 <b>@1:3+1\n4: <1>@4:1+1 <2>@4:3+1\n"},
	{T("a\t,\tb\n"), "1: <a>@1:1+1 <b>@1:5+1\n"}, /* a tab is trimmed like a space */
};

START_TEST(places_of_cells)
{
	expect(places[_i].bytes, places[_i].size, true, places[_i].log);
}
END_TEST

/* Asking for the place of a cell that is not there is harmless. */
START_TEST(cell_beyond)
{
	struct stream stream = {.separator = ','};
	struct source record = {"in.csv", "a,b", 3, 1};
	struct place place = scap__stream_cell(&stream, &record, 7);

	ck_assert_uint_eq(place.at, 3);
	ck_assert_uint_eq(place.size, 0);
	record.size = 0;
	place = scap__stream_cell(&stream, &record, 0);
	ck_assert_uint_eq(place.at + place.size, 0);
}
END_TEST

/* ---- Broken quotes ----------------------------------------------------------------- */

static const struct sample broken[] = {
	/* a quote inside a cell that doesn't begin with one */
	{T("a\nx\"y\nb\n"), "1: <a>\n!2:2 108\n3: <b>\n"},
	{T("a,b\n1,x\"y\"\n3,4\n"), "1: <a> <b>\n!2:4 108\n3: <3> <4>\n"},
	/* text behind the closing quote */
	{T("a\n\"x\"y\nb\n"), "1: <a>\n!2:4 108\n3: <b>\n"},
	{T("a\r\n\"x\"y\r\nb\r\n"), "1: <a>\n!2:4 108\n3: <b>\n"},
	{T("a\r\"x\"y\rb\r"), "1: <a>\n!2:4 108\n3: <b>\n"},
	/* the record began two lines above the place: on from the line behind its first */
	{T("a,b\n\"1\n2\n3\"x,4\n5,6\n"),
	 "1: <a> <b>\n!4:3 108\n3: <2>\n!4:2 108\n5: <5> <6>\n"},
	/* never closed: the next lines are read for themselves */
	{T("a\n\"x\nb\nc\n"), "1: <a>\n!2:1 109\n3: <b>\n4: <c>\n"},
	{T("a\n\"x\nb\nc"), "1: <a>\n!2:1 109\n3: <b>\n4: <c>\n"},
	{T("a,b\n1,\"x\n3,4\n"), "1: <a> <b>\n!2:3 109\n3: <3> <4>\n"},
	{T("a\n\"x"), "1: <a>\n!2:1 109\n"},
	{T("a\n\""), "1: <a>\n!2:1 109\n"},
	{T("a\n\"x\n"), "1: <a>\n!2:1 109\n"},
	{T("a\r\n\"x\r\nb\r\n"), "1: <a>\n!2:1 109\n3: <b>\n"},
	{T("a\r\"x\rb\r"), "1: <a>\n!2:1 109\n3: <b>\n"},
	{T("a\n\n\n\"x\n\nb\n"), "1: <a>\n!4:1 109\n6: <b>\n"},
	/* the quote that is open is the last one, not the first */
	{T("a,b\n\"1\",\"x\n3,4\n"), "1: <a> <b>\n!2:5 109\n3: <3> <4>\n"},
	{T("a,b\n\"1\"\"1\",\"x\n3,4\n"), "1: <a> <b>\n!2:8 109\n3: <3> <4>\n"},
	/* in the first line, and behind a byte order mark */
	{T("\"a\nb\n"), "!1:1 109\n2: <b>\n"},
	{T("\xef\xbb\xbf\"a\nb\n"), "!1:1 109\n2: <b>\n"},
	{T("a\"\nb\n"), "!1:2 108\n2: <b>\n"},
	/* one broken record behind the other */
	{T("a\nx\"\ny\"\nz\"\nb\n"), "1: <a>\n!2:2 108\n!3:2 108\n!4:2 108\n5: <b>\n"},
	/* what comes behind keeps its lines, quoted ones too */
	{T("a\nx\"\n\n\"1\n2\"\nb\n"), "1: <a>\n!2:2 108\n4: <1\n2>\n6: <b>\n"},
	{T("a;b\n1;\"x\"y\n2;3\n"), "1: <a> <b>\n!2:6 108\n3: <2> <3>\n"},
};

START_TEST(broken_quotes)
{
	expect(broken[_i].bytes, broken[_i].size, false, broken[_i].log);
}
END_TEST

/* ---- Over the edges of the buffer -------------------------------------------------- */

/* Appends a log with each line number N made N + BY. */
static void shift_log(const char *log, unsigned by, struct buffer *out)
{
	for (bool start = true; *log; start = *log++ == '\n') {
		const char *digits = log + (*log == '!');
		char *end;
		unsigned long line = strtoul(digits, &end, 10);

		if (start && end > digits && *end == ':') {
			scap__buffer_printf(out, "%s%lu", *log == '!' ? "!" : "", line + by);
			log = end;
		}
		scap__buffer_char(out, *log);
	}
}

/* What stands before a sample: a short header and a record of SIZE bytes, with
 * the sample's line ends and separator. The log of it goes to LOG. */
static void write_padding(const struct sample *sample, size_t size, struct buffer *bytes,
                          struct buffer *log)
{
	const char *cr = strchr(sample->bytes, '\r'), *lf = strchr(sample->bytes, '\n');
	const char *sign = strpbrk(sample->bytes, ",;");
	const char *line_end = cr && lf ? "\r\n" : cr ? "\r" : "\n";
	char *padding = malloc(size + 1);

	memset(padding, 'p', size);
	padding[size] = '\0';
	scap__buffer_printf(bytes, "h%ch%s%s%s", sign ? *sign : ',', line_end, padding, line_end);
	scap__buffer_printf(log, "1: <h> <h>\n2: <%s>\n", padding);
	free(padding);
}

/* An edge of the buffer falls into the sample, or close to it. */
static void expect_behind(const struct sample *sample, size_t size)
{
	struct buffer bytes, log;
	struct pieces in = {.piece = SIZE_MAX};
	struct scap_error error;
	struct log told;

	scap__buffer_init(&bytes, (size_t)1 << 24);
	scap__buffer_init(&log, (size_t)1 << 24);
	write_padding(sample, size, &bytes, &log);
	scap__buffer_add(&bytes, sample->bytes, sample->size);
	shift_log(sample->log, 2, &log);
	ck_assert(scap__buffer_string(&log) && !bytes.failed);
	in.bytes = bytes.data;
	in.size = bytes.size;
	log_open(&told);
	ck_assert_uint_eq(run(&told, &in, &error), 0);
	ck_assert_ptr_nonnull(scap__buffer_string(&told.text));
	ck_assert_msg(!strcmp(told.text.data, log.data), "behind %zu bytes: %s", size,
	              difference(told.text.data, log.data));
	log_close(&told);
	scap__buffer_free(&bytes);
	scap__buffer_free(&log);
}

static void sweep(const struct sample *sample)
{
	if (!strncmp(sample->bytes, "\xef\xbb\xbf", 3))
		return; /* a mark counts at the start of a file only */
	for (size_t before = 0; before <= sample->size + 8; before++)
		expect_behind(sample, BUFFER - before);
	expect_behind(sample, 2 * BUFFER - 2);
}

START_TEST(records_over_an_edge)
{
	sweep(&samples[_i]);
}
END_TEST

START_TEST(broken_over_an_edge)
{
	sweep(&broken[_i]);
}
END_TEST

/* ---- What is refused at the door --------------------------------------------------- */

static const struct refused {
	const char *bytes;
	size_t size;
	enum code code;
} refused[] = {
	{T(""), E_EMPTY_FILE},
	{T("\xef\xbb\xbf"), E_EMPTY_FILE},
	{T("a\tb\n1\t2\n"), E_TABS},
	{T("\xff\xfe" "a\0,\0"), E_UTF16},
	{T("\xfe\xff\0a\0,"), E_UTF16},
	{T("a\0,\0b\0\n\0"), E_UTF16},
};

START_TEST(refused_files)
{
	for (size_t i = 0; i < ROWS(piece_sizes); i++) {
		struct pieces in = {refused[_i].bytes, refused[_i].size, 0, piece_sizes[i], false};
		struct scap_error error = {0};
		struct log log;

		log_open(&log);
		ck_assert_uint_eq(run(&log, &in, &error), refused[_i].code);
		ck_assert_uint_eq(error.code, refused[_i].code);
		ck_assert_str_eq(error.file, "in.csv");
		ck_assert_uint_eq(log.records, 0);
		log_close(&log);
	}
}
END_TEST

/* Reading that fails ends it with a code, in the first piece or a later one. */
START_TEST(reading_fails)
{
	static const size_t sizes[] = {0, 1, 100, BUFFER, BUFFER + 5, 5 * BUFFER};
	char *bytes = malloc(5 * BUFFER);
	struct scap_error error;

	for (size_t i = 0; i < 5 * BUFFER; i++)
		bytes[i] = i % 8 == 7 ? '\n' : 'x';
	for (size_t i = 0; i < ROWS(sizes); i++) {
		struct pieces in = {bytes, sizes[i], 0, 1000, true};
		struct log log;

		log_open(&log);
		ck_assert_uint_eq(run(&log, &in, &error), E_READ_FAILED);
		ck_assert_uint_le(log.records, sizes[i] / 8);
		log_close(&log);
	}
	free(bytes);
}
END_TEST

/* The handler may stop: no record is given behind the piece that is in hand. */
START_TEST(stops_when_told)
{
	char *bytes = malloc(10 * BUFFER);
	struct pieces in = {bytes, 10 * BUFFER, 0, SIZE_MAX, false};
	struct scap_error error;
	struct log log;

	for (size_t i = 0; i < 10 * BUFFER; i++)
		bytes[i] = i % 8 == 7 ? '\n' : 'x';
	log_open(&log);
	log.quiet = true;
	log.stop_after = 3;
	ck_assert_uint_eq(run(&log, &in, &error), 0);
	ck_assert_uint_le(in.at, 2 * BUFFER);
	log_close(&log);
	free(bytes);
}
END_TEST

/* ---- All of it --------------------------------------------------------------------- */

static Suite *make_suite(void)
{
	Suite *suite = suite_create("stream");
	TCase *small = unit_case("small"), *edges = unit_case("edges");
	TCase *ends = unit_case("ends");

	tcase_add_loop_test(small, records, 0, ROWS(samples));
	tcase_add_test(small, nul_bytes);
	tcase_add_loop_test(small, places_of_cells, 0, ROWS(places));
	tcase_add_test(small, cell_beyond);
	tcase_add_loop_test(small, broken_quotes, 0, ROWS(broken));
	tcase_add_loop_test(edges, records_over_an_edge, 0, ROWS(samples));
	tcase_add_loop_test(edges, broken_over_an_edge, 0, ROWS(broken));
	tcase_add_loop_test(ends, refused_files, 0, ROWS(refused));
	tcase_add_test(ends, reading_fails);
	tcase_add_test(ends, stops_when_told);
	suite_add_tcase(suite, small);
	suite_add_tcase(suite, edges);
	suite_add_tcase(suite, ends);
	return suite;
}

int main(void)
{
	return unit_main(make_suite());
}
