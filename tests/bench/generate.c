/* SPDX-License-Identifier: MIT
 *
 * Writes intakes for the bench: generate ROWS SEED QUESTIONS PREVALENCE [PREFIX [TEXTS]]
 * Any pack will do: its questions.csv says what is asked, prevalence.csv how often
 * each answer is given (shares in percent, at most three decimals). The row `*` of
 * a kind is for the questions of that kind that have no row of their own and are
 * asked of all. Whole numbers only, so the same seed gives the same bytes on every
 * machine.
 *
 * Ids are PREFIX (p) and the row's number. With TEXTS, a file of lines, every text
 * question is answered with some of them, in quotes, a quote or a line break now and
 * then between.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"

enum { OUT_BYTES = 1 << 16, ROW_BYTES = 1 << 14, TEXTS = 4096 };

static char *texts[TEXTS];
static size_t ntexts;

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

/* A line as a cell holds it: quotes twice. False where there is no room. */
static bool add_line(char **at, const char *end, const char *line)
{
	char *place = *at;

	for (; *line && place + 2 < end; line++) {
		if (*line == '"')
			*place++ = '"';
		*place++ = *line;
	}
	if (*line)
		return false;
	*at = place;
	return true;
}

static void answer_freely(struct question *question)
{
	static const char *const between[] = {". ", "\n", " \"\"sort of\"\" ", ", "};
	char *at = question->text, *end = at + ANSWER_BYTES - 32;
	uint32_t lines = below(roll(), 8) ? 1 : 2 + below(roll(), 2); /* most repeat one line */

	*at++ = '"';
	for (uint32_t i = 0; i < lines; i++) {
		char *before = at;

		if (i)
			at = stpcpy(at, between[below(roll(), 4)]);
		if (!add_line(&at, end, texts[below(roll(), (uint32_t)ntexts)]))
			at = before;
	}
	*at++ = '"';
	*at = '\0';
	question->size = (size_t)(at - question->text);
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
	if (question->text_kind && ntexts) {
		answer_freely(question);
		return false;
	}
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

static char *write_id(char *at, const char *prefix, unsigned long long row)
{
	unsigned long long unit = 1000000;

	while (row / unit >= 10)
		unit *= 10;
	at = stpcpy(at, prefix);
	for (; unit; unit /= 10)
		*at++ = (char)('0' + row / unit % 10);
	return at;
}

static char *write_row(char *at, const char *prefix, unsigned long long row)
{
	at = write_id(at, prefix, row);
	for (size_t i = 0; i < nquestions; i++) {
		*at++ = ',';
		memcpy(at, questions[i].text, questions[i].size);
		at += questions[i].size;
	}
	*at++ = '\n';
	return at;
}

static unsigned long long write_rows(const char *prefix, unsigned long long rows)
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
		if (size + strlen(prefix) + 32 > ROW_BYTES)
			die("a row is too long");
		gaps += gap;
		at = write_row(at, prefix, row);
		if (at - out < OUT_BYTES && row < rows)
			continue;
		fwrite(out, 1, (size_t)(at - out), stdout);
		at = out;
	}
	return gaps;
}

static void read_texts(const char *name)
{
	FILE *file = fopen(name, "r");
	char line[512];

	if (!file)
		die("can't read %s", name);
	while (ntexts < TEXTS && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\r\n")] = '\0';
		texts[ntexts] = strdup(line);
		if (!texts[ntexts++])
			die("memory is out");
	}
	fclose(file);
	if (!ntexts)
		die("%s is empty", name);
}

int main(int argc, char **argv)
{
	static struct table asked, shares;
	unsigned long long rows, gaps;

	if (argc < 5 || argc > 7)
		die("usage: generate ROWS SEED QUESTIONS.csv PREVALENCE.csv [PREFIX [TEXTS]]");
	rows = strtoull(argv[1], NULL, 10);
	dice = strtoull(argv[2], NULL, 10);
	asked = read_table(argv[3]);
	shares = read_table(argv[4]);
	read_pack(&asked, &shares);
	if (argc > 6)
		read_texts(argv[6]);
	fputs("id", stdout);
	for (size_t i = 0; i < nquestions; i++)
		printf(",%s", questions[i].name);
	putchar('\n');
	gaps = write_rows(argc > 5 ? argv[5] : "p", rows);
	if (fflush(stdout) || ferror(stdout))
		die("can't write");
	fprintf(stderr, "%llu rows, %llu with one or more blanks\n", rows, gaps);
	return 0;
}
