/* SPDX-License-Identifier: MIT
 *
 * Going through the rows of a file, and reading the cells of one.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "rulebase/lexer.h"
#include "rulebase/loader.h"

bool scap__load_rows(struct loader *loader, enum pack_file file,
                     bool (*each)(const struct record *))
{
	const struct table *table = &loader->tables[file];

	if (!table->header)
		return true;
	for (size_t i = 0; i < table->nrows; i++) {
		struct record record = {loader, &scap__pack_files[file], table,
		                        loader->where[file], &table->rows[i]};

		if (!each(&record))
			return false;
	}
	return true;
}

const struct cell *scap__record_cell(const struct record *record, size_t column)
{
	static const struct cell blank = {.text = ""};
	size_t where = record->where[column];

	return where < record->table->ncolumns ? &record->row->cells[where] : &blank;
}

const char *scap__record_text(const struct record *record, size_t column)
{
	return scap__record_cell(record, column)->text;
}

struct origin scap__record_origin(const struct record *record)
{
	enum pack_file file = (enum pack_file)(record->spec - scap__pack_files);

	return (struct origin){record->loader->base->files[file].file, record->row->line};
}

void scap__record_error(const struct record *record, size_t column, enum code code,
                        const char *format, ...)
{
	char message[sizeof(((struct scap_error *)0)->message)];
	va_list args;

	if (record->row->broken)
		return; /* its cells may stand in wrong columns, and that was told */
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	scap__report_add(record->loader->report, code,
	                 scap__cell_place(record->table, scap__record_cell(record, column)), "%s",
	                 message);
}

void scap__record_part_error(const struct record *record, size_t column, size_t at, size_t size,
                             enum code code, const char *format, ...)
{
	char message[sizeof(((struct scap_error *)0)->message)];
	va_list args;

	if (record->row->broken)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	scap__report_add(
		record->loader->report, code,
		scap__cell_part(record->table, scap__record_cell(record, column), at, size), "%s",
		message);
}

const struct cell *scap__load_cell(const struct loader *loader, enum pack_file file,
                                   unsigned line, size_t column)
{
	const struct table *table = &loader->tables[file];
	size_t where = loader->where[file][column];

	for (size_t i = 0; i < table->nrows; i++)
		if (table->rows[i].line == line && where < table->ncolumns)
			return &table->rows[i].cells[where];
	return NULL;
}

struct place scap__load_place(const struct loader *loader, enum pack_file file, unsigned line,
                              size_t column)
{
	const struct table *table = &loader->tables[file];
	const struct cell *cell = scap__load_cell(loader, file, line, column);

	return cell ? scap__cell_place(table, cell) : (struct place){&table->source, 0, 1};
}

bool scap__load_lost(const struct loader *loader, enum pack_file file)
{
	const struct table *table = &loader->tables[file];
	size_t column = file == FILE_QUESTIONS ? 1 : file == FILE_FINDINGS ? 2 : 0;

	return !table->header || loader->where[file][column] == table->ncolumns ||
	       (!table->nrows && scap__pack_files[file].need == FILE_NEEDS_ROWS);
}

/* True when the names of one of the kinds could not be read, which was reported. */
static bool names_lost(const struct loader *loader, unsigned kinds)
{
	static const struct {
		enum name_kind kind;
		enum pack_file file;
	} files[] = {
		{NAME_QUESTION, FILE_QUESTIONS}, {NAME_LEVEL, FILE_LEVELS},
		{NAME_LIST, FILE_CHOICES},       {NAME_SOURCE, FILE_SOURCES},
		{NAME_TAG, FILE_TAGS},           {NAME_EXERCISE, FILE_EXERCISES},
		{NAME_PART, FILE_PLAN},
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (kinds >> files[i].kind & 1 && scap__load_lost(loader, files[i].file))
			return true;
	return false;
}

void scap__record_unknown(const struct record *record, size_t column, size_t at, size_t size,
                          enum code code, const char *what, const struct names *names,
                          unsigned kinds)
{
	const char *text = scap__record_text(record, column) + at;
	const struct name *near = scap__names_near(names, text, size, kinds);

	if (names_lost(record->loader, kinds))
		return;
	scap__record_part_error(record, column, at, size, code, "unknown %s '%.*s'%s%s%s", what,
	                        (int)size, text, near ? " (did you mean '" : "",
	                        near ? near->text : "", near ? "'?)" : "");
}

bool scap__record_name(const struct record *record, size_t column)
{
	const struct cell *cell = scap__record_cell(record, column);

	if (!cell->size)
		return false;
	if (scap__lexer_reserved(cell->text, cell->size))
		scap__record_error(record, column, E_BAD_NAME, "'%s' has a meaning of its own and "
		                                               "can't be a name", cell->text);
	else if (cell->size > LIMIT_NAME_BYTES)
		scap__record_error(record, column, E_BAD_NAME, "the name is over %d characters",
		                   LIMIT_NAME_BYTES);
	else if (!scap__text_is_name(cell->text, cell->size))
		scap__record_error(record, column, E_BAD_NAME,
		                   "'%s' is no name: use a to z, 0 to 9 and _, a letter first",
		                   cell->text);
	else
		return true;
	return false;
}

bool scap__record_define(const struct record *record, size_t column, struct names *names,
                         enum name_kind kind, size_t index, struct name **added)
{
	const struct cell *cell = scap__record_cell(record, column);
	struct name *name;

	*added = NULL;
	if (!scap__record_name(record, column))
		return true;
	name = scap__names_find(names, cell->text, cell->size);
	if (name) {
		scap__record_error(record, column,
		                   kind == NAME_RULE ? E_DUPLICATE_ID : E_DUPLICATE_NAME,
		                   "'%s' is taken: see %s:%u", cell->text, name->file, name->line);
		return true;
	}
	name = scap__names_add(names, cell->text, cell->size);
	if (!name)
		return false;
	name->kind = kind;
	name->index = (unsigned)index;
	name->file = record->table->source.file;
	name->line = record->row->line;
	*added = name;
	return true;
}

long scap__record_number(const struct record *record, size_t column, long low, long high,
                         long blank)
{
	const struct cell *cell = scap__record_cell(record, column);
	int64_t value;

	if (!cell->size)
		return blank;
	if (scap__number_read(cell->text, cell->size, &value) || !scap__number_whole(value) ||
	    value < low * NUMBER_ONE || value > high * NUMBER_ONE) {
		scap__record_error(record, column, E_BAD_NUMBER,
		                   "'%s' is no whole number from %ld to %ld", cell->text, low,
		                   high);
		return blank;
	}
	return (long)(value / NUMBER_ONE);
}

bool scap__record_yes(const struct record *record, size_t column)
{
	static const char *const words[] = {"no", "false", "yes", "true"};
	const struct cell *cell = scap__record_cell(record, column);
	size_t i = 0;

	while (i < 4 && !scap__text_same(cell->text, cell->size, words[i]))
		i++;
	if (i == 4 && cell->size)
		scap__record_error(record, column, E_BAD_YES_NO, "'%s' is not yes or no",
		                   cell->text);
	return i == 2 || i == 3;
}

bool scap__list_next(const char *text, size_t size, char separator, size_t *at,
                     struct item *item)
{
	while (*at < size) {
		const char *start = text + *at;
		const char *end = memchr(start, separator, size - *at);
		size_t length = end ? (size_t)(end - start) : size - *at;

		*at += length + 1;
		scap__text_trim(&start, &length);
		if (!length)
			continue;
		*item = (struct item){start, (size_t)(start - text), length};
		return true;
	}
	return false;
}

bool scap__push(struct loader *loader, unsigned **list, size_t *count, unsigned value)
{
	unsigned *grown = scap__arena_grow(loader->arena, *list, *count, sizeof(**list));

	if (!grown)
		return false;
	*list = grown;
	grown[(*count)++] = value;
	return true;
}

/* True for a real day, written YYYY-MM-DD. */
static bool is_date(const char *text)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year, month, day;
	bool leap;

	if (strspn(text, "0123456789-") != 10 || text[10] || text[4] != '-' || text[7] != '-' ||
	    sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3)
		return false;
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && leap);
}

bool scap__record_sources(const struct record *record, size_t source, struct citation *cited)
{
	const struct cell *cell = scap__record_cell(record, source);
	const struct names *names = record->loader->base->sources_by_name;
	struct item item;
	size_t at = 0;

	while (scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		const struct name *name = scap__names_find(names, item.text, item.size);

		if (!name)
			scap__record_unknown(record, source, item.at, item.size, E_UNKNOWN_SOURCE,
			                     "source", names, 1u << NAME_SOURCE);
		else if (!scap__push(record->loader, &cited->sources, &cited->nsources,
		                     name->index))
			return false;
	}
	cited->reviewed_by = cited->reviewed_on = "";
	return true;
}

bool scap__record_citation(const struct record *record, size_t source, struct citation *cited)
{
	if (!scap__record_sources(record, source, cited))
		return false;
	cited->reviewed_by = scap__record_text(record, source + 1);
	cited->reviewed_on = scap__record_text(record, source + 2);
	if (cited->reviewed_on[0] && !is_date(cited->reviewed_on))
		scap__record_error(record, source + 2, E_BAD_DATE, "'%s' is no date like 2026-01-31",
		                   cited->reviewed_on);
	return true;
}

void scap__load_sort(struct names *names, void *rows, size_t count, size_t size,
                     int (*order)(const void *, const void *))
{
	if (count)
		qsort(rows, count, size, order);
	for (size_t i = 0; i < count; i++) {
		const char *name = *(const char **)((char *)rows + i * size);

		scap__names_find(names, name, strlen(name))->index = (unsigned)i;
	}
}
