/* SPDX-License-Identifier: MIT */
#include "table/seam.h"

#include <stdbool.h>
#include <string.h>

unsigned long long scap__lines_in(const char *bytes, size_t size)
{
	const char *at = bytes, *end = bytes + size;
	unsigned long long lines = 0;

	for (; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		lines++;
	for (at = bytes; (at = memchr(at, '\r', (size_t)(end - at))); at++)
		lines += at + 1 == end || at[1] != '\n';
	return lines;
}

static bool blank(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
		at++;
	return at == end;
}

static bool odd_quotes(const char *at, const char *end)
{
	bool odd = false;

	for (; (at = memchr(at, '"', (size_t)(end - at))); at++)
		odd = !odd;
	return odd;
}

/* Of bytes in which every line ends with a line feed. */
static struct seam seam_of_feeds(const char *bytes, size_t size)
{
	const char *record = bytes, *at = bytes, *end = bytes + size, *feed;
	bool quotes = memchr(bytes, '"', size) != NULL, quoted = false;
	unsigned long long lines = 0;
	struct seam seam = {0};

	for (; (feed = memchr(at, '\n', (size_t)(end - at))); at = feed + 1) {
		lines++;
		if (quotes && odd_quotes(at, feed))
			quoted = !quoted;
		if (quoted)
			continue;
		seam.records += !blank(record, feed);
		seam.lines = lines;
		record = feed + 1;
		seam.end = (size_t)(record - bytes);
	}
	return seam;
}

/* The same where carriage returns end lines. One at the very end may be half of a CRLF. */
static struct seam seam_of_returns(const char *bytes, size_t size)
{
	unsigned long long lines = 0;
	struct seam seam = {0};
	bool quoted = false;

	for (size_t i = 0; i < size; i++) {
		bool pair = bytes[i] == '\r' && i + 1 < size && bytes[i + 1] == '\n';

		quoted ^= bytes[i] == '"';
		if (pair || (bytes[i] != '\n' && bytes[i] != '\r') ||
		    (bytes[i] == '\r' && i + 1 == size))
			continue;
		lines++;
		if (quoted)
			continue;
		seam.records += !blank(bytes + seam.end, bytes + i);
		seam.lines = lines;
		seam.end = i + 1;
	}
	return seam;
}

struct seam scap__seam(const char *bytes, size_t size)
{
	const char *at = bytes, *end = bytes + size;

	for (; (at = memchr(at, '\r', (size_t)(end - at))); at++)
		if (at + 1 < end && at[1] != '\n')
			return seam_of_returns(bytes, size);
	return seam_of_feeds(bytes, size);
}

/* ---- Being sure ------------------------------------------------------------------------ */

enum { TELLING_SEPARATORS = 8 };

static bool line_end(char c)
{
	return c == '\n' || c == '\r';
}

static bool opens(const char *bytes, const char *quote, char separator)
{
	const char *at = quote;

	while (at > bytes && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at == bytes || at[-1] == separator || line_end(at[-1]);
}

static bool closes(const char *quote, const char *end, char separator)
{
	const char *at = quote + 1;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at == end || *at == separator || line_end(*at);
}

/* The quote that closes a cell, from behind the one that opens it; NULL: none does. */
static const char *closing(const char *from, const char *end)
{
	const char *quote;

	while ((quote = memchr(from, '"', (size_t)(end - from)))) {
		if (quote + 1 == end || quote[1] != '"')
			return quote;
		from = quote + 2;
	}
	return NULL;
}

static bool like_rows(const char *from, const char *to, char separator)
{
	unsigned count = 0;
	bool lines = false;

	for (; from < to; from++) {
		count += *from == separator;
		lines |= line_end(*from);
	}
	return lines && count >= TELLING_SEPARATORS;
}

bool scap__quotes_plain(const char *bytes, size_t size, char separator)
{
	const char *at = bytes, *end = bytes + size, *quote, *close;

	while ((quote = memchr(at, '"', (size_t)(end - at)))) {
		close = closing(quote + 1, end);
		if (!close || !opens(bytes, quote, separator) || !closes(close, end, separator) ||
		    like_rows(quote, close, separator))
			return false;
		at = close + 1;
	}
	return true;
}

/* The same, byte by byte. */
static size_t walk_record(const char *bytes, size_t size, unsigned long long *lines)
{
	bool quoted = false, any = false;

	for (size_t i = 0; i < size; i++) {
		quoted ^= bytes[i] == '"';
		any |= !line_end(bytes[i]) && bytes[i] != ' ' && bytes[i] != '\t';
		if (!line_end(bytes[i]) ||
		    (bytes[i] == '\r' && i + 1 < size && bytes[i + 1] == '\n'))
			continue;
		++*lines;
		if (!quoted && any)
			return i + 1;
	}
	return 0;
}

/* Most records hold neither quotes nor carriage returns and end with their line. */
size_t scap__next_record(const char *bytes, size_t size, unsigned long long *lines)
{
	const char *feed = memchr(bytes, '\n', size);
	size_t length = feed ? (size_t)(feed - bytes) : 0;

	if (!length || blank(bytes, feed) || memchr(bytes, '"', length) ||
	    memchr(bytes, '\r', length))
		return walk_record(bytes, size, lines);
	++*lines;
	return length + 1;
}
