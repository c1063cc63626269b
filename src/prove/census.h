/* SPDX-License-Identifier: MIT
 *
 * An intake file judged by two packs: how many people get something else.
 */
#ifndef SCAP_PROVE_CENSUS_H
#define SCAP_PROVE_CENSUS_H

#include "engine/pack.h"

enum { CENSUS_ID = 128 };

struct census {
	unsigned long long rows;           /* judged by both */
	unsigned long long rejected;       /* by the one that rejects more */
	unsigned long long lower, higher;  /* levels */
	unsigned long long routine;        /* another routine at the same level */
	unsigned long long explained;      /* the same, for other reasons or exclusions */
	char first_lower[CENSUS_ID], first_higher[CENSUS_ID]; /* ids; "" if none */
};

/* Judges the same bytes twice. 0, or a SCAP code. */
unsigned prove_census(const scap_pack *before, const scap_pack *after, const char *file,
                      scap_read_fn *read, void *first_ctx, void *second_ctx,
                      struct census *census);

#endif
