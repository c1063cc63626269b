/* SPDX-License-Identifier: MIT
 *
 * What can be answered to each question, as variables: yes, no or unknown; one
 * choice of several; a number, which counts only by the places where some test cuts
 * its range.
 */
#ifndef SCAP_PROVE_DOMAIN_H
#define SCAP_PROVE_DOMAIN_H

#include "engine/pack.h"
#include "prove/model.h"

/* A truth value: surely true; not ruled out. */
struct truth_pair {
	int certain, possible;
};

struct domain {
	int known;       /* something is said; of a select_multiple: of every choice */
	int plain;       /* of its choices all are known or none */
	size_t neach;    /* yes/no: 1; else the choices */
	struct truth_pair *each;
	size_t ncuts;    /* of a number */
	int64_t *cuts;   /* ascending; the answer lies before, between or behind them */
	int *from;       /* of each: the answer is known, and no less than the cut */
};

/* The domains of all questions, with cuts for the tests of the pack and for EXTRA ones. */
struct domain *prove_domains_new(struct model *model, const scap_pack *pack,
                                 const struct test *extra, size_t nextra);

/* Those of a second pack: its question I has the same answers as question MATCH[I] of OTHER,
 * whose domains OTHERS must have cuts for its tests; where that is NONE it has its own, as have
 * boxes of a checklist that the other pack lacks. */
struct domain *prove_domains_match(struct model *model, const scap_pack *pack, const int *match,
                                   const scap_pack *other, const struct domain *others);
void prove_domains_free(struct domain *domains, size_t count);

/* What a test comes to, without the question's relevance. */
struct truth_pair prove_test(struct model *model, const scap_pack *pack,
                             const struct domain *domains, const struct test *test);

#endif
