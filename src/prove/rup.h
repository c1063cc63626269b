/* SPDX-License-Identifier: MIT
 *
 * Checks why clauses can't hold together, without a solver: each clause of the reason must
 * follow from those before it by unit propagation alone (reverse unit propagation, Goldberg
 * and Novikov, Verification of proofs of unsatisfiability for CNF formulas, 2003), and in the
 * end nothing may be left to choose.
 */
#ifndef SCAP_PROVE_RUP_H
#define SCAP_PROVE_RUP_H

#include "prove/model.h"

/* CLAIM: literals that are said not to hold together with the model. REASON: clauses, each
 * ended by 0. True when the reason is sound and leads to the end. */
bool prove_rup_check(const struct model *model, const int *claim, size_t count, const int *reason,
                     size_t size);

#endif
