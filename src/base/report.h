/* SPDX-License-Identifier: MIT
 *
 * The list of what is wrong, each with its place. A mistake is counted even
 * when there is no memory or room left to tell it.
 */
#ifndef SCAP_BASE_REPORT_H
#define SCAP_BASE_REPORT_H

#include <stddef.h>

#include "base/codes.h"
#include "scapula.h"

/* Bytes with a name: what errors quote. Lines and columns are found here. */
struct source {
	const char *file;
	const char *bytes;
	size_t size;
	unsigned first_line; /* line number of the first byte; 1 for a whole file.
	                      * Without bytes: the line that is meant, 0 for none */
};

/* A run of bytes of a source. No source: the error is about no place. */
struct place {
	const struct source *source;
	size_t at, size;
};

void scap__report_add(struct scap_report *report, enum code code, struct place place,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Fills one error; what scap__report_add does without a list. */
void scap__error_fill(struct scap_error *error, enum code code, struct place place,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Adds a copy of ERROR. */
void scap__report_push(struct scap_report *report, const struct scap_error *error);

/* Counts COUNT more mistakes that are not told. */
void scap__report_more(struct scap_report *report, size_t count);

/* Orders what is told by file, line and column. */
void scap__report_sort(struct scap_report *report);

/* Line and column (in characters, from 1) of a byte. */
void scap__source_locate(const struct source *source, size_t at, unsigned *line,
                         unsigned *column);

#endif
