/* SPDX-License-Identifier: MIT
 *
 * Which column of a file is which.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "table/table.h"

/* The known column nearest to a name that is none, or NULL. */
static const char *nearest(const struct column *columns, size_t count, const struct cell *cell)
{
	const char *best = NULL;
	unsigned least = scap__text_near_limit(cell->size) + 1;

	for (size_t i = 0; i < count; i++) {
		unsigned far = scap__text_same(cell->text, cell->size, columns[i].name)
		                       ? 0
		                       : scap__text_distance(columns[i].name,
		                                             strlen(columns[i].name), cell->text,
		                                             cell->size);

		if (far < least) {
			least = far;
			best = columns[i].name;
		}
	}
	return best;
}

static size_t find(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->ncolumns; i++)
		if (!strcmp(table->header[i].text, name))
			return i;
	return table->ncolumns;
}

static bool known(const struct column *columns, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(columns[i].name, name))
			return true;
	return false;
}

/* True if a header cell that is no known column was told to be this one. */
static bool misspelt(const struct table *table, const struct column *columns, size_t count,
                     const char *name)
{
	for (size_t i = 0; i < table->ncolumns; i++) {
		const char *near;

		if (known(columns, count, table->header[i].text))
			continue;
		near = nearest(columns, count, &table->header[i]);
		if (near && !strcmp(near, name))
			return true;
	}
	return false;
}

static void check_header(const struct table *table, const struct column *columns, size_t count,
                         struct scap_report *report)
{
	for (size_t i = 0; i < table->ncolumns; i++) {
		const struct cell *cell = &table->header[i];
		const char *near;

		if (!cell->size)
			continue;
		if (find(table, cell->text) < i)
			scap__report_add(report, E_DUPLICATE_COLUMN, scap__cell_place(table, cell),
			                 "the column '%s' stands twice", cell->text);
		if (known(columns, count, cell->text))
			continue;
		near = nearest(columns, count, cell);
		if (near)
			scap__report_add(report, E_NEAR_COLUMN, scap__cell_place(table, cell),
			                 "unknown column '%s' (did you mean '%s'?)", cell->text,
			                 near);
	}
}

void scap__table_columns(const struct table *table, const struct column *columns, size_t count,
                         size_t *where, struct scap_report *report)
{
	struct place line = {&table->source, table->header[0].at, 1};

	if (table->ncolumns > LIMIT_COLUMNS)
		scap__report_add(report, E_TOO_MANY, line, "the table has over %d columns",
		                 LIMIT_COLUMNS);
	check_header(table, columns, count, report);
	for (size_t i = 0; i < count; i++) {
		where[i] = find(table, columns[i].name);
		if (where[i] == table->ncolumns && columns[i].need != COLUMN_MAY_MISS &&
		    !misspelt(table, columns, count, columns[i].name))
			scap__report_add(report, E_NO_COLUMN, line, "the column '%s' is missing",
			                 columns[i].name);
	}
}
