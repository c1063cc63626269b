/* SPDX-License-Identifier: MIT
 *
 * A row that has its cells stands in its own columns, to be corrected there. One of
 * which nobody can tell which cell is which leaves them blank, so that no answer stands
 * under a wrong question, and what it was is kept in one cell, reject_row.
 */
#include "cli/rejects.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/cells.h"

/* Where the input is such a file itself, its columns of these names give way. */
static const char *const added[] = {"reject_line", "reject_column", "reject_at_least",
                                    "reject_not_ruled_out", "reject_errors", "reject_row"};
enum { ADDED = sizeof(added) / sizeof(added[0]) };

/* What a cell could hold that ends it, or what a reader takes for the separator. */
#define SPECIAL ",;\t\"\r\n"
enum { TELLING = 8 };

/* ---- Cells ------------------------------------------------------------------------- */

void cli_put_quoted(FILE *file, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (text[i] == '"')
			fputc('"', file);
		fputc(text[i], file);
	}
}

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool needs_quotes(const char *text, size_t size)
{
	if (size && (blank(text[0]) || blank(text[size - 1])))
		return true;
	for (size_t i = 0; i < size; i++)
		if (strchr(SPECIAL, text[i]))
			return true;
	return false;
}

/* A text that begins as a formula, maybe behind `'` signs. To one that has such a sign
 * itself another is added even if RAW, because a reader takes one away. */
static bool needs_guard(const char *text, size_t size, bool raw)
{
	size_t signs = 0;

	while (signs < size && text[signs] == '\'')
		signs++;
	return signs < size && text[signs] && strchr("=+-@\t\r", text[signs]) && (signs || !raw);
}

void cli_put_cell(FILE *file, const char *text, size_t size, bool raw)
{
	bool quotes = needs_quotes(text, size);

	if (quotes)
		fputc('"', file);
	if (needs_guard(text, size, raw))
		fputc('\'', file);
	cli_put_quoted(file, text, size);
	if (quotes)
		fputc('"', file);
}

static size_t separators_in(const char *text, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++)
		count += text[i] == ',' || text[i] == ';';
	return count;
}

/* A line within a cell that looks like a row could be read as one, so the line ends of
 * such a text become signs. */
static void put_lines(FILE *file, const char *text, size_t size, bool raw)
{
	char *line = NULL;
	size_t room = 0;
	FILE *mended = open_memstream(&line, &room);

	for (size_t i = 0; mended && i < size; i++)
		if (text[i] != '\n' && text[i] != '\r')
			fputc(text[i], mended);
		else if (text[i] == '\n' || i + 1 == size || text[i + 1] != '\n')
			fputs("\xe2\x86\xb5", mended); /* an arrow that turns back */
	if (mended && !fclose(mended))
		cli_put_cell(file, line, room, raw);
	free(line);
}

static void put_own(FILE *file, const char *text, size_t size, bool raw)
{
	bool lines = memchr(text, '\n', size) || memchr(text, '\r', size);

	if (lines && separators_in(text, size) >= TELLING)
		put_lines(file, text, size, raw);
	else
		cli_put_cell(file, text, size, raw);
}

/* ---- The header line ------------------------------------------------------------------- */

static enum column_kind kind_of(const char *name, size_t size)
{
	while (size && strchr(" \t\r\n", name[0]))
		name++, size--;
	while (size && strchr(" \t\r\n", name[size - 1]))
		size--;
	for (size_t i = 0; i < ADDED; i++)
		if (strlen(added[i]) == size && !strncasecmp(name, added[i], size))
			return i + 1 == ADDED ? COLUMN_OLD_ROW : COLUMN_OLD;
	return COLUMN_PLAIN;
}

static void failed(struct rejects *rejects, int reason)
{
	errno = reason;
	cli_output_failed(&rejects->output);
}

static bool take_columns(struct rejects *rejects, const char *header, size_t size, long id)
{
	rejects->cells = cli_cells_new();
	if (!rejects->cells)
		return false;
	cli_cells_split(rejects->cells, header, size, rejects->separator);
	rejects->ncolumns = cli_cells_count(rejects->cells);
	rejects->columns = calloc(rejects->ncolumns + 1, sizeof(*rejects->columns));
	rejects->old_row = rejects->ncolumns;
	for (size_t i = 0; rejects->columns && i < rejects->ncolumns; i++) {
		size_t length;
		const char *name = cli_cells_at(rejects->cells, i, &length);

		rejects->columns[i] = (long)i == id ? COLUMN_ID : kind_of(name, length);
		rejects->ids |= rejects->columns[i] == COLUMN_ID;
		if (rejects->columns[i] == COLUMN_OLD_ROW)
			rejects->old_row = i;
	}
	return rejects->columns && !cli_cells_failed(rejects->cells);
}

void cli_rejects_header(struct rejects *rejects, const char *header, size_t size, char separator,
                        long id)
{
	FILE *file = rejects->output.file;

	if (!file)
		return;
	rejects->separator = separator;
	if (!take_columns(rejects, header, size, id)) {
		failed(rejects, ENOMEM);
		return;
	}
	errno = 0;
	for (size_t i = 0; i < rejects->ncolumns; i++) {
		size_t length;
		const char *name = cli_cells_at(rejects->cells, i, &length);

		if (rejects->columns[i] >= COLUMN_OLD)
			continue;
		cli_put_cell(file, name, length, rejects->raw);
		fputc(separator, file);
	}
	if (!rejects->ids)
		fprintf(file, "id%c", separator);
	for (size_t i = 0; i < ADDED; i++)
		fprintf(file, "%s%c", added[i], i + 1 < ADDED ? separator : '\n');
	if (ferror(file))
		cli_output_failed(&rejects->output);
}

/* ---- Rows -------------------------------------------------------------------------------- */

/* All that is wrong with a row, as one cell. */
static void put_errors(FILE *file, const struct scap_rejected *rejected, bool raw)
{
	const char *first = rejected->errors[0].message;

	fputc('"', file);
	if (needs_guard(first, strlen(first), raw))
		fputc('\'', file);
	for (size_t i = 0; i < rejected->nerrors; i++) {
		const struct scap_error *error = &rejected->errors[i];

		fputs(i ? "; " : "", file);
		cli_put_quoted(file, error->message, strlen(error->message));
		fprintf(file, " [SCAP%u]", error->code);
	}
	fputc('"', file);
}

/* A cell of the row; in a file of rejects it may have a sign before it already. */
static const char *own_cell(const struct rejects *rejects, size_t i, size_t *size)
{
	const char *text = cli_cells_at(rejects->cells, i, size);
	bool signed_already = rejects->old_row < rejects->ncolumns && needs_guard(text, *size, true);

	*size -= signed_already;
	return text + signed_already;
}

/* True for a row that an earlier file of rejects kept and that was not put right yet. */
static bool is_kept(const struct rejects *rejects)
{
	size_t size = 0;

	if (rejects->old_row < rejects->ncolumns)
		cli_cells_at(rejects->cells, rejects->old_row, &size);
	return size > 0;
}

/* The row's own cells, or blanks. An id that the row does not have is the number of the
 * record, which no other file would know; but a row that was kept is asked for its own. */
static void put_columns(struct rejects *rejects, const char *id, bool whole)
{
	FILE *file = rejects->output.file;
	bool number = whole && !is_kept(rejects);

	for (size_t i = 0; i < rejects->ncolumns; i++) {
		enum column_kind kind = rejects->columns[i];
		const char *text = "";
		size_t size = 0;

		if (kind >= COLUMN_OLD)
			continue;
		if (whole)
			text = own_cell(rejects, i, &size);
		if (number && kind == COLUMN_ID && strspn(text, " \t\r\n") == size)
			cli_put_cell(file, id, strlen(id), rejects->raw);
		else
			put_own(file, text, size, rejects->raw);
		fputc(rejects->separator, file);
	}
	if (rejects->ids)
		return;
	cli_put_cell(file, id, strlen(id), rejects->raw);
	fputc(rejects->separator, file);
}

/* What the row was: as it stands, or as an earlier file of rejects kept it. */
static void put_row(struct rejects *rejects, const struct scap_rejected *rejected, bool whole)
{
	const char *text = whole ? "" : rejected->row;
	size_t size = whole ? 0 : rejected->size;

	if (whole && rejects->old_row < rejects->ncolumns)
		text = own_cell(rejects, rejects->old_row, &size);
	put_lines(rejects->output.file, text, size, rejects->raw);
}

void cli_rejects_row(struct rejects *rejects, const struct scap_rejected *rejected)
{
	const struct scap_error *first = &rejected->errors[0];
	FILE *file = rejects->output.file;
	char s = rejects->separator;
	bool whole;

	if (!file || !rejects->columns)
		return;
	whole = cli_cells_split(rejects->cells, rejected->row, rejected->size, s) &&
	        cli_cells_count(rejects->cells) == rejects->ncolumns;
	if (cli_cells_failed(rejects->cells))
		failed(rejects, ENOMEM);
	errno = 0;
	put_columns(rejects, rejected->id, whole);
	fprintf(file, "%u%c%u%c%s%c%s%c", first->line, s, first->column, s,
	        rejected->at_least->name, s, rejected->level->name, s);
	put_errors(file, rejected, rejects->raw);
	fputc(s, file);
	put_row(rejects, rejected, whole);
	fputc('\n', file);
	if (ferror(file))
		cli_output_failed(&rejects->output);
}

void cli_rejects_free(struct rejects *rejects)
{
	free(rejects->columns);
	cli_cells_free(rejects->cells);
}
