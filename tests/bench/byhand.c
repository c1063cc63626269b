/* SPDX-License-Identifier: MIT
 *
 * The small pack beside it as plain C: byhand FILE reads intakes with libcsv and
 * writes the rows that `scapula score --no-routines FILE` writes. No rule is read when it runs; a
 * change of the pack means changing and compiling these files. It shows what
 * rules in CSV cost, and it is a second opinion on every row. Unlike scapula it
 * says of bad rows only how many there are, and looks for no id twice.
 */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "byhand.h"

enum { PIECE_BYTES = 64 << 10 };

/* Columns that take more than yes and no. */
#define NOT_YES_NO                                                                       \
	(BIT(AGE) | BIT(PAIN) | BIT(DURATION_WEEKS) | BIT(SEX) | BIT(EQUIPMENT) | BIT(ID))

const char *const question_names[] = {
	"bladder_bowel", "breathless", "cancer_history", "chest_pain", "fever_chills",
	"limb_weakness", "major_injury", "numbness_tingling", "recent_injury", "severe_pain",
	"sudden_start", "age", "duration_weeks", "night_pain", "osteoporosis", "weight_loss",
	"pain", "chronic_examined", "pregnancy", "sex", "herniated_disc", "neck_problem",
	"equipment", "id"
};

struct column {
	enum question question;
	uint32_t bit; /* of a yes/no question; else 0 */
};

struct row row;

static const struct column no_columns = {BEYOND, 0}; /* while the header is read */
static struct column columns[ID + 2]; /* one more at the end, BEYOND */
static size_t ncolumns;
static bool bound;                /* the header has been read */
static const struct column *next; /* of the next cell */
static size_t beyond;             /* cells behind the last column */
static unsigned long long nrows, nbad;

/* ---- Reading a cell ------------------------------------------------------------ */

static inline bool same(const char *text, size_t size, const char *word)
{
	return size == strlen(word) && (!memcmp(text, word, strlen(word)) ||
	                                !strncasecmp(text, word, size));
}

static bool is_unknown(const char *text, size_t size)
{
	if (size && !memchr("uUnN", text[0], 4))
		return false;
	return !size || same(text, size, "unknown") || same(text, size, "not_sure") ||
	       same(text, size, "not sure") || same(text, size, "not-sure");
}

static void trim(const char **text, size_t *size)
{
	for (; *size && (**text == ' ' || **text == '\t'); ++*text)
		--*size;
	while (*size && ((*text)[*size - 1] == ' ' || (*text)[*size - 1] == '\t'))
		--*size;
}

static void read_yes_no(uint32_t bit, const char *text, size_t size)
{
	static const char *const words[] = {"no", "false", "0", "n", "yes", "true", "1", "y"};

	trim(&text, &size);
	for (size_t i = 0; i < 8; i++)
		if (same(text, size, words[i])) {
			row.yes |= i < 4 ? 0 : bit;
			return;
		}
	row.unknown |= bit;
	row.bad |= !is_unknown(text, size);
}

/* "+3", "03", "3.00": all that is rare. */
static bool read_digits(const char *text, size_t size, int *number)
{
	bool minus = size && text[0] == '-';
	size_t at = size && (minus || text[0] == '+'), start = at, zeros;
	int sum = 0;

	for (; at < size && text[at] >= '0' && text[at] <= '9' && at - start < 9; at++)
		sum = sum * 10 + (text[at] - '0');
	if (at == start)
		return false;
	*number = minus ? -sum : sum;
	if (at == size)
		return true;
	for (zeros = 0; at + 1 + zeros < size && text[at + 1 + zeros] == '0';)
		zeros++;
	return text[at] == '.' && zeros && zeros <= 6 && at + 1 + zeros == size;
}

static int read_odd_number(const char *text, size_t size, int low, int high)
{
	int number;

	trim(&text, &size);
	if (is_unknown(text, size))
		return NUMBER_UNKNOWN;
	if (read_digits(text, size, &number) && number >= low && number <= high)
		return number;
	row.bad = true;
	return NUMBER_UNKNOWN;
}

static int read_number(const char *text, size_t size, int low, int high)
{
	int number = 0;

	for (size_t i = 0; i < size; i++) {
		if (text[i] < '0' || text[i] > '9' || i == 4)
			return read_odd_number(text, size, low, high);
		number = number * 10 + (text[i] - '0');
	}
	if (!size)
		return NUMBER_UNKNOWN;
	if (number >= low && number <= high)
		return number;
	row.bad = true;
	return NUMBER_UNKNOWN;
}

static int read_sex(const char *text, size_t size)
{
	trim(&text, &size);
	if (same(text, size, "female"))
		return FEMALE;
	if (same(text, size, "male"))
		return MALE;
	if (same(text, size, "other"))
		return OTHER;
	if (!is_unknown(text, size))
		row.bad = true;
	return SEX_UNKNOWN;
}

/* Is it a thing as it is mostly written? Its size goes to *SIZE. */
static inline bool usual_thing(const char *text, size_t left, size_t *size)
{
#define THING(word)                                                                      \
	if (left >= (*size = sizeof(word) - 1) && !memcmp(text, word, sizeof(word) - 1) && \
	    (left == *size || text[*size] == ' '))                                       \
		return true;
	switch (text[0]) {
	case 'm': THING("mat") break;
	case 'c': THING("chair") THING("cushion") break;
	case 'w': THING("wall") THING("weights") break;
	case 'd': THING("doorway") break;
	case 'r': THING("roller") break;
	case 't': THING("table") break;
	case 'b': THING("band") break;
	}
#undef THING
	return false;
}

static bool any_thing(const char *text, size_t left, size_t *size)
{
	static const char *const words[] = {"mat", "chair", "wall", "doorway", "roller", "cushion",
	                                    "table", "band", "weights"};
	const char *space = memchr(text, ' ', left);

	*size = space ? (size_t)(space - text) : left;
	for (unsigned i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (same(text, *size, words[i]))
			return true;
	return false;
}

/* Without the routines nothing hangs on what is at hand; it must only be right. */
static void check_things(const char *text, size_t size)
{
	bool none = false, any = false;

	trim(&text, &size);
	if (is_unknown(text, size))
		return;
	for (size_t i = 0, step = 1; i < size; i += step, step = 1) {
		if (text[i] == ' ')
			continue;
		if (usual_thing(text + i, size - i, &step) || any_thing(text + i, size - i, &step))
			any = true;
		else if (same(text + i, step, "none"))
			none = true;
		else
			row.bad = true;
	}
	row.bad |= none && any;
}

static bool all_letters(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (text[i] < '0' || text[i] > 'z')
			return false;
	return true;
}

/* UTF-8 without controls; a NUL, DEL or bad byte spoils the row. */
static bool is_clean(const unsigned char *s, size_t size)
{
	for (size_t i = 0, more; i < size; i += more + 1) {
		if ((s[i] < 0x20 && s[i] != '\t' && s[i] != '\n' && s[i] != '\r') || s[i] == 0x7f)
			return false;
		more = s[i] < 0x80 ? 0 : s[i] < 0xe0 ? 1 : s[i] < 0xf0 ? 2 : 3;
		if (more && (s[i] < 0xc2 || s[i] > 0xf4 || more >= size - i))
			return false;
		for (size_t j = 1; j <= more; j++)
			if ((s[i + j] & 0xc0) != 0x80)
				return false;
		if (more > 1 && ((s[i] == 0xe0 && s[i + 1] < 0xa0) ||
		                 (s[i] == 0xed && s[i + 1] > 0x9f) ||
		                 (s[i] == 0xf0 && s[i + 1] < 0x90) ||
		                 (s[i] == 0xf4 && s[i + 1] > 0x8f)))
			return false;
	}
	return true;
}

static void read_id(const char *text, size_t size)
{
	row.plain_id = size && all_letters(text, size) && text[0] != '=' && text[0] != '@';
	if (size > ID_BYTES ||
	    (!row.plain_id && !is_clean((const unsigned char *)text, size))) {
		row.bad = true;
		size = 0;
	}
	trim(&text, &size);
	memcpy(row.id, text, size);
	row.id_size = size;
}

static void bind_column(const char *text, size_t size)
{
	static bool seen[ID + 1];
	size_t i = 0;

	while (i <= ID && !same(text, size, question_names[i]))
		i++;
	if (i > ID || seen[i]) {
		fprintf(stderr, "byhand: it was not written for a column '%.*s' here\n", (int)size,
		        text);
		exit(1);
	}
	seen[i] = true;
	columns[ncolumns++] = (struct column){(enum question)i,
	                                      BIT(i) & NOT_YES_NO ? 0 : BIT(i)};
}

/* Before the header is read, every cell is behind the last column. */
static void take_beyond(const char *text, size_t size)
{
	next--;
	beyond++;
	if (!bound)
		bind_column(text, size);
}

/* All but a plain yes or no. Kept out of line: on_cell is called so often that
 * the registers this wants would cost more than it does. */
static __attribute__((noinline)) void take_cell(const struct column *column, const char *text,
                                                size_t size)
{
	switch (column->question) {
	case BEYOND: take_beyond(text, size); break;
	case ID: read_id(text, size); break;
	case AGE: row.age = read_number(text, size, 0, 120); break;
	case PAIN: row.pain = read_number(text, size, 0, 10); break;
	case DURATION_WEEKS: row.weeks = read_number(text, size, 0, 5000); break;
	case SEX: row.sex = read_sex(text, size); break;
	case EQUIPMENT: check_things(text, size); break;
	default: read_yes_no(column->bit, text, size);
	}
}

static void on_cell(void *bytes, size_t size, void *ctx)
{
	const char *text = bytes;
	const struct column *column = next++;

	(void)ctx;
	if (!column->bit)
		take_cell(column, text, size);
	else if (size == 2 && !memcmp(text, "no", 2))
		return;
	else if (size == 3 && !memcmp(text, "yes", 3))
		row.yes |= column->bit;
	else if (!size)
		row.unknown |= column->bit;
	else
		take_cell(column, text, size);
}

/* ---- The file ------------------------------------------------------------------------------ */

static void begin_row(void)
{
	next = bound ? columns : &no_columns;
	row.yes = row.unknown = 0;
	beyond = 0;
	row.bad = false;
}

static void end_header(void)
{
	if (ncolumns != ID + 1) {
		fputs("byhand: it was written for a file with more columns\n", stderr);
		exit(1);
	}
	columns[ncolumns].question = BEYOND;
	bound = true;
}

static void on_record(int end, void *ctx)
{
	(void)end;
	(void)ctx;
	if (next == (bound ? columns : &no_columns) && !beyond)
		return; /* a blank line */
	if (!bound) {
		end_header();
	} else if (row.bad || beyond || next != columns + ncolumns) {
		nrows++;
		nbad++;
	} else {
		nrows++;
		judge();
		put_row(nrows);
	}
	begin_row();
}

static int parse(FILE *file, struct csv_parser *csv)
{
	static char piece[PIECE_BYTES];
	size_t got;

	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		if (csv_parse(csv, piece, got, on_cell, on_record, NULL) != got)
			return 1;
	return csv_fini(csv, on_cell, on_record, NULL) || ferror(file);
}

int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	struct csv_parser csv;

	begin_row();
	put_text("id,level,certain,reasons,missing,routine,excluded\n");
	if (!file || csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) ||
	    parse(file, &csv)) {
		fputs("byhand: can't read the file\n", stderr);
		return 2;
	}
	csv_free(&csv);
	fclose(file);
	flush_rows();
	if (fflush(stdout) || ferror(stdout)) {
		fputs("byhand: can't write\n", stderr);
		return 2;
	}
	fprintf(stderr, "%llu rows, %llu of them bad\n", nrows, nbad);
	return nbad != 0;
}
