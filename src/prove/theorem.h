/* SPDX-License-Identifier: MIT
 *
 * What is to be proved of a pack: that something never happens, or that something
 * can happen.
 */
#ifndef SCAP_PROVE_THEOREM_H
#define SCAP_PROVE_THEOREM_H

#include "prove/coding.h"
#include "prove/hazard.h"

enum theorem_kind {
	THEOREM_HAZARD,   /* a row of hazards.csv */
	THEOREM_LEFT_OUT, /* what a contraindication avoids is never allowed beside it */
	THEOREM_ROUTINE,  /* no routine at a level that forbids one */
	THEOREM_FLAG,     /* no <= not sure <= yes */
	THEOREM_UNSURE,   /* not sure about a red flag allows nothing that yes or no forbids */
	THEOREM_LASTING,  /* what is certain stays so however open answers turn out */
	THEOREM_ENOUGH,   /* no dead end */
	THEOREM_APPLIES,  /* there is somebody whom a hazard is about */
	THEOREM_FIRES,    /* a rule can hold */
	THEOREM_LEVEL,    /* a level can be reached */
	THEOREM_ASKED,    /* a question can apply */
	THEOREM_OFFERED,  /* an exercise can be offered */
};
enum { THEOREM_KINDS = THEOREM_OFFERED + 1, VIOLATION_MAX = 6 };

struct theorem {
	enum theorem_kind kind;
	const char *name;  /* of a row, question, level or exercise */
	const char *part;  /* which of its claims; may be "" */
	const struct hazard *hazard;
	const struct demand *demand;
	unsigned subject;  /* its number among hazards, rules, levels, questions, exercises */
	bool to_yes;       /* of a red flag: from not sure to yes, else from no to not sure */
	bool possible;     /* all of WHEN can hold together; else that never happens */
	size_t count;
	int when[VIOLATION_MAX];
};

/* One person, in every way to answer; or two persons whose answers may differ. */
struct space {
	struct model *model;
	struct coding *coding, *other; /* OTHER: NULL, or the second */
	int *differ;                   /* of each question: the answers of the two differ */
	size_t count;
	struct theorem *theorems;
};

struct space *prove_space_single(const scap_pack *pack, const struct hazards *hazards);
struct space *prove_space_double(const scap_pack *pack);
void prove_space_free(struct space *space);

/* The claim in a sentence, for people. */
struct buffer;
void prove_theorem_write(const struct theorem *theorem, struct buffer *out);

#endif
