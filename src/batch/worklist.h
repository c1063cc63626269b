/* SPDX-License-Identifier: MIT
 *
 * A row for the people who call patients: the level, the first reason in plain
 * words, and what one more answer would settle.
 */
#ifndef SCAP_BATCH_WORKLIST_H
#define SCAP_BATCH_WORKLIST_H

#include "base/buffer.h"
#include "engine/verdict.h"

#define WORKLIST_HEADER "id,level,certain,reason,answers_needed,ask\n"

/* All of the row but its id: `,level,certain,...` and the line end. RAW: cells may be
 * formulas. */
void scap__worklist_row(const struct verdict *verdict, bool raw, struct buffer *out);

#endif
