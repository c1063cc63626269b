/* SPDX-License-Identifier: MIT */
#include "cli/tally.h"

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

void cli_tally_bytes(struct tally *tally, const char *bytes, size_t size)
{
	const char *end = bytes + size, *quote;

	for (; bytes < end; bytes = quote + 1) {
		quote = memchr(bytes, '"', (size_t)(end - bytes));
		if (!quote)
			quote = end;
		if (!tally->quoted)
			tally->lines += lines_in(bytes, (size_t)(quote - bytes));
		if (quote == end)
			return;
		tally->quoted = !tally->quoted;
	}
}

bool cli_tally_agrees(const struct tally *tally, bool all, const struct scap_score_counts *counts)
{
	unsigned long long out = tally->lines - 1; /* one is the header */

	if (counts->rows == counts->scored + counts->rejected && tally->lines > 0 &&
	    tally->rejected == counts->rejected && !tally->quoted &&
	    out == counts->scored + (all ? counts->rejected : 0))
		return true;
	fprintf(stderr,
	        "scapula: %llu rows were read, %llu came out and %llu were rejected: that does not "
	        "agree. It is a fault of this program; please report it, and do not use what came "
	        "out\n",
	        counts->rows, out, tally->rejected);
	return false;
}
