/* SPDX-License-Identifier: MIT
 *
 * Where records begin and end, and in which line.
 */
#include <string.h>

#include "base/limits.h"
#include "table/stream_parts.h"

static bool blank(const struct stream *s, char c)
{
	return c == ' ' || (c == '\t' && s->separator != '\t');
}

size_t scap__last_line_end(const struct stream *s, size_t from, size_t to, size_t end)
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
			end = scap__last_line_end(s, at, stop, end);
		quoted = !quoted;
		at = stop + 1;
	}
	return end;
}

size_t scap__stream_left(const struct stream *s)
{
	size_t left = s->size - s->start;

	return left < LIMIT_RECORD_BYTES ? left : LIMIT_RECORD_BYTES;
}

static size_t all_bytes(struct stream *s)
{
	s->quotes = memchr(s->buffer + s->start, '"', s->size - s->start) != NULL;
	return s->size;
}

/* After a broken record only a little is looked at, so that many of them cost no more
 * than they must. */
size_t scap__last_record_end(struct stream *s)
{
	size_t window = s->window, left = scap__stream_left(s), end;
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

unsigned long long scap__stream_lines(const struct stream *s, size_t from, size_t to)
{
	const char *at = s->buffer + from, *end = s->buffer + to;
	unsigned long long lines = 0;

	for (; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		lines++;
	for (at = s->buffer + from; (at = memchr(at, '\r', (size_t)(end - at))); at++)
		lines += !(at + 1 < s->buffer + s->size && at[1] == '\n');
	return lines;
}

void scap__stream_move(struct stream *s, size_t to)
{
	s->cursor_line += scap__stream_lines(s, s->cursor, to);
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
	scap__stream_move(s, at);
}

struct source scap__stream_record(struct stream *s)
{
	size_t end;

	skip_blank(s);
	while (s->cursor_record < s->done) {
		scap__stream_move(s, record_end(s->buffer, s->cursor, s->size));
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

size_t scap__first_record_end(const struct stream *s)
{
	size_t at = s->start, end;

	while (at < s->size && (line_end(s->buffer[at]) || blank(s, s->buffer[at])))
		at++;
	end = record_end(s->buffer, at, s->size);
	if (end + (end < s->size && s->buffer[end] == '\r') >= s->size) /* half of a CRLF? */
		return s->start;
	return end - s->start < LIMIT_RECORD_BYTES ? end + 1 : s->start;
}
