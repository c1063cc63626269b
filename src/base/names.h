/* SPDX-License-Identifier: MIT
 *
 * Names and what they stand for. The same text is kept once; looking one up
 * costs a hash, finding the nearest one is for error messages.
 */
#ifndef SCAP_BASE_NAMES_H
#define SCAP_BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct names;

struct name {
	const char *text;
	unsigned kind;  /* what the owner of the table makes of it */
	unsigned index; /* likewise */
	unsigned line;  /* where it was first given */
	const char *file;
};

/* A new table whose memory is ARENA's, or NULL. */
struct names *scap__names_new(struct arena *arena);

/* The entry for a text, or NULL. */
struct name *scap__names_find(const struct names *names, const char *text, size_t size);

/* Adds a text that is not there yet. NULL when memory is out. */
struct name *scap__names_add(struct names *names, const char *text, size_t size);

/* The entry whose text is nearest to a misspelt one, or NULL if none is near.
 * Only entries of a kind in the bit set KINDS are looked at. */
const struct name *scap__names_near(const struct names *names, const char *text,
                                    size_t size, unsigned kinds);

size_t scap__names_count(const struct names *names);
const struct name *scap__names_at(const struct names *names, size_t i);

#endif
