/* SPDX-License-Identifier: MIT
 *
 * Counts what the people of a block came to. Who scores a part of a file has a tally of
 * their own; two are added with scap__tally_add.
 */
#ifndef SCAP_BATCH_TALLY_H
#define SCAP_BATCH_TALLY_H

#include "report/summary.h"

struct scoring;
struct reader;

/* Counts the block that was judged and counted (scap__count_rows), before anything of it
 * is told. */
void scap__tally_block(struct tally *tally, const struct scoring *scoring);

/* Counts why the row being read is rejected. */
void scap__tally_reject(struct tally *tally, const struct reader *reader,
                        const struct scap_error *broken);

/* Counts a row of which a routine was looked for. */
static inline void scap__tally_routine(struct tally *tally, bool permitted, bool given)
{
	uint64_t *totals = tally_row(tally, TALLY_TOTALS, 0);

	totals[TOTAL_MADE] += permitted;
	totals[TOTAL_GIVEN] += permitted && given;
}

#endif
