/* SPDX-License-Identifier: MIT
 *
 * A share of a file's rows, as `--shard 2/5` names it.
 */
#ifndef SCAP_CLI_SHARD_H
#define SCAP_CLI_SHARD_H

#include <stdbool.h>

#include "scapula.h"

struct shard {
	unsigned long long number, of; /* 0: all rows */
	struct scap_share share;
};

/* Reads the option; NULL is all rows. False after saying what is wrong with it. */
bool cli_shard_read(const char *option, const char *file, struct shard *shard);

/* Looks for the share, for which the file is read once more. A mistake of its header is
 * told later. False after saying why; *CODE is the exit code then. */
bool cli_shard_find(const char *file, struct shard *shard, int *code);

#endif
