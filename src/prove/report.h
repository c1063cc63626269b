/* SPDX-License-Identifier: MIT
 *
 * What was proved and what was not, for people and for programs.
 */
#ifndef SCAP_PROVE_REPORT_H
#define SCAP_PROVE_REPORT_H

#include "prove/proof.h"
#include "prove/replay.h"

/* Writes it all into OUT. SECONDS: how long it took. */
void prove_write_text(const struct proof *proof, const struct hazards *hazards,
                      const struct replay *replay, double seconds, struct buffer *out);
void prove_write_json(const struct proof *proof, const struct hazards *hazards,
                      const struct replay *replay, struct buffer *out);

/* Writes the people of all failures as an intake file, each with the theorem's name. */
void prove_write_examples(const struct proof *proof, struct buffer *out);

#endif
