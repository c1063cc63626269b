/* SPDX-License-Identifier: MIT
 *
 * Rows of a worklist, kept in a temporary file for each level until all are known.
 */
#ifndef SCAP_CLI_SPOOLS_H
#define SCAP_CLI_SPOOLS_H

#include <stdio.h>

#include "scapula.h"

enum { SPOOLS_MAX = 32 }; /* as many as there are levels */

struct spools {
	size_t count;
	struct spool {
		long urgency;
		FILE *file;
	} list[SPOOLS_MAX];
	int reason; /* errno of the first write that failed, or 0 */
};

/* The file for rows of an urgency; NULL where none can be made. */
FILE *cli_spool(struct spools *spools, long urgency);

/* To be called when a write to one of them failed. */
void cli_spools_failed(struct spools *spools);

/* Writes what they hold, the most urgent first, and closes them. */
void cli_spools_end(struct spools *spools, scap_write_fn *write, void *ctx);

#endif
