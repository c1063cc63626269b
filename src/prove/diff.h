/* SPDX-License-Identifier: MIT
 *
 * What changes for whom from one pack to the other.
 */
#ifndef SCAP_PROVE_DIFF_H
#define SCAP_PROVE_DIFF_H

#include "prove/pair.h"
#include "prove/person.h"

enum change_kind {
	CHANGE_LEVEL_DOWN,
	CHANGE_GAINED,     /* an exercise is allowed that was not */
	CHANGE_LEVEL_UP,
	CHANGE_LOST,       /* an exercise is left out that was not */
	CHANGE_REASON,     /* a rule holds for others than before */
};

struct change {
	enum change_kind kind;
	const char *what;      /* exercise or rule; "" for levels */
	const char *from, *to; /* levels, or "" */
	struct person *person; /* an example, who answers the second pack */
};

enum row_kind {
	ROW_NEW,
	ROW_GONE,
	ROW_REWORDED,
	ROW_UNSIGNED, /* reworded, and signed before that: counts as unreviewed */
};

struct row_change {
	enum row_kind kind;
	const char *name; /* of a rule, exercise or question */
	struct origin origin;
};

struct difference {
	struct pair *pair;
	size_t nchanges, nrows;
	struct change *changes; /* riskier ones first */
	struct row_change *rows;
};

struct difference *prove_difference_new(const scap_pack *before, const scap_pack *after);
void prove_difference_free(struct difference *difference);

/* True when nobody gets a lower level, or an exercise that was left out. */
bool prove_difference_safe(const struct difference *difference);

#endif
