/* SPDX-License-Identifier: MIT
 *
 * The input behind its header, cut into chunks of whole records as far as that can be
 * told without reading them.
 */
#ifndef SCAP_BATCH_SUPPLY_H
#define SCAP_BATCH_SUPPLY_H

#include "batch/chunk.h"

struct supply {
	scap_read_fn *read;
	void *read_ctx;
	size_t size; /* of a chunk, at least 2 */
	bool ended;  /* there is no more to read */
	char *rest;  /* read already, for the next chunk */
	size_t nrest;
	unsigned long long line, record; /* where that begins */
	unsigned long long left; /* bytes to read at most */
};

/* Takes over what is left of a stream whose first record was read. False when memory is
 * out. */
bool scap__supply_init(struct supply *supply, const struct stream *head, size_t size);
void scap__supply_free(struct supply *supply);

/* Passes over all that is before a share of the rows; only that is handed out. 0, or a
 * code. */
enum code scap__supply_bound(struct supply *supply, const struct scap_share *share);

/* Fills the next chunk; the one that is `last` ends the input. 0, or a code: what was read
 * until then is in the chunk, which is not the last. */
enum code scap__supply_next(struct supply *supply, struct chunk *chunk);

#endif
