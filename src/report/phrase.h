/* SPDX-License-Identifier: MIT
 *
 * What there is to say of a row of lexicon.csv or context.csv.
 */
#ifndef SCAP_REPORT_PHRASE_H
#define SCAP_REPORT_PHRASE_H

#include "base/buffer.h"
#include "report/data.h"

/* INDEX counts phrases, then cues. */
void scap__phrase_text(const struct rulebase *base, size_t index, struct buffer *out);
json_t *scap__phrase_data(const struct rulebase *base, size_t index);

/* The words for a phrase's kind and a cue's direction. */
const char *scap__phrase_kind_word(enum phrase_kind kind);
const char *scap__direction_word(unsigned direction);

#endif
