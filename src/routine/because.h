/* SPDX-License-Identifier: MIT
 *
 * Why an exercise of the session was chosen.
 */
#ifndef SCAP_ROUTINE_BECAUSE_H
#define SCAP_ROUTINE_BECAUSE_H

#include "routine/decision.h"

/* The I-th rule that speaks for an exercise: preferences that hold for sure, then
 * contraindications that offer it instead. NULL past the last. */
const struct rule *scap__spoken_for(const scap_decision *decision, unsigned exercise, size_t i);

/* The adjustments that bear on an exercise: the I-th; NULL past the last. */
const struct rule *scap__adjusted_by(const scap_decision *decision, unsigned exercise, size_t i);

/* Muscles (bits) that only the I-th exercise of the session works. */
uint64_t scap__works_alone(const struct session *session, size_t i);

#endif
