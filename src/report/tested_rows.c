/* SPDX-License-Identifier: MIT
 *
 * New cases as a file of cases, in the columns of the file that they are to join.
 */
#include <string.h>

#include "base/text.h"
#include "report/row.h"
#include "report/tested.h"

static const char *const usual_columns[] = {
	"id", "story", "answers", "others", "expect_level", "expect_rules", "expect_not_rules",
	"expect_excluded", "expect_allowed", "expect_routine",
};
enum { USUAL_COLUMNS = sizeof(usual_columns) / sizeof(usual_columns[0]) };

static const char *cell_of(const struct tested *t, const struct suggestion *one, const char *column)
{
	if (!strcmp(column, "id"))
		return one->id;
	if (!strcmp(column, "story"))
		return one->story;
	if (!strcmp(column, "answers"))
		return one->answers;
	if (!strcmp(column, "others"))
		return "no";
	if (!strcmp(column, "expect_level"))
		return t->pack->base->levels[one->level].shown.name;
	return "";
}

/* Quoted wherever a `;` or a comma could part it. */
static void write_cell(const struct tested *t, const char *text, struct buffer *out)
{
	size_t size = strlen(text);
	bool quote = t->separator == ';' && strchr(text, ';') &&
	             !(scap__text_bytes(text, size) & TEXT_QUOTE);

	if (quote)
		scap__buffer_char(out, '"');
	scap__row_cell(out, text, size);
	if (quote)
		scap__buffer_char(out, '"');
}

void scap__tested_rows(const struct tested *t, struct buffer *out)
{
	const char *const *columns = t->ncolumns ? (const char *const *)t->columns : usual_columns;
	size_t count = t->ncolumns ? t->ncolumns : USUAL_COLUMNS;

	for (size_t j = 0; j < count; j++) {
		if (j)
			scap__buffer_char(out, t->separator);
		write_cell(t, columns[j], out);
	}
	scap__buffer_char(out, '\n');
	for (size_t i = 0; i < t->nsuggestions; i++) {
		for (size_t j = 0; j < count; j++) {
			if (j)
				scap__buffer_char(out, t->separator);
			write_cell(t, cell_of(t, &t->suggestions[i], columns[j]), out);
		}
		scap__buffer_char(out, '\n');
	}
}
