/* SPDX-License-Identifier: MIT */
#include "table/stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "table/bytes.h"

/* In a table of fewer columns a line of prose may have as many commas as a row. */
enum { PIECE_BYTES = 64 << 10, LEAST_WINDOW = 2 << 10, TELLING_SEPARATORS = 8 };

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

static bool line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* How many separators stand in the line that begins at AT, before END. */
static size_t separators_in(const struct stream *s, size_t at, size_t end)
{
	size_t count = 0;

	for (; at < end && !line_end(s->buffer[at]); at++)
		count += s->buffer[at] == s->separator;
	return count;
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
	s->separators = separators_in(s, s->start, s->size);
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

/* ---- Where records begin and end ------------------------------------------------- */

static bool blank(const struct stream *s, char c)
{
	return c == ' ' || (c == '\t' && s->separator != '\t');
}

/* Behind the last line end in [from, to), or END. A CR at the very end of the
 * buffer may be half of a CRLF, so it is left for the next piece; so is one at the end
 * of the longest record, wherever the buffer ends. */
static size_t last_line_end(const struct stream *s, size_t from, size_t to, size_t end)
{
	const char *feed = memrchr(s->buffer + from, '\n', to - from), *back;

	if (feed)
		end = from = (size_t)(feed - s->buffer) + 1;
	if (to > from && (to == s->size || to == s->start + LIMIT_RECORD_BYTES))
		to--;
	back = memrchr(s->buffer + from, '\r', to - from);
	return back ? (size_t)(back - s->buffer) + 1 : end;
}

/* Behind the last line end before LIMIT that stands outside quotes, or `start`. Notes
 * whether there are quotes before LIMIT. */
static size_t last_end_before(struct stream *s, size_t limit)
{
	size_t at = s->start, end = at;
	bool quoted = false;

	s->quotes = false;
	while (at < limit) {
		const char *quote = memchr(s->buffer + at, '"', limit - at);
		size_t stop = quote ? (size_t)(quote - s->buffer) : limit;

		s->quotes |= quote != NULL;
		if (!quoted)
			end = last_line_end(s, at, stop, end);
		quoted = !quoted;
		at = stop + 1;
	}
	return end;
}

/* The bytes behind `start`, at most those of the longest record. */
static size_t bytes_left(const struct stream *s)
{
	size_t left = s->size - s->start;

	return left < LIMIT_RECORD_BYTES ? left : LIMIT_RECORD_BYTES;
}

static size_t all_bytes(struct stream *s)
{
	s->quotes = memchr(s->buffer + s->start, '"', s->size - s->start) != NULL;
	return s->size;
}

/* The same for all of them, and at the end of the input just those; after a broken
 * record only a little is looked at, so that many of them cost no more than they must. */
static size_t last_record_end(struct stream *s)
{
	size_t window = s->window, left = bytes_left(s), end;
	bool all = s->at_end && s->start + left == s->size;

	if (all && left <= PIECE_BYTES)
		return all_bytes(s);
	do {
		end = last_end_before(s, s->start + (window < left ? window : left));
		window *= 2;
	} while (end == s->start && window / 2 < left);
	return end == s->start && all ? all_bytes(s) : end;
}

/* Where a file has no line feeds, records must not each search all of it for one. */
enum { NEAR_BYTES = 4096 };

/* The end of the record at AT: behind its text, before its line end. Most hold
 * neither quotes nor carriage returns and end with their line. */
static size_t record_end(const char *bytes, size_t at, size_t size)
{
	size_t near = size - at < NEAR_BYTES ? size - at : NEAR_BYTES;
	const char *start = bytes + at, *end = near ? memchr(start, '\n', near) : NULL;
	bool quoted = false;

	if (end && !memchr(start, '"', (size_t)(end - start)) &&
	    !memchr(start, '\r', (size_t)(end - start)))
		return at + (size_t)(end - start);
	for (; at < size && (quoted || !line_end(bytes[at])); at++)
		quoted ^= bytes[at] == '"';
	return at;
}

/* Counts the line ends in [from, to); CRLF is one. */
static unsigned long long count_lines(const struct stream *s, size_t from, size_t to)
{
	const char *at = s->buffer + from, *end = s->buffer + to;
	unsigned long long lines = 0;

	for (; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		lines++;
	for (at = s->buffer + from; (at = memchr(at, '\r', (size_t)(end - at))); at++)
		lines += !(at + 1 < s->buffer + s->size && at[1] == '\n');
	return lines;
}

static void move_cursor(struct stream *s, size_t to)
{
	s->cursor_line += count_lines(s, s->cursor, to);
	s->cursor = to;
}

/* Lines without text are no records to libcsv, so not to us. */
static void skip_blank(struct stream *s)
{
	size_t at = s->cursor;

	while (at < s->size && (line_end(s->buffer[at]) || blank(s, s->buffer[at])))
		at++;
	while (at > s->cursor && !line_end(s->buffer[at - 1]))
		at--;
	move_cursor(s, at);
}

struct source scap__stream_record(struct stream *s)
{
	size_t end;

	skip_blank(s);
	while (s->cursor_record < s->done) {
		move_cursor(s, record_end(s->buffer, s->cursor, s->size));
		s->cursor_record++;
		skip_blank(s);
	}
	end = record_end(s->buffer, s->cursor, s->size);
	return (struct source){s->file, s->buffer + s->cursor, end - s->cursor,
	                       (unsigned)s->cursor_line};
}

struct place scap__stream_cell(const struct stream *s, const struct source *record, size_t cell)
{
	size_t at = 0, end;
	bool quoted = false;

	for (; at < record->size && cell; at++) {
		quoted ^= record->bytes[at] == '"';
		cell -= !quoted && record->bytes[at] == s->separator;
	}
	while (at < record->size && blank(s, record->bytes[at]))
		at++;
	for (end = at, quoted = false; end < record->size; end++) {
		quoted ^= record->bytes[end] == '"';
		if (!quoted && record->bytes[end] == s->separator)
			break;
	}
	while (end > at && blank(s, record->bytes[end - 1]))
		end--;
	return (struct place){record, at, end - at};
}

/* ---- Feeding libcsv ---------------------------------------------------------------- */

static bool open_parser(struct stream *s)
{
	if (s->csv_open)
		csv_free(&s->csv);
	s->csv_open = !csv_init(&s->csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	csv_set_delim(&s->csv, (unsigned char)s->separator);
	csv_set_realloc_func(&s->csv, realloc);
	csv_set_free_func(&s->csv, free);
	return s->csv_open;
}

/* The last quote before AT that opened a cell. */
static size_t opening_quote(const struct source *record, size_t at)
{
	size_t open = 0;
	bool quoted = false;

	for (size_t i = 0; i < at && i < record->size; i++) {
		if (record->bytes[i] != '"')
			continue;
		if (quoted && i + 1 < at && record->bytes[i + 1] == '"') {
			i++; /* a quote inside the cell */
			continue;
		}
		quoted = !quoted;
		open = quoted ? i : open;
	}
	return open;
}

static void describe_broken(struct stream *s, enum code code, size_t at,
                            const struct source *record, struct scap_error *error)
{
	size_t from = (size_t)(record->bytes - s->buffer);
	struct place place = {record, at > from ? at - from : 0, 1};
	unsigned line, began, column;

	switch (code) {
	case E_OPEN_QUOTE:
		place.at = opening_quote(record, record->size);
		scap__error_fill(error, code, place, "a quote is opened and never closed");
		break;
	case E_SWALLOWED_ROW:
		scap__error_fill(error, code, place,
		                 "this quote opens a cell that goes on over a line which looks like "
		                 "a row; is it not closed?");
		break;
	case E_RECORD_TOO_LONG:
		place.at = 0;
		scap__error_fill(error, code, place,
		                 "the record is over 1 MiB; is a quote never closed?");
		break;
	default:
		scap__source_locate(record, place.at, &line, &column);
		scap__source_locate(record, opening_quote(record, place.at), &began, &column);
		if (s->buffer[at] == '"')
			scap__error_fill(error, code, place,
			                 "a quote inside a cell that doesn't begin with one");
		else if (began < line)
			scap__error_fill(error, code, place,
			                 "text after the closing quote of a cell that began in line "
			                 "%u; is a quote not closed there?", began);
		else
			scap__error_fill(error, code, place,
			                 "text after the closing quote of a cell; a quote inside is "
			                 "written twice");
	}
}

/* ---- Rows inside quotes ------------------------------------------------------------- */

/* True when a line that begins in [from, to) has as many separators there as a row. */
static bool holds_a_row(const struct stream *s, size_t from, size_t to)
{
	for (; from < to; from++)
		if (line_end(s->buffer[from]) && separators_in(s, from + 1, to) >= s->separators)
			return true;
	return false;
}

/* A quote that is never closed makes one cell of the rows behind it, up to the next
 * quote, and the people in them would vanish. The first byte of the first record in
 * [start, end) that does so, and its quotes, the second at most END; or END. */
static size_t swallowing_record(const struct stream *s, size_t end, size_t *open, size_t *close)
{
	size_t at = s->start, record = at, from, to;
	const char *quote, *next;

	while (s->separators >= TELLING_SEPARATORS &&
	       (quote = memchr(s->buffer + at, '"', end - at))) {
		from = (size_t)(quote - s->buffer);
		record = last_line_end(s, at, from, record);
		next = memchr(quote + 1, '"', end - from - 1);
		to = next ? (size_t)(next - s->buffer) : end;
		if (holds_a_row(s, from + 1, to)) {
			*open = from;
			*close = to;
			return record;
		}
		if (!next)
			break;
		at = to + 1;
	}
	return end;
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
	describe_broken(s, code, at, &record, &error);
	s->looked = looked;
	s->handler.broken(s->handler.ctx, &error);
	while (next < s->size && !line_end(s->buffer[next]))
		next++;
	s->dropped = next == s->size ? next - s->start : 0;
	move_cursor(s, next);
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
			s->cursor_line = s->piece_line + count_lines(s, start, end);
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

	if (bytes_left(s) < LIMIT_RECORD_BYTES)
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

/* Behind the first record, or `start` where it does not end yet. */
static size_t first_record_end(struct stream *s)
{
	size_t at = s->start, end;

	while (at < s->size && (line_end(s->buffer[at]) || blank(s, s->buffer[at])))
		at++;
	end = record_end(s->buffer, at, s->size);
	if (end + (end < s->size && s->buffer[end] == '\r') >= s->size) /* half of a CRLF? */
		return s->start;
	return end - s->start < LIMIT_RECORD_BYTES ? end + 1 : s->start;
}

/* Where what can be fed ends, which at the end of the input is all there is. */
static size_t whole_records(struct stream *s)
{
	size_t end = s->first ? first_record_end(s) : s->start;

	if (end == s->start)
		end = last_record_end(s);
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
	if (end == s->start && !s->at_end && bytes_left(s) < LIMIT_RECORD_BYTES) {
		enum code code = more(s, error);

		if (code || s->starved)
			return code;
		end = whole_records(s);
	}
	if (end == s->start && !(s->at_end && s->start == s->size))
		return feed_long(s, error);
	record = s->quotes ? swallowing_record(s, end, &open, &close) : end;
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
