/* SPDX-License-Identifier: MIT
 *
 * Writes intakes for the bench: generate ROWS SEED QUESTIONS PREVALENCE
 * Any pack will do: its questions.csv says what is asked, prevalence.csv how often
 * each answer is given (shares in percent, at most three decimals). The row `*` of
 * a kind is for the questions of that kind that have no row of their own and are
 * asked of all. Whole numbers only, so the same seed gives the same bytes on every
 * machine.
 */
#include <csv.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHOLE = 100000 }; /* 100 percent, in thousandths of a percent */
enum { ITEMS = 64, MIXES = 8, NEEDS = 4, WORDS = 8, QUESTIONS = 512 };
enum { OUT_BYTES = 1 << 16, ROW_BYTES = 1 << 14, WORD_BYTES = 63 };

static void __attribute__((format(printf, 1, 2), noreturn)) die(const char *format, ...)
{
	va_list args;

	fputs("generate: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

/* ---- Tables ---------------------------------------------------------------- */

struct table {
	const char *file;
	char **cells; /* the header's first */
	size_t count, columns;
};

static void on_cell(void *text, size_t size, void *ctx)
{
	struct table *table = ctx;

	if (!(table->count & (table->count + 1))) /* full: 0, 1, 3, 7, ... */
		table->cells = realloc(table->cells, 2 * (table->count + 1) * sizeof(char *));
	if (!table->cells || !(table->cells[table->count++] = strndup(text, size)))
		die("memory is out");
}

static void on_record(int end, void *ctx)
{
	struct table *table = ctx;

	(void)end;
	if (!table->columns)
		table->columns = table->count;
	else if (table->count % table->columns)
		die("%s: a row has too few or too many cells", table->file);
}

static struct table read_table(const char *name)
{
	struct table table = {.file = name};
	struct csv_parser csv;
	static char bytes[1 << 16];
	FILE *file = fopen(name, "rb");
	size_t got;

	if (!file || csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI))
		die("can't read %s", name);
	while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0)
		if (csv_parse(&csv, bytes, got, on_cell, on_record, &table) != got)
			die("%s: %s", name, csv_strerror(csv_error(&csv)));
	if (csv_fini(&csv, on_cell, on_record, &table) || ferror(file) || !table.columns)
		die("%s is broken", name);
	csv_free(&csv);
	fclose(file);
	return table;
}

static char *cell(const struct table *table, size_t row, const char *column)
{
	for (size_t i = 0; i < table->columns; i++)
		if (!strcmp(table->cells[i], column))
			return table->cells[row * table->columns + i];
	die("%s has no column %s", table->file, column);
}

/* ---- What prevalence.csv says ----------------------------------------------- */

/* One answer, or a range of numbers, and its share. */
struct item {
	char word[WORD_BYTES + 1]; /* "" for numbers */
	size_t size;
	uint32_t low, span;
	uint32_t share;
	uint32_t upto; /* the shares up to here */
};

/* An answer that another question needs: one of the words, or the range. Of a
 * checklist one of the words is ticked. */
struct need {
	struct question *question;
	char words[WORDS][WORD_BYTES + 1];
	size_t nwords;
	uint32_t low, high; /* for numbers */
	bool range;
};

/* How a question is answered by those whose other answers meet its needs. */
struct mix {
	struct need needs[NEEDS];
	size_t nneeds;
	uint32_t blank;
	struct item items[ITEMS];
	size_t nitems;
};

enum kind { YES_NO, NUMBER, CHOICE, CHOICES };

struct question {
	const char *name;
	enum kind kind;
	bool relevant; /* the pack asks it only of some */
	struct mix *mixes; /* the first whose needs are met is taken */
	size_t nmixes;
	bool placed;
	/* The answer in the row being made; size 0: blank. */
	char text[ITEMS * (WORD_BYTES + 1) + 1];
	size_t size;
	uint32_t number;
};

static struct question questions[QUESTIONS], *order[QUESTIONS];
static size_t nquestions;

static struct question *find(const char *name)
{
	for (size_t i = 0; i < nquestions; i++)
		if (!strcmp(questions[i].name, name))
			return &questions[i];
	return NULL;
}

/* "0.35" is 350. */
static uint32_t read_share(const char *text)
{
	uint32_t share = 0, unit = 1000;
	const char *c = text;

	for (; *c >= '0' && *c <= '9' && share <= 100; c++)
		share = share * 10 + (uint32_t)(*c - '0');
	share *= unit;
	if (*c == '.' && c > text)
		for (c++; *c >= '0' && *c <= '9' && unit > 1; c++)
			share += (uint32_t)(*c - '0') * (unit /= 10);
	if (*c || c == text || share > WHOLE)
		die("'%s' is no share from 0 to 100 with at most three decimals", text);
	return share;
}

/* "7" or "18..29". */
static bool read_range(const char *text, uint32_t *low, uint32_t *high)
{
	char *behind;

	*low = *high = (uint32_t)strtoul(text, &behind, 10);
	if (!strncmp(behind, "..", 2))
		*high = (uint32_t)strtoul(behind + 2, &behind, 10);
	return behind > text && !*behind && *low <= *high;
}

static void keep_word(char out[WORD_BYTES + 1], const char *word)
{
	if (!*word || strlen(word) > WORD_BYTES || strpbrk(word, ",\"\r\n"))
		die("'%s' can't be an answer here", word);
	strcpy(out, word);
}

/* Calls TAKE for each part of a list; cuts the list up. */
static void each_part(char *list, const char *separator,
                      void (*take)(char *part, void *to), void *to)
{
	char *rest;

	for (char *part = strtok_r(list, separator, &rest); part;
	     part = strtok_r(NULL, separator, &rest))
		take(part + strspn(part, " "), to);
}

static void take_need_word(char *word, void *to)
{
	struct need *need = to;

	if (need->nwords == WORDS)
		die("too many answers in one need");
	keep_word(need->words[need->nwords++], word);
}

static void take_need(char *text, void *to)
{
	struct mix *mix = to;
	struct need *need = &mix->needs[mix->nneeds];
	char *equals = strchr(text, '=');

	if (mix->nneeds++ == NEEDS || !equals)
		die("'%s': needs look like sex=female|other;age=12..55, at most %d of them", text,
		    NEEDS);
	*equals = '\0';
	need->question = find(text);
	if (!need->question)
		die("'%s' is needed and is no question", text);
	need->range = need->question->kind == NUMBER;
	if (!need->range)
		each_part(equals + 1, "|", take_need_word, need);
	else if (!read_range(equals + 1, &need->low, &need->high))
		die("'%s' is no number or range", equals + 1);
}

static void take_item(char *text, void *to)
{
	struct mix *mix = to;
	struct item *item = &mix->items[mix->nitems];
	char *space = strrchr(text, ' ');

	if (mix->nitems++ >= ITEMS - 1 || !space)
		die("'%s': values look like yes 2; not_sure 0.3", text);
	item->share = read_share(space + 1);
	*space = '\0';
	keep_word(item->word, text);
}

/* Adds the shares up. What yes and no questions leave open is no. */
static void settle(struct question *question, struct mix *mix)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < mix->nitems; i++)
		sum = mix->items[i].upto = sum + mix->items[i].share;
	if (question->kind == YES_NO && sum < WHOLE) {
		mix->items[mix->nitems++] = (struct item){"no", 0, 0, 0, WHOLE - sum, WHOLE};
		sum = WHOLE;
	}
	if (question->kind != CHOICES && sum != WHOLE && mix->blank != WHOLE)
		die("the shares of %s do not add up to 100", question->name);
	for (size_t i = 0; i < mix->nitems; i++) {
		struct item *item = &mix->items[i];
		uint32_t high;

		item->size = strlen(item->word);
		if (question->kind != NUMBER)
			continue;
		if (!read_range(item->word, &item->low, &high))
			die("%s: '%s' is no number or range", question->name, item->word);
		item->span = high - item->low + 1;
	}
}

static enum kind kind_of(const char *type)
{
	static const struct {
		const char *word;
		enum kind kind;
	} kinds[] = {{"yes_no", YES_NO}, {"integer", NUMBER},     {"decimal", NUMBER},
	             {"text", CHOICE},   {"select_one", CHOICE}, {"select_multiple", CHOICES}};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strncmp(type, kinds[i].word, strlen(kinds[i].word)))
			return kinds[i].kind;
	die("'%s' is no kind of question", type);
}

/* ---- Reading the two tables --------------------------------------------------- */

static void read_questions(const struct table *table)
{
	size_t rows = table->count / table->columns;

	if (rows > QUESTIONS)
		die("the pack has too many questions");
	for (size_t row = 1; row < rows; row++)
		questions[nquestions++] = (struct question){
			.name = cell(table, row, "name"),
			.kind = kind_of(cell(table, row, "type")),
			.relevant = *cell(table, row, "relevant") != '\0',
		};
}

static void each_part_of_cell(const struct table *table, size_t row, const char *column,
                              void (*take)(char *part, void *to), void *to)
{
	char *list = strdup(cell(table, row, column));

	if (!list)
		die("memory is out");
	each_part(list, ";", take, to);
	free(list);
}

static void add_mix(struct question *question, const struct table *table, size_t row)
{
	struct mix *mix;

	if (!question->mixes)
		question->mixes = calloc(MIXES, sizeof(*mix));
	if (!question->mixes || question->nmixes == MIXES)
		die("too many rows for %s", question->name);
	mix = &question->mixes[question->nmixes++];
	each_part_of_cell(table, row, "needs", take_need, mix);
	each_part_of_cell(table, row, "values", take_item, mix);
	mix->blank = read_share(cell(table, row, "blank"));
	settle(question, mix);
}

static bool for_the_rest(const struct table *table, size_t row)
{
	return !strcmp(cell(table, row, "question"), "*");
}

static void read_mix(const struct table *table, size_t row)
{
	struct question *question = find(cell(table, row, "question"));

	if (!question)
		die("the pack has no question '%s'; take it out of %s",
		    cell(table, row, "question"), table->file);
	if (question->kind != kind_of(cell(table, row, "kind")))
		die("the pack's question %s is of another kind", question->name);
	add_mix(question, table, row);
}

static void read_rest(const struct table *table, size_t row)
{
	enum kind kind = kind_of(cell(table, row, "kind"));

	for (size_t i = 0; i < nquestions; i++)
		if (questions[i].kind == kind && !questions[i].relevant && !questions[i].nmixes)
			add_mix(&questions[i], table, row);
}

static void read_shares(const struct table *table)
{
	size_t rows = table->count / table->columns;

	for (size_t row = 1; row < rows; row++)
		if (!for_the_rest(table, row))
			read_mix(table, row);
	for (size_t row = 1; row < rows; row++)
		if (for_the_rest(table, row))
			read_rest(table, row);
}

/* A misspelt answer would never be given. */
static bool can_be_said(const struct question *question, const char *word)
{
	for (size_t i = 0; i < question->nmixes; i++)
		for (size_t j = 0; j < question->mixes[i].nitems; j++)
			if (!strcmp(question->mixes[i].items[j].word, word))
				return true;
	return false;
}

static void check_needs(const struct question *question, const struct mix *mix)
{
	for (size_t i = 0; i < mix->nneeds; i++)
		for (size_t j = 0; j < mix->needs[i].nwords; j++)
			if (!can_be_said(mix->needs[i].question, mix->needs[i].words[j]))
				die("%s needs %s=%s, which nobody says", question->name,
				    mix->needs[i].question->name, mix->needs[i].words[j]);
}

/* The bench follows the pack: every question has its row, and those that are
 * asked only of some have needs in all of theirs. */
static void check_question(const struct question *question)
{
	bool always = false;

	if (!question->nmixes)
		die("the pack's question %s has no row in prevalence.csv", question->name);
	for (size_t i = 0; i < question->nmixes; i++) {
		always |= !question->mixes[i].nneeds;
		check_needs(question, &question->mixes[i]);
	}
	if (always && question->relevant)
		die("the pack asks %s only of some: it needs something", question->name);
	if (!always && !question->relevant)
		die("the pack asks %s of all: one row should need nothing", question->name);
}

static bool ready(const struct question *question)
{
	for (size_t i = 0; i < question->nmixes; i++)
		for (size_t j = 0; j < question->mixes[i].nneeds; j++)
			if (!question->mixes[i].needs[j].question->placed)
				return false;
	return true;
}

/* Questions are answered after those they need. */
static void put_in_order(void)
{
	size_t placed = 0, before;

	do {
		before = placed;
		for (size_t i = 0; i < nquestions; i++)
			if (!questions[i].placed && ready(&questions[i])) {
				order[placed++] = &questions[i];
				questions[i].placed = true;
			}
	} while (placed > before);
	if (placed < nquestions)
		die("the needs form a circle");
}

/* ---- Rows ------------------------------------------------------------------------ */

/* splitmix64, by Sebastiano Vigna (public domain). */
static uint64_t dice;

static uint64_t roll(void)
{
	uint64_t bits = dice += UINT64_C(0x9e3779b97f4a7c15);

	bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
	return bits ^ bits >> 31;
}

/* 0 to BELOW - 1, from 32 random bits. */
static uint32_t below(uint64_t bits, uint32_t below)
{
	return (uint32_t)((bits & UINT32_MAX) * below >> 32);
}

static bool said(const struct question *question, const char *word)
{
	const char *at = question->text;
	size_t size = strlen(word);

	if (question->kind != CHOICES)
		return !strcmp(at, word);
	for (; (at = strstr(at, word)); at += size)
		if ((at == question->text || at[-1] == ' ') && (!at[size] || at[size] == ' '))
			return true;
	return false;
}

static bool met(const struct need *need)
{
	const struct question *question = need->question;

	if (!question->size)
		return false;
	if (need->range)
		return question->number >= need->low && question->number <= need->high;
	for (size_t i = 0; i < need->nwords; i++)
		if (said(question, need->words[i]))
			return true;
	return false;
}

static const struct mix *mix_of(const struct question *question)
{
	for (size_t i = 0; i < question->nmixes; i++) {
		const struct mix *mix = &question->mixes[i];
		size_t j = 0;

		while (j < mix->nneeds && met(&mix->needs[j]))
			j++;
		if (j == mix->nneeds)
			return mix;
	}
	return NULL;
}

static void answer_text(struct question *question, const char *text, size_t size)
{
	memcpy(question->text, text, size + 1);
	question->size = size;
}

static void answer_number(struct question *question, uint32_t number)
{
	char digits[16], *at = digits + sizeof(digits) - 1;

	question->number = number;
	*at = '\0';
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	answer_text(question, at, (size_t)(digits + sizeof(digits) - 1 - at));
}

/* Each choice on its own; `none` where none is taken. */
static void answer_choices(struct question *question, const struct mix *mix)
{
	char *at = question->text;

	for (size_t i = 0; i < mix->nitems; i++) {
		const struct item *item = &mix->items[i];

		if (below(roll(), WHOLE) >= item->share)
			continue;
		if (at > question->text)
			*at++ = ' ';
		memcpy(at, item->word, item->size);
		at += item->size;
	}
	*at = '\0';
	question->size = (size_t)(at - question->text);
	if (!question->size)
		answer_text(question, "none", 4);
}

/* True where a person who was asked left it blank. */
static bool answer(struct question *question)
{
	const struct mix *mix = mix_of(question);
	const struct item *item;
	uint64_t bits = roll();
	uint32_t at = below(bits >> 32, WHOLE);

	question->size = 0;
	if (!mix)
		return false;
	if (below(bits, WHOLE) < mix->blank)
		return true;
	if (question->kind == CHOICES) {
		answer_choices(question, mix);
		return false;
	}
	for (item = mix->items; at >= item->upto;)
		item++;
	if (question->kind == NUMBER)
		answer_number(question, item->low + below(roll(), item->span));
	else
		answer_text(question, item->word, item->size);
	return false;
}

static char *write_id(char *at, unsigned long long row)
{
	unsigned long long unit = 1000000;

	while (row / unit >= 10)
		unit *= 10;
	*at++ = 'p';
	for (; unit; unit /= 10)
		*at++ = (char)('0' + row / unit % 10);
	return at;
}

static char *write_row(char *at, unsigned long long row)
{
	at = write_id(at, row);
	for (size_t i = 0; i < nquestions; i++) {
		*at++ = ',';
		memcpy(at, questions[i].text, questions[i].size);
		at += questions[i].size;
	}
	*at++ = '\n';
	return at;
}

static unsigned long long write_rows(unsigned long long rows)
{
	static char out[OUT_BYTES + ROW_BYTES];
	unsigned long long gaps = 0;
	char *at = out;

	for (unsigned long long row = 1; row <= rows; row++) {
		bool gap = false;
		size_t size = 0;

		for (size_t i = 0; i < nquestions; i++) {
			gap |= answer(order[i]);
			size += order[i]->size + 1;
		}
		if (size + 32 > ROW_BYTES)
			die("a row is too long");
		gaps += gap;
		at = write_row(at, row);
		if (at - out < OUT_BYTES && row < rows)
			continue;
		fwrite(out, 1, (size_t)(at - out), stdout);
		at = out;
	}
	return gaps;
}

int main(int argc, char **argv)
{
	static struct table asked, shares;
	unsigned long long rows, gaps;

	if (argc != 5)
		die("usage: generate ROWS SEED QUESTIONS.csv PREVALENCE.csv");
	rows = strtoull(argv[1], NULL, 10);
	dice = strtoull(argv[2], NULL, 10);
	asked = read_table(argv[3]);
	shares = read_table(argv[4]);
	read_questions(&asked);
	read_shares(&shares);
	for (size_t i = 0; i < nquestions; i++)
		check_question(&questions[i]);
	put_in_order();
	fputs("id", stdout);
	for (size_t i = 0; i < nquestions; i++)
		printf(",%s", questions[i].name);
	putchar('\n');
	gaps = write_rows(rows);
	if (fflush(stdout) || ferror(stdout))
		die("can't write");
	fprintf(stderr, "%llu rows, %llu with one or more blanks\n", rows, gaps);
	return 0;
}
