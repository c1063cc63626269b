/* SPDX-License-Identifier: MIT
 *
 * All theorems of a pack, one after the other, and who stands against one.
 */
#ifndef SCAP_PROVE_PROOF_H
#define SCAP_PROVE_PROOF_H

#include "prove/person.h"
#include "prove/theorem.h"

struct failure {
	const struct theorem *theorem;
	struct person *person, *other; /* NULL: there is nobody, and should be; no second one */
};

struct proof {
	const scap_pack *pack;
	struct space *spaces[2]; /* of one person, of two */
	size_t proved[THEOREM_KINDS], count;
	size_t nfailures;
	struct failure *failures;
};

/* Tries all theorems. FEW: only those that say that something never happens, and no
 * person for those that fail. */
struct proof *prove_all(const scap_pack *pack, const struct hazards *hazards, bool few);
void prove_proof_free(struct proof *proof);

/* What a kind of theorem is called, of several. */
const char *prove_kind_words(enum theorem_kind kind);

#endif
