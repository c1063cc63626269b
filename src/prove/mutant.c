/* SPDX-License-Identifier: MIT */
#include "prove/mutant.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/codes.h"
#include "prove/file.h"
#include "prove/memory.h"
#include "table/table.h"

/* A file of the pack while its rows are changed. */
struct changing {
	const struct rulebase *base;
	struct mutants *mutants;
	const char *file;
	char *bytes;
	size_t size;
	struct arena *arena;
	struct table table;
	const struct row *row;
	const char *name; /* of the row */
};

/* ---- Changes ------------------------------------------------------------------------ */

static char *copy(const char *text, size_t size)
{
	char *out = prove_alloc(size + 1, 1);

	memcpy(out, text, size);
	return out;
}

static void add(struct changing *c, const char *what, size_t at, size_t size, const char *text)
{
	struct mutants *mutants = c->mutants;

	mutants->list = prove_grow(mutants->list, mutants->count, sizeof(*mutants->list));
	mutants->list[mutants->count++] = (struct mutant){
		.file = c->file, .line = c->row->line, .name = copy(c->name, strlen(c->name)),
		.what = copy(what, strlen(what)), .at = at, .size = size,
		.text = copy(text, strlen(text)),
	};
}

/* How many bytes a cell has in the file, its quotes counted. */
static size_t raw_size(const struct changing *c, const struct cell *cell)
{
	size_t at = cell->at;

	if (!cell->quoted)
		return cell->size;
	for (at++; at < c->size && (c->bytes[at] != '"' || c->bytes[at + 1] == '"'); at++)
		at += c->bytes[at] == '"';
	return at + 1 - cell->at;
}

/* Puts another text into a cell. */
static void change_cell(struct changing *c, const struct cell *cell, const char *what,
                        const char *text)
{
	char *quoted = prove_alloc(2 * strlen(text) + 3, 1), *out = quoted;

	*out++ = '"';
	for (; *text; text++) {
		if (*text == '"')
			*out++ = '"';
		*out++ = *text;
	}
	*out = '"';
	add(c, what, cell->at, raw_size(c, cell), quoted);
	free(quoted);
}

static void drop_row(struct changing *c)
{
	size_t at = c->row->cells[0].at, end = at;
	bool last = c->row + 1 == c->table.rows + c->table.nrows;

	while (at && c->bytes[at - 1] != '\n')
		at--;
	for (end = last ? c->size : c->row[1].cells[0].at; !last && end &&
	     c->bytes[end - 1] != '\n';)
		end--;
	add(c, "the row is gone", at, end - at, "");
}

/* ---- Conditions --------------------------------------------------------------------- */

static void change_part(struct changing *c, const struct cell *cell, const struct cond *cond,
                        const char *what, const char *text)
{
	struct buffer out;

	scap__buffer_init(&out, 1 << 20);
	scap__buffer_add(&out, cell->text, cond->at);
	scap__buffer_text(&out, text);
	scap__buffer_text(&out, cell->text + cond->at + cond->size);
	change_cell(c, cell, what, scap__buffer_string(&out));
	scap__buffer_free(&out);
}

/* A number of a comparison, one up or one down. */
static void shift_numbers(struct changing *c, const struct cell *cell, const struct cond *cond)
{
	const char *text = cell->text + cond->at;

	for (size_t i = 0; i < cond->size; i++) {
		size_t digits = strspn(text + i, "0123456789");

		if (!digits ||
		    (i && (text[i - 1] == '.' ? text[i - 2] != '.' : text[i - 1] != ' ' &&
		                      text[i - 1] != '=' && text[i - 1] != '<' && text[i - 1] != '>'))) {
			i += digits;
			continue;
		}
		for (int step = -1; step <= 1; step += 2) {
			struct buffer out;
			long number = strtol(text + i, NULL, 10);

			scap__buffer_init(&out, 1 << 20);
			scap__buffer_add(&out, text, i);
			scap__buffer_printf(&out, "%ld", number + step);
			scap__buffer_add(&out, text + i + digits, cond->size - i - digits);
			if (number + step >= 0)
				change_part(c, cell, cond, step < 0 ? "a number is one less"
				                                    : "a number is one more",
				            scap__buffer_string(&out));
			scap__buffer_free(&out);
		}
		i += digits;
	}
}

/* All items but one. */
static void drop_item(struct changing *c, const struct cell *cell, const struct cond *cond,
                      size_t gone)
{
	const char *between = cond->op == COND_AND ? " and " : cond->op == COND_OR ? " or " : ", ";
	char what[300];
	struct buffer out;
	bool more = false;

	scap__buffer_init(&out, 1 << 20);
	if (cond->op == COND_AT_LEAST)
		scap__buffer_printf(&out, "at least %u of ", cond->n);
	scap__buffer_char(&out, '(');
	for (size_t i = 0; i < cond->nitems; i++) {
		const struct cond *item = cond->items[i];

		if (i == gone)
			continue;
		scap__buffer_printf(&out, "%s(%.*s)", more ? between : "", (int)item->size,
		                    cell->text + item->at);
		more = true;
	}
	scap__buffer_char(&out, ')');
	snprintf(what, sizeof(what), "`%.*s` is gone", (int)cond->items[gone]->size,
	         cell->text + cond->items[gone]->at);
	change_part(c, cell, cond, what, scap__buffer_string(&out));
	scap__buffer_free(&out);
}

static void count_more(struct changing *c, const struct cell *cell, const struct cond *cond)
{
	struct buffer out;

	scap__buffer_init(&out, 1 << 20);
	scap__buffer_printf(&out, "at least %u of (", cond->n + 1);
	for (size_t i = 0; i < cond->nitems; i++)
		scap__buffer_printf(&out, "%s(%.*s)", i ? ", " : "", (int)cond->items[i]->size,
		                    cell->text + cond->items[i]->at);
	scap__buffer_char(&out, ')');
	change_part(c, cell, cond, "one more is needed", scap__buffer_string(&out));
	scap__buffer_free(&out);
}

static void change_cond(struct changing *c, const struct cell *cell, const struct cond *cond)
{
	bool list = cond->op == COND_AND || cond->op == COND_OR || cond->op == COND_AT_LEAST;

	if (cond->op == COND_TEST && cond->test.compare >= COMPARE_EQ)
		shift_numbers(c, cell, cond);
	for (size_t i = 0; list && cond->nitems > 1 && i < cond->nitems; i++)
		if (cond->op != COND_AT_LEAST || cond->n < cond->nitems)
			drop_item(c, cell, cond, i);
	if (cond->op == COND_AT_LEAST && cond->n < cond->nitems)
		count_more(c, cell, cond);
	for (size_t i = 0; i < cond->nitems; i++)
		change_cond(c, cell, cond->items[i]);
}

static void flip(struct changing *c, const struct cell *cell)
{
	struct buffer out;

	scap__buffer_init(&out, 1 << 20);
	scap__buffer_printf(&out, "not (%s)", cell->text);
	change_cell(c, cell, "the condition is turned round", scap__buffer_string(&out));
	scap__buffer_free(&out);
}

/* ---- Cells -------------------------------------------------------------------------- */

static const struct cell *cell_of(const struct changing *c, const char *column)
{
	for (size_t i = 0; i < c->table.ncolumns; i++)
		if (!strcmp(c->table.header[i].text, column))
			return &c->row->cells[i];
	return NULL;
}

/* A list without one of its names; a list of one becomes ALONE. */
static void drop_names(struct changing *c, const struct cell *cell, const char *alone)
{
	for (size_t at = 0; cell && at < cell->size;) {
		size_t size = strcspn(cell->text + at,
		                      ";"), end = at + size + (cell->text[at + size] == ';');
		char what[300];
		struct buffer out;

		scap__buffer_init(&out, 1 << 20);
		scap__buffer_add(&out, cell->text, at);
		scap__buffer_add(&out, cell->text + end, cell->size - end);
		while (out.size && (out.data[out.size - 1] == ';' || out.data[out.size - 1] == ' '))
			out.size--;
		if (!out.size)
			scap__buffer_text(&out, alone);
		snprintf(what, sizeof(what), "%.*s is gone", (int)size, cell->text + at);
		if (out.size)
			change_cell(c, cell, what, scap__buffer_string(&out));
		scap__buffer_free(&out);
		at = end;
	}
}

static void lower_level(struct changing *c, const struct rule *rule)
{
	const struct cell *level = cell_of(c, "level"), *if_unknown = cell_of(c, "if_unknown");
	const struct level *levels = c->base->levels;

	if (rule->level)
		change_cell(c, level, "the level is one lower", levels[rule->level - 1].shown.name);
	if (if_unknown && rule->if_unknown)
		change_cell(c, if_unknown, "the level while unknown is one lower",
		            levels[rule->if_unknown - 1].shown.name);
}

/* ---- Rows --------------------------------------------------------------------------- */

static const struct rule *rule_of(const struct changing *c, const char *id)
{
	for (size_t i = 0; i < c->base->nrules; i++)
		if (!strcmp(c->base->rules[i].id, id))
			return &c->base->rules[i];
	return NULL;
}

static void change_rule(struct changing *c)
{
	const struct rule *rule = rule_of(c, c->name);
	const struct cell *when = cell_of(c, "when");

	if (!rule || !when)
		return;
	drop_row(c);
	flip(c, when);
	change_cond(c, when, rule->when);
	if (rule->kind == RULE_ESCALATION)
		lower_level(c, rule);
	if (rule->kind == RULE_CONTRAINDICATION)
		drop_names(c, cell_of(c, "avoid"), "");
}

static void change_question(struct changing *c)
{
	const struct cell *relevant = cell_of(c, "relevant");

	for (size_t i = 0; i < c->base->nquestions; i++)
		if (!strcmp(c->base->questions[i].shown.name, c->name) &&
		    c->base->questions[i].relevant) {
			flip(c, relevant);
			change_cond(c, relevant, c->base->questions[i].relevant);
		}
}

static void change_exercise(struct changing *c)
{
	drop_names(c, cell_of(c, "tags"), "none");
}

static unsigned change_file(struct mutants *mutants, const scap_pack *pack, const char *folder,
                            const char *file, const char *key, void (*change)(struct changing *c))
{
	struct changing c = {.base = pack->base, .mutants = mutants, .file = file};
	scap_report *report = scap_report_new();
	char path[4096 + 64];
	unsigned code = E_READ_FAILED;

	snprintf(path, sizeof(path), "%s/%s", folder, strchr(file, '/') + 1);
	c.bytes = prove_read_file(path, &c.size);
	c.arena = scap__arena_new();
	if (c.bytes && c.arena && report &&
	    scap__table_read(&c.table, c.arena, report, file,
	                     scap__arena_copy(c.arena, c.bytes, c.size),
	                     c.size)) {
		code = 0;
		for (size_t i = 0; i < c.table.nrows; i++) {
			const struct cell *name;

			c.row = &c.table.rows[i];
			name = cell_of(&c, key);
			c.name = name ? name->text : "";
			change(&c);
		}
	}
	scap__arena_free(c.arena);
	scap_report_free(report);
	free(c.bytes);
	return code;
}

unsigned prove_mutants_list(const scap_pack *pack, const char *rules, const char *data,
                            struct mutants *mutants)
{
	static const struct {
		const char *file, *key;
		void (*change)(struct changing *c);
	} files[] = {
		{"rules/escalations.csv", "id", change_rule},
		{"rules/contraindications.csv", "id", change_rule},
		{"rules/findings.csv", "id", change_rule},
		{"rules/questions.csv", "name", change_question},
		{"data/exercises.csv", "name", change_exercise},
	};
	unsigned code = 0;

	*mutants = (struct mutants){0};
	for (size_t i = 0; !code && i < sizeof(files) / sizeof(files[0]); i++)
		code = change_file(mutants, pack, files[i].file[0] == 'r' ? rules : data,
		                   files[i].file,
		                   files[i].key, files[i].change);
	return code;
}

void prove_mutants_free(struct mutants *mutants)
{
	for (size_t i = 0; i < mutants->count; i++) {
		free(mutants->list[i].name);
		free(mutants->list[i].what);
		free(mutants->list[i].text);
	}
	free(mutants->list);
}
