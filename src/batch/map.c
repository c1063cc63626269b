/* SPDX-License-Identifier: MIT
 *
 * Reading a map: every row is checked against the pack, all mistakes at once.
 */
#include "batch/map.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/heading.h"

enum { COLUMN, QUESTION, VALUES, BETWEEN, BLANK, UNIT, OPTIONAL, NOTE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[COLUMN] = {"column", COLUMN_FILLED},       [QUESTION] = {"question", COLUMN_FILLED},
	[VALUES] = {"values", COLUMN_MAY_MISS},     [BETWEEN] = {"between", COLUMN_MAY_MISS},
	[BLANK] = {"blank", COLUMN_MAY_MISS},       [UNIT] = {"unit", COLUMN_MAY_MISS},
	[OPTIONAL] = {"optional", COLUMN_MAY_MISS}, [NOTE] = {"note", COLUMN_MAY_MISS},
};

/* One row while it is read. */
struct reading {
	struct scap_map *map;
	const size_t *where;
	const struct row *row;
	struct map_row *out;
	scap_report *report;
};

static const struct cell *cell_of(const struct reading *r, size_t column)
{
	static const struct cell blank = {.text = ""};
	size_t where = r->where[column];

	return where < r->map->table.ncolumns ? &r->row->cells[where] : &blank;
}

static void __attribute__((format(printf, 4, 5))) refuse(struct reading *r, size_t column,
                                                         enum code code, const char *format, ...)
{
	struct scap_error error;
	char message[400];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	scap__error_fill(&error, code, scap__cell_place(&r->map->table, cell_of(r, column)), "%s",
	                 message);
	scap__report_push(r->report, &error);
}

static bool is(const struct cell *cell, const char *word)
{
	return scap__text_same(cell->text, cell->size, word);
}

/* ---- Which column, which question -------------------------------------------------------------- */

static void read_column(struct reading *r)
{
	const struct cell *cell = cell_of(r, COLUMN);
	struct map_row *out = r->out;

	out->name = cell;
	out->shown.column = out->heading = cell->text;
	out->grouped = !strncmp(cell->text, "*/", 2);
	if (out->grouped)
		out->heading += 2;
	if (!out->heading[0])
		refuse(r, COLUMN, E_BLANK_CELL, "'column' is blank");
	for (const struct map_row *each = r->map->rows; each < out && out->heading[0]; each++)
		if (each->grouped == out->grouped && scap__heading_same(each->heading, out->heading)) {
			unsigned line, column;

			scap__source_locate(&r->map->table.source, each->name->at, &line, &column);
			refuse(r, COLUMN, E_MAP_TWICE, "this column is mapped in line %u, too", line);
			return;
		}
}

static bool read_choice(struct reading *r, const char *choice, size_t size)
{
	const struct scap_question *question = r->out->shown.question;
	struct near near = scap__near_begin(choice, size);
	char hint[96];

	r->out->role = MAP_CHOICE;
	if (question->type != SCAP_SELECT_MULTIPLE) {
		refuse(r, QUESTION, E_MAP_QUESTION,
		       "'%s' has no boxes: only a question with several choices is written "
		       "question/choice", question->name);
		return false;
	}
	for (size_t i = 0; i < question->nchoices; i++) {
		scap__near_offer(&near, question->choices[i].name);
		if (!scap__text_same(choice, size, question->choices[i].name))
			continue;
		r->out->choice = (unsigned)i;
		r->out->shown.choice = question->choices[i].name;
		return true;
	}
	if (scap__text_same(choice, size, "none")) {
		r->out->role = MAP_NONE;
		r->out->shown.choice = "none";
		return true;
	}
	refuse(r, QUESTION, E_MAP_QUESTION, "'%.64s' is no choice of '%s'%s", choice,
	       question->name, scap__near_hint(&near, hint));
	return false;
}

/* False: nothing more can be said of the row. */
static bool read_question(struct reading *r)
{
	const struct rulebase *base = r->map->pack->base;
	const struct cell *cell = cell_of(r, QUESTION);
	char name[2 * LIMIT_NAME_BYTES + 2];
	size_t size = scap__text_as_name(cell->text, cell->size, name, sizeof(name) - 1), whole;
	const struct name *found, *near;
	const char *slash;

	name[size] = '\0';
	if (!cell->size)
		refuse(r, QUESTION, E_BLANK_CELL,
		       "'question' is blank; write a question, id, or ignore");
	r->out->role = !strcmp(name, "id") ? MAP_ID : MAP_IGNORE;
	if (!cell->size || !strcmp(name, "id") || !strcmp(name, "ignore"))
		return cell->size;
	slash = strchr(name, '/');
	whole = slash ? (size_t)(slash - name) : size;
	found = scap__names_find(base->names, name, whole);
	if (found && found->kind == NAME_QUESTION) {
		r->out->question = found->index;
		r->out->shown.question = &base->questions[found->index].shown;
		r->out->role = MAP_ANSWER;
		if (slash)
			return read_choice(r, slash + 1, size - whole - 1);
		return true;
	}
	near = scap__names_near(base->names, name, whole, 1u << NAME_QUESTION);
	refuse(r, QUESTION, E_MAP_QUESTION, "'%.80s' is no question%s%s%s", cell->text,
	       near ? " (did you mean '" : "", near ? near->text : "", near ? "'?)" : "");
	return false;
}

/* ---- What its cells mean ------------------------------------------------------------------------ */

static bool several(const struct map_row *row)
{
	return row->role == MAP_ANSWER && row->shown.question->type == SCAP_SELECT_MULTIPLE;
}

static void read_blank(struct reading *r)
{
	const struct cell *cell = cell_of(r, BLANK);
	const struct map_row *out = r->out;
	bool box = out->role == MAP_CHOICE || several(out) ||
	           (out->role == MAP_ANSWER && out->shown.question->type == SCAP_YES_NO);

	if (!cell->size || is(cell, "unknown"))
		return;
	if (!is(cell, "no"))
		refuse(r, BLANK, E_MAP_CELL, "'blank' is unknown (or left out) or no, not '%.40s'",
		       cell->text);
	else if (!box)
		refuse(r, BLANK, E_MAP_CELL,
		       "a blank can mean no where the answer is yes or no, or boxes to tick; not here");
	else
		r->out->shown.blank_no = 1;
}

static void read_between(struct reading *r)
{
	const struct cell *cell = cell_of(r, BETWEEN);

	r->out->between = ' ';
	if (!cell->size)
		return;
	if (!several(r->out))
		refuse(r, BETWEEN, E_MAP_CELL,
		       "'between' is for a column that holds several choices in one cell");
	else if (cell->size != 1 || !strchr(",;|/", cell->text[0]))
		refuse(r, BETWEEN, E_MAP_CELL, "'between' is one of , ; | / or blank for spaces");
	else
		r->out->between = cell->text[0];
}

/* The unit of time that a question's name ends with, as in `duration_weeks`. */
static const char *unit_of(const char *name)
{
	static const char *const units[] = {"hours", "days", "weeks", "months", "years"};
	size_t size = strlen(name);

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t unit = strlen(units[i]);

		if (size >= unit && !strcmp(name + size - unit, units[i]) &&
		    (size == unit || name[size - unit - 1] == '_'))
			return units[i];
	}
	return NULL;
}

/* A unit is a note for people. But a number of months must not pass for one of weeks,
 * and there is no exact factor between them. */
static void read_unit(struct reading *r)
{
	const struct cell *cell = cell_of(r, UNIT);
	const struct scap_question *question = r->out->shown.question;
	const char *unit = question ? unit_of(question->name) : NULL;

	r->out->shown.unit = cell->text;
	if (!cell->size)
		return;
	if (r->out->role != MAP_ANSWER ||
	    (question->type != SCAP_INTEGER && question->type != SCAP_DECIMAL))
		refuse(r, UNIT, E_MAP_CELL, "only a number has a unit");
	else if (unit && !is(cell, unit))
		refuse(r, UNIT, E_MAP_CELL,
		       "'%s' is asked in %s, and the map says %.40s; nothing is converted, so give "
		       "the export a column in %s", question->name, unit, cell->text, unit);
}

static void read_values(struct reading *r)
{
	const struct cell *cell = cell_of(r, VALUES);
	const struct map_row *out = r->out;

	if (!cell->size)
		return;
	if (out->role == MAP_ID || out->role == MAP_IGNORE)
		refuse(r, VALUES, E_MAP_CELL, "values have a meaning only for a question");
	else
		r->out->values = scap__map_values(r->map, out, cell, r->report);
}

static void read_optional(struct reading *r)
{
	const struct cell *cell = cell_of(r, OPTIONAL);
	int yes = scap__value_yes_no(cell->text, cell->size);

	if (yes == -2)
		refuse(r, OPTIONAL, E_BAD_YES_NO, "'%.40s' is not yes or no", cell->text);
	r->out->optional = yes == 1 || r->out->role == MAP_IGNORE;
}

static void read_row(struct reading *r)
{
	read_column(r);
	r->out->shown.unit = "";
	if (!read_question(r))
		return;
	read_blank(r);
	read_between(r);
	read_unit(r);
	read_optional(r);
	read_values(r);
}

/* ---- The file ------------------------------------------------------------------------------------ */

static bool read_rows(struct scap_map *map, scap_report *report)
{
	size_t where[COLUMNS];
	struct table *table = &map->table;

	scap__table_columns(table, columns, COLUMNS, where, report);
	if (table->nrows > LIMIT_MAP_ROWS) {
		scap__report_add(report, E_TOO_MANY, (struct place){&table->source, 0, 1},
		                 "the map has over %d rows", LIMIT_MAP_ROWS);
		return true;
	}
	map->rows = scap__arena_array(map->arena, table->nrows + 1, sizeof(*map->rows));
	if (!map->rows)
		return false;
	if (where[COLUMN] == table->ncolumns || where[QUESTION] == table->ncolumns)
		return true; /* which is told */
	for (size_t i = 0; i < table->nrows; i++) {
		struct reading r = {map, where, &table->rows[i], &map->rows[map->nrows], report};

		if (table->rows[i].broken)
			continue; /* which is told */
		read_row(&r);
		map->nrows++;
	}
	if (!table->nrows && !table->torn)
		scap__report_add(report, E_NO_ROWS, (struct place){&table->source, 0, 1},
		                 "the map has no rows");
	return true;
}

scap_map *scap_map_load(const scap_pack *pack, const char *file, const char *bytes, size_t size,
                        scap_report *report)
{
	size_t before = scap_report_errors(report);
	struct scap_map *map = calloc(1, sizeof(*map));
	char *copy = NULL, *name = NULL;
	bool ok;

	if (map)
		map->arena = scap__arena_new();
	if (map && map->arena) {
		map->pack = pack;
		copy = scap__arena_copy(map->arena, bytes, size);
		name = scap__arena_copy(map->arena, file, strlen(file));
	}
	ok = copy && name &&
	     scap__table_read(&map->table, map->arena, report, name, copy, size) &&
	     (!map->table.header || read_rows(map, report));
	if (!ok)
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
	scap__report_sort(report);
	if (scap_report_errors(report) == before)
		return map;
	scap_map_free(map);
	return NULL;
}

void scap_map_free(scap_map *map)
{
	if (!map)
		return;
	scap__arena_free(map->arena);
	free(map);
}

const struct map_row *scap__map_find(const scap_map *map, const char *heading)
{
	const struct map_row *behind = NULL;

	for (const struct map_row *row = map->rows; row < map->rows + map->nrows; row++) {
		if (!row->grouped && scap__heading_same(heading, row->heading))
			return row;
		if (!behind && row->grouped && scap__heading_ends(heading, row->heading))
			behind = row;
	}
	return behind;
}
