/* SPDX-License-Identifier: MIT */
#include "batch/cache.h"

#include <stdlib.h>
#include <string.h>

/* Each key may stand in either slot of a pair, the one used last first. */
enum { SLOTS = 8192, PAIRS = SLOTS / 2, TEXT_LIMIT = 64 << 20 };

struct cache {
	size_t nwords;
	uint64_t *keys;
	struct buffer *texts; /* `size` 0: the slot is free */
};

struct cache *scap__cache_new(size_t nwords)
{
	struct cache *cache = calloc(1, sizeof(*cache));

	if (!cache)
		return NULL;
	cache->nwords = nwords;
	cache->keys = calloc(SLOTS * nwords + 1, sizeof(*cache->keys));
	cache->texts = calloc(SLOTS, sizeof(*cache->texts));
	if (!cache->keys || !cache->texts) {
		scap__cache_free(cache);
		return NULL;
	}
	for (size_t i = 0; i < SLOTS; i++)
		scap__buffer_init(&cache->texts[i], TEXT_LIMIT);
	return cache;
}

void scap__cache_free(struct cache *cache)
{
	if (!cache)
		return;
	for (size_t i = 0; cache->texts && i < SLOTS; i++)
		scap__buffer_free(&cache->texts[i]);
	free(cache->texts);
	free(cache->keys);
	free(cache);
}

static size_t pair_of(const uint64_t *key, size_t nwords)
{
	uint64_t hash = 0x9e3779b97f4a7c15u;

	for (size_t i = 0; i < nwords; i++) {
		hash = (hash ^ key[i]) * 0xff51afd7ed558ccdu;
		hash ^= hash >> 32;
	}
	return hash & (PAIRS - 1);
}

static bool holds(const struct cache *cache, size_t slot, const uint64_t *key)
{
	const uint64_t *kept = cache->keys + slot * cache->nwords;

	if (!cache->texts[slot].size || cache->texts[slot].failed)
		return false;
	for (size_t i = 0; i < cache->nwords; i++)
		if (kept[i] != key[i])
			return false;
	return true;
}

static void swap(struct cache *cache, size_t slot)
{
	uint64_t *keys = cache->keys + slot * cache->nwords;
	struct buffer text = cache->texts[slot];

	cache->texts[slot] = cache->texts[slot + 1];
	cache->texts[slot + 1] = text;
	for (size_t i = 0; i < cache->nwords; i++) {
		uint64_t word = keys[i];

		keys[i] = keys[cache->nwords + i];
		keys[cache->nwords + i] = word;
	}
}

struct buffer *scap__cache_slot(struct cache *cache, const uint64_t *key, bool *found)
{
	size_t slot = 2 * pair_of(key, cache->nwords);
	struct buffer *text = &cache->texts[slot];

	*found = holds(cache, slot, key);
	if (*found)
		return text;
	*found = holds(cache, slot + 1, key);
	swap(cache, slot); /* what was used last stands first; what was first is kept */
	if (*found)
		return text;
	memcpy(cache->keys + slot * cache->nwords, key, cache->nwords * sizeof(*key));
	text->size = 0;
	text->failed = false;
	return text;
}
