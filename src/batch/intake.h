/* SPDX-License-Identifier: MIT
 *
 * The header of an intake file: which column answers what.
 */
#ifndef SCAP_BATCH_INTAKE_H
#define SCAP_BATCH_INTAKE_H

#include "engine/pack.h"

enum binding_kind {
	BIND_BEYOND,   /* behind the last column */
	BIND_IGNORED,
	BIND_ID,
	BIND_YES_NO,   /* a yes/no question with one test: the common, fast case */
	BIND_QUESTION, /* any other */
	BIND_MULTIPLE, /* the cell of a select_multiple that has columns as well */
	BIND_CHOICE,   /* question/choice */
	BIND_NONE,     /* question/none */
};

/* A text that a column held before, and what it came to. Columns hold few
 * different texts, so most cells are looked up and not read again. */
enum { MEMO_TEXT = 38, MEMOS = 256 };

struct memo {
	uint64_t key;    /* of the text; up to 8 bytes it is the text */
	uint64_t passed; /* tests that it passes */
	unsigned char size; /* 0: free */
	bool given;      /* it answers the question; else it says unknown */
	char text[MEMO_TEXT];
};

struct binding {
	enum binding_kind kind;
	unsigned question;
	/* BIND_YES_NO and BIND_QUESTION with at most 64 tests: where a person's words
	 * keep them. */
	unsigned word, shift;
	uint64_t mask;
	unsigned tests;
	struct memo *memos; /* BIND_QUESTION: MEMOS of them; may be NULL */
	unsigned choice;   /* BIND_CHOICE */
	unsigned multiple; /* BIND_MULTIPLE, _CHOICE, _NONE: index into `multiples` */
};

/* A select_multiple and what one row's columns said of it so far. */
struct multiple {
	unsigned question;
	unsigned column; /* for errors: its first one */
	struct value cell;
	uint64_t ticked, denied;
	bool none;
};

struct intake {
	const scap_pack *pack;
	size_t ncolumns;
	struct binding *bindings; /* one more at the end: BIND_BEYOND */
	struct memo *memos; /* of all columns */
	size_t nmultiples;
	struct multiple *multiples;
	unsigned *absent; /* red flags without a column */
	size_t nabsent;
};

/* What a header mistake is told to. CELL counts from 0. */
typedef void intake_problem(void *ctx, size_t cell, enum code code, const char *message);

/* Binds the columns named in NAMES. False when memory is out; mistakes go to
 * PROBLEM. */
bool scap__intake_bind(struct intake *intake, const scap_pack *pack, const char *const *names,
                       size_t count, const char *const *ignore, intake_problem *problem,
                       void *ctx);
void scap__intake_free(struct intake *intake);

/* Takes a cell of a select_multiple's columns. 0, or a code. */
enum code scap__multiple_take(const struct intake *intake, const struct binding *binding,
                              const char *text, size_t size);

/* Puts together what a row said of a select_multiple, and forgets it. 0, or a
 * code. */
enum code scap__multiple_close(struct multiple *multiple, struct value *value);

#endif
