/* SPDX-License-Identifier: MIT
 *
 * A header bound by a map, and what must not be lost on the way: columns that are not
 * there, and columns that the map forgot.
 */
#include <stdio.h>
#include <string.h>

#include "batch/binder.h"
#include "batch/heading.h"

static bool has_id(const scap_map *map)
{
	for (size_t i = 0; i < map->nrows; i++)
		if (map->rows[i].role == MAP_ID)
			return true;
	return false;
}

static void bind_box(struct binder *b, const struct map_row *row)
{
	struct binding *binding = &b->intake->bindings[b->column];

	binding->kind = row->role == MAP_NONE ? BIND_NONE : BIND_CHOICE;
	binding->question = row->question;
	binding->choice = row->choice;
	binding->multiple = (unsigned)(scap__bind_multiple(b->intake, row->question) -
	                               b->intake->multiples);
}

static void bind_row(struct binder *b, const struct map_row *row)
{
	b->intake->uses[b->column].row = row;
	switch (row->role) {
	case MAP_ID:
		if (!b->options->id)
			b->intake->bindings[b->column].kind = BIND_ID;
		break;
	case MAP_IGNORE:
		break;
	case MAP_ANSWER:
		scap__bind_question(b, row->question);
		break;
	case MAP_CHOICE:
	case MAP_NONE:
		bind_box(b, row);
	}
}

void scap__bind_mapped(struct binder *b)
{
	const scap_map *map = b->options->map;
	const struct map_row *row = scap__map_find(map, b->text);
	char shown[2][HEADING_SHOWN];
	size_t *found;

	if (!row) {
		if (!b->options->id && !has_id(map) && scap__heading_same(b->text, "id"))
			b->intake->bindings[b->column].kind = BIND_ID;
		else if (!scap__bind_reject(b))
			b->unmapped[b->column] = !scap__bind_ignored(b);
		return;
	}
	found = &b->found[row - map->rows];
	if (!*found || row->role == MAP_IGNORE)
		bind_row(b, row);
	else if (scap__heading_same(b->text, b->names[*found - 1]))
		scap__bind_tell(b, E_MAP_AMBIGUOUS,
		                "the column '%s' stands twice in the file, and the map means one",
		                scap__heading_shown(b->text, shown[0]));
	else
		scap__bind_tell(b, E_MAP_AMBIGUOUS,
		                "this column and '%s' both fit '%s' of the map; write the whole name",
		                scap__heading_shown(b->names[*found - 1], shown[0]),
		                scap__heading_shown(row->shown.column, shown[1]));
	*found = b->column + 1;
}

/* ---- After the last column ------------------------------------------------------------------- */

static bool answered(const struct binder *b, unsigned question)
{
	for (size_t i = 0; i < b->intake->ncolumns; i++)
		if (b->intake->bindings[i].kind > BIND_ID &&
		    b->intake->bindings[i].question == question)
			return true;
	return false;
}

static bool id_there(const struct binder *b)
{
	bool there = b->options->id != NULL;

	for (size_t i = 0; i < b->intake->ncolumns; i++)
		there |= b->intake->bindings[i].kind == BIND_ID;
	return there;
}

/* True for the first row of the map that could have answered what this one could. */
static bool first_for(const scap_map *map, const struct map_row *row)
{
	for (const struct map_row *each = map->rows; each < row; each++)
		if (each->shown.question == row->shown.question &&
		    (each->role == MAP_ID) == (row->role == MAP_ID) && each->role != MAP_IGNORE)
			return false;
	return true;
}

static void tell_row(struct binder *b, const struct map_row *row)
{
	const struct place place = scap__cell_place(&b->options->map->table, row->name);
	const char *near = scap__heading_near(b->names, b->intake->ncolumns, b->unmapped,
	                                      row->heading);
	const char *what = row->role == MAP_ID ? "the id" : row->shown.question->name;
	char message[400], shown[2][HEADING_SHOWN];

	if (row->optional)
		snprintf(message, sizeof(message),
		         "none of the columns that could answer '%s' is in %.80s", what,
		         b->options->file);
	else
		snprintf(message, sizeof(message), "the column '%s' is not in %.80s%s%s%s",
		         scap__heading_shown(row->shown.column, shown[0]), b->options->file,
		         near ? "; it has '" : "; if the form does not ask this, take the row out",
		         near ? scap__heading_shown(near, shown[1]) : "", near ? "'" : "");
	b->problem(b->ctx, &place, 0, E_MAP_COLUMN, message);
}

/* A map of something else: true, and told once, if no column of it is there. */
static bool nothing_found(struct binder *b)
{
	const scap_map *map = b->options->map;
	const struct place place = scap__cell_place(&map->table, map->rows[0].name);
	char message[400], shown[HEADING_SHOWN];

	for (size_t i = 0; i < map->nrows; i++)
		if (b->found[i])
			return false;
	snprintf(message, sizeof(message),
	         "no column of this map is in %.80s, whose first column is '%s'; is this the map of "
	         "another export?", b->options->file, scap__heading_shown(b->names[0], shown));
	b->problem(b->ctx, &place, 0, E_MAP_COLUMN, message);
	return true;
}

static void tell_rows(struct binder *b)
{
	const scap_map *map = b->options->map;
	bool id = id_there(b);

	for (const struct map_row *row = map->rows; row < map->rows + map->nrows; row++) {
		bool there = row->role == MAP_ID ? id : answered(b, row->question);

		if (b->found[row - map->rows] || row->role == MAP_IGNORE ||
		    (row->role == MAP_ID && b->options->id))
			continue;
		if (!row->optional || (!there && first_for(map, row)))
			tell_row(b, row);
	}
}

/* How long the part of a heading is that all boxes of one question share: `symptoms___`
 * and `What do you feel? (choice=` and `symptoms/`. 0: it is no box. */
static size_t shared_by_boxes(const char *heading)
{
	static const char *const marks[] = {"___", "(choice=", "/"};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const char *at = NULL, *next = heading;

		while ((next = strstr(next, marks[i])))
			at = next++;
		if (at)
			return (size_t)(at - heading) + strlen(marks[i]);
	}
	return 0;
}

/* The column of a box beside which this one stands; NULL if there is none. */
static const char *box_beside(const struct binder *b, size_t column)
{
	size_t size = shared_by_boxes(b->names[column]);

	for (size_t i = 0; size && i < b->intake->ncolumns; i++)
		if ((b->intake->bindings[i].kind == BIND_CHOICE ||
		     b->intake->bindings[i].kind == BIND_NONE) &&
		    shared_by_boxes(b->names[i]) == size && !strncmp(b->names[i], b->names[column], size))
			return b->names[i];
	return NULL;
}

/* True for a column that bears the words of a question, alone or before a choice. */
static bool worded_like(const char *heading, const struct scap_question *question)
{
	size_t size = strlen(question->label);
	const char *behind = heading + size;

	if (scap__heading_same(heading, question->label))
		return true;
	return strlen(heading) > size && scap__text_same(heading, size, question->label) &&
	       strchr(" /_", *behind);
}

/* The question whose words or name a column has, or nearly has, and that nothing answers. */
static const struct scap_question *question_like(const struct binder *b, size_t column)
{
	const struct rulebase *base = b->intake->pack->base;
	const char *last = scap__heading_last(b->names[column]);
	const char *box = strstr(last, "___");
	char name[2 * LIMIT_NAME_BYTES + 2];
	size_t size = scap__text_as_name(last, box ? (size_t)(box - last) : strlen(last), name,
	                                 sizeof(name));
	const struct name *near;

	for (unsigned q = 0; q < base->nquestions; q++)
		if (!answered(b, q) && worded_like(b->names[column], &base->questions[q].shown))
			return &base->questions[q].shown;
	near = size ? scap__names_near(base->names, name, size, 1u << NAME_QUESTION) : NULL;
	return near && !answered(b, near->index) ? &base->questions[near->index].shown : NULL;
}

/* True if a column that the map does not name is told as a mistake. */
static bool tell_forgotten(struct binder *b)
{
	const struct scap_question *question = question_like(b, b->column);
	const char *box = box_beside(b, b->column);
	char shown[2][HEADING_SHOWN];

	b->text = b->names[b->column];
	if (box)
		scap__bind_tell(b, E_UNMAPPED_QUESTION,
		                "the column '%s' looks like one more box beside '%s', and is not in "
		                "the map", scap__heading_shown(b->text, shown[0]),
		                scap__heading_shown(box, shown[1]));
	else if (question)
		scap__bind_tell(b, E_UNMAPPED_QUESTION,
		                "the column '%s' looks like the question '%s', which the map leaves "
		                "unanswered", scap__heading_shown(b->text, shown[0]), question->name);
	return box || question;
}

/* One warning for all that are ignored, so that it hides no other. */
static void tell_ignored(struct binder *b, const struct buffer *list, size_t count, size_t first)
{
	b->column = first;
	scap__bind_tell(b, E_UNMAPPED_COLUMNS, "%zu column%s not in the map and ignored: %.*s",
	                count, count == 1 ? " is" : "s are", (int)list->size,
	                list->size ? list->data : "");
}

void scap__bind_unmapped(struct binder *b)
{
	enum { LISTED = 200 };
	size_t count = 0, first = 0;
	struct buffer list;
	char shown[HEADING_SHOWN];

	if (nothing_found(b))
		return;
	tell_rows(b);
	scap__buffer_init(&list, 4096);
	for (b->column = 0; b->column < b->intake->ncolumns; b->column++) {
		if (!b->unmapped[b->column] || tell_forgotten(b) ||
		    b->intake->uses[b->column].keep)
			continue;
		if (!count++)
			first = b->column;
		if (list.size < LISTED)
			scap__buffer_printf(&list, "%s%s", count == 1 ? "" : ", ",
			                    b->text[0] ? scap__heading_shown(b->text, shown)
			                               : "(no name)");
		else if (list.size && list.data[list.size - 1] != '.')
			scap__buffer_text(&list, ", ...");
	}
	if (count) /* even if there was no memory for the names */
		tell_ignored(b, &list, count, first);
	scap__buffer_free(&list);
}

/* What a row says by a blank, and which columns are never looked up at once. */
static void settle_uses(struct intake *intake)
{
	for (size_t i = 0; i < intake->ncolumns; i++) {
		const struct map_row *row = intake->uses[i].row;
		struct binding *binding = &intake->bindings[i];

		if (!row || !row->shown.blank_no)
			continue;
		intake->blanks = true;
		if (binding->kind == BIND_CHOICE)
			intake->multiples[binding->multiple].firm |= UINT64_C(1) << binding->choice;
		if (binding->kind == BIND_MULTIPLE)
			intake->multiples[binding->multiple].firm = ~UINT64_C(0);
	}
	for (size_t i = 0; i < intake->ncolumns; i++)
		if (intake->blanks || intake->uses[i].keep)
			intake->bindings[i].lookup = 0;
}

void scap__bind_end(struct binder *b)
{
	scap__bind_missed(b);
	if (b->options->map)
		scap__bind_unmapped(b);
	if (b->intake->uses)
		settle_uses(b->intake);
}
