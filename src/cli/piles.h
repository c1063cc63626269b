/* SPDX-License-Identifier: MIT
 *
 * What is to be told of rejected rows, kept by level so that the most urgent come first.
 */
#ifndef SCAP_CLI_PILES_H
#define SCAP_CLI_PILES_H

#include <stdbool.h>
#include <stddef.h>

#include "scapula.h"

enum { PILES_MAX = 32 }; /* as many as there are levels */

struct piles {
	size_t count;
	struct pile {
		long urgency;
		char *text;
		size_t size, room;
		unsigned long long left_out; /* rows that there was no room to tell */
	} list[PILES_MAX];
};

void cli_piles_add(struct piles *piles, const struct scap_rejected *rejected);

/* Prints them on stderr, if TELL, and forgets them. KEPT: they are in a file as well. */
void cli_piles_end(struct piles *piles, bool tell, bool kept);

#endif
