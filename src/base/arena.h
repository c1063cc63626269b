/* SPDX-License-Identifier: MIT
 *
 * Memory that lives and dies together: one arena per long-lived thing.
 */
#ifndef SCAP_BASE_ARENA_H
#define SCAP_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* A new, empty arena, or NULL when memory is out. */
struct arena *scap__arena_new(void);

/* Frees the arena and all that came from it. NULL is fine. */
void scap__arena_free(struct arena *arena);

/* SIZE zeroed bytes, aligned for anything, or NULL. */
void *scap__arena_alloc(struct arena *arena, size_t size);

/* COUNT zeroed items of SIZE bytes, or NULL, also when the product overflows. */
void *scap__arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of SIZE bytes with a NUL behind it, or NULL. */
char *scap__arena_copy(struct arena *arena, const char *text, size_t size);

/* Makes room for one more item in an array that holds COUNT: the array, moved
 * where it had to grow (the old one stays in the arena), or NULL. */
void *scap__arena_grow(struct arena *arena, void *items, size_t count, size_t size);

#endif
