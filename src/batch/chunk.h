/* SPDX-License-Identifier: MIT
 *
 * A stretch of the input, and what becomes of its rows. Chunks are judged in any order
 * and taken in theirs: see batch/score.c.
 */
#ifndef SCAP_BATCH_CHUNK_H
#define SCAP_BATCH_CHUNK_H

#include "batch/seen.h"
#include "batch/tape.h"
#include "report/summary.h"
#include "table/stream.h"

/* Rows of blank cells. */
struct blanks {
	unsigned long long count;
	unsigned first, last; /* their lines */
};

struct chunk {
	struct stretch in;
	size_t room;               /* of its bytes; one more is there */
	unsigned long long record; /* how many records there are before it */
	/* What became of it. */
	enum code code;            /* that ended it, with `error` filled where it was read badly */
	struct scap_error error;
	size_t used;               /* bytes: the record behind them goes on in the next chunk */
	unsigned long long used_line; /* that record's line */
	size_t dropped;            /* bytes of a line that is dropped, and goes on */
	unsigned long long records;
	bool numbered;             /* a row without an id was called by its number */
	struct seen ids;
	struct blanks blanks;
	struct scap_score_counts counts;
	struct tally *tally;       /* NULL: nobody wants to see it */
	struct buffer out;         /* decision rows */
	struct tape tape;
};

void scap__chunk_init(struct chunk *chunk);
void scap__chunk_free(struct chunk *chunk);

/* Room for SIZE bytes; false when memory is out. */
bool scap__chunk_reserve(struct chunk *chunk, size_t size);

/* Forgets what became of it. */
void scap__chunk_clear(struct chunk *chunk);

/* Keeps in LEFT, whose bytes it owns, what a chunk did not finish: a record that goes on
 * behind it, or a line that is dropped. False when memory is out. */
bool scap__chunk_leave(const struct chunk *chunk, struct stretch *left);

static inline bool scap__any_left(const struct stretch *left)
{
	return left->size || left->dropped;
}

/* What was left and the chunk behind it, as one chunk. False when memory is out. */
bool scap__chunk_join(struct chunk *whole, const struct stretch *left, const struct chunk *behind);

#endif
