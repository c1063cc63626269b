/* SPDX-License-Identifier: MIT
 *
 * The small tools under everything, tried by tables: text, numbers, and what a
 * file's bytes are.
 */
#include <limits.h>

#include "base/number.h"
#include "base/text.h"
#include "report/html.h"
#include "table/bytes.h"
#include "unit.h"

/* A text with its size, so that NULs can stand in it. */
#define T(literal) literal, sizeof(literal) - 1
#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

/* ---- text.h: UTF-8 ----------------------------------------------------------------- */

static const struct utf8 {
	const char *text;
	size_t size, invalid, length; /* where it goes wrong; characters, each bad byte one */
} utf8[] = {
	{T(""), 0, 0},
	{T("abc"), 3, 3},
	{T("a\0b"), 3, 3},
	{T("\x7f"), 1, 1},
	{T("\xc2\x80"), 2, 1},         /* the least of two bytes */
	{T("\xdf\xbf"), 2, 1},
	{T("\xe0\xa0\x80"), 3, 1},     /* the least of three */
	{T("\xed\x9f\xbf"), 3, 1},     /* the last before the surrogates */
	{T("\xee\x80\x80"), 3, 1},     /* the first behind them */
	{T("\xef\xbf\xbf"), 3, 1},
	{T("\xf0\x90\x80\x80"), 4, 1}, /* the least of four */
	{T("\xf4\x8f\xbf\xbf"), 4, 1}, /* the last character there is */
	{T("gr\xc3\xbc\xc3\x9f"), 6, 4},
	{T("\x80"), 0, 1},             /* a continuation alone */
	{T("\xbf"), 0, 1},
	{T("\xc0\x80"), 0, 2},         /* overlong NUL */
	{T("\xc1\xbf"), 0, 2},
	{T("\xe0\x9f\xbf"), 0, 3},     /* overlong */
	{T("\xf0\x8f\xbf\xbf"), 0, 4}, /* overlong */
	{T("\xed\xa0\x80"), 0, 3},     /* surrogates */
	{T("\xed\xbf\xbf"), 0, 3},
	{T("\xf4\x90\x80\x80"), 0, 4}, /* beyond the last */
	{T("\xf5\x80\x80\x80"), 0, 4},
	{T("\xff"), 0, 1},
	{T("ab\xc3"), 2, 3},           /* cut off */
	{T("ab\xe2\x82"), 2, 4},
	{T("ab\xf0\x9f\x98"), 2, 5},
	{T("a\xc3(b"), 1, 4},
	{T("\xe2\x82\xac\x80"), 3, 2},
};

START_TEST(text_utf8)
{
	const struct utf8 *row = &utf8[_i];

	ck_assert_uint_eq(scap__text_invalid(row->text, row->size), row->invalid);
	ck_assert_uint_eq(scap__text_length(row->text, row->size), row->length);
}
END_TEST

/* Every pair of bytes, against a table of what may follow what. */
START_TEST(text_utf8_pairs)
{
	for (unsigned a = 0; a < 256; a++)
		for (unsigned b = 0; b < 256; b++) {
			char pair[2] = {(char)a, (char)b};
			size_t expected = a >= 0x80 && a < 0xc2 ? 0
			                  : a >= 0xe0           ? 0 /* three and four bytes */
			                  : a >= 0xc2           ? (b >= 0x80 && b < 0xc0 ? 2 : 0)
			                  : b < 0x80            ? 2 : 1;

			ck_assert_msg(scap__text_invalid(pair, 2) == expected, "%02x %02x", a, b);
		}
}
END_TEST

START_TEST(text_char_size)
{
	ck_assert_uint_eq(scap__text_char_size(T("a")), 1);
	ck_assert_uint_eq(scap__text_char_size(T("\xc3\xbc")), 2);
	ck_assert_uint_eq(scap__text_char_size(T("\xe2\x82\xac!")), 3);
	ck_assert_uint_eq(scap__text_char_size(T("\xf0\x9f\x98\x80")), 4);
	ck_assert_uint_eq(scap__text_char_size("\xf0\x9f\x98\x80", 3), 1); /* never over SIZE */
	ck_assert_uint_eq(scap__text_char_size(T("\xff")), 1);
	ck_assert_uint_eq(scap__text_char_size(T("\0")), 1);
}
END_TEST

static const struct unsafe {
	const char *text;
	size_t size;
	bool unsafe;
} unsafe[] = {
	{T("a"), false},
	{T(" "), false},
	{T("~"), false},
	{T("\0"), true},
	{T("\t"), true},
	{T("\n"), true},
	{T("\x1b"), true},
	{T("\x1f"), true},
	{T("\x7f"), true},
	{T("\x9b"), true},           /* CSI of Latin-1, and no UTF-8 */
	{T("\xff"), true},
	{T("\xc2\x80"), true},       /* U+0080 */
	{T("\xc2\x9b"), true},       /* U+009B, CSI */
	{T("\xc2\x9f"), true},
	{T("\xc2\xa0"), false},
	{T("\xc3\xbc"), false},
	{T("\xe2\x80\x8d"), false},  /* U+200D */
	{T("\xe2\x80\x8e"), true},   /* U+200E, left-to-right mark */
	{T("\xe2\x80\x8f"), true},
	{T("\xe2\x80\x90"), false},
	{T("\xe2\x80\xa7"), false},
	{T("\xe2\x80\xa8"), true},   /* U+2028, line separator */
	{T("\xe2\x80\xae"), true},   /* U+202E, right-to-left override */
	{T("\xe2\x80\xaf"), false},
	{T("\xe2\x81\xa5"), false},
	{T("\xe2\x81\xa6"), true},   /* U+2066 to U+2069, isolates */
	{T("\xe2\x81\xa9"), true},
	{T("\xe2\x81\xaa"), false},
	{T("\xe2\x82\xac"), false},
	{T("\xf0\x9f\x98\x80"), false},
};

START_TEST(text_unsafe)
{
	ck_assert_int_eq(scap__text_unsafe(unsafe[_i].text, unsafe[_i].size), unsafe[_i].unsafe);
}
END_TEST

START_TEST(text_bytes)
{
	ck_assert_uint_eq(scap__text_bytes(T("")), 0);
	ck_assert_uint_eq(scap__text_bytes(T("a b-c.d;e/f'g_{}~")), 0);
	ck_assert_uint_eq(scap__text_bytes(T("a,b")), TEXT_QUOTE);
	ck_assert_uint_eq(scap__text_bytes(T("a\"b")), TEXT_QUOTE);
	ck_assert_uint_eq(scap__text_bytes(T("a\nb")), TEXT_QUOTE | TEXT_ODD);
	ck_assert_uint_eq(scap__text_bytes(T("a\rb")), TEXT_QUOTE | TEXT_ODD);
	ck_assert_uint_eq(scap__text_bytes(T("a\tb")), TEXT_ODD);
	ck_assert_uint_eq(scap__text_bytes(T("\0")), TEXT_ODD);
	ck_assert_uint_eq(scap__text_bytes(T("\x7f")), TEXT_ODD);
	ck_assert_uint_eq(scap__text_bytes(T("\xc3\xbc")), TEXT_ODD);
	ck_assert_uint_eq(scap__text_bytes(T("\xc3\xbc,")), TEXT_ODD | TEXT_QUOTE);
}
END_TEST

/* Each byte at each place of texts that are looked at a word at a time, between
 * bytes at both ends of what is plain, says what it says alone. */
START_TEST(text_byte_among_others)
{
	static const char fills[] = {' ', '~', '-', '#', '\0'};
	char text[20];

	for (const char *fill = fills; *fill; fill++)
		for (unsigned byte = 0; byte < 256; byte++)
			for (size_t size = 1; size <= sizeof(text); size++)
				for (size_t at = 0; at < size; at++) {
					char one = (char)byte;

					memset(text, *fill, sizeof(text));
					text[at] = one;
					ck_assert_uint_eq(scap__text_bytes(text, size),
					                  scap__text_bytes(&one, 1));
					ck_assert_uint_eq(scap__text_invalid(text, size),
					                  byte < 0x80 ? size : at);
				}
}
END_TEST

/* ---- text.h: names, trimming, letter case ------------------------------------------ */

static const struct is_name {
	const char *text;
	size_t size;
	bool name;
} is_name[] = {
	{T("a"), true},        {T("night_pain"), true}, {T("a1"), true},    {T("a_"), true},
	{T("z9_z"), true},     {T(""), false},          {T("1a"), false},   {T("_a"), false},
	{T("A"), false},       {T("aB"), false},        {T("a-b"), false},  {T("a b"), false},
	{T("a.b"), false},     {T("a\0"), false},       {T(" a"), false},   {T("\xc3\xbc"), false},
	{T("a\xc3\xbc"), false}, {T("`"), false},       {T("{"), false},    {T("a{"), false},
	{T("a/"), false},      {T("a:"), false},
};

START_TEST(text_is_name)
{
	ck_assert_int_eq(scap__text_is_name(is_name[_i].text, is_name[_i].size), is_name[_i].name);
}
END_TEST

static const struct trim {
	const char *text;
	size_t size;
	const char *trimmed;
	size_t left;
} trims[] = {
	{T(""), T("")},
	{T("a"), T("a")},
	{T("  a"), T("a")},
	{T("a\t "), T("a")},
	{T(" \t a  b \t"), T("a  b")},
	{T("\r\n a\rb \r\n"), T("a\rb")},
	{T("   "), T("")},
	{T("\t"), T("")},
	{T("\na\n"), T("a")},
	{T("\xc2\xa0" "a"), T("\xc2\xa0" "a")}, /* only ASCII goes */
	{T(" \0 "), T("\0")},
};

START_TEST(text_trim)
{
	const char *text = trims[_i].text;
	size_t size = trims[_i].size;

	scap__text_trim(&text, &size);
	ck_assert_uint_eq(size, trims[_i].left);
	ck_assert_mem_eq(text, trims[_i].trimmed, size);
}
END_TEST

START_TEST(text_same)
{
	ck_assert(scap__text_same(T(""), ""));
	ck_assert(scap__text_same(T("yes"), "yes"));
	ck_assert(scap__text_same(T("YeS"), "yEs"));
	ck_assert(!scap__text_same(T("yes"), "ye"));
	ck_assert(!scap__text_same(T("ye"), "yes"));
	ck_assert(!scap__text_same(T("yes "), "yes"));
	ck_assert(!scap__text_same(T("yes\0"), "yes"));
	ck_assert(!scap__text_same(T("@"), "`")); /* only letters have a case */
	ck_assert(!scap__text_same(T("["), "{"));
	ck_assert(!scap__text_same(T("\xc3\x9c"), "\xc3\xbc")); /* ASCII case only */
}
END_TEST

START_TEST(text_as_name)
{
	char out[8] = "-------";

	ck_assert_uint_eq(scap__text_as_name(T("Night P"), out, 7), 7);
	ck_assert_mem_eq(out, "night_p-", 8 - 1);
	ck_assert_uint_eq(scap__text_as_name(T("a-B c"), out, 7), 5);
	ck_assert_mem_eq(out, "a_b_c", 5);
	ck_assert_uint_eq(scap__text_as_name(T("12345678"), out, 7), 0); /* does not fit */
	ck_assert_uint_eq(scap__text_as_name(T(""), out, 7), 0);
	ck_assert_uint_eq(scap__text_as_name(T("\xc3\x9c"), out, 7), 2);
	ck_assert_mem_eq(out, "\xc3\x9c", 2);
}
END_TEST

/* ---- text.h: distance -------------------------------------------------------------- */

static const struct distance {
	const char *a, *b;
	unsigned far;
} distances[] = {
	{"", "", 0},
	{"", "abc", 3},
	{"abc", "abc", 0},
	{"abc", "abd", 1},
	{"abc", "ab", 1},
	{"abc", "xabc", 1},
	{"abc", "acb", 1},           /* neighbours swapped */
	{"nubm", "numb", 1},
	{"abcd", "badc", 2},
	{"ca", "abc", 3},            /* no change inside what was swapped */
	{"kitten", "sitting", 3},
	{"abc", "ABC", 3},
	{"night_pain", "nigthpain", 2},
	{"aaaa", "bbbb", 4},
};

START_TEST(text_distance)
{
	const struct distance *row = &distances[_i];
	size_t a = strlen(row->a), b = strlen(row->b);

	ck_assert_uint_eq(scap__text_distance(row->a, a, row->b, b), row->far);
	ck_assert_uint_eq(scap__text_distance(row->b, b, row->a, a), row->far);
}
END_TEST

START_TEST(text_distance_limit)
{
	char a[65], b[65];

	memset(a, 'a', sizeof(a));
	memset(b, 'b', sizeof(b));
	ck_assert_uint_eq(scap__text_distance(a, 64, b, 64), 64);
	ck_assert_uint_eq(scap__text_distance(a, 65, b, 64), UINT_MAX);
	ck_assert_uint_eq(scap__text_distance(a, 64, b, 65), UINT_MAX);
}
END_TEST

START_TEST(text_near_limit)
{
	ck_assert_uint_eq(scap__text_near_limit(1), 1);
	ck_assert_uint_eq(scap__text_near_limit(4), 1);
	ck_assert_uint_eq(scap__text_near_limit(5), 2);
	ck_assert_uint_eq(scap__text_near_limit(9), 2);
	ck_assert_uint_eq(scap__text_near_limit(10), 3);
	ck_assert_uint_eq(scap__text_near_limit(64), 3);
}
END_TEST

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Texts that differ a little, and in their length only, have different hashes. */
START_TEST(text_hash)
{
	enum { COUNT = 20000 };
	static uint64_t hashes[COUNT + 40];
	static const char zeros[40];
	size_t n = 0;
	char text[32];

	for (unsigned i = 0; i < COUNT; i++)
		hashes[n++] = scap__text_hash(text, (size_t)snprintf(text, sizeof(text), "p%u", i));
	for (size_t i = 0; i < sizeof(zeros); i++)
		hashes[n++] = scap__text_hash(zeros, i);
	qsort(hashes, n, sizeof(hashes[0]), by_value);
	for (size_t i = 1; i < n; i++)
		ck_assert_uint_ne(hashes[i], hashes[i - 1]);
	ck_assert_uint_eq(scap__text_hash("night_pain!", 10), scap__text_hash("night_pain", 10));
}
END_TEST

/* ---- number.h ---------------------------------------------------------------------- */

static const struct number {
	const char *text;
	enum number_fault fault;
	int64_t value;
	const char *written; /* NULL: as it was read */
} numbers[] = {
	{"0", NUMBER_OK, 0, NULL},
	{"-0", NUMBER_OK, 0, "0"},
	{"44", NUMBER_OK, 44000000, NULL},
	{"+44", NUMBER_OK, 44000000, "44"},
	{"-12.5", NUMBER_OK, -12500000, NULL},
	{"007", NUMBER_OK, 7000000, "7"},
	{"3.50", NUMBER_OK, 3500000, "3.5"},
	{"0.000001", NUMBER_OK, 1, NULL},
	{"-0.000001", NUMBER_OK, -1, NULL},
	{"0.100000", NUMBER_OK, 100000, "0.1"},
	{"100", NUMBER_OK, 100000000, NULL},
	{"999999999", NUMBER_OK, INT64_C(999999999000000), NULL},
	{"-999999999.999999", NUMBER_OK, INT64_C(-999999999999999), NULL},
	{"1000000000", NUMBER_DIGITS, 0, NULL},
	{"0000000001", NUMBER_DIGITS, 0, NULL},
	{"1.0000000", NUMBER_DIGITS, 0, NULL},
	{"99999999999999999999999999999999", NUMBER_DIGITS, 0, NULL},
	{"", NUMBER_NONE, 0, NULL},
	{"-", NUMBER_NONE, 0, NULL},
	{"+", NUMBER_NONE, 0, NULL},
	{".", NUMBER_NONE, 0, NULL},
	{".5", NUMBER_NONE, 0, NULL},
	{"5.", NUMBER_NONE, 0, NULL},
	{"--5", NUMBER_NONE, 0, NULL},
	{"+-5", NUMBER_NONE, 0, NULL},
	{"5-", NUMBER_NONE, 0, NULL},
	{"1e3", NUMBER_NONE, 0, NULL},
	{"0x10", NUMBER_NONE, 0, NULL},
	{"inf", NUMBER_NONE, 0, NULL},
	{"nan", NUMBER_NONE, 0, NULL},
	{" 5", NUMBER_NONE, 0, NULL},
	{"5 ", NUMBER_NONE, 0, NULL},
	{"5 weeks", NUMBER_NONE, 0, NULL},
	{"forty", NUMBER_NONE, 0, NULL},
	{"1.2.3.4", NUMBER_NONE, 0, NULL},
	{"\xd9\xa3", NUMBER_NONE, 0, NULL}, /* an Arabic three */
	{"3,5", NUMBER_COMMA, 0, NULL},
	{"-3,5", NUMBER_COMMA, 0, NULL},
	{"3,5,1", NUMBER_NONE, 0, NULL},
	{",", NUMBER_NONE, 0, NULL},
	{"1986-03-05", NUMBER_DATE, 0, NULL},
	{"5/3/86", NUMBER_DATE, 0, NULL},
	{"05.03.1986", NUMBER_DATE, 0, NULL},
	{"--", NUMBER_NONE, 0, NULL},
};

START_TEST(number_read)
{
	const struct number *row = &numbers[_i];
	int64_t value = 77;
	char out[24];

	ck_assert_int_eq(scap__number_read(row->text, strlen(row->text), &value), row->fault);
	if (row->fault) {
		ck_assert_int_eq(value, 77); /* untouched */
		return;
	}
	ck_assert_int_eq(value, row->value);
	scap__number_write(value, out);
	ck_assert_str_eq(out, row->written ? row->written : row->text);
}
END_TEST

/* Only SIZE bytes are read. */
START_TEST(number_read_size)
{
	int64_t value;

	ck_assert_int_eq(scap__number_read("12345", 2, &value), NUMBER_OK);
	ck_assert_int_eq(value, 12 * NUMBER_ONE);
	ck_assert_int_eq(scap__number_read("1.5", 2, &value), NUMBER_NONE);
	ck_assert_int_eq(scap__number_read("5\0", 2, &value), NUMBER_NONE);
}
END_TEST

START_TEST(number_whole)
{
	ck_assert(scap__number_whole(0));
	ck_assert(scap__number_whole(-3 * NUMBER_ONE));
	ck_assert(!scap__number_whole(1));
	ck_assert(!scap__number_whole(-NUMBER_ONE / 2));
}
END_TEST

/* What is written is read back as the same. */
START_TEST(number_round)
{
	uint64_t dice = 11;

	for (unsigned i = 0; i < 20000; i++) {
		int64_t value = ((int64_t)unit_roll(&dice, 2000000000) - 1000000000) *
		                        (int64_t)(1 + unit_roll(&dice, 999999)),
		        again;
		char out[24];

		scap__number_write(value, out);
		ck_assert_int_eq(scap__number_read(out, strlen(out), &again), NUMBER_OK);
		ck_assert_int_eq(again, value);
	}
}
END_TEST

/* ---- bytes.h ----------------------------------------------------------------------- */

START_TEST(bytes_mark)
{
	ck_assert_uint_eq(scap__bytes_mark(T("\xef\xbb\xbfid")), 3);
	ck_assert_uint_eq(scap__bytes_mark(T("\xef\xbb\xbf")), 3);
	ck_assert_uint_eq(scap__bytes_mark(T("\xef\xbb")), 0);
	ck_assert_uint_eq(scap__bytes_mark(T("id\xef\xbb\xbf")), 0);
	ck_assert_uint_eq(scap__bytes_mark(T("")), 0);
}
END_TEST

static const struct foreign {
	const char *text;
	size_t size;
	bool foreign;
} foreigns[] = {
	{T(""), false},
	{T("i"), false},
	{T("id,age"), false},
	{T("\xff\xfei\0d\0"), true},
	{T("\xfe\xff\0i\0d"), true},
	{T("\xff\xfe"), true},
	{T("i\0d\0"), true}, /* without a mark */
	{T("\0i\0d"), true},
	{T("i\0"), false},   /* too short to tell */
	{T("i\0dd"), false},
	{T("\0\0\0\0"), false},
	{T("\xef\xbb\xbfid"), false},
	{T("\xff\xffid"), false},
};

START_TEST(bytes_foreign)
{
	struct source source = {"x.csv", foreigns[_i].text, foreigns[_i].size, 1};
	scap_report *report = scap_report_new();

	ck_assert_int_eq(scap__bytes_foreign(report, &source), foreigns[_i].foreign);
	ck_assert_uint_eq(scap_report_count(report), foreigns[_i].foreign);
	if (foreigns[_i].foreign) {
		ck_assert_uint_eq(scap_report_at(report, 0)->code, E_UTF16);
		ck_assert_str_eq(scap_report_at(report, 0)->file, "x.csv");
	}
	scap_report_free(report);
}
END_TEST

static const struct separator {
	const char *text;
	size_t size;
	char sign;
} separators[] = {
	{T(""), ','},
	{T("id"), ','},
	{T("id,age\n"), ','},
	{T("id;age\n"), ';'},
	{T("id\tage\n"), '\t'},
	{T("a;b,c\n"), ','},           /* in doubt a comma */
	{T("a;b;c, d\n"), ';'},        /* a name may hold a comma */
	{T("a,b,c; d\n"), ','},
	{T("a,b\tc\n"), ','},
	{T("a;b\tc\n"), ';'},
	{T("\"a,b\";c\n"), ';'},       /* not inside quotes */
	{T("\"a;b\",c\n"), ','},
	{T("\"a;b\"\n"), ','},
	{T("\"a\n;b\";c\n"), ';'},     /* the header line goes on inside quotes */
	{T("id;age\r1,2\r"), ';'},     /* only the header line counts */
	{T("id;age\r\n1,2\r\n"), ';'},
	{T("id\n1,2\n"), ','},
	{T("id\n1;2\n"), ','},
	{T("\"a\"\"b;\";c"), ';'},
};

START_TEST(bytes_separator)
{
	ck_assert_int_eq(scap__bytes_separator(separators[_i].text, separators[_i].size),
	                 separators[_i].sign);
}
END_TEST

static const struct fault {
	const char *text;
	size_t size;
	enum code code;
	size_t at;
	const char *what;
} faults[] = {
	{T(""), 0, 0, NULL},
	{T("abc"), 0, 0, NULL},
	{T("a\tb\r\n"), 0, 0, NULL},
	{T("gr\xc3\xbc\xc3\x9f"), 0, 0, NULL},
	{T("ab\0c"), E_NUL_BYTE, 2, "a NUL byte"},
	{T("ab\x1b[0m"), E_CONTROL, 2, "the control character 0x1b"},
	{T("\x7f"), E_CONTROL, 0, "the control character 0x7f"},
	{T("a\x01\0"), E_CONTROL, 1, "the control character 0x01"}, /* the first of two */
	{T("a\xc2\x85"), E_CONTROL, 1, "a control character (U+0080 to U+009F)"},
	{T("\xc2\x80\x1b"), E_CONTROL, 0, "a control character (U+0080 to U+009F)"},
	{T("\xc2\x9f\xff"), E_CONTROL, 0, "a control character (U+0080 to U+009F)"},
	{T("\xc2\xa0\xe2\x80\xae\xe2\x81\xa6"), 0, 0, NULL}, /* turns the writing: text */
	{T("a\xe9t\xe9"), E_NOT_UTF8, 1,
	 "byte 0xe9 is not UTF-8 (in Windows-1252 it is '\xc3\xa9')"},
	{T("\x93hi\x94"), E_NOT_UTF8, 0,
	 "byte 0x93 is not UTF-8 (in Windows-1252 it is '\xe2\x80\x9c')"},
	{T("\x80"), E_NOT_UTF8, 0, "byte 0x80 is not UTF-8 (in Windows-1252 it is '\xe2\x82\xac')"},
	{T("\xff"), E_NOT_UTF8, 0, "byte 0xff is not UTF-8 (in Windows-1252 it is '\xc3\xbf')"},
	{T("\xa0"), E_NOT_UTF8, 0, "byte 0xa0 is not UTF-8 (in Windows-1252 it is '\xc2\xa0')"},
	{T("\x81"), E_NOT_UTF8, 0, "byte 0x81 is not UTF-8"}, /* nothing in Windows-1252 */
	{T("\x1b\xff"), E_CONTROL, 0, "the control character 0x1b"},
	{T("\xff\x1b"), E_NOT_UTF8, 0, NULL},
	{T("ok\xc3"), E_NOT_UTF8, 2, NULL},
};

START_TEST(bytes_fault)
{
	const struct fault *row = &faults[_i];
	size_t at = 99;
	char what[96];

	ck_assert_int_eq(scap__bytes_fault(row->text, row->size, &at), row->code);
	if (!row->code)
		return;
	ck_assert_uint_eq(at, row->at);
	scap__bytes_describe(row->code, row->text + at, what);
	if (row->what)
		ck_assert_str_eq(what, row->what);
}
END_TEST

/* ---- All of it --------------------------------------------------------------------- */

/* ---- html.h --------------------------------------------------------------------------- */

static const struct shown {
	const char *text, *html, *list;
} shown[] = {
	{"", "", ""},
	{"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
	 "&lt;script&gt;alert(1)&lt;/script&gt;"},
	{"\"'&amp;", "&quot;&#39;&amp;amp;", "&quot;&#39;&amp;amp;"},
	{"a\nb\tc\r", "a b c ", "a b c "},
	{"\xc3\xbc \xe2\x82\xac", "\xc3\xbc \xe2\x82\xac", "\xc3\xbc \xe2\x82\xac"},
	{"\x1b[1m \x7f", "?[1m ?", "?[1m ?"},
	{"\xe2\x80\xaeround", "?round", "?round"}, /* turns the writing */
	{"\xff<\xc3", "?&lt;?", "?&lt;?"},
	{"\xc3<b>", "?&lt;b&gt;", "?&lt;b&gt;"},   /* no half character hides a sign */
	{"a;b; c;", "a;b; c;", "a; b; c;"},
};

START_TEST(html_text)
{
	struct buffer text, list;

	scap__buffer_init(&text, 1000);
	scap__buffer_init(&list, 1000);
	scap__html_text(&text, shown[_i].text);
	scap__html_list(&list, shown[_i].text);
	ck_assert_str_eq(text.size ? scap__buffer_string(&text) : "", shown[_i].html);
	ck_assert_str_eq(list.size ? scap__buffer_string(&list) : "", shown[_i].list);
	scap__buffer_free(&text);
	scap__buffer_free(&list);
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("text");
	TCase *text = unit_case("text"), *number = unit_case("number");
	TCase *bytes = unit_case("bytes"), *html = unit_case("html");

	tcase_add_loop_test(text, text_utf8, 0, ROWS(utf8));
	tcase_add_test(text, text_utf8_pairs);
	tcase_add_test(text, text_char_size);
	tcase_add_loop_test(text, text_unsafe, 0, ROWS(unsafe));
	tcase_add_test(text, text_bytes);
	tcase_add_test(text, text_byte_among_others);
	tcase_add_loop_test(text, text_is_name, 0, ROWS(is_name));
	tcase_add_loop_test(text, text_trim, 0, ROWS(trims));
	tcase_add_test(text, text_same);
	tcase_add_test(text, text_as_name);
	tcase_add_loop_test(text, text_distance, 0, ROWS(distances));
	tcase_add_test(text, text_distance_limit);
	tcase_add_test(text, text_near_limit);
	tcase_add_test(text, text_hash);
	tcase_add_loop_test(number, number_read, 0, ROWS(numbers));
	tcase_add_test(number, number_read_size);
	tcase_add_test(number, number_whole);
	tcase_add_test(number, number_round);
	tcase_add_test(bytes, bytes_mark);
	tcase_add_loop_test(bytes, bytes_foreign, 0, ROWS(foreigns));
	tcase_add_loop_test(bytes, bytes_separator, 0, ROWS(separators));
	tcase_add_loop_test(bytes, bytes_fault, 0, ROWS(faults));
	tcase_add_loop_test(html, html_text, 0, ROWS(shown));
	suite_add_tcase(suite, text);
	suite_add_tcase(suite, html);
	suite_add_tcase(suite, number);
	suite_add_tcase(suite, bytes);
	return suite;
}

int main(void)
{
	return unit_main(make_suite());
}
