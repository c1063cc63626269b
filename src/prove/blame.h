/* SPDX-License-Identifier: MIT
 *
 * Which rows of the pack to look at when a theorem fails.
 */
#ifndef SCAP_PROVE_BLAME_H
#define SCAP_PROVE_BLAME_H

#include "prove/proof.h"
#include "routine/decision.h"

enum { BLAMED_MAX = 4 };

/* The rules that should have held, or should not, for the person of a failure: at most
 * BLAMED_MAX of them, the nearest first. DECISION is the person's. */
size_t prove_blame(const struct failure *failure, const scap_decision *decision,
                   unsigned rules[BLAMED_MAX]);

#endif
