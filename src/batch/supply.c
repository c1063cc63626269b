/* SPDX-License-Identifier: MIT */
#include "batch/supply.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "table/seam.h"

bool scap__supply_init(struct supply *supply, const struct stream *head, size_t size)
{
	size_t left = head->size - head->start;

	*supply = (struct supply){
		.read = head->read, .read_ctx = head->read_ctx, .size = size,
		.ended = head->at_end, .nrest = left, .line = head->piece_line, .left = ULLONG_MAX,
		.rest = malloc((left > size ? left : size) + 1),
	};
	if (supply->rest)
		memcpy(supply->rest, head->buffer + head->start, left);
	return supply->rest != NULL;
}

void scap__supply_free(struct supply *supply)
{
	free(supply->rest);
}

/* Moves what is there already into the chunk, as much as a chunk holds. */
static void take_rest(struct supply *supply, struct chunk *chunk)
{
	size_t size = supply->nrest < supply->size ? supply->nrest : supply->size;

	memcpy(chunk->in.bytes, supply->rest, size);
	supply->nrest -= size;
	memmove(supply->rest, supply->rest + size, supply->nrest);
	chunk->in.size = size;
}

/* Reads at most SIZE bytes to where there is room for them. */
static enum code read_some(struct supply *supply, char *bytes, size_t size, size_t *got)
{
	size_t wanted = size < supply->left ? size : (size_t)supply->left;
	long count = wanted ? supply->read(supply->read_ctx, bytes, wanted) : 0;

	if (count < 0)
		return E_READ_FAILED;
	*got = (size_t)count;
	supply->left -= *got;
	supply->ended = !count;
	return 0;
}

static enum code fill(struct supply *supply, struct chunk *chunk)
{
	struct stretch *in = &chunk->in;
	enum code code = 0;

	while (!code && !supply->ended && in->size < supply->size) {
		size_t got = 0;

		code = read_some(supply, in->bytes + in->size, supply->size - in->size, &got);
		in->size += got;
	}
	return code;
}

/* Passes over bytes of the rest, then over bytes that are read for that. */
static enum code pass_over(struct supply *supply, unsigned long long bytes)
{
	enum code code = 0;

	for (;;) {
		size_t over = supply->nrest < bytes ? supply->nrest : (size_t)bytes;

		supply->nrest -= over;
		memmove(supply->rest, supply->rest + over, supply->nrest);
		bytes -= over;
		if (code || !bytes || supply->ended)
			return code;
		code = read_some(supply, supply->rest, supply->size, &supply->nrest);
	}
}

enum code scap__supply_bound(struct supply *supply, const struct scap_share *share)
{
	unsigned long long size = share->end - share->begin;
	enum code code = pass_over(supply, share->begin);

	supply->line = share->line;
	supply->record = share->record;
	if (supply->nrest >= size) {
		supply->nrest = (size_t)size;
		supply->ended = true;
	}
	supply->left = size - supply->nrest;
	return code;
}

/* Leaves to the next chunk what is behind the last record that ends in this one. Where
 * none does, the chunk is cut anywhere but inside a CRLF. */
static void cut(struct supply *supply, struct chunk *chunk)
{
	struct stretch *in = &chunk->in;
	struct seam seam = scap__seam(in->bytes, in->size);
	size_t left;

	if (!seam.end) {
		seam.end = in->size - (in->bytes[in->size - 1] == '\r');
		seam.lines = scap__lines_in(in->bytes, seam.end);
	}
	left = in->size - seam.end;
	memmove(supply->rest + left, supply->rest, supply->nrest);
	memcpy(supply->rest, in->bytes + seam.end, left);
	supply->nrest += left;
	supply->line += seam.lines;
	supply->record += seam.records;
	in->size = seam.end;
}

enum code scap__supply_next(struct supply *supply, struct chunk *chunk)
{
	enum code code;

	if (!scap__chunk_reserve(chunk, supply->size))
		return E_NO_MEMORY;
	chunk->in.line = supply->line;
	chunk->in.dropped = 0;
	chunk->in.last = false;
	chunk->record = supply->record;
	take_rest(supply, chunk);
	code = fill(supply, chunk);
	chunk->in.last = !code && supply->ended && !supply->nrest;
	if (!chunk->in.last && chunk->in.size)
		cut(supply, chunk);
	chunk->in.bytes[chunk->in.size] = '\0';
	return code;
}
