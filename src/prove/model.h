/* SPDX-License-Identifier: MIT
 *
 * Clauses, and gates made of them. A gate is a new variable that is true exactly
 * where what it is made of says so; equal gates are one.
 */
#ifndef SCAP_PROVE_MODEL_H
#define SCAP_PROVE_MODEL_H

#include "prove/sat.h"

enum { LIT_TRUE = 1, LIT_FALSE = -1 };

struct gate {
	int variable;
	size_t first, count; /* literals of which it is the `and`: in model.parts */
};

struct model {
	int nvars;
	size_t nclauses, nliterals;
	int *literals; /* clause after clause, each ended by 0 */
	bool *is_gate; /* of each variable */
	size_t ngates, nparts, nslots;
	struct gate *gates;
	int *parts;
	unsigned *slots; /* hash of gates: index + 1, or 0 */
};

struct model *prove_model_new(void);
void prove_model_free(struct model *model);

/* A new variable that is free. */
int prove_variable(struct model *model);

/* One of COUNT literals must hold. */
void prove_clause(struct model *model, const int *literals, size_t count);
void prove_implies(struct model *model, int if_this, int then_that);

/* Gates. */
int prove_and(struct model *model, const int *literals, size_t count);
int prove_or(struct model *model, const int *literals, size_t count);
int prove_both(struct model *model, int a, int b);
int prove_either(struct model *model, int a, int b);
int prove_at_least(struct model *model, const int *literals, size_t count, size_t n);

/* A solver that holds all clauses, or takes them over. */
struct sat *prove_model_load(const struct model *model);
void prove_model_add(const struct model *model, struct sat *sat);

/* Works out every gate from the free variables in VALUES[1 ... nvars], by the clauses
 * alone. False when a clause does not hold, or a gate is left open: then the clauses
 * do not say what they should. */
bool prove_evaluate(const struct model *model, bool *values);

#endif
