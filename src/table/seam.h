/* SPDX-License-Identifier: MIT
 *
 * Where a CSV input can be cut. Quotes are only counted, so this is a guess: right
 * wherever the quotes are, and whoever reads the bytes finds out where it was not.
 */
#ifndef SCAP_TABLE_SEAM_H
#define SCAP_TABLE_SEAM_H

#include <stdbool.h>
#include <stddef.h>

/* Of bytes that begin with a record. */
struct seam {
	size_t end; /* behind the last record that ends in them; 0: none does */
	unsigned long long lines, records; /* up to there; blank lines are no records */
};

struct seam scap__seam(const char *bytes, size_t size);

/* True when every quote in the bytes opens or closes a cell as it should, and no cell goes
 * on over what looks like a row: then the seams in them are right. */
bool scap__quotes_plain(const char *bytes, size_t size, char separator);

/* Behind the first record that ends in the bytes, or 0. Counts the lines up to there. */
size_t scap__next_record(const char *bytes, size_t size, unsigned long long *lines);

/* How many lines end in the bytes; CRLF is one end, and a CR at their end is another. */
unsigned long long scap__lines_in(const char *bytes, size_t size);

#endif
