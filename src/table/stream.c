/* SPDX-License-Identifier: MIT */
#include "table/stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "table/bytes.h"
#include "table/stream_parts.h"

/* A cell grows by so many bytes at a time. */
enum { LEAST_WINDOW = 2 << 10, CSV_BLOCK = 4 << 10 };

static enum code fail(const struct stream *stream, struct scap_error *error, enum code code,
                      const char *message)
{
	struct source nowhere = {.file = stream->file};

	scap__error_fill(error, code, (struct place){.source = &nowhere}, "%s", message);
	return code;
}

/* ---- Bytes in ------------------------------------------------------------------ */

/* Moves what is left to the front and reads until the buffer is full or the
 * input ends. */
static enum code fill(struct stream *s, struct scap_error *error)
{
	memmove(s->buffer, s->buffer + s->start, s->size - s->start);
	s->size -= s->start;
	s->start = s->cursor = 0;
	while (!s->at_end && s->size < s->room) {
		long got = s->read(s->read_ctx, s->buffer + s->size, s->room - s->size);

		if (got < 0)
			return fail(s, error, E_READ_FAILED, "reading failed");
		s->at_end = got == 0;
		s->size += (size_t)got;
	}
	s->buffer[s->size] = '\0';
	return 0;
}

/* More bytes behind those that are there; a stream that is fed waits for them. */
static enum code more(struct stream *s, struct scap_error *error)
{
	s->starved = !s->read;
	return s->read ? fill(s, error) : 0;
}

static bool widen(struct stream *s)
{
	char *buffer = realloc(s->buffer, s->room * 2 + 1);

	if (!buffer)
		return false;
	s->buffer = s->own = buffer;
	s->room *= 2;
	return true;
}

static enum code check_start(struct stream *s, struct scap_error *error)
{
	struct source source = {s->file, s->buffer, s->size, 1};
	struct scap_report *report = scap_report_new();
	size_t told;
	bool foreign;

	if (!report)
		return fail(s, error, E_NO_MEMORY, "memory is out");
	foreign = scap__bytes_foreign(report, &source);
	scap_report_free(report);
	if (foreign)
		return fail(s, error, E_UTF16, "the file is UTF-16, not UTF-8; save it as \"CSV "
		                               "UTF-8 (comma delimited)\"");
	s->start = scap__bytes_mark(s->buffer, s->size);
	told = scap__bytes_told_separator(s->buffer + s->start, s->size - s->start, &s->separator);
	s->start += told;
	s->piece_line += told > 0;
	if (s->start == s->size)
		return fail(s, error, E_EMPTY_FILE,
		            "the file is empty; its first line should name the columns");
	if (!told)
		s->separator = scap__bytes_separator(s->buffer + s->start, s->size - s->start);
	if (s->separator == '\t')
		return fail(s, error, E_TABS, "the cells are separated by tabs, not by commas");
	s->separators = scap__separators_in(s, s->start, s->size);
	return 0;
}

enum code scap__stream_open(struct stream *s, const char *file, scap_read_fn *read,
                            void *read_ctx, struct scap_error *error)
{
	enum code code;

	*s = (struct stream){.read = read, .read_ctx = read_ctx, .file = file, .piece_line = 1};
	s->room = s->window = PIECE_BYTES;
	s->buffer = s->own = malloc(s->room + 1);
	if (!s->buffer)
		return fail(s, error, E_NO_MEMORY, "memory is out");
	code = fill(s, error);
	return code ? code : check_start(s, error);
}

void scap__stream_close(struct stream *s)
{
	if (s->csv_open)
		csv_free(&s->csv);
	free(s->own);
	*s = (struct stream){0};
}

/* ---- Feeding libcsv ---------------------------------------------------------------- */

static bool open_parser(struct stream *s)
{
	if (s->csv_open)
		csv_free(&s->csv);
	s->csv_open = !csv_init(&s->csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	csv_set_blk_size(&s->csv, CSV_BLOCK);
	csv_set_delim(&s->csv, (unsigned char)s->separator);
	csv_set_realloc_func(&s->csv, realloc);
	csv_set_free_func(&s->csv, free);
	return s->csv_open;
}

/* Starts the next piece at a byte whose line the cursor knows. */
static void begin_piece(struct stream *s, size_t at)
{
	s->start = s->cursor = at;
	s->piece_line = s->cursor_line;
	s->done = s->lines = s->cursor_record = 0;
	s->returns = false;
}

/* Tells of a broken record and goes on at the line after the one it began in. */
static void give_up_record(struct stream *s, enum code code, size_t at, size_t looked)
{
	struct source record = scap__stream_record(s);
	size_t next = (size_t)(record.bytes - s->buffer);
	struct scap_error error;

	record.size = s->size - next; /* the quote may be anywhere behind */
	scap__describe_broken(s, code, at, &record, &error);
	s->looked = looked;
	s->handler.broken(s->handler.ctx, &error);
	while (next < s->size && !line_end(s->buffer[next]))
		next++;
	s->dropped = next == s->size ? next - s->start : 0;
	scap__stream_move(s, next);
	begin_piece(s, next);
	s->window = LEAST_WINDOW;
	s->given_up++;
}

/* Feeds [start, end). A broken record moves `start` behind its first line. */
static enum code feed(struct stream *s, size_t end, bool last, struct scap_error *error)
{
	size_t start = s->start, size = end - start;
	size_t fed = csv_parse(&s->csv, s->buffer + start, size, s->handler.cell,
	                       s->handler.record, s->handler.ctx);

	if (fed == size && (!last || !csv_fini(&s->csv, s->handler.cell, s->handler.record,
	                                       s->handler.ctx))) {
		s->cursor_line = s->piece_line + s->lines;
		if (s->quotes || s->returns) /* lines inside quotes, or ends of two bytes */
			s->cursor_line = s->piece_line + scap__stream_lines(s, start, end);
		begin_piece(s, end);
		s->window = 2 * s->window < PIECE_BYTES ? 2 * s->window : PIECE_BYTES;
		return 0;
	}
	if (csv_error(&s->csv) != CSV_EPARSE)
		return fail(s, error, E_NO_MEMORY, "memory is out");
	give_up_record(s, fed == size ? E_OPEN_QUOTE : E_STRAY_QUOTE, start + fed, start + fed + 1);
	return open_parser(s) ? 0 : fail(s, error, E_NO_MEMORY, "memory is out");
}

/* Feeds the cells of a record before the quote at OPEN, which swallows rows up to CLOSE,
 * and gives the record up. */
static enum code feed_opening(struct stream *s, size_t open, size_t close,
                              struct scap_error *error)
{
	size_t size = open - s->start;
	size_t fed = csv_parse(&s->csv, s->buffer + s->start, size, s->handler.cell,
	                       s->handler.record, s->handler.ctx);

	if (fed != size && csv_error(&s->csv) != CSV_EPARSE)
		return fail(s, error, E_NO_MEMORY, "memory is out");
	give_up_record(s, fed == size ? E_SWALLOWED_ROW : E_STRAY_QUOTE, s->start + fed,
	               fed == size ? close : s->start + fed + 1);
	return open_parser(s) ? 0 : fail(s, error, E_NO_MEMORY, "memory is out");
}

/* Drops the rest of a line that is longer than a record may be. One that never ends is
 * no CSV: a device, or a file of something else. */
static enum code drop_line(struct stream *s, struct scap_error *error)
{
	size_t from = s->start;

	while (s->start < s->size && !line_end(s->buffer[s->start]))
		s->start++;
	s->cursor = s->start;
	s->dropped += s->start - from;
	if (s->dropped > LIMIT_LINE_BYTES)
		return fail(s, error, E_LINE_TOO_LONG,
		            "a line is over 64 MiB; this can't be a CSV file");
	if (s->start == s->size && !s->at_end)
		return more(s, error);
	s->dropped = 0;
	return 0;
}

/* No record ends where it must: make room, or give the record up. */
static enum code feed_long(struct stream *s, struct scap_error *error)
{
	struct stream before;
	enum code code;

	if (scap__stream_left(s) < LIMIT_RECORD_BYTES)
		return widen(s) ? 0 : fail(s, error, E_NO_MEMORY, "memory is out");
	before = *s;
	code = feed(s, s->start + LIMIT_RECORD_BYTES, false, error);
	if (code || s->given_up != before.given_up)
		return code; /* libcsv found a stray quote, and told of it */
	s->start = s->cursor = before.start;
	s->cursor_line = s->piece_line = before.piece_line;
	give_up_record(s, E_RECORD_TOO_LONG, s->start, s->start + LIMIT_RECORD_BYTES);
	return open_parser(s) ? 0 : fail(s, error, E_NO_MEMORY, "memory is out");
}

/* Where what can be fed ends, which at the end of the input is all there is. */
static size_t whole_records(struct stream *s)
{
	size_t end = s->first ? scap__first_record_end(s) : s->start;

	if (end == s->start)
		end = scap__last_record_end(s);
	else
		s->quotes = memchr(s->buffer + s->start, '"', end - s->start) != NULL;
	return end;
}

static enum code step(struct stream *s, struct scap_error *error)
{
	size_t end, record, open, close;

	if (s->dropped)
		return drop_line(s, error);
	end = whole_records(s);
	if (end == s->start && !s->at_end && scap__stream_left(s) < LIMIT_RECORD_BYTES) {
		enum code code = more(s, error);

		if (code || s->starved)
			return code;
		end = whole_records(s);
	}
	if (end == s->start && !(s->at_end && s->start == s->size))
		return feed_long(s, error);
	record = s->quotes ? scap__swallowing_record(s, end, &open, &close) : end;
	if (record == s->start && record < end)
		return feed_opening(s, open, close, error);
	return feed(s, record, s->at_end && record == s->size, error);
}

static enum code begin(struct stream *s, const struct stream_handler *handler,
                       struct scap_error *error)
{
	s->handler = *handler;
	s->cursor_line = s->piece_line;
	begin_piece(s, s->start);
	return open_parser(s) ? 0 : fail(s, error, E_NO_MEMORY, "memory is out");
}

enum code scap__stream_run(struct stream *s, const struct stream_handler *handler,
                           struct scap_error *error)
{
	enum code code = begin(s, handler, error);

	while (!code) {
		code = step(s, error);
		if (s->stop || (s->at_end && s->start >= s->size))
			break;
	}
	return code;
}

enum code scap__stream_first(struct stream *s, const struct stream_handler *handler,
                             struct scap_error *error)
{
	enum code code;

	s->first = true;
	code = scap__stream_run(s, handler, error);
	s->first = false;
	return code;
}

enum code scap__stream_fork(struct stream *s, const struct stream *from,
                            const struct stream_handler *handler, struct scap_error *error)
{
	*s = (struct stream){.file = from->file, .separator = from->separator,
	                     .separators = from->separators, .piece_line = 1};
	return begin(s, handler, error);
}

enum code scap__stream_feed(struct stream *s, const struct stretch *stretch,
                            struct scap_error *error)
{
	enum code code = 0;

	s->buffer = stretch->bytes;
	s->size = stretch->size;
	s->at_end = stretch->last;
	s->dropped = stretch->dropped;
	s->window = PIECE_BYTES;
	s->starved = false;
	s->cursor_line = stretch->line;
	begin_piece(s, 0);
	while (!code && !s->stop && !s->starved && s->start < s->size)
		code = step(s, error);
	return code;
}
