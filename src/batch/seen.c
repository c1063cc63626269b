/* SPDX-License-Identifier: MIT */
#include "batch/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { FIRST_ROOM = 1 << 12, MOST_IDS = 1 << 20 };

/* Marks the hash; true if it was there. */
static bool enter(struct seen *seen, uint64_t hash)
{
	size_t mask = seen->nslots - 1, i = hash & mask;

	for (; seen->slots[i]; i = (i + 1) & mask)
		if (seen->slots[i] == hash)
			return true;
	seen->slots[i] = hash;
	return false;
}

/* Sets up the search for the ids so far. */
static bool index_list(struct seen *seen)
{
	free(seen->slots);
	seen->nslots = seen->room * 2;
	seen->slots = calloc(seen->nslots, sizeof(*seen->slots));
	for (size_t i = 0; seen->slots && i < seen->count; i++)
		enter(seen, seen->list[i]);
	return seen->slots != NULL;
}

static bool widen(struct seen *seen)
{
	size_t room = seen->room ? seen->room * 2 : FIRST_ROOM;
	uint64_t *list = room > MOST_IDS ? NULL : realloc(seen->list, room * sizeof(*list));

	if (!list)
		return false;
	seen->list = list;
	seen->room = room;
	return !seen->slots || index_list(seen);
}

static bool ascends(struct seen *seen, const char *id, size_t size)
{
	bool up = size > seen->last_size ||
	          (size == seen->last_size && memcmp(id, seen->last, size) > 0);

	up &= size <= SEEN_ID;
	seen->last_size = size <= SEEN_ID ? size : 0;
	memcpy(seen->last, id, seen->last_size);
	return up;
}

bool scap__seen_twice(struct seen *seen, const char *id, size_t size)
{
	uint64_t hash = scap__text_hash(id, size);
	bool up = ascends(seen, id, size), twice;

	hash += !hash;
	if (!seen->full && seen->count == seen->room)
		seen->full = !widen(seen);
	if (!seen->full && !up && !seen->slots)
		seen->full = !index_list(seen);
	if (seen->full)
		return false;
	twice = seen->slots && enter(seen, hash);
	if (!twice)
		seen->list[seen->count++] = hash;
	return twice;
}

void scap__seen_free(struct seen *seen)
{
	free(seen->list);
	free(seen->slots);
	*seen = (struct seen){0};
}
