/* SPDX-License-Identifier: MIT
 *
 * Binding a header to questions: what the files that do it share.
 */
#ifndef SCAP_BATCH_BINDER_H
#define SCAP_BATCH_BINDER_H

#include "batch/intake.h"

struct binder {
	struct intake *intake;
	const struct scap_score_options *options;
	const char *const *names; /* of all columns, as they stand */
	intake_problem *problem;
	void *ctx;
	size_t column;
	const char *text; /* the column's name as it stands */
	char name[2 * LIMIT_NAME_BYTES + 2]; /* of the column, as a question would have it */
	size_t size;
	size_t *found; /* of each row of the map: its column and 1; 0: none */
	bool *unmapped; /* of each column */
	size_t *kept;  /* of each column to keep: its column and 1 */
};

/* Tells of a mistake in the column at hand. */
void scap__bind_tell(struct binder *binder, enum code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The column's select_multiple. */
struct multiple *scap__bind_multiple(struct intake *intake, unsigned question);

/* True if the column at hand was named to be ignored. */
bool scap__bind_ignored(const struct binder *binder);

/* Has the cells of the column at hand answer a question. */
void scap__bind_question(struct binder *binder, unsigned question);

/* Before the first column; false when memory is out. And after the last: mistakes that
 * only show then. */
bool scap__bind_begin(struct binder *binder);
void scap__bind_end(struct binder *binder);

/* True if the column at hand is the one that was asked for as the id. Notes whether it is
 * to be kept. */
bool scap__bind_asked(struct binder *binder);

/* Tells of columns that were asked for and are not there. */
void scap__bind_missed(struct binder *binder);

/* Binds one of the columns that a rejects file has behind those of the intake; false if it
 * is none. */
bool scap__bind_reject(struct binder *binder);

/* Binds the column at hand by the map, if that names it. */
void scap__bind_mapped(struct binder *binder);

/* Tells of columns of the map that are not there, and of the file's that are not in it. */
void scap__bind_unmapped(struct binder *binder);

#endif
