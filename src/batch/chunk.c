/* SPDX-License-Identifier: MIT */
#include "batch/chunk.h"

#include <stdlib.h>
#include <string.h>

enum { OUT_MOST = 1 << 30 };

void scap__chunk_init(struct chunk *chunk)
{
	*chunk = (struct chunk){0};
	scap__buffer_init(&chunk->out, OUT_MOST);
	scap__tape_init(&chunk->tape);
}

void scap__chunk_free(struct chunk *chunk)
{
	free(chunk->in.bytes);
	scap__seen_free(&chunk->ids);
	scap__buffer_free(&chunk->out);
	scap__tape_free(&chunk->tape);
	scap__tally_free(chunk->tally);
}

bool scap__chunk_reserve(struct chunk *chunk, size_t size)
{
	char *bytes;

	if (chunk->in.bytes && size <= chunk->room)
		return true;
	bytes = realloc(chunk->in.bytes, size + 1);
	if (!bytes)
		return false;
	chunk->in.bytes = bytes;
	chunk->room = size;
	return true;
}

void scap__chunk_clear(struct chunk *chunk)
{
	chunk->code = 0;
	chunk->error.code = 0;
	chunk->used = chunk->dropped = 0;
	chunk->used_line = chunk->records = 0;
	chunk->numbered = false;
	chunk->blanks = (struct blanks){0};
	chunk->counts = (struct scap_score_counts){0};
	chunk->out.size = 0;
	scap__seen_clear(&chunk->ids);
	scap__tape_clear(&chunk->tape);
	if (chunk->tally)
		scap__tally_clear(chunk->tally);
}

bool scap__chunk_leave(const struct chunk *chunk, struct stretch *left)
{
	size_t size = chunk->in.size - chunk->used;
	char *bytes = size ? realloc(left->bytes, size) : left->bytes;

	if (size && !bytes)
		return false;
	if (size)
		memcpy(bytes, chunk->in.bytes + chunk->used, size);
	*left = (struct stretch){bytes, size, chunk->used_line, chunk->dropped, false};
	return true;
}

bool scap__chunk_join(struct chunk *whole, const struct stretch *left, const struct chunk *behind)
{
	struct stretch *in = &whole->in;

	if (!scap__chunk_reserve(whole, left->size + behind->in.size))
		return false;
	if (left->size)
		memcpy(in->bytes, left->bytes, left->size);
	memcpy(in->bytes + left->size, behind->in.bytes, behind->in.size);
	in->size = left->size + behind->in.size;
	in->bytes[in->size] = '\0';
	in->line = left->line;
	in->dropped = left->dropped;
	in->last = behind->in.last;
	return true;
}
