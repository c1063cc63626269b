/* SPDX-License-Identifier: MIT
 *
 * How much of an exercise this person does.
 */
#ifndef SCAP_ROUTINE_DOSE_H
#define SCAP_ROUTINE_DOSE_H

#include "routine/select.h"

struct portion {
	unsigned exercise;
	unsigned sets, reps, hold, sides; /* hold in seconds; 0: none */
	unsigned seconds;                 /* for all of it, without the change-over */
};

/* The dose SHARE percent of the way from the low to the high end of the merged
 * range, with the caps and the scale of the adjustments. A part of the session
 * that has a share of it cuts repetitions down to that, one at least. */
struct portion scap__portion(const struct selection *selection, unsigned exercise, unsigned share);

/* The low end, without caps and without a part's share of the session. */
struct portion scap__portion_usual(const struct rulebase *base, unsigned exercise);

#endif
