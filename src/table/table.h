/* SPDX-License-Identifier: MIT
 *
 * One whole CSV file as cells that know their place. Bytes come in, every way
 * they can be wrong goes to the report, what can be read comes out.
 */
#ifndef SCAP_TABLE_TABLE_H
#define SCAP_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/report.h"

struct cell {
	const char *text; /* NUL-terminated; spaces at both ends are gone */
	size_t size;
	size_t at;   /* its first byte in the source, the quote if it has one */
	bool quoted;
};

struct row {
	struct cell *cells; /* as many as the header has */
	unsigned line;
	bool broken; /* had another number of cells: filled up or cut off */
};

struct table {
	struct source source;
	size_t ncolumns;
	struct cell *header; /* NULL: the file has none, and that was reported */
	size_t nrows;
	struct row *rows;
	bool torn; /* rows are missing that could not be read */
};

/* Reads SIZE bytes (of the arena, with a NUL behind them; faults in them are
 * overwritten) that FILE names. False only when memory is out; mistakes are in the report. */
bool scap__table_read(struct table *table, struct arena *arena, struct scap_report *report,
                      const char *file, char *bytes, size_t size);

/* A column that a file should have. */
struct column {
	const char *name;
	enum { COLUMN_FILLED, COLUMN_BLANK_ALLOWED, COLUMN_MAY_MISS } need;
};

/* Finds each of COUNT columns in the header: WHERE[i] is its position. Missing,
 * doubled and misspelt ones are reported (not one that may miss); a missing one
 * gets ncolumns. */
void scap__table_columns(const struct table *table, const struct column *columns, size_t count,
                         size_t *where, struct scap_report *report);

/* The place of SIZE bytes from byte FROM of a cell's text. */
struct place scap__cell_part(const struct table *table, const struct cell *cell, size_t from,
                             size_t size);
struct place scap__cell_place(const struct table *table, const struct cell *cell);

#endif
