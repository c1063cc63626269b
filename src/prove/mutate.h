/* SPDX-License-Identifier: MIT
 *
 * How much the hazards and the cases see: each small mistake that could do harm is made,
 * and somebody must notice.
 */
#ifndef SCAP_PROVE_MUTATE_H
#define SCAP_PROVE_MUTATE_H

#include "prove/hazard.h"
#include "prove/mutant.h"
#include "prove/prove.h"

enum fate {
	FATE_REFUSED,  /* the pack no longer loads */
	FATE_HARMLESS, /* nobody gets a lower level, or an exercise that was left out */
	FATE_HAZARD,   /* a hazard is not met */
	FATE_CLAIM,    /* another claim does not hold */
	FATE_CASE,     /* a case comes out otherwise */
	FATE_LEFT,     /* nobody notices */
};
enum { FATES = FATE_LEFT + 1 };

struct mutation {
	struct mutants mutants;
	enum fate *fates;
	size_t counts[FATES];
	size_t tried;
};

/* Tries them. 0, or a SCAP code. */
unsigned prove_mutate(const scap_pack *pack, const struct prove_mutation *request,
                      struct mutation *mutation);
void prove_mutation_free(struct mutation *mutation);

/* Writes the numbers, and each mistake that nobody notices. */
void prove_mutation_text(const struct mutation *mutation, struct buffer *out);

#endif
