/* SPDX-License-Identifier: MIT
 *
 * A SAT solver in a few calls. Literals are numbers other than 0; minus negates.
 */
#ifndef SCAP_PROVE_SAT_H
#define SCAP_PROVE_SAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct sat;

/* A solver without clauses. */
struct sat *prove_sat_new(void);
void prove_sat_free(struct sat *sat);

/* Adds a clause: one of the literals holds. */
void prove_sat_add(struct sat *sat, const int *literals, size_t count);

/* True when all clauses can hold together with all that is ASSUMED. */
bool prove_sat_solve(struct sat *sat, const int *assumed, size_t count);

/* Whether a literal holds in what was found last. */
bool prove_sat_value(struct sat *sat, int literal);

/* After a solve that was false: whether an assumption had a part in that. */
bool prove_sat_failed(struct sat *sat, int literal);

/* Writes into OUT, from now on, what it learns: a line of text, then clauses, each of
 * which follows from those before it by unit propagation. To be called before the first
 * of CLAUSES clauses over VARIABLES variables is added. */
void prove_sat_record(struct sat *sat, FILE *out, int variables, size_t clauses);

#endif
