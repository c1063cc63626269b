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
	char first[SEEN_ID], last[SEEN_ID]; /* ids; too long ones are as if they were empty */
	size_t first_size, last_size;
	bool twice; /* one stood twice */
	bool full; /* no longer looking */
};

/* Enters an id; true if it was there already. */
bool scap__seen_twice(struct seen *seen, const char *id, size_t size);

/* Enters the ids of rows behind all others. False, and none is entered, if one stood twice
 * or there is no room for them all. */
bool scap__seen_join(struct seen *seen, const struct seen *behind);

void scap__seen_clear(struct seen *seen);
void scap__seen_free(struct seen *seen);

#endif
