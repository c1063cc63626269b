/* SPDX-License-Identifier: MIT */
#include "batch/cache.h"

#include <stdlib.h>
#include <string.h>

/* Of a pair, on average. */
enum { PAIR_BYTES = 128 };

struct cache *scap__cache_new(size_t nwords, size_t npairs)
{
	struct cache *cache = calloc(1, sizeof(*cache));

	if (!cache)
		return NULL;
	cache->nwords = nwords;
	cache->npairs = npairs;
	cache->slot_size = sizeof(struct slot) + nwords * sizeof(uint64_t);
	cache->slots = calloc(2 * npairs, cache->slot_size);
	cache->room = npairs * PAIR_BYTES;
	cache->texts = malloc(cache->room + CACHE_STEP);
	if (cache->slots && cache->texts)
		return cache;
	scap__cache_free(cache);
	return NULL;
}

void scap__cache_free(struct cache *cache)
{
	if (!cache)
		return;
	free(cache->slots);
	free(cache->texts);
	free(cache);
}

void scap__cache_swap(struct cache *cache, struct slot *first)
{
	char *a = (char *)first, *b = a + cache->slot_size;
	uint64_t word;

	for (size_t i = 0; i < cache->slot_size; i += sizeof(word)) {
		memcpy(&word, a + i, sizeof(word));
		memcpy(a + i, b + i, sizeof(word));
		memcpy(b + i, &word, sizeof(word));
	}
}

bool scap__cache_keep(struct cache *cache, struct slot *slot, const uint64_t *key,
                      const char *bytes, size_t size)
{
	if (size > cache->room)
		return false;
	if (size > cache->room - cache->used) {
		memset(cache->slots, 0, 2 * cache->npairs * cache->slot_size);
		cache->used = 0;
	}
	scap__cache_swap(cache, slot); /* what was first is kept */
	slot->at = (uint32_t)cache->used;
	slot->size = (uint32_t)size;
	memcpy(slot->key, key, cache->nwords * sizeof(*key));
	memcpy(cache->texts + cache->used, bytes, size);
	cache->used += size;
	cache->kept++;
	return true;
}
