/* SPDX-License-Identifier: MIT */
#include "prove/proof.h"

#include <stdlib.h>

#include "prove/cone.h"
#include "prove/memory.h"

const char *prove_kind_words(enum theorem_kind kind)
{
	static const char *const words[THEOREM_KINDS] = {
		[THEOREM_HAZARD] = "hazards and ceilings",
		[THEOREM_LEFT_OUT] = "contraindications hold",
		[THEOREM_ROUTINE] = "levels without a routine",
		[THEOREM_FLAG] = "red flags: no <= not sure <= yes",
		[THEOREM_UNSURE] = "not sure allows no more",
		[THEOREM_LASTING] = "what is certain stays",
		[THEOREM_ENOUGH] = "no dead end",
		[THEOREM_APPLIES] = "hazards are about somebody",
		[THEOREM_FIRES] = "rules can hold",
		[THEOREM_LEVEL] = "levels can be reached",
		[THEOREM_ASKED] = "questions can apply",
		[THEOREM_OFFERED] = "exercises can be offered",
	};

	return words[kind];
}

static void fail(struct proof *proof, const struct theorem *theorem, struct person *person,
                 struct person *other)
{
	proof->failures = prove_grow(proof->failures, proof->nfailures, sizeof(*proof->failures));
	proof->failures[proof->nfailures++] = (struct failure){theorem, person, other};
}

/* What was found may show of other theorems, too, that something can happen. */
static void note_possible(struct sat *sat, const struct space *space, bool *shown)
{
	for (size_t i = 0; i < space->count; i++) {
		const struct theorem *theorem = &space->theorems[i];
		bool all = theorem->possible && !shown[i];

		for (size_t j = 0; all && j < theorem->count; j++)
			all = prove_sat_value(sat, theorem->when[j]);
		shown[i] |= all;
	}
}

static void try_possible(struct proof *proof, struct sat *sat, const struct space *space, size_t i,
                         bool *shown)
{
	const struct theorem *theorem = &space->theorems[i];

	if (!shown[i] && prove_sat_solve(sat, theorem->when, theorem->count))
		note_possible(sat, space, shown);
	if (shown[i])
		proof->proved[theorem->kind]++;
	else
		fail(proof, theorem, NULL, NULL);
}

static void try_never(struct proof *proof, struct sat *sat, const struct space *space,
                      const struct theorem *theorem, bool few)
{
	struct person *person = NULL, *other = NULL;

	if ((theorem->kind == THEOREM_FLAG &&
	     prove_cone_rises(proof->pack, theorem->subject, theorem->to_yes)) ||
	    !prove_sat_solve(sat, theorem->when, theorem->count)) {
		proof->proved[theorem->kind]++;
		return;
	}
	if (!few) {
		person = prove_person_find(sat, space->coding, theorem->when, theorem->count);
		if (space->other)
			other = prove_person_read(sat, space->other);
	}
	fail(proof, theorem, person, other);
}

static void try_all(struct proof *proof, const struct space *space, bool few)
{
	struct sat *sat = prove_model_load(space->model);
	bool *shown = prove_alloc(space->count, sizeof(*shown));

	for (size_t i = 0; i < space->count; i++) {
		if (few && space->theorems[i].possible)
			continue;
		proof->count++;
		if (space->theorems[i].possible)
			try_possible(proof, sat, space, i, shown);
		else
			try_never(proof, sat, space, &space->theorems[i], few);
	}
	free(shown);
	prove_sat_free(sat);
}

struct proof *prove_all(const scap_pack *pack, const struct hazards *hazards, bool few)
{
	struct proof *proof = prove_alloc(1, sizeof(*proof));

	proof->pack = pack;
	proof->spaces[0] = prove_space_single(pack, hazards);
	proof->spaces[1] = prove_space_double(pack);
	for (size_t i = 0; i < 2; i++)
		try_all(proof, proof->spaces[i], few);
	return proof;
}

void prove_proof_free(struct proof *proof)
{
	if (!proof)
		return;
	for (size_t i = 0; i < proof->nfailures; i++) {
		prove_person_free(proof->failures[i].person);
		prove_person_free(proof->failures[i].other);
	}
	free(proof->failures);
	for (size_t i = 0; i < 2; i++)
		prove_space_free(proof->spaces[i]);
	free(proof);
}
