/* SPDX-License-Identifier: MIT
 *
 * New cases for what no case tries: people are made up from the pack's own conditions,
 * each is put to the engine, and of them the fewest are taken that try the most.
 */
#ifndef SCAP_BATCH_SUGGEST_H
#define SCAP_BATCH_SUGGEST_H

#include "batch/cases.h"
#include "report/tested.h"

/* Fills the new cases, and of each aim that no case meets whether it can be met. False
 * when memory is out. */
bool scap__suggest(struct tested *tested, const struct cases *cases, struct arena *arena);

#endif
