/* SPDX-License-Identifier: MIT
 *
 * What the values of an export mean: `1=yes; 0=no; 99=unknown`, read and used.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "batch/heading.h"
#include "batch/map.h"

/* One cell `values` while it is read. */
struct cutting {
	scap_map *map;
	const struct map_row *row;
	const struct cell *cell;
	scap_report *report;
	struct map_values *out;
	bool wrong;
};

struct span {
	size_t at, size;
};

static void trim(const char *text, struct span *span)
{
	while (span->size && strchr(" \t\r\n", text[span->at])) {
		span->at++;
		span->size--;
	}
	while (span->size && strchr(" \t\r\n", text[span->at + span->size - 1]))
		span->size--;
}

static struct place place_of(const struct cutting *c, struct span span)
{
	return scap__cell_part(&c->map->table, c->cell, span.at, span.size ? span.size : 1);
}

static void refuse(struct cutting *c, struct span span, enum code code, const char *why)
{
	c->wrong = true;
	scap__report_add(c->report, code, place_of(c, span), "'%.*s' %s",
	                 span.size > 80 ? 80 : (int)span.size, c->cell->text + span.at, why);
}

/* Cuts off the next `value=meaning`. A value in quotes may hold `;` and `=`. */
static bool next_pair(const struct cutting *c, size_t *at, struct span *whole, struct span *value,
                      struct span *means)
{
	const char *text = c->cell->text;
	size_t start = *at + strspn(text + *at, " \t\r\n"), end, sign;
	const char *close = text[start] == '"' ? strchr(text + start + 1, '"') : NULL;

	if (!text[start])
		return false;
	sign = close ? (size_t)(close - text) + 1 : start;
	end = sign + strcspn(text + sign, ";");
	*at = end + (text[end] == ';');
	*whole = (struct span){start, end - start};
	trim(text, whole);
	if (close) {
		sign += strspn(text + sign, " ");
		*value = (struct span){start + 1, (size_t)(close - text) - start - 1};
	} else {
		const char *equals = memchr(text + start, '=', end - start);

		sign = equals ? (size_t)(equals - text) : end;
		*value = (struct span){start, sign - start};
	}
	if (sign >= end || text[sign] != '=')
		sign = end; /* no meaning */
	*means = (struct span){sign + (sign < end), end - sign - (sign < end)};
	trim(text, value);
	trim(text, means);
	return true;
}

/* True if an answer can be this; else it is told what can. */
static bool can_mean(struct cutting *c, struct span span, const char *means)
{
	const struct question *question = &c->map->pack->base->questions[c->row->question];
	struct question box = {.shown = {.type = SCAP_YES_NO, .name = question->shown.name}};
	const struct question *asked = c->row->role == MAP_ANSWER ? question : &box;
	struct scap_error error;
	struct value value;
	enum code code = scap__value_read(asked, means, span.size, &value);

	if (!code && asked->shown.type == SCAP_FREE_TEXT && value.state == VALUE_GIVEN) {
		refuse(c, span, E_MAP_VALUES, "can't be put in the place of a person's words; only "
		                              "unknown can");
		return false;
	}
	if (!code)
		return true;
	c->wrong = true;
	scap__value_complain(&error, code, asked, means, span.size, place_of(c, span));
	scap__report_push(c->report, &error);
	return false;
}

static void check_twice(struct cutting *c, struct span span, const struct map_value *value)
{
	for (const struct map_value *each = c->out->list; each < value; each++)
		if (scap__text_same(value->text, value->size, each->text))
			refuse(c, span, E_MAP_TWICE, "is given a meaning twice");
}

static void add_pair(struct cutting *c, struct span whole, struct span value, struct span means)
{
	const char *text = c->cell->text;
	struct map_value *list, *new;

	const char *why = memchr(text + means.at, '=', means.size)
	                          ? "has more than one =; write ; between values, and a value that "
	                            "holds ; or = in quotes"
	                  : !means.size ? "is not written value=meaning, like 1=yes; 0=no"
	                  : !value.size ? "gives a blank cell a meaning; use the column 'blank' for "
	                                  "that" : NULL;

	if (why || c->out->count == LIMIT_MAP_VALUES) {
		refuse(c, whole, why ? E_MAP_VALUES : E_TOO_MANY,
		       why ? why : "is one value more than a map can hold");
		return;
	}
	list = scap__arena_grow(c->map->arena, c->out->list, c->out->count, sizeof(*list));
	if (!list) {
		c->wrong = true;
		scap__report_add(c->report, E_NO_MEMORY, (struct place){0}, "memory is out");
		return;
	}
	c->out->list = list;
	new = &list[c->out->count];
	*new = (struct map_value){
		.text = scap__arena_copy(c->map->arena, text + value.at, value.size),
		.size = value.size,
		.means = scap__arena_copy(c->map->arena, text + means.at, means.size),
	};
	if (!new->text || !new->means) {
		c->wrong = true;
		scap__report_add(c->report, E_NO_MEMORY, (struct place){0}, "memory is out");
		return;
	}
	c->out->count++;
	check_twice(c, value, new);
	can_mean(c, means, new->means);
}

/* A cell that says the same of the same kind of question, so that it is read once. */
static const struct map_values *alike(const scap_map *map, const struct map_row *row,
                                      const struct cell *cell, enum scap_type type)
{
	for (const struct map_row *each = map->rows; each < row; each++)
		if (each->values && each->values->type == type && type == SCAP_YES_NO &&
		    !strcmp(each->values->written, cell->text))
			return each->values;
	return NULL;
}

const struct map_values *scap__map_values(scap_map *map, const struct map_row *row,
                                          const struct cell *cell, scap_report *report)
{
	enum scap_type type = row->role == MAP_ANSWER ? row->shown.question->type : SCAP_YES_NO;
	const struct map_values *same = alike(map, row, cell, type);
	struct cutting c = {.map = map, .row = row, .cell = cell, .report = report};
	struct span whole, value, means;
	size_t at = 0;

	if (same)
		return same;
	c.out = scap__arena_alloc(map->arena, sizeof(*c.out));
	if (!c.out) {
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
		return NULL;
	}
	*c.out = (struct map_values){.written = cell->text, .type = type};
	c.out->open = type == SCAP_INTEGER || type == SCAP_DECIMAL || type == SCAP_FREE_TEXT;
	while (!(c.wrong && c.out->count == LIMIT_MAP_VALUES) &&
	       next_pair(&c, &at, &whole, &value, &means))
		add_pair(&c, whole, value, means);
	return c.wrong ? NULL : c.out;
}

/* ---- Cells ------------------------------------------------------------------------------------ */

static const struct map_value *find_value(const struct map_values *values, const char *text,
                                          size_t size)
{
	for (size_t i = 0; i < values->count; i++)
		if (values->list[i].size == size &&
		    scap__text_same(text, size, values->list[i].text))
			return &values->list[i];
	return NULL;
}

/* The next part of a cell of several choices, trimmed; false behind the last. */
static bool next_part(const struct map_row *row, const char **from, const char *end,
                      const char **part, size_t *size)
{
	const char *to;

	if (*from > end)
		return false;
	to = memchr(*from, row->between, (size_t)(end - *from));
	to = to ? to : end;
	*part = *from;
	*size = (size_t)(to - *from);
	scap__text_trim(part, size);
	*from = to + 1;
	return true;
}

static bool means_unknown(const struct map_row *row, const struct map_value *value)
{
	struct question several = {.shown = *row->shown.question};
	struct value read;

	return !scap__value_read(&several, value->means, strlen(value->means), &read) &&
	       read.state == VALUE_NOT_SURE;
}

/* A cell of several choices: each by itself, with spaces between. */
static enum code translate_several(const struct map_row *row, struct buffer *room,
                                   const char **text, size_t *size)
{
	const char *from = *text, *end = *text + *size, *part;
	size_t count;

	room->size = 0;
	while (next_part(row, &from, end, &part, &count)) {
		const struct map_value *value = NULL;

		if (!count)
			continue;
		if (row->values && !(value = find_value(row->values, part, count)))
			return E_MAP_VALUE;
		if (value && means_unknown(row, value)) /* alone it is the whole cell */
			return E_NONE_NOT_ALONE;
		if (room->size)
			scap__buffer_char(room, ' ');
		if (value)
			scap__buffer_text(room, value->means);
		else
			scap__buffer_add(room, part, count);
	}
	if (room->failed)
		return E_NO_MEMORY;
	*text = room->size ? room->data : "";
	*size = room->size;
	return 0;
}

enum code scap__map_translate(const struct map_row *row, struct buffer *room, const char **text,
                              size_t *size)
{
	const struct map_value *value;
	const char *from = *text;
	size_t trimmed = *size;

	scap__text_trim(&from, &trimmed);
	if (!trimmed)
		return 0;
	if (row->role == MAP_ANSWER && row->shown.question->type == SCAP_SELECT_MULTIPLE &&
	    (row->values || row->between != ' ')) {
		/* A whole cell may be one value, such as a code for "not asked". */
		value = row->values ? find_value(row->values, from, trimmed) : NULL;
		if (!value)
			return translate_several(row, room, text, size);
	} else if (!row->values) {
		return 0;
	} else if (!(value = find_value(row->values, from, trimmed))) {
		return row->values->open ? 0 : E_MAP_VALUE;
	}
	*text = value->means;
	*size = strlen(value->means);
	return 0;
}

/* Of several values the first that is not known. */
static void find_unknown(const struct map_row *row, const char **text, size_t *size)
{
	const char *from = *text, *end = *text + *size, *part;
	size_t count;

	if (row->shown.question->type != SCAP_SELECT_MULTIPLE || row->role != MAP_ANSWER)
		return;
	while (next_part(row, &from, end, &part, &count))
		if (count && row->values && !find_value(row->values, part, count)) {
			*text = part;
			*size = count;
			return;
		}
}

/* `1, 0 and 99`: so many of the values as there is room for. */
static void list_values(const struct map_values *values, struct buffer *out)
{
	enum { MOST = 100 };

	for (size_t i = 0; i < values->count; i++) {
		if (out->size + values->list[i].size > MOST) {
			scap__buffer_text(out, i ? " ..." : "...");
			return;
		}
		scap__buffer_text(out, !i ? "" : i + 1 == values->count ? " and " : ", ");
		scap__buffer_text(out, values->list[i].text);
	}
}

void scap__map_complain(struct scap_error *error, const scap_map *map, const struct map_row *row,
                        const char *text, size_t size, struct place place)
{
	unsigned line, column;
	struct buffer known;

	scap__buffer_init(&known, 4096);
	find_unknown(row, &text, &size);
	if (row->values)
		list_values(row->values, &known);
	scap__source_locate(&map->table.source, row->name->at, &line, &column);
	scap__error_fill(error, E_MAP_VALUE, place,
	                 "'%.*s%s' is a value of '%s' that the map does not know (%.80s line %u "
	                 "knows %s)",
	                 size > 40 ? 40 : (int)size, text, size > 40 ? "..." : "",
	                 row->shown.question->name,
	                 scap__heading_last(map->table.source.file), line,
	                 scap__buffer_string(&known) ? known.data : "");
	scap__buffer_free(&known);
}
