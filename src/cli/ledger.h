/* SPDX-License-Identifier: MIT
 *
 * Nobody is lost: the rows that went out are counted where they are written, and must
 * be as many as the library says that it read.
 */
#ifndef SCAP_CLI_LEDGER_H
#define SCAP_CLI_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

#include "scapula.h"

struct ledger {
	unsigned long long lines;    /* line ends outside quotes: rows, and the header */
	unsigned long long rejected; /* rows */
	bool quoted;
};

/* Counts bytes of CSV that are written. */
void cli_ledger_bytes(struct ledger *ledger, const char *bytes, size_t size);

/* True if every row that was read went out or was rejected. Else says on stderr what is
 * wrong. ALL: the rejected rows went out as well. */
bool cli_ledger_agrees(const struct ledger *ledger, bool all, const struct scap_score_counts *counts);

#endif
