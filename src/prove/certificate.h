/* SPDX-License-Identifier: MIT
 *
 * A proof that can be checked by somebody else: of each claim that something never
 * happens the reason why, as a file of its own.
 */
#ifndef SCAP_PROVE_CERTIFICATE_H
#define SCAP_PROVE_CERTIFICATE_H

#include "prove/proof.h"

struct certificate {
	size_t claims;      /* written, or found sound */
	char wrong[256];    /* what is wrong with it; "" if nothing */
};

/* Writes a certificate into a folder that is not there yet. 0, or a SCAP code. */
unsigned prove_certificate_write(const struct proof *proof, const struct hazards *hazards,
                                 const char *folder, struct certificate *certificate);

/* Checks one without a solver: that it is of this pack and these hazards, and that every
 * claim has its reason. 0, or a SCAP code. */
unsigned prove_certificate_check(const struct proof *proof, const struct hazards *hazards,
                                 const char *folder, struct certificate *certificate);

#endif
