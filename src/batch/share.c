/* SPDX-License-Identifier: MIT
 *
 * Shares of an input's rows that hold equally many, found without a word between those
 * who work on them. Where its quotes are plainly right, records are only counted; where
 * they are not, they are read as those read them who judge the rows.
 */
#include <limits.h>
#include <stdlib.h>

#include "batch/supply.h"
#include "table/seam.h"

enum { MARKS = 1 << 16, CHUNK_BYTES = 256 << 10 };

/* Where a record begins that the records before it say nothing of; the input may be cut
 * there. */
struct mark {
	unsigned long long record, at, line; /* records before it, bytes behind the header */
};

struct count {
	struct stream head;
	struct supply supply;
	struct stream stream;
	struct chunk whole;
	struct stretch left;
	unsigned long long at;     /* of the stretch at hand */
	unsigned long long looked; /* so far to see that a record is broken */
	unsigned long long records, every; /* so many from mark to mark, that they suffice */
	size_t nmarks;
	struct mark marks[MARKS];
	bool cells; /* the record being read has one */
};

/* ---- Marks ---------------------------------------------------------------------------- */

static bool to_be_marked(const struct count *count)
{
	return !count->nmarks ||
	       count->records >= count->marks[count->nmarks - 1].record + count->every;
}

static void mark(struct count *count, unsigned long long at, unsigned long long line)
{
	if (at < count->looked)
		return;
	if (count->nmarks == MARKS) {
		for (size_t i = 0; i < MARKS / 2; i++)
			count->marks[i] = count->marks[2 * i];
		count->nmarks = MARKS / 2;
		count->every *= 2;
	}
	if (to_be_marked(count))
		count->marks[count->nmarks++] = (struct mark){count->records, at, line};
}

/* ---- Counting ------------------------------------------------------------------------- */

static void count_plain(struct count *count, const struct chunk *chunk)
{
	unsigned long long line = chunk->in.line;
	size_t at = 0, size;

	do {
		unsigned long long began = line;

		size = scap__next_record(chunk->in.bytes + at, chunk->in.size - at, &line);
		if (size && to_be_marked(count))
			mark(count, count->at + at, began);
		count->records += size != 0;
		at += size;
	} while (size);
}

static void mark_record(struct count *count)
{
	struct source record;

	if (to_be_marked(count)) {
		record = scap__stream_record(&count->stream);
		mark(count, count->at + (unsigned long long)(record.bytes - count->stream.buffer),
		     record.first_line);
	}
	count->records++;
	count->cells = false;
}

static void on_cell(void *text, size_t size, void *data)
{
	struct count *count = data;

	(void)text;
	(void)size;
	count->cells = true;
}

static void on_record(int end, void *data)
{
	struct count *count = data;

	if (count->cells) {
		mark_record(count);
		scap__stream_done(&count->stream);
	}
	scap__stream_line(&count->stream, end);
}

static void on_broken(void *data, const struct scap_error *error)
{
	struct count *count = data;

	(void)error;
	mark_record(count);
	count->looked = count->at + count->stream.looked;
}

static enum code count_exactly(struct count *count, struct chunk *chunk, struct scap_error *error)
{
	enum code code;

	if (scap__any_left(&count->left)) {
		count->at -= count->left.size;
		if (!scap__chunk_join(&count->whole, &count->left, chunk))
			return E_NO_MEMORY;
		chunk = &count->whole;
	}
	code = scap__stream_feed(&count->stream, &chunk->in, error);
	chunk->used = count->stream.start;
	chunk->used_line = count->stream.piece_line;
	chunk->dropped = count->stream.dropped;
	count->at += chunk->in.size;
	if (!code && !scap__chunk_leave(chunk, &count->left))
		code = E_NO_MEMORY;
	return code;
}

/* True when the records of a chunk need only be counted. */
static bool plain(const struct count *count, const struct chunk *chunk)
{
	const struct stretch *in = &chunk->in;

	return !in->last && in->size && !scap__any_left(&count->left) &&
	       (in->bytes[in->size - 1] == '\n' || in->bytes[in->size - 1] == '\r') &&
	       scap__quotes_plain(in->bytes, in->size, count->stream.separator);
}

static enum code count_all(struct count *count, struct scap_error *error)
{
	struct chunk chunk;
	enum code code = 0;

	scap__chunk_init(&chunk);
	while (!code && !chunk.in.last) {
		code = scap__supply_next(&count->supply, &chunk);
		if (!code && plain(count, &chunk)) {
			count_plain(count, &chunk);
			count->at += chunk.in.size;
		} else if (!code) {
			code = count_exactly(count, &chunk, error);
		}
	}
	scap__chunk_free(&chunk);
	return code;
}

/* ---- The share -------------------------------------------------------------------------- */

/* The mark where the share begins before which PART of WHOLE rows stand, or the next. */
static size_t first_mark(const struct count *count, unsigned part, unsigned whole)
{
	unsigned long long record = count->records / whole * part +
	                            count->records % whole * part / whole;
	size_t low = 0, high = count->nmarks;

	if (part == whole)
		return count->nmarks;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (count->marks[middle].record < record)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct scap_share share_of(const struct count *count, unsigned number, unsigned of)
{
	size_t from = first_mark(count, number - 1, of), to = first_mark(count, number, of);
	struct scap_share share = {count->at, ULLONG_MAX, 1, count->records};

	if (from < count->nmarks)
		share = (struct scap_share){count->marks[from].at, ULLONG_MAX,
		                            count->marks[from].line, count->marks[from].record};
	if (number == 1)
		share = (struct scap_share){0, ULLONG_MAX, count->head.piece_line, 0};
	if (to < count->nmarks)
		share.end = count->marks[to].at;
	else if (number < of)
		share.end = share.begin > count->at ? share.begin : count->at;
	return share;
}

static enum code find_share(struct count *count, unsigned number, unsigned of,
                            struct scap_share *share, struct scap_error *error)
{
	struct stream_handler handler = {on_cell, on_record, on_broken, count};
	enum code code;

	if (!scap__supply_init(&count->supply, &count->head, CHUNK_BYTES))
		return E_NO_MEMORY;
	code = scap__stream_fork(&count->stream, &count->head, &handler, error);
	if (!code)
		code = count_all(count, error);
	if (!code)
		*share = share_of(count, number, of);
	return code;
}

/* The header is only passed over: what is wrong with it is told by who reads it. */
struct passing {
	struct stream *stream;
	bool cells, broken;
};

static void pass_cell(void *text, size_t size, void *data)
{
	(void)text;
	(void)size;
	((struct passing *)data)->cells = true;
}

static void pass_record(int end, void *data)
{
	struct passing *passing = data;

	if (passing->cells) {
		passing->stream->stop = true;
		scap__stream_done(passing->stream);
	}
	scap__stream_line(passing->stream, end);
}

static void pass_broken(void *data, const struct scap_error *error)
{
	struct passing *passing = data;

	(void)error;
	passing->broken = passing->stream->stop = true;
}

static enum code pass_header(struct stream *stream, struct scap_error *error)
{
	struct passing passing = {.stream = stream};
	struct stream_handler handler = {pass_cell, pass_record, pass_broken, &passing};
	enum code code = scap__stream_first(stream, &handler, error);

	if (!code && (passing.broken || !passing.cells))
		code = E_EMPTY_FILE;
	return code;
}

unsigned scap_share_find(const char *file, unsigned number, unsigned of, scap_read_fn *read,
                         void *ctx, struct scap_share *share, struct scap_error *error)
{
	struct count *count = calloc(1, sizeof(*count));
	enum code code;

	*error = (struct scap_error){0};
	if (!count)
		return E_NO_MEMORY;
	count->every = 1;
	scap__chunk_init(&count->whole);
	code = scap__stream_open(&count->head, file, read, ctx, error);
	if (!code)
		code = pass_header(&count->head, error);
	if (!code)
		code = find_share(count, number, of, share, error);
	scap__stream_close(&count->stream);
	scap__stream_close(&count->head);
	scap__supply_free(&count->supply);
	scap__chunk_free(&count->whole);
	free(count->left.bytes);
	free(count);
	return code;
}
