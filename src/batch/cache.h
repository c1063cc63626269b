/* SPDX-License-Identifier: MIT
 *
 * Text already written for a string of bits. People with equal verdicts get
 * equal rows, so most rows are found here. Bounded: a new text takes the place
 * of an old one.
 */
#ifndef SCAP_BATCH_CACHE_H
#define SCAP_BATCH_CACHE_H

#include "base/buffer.h"

#include <stdint.h>

struct cache;

/* A cache whose keys are NWORDS words; NULL when memory is out. */
struct cache *scap__cache_new(size_t nwords);
void scap__cache_free(struct cache *cache);

/* The slot for a key. *FOUND tells whether its text is there; if not, the
 * caller writes it: the buffer is empty. A text that failed is not kept. */
struct buffer *scap__cache_slot(struct cache *cache, const uint64_t *key, bool *found);

#endif
