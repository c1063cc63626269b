/* SPDX-License-Identifier: MIT
 *
 * A pack as clauses: for every way to answer, what the engine makes of it. It is
 * written from doc/engine.md, not from the engine; prove/replay.c compares the two.
 */
#ifndef SCAP_PROVE_CODING_H
#define SCAP_PROVE_CODING_H

#include "prove/domain.h"

struct coding {
	struct model *model;
	const scap_pack *pack;
	struct domain *domains;
	struct truth_pair *nodes; /* of the network */
	int *forced;    /* of each level: an escalation that is certain reaches it */
	int *reaches;   /* of each level: the level is this one or a more urgent one */
	int certain;    /* no escalation is open */
	int conflict;   /* some yes can't apply */
	int routine;    /* the level permits one */
	int *left_out;  /* of each exercise: by a contraindication */
	int *equipped;  /* of each exercise: what it needs is surely there */
};

/* A coding over DOMAINS, which are its own from now on. */
struct coding *prove_coding_new(struct model *model, const scap_pack *pack,
                                struct domain *domains);
void prove_coding_free(struct coding *coding);

/* What a node of the network comes to, of what it is made of. */
struct truth_pair prove_node(struct model *model, const struct node *node,
                             const struct truth_pair *items);

/* A condition that names no findings, with the relevance of its questions. The domains must
 * have cuts for its tests. */
struct truth_pair prove_cond(struct coding *coding, const struct cond *cond);

/* The level is this one. */
int prove_level(struct coding *coding, size_t level);

/* The exercise may be in a routine, equipment aside. */
int prove_allowed(struct coding *coding, size_t exercise);

#endif
