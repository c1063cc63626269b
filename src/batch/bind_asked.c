/* SPDX-License-Identifier: MIT
 *
 * Columns that were asked for by name: the id, and those to keep.
 */
#include <stdio.h>
#include <stdlib.h>

#include "batch/binder.h"
#include "batch/heading.h"

static size_t nkeep(const struct scap_score_options *options)
{
	size_t count = 0;

	while (options->keep && options->keep[count])
		count++;
	return count;
}

bool scap__bind_begin(struct binder *b)
{
	size_t count = b->intake->ncolumns, keep = nkeep(b->options);
	const scap_map *map = b->options->map;

	b->kept = calloc(keep + 1, sizeof(*b->kept));
	b->unmapped = calloc(count + 1, sizeof(*b->unmapped));
	b->found = calloc((map ? map->nrows : 0) + 1, sizeof(*b->found));
	if (map || keep)
		b->intake->uses = calloc(count + 1, sizeof(*b->intake->uses));
	return b->kept && b->unmapped && b->found && (b->intake->uses || !(map || keep));
}

static void ask_to_keep(struct binder *b, size_t i)
{
	struct column_use *use = &b->intake->uses[b->column];

	if (!scap__heading_same(b->text, b->options->keep[i]))
		return;
	if (b->kept[i])
		scap__bind_tell(b, E_NO_SUCH_COLUMN,
		                "the column '%s' stands twice, so it can't be kept", b->text);
	else if (use->keep)
		scap__bind_tell(b, E_KEPT_NAME, "the column '%s' is named twice to be kept", b->text);
	b->kept[i] = b->column + 1;
	use->keep = (unsigned)i + 1;
}

/* What a column answers by its name or by the map; NULL if nothing. */
static const struct scap_question *answered_by(struct binder *b)
{
	const struct rulebase *base = b->intake->pack->base;
	const struct map_row *row;
	const struct name *name;

	if (b->options->map) {
		row = scap__map_find(b->options->map, b->text);
		if (row) /* it is not missing, whatever else is wrong */
			b->found[row - b->options->map->rows] = b->column + 1;
		return row ? row->shown.question : NULL;
	}
	name = scap__names_find(base->names, b->name, b->size);
	return name && name->kind == NAME_QUESTION ? &base->questions[name->index].shown : NULL;
}

bool scap__bind_asked(struct binder *b)
{
	const struct scap_question *question;

	for (size_t i = 0; b->options->keep && b->options->keep[i]; i++)
		ask_to_keep(b, i);
	if (!b->options->id || !scap__heading_same(b->text, b->options->id))
		return false;
	question = answered_by(b);
	for (size_t i = 0; i < b->column; i++)
		if (b->intake->bindings[i].kind == BIND_ID)
			scap__bind_tell(b, E_NO_SUCH_COLUMN,
			                "the column '%s' stands twice, so it can't be the id", b->text);
	if (question)
		scap__bind_tell(b, E_KEPT_NAME, "the column '%s' answers '%s', so it can't be the id",
		                b->text, question->name);
	b->intake->bindings[b->column].kind = BIND_ID;
	return true;
}

static void tell_missed(struct binder *b, const char *name, enum code code, const char *why)
{
	struct source file = {.file = b->options->file};
	struct place place = {.source = &file};
	const char *near = code == E_NO_SUCH_COLUMN
	                           ? scap__heading_near(b->names, b->intake->ncolumns, NULL, name)
	                           : NULL;
	char message[400], shown[2][HEADING_SHOWN];

	snprintf(message, sizeof(message), "%s '%s'%s%s%s", why,
	         scap__heading_shown(name, shown[0]), near ? " (did you mean '" : "",
	         near ? scap__heading_shown(near, shown[1]) : "", near ? "'?)" : "");
	b->problem(b->ctx, &place, 0, code, message);
}

/* The names of columns that a decision or a worklist has already. */
static bool in_use(const char *name)
{
	static const char *const names[] = {"id", "level", "certain", "reasons", "missing", "routine",
	                                    "excluded", "evidence", "reason", "answers_needed", "ask"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (scap__heading_same(name, names[i]))
			return true;
	return false;
}

void scap__bind_missed(struct binder *b)
{
	bool id = false;

	for (size_t i = 0; i < b->intake->ncolumns; i++)
		id |= b->intake->bindings[i].kind == BIND_ID;
	if (b->options->id && !id)
		tell_missed(b, b->options->id, E_NO_SUCH_COLUMN,
		            "the id should be in a column that the file has not:");
	for (size_t i = 0; b->options->keep && b->options->keep[i]; i++) {
		if (!b->kept[i])
			tell_missed(b, b->options->keep[i], E_NO_SUCH_COLUMN,
			            "a column to keep is not in the file:");
		else if (in_use(b->options->keep[i]))
			tell_missed(b, b->options->keep[i], E_KEPT_NAME,
			            "the result has a column of this name already:");
	}
}
