/* SPDX-License-Identifier: MIT
 *
 * Which ids came before. While ids only ascend, none can stand twice, so they
 * are merely kept; the first that does not sets up the search. Bounded: past so
 * many ids it stops looking, and says so.
 */
#ifndef SCAP_BATCH_SEEN_H
#define SCAP_BATCH_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEEN_ID = 32 };

struct seen {
	uint64_t *list; /* hashes in the order they came */
	size_t count, room;
	uint64_t *slots; /* the same to search in, once needed; 0 is free */
	size_t nslots;
	char last[SEEN_ID]; /* the id before */
	size_t last_size;
	bool full; /* no longer looking */
};

/* Enters an id; true if it was there already. */
bool scap__seen_twice(struct seen *seen, const char *id, size_t size);
void scap__seen_free(struct seen *seen);

#endif
