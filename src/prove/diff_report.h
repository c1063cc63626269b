/* SPDX-License-Identifier: MIT
 *
 * What changes from pack to pack, for people and for programs.
 */
#ifndef SCAP_PROVE_DIFF_REPORT_H
#define SCAP_PROVE_DIFF_REPORT_H

#include "prove/census.h"
#include "prove/diff.h"

/* CENSUS may be NULL. */
void prove_difference_text(const struct difference *difference, const struct census *census,
                           struct buffer *out);
void prove_difference_json(const struct difference *difference, const struct census *census,
                           struct buffer *out);

/* The people of all changes as an intake file. */
void prove_difference_examples(const struct difference *difference, struct buffer *out);

#endif
