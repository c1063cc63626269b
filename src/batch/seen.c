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

static bool comes_after(const char *id, size_t size, const char *before, size_t before_size)
{
	return size <= SEEN_ID && (size > before_size || (size == before_size &&
	                                                  memcmp(id, before, size) > 0));
}

static void note_id(char kept[SEEN_ID], size_t *kept_size, const char *id, size_t size)
{
	*kept_size = size <= SEEN_ID ? size : 0;
	memcpy(kept, id, *kept_size);
}

bool scap__seen_twice(struct seen *seen, const char *id, size_t size)
{
	uint64_t hash = scap__text_hash(id, size);
	bool up = comes_after(id, size, seen->last, seen->last_size), twice;

	hash += !hash;
	note_id(seen->last, &seen->last_size, id, size);
	if (!seen->count)
		note_id(seen->first, &seen->first_size, id, size);
	if (!seen->full && seen->count == seen->room)
		seen->full = !widen(seen);
	if (!seen->full && !up && !seen->slots)
		seen->full = !index_list(seen);
	if (seen->full)
		return false;
	twice = seen->slots && enter(seen, hash);
	seen->twice |= twice;
	if (!twice)
		seen->list[seen->count++] = hash;
	return twice;
}

static bool known(const struct seen *seen, uint64_t hash)
{
	size_t mask = seen->nslots - 1, i = hash & mask;

	while (seen->slots[i] && seen->slots[i] != hash)
		i = (i + 1) & mask;
	return seen->slots[i] == hash;
}

static bool any_known(const struct seen *seen, const struct seen *behind)
{
	for (size_t i = 0; i < behind->count; i++)
		if (known(seen, behind->list[i]))
			return true;
	return false;
}

bool scap__seen_join(struct seen *seen, const struct seen *behind)
{
	bool up = !behind->slots &&
	          comes_after(behind->first, behind->first_size, seen->last, seen->last_size);

	if (seen->full || !behind->count)
		return !behind->full;
	if (behind->twice || behind->full)
		return false;
	while (seen->room - seen->count < behind->count)
		if (!widen(seen))
			return false;
	if (!up && !seen->slots && !index_list(seen))
		return false;
	if (seen->slots && any_known(seen, behind))
		return false;
	for (size_t i = 0; i < behind->count; i++) {
		seen->list[seen->count++] = behind->list[i];
		if (seen->slots)
			enter(seen, behind->list[i]);
	}
	note_id(seen->last, &seen->last_size, behind->last, behind->last_size);
	return true;
}

void scap__seen_clear(struct seen *seen)
{
	free(seen->slots);
	*seen = (struct seen){.list = seen->list, .room = seen->room};
}

void scap__seen_free(struct seen *seen)
{
	free(seen->list);
	free(seen->slots);
	*seen = (struct seen){0};
}
