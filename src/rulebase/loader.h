/* SPDX-License-Identifier: MIT
 *
 * Shared by the load_*.c files: one file of a pack, row by row. Functions that
 * return bool return false only when memory is out; mistakes are in the report
 * and loading goes on, to find them all.
 */
#ifndef SCAP_RULEBASE_LOADER_H
#define SCAP_RULEBASE_LOADER_H

#include "base/report.h"
#include "rulebase/rulebase.h"
#include "table/table.h"

enum pack_file {
	FILE_PACK,
	FILE_QUESTIONS,
	FILE_CHOICES,
	FILE_LEVELS,
	FILE_FINDINGS,
	FILE_ESCALATIONS,
	FILE_CONTRAINDICATIONS,
	FILE_ADJUSTMENTS,
	FILE_PREFERENCES,
	FILE_WATCH,
	FILE_WORDLISTS,
	FILE_LEXICON,
	FILE_CONTEXT,
	FILE_EXERCISES,
	FILE_STEPS,
	FILE_DOSES,
	FILE_PLAN,
	FILE_WEEK,
	FILE_WEEKS,
	FILE_SIGNALS,
	FILE_TAGS,
	FILE_SOURCES,
	FILE_FACTS,
	FILE_CONFLICTS,
};
enum { PACK_FILES = FILE_CONFLICTS + 1 };

enum { COLUMNS_MAX = 16 };

struct file_spec {
	const char *folder; /* "rules" or "data" */
	const char *name;
	enum { FILE_NEEDS_ROWS, FILE_MAY_BE_EMPTY, FILE_MAY_MISS } need;
	struct column columns[COLUMNS_MAX];
};

struct loader {
	struct rulebase *base;
	struct arena *arena;
	struct scap_report *report;
	struct table tables[PACK_FILES];
	size_t where[PACK_FILES][COLUMNS_MAX];
};

/* One row and the columns of its file by their number in the spec. */
struct record {
	struct loader *loader;
	const struct file_spec *spec;
	const struct table *table;
	const size_t *where;
	const struct row *row;
};

extern const struct file_spec scap__pack_files[PACK_FILES];

/* Calls EACH for every row of a file; stops at false. */
bool scap__load_rows(struct loader *loader, enum pack_file file,
                     bool (*each)(const struct record *));

/* The cell of the row at LINE; COLUMN is its number in the spec. NULL if there is none. */
const struct cell *scap__load_cell(const struct loader *loader, enum pack_file file,
                                   unsigned line, size_t column);

/* The place of that cell. */
struct place scap__load_place(const struct loader *loader, enum pack_file file, unsigned line,
                              size_t column);

/* True when a file has no names to offer because of a mistake of its own. */
bool scap__load_lost(const struct loader *loader, enum pack_file file);

/* The cell of a column; an empty one where the file lacks the column. */
const struct cell *scap__record_cell(const struct record *record, size_t column);

/* Its text in the arena, which lives as long as the rule base. Never NULL. */
const char *scap__record_text(const struct record *record, size_t column);

struct origin scap__record_origin(const struct record *record);

/* Reports a mistake in a cell, or in a part of it. */
void scap__record_error(const struct record *record, size_t column, enum code code,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
void scap__record_part_error(const struct record *record, size_t column, size_t at, size_t size,
                             enum code code, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* Reports that a part of a cell names nothing, with the nearest that it could. */
void scap__record_unknown(const struct record *record, size_t column, size_t at, size_t size,
                          enum code code, const char *what, const struct names *names,
                          unsigned kinds);

/* True when the cell holds a proper name; else reported (blank: silently). */
bool scap__record_name(const struct record *record, size_t column);

/* Enters the cell's text into a name table. *ADDED is NULL when the name is not
 * proper or taken, which is reported. */
bool scap__record_define(const struct record *record, size_t column, struct names *names,
                         enum name_kind kind, size_t index, struct name **added);

/* Reads a whole number from LOW to HIGH; BLANK where the cell is empty. */
long scap__record_number(const struct record *record, size_t column, long low, long high,
                         long blank);

/* Reads yes or no (or true, false; in any letter case); blank is no. */
bool scap__record_yes(const struct record *record, size_t column);

/* An item of a list in a cell. */
struct item {
	const char *text;
	size_t at, size; /* within the cell */
};

/* Walks a list separated by `;` (or, for equipment, `|`): false at its end.
 * Start with *AT 0. Blank items are skipped. */
bool scap__list_next(const char *text, size_t size, char separator, size_t *at,
                     struct item *item);

/* Sorts rows that start with their name, and tells the name table. */
void scap__load_sort(struct names *names, void *rows, size_t count, size_t size,
                     int (*order)(const void *, const void *));

/* Appends a number to an array of the arena. */
bool scap__push(struct loader *loader, unsigned **list, size_t *count, unsigned value);

/* The `source` cell of a row. */
bool scap__record_sources(const struct record *record, size_t source, struct citation *cited);

/* The `source` cell, with `reviewed_by` and `reviewed_on` in the columns behind. */
bool scap__record_citation(const struct record *record, size_t source, struct citation *cited);

/* The file that rules of a kind stand in. */
enum pack_file scap__rule_file(enum rule_kind kind);

/* The steps of loading, in this order. */
bool scap__load_vocabulary(struct loader *loader); /* choices, levels, questions, findings */
bool scap__load_catalogue(struct loader *loader);  /* sources, tags, parts, exercises ... */
bool scap__load_plan(struct loader *loader);       /* parts of a session, days, weeks, signals */
bool scap__load_remarks(struct loader *loader);    /* facts and conflicts */
bool scap__load_settings(struct loader *loader);   /* pack.csv */
bool scap__load_equipment(struct loader *loader);  /* exercises' needs, once settings are known */
bool scap__load_relevance(struct loader *loader);
bool scap__load_rules(struct loader *loader);
bool scap__load_words(struct loader *loader);      /* how people say it: lexicon and context */
bool scap__load_order(struct loader *loader);      /* of findings; circles are errors */
bool scap__load_check(struct loader *loader);      /* as a whole; only after no mistakes */

#endif
