/* SPDX-License-Identifier: MIT
 *
 * All that a part of a session can be. Parts hold few exercises, so that is soon
 * listed, and what is listed is exact: places to fill, families, and muscles that two
 * exercises of the part share.
 */
#ifndef SCAP_ROUTINE_OPTIONS_H
#define SCAP_ROUTINE_OPTIONS_H

#include "routine/search.h"

enum { OPTIONS = 1024, CANDIDATES = 64 };

/* Some candidates of a part, or none. */
struct option {
	int64_t value; /* with that of the places it fills */
	int64_t gain;  /* with its muscles that are not shared; later less the price of its time */
	uint64_t muscles;
	uint64_t lone;   /* of them: those that are not shared */
	uint64_t in;     /* bits of candidates */
	uint64_t barred; /* of other parts: other forms of the same movements */
	unsigned seconds;
};

struct part_options {
	size_t first, end;
	int64_t top;   /* the most that one of them gains */
	int64_t after; /* the most that the parts behind gain */
};

struct parts {
	size_t count;
	struct part_options list[LIMIT_PARTS];
	size_t noptions;
	struct option options[OPTIONS];
	uint64_t forms[CANDIDATES];   /* of each candidate: others of its family */
	uint64_t betters[CANDIDATES]; /* of each: those that must be in before it is */
	uint64_t shared;              /* muscles that several parts are likely to work */
	uint64_t best_in;
	int64_t price; /* of a second */
};

/* Lists the options of each part: of two, what has the earlier exercise comes first.
 * False: there are too many. */
bool scap__options_list(struct search *search);

/* Forgets options of which a choice as good as LEAST can't consist, and those in whose
 * place another of the part is always better, or as good and earlier. BOUND is the most
 * that a choice can be. */
void scap__options_drop(struct search *search, int64_t bound, int64_t least);

#endif
