/* SPDX-License-Identifier: MIT */
#include "table/table.h"

#include <csv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "table/bytes.h"

struct reader {
	struct csv_parser csv;
	struct arena *arena;
	struct scap_report *report;
	struct table *table;
	size_t pos;     /* the byte libcsv is looking at */
	size_t next;    /* where the next cell starts */
	size_t record;  /* where this record starts */
	struct cell *cells; /* of this record */
	size_t ncells;
	size_t counted; /* line ends are counted up to here ... */
	unsigned line;  /* ... and this is the line there */
	bool no_memory, gave_up;
};

static void report_at(struct reader *r, enum code code, size_t at, size_t size,
                      const char *message)
{
	struct place place = {&r->table->source, at, size};

	scap__report_add(r->report, code, place, "%s", message);
}

/* Where a cell starts that may be led by spaces, or by the second half of a
 * CRLF that libcsv swallowed. */
static size_t cell_start(const struct reader *r)
{
	const char *bytes = r->table->source.bytes;
	size_t at = r->next;

	while (at < r->pos && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' ||
	                       bytes[at] == '\n'))
		at++;
	return at;
}

static void on_cell(void *text, size_t size, void *data)
{
	struct reader *r = data;
	struct cell *cells = scap__arena_grow(r->arena, r->cells, r->ncells, sizeof(*cells));
	const char *trimmed = text ? text : "";
	size_t start = cell_start(r);
	struct cell *cell;

	if (!cells) {
		r->no_memory = true;
		return;
	}
	r->cells = cells;
	if (!r->ncells)
		r->record = start;
	cell = &cells[r->ncells++];
	cell->at = start;
	cell->quoted = start < r->pos && r->table->source.bytes[start] == '"';
	if (size > LIMIT_CELL_BYTES) {
		report_at(r, E_CELL_TOO_LONG, start, 1, "the cell is over 64 KiB");
		size = LIMIT_NAME_BYTES;
	}
	scap__text_trim(&trimmed, &size);
	cell->text = scap__arena_copy(r->arena, trimmed, size);
	cell->size = size;
	r->no_memory |= !cell->text;
	r->next = r->pos + 1;
}

/* The line of a byte; asked for ever later bytes, so that a file is counted once. */
static unsigned line_of(struct reader *r, size_t at)
{
	const char *bytes = r->table->source.bytes;

	for (; r->counted < at; r->counted++)
		r->line += bytes[r->counted] == '\n' ||
		           (bytes[r->counted] == '\r' && bytes[r->counted + 1] != '\n');
	return r->line;
}

/* Gives a row the header's number of cells, so that no one need ask again. */
static bool mend_count(struct reader *r, struct row *row)
{
	size_t want = r->table->ncolumns, have = r->ncells;
	struct cell *last = &r->cells[have - 1];
	struct place place = scap__cell_place(r->table, last);

	scap__report_add(r->report, E_CELL_COUNT, place,
	                 "the row has %zu cell%s, the header has %zu", have, have == 1 ? "" : "s",
	                 want);
	row->broken = true;
	if (have > want)
		return true;
	row->cells = scap__arena_array(r->arena, want, sizeof(*row->cells));
	if (!row->cells)
		return false;
	memcpy(row->cells, r->cells, have * sizeof(*row->cells));
	for (size_t i = have; i < want; i++)
		row->cells[i] = (struct cell){.text = "", .at = last->at + last->size};
	return true;
}

/* True for a row of blank cells: spreadsheets leave such rows, of any width. */
static bool says_nothing(const struct reader *r)
{
	for (size_t i = 0; i < r->ncells; i++)
		if (r->cells[i].size)
			return false;
	return true;
}

static bool add_row(struct reader *r)
{
	struct table *table = r->table;
	struct row *rows = scap__arena_grow(r->arena, table->rows, table->nrows, sizeof(*rows));
	struct row *row;

	if (!rows)
		return false;
	table->rows = rows;
	row = &rows[table->nrows++];
	*row = (struct row){.cells = r->cells, .line = line_of(r, r->record)};
	return r->ncells == table->ncolumns || mend_count(r, row);
}

static void on_record(int end, void *data)
{
	struct reader *r = data;
	struct table *table = r->table;
	bool blank = says_nothing(r);

	(void)end;
	r->next = r->pos + 1;
	if (!r->cells || r->no_memory)
		return;
	if (!table->header) {
		table->header = r->cells;
		table->ncolumns = r->ncells;
	} else if (table->nrows < LIMIT_ROWS && !blank) {
		r->no_memory |= !add_row(r);
	} else if (table->nrows == LIMIT_ROWS && !blank) {
		report_at(r, E_TOO_MANY, r->record, 1, "the table has over 100000 rows");
		table->nrows++; /* told once */
	}
	r->cells = NULL;
	r->ncells = 0;
}

/* Says what libcsv choked on. A cell that began lines before may be what is
 * wrong, so its line is named. */
static void report_quote(struct reader *r)
{
	const char *bytes = r->table->source.bytes;
	unsigned line, began, column;

	scap__source_locate(&r->table->source, cell_start(r), &began, &column);
	scap__source_locate(&r->table->source, r->pos, &line, &column);
	if (r->pos >= r->table->source.size)
		report_at(r, E_OPEN_QUOTE, cell_start(r), 1, "this quote is never closed");
	else if (bytes[r->pos] == '"')
		report_at(r, E_STRAY_QUOTE, r->pos, 1,
		          "a quote inside a cell that doesn't begin with one");
	else if (began < line)
		scap__report_add(r->report, E_STRAY_QUOTE,
		                 (struct place){&r->table->source, r->pos, 1},
		                 "text after the closing quote of a cell that began in line %u; is a "
		                 "quote not closed there?", began);
	else
		report_at(r, E_STRAY_QUOTE, r->pos, 1,
		          "text after the closing quote of a cell; a quote inside is written twice");
}

static bool start_parser(struct reader *r, char separator)
{
	if (csv_init(&r->csv, CSV_STRICT | CSV_STRICT_FINI))
		return false;
	csv_set_delim(&r->csv, (unsigned char)separator);
	csv_set_realloc_func(&r->csv, realloc);
	csv_set_free_func(&r->csv, free);
	r->cells = NULL;
	r->ncells = 0;
	return true;
}

/* Goes on at the line after the one in which the broken record began. */
static void skip_record(struct reader *r)
{
	const struct source *source = &r->table->source;
	size_t at = r->ncells ? r->record : cell_start(r);

	while (at < source->size && source->bytes[at] != '\n' && source->bytes[at] != '\r')
		at++;
	r->pos = r->next = at + 1;
}

/* Feeds byte by byte, which is what makes positions exact. False: no memory. */
static bool parse(struct reader *r, char separator)
{
	const struct source *source = &r->table->source;

	while (r->pos < source->size) {
		bool broken = false;

		if (!start_parser(r, separator))
			return false;
		for (; r->pos < source->size && !broken && !r->no_memory; r->pos += !broken)
			broken = csv_parse(&r->csv, source->bytes + r->pos, 1, on_cell, on_record,
			                   r) != 1;
		if (!broken && !r->no_memory)
			broken = csv_fini(&r->csv, on_cell, on_record, r) != 0;
		r->no_memory |= broken && csv_error(&r->csv) != CSV_EPARSE;
		csv_free(&r->csv);
		if (r->no_memory)
			return false;
		if (!broken)
			return true;
		report_quote(r);
		r->table->torn = true;
		r->gave_up = !r->table->header;
		if (r->gave_up)
			return true;
		skip_record(r);
	}
	return true;
}

/* Reports bytes that no cell may hold, and makes them harmless. */
static void check_bytes(struct reader *r, char *bytes, size_t size)
{
	enum { TOLD = 5 };
	struct source name = {.file = r->table->source.file};
	size_t from = 0, at, told = 0;
	enum code code;

	while (told <= TOLD && (code = scap__bytes_fault(bytes + from, size - from, &at))) {
		char what[96];

		from += at;
		if (told++ < TOLD) {
			scap__bytes_describe(code, bytes + from, what);
			report_at(r, code, from, 1, what);
		}
		from += scap__text_char_size(bytes + from, size - from);
	}
	scap__bytes_mend(bytes, size);
	if (told > TOLD)
		scap__report_add(r->report, E_NOT_UTF8, (struct place){.source = &name},
		                 "more such bytes follow; save the file as \"CSV UTF-8 (comma "
		                 "delimited)\"");
}

bool scap__table_read(struct table *table, struct arena *arena, struct scap_report *report,
                      const char *file, char *bytes, size_t size)
{
	struct reader r = {.arena = arena, .report = report, .table = table, .line = 1};
	struct source name = {.file = file};
	size_t mark = scap__bytes_mark(bytes, size), told;
	char separator = '\0';
	bool ok;

	*table = (struct table){.source = {file, bytes, size, 1}};
	if (scap__bytes_foreign(report, &table->source))
		return true;
	told = scap__bytes_told_separator(bytes + mark, size - mark, &separator);
	if (told)
		r.line = ++table->source.first_line;
	mark += told;
	table->source.bytes += mark; /* no place is in the mark, and columns start behind it */
	table->source.size -= mark;
	check_bytes(&r, bytes + mark, size - mark);
	if (!told)
		separator = scap__bytes_separator(bytes + mark, size - mark);
	if (separator == '\t') {
		report_at(&r, E_TABS, 0, 1, "the cells are separated by tabs, not by commas");
		return true;
	}
	ok = parse(&r, separator);
	if (table->nrows > LIMIT_ROWS)
		table->nrows = LIMIT_ROWS;
	if (ok && !table->header && !r.gave_up)
		scap__report_add(report, E_EMPTY_FILE, (struct place){.source = &name},
		                 "the file is empty; its first line should name the columns");
	return ok;
}

struct place scap__cell_part(const struct table *table, const struct cell *cell, size_t from,
                             size_t size)
{
	size_t at = cell->at + cell->quoted, end = table->source.size;

	if (cell->quoted) /* spaces inside the quotes were trimmed off */
		while (at < end && table->source.bytes[at] != cell->text[0] &&
		       strchr(" \t\r\n", table->source.bytes[at]))
			at++;
	for (size_t i = 0; i < from && i < cell->size && at < end; i++)
		at += cell->quoted && cell->text[i] == '"' ? 2 : 1;
	return (struct place){&table->source, at, size};
}

struct place scap__cell_place(const struct table *table, const struct cell *cell)
{
	return (struct place){&table->source, cell->at, cell->size + 2 * (size_t)cell->quoted};
}
