/* SPDX-License-Identifier: MIT
 *
 * Threads that judge chunks while the caller reads and writes. Chunks are handed in and
 * taken back in the same order.
 */
#ifndef SCAP_BATCH_CREW_H
#define SCAP_BATCH_CREW_H

#include "batch/scoring.h"

struct crew;

/* At most COUNT workers for the input of HEAD; NULL when there can be none. */
struct crew *scap__crew_new(unsigned count, const struct reader *head,
                            const struct scap_score_options *options, size_t npairs);

/* Ends the threads; chunks that were not taken back are forgotten. */
void scap__crew_free(struct crew *crew);

/* The next chunk to fill, or NULL while all are in use. It is to be handed in. */
struct chunk *scap__crew_spare(struct crew *crew);
void scap__crew_hand_in(struct crew *crew);

/* Waits for the oldest chunk that was handed in; NULL: there is none. It is to be given
 * back before the next is asked for. */
struct chunk *scap__crew_take(struct crew *crew);
void scap__crew_give_back(struct crew *crew);

/* Adds how often texts were written. */
void scap__crew_use(const struct crew *crew, struct scoring_use *use);

#endif
