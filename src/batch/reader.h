/* SPDX-License-Identifier: MIT
 *
 * Rows of an intake file as answers: into a lane of a block (many people), or
 * into one person's answers. What can't be read of a row is unknown, and noted.
 */
#ifndef SCAP_BATCH_READER_H
#define SCAP_BATCH_READER_H

#include "base/buffer.h"
#include "batch/intake.h"
#include "engine/answers.h"
#include "table/stream.h"

enum { FAULTS_TOLD = 8, FAULT_TEXT = 96 };

/* A cell that can't be read. */
struct fault {
	enum code code;
	size_t column;
	size_t size;
	char text[FAULT_TEXT];
};

struct reader {
	const scap_pack *pack;
	const struct scap_score_options *options;
	struct stream stream;
	struct intake intake;
	enum code refused; /* by the header */
	/* Where answers go. */
	struct block *block;
	unsigned lane;
	uint64_t *said; /* the lane's words in the block */
	scap_answers *answers;
	struct hearing *hearing; /* NULL: texts are kept and not read */
	/* The header, until it is bound. */
	struct buffer header;
	size_t nheader;
	bool bound;
	unsigned header_line;
	/* The row being read. */
	const struct binding *next; /* of the next cell */
	size_t beyond;              /* cells behind the last column */
	size_t nfaults; /* also those that are not told */
	struct fault faults[FAULTS_TOLD];
	bool kept_row;     /* its cell of a rejects file that says what it was is not blank */
	bool wrote;        /* it has a text */
	unsigned kept_forced, kept_level; /* levels that such a file gives it, 0: none */
	struct buffer ids; /* of rows not yet taken, one behind the other */
	size_t id_at;      /* where this row's begins; at ids.size: it has none */
	unsigned long long records;
	bool numbered; /* a row without an id was called by its number */
	bool answered;       /* something stands in a column that is mapped to a question */
	size_t nblank;       /* blanks that mean no, should something be answered */
	unsigned *blank;     /* their columns */
	bool flag_denied;    /* one of them is a red flag */
	struct buffer says;  /* a cell in the words of an intake */
	struct buffer kept;  /* cells to keep, as they stand, one behind the other */
	struct span_kept {
		size_t at, size;
	} *keeps;            /* of each column to keep */
	size_t nkeeps;
	/* Called at the end of each row. BROKEN: it could not be read to its end. */
	void (*row)(struct reader *reader, const struct scap_error *broken);
	void *ctx;
};

/* Opens the input, reads and binds the header, then all rows. 0, or the code
 * that ended it with ERROR filled. */
enum code scap__reader_run(struct reader *reader, const char *file, scap_read_fn *read,
                           void *read_ctx, struct scap_error *error);

/* The same up to the end of the header. */
enum code scap__reader_head(struct reader *reader, const char *file, scap_read_fn *read,
                            void *read_ctx, struct scap_error *error);

/* Makes TO, whose pack, options, row and where answers go are set, ready to read rows
 * behind a header that was read; its stream is to be fed. False when memory is out. */
bool scap__reader_fork(struct reader *to, const struct reader *head);
void scap__reader_free(struct reader *reader);

/* To be called by `row` when it has taken a row: makes ready for the next one,
 * which goes into `lane`. */
void scap__reader_next(struct reader *reader);

/* The row's id, the record's number where it has none. Valid until the row is
 * taken. */
void scap__reader_id(struct reader *reader, const char **id, size_t *size);

/* Describes a fault of the row being read. */
void scap__reader_describe(struct reader *reader, const struct source *record,
                           const struct fault *fault, struct scap_error *error);

#endif
