/* SPDX-License-Identifier: MIT
 *
 * What there is to tell of a chunk's rows, kept until those before them are told:
 * callbacks are called in the order of the rows, however the rows were dealt out.
 */
#ifndef SCAP_BATCH_TAPE_H
#define SCAP_BATCH_TAPE_H

#include "base/buffer.h"
#include "base/codes.h"
#include "scapula.h"

struct note;

struct tape {
	struct buffer bytes; /* of all notes, one behind the other */
	struct note *notes;
	size_t count, room;
	bool sorted; /* by row, so far */
	bool failed; /* memory is out */
};

void scap__tape_init(struct tape *tape);
void scap__tape_clear(struct tape *tape);
void scap__tape_free(struct tape *tape);

/* Notes of a row, counted from the chunk's first, what is to be told. */
void scap__tape_problem(struct tape *tape, unsigned row, const struct scap_error *error);
void scap__tape_rejected(struct tape *tape, unsigned row, const struct scap_rejected *rejected);
void scap__tape_listed(struct tape *tape, unsigned row, const struct scap_level *level,
                       const char *text, size_t size);

/* Tells it all, row by row. 0, or a code. */
enum code scap__tape_play(struct tape *tape, const struct scap_score_options *options);

#endif
