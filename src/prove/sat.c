/* SPDX-License-Identifier: MIT */
#include "prove/sat.h"

#include <picosat/picosat.h>
#include <stdlib.h>

#include "prove/memory.h"

struct sat {
	PicoSAT *solver;
};

static void *new_block(void *ctx, size_t size)
{
	(void)ctx;
	return prove_resize(NULL, size);
}

static void *resize_block(void *ctx, void *block, size_t before, size_t size)
{
	(void)ctx;
	(void)before;
	return prove_resize(block, size);
}

static void free_block(void *ctx, void *block, size_t size)
{
	(void)ctx;
	(void)size;
	free(block);
}

struct sat *prove_sat_new(void)
{
	struct sat *sat = prove_alloc(1, sizeof(*sat));

	sat->solver = picosat_minit(NULL, new_block, resize_block, free_block);
	picosat_set_global_default_phase(sat->solver, 0); /* most answers are no */
	return sat;
}

void prove_sat_free(struct sat *sat)
{
	if (!sat)
		return;
	picosat_reset(sat->solver);
	free(sat);
}

void prove_sat_add(struct sat *sat, const int *literals, size_t count)
{
	for (size_t i = 0; i < count; i++)
		picosat_add(sat->solver, literals[i]);
	picosat_add(sat->solver, 0);
}

bool prove_sat_solve(struct sat *sat, const int *assumed, size_t count)
{
	for (size_t i = 0; i < count; i++)
		picosat_assume(sat->solver, assumed[i]);
	return picosat_sat(sat->solver, -1) == PICOSAT_SATISFIABLE;
}

bool prove_sat_value(struct sat *sat, int literal)
{
	return picosat_deref(sat->solver, literal) > 0;
}

bool prove_sat_failed(struct sat *sat, int literal)
{
	return picosat_failed_assumption(sat->solver, literal) != 0;
}

void prove_sat_record(struct sat *sat, FILE *out, int variables, size_t clauses)
{
	picosat_set_incremental_rup_file(sat->solver, out, variables, (int)clauses);
}
