/* SPDX-License-Identifier: MIT
 *
 * What the files of generate.c share: tables, and how each question is answered.
 */
#ifndef BENCH_GENERATE_H
#define BENCH_GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WHOLE = 100000 }; /* 100 percent, in thousandths of a percent */
enum { ITEMS = 64, MIXES = 8, NEEDS = 4, WORDS = 8, QUESTIONS = 512 };
enum { WORD_BYTES = 63, ANSWER_BYTES = ITEMS * (WORD_BYTES + 1) };

void __attribute__((format(printf, 1, 2), noreturn)) die(const char *format, ...);

struct table {
	const char *file;
	char **cells; /* the header's first */
	size_t count, columns;
};

struct table read_table(const char *name);
char *cell(const struct table *table, size_t row, const char *column);

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
	bool text_kind; /* in the person's own words */
	bool relevant;  /* the pack asks it only of some */
	struct mix *mixes; /* the first whose needs are met is taken */
	size_t nmixes;
	bool placed;
	/* The answer in the row being made; size 0: blank. */
	char text[ANSWER_BYTES + 1];
	size_t size;
	uint32_t number;
};

extern struct question questions[QUESTIONS], *order[QUESTIONS];
extern size_t nquestions;

/* Fills QUESTIONS from a pack's questions.csv and from prevalence.csv, and ORDER: each
 * after those that its needs name. */
void read_pack(const struct table *asked, const struct table *shares);

#endif
