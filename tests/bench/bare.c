/* SPDX-License-Identifier: MIT
 *
 * The floor of the bench: bare FILE lets libcsv parse a file as scapula does,
 * with the same options and in the same pieces, and only counts.
 */
#include <csv.h>
#include <stdio.h>

enum { PIECE_BYTES = 64 << 10 };

struct counts {
	unsigned long long cells, rows;
};

static void on_cell(void *text, size_t size, void *ctx)
{
	struct counts *counts = ctx;

	(void)text;
	(void)size;
	counts->cells++;
}

static void on_record(int end, void *ctx)
{
	struct counts *counts = ctx;

	(void)end;
	counts->rows++;
}

static int parse(FILE *file, struct csv_parser *csv, struct counts *counts)
{
	static char piece[PIECE_BYTES];
	size_t got;

	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		if (csv_parse(csv, piece, got, on_cell, on_record, counts) != got)
			return 1;
	return csv_fini(csv, on_cell, on_record, counts) || ferror(file);
}

int main(int argc, char **argv)
{
	struct counts counts = {0};
	struct csv_parser csv;
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;

	if (!file || csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) ||
	    parse(file, &csv, &counts)) {
		fputs("bare: can't read the file\n", stderr);
		return 1;
	}
	csv_free(&csv);
	fclose(file);
	printf("%llu cells in %llu rows\n", counts.cells, counts.rows);
	return 0;
}
