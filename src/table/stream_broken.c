/* SPDX-License-Identifier: MIT
 *
 * Records that can't be read to their end.
 */
#include <string.h>

#include "table/stream_parts.h"

/* In a table of fewer columns a line of prose may have as many commas as a row. */
enum { TELLING_SEPARATORS = 8 };

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

void scap__describe_broken(const struct stream *s, enum code code, size_t at,
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

/* True when a line that begins in [from, to) has as many separators there as a row. */
static bool holds_a_row(const struct stream *s, size_t from, size_t to)
{
	for (; from < to; from++)
		if (line_end(s->buffer[from]) && scap__separators_in(s, from + 1, to) >= s->separators)
			return true;
	return false;
}

size_t scap__swallowing_record(const struct stream *s, size_t end, size_t *open, size_t *close)
{
	size_t at = s->start, record = at, from, to;
	const char *quote, *next;

	while (s->separators >= TELLING_SEPARATORS &&
	       (quote = memchr(s->buffer + at, '"', end - at))) {
		from = (size_t)(quote - s->buffer);
		record = scap__last_line_end(s, at, from, record);
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

size_t scap__separators_in(const struct stream *s, size_t at, size_t end)
{
	size_t count = 0;

	for (; at < end && !line_end(s->buffer[at]); at++)
		count += s->buffer[at] == s->separator;
	return count;
}
