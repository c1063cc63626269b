/* SPDX-License-Identifier: MIT */
#include "cli/ledger.h"

#include <stdio.h>
#include <string.h>

static unsigned long long lines_in(const char *bytes, size_t size)
{
	const char *end = bytes + size;
	unsigned long long lines = 0;

	for (; (bytes = memchr(bytes, '\n', (size_t)(end - bytes))); bytes++)
		lines++;
	return lines;
}

void cli_ledger_bytes(struct ledger *ledger, const char *bytes, size_t size)
{
	const char *end = bytes + size, *quote;

	for (; bytes < end; bytes = quote + 1) {
		quote = memchr(bytes, '"', (size_t)(end - bytes));
		if (!quote)
			quote = end;
		if (!ledger->quoted)
			ledger->lines += lines_in(bytes, (size_t)(quote - bytes));
		if (quote == end)
			return;
		ledger->quoted = !ledger->quoted;
	}
}

bool cli_ledger_agrees(const struct ledger *ledger, bool all, const struct scap_score_counts *counts)
{
	unsigned long long out = ledger->lines - 1; /* one is the header */

	if (counts->rows == counts->scored + counts->rejected && ledger->lines > 0 &&
	    ledger->rejected == counts->rejected && !ledger->quoted &&
	    out == counts->scored + (all ? counts->rejected : 0))
		return true;
	fprintf(stderr,
	        "scapula: %llu rows were read, %llu came out and %llu were rejected: that does not "
	        "agree. It is a fault of this program; please report it, and do not use what came "
	        "out\n",
	        counts->rows, out, ledger->rejected);
	return false;
}
