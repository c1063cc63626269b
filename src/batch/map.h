/* SPDX-License-Identifier: MIT
 *
 * A map: which column of another system's export answers which question, and what
 * its values mean (doc/maps.md). It never changes after loading; threads share it.
 */
#ifndef SCAP_BATCH_MAP_H
#define SCAP_BATCH_MAP_H

#include "base/buffer.h"
#include "engine/pack.h"
#include "table/table.h"

enum map_role {
	MAP_ID,
	MAP_IGNORE,
	MAP_ANSWER, /* the cell answers a question */
	MAP_CHOICE, /* the cell says whether one choice is taken */
	MAP_NONE,   /* the cell says whether none is */
};

struct map_value {
	const char *text;  /* as it stands in the export */
	size_t size;
	const char *means; /* as an intake cell would say it */
};

/* What the values of a column mean. Columns of the same kind of question whose cells
 * are alike share one, so that they also share what was once looked up. */
struct map_values {
	size_t count;
	struct map_value *list;
	const char *written; /* the cell */
	enum scap_type type;
	bool open; /* other values are read as they stand: numbers, texts */
};

struct map_row {
	struct scap_map_column shown;
	const struct cell *name; /* the cell `column`, to point at */
	const char *heading;     /* without the mark of a group */
	bool grouped;            /* groups may stand before it */
	enum map_role role;
	unsigned question, choice;
	const struct map_values *values; /* NULL: a cell is read as in an intake file */
	char between;  /* several choices of a cell */
	bool optional; /* another column may answer the question instead */
};

struct scap_map {
	const scap_pack *pack;
	struct arena *arena;
	struct table table;
	size_t nrows;
	struct map_row *rows;
};

/* The row of a heading, one that names it in full before one that leaves groups open;
 * NULL if there is none. */
const struct map_row *scap__map_find(const scap_map *map, const char *heading);

/* Reads `1=yes; 0=no; 99=unknown` for a row. NULL when memory is out, or there are
 * mistakes, which were reported. */
const struct map_values *scap__map_values(scap_map *map, const struct map_row *row,
                                          const struct cell *cell, scap_report *report);

/* Says a cell that is not blank in the words of an intake: *TEXT and *SIZE become these,
 * in ROOM where they had to be put together. 0, or E_MAP_VALUE. */
enum code scap__map_translate(const struct map_row *row, struct buffer *room, const char **text,
                              size_t *size);

/* Says that the map does not know a value. */
void scap__map_complain(struct scap_error *error, const scap_map *map, const struct map_row *row,
                        const char *text, size_t size, struct place place);

#endif
