/* SPDX-License-Identifier: MIT
 *
 * Telling weaknesses, and the table of those that are set aside.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "rulebase/lint.h"

enum { CHECK, WHERE, BECAUSE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[CHECK] = {"check", COLUMN_FILLED},
	[WHERE] = {"where", COLUMN_FILLED},
	[BECAUSE] = {"because", COLUMN_FILLED},
};

/* The warnings that lint gives, but for the one about what is set aside. */
static bool can_be_set_aside(const struct scap_code_info *info)
{
	return info->severity == SCAP_WARNING && info->code != E_IDLE_SET_ASIDE &&
	       (info->code / 100 == 5 || info->code == E_IF_UNKNOWN_ROUTINE ||
	        info->code == E_NO_TAGS || info->code == E_STALE_REVIEW);
}

/* Reads `SCAP512`; 0 where it is no such check. */
static unsigned read_check(const char *text)
{
	struct scap_code_info info;
	char name[16];

	for (size_t i = 0; scap_code_info(i, &info); i++) {
		snprintf(name, sizeof(name), "SCAP%u", info.code);
		if (!strcmp(name, text) && can_be_set_aside(&info))
			return info.code;
	}
	return 0;
}

/* Several names may share a row and its reason. WRONG: the row is a mistake, not idle. */
static bool add_asides(struct lint *lint, unsigned check, const struct cell *where, bool wrong)
{
	struct aside *asides;
	struct item item;
	size_t at = 0;

	while (scap__list_next(where->text, where->size, ';', &at, &item)) {
		const char *name = scap__arena_copy(lint->arena, item.text, item.size);

		asides = scap__arena_grow(lint->arena, lint->asides, lint->nasides,
		                          sizeof(*asides));
		if (!name || !asides)
			return false;
		lint->asides = asides;
		asides[lint->nasides++] = (struct aside){
			check, name, scap__cell_part(&lint->table, where, item.at, item.size),
			wrong};
	}
	return true;
}

static bool read_row(struct lint *lint, const size_t where[COLUMNS], const struct row *row)
{
	const struct cell *cells[COLUMNS];
	bool wrong = false;
	unsigned check;

	for (size_t i = 0; i < COLUMNS; i++) {
		if (row->broken || where[i] == lint->table.ncolumns)
			return true; /* which was reported */
		cells[i] = &row->cells[where[i]];
		if (cells[i]->size)
			continue;
		wrong = true;
		scap__report_add(lint->report, E_BLANK_CELL,
		                 scap__cell_place(&lint->table, cells[i]), "'%s' is blank",
		                 columns[i].name);
	}
	check = read_check(cells[CHECK]->text);
	if (!check && cells[CHECK]->size)
		scap__report_add(lint->report, E_NO_SUCH_CHECK,
		                 scap__cell_place(&lint->table, cells[CHECK]),
		                 "'%s' is not the code of a warning that can be set aside",
		                 cells[CHECK]->text);
	return add_asides(lint, check, cells[WHERE], wrong || !check);
}

static bool read_asides(struct lint *lint, const char *file, const char *bytes, size_t size)
{
	char *copy = scap__arena_copy(lint->arena, bytes, size);
	size_t where[COLUMNS];

	if (!copy || !scap__table_read(&lint->table, lint->arena, lint->report, file, copy, size))
		return false;
	if (!lint->table.header)
		return true;
	scap__table_columns(&lint->table, columns, COLUMNS, where, lint->report);
	for (size_t i = 0; i < lint->table.nrows; i++)
		if (!read_row(lint, where, &lint->table.rows[i]))
			return false;
	return true;
}

bool scap__lint_begin(struct lint *lint, const struct rulebase *base, const char *file,
                      const char *bytes, size_t size, struct scap_report *report)
{
	*lint = (struct lint){.base = base, .report = report, .arena = scap__arena_new()};
	return lint->arena && scap__truth_init(&lint->truth, base, lint->arena) &&
	       (!bytes || read_asides(lint, file, bytes, size));
}

/* The name that was meant by one that is none, or NULL. */
static const char *meant(const struct rulebase *base, const char *where)
{
	const struct names *const tables[] = {base->rule_ids, base->names, base->targets,
	                                      base->sources_by_name};
	struct near near = scap__near_begin(where, strlen(where));

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (size_t j = 0; j < scap__names_count(tables[i]); j++)
			scap__near_offer(&near, scap__names_at(tables[i], j)->text);
	return near.far ? near.word : NULL;
}

void scap__lint_end(struct lint *lint)
{
	for (size_t i = 0; i < lint->nasides; i++) {
		const struct aside *aside = &lint->asides[i];
		const char *near = aside->used ? NULL : meant(lint->base, aside->where);

		if (!aside->used)
			scap__report_add(lint->report, E_IDLE_SET_ASIDE, aside->place,
			                 "nothing to set aside: SCAP%u is not told of '%s'%s%s%s",
			                 aside->check, aside->where, near ? " (did you mean '" : "",
			                 near ? near : "", near ? "'?)" : "");
	}
	scap__arena_free(lint->arena);
}

/* True where a row sets it aside; where two do, both are of use. */
static bool set_aside(struct lint *lint, enum code code, const char *where)
{
	bool found = false;

	for (size_t i = 0; i < lint->nasides; i++) {
		struct aside *aside = &lint->asides[i];

		if (aside->check != code || strcmp(aside->where, where) != 0)
			continue;
		aside->used = found = true;
	}
	return found;
}

void scap__lint_tell(struct lint *lint, enum code code, const char *where, struct place place,
                     const char *example, const char *format, ...)
{
	char message[sizeof(((struct scap_error *)0)->message)];
	struct scap_code_info info;
	struct scap_error error;
	va_list args;
	size_t i = 0;

	while (scap_code_info(i, &info) && info.code != code)
		i++;
	if (can_be_set_aside(&info) && set_aside(lint, code, where)) {
		lint->set_aside++;
		return;
	}
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	scap__error_fill(&error, code, place, "%s", message);
	snprintf(error.example, sizeof(error.example), "%s", example);
	scap__report_push(lint->report, &error);
}

struct place scap__lint_place(const struct lint *lint, enum pack_file file, unsigned line,
                              size_t column)
{
	return scap__load_place(lint->base->loader, file, line, column);
}

struct place scap__lint_part(const struct lint *lint, enum pack_file file, unsigned line,
                             size_t column, size_t at, size_t size)
{
	const struct loader *loader = lint->base->loader;
	const struct cell *cell = scap__load_cell(loader, file, line, column);

	return cell ? scap__cell_part(&loader->tables[file], cell, at, size)
	            : scap__lint_place(lint, file, line, column);
}

unsigned scap__lint_line(const struct lint *lint, enum pack_file file, const char *a,
                         const char *b)
{
	const struct loader *loader = lint->base->loader;
	const struct table *table = &loader->tables[file];
	const size_t *where = loader->where[file];

	for (size_t i = 0; i < table->nrows; i++) {
		const struct cell *cells = table->rows[i].cells;

		if (!strcmp(cells[where[0]].text, a) && (!b || !strcmp(cells[where[1]].text, b)))
			return table->rows[i].line;
	}
	return 0;
}
