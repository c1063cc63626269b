/* SPDX-License-Identifier: MIT */
#include "batch/cases.h"

#include <string.h>

#include "base/text.h"

enum { ID, STORY, ANSWERS, OTHERS, LEVEL, RULES, NOT_RULES, EXCLUDED, ALLOWED, ROUTINE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[ID] = {"id", COLUMN_FILLED},
	[STORY] = {"story", COLUMN_FILLED},
	[ANSWERS] = {"answers", COLUMN_BLANK_ALLOWED},
	[OTHERS] = {"others", COLUMN_FILLED},
	[LEVEL] = {"expect_level", COLUMN_BLANK_ALLOWED},
	[RULES] = {"expect_rules", COLUMN_BLANK_ALLOWED},
	[NOT_RULES] = {"expect_not_rules", COLUMN_BLANK_ALLOWED},
	[EXCLUDED] = {"expect_excluded", COLUMN_BLANK_ALLOWED},
	[ALLOWED] = {"expect_allowed", COLUMN_MAY_MISS},
	[ROUTINE] = {"expect_routine", COLUMN_MAY_MISS},
};

/* One row while it is read. */
struct reading {
	struct cases *cases;
	const size_t *where;
	const struct row *row;
	struct scenario *out;
	bool wrong;     /* a mistake was reported */
	bool no_memory;
};

struct part_of_cell {
	const char *text;
	size_t at, size;
};

static const struct cell *cell_of(const struct reading *r, size_t column)
{
	static const struct cell blank = {.text = ""};
	size_t where = r->where[column];

	return where < r->cases->table.ncolumns ? &r->row->cells[where] : &blank;
}

static struct place place_of(const struct reading *r, size_t column, const struct part_of_cell *part)
{
	return scap__cell_part(&r->cases->table, cell_of(r, column), part->at, part->size);
}

/* The next part of a cell between `;`, without spaces; blank ones are passed over. */
static bool next_part(const struct reading *r, size_t column, size_t *at, struct part_of_cell *part)
{
	const struct cell *cell = cell_of(r, column);

	while (*at < cell->size) {
		const char *from = cell->text + *at;
		const char *end = memchr(from, ';', cell->size - *at);
		size_t size = end ? (size_t)(end - from) : cell->size - *at;
		size_t skip = strspn(from, " ");

		part->at = *at;
		*at += size + 1;
		if (skip >= size)
			continue;
		part->at += skip;
		part->text = from + skip;
		part->size = size - skip;
		while (part->text[part->size - 1] == ' ')
			part->size--;
		return true;
	}
	return false;
}

static bool is(const struct part_of_cell *part, const char *word)
{
	return part->size == strlen(word) && !memcmp(part->text, word, part->size);
}

/* Names a part that means nothing, with what it could mean. */
static void unknown(struct reading *r, size_t column, const struct part_of_cell *part,
                    enum code code, const char *what, const struct names *names, unsigned kinds)
{
	const struct name *near = scap__names_near(names, part->text, part->size, kinds);

	r->wrong = true;
	scap__report_add(r->cases->report, code, place_of(r, column, part),
	                 near ? "unknown %s '%.*s' (did you mean '%s'?)" : "unknown %s '%.*s'",
	                 what, (int)part->size, part->text, near ? near->text : "");
}

/* ---- Answers ------------------------------------------------------------------------ */

/* Cuts `question=value`; false where there is no `=`. */
static bool cut(const struct part_of_cell *part, struct part_of_cell *name,
                struct part_of_cell *value)
{
	const char *sign = memchr(part->text, '=', part->size);

	*name = *value = *part;
	if (!sign)
		return false;
	name->size = (size_t)(sign - part->text);
	value->text = sign + 1;
	value->at += name->size + 1;
	value->size -= name->size + 1;
	while (name->size && name->text[name->size - 1] == ' ')
		name->size--;
	return true;
}

/* Keeps the answer to a text question; any other waits. */
static void put_text(struct reading *r, const struct part_of_cell *part)
{
	const struct rulebase *base = r->cases->pack->base;
	struct part_of_cell name, value;
	const struct name *found;
	struct answer *answer;

	if (!cut(part, &name, &value))
		return;
	found = scap__names_find(base->names, name.text, name.size);
	if (!found || found->kind != NAME_QUESTION ||
	    base->questions[found->index].shown.type != SCAP_FREE_TEXT)
		return;
	answer = &r->out->answers->list[found->index];
	free(answer->text);
	answer->text = strndup(value.text, value.size);
	answer->value.state = VALUE_GIVEN;
	r->no_memory |= !answer->text;
}

static void put_answer(struct reading *r, const struct part_of_cell *part)
{
	const struct rulebase *base = r->cases->pack->base;
	struct part_of_cell name, value;
	const struct name *found;
	struct scap_error error;
	struct value read;
	enum code code;

	if (!cut(part, &name, &value)) {
		r->wrong = true;
		scap__report_add(r->cases->report, E_BAD_ANSWERS, place_of(r, ANSWERS, part),
		                 "'%.*s' is not written question=value", (int)part->size,
		                 part->text);
		return;
	}
	found = scap__names_find(base->names, name.text, name.size);
	if (!found || found->kind != NAME_QUESTION) {
		unknown(r, ANSWERS, &name, E_UNKNOWN_ANSWER, "question", base->names,
		        1u << NAME_QUESTION);
		return;
	}
	code = scap__value_read(&base->questions[found->index], value.text, value.size, &read);
	if (!code) {
		scap__answers_put(r->out->answers, found->index, &read);
		return;
	}
	r->wrong = true;
	scap__value_complain(&error, code, &base->questions[found->index], value.text, value.size,
	                     place_of(r, ANSWERS, &value));
	scap__report_push(r->cases->report, &error);
}

/* What the texts of a case say of a question is not denied by `others`. */
static void leave_heard(struct reading *r)
{
	scap_answers *answers = r->out->answers;

	for (size_t i = 0; i < answers->nheard; i++) {
		const struct concept *concept =
			&r->cases->pack->base->concepts[answers->heard[i].concept];
		struct value *value;

		if (answers->heard[i].shown.sense != SCAP_PRESENT || concept->question == NONE)
			continue;
		value = &answers->list[concept->question].value;
		if (concept->choice == NONE)
			value->state = VALUE_NONE;
		else
			value->unsure |= UINT64_C(1) << concept->choice;
	}
}

/* `no`: every yes/no and every checklist that is not named. */
static void deny_others(struct reading *r)
{
	const struct rulebase *base = r->cases->pack->base;
	const struct value no = {.state = VALUE_GIVEN};

	for (unsigned i = 0; i < base->nquestions; i++) {
		enum scap_type type = base->questions[i].shown.type;

		if (type == SCAP_YES_NO || type == SCAP_SELECT_MULTIPLE)
			scap__answers_put(r->out->answers, i, &no);
	}
	leave_heard(r);
}

static void read_answers(struct reading *r)
{
	const struct cell *others = cell_of(r, OTHERS);
	struct part_of_cell part = {others->text, 0, others->size};
	size_t at = 0, text_at = 0;
	struct part_of_cell text;

	while (next_part(r, ANSWERS, &text_at, &text))
		put_text(r, &text);
	r->no_memory |= !scap__answers_hear(r->out->answers);
	if (is(&part, "no")) {
		deny_others(r);
	} else if (!is(&part, "unknown") && others->size) {
		r->wrong = true;
		scap__report_add(r->cases->report, E_BAD_OTHERS, place_of(r, OTHERS, &part),
		                 "others is no or unknown, not '%s'", others->text);
	}
	while (next_part(r, ANSWERS, &at, &part))
		put_answer(r, &part);
}

/* ---- What is expected ----------------------------------------------------------------- */

static void read_level(struct reading *r)
{
	const struct cell *cell = cell_of(r, LEVEL);
	struct part_of_cell part = {cell->text, 0, cell->size};
	const struct names *names = r->cases->pack->base->names;
	const struct name *name = scap__names_find(names, cell->text, cell->size);

	r->out->level = NONE;
	if (name && name->kind == NAME_LEVEL)
		r->out->level = (int)name->index;
	else if (cell->size)
		unknown(r, LEVEL, &part, E_UNKNOWN_LEVEL, "level", names, 1u << NAME_LEVEL);
}

static const struct name *find_rule(struct reading *r, size_t column, struct part_of_cell *part)
{
	const struct names *names = r->cases->pack->base->rule_ids;
	const struct name *name = scap__names_find(names, part->text, part->size);

	if (!name)
		unknown(r, column, part, E_UNKNOWN_RULE, "rule", names, 1u << NAME_RULE);
	return name;
}

static void read_rules(struct reading *r)
{
	struct scenario *out = r->out;
	struct part_of_cell part;
	size_t at = 0;

	while (next_part(r, RULES, &at, &part)) {
		bool possible = part.text[part.size - 1] == '?';
		struct wanted_rule *list = scap__arena_grow(r->cases->arena, out->rules,
		                                            out->nrules, sizeof(*list));
		const struct name *name;

		part.size -= possible;
		name = find_rule(r, RULES, &part);
		r->no_memory |= !list;
		if (!list || !name)
			continue;
		out->rules = list;
		list[out->nrules++] = (struct wanted_rule){name->index, possible};
	}
}

static void read_not_rules(struct reading *r)
{
	struct scenario *out = r->out;
	struct part_of_cell part;
	size_t at = 0;

	while (next_part(r, NOT_RULES, &at, &part)) {
		unsigned *list = scap__arena_grow(r->cases->arena, out->not_rules, out->nnot,
		                                  sizeof(*list));
		const struct name *name = find_rule(r, NOT_RULES, &part);

		r->no_memory |= !list;
		if (!list || !name)
			continue;
		out->not_rules = list;
		list[out->nnot++] = name->index;
	}
}

static bool has_tag(const struct exercise *exercise, unsigned tag)
{
	for (size_t i = 0; i < exercise->ntags; i++)
		if (exercise->tags[i] == tag)
			return true;
	return false;
}

/* Marks what a list of exercises and tags (or `all`) names. */
static void read_targets(struct reading *r, size_t column, bool *marks)
{
	const struct rulebase *base = r->cases->pack->base;
	struct part_of_cell part;
	size_t at = 0;

	while (next_part(r, column, &at, &part)) {
		const struct name *name = scap__names_find(base->targets, part.text, part.size);
		bool all = is(&part, "all");

		if (column == EXCLUDED && is(&part, "none")) {
			r->out->nothing_excluded = true;
			continue;
		}
		if (!name && !all)
			unknown(r, column, &part, E_UNKNOWN_TARGET, "tag or exercise",
			        base->targets, 1u << NAME_TAG | 1u << NAME_EXERCISE);
		for (size_t i = 0; i < base->nexercises; i++)
			marks[i] |= all || (name && (name->kind == NAME_EXERCISE
			                                     ? name->index == i
			                                     : has_tag(&base->exercises[i],
			                                               name->index)));
	}
}

static void read_routine(struct reading *r)
{
	const struct cell *cell = cell_of(r, ROUTINE);
	struct part_of_cell part = {cell->text, 0, cell->size};

	r->out->routine = is(&part, "yes") ? 1 : is(&part, "no") ? 0 : NONE;
	if (!cell->size || r->out->routine != NONE)
		return;
	r->wrong = true;
	scap__report_add(r->cases->report, E_BAD_YES_NO, place_of(r, ROUTINE, &part),
	                 "'%s' is not yes or no", cell->text);
}

/* ---- The file --------------------------------------------------------------------------- */

static void check_cells(struct reading *r)
{
	const struct cell *id = cell_of(r, ID);
	struct part_of_cell part = {id->text, 0, id->size};

	for (size_t i = 0; i < COLUMNS; i++)
		if (columns[i].need == COLUMN_FILLED && !cell_of(r, i)->size) {
			r->wrong = true;
			if (r->where[i] < r->cases->table.ncolumns) /* else the column is told */
				scap__report_add(r->cases->report, E_BLANK_CELL,
				                 scap__cell_place(&r->cases->table, cell_of(r, i)),
				                 "'%s' is blank", columns[i].name);
		}
	for (const struct row *row = r->cases->table.rows; id->size && row < r->row; row++)
		if (!strcmp(row->cells[r->where[ID]].text, id->text)) {
			r->wrong = true;
			scap__report_add(r->cases->report, E_DUPLICATE_ROW, place_of(r, ID, &part),
			                 "the case '%s' stands in line %u, too", id->text,
			                 row->line);
			break;
		}
}

/* The cells as they stand. */
static void keep_texts(struct reading *r)
{
	r->out->id = cell_of(r, ID)->text;
	r->out->story = cell_of(r, STORY)->text;
	r->out->answers_text = cell_of(r, ANSWERS)->text;
	r->out->others = cell_of(r, OTHERS)->text;
	r->out->rules_text = cell_of(r, RULES)->text;
	r->out->not_text = cell_of(r, NOT_RULES)->text;
	r->out->excluded_text = cell_of(r, EXCLUDED)->text;
	r->out->allowed_text = cell_of(r, ALLOWED)->text;
}

static bool read_row(struct cases *cases, const size_t *where, const struct row *row)
{
	struct scenario scenario = {.line = row->line};
	struct reading r = {.cases = cases, .where = where, .row = row, .out = &scenario};
	size_t nexercises = cases->pack->base->nexercises + 1;

	if (row->broken)
		return true; /* reported by the table */
	keep_texts(&r);
	scenario.excluded = scap__arena_array(cases->arena, nexercises, sizeof(bool));
	scenario.allowed = scap__arena_array(cases->arena, nexercises, sizeof(bool));
	scenario.answers = scap_answers_new(cases->pack);
	if (!scenario.excluded || !scenario.allowed || !scenario.answers) {
		scap_answers_free(scenario.answers);
		return false;
	}
	check_cells(&r);
	read_answers(&r);
	read_level(&r);
	read_rules(&r);
	read_not_rules(&r);
	read_targets(&r, EXCLUDED, scenario.excluded);
	read_targets(&r, ALLOWED, scenario.allowed);
	read_routine(&r);
	if (r.wrong || r.no_memory)
		scap_answers_free(scenario.answers);
	else
		cases->list[cases->count++] = scenario;
	return !r.no_memory;
}

bool scap__cases_read(struct cases *cases, const scap_pack *pack, const char *file,
                      const char *bytes, size_t size, struct scap_report *report)
{
	size_t where[COLUMNS];
	char *copy;

	*cases = (struct cases){.pack = pack, .report = report, .arena = scap__arena_new()};
	copy = cases->arena ? scap__arena_copy(cases->arena, bytes, size) : NULL;
	if (!copy || !scap__table_read(&cases->table, cases->arena, report, file, copy, size))
		return false;
	if (!cases->table.header)
		return true;
	scap__table_columns(&cases->table, columns, COLUMNS, where, report);
	cases->list = scap__arena_array(cases->arena, cases->table.nrows + 1,
	                                sizeof(*cases->list));
	if (!cases->list)
		return false;
	for (size_t i = 0; i < cases->table.nrows; i++)
		if (!read_row(cases, where, &cases->table.rows[i]))
			return false;
	return true;
}

void scap__cases_free(struct cases *cases)
{
	for (size_t i = 0; i < cases->count; i++)
		scap_answers_free(cases->list[i].answers);
	scap__arena_free(cases->arena);
}
