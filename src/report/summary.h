/* SPDX-License-Identifier: MIT
 *
 * What many people came to, as counts. They lie one behind the other, so that two of
 * them are added by adding each; doc/summary.md says what each counts.
 */
#ifndef SCAP_REPORT_SUMMARY_H
#define SCAP_REPORT_SUMMARY_H

#include <stdint.h>

#include "report/data.h"
#include "report/text.h"

enum tally_table {
	TALLY_TOTALS, /* one row */
	TALLY_LEVELS,
	TALLY_BANDS, /* of a number, the unknown last; the fields are the levels */
	TALLY_REASONS,
	TALLY_FINDINGS,
	TALLY_QUESTIONS,
	TALLY_EXCLUSIONS,
	TALLY_EXERCISES,
	TALLY_CODES,
};
enum { TALLY_TABLES = TALLY_CODES + 1 };

enum tally_total {
	TOTAL_ROWS,
	TOTAL_SCORED,
	TOTAL_REJECTED,
	TOTAL_CONFLICTS,
	TOTAL_RAISED,
	TOTAL_DUPLICATES, /* ids that stood before */
	TOTAL_UNREAD,     /* rows with a text that could not be read to its end */
	TOTAL_PERMITTED,  /* rows whose level permits a routine */
	TOTAL_MADE,       /* of them: a routine was looked for */
	TOTAL_GIVEN,      /* of them: there is one */
};
enum tally_level { LEVEL_CERTAIN, LEVEL_NOT_CERTAIN, LEVEL_AT_LEAST, LEVEL_NOT_RULED_OUT };
enum tally_truth { TRUTH_CERTAIN, TRUTH_NOT_RULED_OUT, TRUTH_OPEN };
enum tally_question {
	QUESTION_ASKED, /* rows with a column for it, unless it surely does not apply */
	QUESTION_BLANK, /* of them: no test of it is known */
	QUESTION_NO_COLUMN,
	QUESTION_MISSING,
	QUESTION_CONFLICT,
	QUESTION_REJECTED, /* rejected rows with a mistake in its columns */
};

struct tally_shape {
	size_t first, rows, fields;
};

struct tally {
	const scap_pack *pack;
	struct tally_shape shape[TALLY_TABLES];
	size_t size;
	uint64_t *counts;
	bool bound;   /* `column` is filled */
	bool *column; /* of each question: the file being read has one */
	struct plane *left_out; /* of each exercise, while a block is counted */
};

/* Nothing counted yet; NULL: memory is out. The pack must outlive it. */
struct tally *scap__tally_new(const scap_pack *pack);
void scap__tally_free(struct tally *tally);
void scap__tally_clear(struct tally *tally);

/* Adds what FROM counted; both are of one pack. */
void scap__tally_add(struct tally *into, const struct tally *from);

/* The counts of a row of a table. */
static inline uint64_t *tally_row(const struct tally *tally, enum tally_table table,
                                  size_t row)
{
	const struct tally_shape *shape = &tally->shape[table];

	return tally->counts + shape->first + row * shape->fields;
}

static inline uint64_t tally_total(const struct tally *tally, enum tally_total total)
{
	return tally_row(tally, TALLY_TOTALS, 0)[total];
}

/* The row of TALLY_CODES that a code has. */
size_t scap__tally_code(unsigned code);

/* Names as JSON has them. ROOM may be needed to write one. */
const char *scap__tally_table_name(enum tally_table table);
const char *scap__tally_row_name(const struct tally *tally, enum tally_table table, size_t row,
                                 char room[64]);
const char *scap__tally_field_name(const struct tally *tally, enum tally_table table, size_t field);

/* NULL, or in which way the counts contradict each other. */
const char *scap__tally_fault(const struct tally *tally);

/* No count is higher: sums of two stay far from the end of the type. */
#define TALLY_MOST UINT64_C(1000000000000000)

/* One file that was scored, and how. */
struct summary_input {
	const char *name, *program, *started; /* of the program: its version; "": not told */
	uint64_t milliseconds, rows, scored, rejected, conflicts, raised;
	int proved, no_routines, worklist, evidence, raw;
	const char *map, *id; /* a file and a column; "": none */
	uint64_t part;        /* its first row; 0: it is the whole file */
	json_t *ignored, *kept, *blank_no; /* names of columns */
};

/* What the summary can't see for itself. */
struct summary_source {
	const char *map;             /* the file; NULL: none */
	const char *const *blank_no; /* columns in which a blank is a no, ended by NULL */
};

struct scap_summary {
	struct tally *tally;
	json_t *inputs; /* in the order in which they were added */
	uint64_t milliseconds;
};

/* Puts in what scap_score came to, of the same pack: 0, or a code with the summary
 * unchanged. */
enum code scap__summary_take(scap_summary *summary, const struct scap_score_options *options,
                             const struct scap_score_counts *counts, const struct tally *tally,
                             const struct summary_source *source);

/* An input as JSON; NULL: memory is out. `ignored` stays the caller's. */
json_t *scap__summary_input(const struct summary_input *input);

/* Reads one strictly; what it holds lives as long as VALUE. False where it is none. */
bool scap__summary_input_read(json_t *value, struct summary_input *input);

#endif
