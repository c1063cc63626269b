/* SPDX-License-Identifier: MIT
 *
 * The file of rejected rows: the columns of the intake, and behind them what is wrong.
 * It can be corrected and scored again.
 */
#ifndef SCAP_CLI_REJECTS_H
#define SCAP_CLI_REJECTS_H

#include "cli/output.h"
#include "scapula.h"

enum column_kind { COLUMN_PLAIN, COLUMN_ID, COLUMN_OLD, COLUMN_OLD_ROW };

struct rejects {
	struct output output;
	bool raw;        /* cells may begin as formulas do */
	char separator;  /* that of the input */
	enum column_kind *columns; /* of the input */
	size_t ncolumns;
	bool ids;               /* one of them is the id */
	size_t old_row;         /* the one of a rejects file that keeps rows, or ncolumns */
	struct cells *cells;    /* of the row at hand */
};

/* Writes the header line; HEADER is that of the input, and its column ID holds the ids. */
void cli_rejects_header(struct rejects *rejects, const char *header, size_t size, char separator,
                        long id);

/* Writes a rejected row. */
void cli_rejects_row(struct rejects *rejects, const struct scap_rejected *rejected);

void cli_rejects_free(struct rejects *rejects);

/* Writes a cell, in quotes where it needs them; one that a spreadsheet would take for a
 * formula gets a `'`, unless RAW. */
void cli_put_cell(FILE *file, const char *text, size_t size, bool raw);

/* Writes part of a cell that stands in quotes. */
void cli_put_quoted(FILE *file, const char *text, size_t size);

#endif
