/* SPDX-License-Identifier: MIT */
#include "prove/hazard.h"

#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prove/memory.h"
#include "rulebase/parser.h"

enum { ID, WHEN, MUST, IF_UNKNOWN, BECAUSE, SOURCE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[ID] = {"id", COLUMN_FILLED},
	[WHEN] = {"when", COLUMN_FILLED},
	[MUST] = {"must", COLUMN_FILLED},
	[IF_UNKNOWN] = {"if_unknown", COLUMN_BLANK_ALLOWED},
	[BECAUSE] = {"because", COLUMN_FILLED},
	[SOURCE] = {"source", COLUMN_FILLED},
};

struct reading {
	struct hazards *hazards;
	const size_t *where;
	const struct row *row;
	bool wrong; /* a mistake was reported */
};

static const struct cell *cell_of(const struct reading *r, size_t column)
{
	static const struct cell blank = {.text = ""};
	size_t where = r->where[column];

	return where < r->hazards->table.ncolumns ? &r->row->cells[where] : &blank;
}

static struct place part_of(const struct reading *r, size_t column, const char *part, size_t size)
{
	const struct cell *cell = cell_of(r, column);

	return scap__cell_part(&r->hazards->table, cell, (size_t)(part - cell->text), size);
}

static void unknown(struct reading *r, size_t column, const char *part, size_t size, enum code code,
                    const char *what, const struct names *names, unsigned kinds)
{
	const struct name *near = scap__names_near(names, part, size, kinds);

	r->wrong = true;
	scap__report_add(r->hazards->report, code, part_of(r, column, part, size),
	                 near ? "unknown %s '%.*s' (did you mean '%s'?)" : "unknown %s '%.*s'",
	                 what, (int)size, part, near ? near->text : "");
}

/* ---- Demands ------------------------------------------------------------------------ */

static bool has_tag(const struct exercise *exercise, unsigned tag)
{
	for (size_t i = 0; i < exercise->ntags; i++)
		if (exercise->tags[i] == tag)
			return true;
	return false;
}

static void mark(struct reading *r, size_t column, const char *name, size_t size, bool *marks)
{
	const struct rulebase *base = r->hazards->pack->base;
	const struct name *found = scap__names_find(base->targets, name, size);

	if (!found) {
		unknown(r, column, name, size, E_UNKNOWN_TARGET, "tag or exercise", base->targets,
		        1u << NAME_TAG | 1u << NAME_EXERCISE);
		return;
	}
	for (size_t i = 0; i < base->nexercises; i++)
		marks[i] |= found->kind == NAME_EXERCISE ? found->index == i
		                                         : has_tag(&base->exercises[i],
		                                                   found->index);
}

static void mark_question(struct reading *r, size_t column, const char *name, size_t size,
                          bool *marks)
{
	const struct names *names = r->hazards->pack->base->names;
	const struct name *found = scap__names_find(names, name, size);

	if (found && found->kind == NAME_QUESTION)
		marks[found->index] = true;
	else
		unknown(r, column, name, size, E_UNKNOWN_NAME, "question", names,
		        1u << NAME_QUESTION);
}

typedef void mark_one(struct reading *r, size_t column, const char *name, size_t size, bool *marks);

static void mark_all(struct reading *r, size_t column, const char *list, bool *marks, mark_one *one)
{
	for (list += strspn(list, "; "); *list; list += strspn(list, "; ")) {
		size_t size = strcspn(list, ";"), next = size;

		while (size && list[size - 1] == ' ')
			size--;
		one(r, column, list, size, marks);
		list += next;
	}
}

static void read_targets(struct reading *r, size_t column, const char *list, struct demand *demand)
{
	demand->exercises = prove_alloc(r->hazards->pack->base->nexercises, sizeof(bool));
	mark_all(r, column, list, demand->exercises, mark);
}

static void read_questions(struct reading *r, size_t column, const char *list,
                           struct demand *demand)
{
	demand->questions = prove_alloc(r->hazards->pack->base->nquestions, sizeof(bool));
	mark_all(r, column, list, demand->questions, mark_question);
}

static void read_level(struct reading *r, size_t column, const char *name, struct demand *demand)
{
	const struct names *names = r->hazards->pack->base->names;
	const struct name *found;

	name += strspn(name, " ");
	found = scap__names_find(names, name, strlen(name));
	if (found && found->kind == NAME_LEVEL)
		demand->level = found->index;
	else
		unknown(r, column, name, strlen(name), E_UNKNOWN_LEVEL, "level", names,
		        1u << NAME_LEVEL);
}

static bool none_of(const bool *marks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (marks[i])
			return false;
	return true;
}

/* True for what no pack could fail to meet. */
static bool says_nothing(const struct reading *r, const struct demand *demand)
{
	const struct rulebase *base = r->hazards->pack->base;

	switch (demand->kind) {
	case DEMAND_LEAST: return demand->level == 0;
	case DEMAND_MOST: return demand->level + 1 == base->nlevels;
	case DEMAND_NEVER:
	case DEMAND_ALLOWS: return none_of(demand->exercises, base->nexercises);
	case DEMAND_ASKS: return none_of(demand->questions, base->nquestions);
	default: return false;
	}
}

static void refuse_demand(struct reading *r, size_t column, const char *text, const char *why)
{
	r->wrong = true;
	scap__report_add(r->hazards->report, E_BAD_MUST, part_of(r, column, text, strlen(text)),
	                 "'%s' %s: level >= X, level <= X, no routine, routine, never X;Y, "
	                 "allows X;Y or asks X;Y", text, why);
}

static void read_demand(struct reading *r, size_t column, struct demand *demand)
{
	static const struct {
		const char *words;
		enum demand_kind kind;
		void (*rest)(struct reading *r, size_t column, const char *rest,
		             struct demand *demand);
	} forms[] = {
		{"level >=", DEMAND_LEAST, read_level},   {"level <=", DEMAND_MOST, read_level},
		{"no routine", DEMAND_NO_ROUTINE, NULL},  {"routine", DEMAND_ROUTINE, NULL},
		{"never ", DEMAND_NEVER, read_targets},   {"allows ", DEMAND_ALLOWS, read_targets},
		{"asks ", DEMAND_ASKS, read_questions},
	};
	const char *text = cell_of(r, column)->text;

	*demand = (struct demand){.text = text};
	if (!*text)
		return;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		size_t size = strlen(forms[i].words);

		if (strncmp(text, forms[i].words, size) || (!forms[i].rest && text[size]))
			continue;
		demand->kind = forms[i].kind;
		if (forms[i].rest)
			forms[i].rest(r, column, text + size, demand);
		if (!r->wrong && says_nothing(r, demand))
			refuse_demand(r, column, text, "says nothing");
		return;
	}
	refuse_demand(r, column, text, "is not a demand");
}

/* ---- Rows --------------------------------------------------------------------------- */

static void refuse_findings(struct reading *r, const struct cond *cond)
{
	const struct cell *cell = cell_of(r, WHEN);

	if (cond->op == COND_FINDING) {
		r->wrong = true;
		scap__report_add(r->hazards->report, E_HAZARD_FINDING,
		                 part_of(r, WHEN, cell->text + cond->at, cond->size),
		                 "'%.*s' is a finding; a hazard names questions only",
		                 (int)cond->size, cell->text + cond->at);
	}
	for (size_t i = 0; i < cond->nitems; i++)
		refuse_findings(r, cond->items[i]);
}

static void check_sources(struct reading *r)
{
	const struct names *names = r->hazards->pack->base->sources_by_name;
	const char *list = cell_of(r, SOURCE)->text;

	for (list += strspn(list, "; "); *list; list += strspn(list, "; ")) {
		size_t size = strcspn(list, "; ");

		if (!scap__names_find(names, list, size))
			unknown(r, SOURCE, list, size, E_UNKNOWN_SOURCE, "source", names,
			        1u << NAME_SOURCE);
		list += size;
	}
}

static void check_cells(struct reading *r)
{
	const struct cell *id = cell_of(r, ID);

	for (size_t i = 0; i < COLUMNS; i++)
		if (columns[i].need == COLUMN_FILLED && !cell_of(r, i)->size) {
			r->wrong = true;
			if (r->where[i] < r->hazards->table.ncolumns)
				scap__report_add(r->hazards->report, E_BLANK_CELL,
				                 scap__cell_place(&r->hazards->table,
				                                  cell_of(r, i)),
				                 "'%s' is blank", columns[i].name);
		}
	for (const struct row *row = r->hazards->table.rows; id->size && row < r->row; row++)
		if (!strcmp(row->cells[r->where[ID]].text, id->text)) {
			r->wrong = true;
			scap__report_add(r->hazards->report, E_DUPLICATE_ROW,
			                 scap__cell_place(&r->hazards->table, id),
			                 "the hazard '%s' stands in line %u, too", id->text, row->line);
			break;
		}
}

static void free_demand(struct demand *demand)
{
	free(demand->exercises);
	free(demand->questions);
}

static bool read_row(struct hazards *hazards, const size_t *where, const struct row *row)
{
	struct reading r = {.hazards = hazards, .where = where, .row = row};
	struct hazard hazard = {.line = row->line};
	bool no_memory = false;

	if (row->broken)
		return true; /* reported by the table */
	check_cells(&r);
	check_sources(&r);
	hazard.id = cell_of(&r, ID)->text;
	hazard.when_text = cell_of(&r, WHEN)->text;
	hazard.because = cell_of(&r, BECAUSE)->text;
	hazard.source = cell_of(&r, SOURCE)->text;
	if (cell_of(&r, WHEN)->size)
		hazard.when = scap__cond_parse(hazards->pack->base, hazards->report,
		                               &hazards->table, cell_of(&r, WHEN), &no_memory);
	if (hazard.when)
		refuse_findings(&r, hazard.when);
	read_demand(&r, MUST, &hazard.must);
	read_demand(&r, IF_UNKNOWN, &hazard.if_unknown);
	if (hazard.when && !r.wrong) {
		hazards->list = prove_grow(hazards->list, hazards->count, sizeof(hazard));
		hazards->list[hazards->count++] = hazard;
		return !no_memory;
	}
	free_demand(&hazard.must);
	free_demand(&hazard.if_unknown);
	return !no_memory;
}

static void hash(const char *bytes, size_t size, char out[65])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)bytes, size);
	SHA256Final(digest, &context);
	for (size_t i = 0; i < SHA256_DIGEST_LENGTH; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static bool read_all(struct hazards *hazards, const char *file, char *bytes, size_t size)
{
	size_t where[COLUMNS];

	if (!bytes ||
	    !scap__table_read(&hazards->table, hazards->arena, hazards->report, file, bytes,
	                                size))
		return false;
	if (!hazards->table.header)
		return true;
	scap__table_columns(&hazards->table, columns, COLUMNS, where, hazards->report);
	for (size_t i = 0; i < hazards->table.nrows; i++)
		if (!read_row(hazards, where, &hazards->table.rows[i]))
			return false;
	return true;
}

struct hazards *prove_hazards_read(scap_pack *pack, const char *file, const char *bytes,
                                   size_t size,
                                   struct scap_report *report)
{
	struct hazards *hazards = prove_alloc(1, sizeof(*hazards));

	*hazards = (struct hazards){.pack = pack, .report = report, .arena = scap__arena_new()};
	hash(bytes, size, hazards->sha256);
	if (hazards->arena &&
	    read_all(hazards, file, scap__arena_copy(hazards->arena, bytes, size), size))
		return hazards;
	prove_hazards_free(hazards);
	return NULL;
}

void prove_hazards_free(struct hazards *hazards)
{
	if (!hazards)
		return;
	for (size_t i = 0; i < hazards->count; i++) {
		free_demand(&hazards->list[i].must);
		free_demand(&hazards->list[i].if_unknown);
	}
	free(hazards->list);
	scap__arena_free(hazards->arena);
	free(hazards);
}
