/* SPDX-License-Identifier: MIT
 *
 * What the parts of the record stream share.
 */
#ifndef SCAP_TABLE_STREAM_PARTS_H
#define SCAP_TABLE_STREAM_PARTS_H

#include "table/stream.h"

/* So many bytes are fed at once: they stay near the processor. */
enum { PIECE_BYTES = 64 << 10 };

static inline bool line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* ---- Where records begin and end ---- */

/* The bytes behind `start`, at most those of the longest record. */
size_t scap__stream_left(const struct stream *stream);

/* Behind the last line end in [from, to), or END. A CR at the very end of the buffer may be
 * half of a CRLF, so it is left for the next piece; so is one at the end of the longest
 * record, wherever the buffer ends. */
size_t scap__last_line_end(const struct stream *stream, size_t from, size_t to, size_t end);

/* Behind the last record that ends in them, and at the end of the input behind them all;
 * or `start`. Notes whether there are quotes before that. */
size_t scap__last_record_end(struct stream *stream);

/* Behind the first record, or `start` where it does not end yet. */
size_t scap__first_record_end(const struct stream *stream);

/* Counts the line ends in [from, to); CRLF is one. */
unsigned long long scap__stream_lines(const struct stream *stream, size_t from, size_t to);

/* Moves the cursor on, to the first byte of a line. */
void scap__stream_move(struct stream *stream, size_t to);

/* ---- Broken records ---- */

/* Says why the record at its first byte is broken; AT is where that shows. */
void scap__describe_broken(const struct stream *stream, enum code code, size_t at,
                           const struct source *record, struct scap_error *error);

/* A quote that is never closed makes one cell of the rows behind it, up to the next
 * quote, and the people in them would vanish. The first byte of the first record in
 * [start, end) that does so, and its quotes, the second at most END; or END. */
size_t scap__swallowing_record(const struct stream *stream, size_t end, size_t *open,
                               size_t *close);

/* How many separators stand in the line that begins at AT, before END. */
size_t scap__separators_in(const struct stream *stream, size_t at, size_t end);

#endif
