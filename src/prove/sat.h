/* SPDX-License-Identifier: MIT
 *
 * A SAT solver in five calls. Literals are numbers other than 0; minus negates.
 */
#ifndef SCAP_PROVE_SAT_H
#define SCAP_PROVE_SAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct sat;

/* A solver without clauses. With PROOF it keeps what prove_sat_write needs. */
struct sat *prove_sat_new(bool proof);
void prove_sat_free(struct sat *sat);

/* Adds a clause: one of the literals holds. */
void prove_sat_add(struct sat *sat, const int *literals, size_t count);

/* True when all clauses can hold together with all that is ASSUMED. */
bool prove_sat_solve(struct sat *sat, const int *assumed, size_t count);

/* Whether a literal holds in what was found last. */
bool prove_sat_value(struct sat *sat, int literal);

/* Writes why the clauses can't hold together: clauses, each of which follows from
 * those before it by unit propagation (RUP). Only after a solve without assumptions
 * that was false, of a solver made with PROOF. False where the solver can't. */
bool prove_sat_write(struct sat *sat, FILE *out);

#endif
