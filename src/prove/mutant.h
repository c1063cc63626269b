/* SPDX-License-Identifier: MIT
 *
 * Small mistakes that somebody could make in a pack: a row that is gone, a threshold off
 * by one, a tag that is lost. Each is one change of one file.
 */
#ifndef SCAP_PROVE_MUTANT_H
#define SCAP_PROVE_MUTANT_H

#include "base/buffer.h"
#include "engine/pack.h"

struct mutant {
	const char *file; /* like rules/escalations.csv */
	unsigned line;
	char *name;       /* of the row */
	char *what;       /* what is done to it */
	size_t at, size;  /* bytes of the file that are replaced ... */
	char *text;       /* ... by these */
};

struct mutants {
	size_t count;
	struct mutant *list;
};

/* All mistakes of these kinds in the files of a pack, which are read again: RULES and DATA are
 * its folders. 0, or a SCAP code. */
unsigned prove_mutants_list(const scap_pack *pack, const char *rules, const char *data,
                            struct mutants *mutants);
void prove_mutants_free(struct mutants *mutants);

#endif
