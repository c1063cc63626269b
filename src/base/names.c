/* SPDX-License-Identifier: MIT */
#include "base/names.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

struct names {
	struct arena *arena;
	struct name **slots; /* open addressing; size is a power of two */
	size_t nslots;
	struct name **list; /* in the order they were added */
	size_t count;
};

struct names *scap__names_new(struct arena *arena)
{
	struct names *names = scap__arena_alloc(arena, sizeof(*names));

	if (!names)
		return NULL;
	names->arena = arena;
	names->nslots = 64;
	names->slots = scap__arena_array(arena, names->nslots, sizeof(*names->slots));
	return names->slots ? names : NULL;
}

static bool same(const struct name *name, const char *text, size_t size)
{
	return !strncmp(name->text, text, size) && name->text[size] == '\0';
}

static struct name **slot_of(struct name **slots, size_t nslots, const char *text, size_t size)
{
	size_t i = scap__text_hash(text, size) & (nslots - 1);

	while (slots[i] && !same(slots[i], text, size))
		i = (i + 1) & (nslots - 1);
	return &slots[i];
}

struct name *scap__names_find(const struct names *names, const char *text, size_t size)
{
	return *slot_of(names->slots, names->nslots, text, size);
}

static bool widen(struct names *names)
{
	size_t nslots = names->nslots * 2;
	struct name **slots = scap__arena_array(names->arena, nslots, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < names->count; i++) {
		const char *text = names->list[i]->text;

		*slot_of(slots, nslots, text, strlen(text)) = names->list[i];
	}
	names->slots = slots;
	names->nslots = nslots;
	return true;
}

struct name *scap__names_add(struct names *names, const char *text, size_t size)
{
	struct name *name = scap__arena_alloc(names->arena, sizeof(*name));
	struct name **list = scap__arena_grow(names->arena, names->list, names->count,
	                                      sizeof(*list));

	if (!name || !list)
		return NULL;
	names->list = list;
	if (names->count * 2 >= names->nslots && !widen(names))
		return NULL;
	name->text = scap__arena_copy(names->arena, text, size);
	if (!name->text)
		return NULL;
	*slot_of(names->slots, names->nslots, text, size) = name;
	names->list[names->count++] = name;
	return name;
}

const struct name *scap__names_near(const struct names *names, const char *text,
                                    size_t size, unsigned kinds)
{
	const struct name *best = NULL;
	unsigned least = scap__text_near_limit(size) + 1;

	for (size_t i = 0; i < names->count; i++) {
		const struct name *name = names->list[i];
		unsigned far;

		if (!(kinds >> name->kind & 1))
			continue;
		far = scap__text_distance(name->text, strlen(name->text), text, size);
		if (far < least || (far == least && best && strcmp(name->text, best->text) < 0)) {
			least = far;
			best = name;
		}
	}
	return best;
}

size_t scap__names_count(const struct names *names)
{
	return names->count;
}

const struct name *scap__names_at(const struct names *names, size_t i)
{
	return names->list[i];
}
