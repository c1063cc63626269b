/* SPDX-License-Identifier: MIT
 *
 * What a pack's questions.csv and prevalence.csv say of every question.
 */
#include <stdlib.h>
#include <string.h>

#include "generate.h"

struct question questions[QUESTIONS], *order[QUESTIONS];
size_t nquestions;

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

/* ---- The two tables --------------------------------------------------- */

static void read_questions(const struct table *table)
{
	size_t rows = table->count / table->columns;

	if (rows > QUESTIONS)
		die("the pack has too many questions");
	for (size_t row = 1; row < rows; row++)
		questions[nquestions++] = (struct question){
			.name = cell(table, row, "name"),
			.kind = kind_of(cell(table, row, "type")),
			.text_kind = !strcmp(cell(table, row, "type"), "text"),
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

void read_pack(const struct table *asked, const struct table *shares)
{
	read_questions(asked);
	read_shares(shares);
	for (size_t i = 0; i < nquestions; i++)
		check_question(&questions[i]);
	put_in_order();
}
