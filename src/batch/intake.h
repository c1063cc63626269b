/* SPDX-License-Identifier: MIT
 *
 * The header of an intake file: which column answers what.
 */
#ifndef SCAP_BATCH_INTAKE_H
#define SCAP_BATCH_INTAKE_H

#include "batch/map.h"
#include "batch/memo.h"
#include "engine/pack.h"

enum binding_kind {
	BIND_BEYOND,   /* behind the last column */
	BIND_REJECT_ROW,    /* columns of a rejects file: the row as it stood, */
	BIND_REJECT_FORCED, /* the level that it is at least at, */
	BIND_REJECT_LEVEL,  /* and the one that can't be ruled out */
	BIND_IGNORED,
	BIND_ID,
	BIND_TEXT,     /* a text question that is read */
	BIND_QUESTION,
	BIND_MULTIPLE, /* the cell of a select_multiple that has columns as well */
	BIND_CHOICE,   /* question/choice */
	BIND_NONE,     /* question/none */
};

struct binding {
	/* For every cell: texts shorter than this are looked up, and what they came to
	 * goes into a word of the person's, from a bit on. */
	unsigned lookup; /* QUICK_TEXT + 1, or 0 where nothing is kept */
	unsigned word, shift;
	struct memo *memos; /* MEMOS of them; NULL where nothing is kept */
	/* For all others. */
	struct long_memo *longs; /* NULL where none are kept, or `wide` is */
	uint64_t *wide; /* what each memo of a question of many tests says: `nwide` words */
	size_t nwide;
	enum binding_kind kind;
	unsigned question;
	unsigned tests;    /* BIND_QUESTION: how many it has */
	unsigned choice;   /* BIND_CHOICE */
	unsigned multiple; /* BIND_MULTIPLE, _CHOICE, _NONE: index into `multiples` */
};

/* A select_multiple and what one row's columns said of it so far. */
struct multiple {
	unsigned question;
	unsigned column; /* for errors: its first one */
	struct value cell;
	uint64_t ticked, denied, unsure, reached; /* choices, by their own columns */
	bool none;
	bool faulty; /* its cell can't be read */
	uint64_t firm; /* choices whose column says no by its blank: the same for all rows */
};

/* What is out of the ordinary about a column. */
struct column_use {
	const struct map_row *row; /* of the map; NULL: it is named as a question */
	unsigned keep;             /* which of the columns to keep, from 1; 0: none */
};

struct intake {
	const scap_pack *pack;
	size_t ncolumns;
	struct binding *bindings; /* one more at the end: BIND_BEYOND */
	struct memo *memos; /* of all columns */
	struct long_memo *longs;
	size_t nmultiples;
	struct multiple *multiples;
	bool rejects; /* it is a rejects file: cells may be guarded, rows be kept */
	unsigned *absent; /* red flags without a column */
	size_t nabsent;
	struct column_use *uses; /* of each column; NULL: there is neither a map nor anything
	                          * to keep */
	bool blanks; /* the map has columns whose blank is a no */
};

/* What a header mistake is told to. CELL counts from 0; it is not looked at where the
 * mistake is at a place of the map. */
typedef void intake_problem(void *ctx, const struct place *map, size_t cell, enum code code,
                            const char *message);

/* Binds the columns named in NAMES, as OPTIONS say (may be NULL). Memos are kept if there
 * is a block for what they say. False when memory is out; mistakes go to PROBLEM. */
bool scap__intake_bind(struct intake *intake, const scap_pack *pack, const char *const *names,
                       size_t count, const struct scap_score_options *options, bool memos,
                       intake_problem *problem, void *ctx);
void scap__intake_free(struct intake *intake);

/* The row of the map that a column is bound by; NULL if there is none. */
static inline const struct map_row *scap__intake_row(const struct intake *intake,
                                                     const struct binding *binding)
{
	return intake->uses ? intake->uses[binding - intake->bindings].row : NULL;
}

/* Takes a cell of a select_multiple's columns. 0, or a code. */
enum code scap__multiple_take(const struct intake *intake, const struct binding *binding,
                              const char *text, size_t size);

/* Puts together what a row said of a select_multiple, and forgets it. Blanks that mean no
 * count if FIRM. 0, or a code. */
enum code scap__multiple_close(struct multiple *multiple, bool firm, struct value *value);

#endif
