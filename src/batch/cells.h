/* SPDX-License-Identifier: MIT
 *
 * The cells of a row: what is read goes to where the reader's answers go, what
 * can't be read is noted.
 */
#ifndef SCAP_BATCH_CELLS_H
#define SCAP_BATCH_CELLS_H

#include "batch/reader.h"

/* libcsv's callback for a cell; DATA is the reader. */
void scap__reader_cell(void *bytes, size_t size, void *data);

/* Puts an answer of the row being read. */
void scap__reader_put(struct reader *reader, unsigned question, const struct value *value);

/* Notes a fault of the row being read; TEXT is what to show of it. */
void scap__note_fault(struct reader *reader, enum code code, size_t column, const char *text,
                      size_t size);

/* A value that was refused: names its bytes if they are what is wrong. */
void scap__note_value(struct reader *reader, enum code code, size_t column, const char *text,
                      size_t size);

#endif
