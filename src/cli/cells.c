/* SPDX-License-Identifier: MIT */
#include "cli/cells.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct cells {
	char *bytes; /* one cell behind the other, each with a NUL */
	size_t size, room;
	size_t *ends; /* behind each cell's NUL */
	size_t count, most;
	bool failed;
};

struct cells *cli_cells_new(void)
{
	return calloc(1, sizeof(struct cells));
}

void cli_cells_free(struct cells *cells)
{
	if (!cells)
		return;
	free(cells->bytes);
	free(cells->ends);
	free(cells);
}

/* Makes an array hold NEED items. */
static void *grow(void *array, size_t *room, size_t need, size_t item)
{
	size_t more = *room ? *room : 64;
	void *grown;

	if (need <= *room)
		return array;
	while (more < need)
		more *= 2;
	grown = realloc(array, more * item);
	if (grown)
		*room = more;
	return grown;
}

static void on_cell(void *text, size_t size, void *ctx)
{
	struct cells *cells = ctx;
	char *bytes = grow(cells->bytes, &cells->room, cells->size + size + 1, 1);
	size_t *ends = grow(cells->ends, &cells->most, cells->count + 1, sizeof(*ends));

	cells->bytes = bytes ? bytes : cells->bytes;
	cells->ends = ends ? ends : cells->ends;
	cells->failed |= !bytes || !ends;
	if (cells->failed)
		return;
	if (size)
		memcpy(bytes + cells->size, text, size);
	bytes[cells->size + size] = '\0';
	cells->size += size + 1;
	ends[cells->count++] = cells->size;
}

bool cli_cells_split(struct cells *cells, const char *row, size_t size, char separator)
{
	struct csv_parser csv;
	bool sound;

	cells->size = cells->count = 0;
	if (csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI)) {
		cells->failed = true;
		return false;
	}
	csv_set_delim(&csv, (unsigned char)separator);
	sound = csv_parse(&csv, row, size, on_cell, NULL, cells) == size &&
	        !csv_fini(&csv, on_cell, NULL, cells);
	cells->failed |= !sound && csv_error(&csv) == CSV_ENOMEM;
	csv_free(&csv);
	return sound && !cells->failed;
}

bool cli_cells_failed(const struct cells *cells)
{
	return cells->failed;
}

size_t cli_cells_count(const struct cells *cells)
{
	return cells->count;
}

const char *cli_cells_at(const struct cells *cells, size_t i, size_t *size)
{
	size_t from = i ? cells->ends[i - 1] : 0;

	*size = cells->ends[i] - from - 1;
	return cells->bytes + from;
}
