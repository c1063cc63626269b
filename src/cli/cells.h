/* SPDX-License-Identifier: MIT
 *
 * The cells of one row of CSV, by libcsv.
 */
#ifndef SCAP_CLI_CELLS_H
#define SCAP_CLI_CELLS_H

#include <stdbool.h>
#include <stddef.h>

struct cells;

/* NULL when memory is out. */
struct cells *cli_cells_new(void);
void cli_cells_free(struct cells *cells);

/* Takes a row apart. False if its quotes are not those of a sound row. */
bool cli_cells_split(struct cells *cells, const char *row, size_t size, char separator);

/* True once memory was out. */
bool cli_cells_failed(const struct cells *cells);

size_t cli_cells_count(const struct cells *cells);

/* The I-th, ended by a NUL. */
const char *cli_cells_at(const struct cells *cells, size_t i, size_t *size);

#endif
