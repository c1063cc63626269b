/* SPDX-License-Identifier: MIT
 *
 * Text already written for a string of bits. People with equal verdicts get
 * equal rows, so most rows are found here. Bounded: when there is no room for a
 * new text, all old ones are forgotten.
 */
#ifndef SCAP_BATCH_CACHE_H
#define SCAP_BATCH_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CACHE_PAIRS = 16384, CACHE_STEP = 32 };

/* A text; whole steps of CACHE_STEP bytes may be read of it. */
struct text {
	const char *bytes;
	size_t size;
};

/* Each key may stand in either slot of a pair, the one used last first. */
struct slot {
	uint32_t at, size; /* of its text; `size` 0: the slot is free */
	uint64_t key[];
};

struct cache {
	size_t nwords;    /* of a key */
	size_t slot_size;
	size_t npairs;    /* of slots, a power of 2 */
	char *slots;
	char *texts;      /* one behind the other */
	size_t room, used;
	unsigned long long kept; /* texts, forgotten ones counted */
};

/* A cache whose keys are NWORDS words; NULL when memory is out. */
struct cache *scap__cache_new(size_t nwords, size_t npairs);
void scap__cache_free(struct cache *cache);

/* Keeps the text of a key that was not found at its home. False, and nothing kept, where it
 * is too long. */
bool scap__cache_keep(struct cache *cache, struct slot *home, const uint64_t *key,
                      const char *bytes, size_t size);

/* Puts the second slot of a pair first. */
void scap__cache_swap(struct cache *cache, struct slot *first);

static inline struct slot *scap__cache_home(const struct cache *cache, const uint64_t *key)
{
	uint64_t hash = 0, other = 0; /* two, so that one need not wait for the other */
	size_t i = 0;

	for (; i + 1 < cache->nwords; i += 2) {
		hash = (hash ^ key[i]) * UINT64_C(0xff51afd7ed558ccd);
		other = (other ^ key[i + 1]) * UINT64_C(0xc4ceb9fe1a85ec53);
		hash ^= hash >> 32;
		other ^= other >> 32;
	}
	hash = (hash ^ other ^ (i < cache->nwords ? key[i] : 0)) * UINT64_C(0xff51afd7ed558ccd);
	hash ^= hash >> 32;
	return (struct slot *)(cache->slots + 2 * cache->slot_size * (hash & (cache->npairs - 1)));
}

/* Has a text that may be wanted soon come nearer. */
static inline void scap__cache_expect(const struct cache *cache, const struct slot *home)
{
	__builtin_prefetch(cache->texts + home->at);
}

static inline bool scap__slot_holds(const struct cache *cache, const struct slot *slot,
                                    const uint64_t *key)
{
	uint64_t differ = 0;

	for (size_t i = 0; i < cache->nwords; i++)
		differ |= slot->key[i] ^ key[i];
	return slot->size && !differ;
}

/* The text of a key with this home, if it is kept. Valid until the next
 * scap__cache_keep. */
static inline bool scap__cache_find(struct cache *cache, struct slot *slot, const uint64_t *key,
                                    struct text *text)
{
	if (!scap__slot_holds(cache, slot, key)) {
		if (!scap__slot_holds(cache, (struct slot *)((char *)slot + cache->slot_size), key))
			return false;
		scap__cache_swap(cache, slot);
	}
	*text = (struct text){cache->texts + slot->at, slot->size};
	return true;
}

#endif
