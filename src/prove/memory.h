/* SPDX-License-Identifier: MIT
 *
 * Memory for proofs. The solver gives up when there is none, so all of this room
 * does: the command says so and ends with 74, and nothing counts as proved.
 */
#ifndef SCAP_PROVE_MEMORY_H
#define SCAP_PROVE_MEMORY_H

#include <stddef.h>

/* COUNT zeroed items of SIZE bytes; never NULL. */
void *prove_alloc(size_t count, size_t size);

/* Room for one more item behind COUNT in a list that only this function enlarges. */
void *prove_grow(void *items, size_t count, size_t size);

/* A block made to hold SIZE bytes; never NULL. */
void *prove_resize(void *block, size_t size);

#endif
