/* SPDX-License-Identifier: MIT
 *
 * CSV tables for generate.c, read whole.
 */
#include <csv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"

void die(const char *format, ...)
{
	va_list args;

	fputs("generate: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static void on_cell(void *text, size_t size, void *ctx)
{
	struct table *table = ctx;

	if (!(table->count & (table->count + 1))) /* full: 0, 1, 3, 7, ... */
		table->cells = realloc(table->cells, 2 * (table->count + 1) * sizeof(char *));
	if (!table->cells || !(table->cells[table->count++] = strndup(text, size)))
		die("memory is out");
}

static void on_record(int end, void *ctx)
{
	struct table *table = ctx;

	(void)end;
	if (!table->columns)
		table->columns = table->count;
	else if (table->count % table->columns)
		die("%s: a row has too few or too many cells", table->file);
}

struct table read_table(const char *name)
{
	struct table table = {.file = name};
	struct csv_parser csv;
	static char bytes[1 << 16];
	FILE *file = fopen(name, "rb");
	size_t got;

	if (!file || csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI))
		die("can't read %s", name);
	while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0)
		if (csv_parse(&csv, bytes, got, on_cell, on_record, &table) != got)
			die("%s: %s", name, csv_strerror(csv_error(&csv)));
	if (csv_fini(&csv, on_cell, on_record, &table) || ferror(file) || !table.columns)
		die("%s is broken", name);
	csv_free(&csv);
	fclose(file);
	return table;
}

char *cell(const struct table *table, size_t row, const char *column)
{
	for (size_t i = 0; i < table->columns; i++)
		if (!strcmp(table->cells[i], column))
			return table->cells[row * table->columns + i];
	die("%s has no column %s", table->file, column);
}
