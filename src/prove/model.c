/* SPDX-License-Identifier: MIT */
#include "prove/model.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "prove/memory.h"

struct model *prove_model_new(void)
{
	struct model *model = prove_alloc(1, sizeof(*model));
	int yes = LIT_TRUE;

	model->is_gate = prove_alloc(1, sizeof(*model->is_gate)); /* of no variable */
	prove_variable(model);
	model->is_gate[LIT_TRUE] = true;
	prove_clause(model, &yes, 1);
	return model;
}

void prove_model_free(struct model *model)
{
	if (!model)
		return;
	free(model->literals);
	free(model->is_gate);
	free(model->gates);
	free(model->parts);
	free(model->slots);
	free(model);
}

int prove_variable(struct model *model)
{
	size_t count = (size_t)model->nvars + 1;

	model->is_gate = prove_grow(model->is_gate, count, sizeof(*model->is_gate));
	model->is_gate[count] = false;
	return ++model->nvars;
}

static void put(struct model *model, int literal)
{
	model->literals = prove_grow(model->literals, model->nliterals, sizeof(int));
	model->literals[model->nliterals++] = literal;
}

void prove_clause(struct model *model, const int *literals, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put(model, literals[i]);
	put(model, 0);
	model->nclauses++;
}

void prove_implies(struct model *model, int if_this, int then_that)
{
	int clause[2] = {-if_this, then_that};

	prove_clause(model, clause, 2);
}

/* ---- Gates -------------------------------------------------------------------------- */

static size_t hash_of(const int *parts, size_t count)
{
	uint64_t hash = count;

	for (size_t i = 0; i < count; i++)
		hash = (hash ^ (uint32_t)parts[i]) * UINT64_C(0x9e3779b97f4a7c15) ^ hash >> 29;
	return (size_t)(hash ^ hash >> 32);
}

static void widen(struct model *model)
{
	size_t nslots = model->nslots ? 2 * model->nslots : 1024;
	unsigned *slots = prove_alloc(nslots, sizeof(*slots));

	for (size_t i = 0; i < model->ngates; i++) {
		const struct gate *gate = &model->gates[i];
		size_t slot = hash_of(model->parts + gate->first, gate->count);

		while (slots[slot & (nslots - 1)])
			slot++;
		slots[slot & (nslots - 1)] = (unsigned)i + 1;
	}
	free(model->slots);
	model->slots = slots;
	model->nslots = nslots;
}

/* The slot of a gate with these parts, or the free one where it would be. */
static unsigned *slot_of(const struct model *model, const int *parts, size_t count)
{
	size_t at = hash_of(parts, count);

	for (;; at++) {
		unsigned *slot = &model->slots[at & (model->nslots - 1)];
		const struct gate *gate = &model->gates[*slot - 1];

		if (!*slot || (gate->count == count &&
		               !memcmp(model->parts + gate->first, parts, count * sizeof(*parts))))
			return slot;
	}
}

static int add_gate(struct model *model, const int *parts, size_t count)
{
	int *clause = prove_alloc(count + 1, sizeof(*clause)), variable = prove_variable(model);
	struct gate gate = {variable, model->nparts, count};

	model->is_gate[variable] = true;
	for (size_t i = 0; i < count; i++) {
		prove_implies(model, variable, parts[i]);
		clause[i] = -parts[i];
		model->parts = prove_grow(model->parts, model->nparts, sizeof(int));
		model->parts[model->nparts++] = parts[i];
	}
	clause[count] = variable;
	prove_clause(model, clause, count + 1);
	free(clause);
	model->gates = prove_grow(model->gates, model->ngates, sizeof(gate));
	model->gates[model->ngates++] = gate;
	return variable;
}

static int by_variable(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return abs(x) != abs(y) ? (abs(x) > abs(y)) - (abs(x) < abs(y)) : (x > y) - (x < y);
}

/* Sorts the parts, takes each once and leaves out what is always true. False where
 * they can't all hold. */
static bool tidy(int *parts, size_t *count)
{
	size_t kept = 0;

	qsort(parts, *count, sizeof(*parts), by_variable);
	for (size_t i = 0; i < *count; i++) {
		if (parts[i] == LIT_TRUE || (kept && parts[kept - 1] == parts[i]))
			continue;
		if (parts[i] == LIT_FALSE || (kept && parts[kept - 1] == -parts[i]))
			return false;
		parts[kept++] = parts[i];
	}
	*count = kept;
	return true;
}

int prove_and(struct model *model, const int *literals, size_t count)
{
	int *parts = prove_alloc(count + 1, sizeof(*parts)), out = LIT_TRUE;
	unsigned *slot;

	for (size_t i = 0; i < count; i++)
		parts[i] = literals[i];
	if (!tidy(parts, &count)) {
		out = LIT_FALSE;
	} else if (count == 1) {
		out = parts[0];
	} else if (count) {
		if (2 * model->ngates >= model->nslots)
			widen(model);
		slot = slot_of(model, parts, count);
		if (*slot) {
			out = model->gates[*slot - 1].variable;
		} else {
			out = add_gate(model, parts, count);
			*slot = (unsigned)model->ngates;
		}
	}
	free(parts);
	return out;
}

int prove_or(struct model *model, const int *literals, size_t count)
{
	int *parts = prove_alloc(count + 1, sizeof(*parts)), out;

	for (size_t i = 0; i < count; i++)
		parts[i] = -literals[i];
	out = -prove_and(model, parts, count);
	free(parts);
	return out;
}

int prove_both(struct model *model, int a, int b)
{
	int pair[2] = {a, b};

	return prove_and(model, pair, 2);
}

int prove_either(struct model *model, int a, int b)
{
	return -prove_both(model, -a, -b);
}

/* reach[k]: at least k of the literals seen so far. */
int prove_at_least(struct model *model, const int *literals, size_t count, size_t n)
{
	int *reach = prove_alloc(n + 1, sizeof(*reach)), out;

	reach[0] = LIT_TRUE;
	for (size_t k = 1; k <= n; k++)
		reach[k] = LIT_FALSE;
	for (size_t i = 0; i < count; i++)
		for (size_t k = n; k > 0; k--)
			reach[k] = prove_either(model, reach[k],
			                        prove_both(model, reach[k - 1], literals[i]));
	out = reach[n];
	free(reach);
	return out;
}

/* ---- Solving ------------------------------------------------------------------------ */

void prove_model_add(const struct model *model, struct sat *sat)
{
	for (size_t at = 0; at < model->nliterals; at++) {
		size_t count = 0;

		while (model->literals[at + count])
			count++;
		prove_sat_add(sat, model->literals + at, count);
		at += count;
	}
}

struct sat *prove_model_load(const struct model *model)
{
	struct sat *sat = prove_sat_new();

	prove_model_add(model, sat);
	return sat;
}

/* ---- Evaluation --------------------------------------------------------------------- */

/* The variable of a clause that was made last. */
static int newest_of(const int *clause)
{
	int newest = 0;

	for (; *clause; clause++)
		if (abs(*clause) > abs(newest))
			newest = *clause;
	return newest;
}

/* A gate's clauses follow each other right behind all that it is made of. */
bool prove_evaluate(const struct model *model, bool *values)
{
	int known = 0; /* the last gate that a clause has told */

	for (const int *clause = model->literals, *end = clause + model->nliterals; clause < end;
	     clause++) {
		int newest = newest_of(clause), gate = model->is_gate[abs(newest)] ? abs(newest) : 0;
		bool holds = false;

		for (; *clause; clause++)
			holds |= *clause != newest && values[abs(*clause)] == (*clause > 0);
		if (!holds && gate && known != gate) {
			values[gate] = newest > 0;
			known = gate;
		} else if (!holds && values[abs(newest)] != (newest > 0)) {
			return false;
		}
		if (gate && known != gate &&
		    (clause + 1 == end || abs(newest_of(clause + 1)) != gate))
			return false;
	}
	return true;
}
