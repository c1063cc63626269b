/* SPDX-License-Identifier: MIT
 *
 * What the tests of the record stream share: bytes handed out in pieces, and a
 * log of what the stream made of them.
 */
#ifndef STREAM_LOG_H
#define STREAM_LOG_H

#include <stdbool.h>

#include "base/limits.h"
#include "table/stream.h"
#include "unit.h"

/* A text with its size, so that NULs can stand in it. */
#define T(literal) literal, sizeof(literal) - 1
#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

enum { BUFFER = 64 << 10 }; /* what the stream reads at a time */

/* ---- Reading in pieces ------------------------------------------------------------- */

struct pieces {
	const char *bytes;
	size_t size, at, piece;
	bool breaks; /* reading fails where the bytes end */
};

static inline long read_piece(void *ctx, char *bytes, size_t size)
{
	struct pieces *in = ctx;
	size_t left = in->size - in->at;

	if (in->breaks && !left)
		return -1;
	if (size > in->piece)
		size = in->piece;
	if (size > left)
		size = left;
	memcpy(bytes, in->bytes + in->at, size);
	in->at += size;
	return (long)size;
}

static const size_t piece_sizes[] = {1, 2, 3, 7, BUFFER, BUFFER - 1, SIZE_MAX};

/* ---- A log of what the stream says ------------------------------------------------- */

enum { CELLS_MAX = 16 };

/* One line a record, `3: <a><b>` with the number of the line it begins in, each
 * cell followed by its place where that was asked for; one line a broken record,
 * `!3:7 108`. */
struct log {
	struct stream *stream;
	struct buffer text, cells;
	size_t ends[CELLS_MAX], count;
	bool places;
	bool quiet;            /* only count */
	size_t most;           /* records there can be; 0: any number */
	size_t stop_after;     /* records; 0: never */
	size_t records, broken;
};

static inline void log_cell(void *text, size_t size, void *ctx)
{
	struct log *log = ctx;

	if (!log->quiet)
		scap__buffer_add(&log->cells, text, size);
	if (log->count < CELLS_MAX)
		log->ends[log->count] = log->cells.size;
	log->count++;
}

static inline void write_place(struct log *log, const struct source *record, size_t cell)
{
	struct place place = scap__stream_cell(log->stream, record, cell);
	unsigned line, column;

	ck_assert_ptr_eq(place.source, record);
	ck_assert_uint_le(place.at + place.size, record->size);
	scap__source_locate(record, place.at, &line, &column);
	scap__buffer_printf(&log->text, "@%u:%u+%zu", line, column, place.size);
}

static inline void write_record(struct log *log)
{
	struct source record = scap__stream_record(log->stream);
	size_t from = 0;

	scap__buffer_printf(&log->text, "%u:", record.first_line);
	for (size_t i = 0; i < log->count && i < CELLS_MAX; i++) {
		scap__buffer_text(&log->text, " <");
		scap__buffer_add(&log->text, log->cells.data + from, log->ends[i] - from);
		scap__buffer_char(&log->text, '>');
		from = log->ends[i];
		if (log->places)
			write_place(log, &record, i);
	}
	scap__buffer_char(&log->text, '\n');
}

static inline void forget(struct log *log)
{
	log->cells.size = log->count = 0;
}

static inline void log_record(int end, void *ctx)
{
	struct log *log = ctx;

	if (log->count) {
		if (!log->quiet)
			write_record(log);
		log->records++;
		ck_assert_msg(!log->most || log->records <= log->most, "more than %zu records",
		              log->most);
		log->stream->stop |= log->records == log->stop_after;
		scap__stream_done(log->stream);
	}
	forget(log);
	scap__stream_line(log->stream, end);
}

static inline void log_broken(void *ctx, const struct scap_error *error)
{
	struct log *log = ctx;

	scap__buffer_printf(&log->text, "!%u:%u %u\n", error->line, error->column, error->code);
	ck_assert_str_eq(error->file, "in.csv");
	log->broken++;
	forget(log);
}

static inline void log_open(struct log *log)
{
	*log = (struct log){0};
	scap__buffer_init(&log->text, (size_t)1 << 28);
	scap__buffer_init(&log->cells, (size_t)1 << 28);
}

static inline void log_close(struct log *log)
{
	scap__buffer_free(&log->text);
	scap__buffer_free(&log->cells);
}

/* Reads the bytes into the log. The code that ended it. */
static inline enum code run(struct log *log, struct pieces *in, struct scap_error *error)
{
	struct stream stream;
	struct stream_handler handler = {log_cell, log_record, log_broken, log};
	enum code code;

	log->stream = &stream;
	code = scap__stream_open(&stream, "in.csv", read_piece, in, error);
	if (!code)
		code = scap__stream_run(&stream, &handler, error);
	scap__stream_close(&stream);
	return code;
}

/* The first line in which two logs differ. */
static const char *difference(const char *told, const char *expected)
{
	static char text[512];
	const char *start = told;

	for (; *told && *told == *expected; told++, expected++)
		if (*told == '\n')
			start = told + 1;
	expected -= told - start;
	snprintf(text, sizeof(text), "'%.*s', not '%.*s'", (int)(strcspn(start, "\n") % 200), start,
	         (int)(strcspn(expected, "\n") % 200), expected);
	return text;
}

/* The bytes give this log, in pieces of any size. */
static inline void expect(const char *bytes, size_t size, bool places, const char *expected)
{
	for (size_t i = 0; i < ROWS(piece_sizes); i++) {
		struct pieces in = {bytes, size, 0, piece_sizes[i], false};
		struct scap_error error;
		struct log log;

		log_open(&log);
		log.places = places;
		ck_assert_uint_eq(run(&log, &in, &error), 0);
		ck_assert_ptr_nonnull(scap__buffer_string(&log.text));
		ck_assert_msg(!strcmp(log.text.data, expected), "in pieces of %zu: %s",
		              piece_sizes[i], difference(log.text.data, expected));
		log_close(&log);
	}
}

/* The same for bytes in a buffer, which it frees. */
static inline enum code run_buffer(struct log *log, struct buffer *bytes, size_t piece)
{
	struct pieces in = {bytes->data, bytes->size, 0, piece, false};
	struct scap_error error;
	enum code code;

	ck_assert(!bytes->failed);
	code = run(log, &in, &error);
	scap__buffer_free(bytes);
	return code;
}

#endif
