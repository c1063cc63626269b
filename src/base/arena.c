/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 32 << 10 };

struct chunk {
	struct chunk *next;
	size_t used, size;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct chunk *chunks; /* the one in use first */
};

struct arena *scap__arena_new(void)
{
	return calloc(1, sizeof(struct arena));
}

void scap__arena_free(struct arena *arena)
{
	struct chunk *chunk, *next;

	if (!arena)
		return;
	for (chunk = arena->chunks; chunk; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(arena);
}

static struct chunk *add_chunk(struct arena *arena, size_t room)
{
	size_t size = room > CHUNK_BYTES ? room : CHUNK_BYTES;
	struct chunk *chunk = malloc(sizeof(*chunk) + size);

	if (!chunk)
		return NULL;
	chunk->used = 0;
	chunk->size = size;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

void *scap__arena_alloc(struct arena *arena, size_t size)
{
	const size_t unit = alignof(max_align_t);
	struct chunk *chunk = arena->chunks;
	void *place;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + unit - 1) / unit * unit;
	if (!chunk || chunk->size - chunk->used < size)
		chunk = add_chunk(arena, size);
	if (!chunk)
		return NULL;
	place = chunk->bytes + chunk->used;
	chunk->used += size;
	return memset(place, 0, size);
}

void *scap__arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		return NULL;
	return scap__arena_alloc(arena, count * size);
}

char *scap__arena_copy(struct arena *arena, const char *text, size_t size)
{
	char *copy = scap__arena_alloc(arena, size + 1);

	if (copy && size)
		memcpy(copy, text, size);
	return copy;
}

/* Arrays double whenever their count is a power of two, from 8 on: so the count
 * alone tells how much room there is. */
void *scap__arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
	void *more;

	if (items && (count < 8 || (count & (count - 1))))
		return items;
	more = scap__arena_array(arena, count ? count * 2 : 8, size);
	if (more && count)
		memcpy(more, items, count * size);
	return more;
}
