/* SPDX-License-Identifier: MIT
 *
 * CSV of any length in bounded memory: whole records are fed to libcsv in large
 * pieces, and a record's place is worked out only when somebody asks.
 */
#ifndef SCAP_TABLE_STREAM_H
#define SCAP_TABLE_STREAM_H

#include <csv.h>
#include <stdbool.h>

#include "base/report.h"

struct stream_handler {
	/* libcsv's callbacks, called with `ctx`. `record` is called for every line
	 * end outside quotes, so also behind a blank line, where no cell came before
	 * it. It calls scap__stream_line, and scap__stream_done when it has finished
	 * with a record. */
	void (*cell)(void *text, size_t size, void *ctx);
	void (*record)(int end, void *ctx);
	/* A record that can't be read to its end; its cells so far were given. */
	void (*broken)(void *ctx, const struct scap_error *error);
	void *ctx;
};

struct stream {
	scap_read_fn *read;
	void *read_ctx;
	const char *file;
	struct stream_handler handler;
	struct csv_parser csv;
	bool csv_open;
	char separator;
	size_t separators; /* of the header line */
	char *buffer, *own; /* where the bytes are; `own` is what was allocated for them */
	size_t room, size, start; /* bytes there; of them fed before `start` */
	size_t window; /* how far to look for the end of a record at first */
	bool at_end;
	bool quotes; /* the bytes that are being fed may hold one */
	bool stop; /* set by the handler: enough */
	bool first; /* feed no more than one record at a time */
	bool starved; /* the last record of a stretch goes on behind it */
	size_t given_up; /* records */
	size_t looked; /* behind what was looked at to see that the last of them is broken */
	size_t dropped; /* bytes that were dropped of a line, which goes on; or 0 */
	/* Where records are: the cursor stands at a record's first byte. */
	size_t done;  /* records finished since the piece began */
	size_t lines; /* line feeds seen since then */
	bool returns; /* carriage returns seen since then */
	size_t cursor, cursor_record;
	unsigned long long cursor_line, piece_line;
};

/* Opens a stream and reads its first bytes. 0, or a code with ERROR filled. */
enum code scap__stream_open(struct stream *stream, const char *file, scap_read_fn *read,
                            void *read_ctx, struct scap_error *error);
void scap__stream_close(struct stream *stream);

/* Reads to the end, calling the handler. 0, or the code that ended it. */
enum code scap__stream_run(struct stream *stream, const struct stream_handler *handler,
                           struct scap_error *error);

/* Reads to the end of the record at which the handler sets `stop`, and no record
 * further. What is left stands in `buffer` from `start` on, at line `piece_line`. */
enum code scap__stream_first(struct stream *stream, const struct stream_handler *handler,
                             struct scap_error *error);

/* Bytes of an input that begin with a record, or inside a line that is being dropped. */
struct stretch {
	char *bytes; /* one more than `size` may be read */
	size_t size;
	unsigned long long line; /* the number of its first line */
	size_t dropped;          /* of that line, before it; or 0 */
	bool last;               /* the input ends with it */
};

/* A stream for stretches of the input of another one, whose first record was read. It is
 * closed like any. */
enum code scap__stream_fork(struct stream *stream, const struct stream *from,
                            const struct stream_handler *handler, struct scap_error *error);

/* Feeds the handler all records that end in a stretch. `start` tells how far that is,
 * `piece_line` in which line, and `dropped` is what to begin the next stretch with. */
enum code scap__stream_feed(struct stream *stream, const struct stretch *stretch,
                            struct scap_error *error);

/* To be called by the handler at the end of each record. */
static inline void scap__stream_done(struct stream *stream)
{
	stream->done++;
}

/* To be called by the handler for each line end, with what libcsv said of it. */
static inline void scap__stream_line(struct stream *stream, int end)
{
	stream->lines += end == '\n';
	stream->returns |= end == '\r';
}

/* The bytes of the record being read (before scap__stream_done), as a source. */
struct source scap__stream_record(struct stream *stream);

/* The place of a record's cell, by its number from 0. */
struct place scap__stream_cell(const struct stream *stream, const struct source *record,
                               size_t cell);

#endif
