/* SPDX-License-Identifier: MIT
 *
 * Choices, levels, questions and the names of findings: the words that
 * conditions are made of.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/number.h"
#include "base/text.h"
#include "rulebase/loader.h"

enum { TYPE, NAME, LABEL, HINT, RELEVANT, CONSTRAINT, MESSAGE, SECTION, SCREEN, RED_FLAG, TYPICAL };

static bool load_choice(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	const struct cell *list_name = scap__record_cell(record, 0);
	const struct cell *cell = scap__record_cell(record, 1);
	struct name *name = scap__names_find(base->lists_by_name, list_name->text, list_name->size);
	struct scap_choice *choices;
	struct list *list;

	if (!name) {
		struct list *lists = scap__arena_grow(base->arena, base->lists, base->nlists,
		                                      sizeof(*lists));

		if (!lists ||
		    !scap__record_define(record, 0, base->lists_by_name, NAME_LIST, base->nlists,
		                         &name))
			return false;
		base->lists = lists;
		if (!name)
			return true;
		lists[base->nlists++] = (struct list){.name = name->text};
	}
	list = &base->lists[name->index];
	if (!scap__record_name(record, 1))
		return true;
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->choices[i].name, cell->text)) {
			scap__record_error(record, 1, E_DUPLICATE_NAME,
			                   "'%s' stands twice in the list '%s'", cell->text,
			                   list->name);
			return true;
		}
	if (list->count == LIMIT_CHOICES) {
		scap__record_error(record, 1, E_TOO_MANY, "the list '%s' has over %d choices",
		                   list->name, LIMIT_CHOICES);
		return true;
	}
	choices = scap__arena_grow(base->arena, list->choices, list->count, sizeof(*choices));
	if (!choices)
		return false;
	list->choices = choices;
	choices[list->count++] = (struct scap_choice){cell->text, scap__record_text(record, 2)};
	return true;
}

static bool load_level(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	long urgency = scap__record_number(record, 2, -1000000, 1000000, LONG_MAX);
	struct level *levels;
	struct name *name;

	if (base->nlevels == LIMIT_LEVELS) {
		scap__record_error(record, 0, E_TOO_MANY, "over %d levels", LIMIT_LEVELS);
		return true;
	}
	levels = scap__arena_grow(base->arena, base->levels, base->nlevels, sizeof(*levels));
	if (!levels ||
	    !scap__record_define(record, 0, base->names, NAME_LEVEL, base->nlevels, &name))
		return false;
	base->levels = levels;
	for (size_t i = 0; i < base->nlevels; i++)
		if (levels[i].shown.urgency == urgency && urgency != LONG_MAX)
			scap__record_error(record, 2, E_DUPLICATE_URGENCY,
			                   "'%s' has the urgency %ld, too", levels[i].shown.name,
			                   urgency);
	if (!name)
		return true;
	levels[base->nlevels++] = (struct level){
		{name->text, scap__record_text(record, 1), scap__record_text(record, 4), urgency,
		 scap__record_yes(record, 3)},
		scap__record_origin(record),
	};
	return true;
}

static int by_urgency(const void *a, const void *b)
{
	const struct level *x = a, *y = b;

	return (x->shown.urgency > y->shown.urgency) - (x->shown.urgency < y->shown.urgency);
}

static void sort_levels(struct rulebase *base)
{
	if (base->nlevels)
		qsort(base->levels, base->nlevels, sizeof(*base->levels), by_urgency);
	for (size_t i = 0; i < base->nlevels; i++) {
		const char *name = base->levels[i].shown.name;

		scap__names_find(base->names, name, strlen(name))->index = (unsigned)i;
	}
}

/* Names the type that is none, or that takes no list; SIZE is that of its word. */
static void refuse_type(const struct record *record, size_t size)
{
	const struct cell *cell = scap__record_cell(record, TYPE);
	struct near near = scap__near_begin(cell->text, size);
	char hint[96];

	for (enum scap_type type = SCAP_YES_NO; type <= SCAP_FREE_TEXT; type++)
		scap__near_offer(&near, scap__type_word(type));
	if (near.word && !near.far)
		scap__record_error(record, TYPE, E_UNKNOWN_TYPE, "the type '%s' takes no list",
		                   near.word);
	else
		scap__record_error(record, TYPE, E_UNKNOWN_TYPE, "unknown type '%.*s'%s", (int)size,
		                   cell->text, scap__near_hint(&near, hint));
}

/* Reads `select_one LIST` and the like. */
static void read_type(const struct record *record, struct question *question)
{
	const struct cell *cell = scap__record_cell(record, TYPE);
	const char *space = memchr(cell->text, ' ', cell->size);
	size_t size = space ? (size_t)(space - cell->text) : cell->size, rest = cell->size - size;
	const char *list = cell->text + size;
	const struct rulebase *base = record->loader->base;
	const struct name *name;
	enum scap_type type;

	for (type = SCAP_YES_NO; type <= SCAP_FREE_TEXT; type++)
		if (strlen(scap__type_word(type)) == size &&
		    !memcmp(scap__type_word(type), cell->text, size))
			break;
	scap__text_trim(&list, &rest);
	question->shown.type = type <= SCAP_FREE_TEXT ? type : SCAP_FREE_TEXT;
	if (type > SCAP_FREE_TEXT ||
	    (rest && type != SCAP_SELECT_ONE && type != SCAP_SELECT_MULTIPLE)) {
		question->doubtful = true;
		if (cell->size)
			refuse_type(record, size);
		return;
	}
	if (type != SCAP_SELECT_ONE && type != SCAP_SELECT_MULTIPLE)
		return;
	name = scap__names_find(base->lists_by_name, list, rest);
	if (!name && !rest)
		scap__record_error(record, TYPE, E_UNKNOWN_LIST, "'%s' needs a list, like '%s LIST'",
		                   cell->text, cell->text);
	else if (!name)
		scap__record_unknown(record, TYPE, (size_t)(list - cell->text), rest,
		                     E_UNKNOWN_LIST, "list", base->lists_by_name, 1u << NAME_LIST);
	question->doubtful = !name;
	if (!name)
		return;
	question->shown.nchoices = base->lists[name->index].count;
	question->shown.choices = base->lists[name->index].choices;
}

/* A..B */
static void read_bounds(const struct record *record, struct question *question)
{
	const struct cell *cell = scap__record_cell(record, CONSTRAINT);
	const char *dots = strstr(cell->text, ".."), *from = cell->text;
	const char *to = dots ? dots + 2 : from;
	size_t from_size = dots ? (size_t)(dots - from) : 0, to_size = dots ? strlen(to) : 0;
	int64_t low, high;

	scap__text_trim(&from, &from_size);
	scap__text_trim(&to, &to_size);
	if (!dots || scap__number_read(from, from_size, &low) ||
	    scap__number_read(to, to_size, &high)) {
		scap__record_error(record, CONSTRAINT, E_BAD_CONSTRAINT, "'%s' is not like 0..10",
		                   cell->text);
		return;
	}
	if (question->shown.type == SCAP_INTEGER &&
	    !(scap__number_whole(low) && scap__number_whole(high))) {
		scap__record_error(record, CONSTRAINT, E_BAD_CONSTRAINT,
		                   "'%s' is for whole numbers, and so should its ends be",
		                   cell->text);
		return;
	}
	if (low > high) {
		scap__record_error(record, CONSTRAINT, E_BAD_RANGE, "the range runs backwards");
		return;
	}
	question->low = low;
	question->high = high;
}

/* /pattern/ */
static bool read_pattern(const struct record *record, struct question *question)
{
	const struct cell *cell = scap__record_cell(record, CONSTRAINT);
	pcre2_code *code;
	PCRE2_SIZE at;
	PCRE2_UCHAR message[128];
	int error;

	if (cell->size < 3 || cell->text[0] != '/' || cell->text[cell->size - 1] != '/') {
		scap__record_error(record, CONSTRAINT, E_BAD_CONSTRAINT,
		                   "'%s' is not a pattern like /[A-Z]+/", cell->text);
		return true;
	}
	code = pcre2_compile((PCRE2_SPTR)cell->text + 1, cell->size - 2,
	                     PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED |
	                             PCRE2_NEVER_BACKSLASH_C,
	                     &error, &at, NULL);
	if (code) {
		question->pattern = code;
		return true;
	}
	pcre2_get_error_message(error, message, sizeof(message));
	if (error == PCRE2_ERROR_NOMEMORY || error == 121 /* failed to allocate heap */)
		return false;
	scap__record_part_error(record, CONSTRAINT, at + 1, 1, E_BAD_PATTERN, "%s",
	                        (const char *)message);
	return true;
}

static bool read_constraint(const struct record *record, struct question *question)
{
	const struct cell *cell = scap__record_cell(record, CONSTRAINT);

	question->low = -999999999 * NUMBER_ONE;
	question->high = 999999999 * NUMBER_ONE;
	if (!cell->size || question->doubtful)
		return true;
	switch (question->shown.type) {
	case SCAP_INTEGER:
	case SCAP_DECIMAL:
		read_bounds(record, question);
		return true;
	case SCAP_FREE_TEXT:
		return read_pattern(record, question);
	default:
		scap__record_error(record, CONSTRAINT, E_BAD_CONSTRAINT,
		                   "a %s question takes no constraint",
		                   scap__type_word(question->shown.type));
		return true;
	}
}

static bool load_question(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct question *questions;
	struct question question = {.origin = scap__record_origin(record)};
	struct name *name;

	if (base->nquestions == LIMIT_QUESTIONS) {
		scap__record_error(record, NAME, E_TOO_MANY, "over %d questions", LIMIT_QUESTIONS);
		return true;
	}
	questions = scap__arena_grow(base->arena, base->questions, base->nquestions,
	                             sizeof(*questions));
	if (!questions || !scap__record_define(record, NAME, base->names, NAME_QUESTION,
	                                       base->nquestions, &name))
		return false;
	base->questions = questions;
	read_type(record, &question);
	if (!read_constraint(record, &question))
		return false;
	question.shown.name = name ? name->text : "";
	question.shown.label = scap__record_text(record, LABEL);
	question.shown.hint = scap__record_text(record, HINT);
	question.shown.section = scap__record_text(record, SECTION);
	question.shown.screen = scap__record_text(record, SCREEN);
	question.shown.constraint = scap__record_text(record, CONSTRAINT);
	question.shown.constraint_message = scap__record_text(record, MESSAGE);
	question.shown.red_flag = scap__record_yes(record, RED_FLAG);
	question.typical = scap__record_text(record, TYPICAL);
	if (!question.shown.screen[0])
		question.shown.screen = question.shown.name;
	if (question.shown.red_flag && question.shown.type != SCAP_YES_NO && !question.doubtful)
		scap__record_error(record, RED_FLAG, E_RED_FLAG_TYPE,
		                   "'%s' is no yes/no question, so it can't be a red flag",
		                   question.shown.name);
	if (!name) {
		pcre2_code_free(question.pattern);
		return true;
	}
	questions[base->nquestions++] = question;
	return true;
}

/* A person's own words first, then what may be a red flag. */
enum { RANK_OTHER, RANK_GATE, RANK_WORDS };

static int rank_of(const struct question *question)
{
	if (question->shown.type == SCAP_FREE_TEXT && !question->gate)
		return RANK_WORDS;
	return question->gate ? RANK_GATE : RANK_OTHER;
}

/* Numbers the screens in the order they are asked: by rank, else as they first appear. */
static void number_screens(struct rulebase *base)
{
	struct question *questions = base->questions;

	for (size_t i = 0; i < base->nquestions; i++)
		for (size_t j = 0; j < base->nquestions; j++)
			if (questions[j].shown.red_flag &&
			    !strcmp(questions[i].shown.screen, questions[j].shown.screen))
				questions[i].gate = true;
	for (int rank = RANK_WORDS; rank >= RANK_OTHER; rank--)
		for (size_t i = 0; i < base->nquestions; i++) {
			size_t first = 0;

			if (rank_of(&questions[i]) != rank)
				continue;
			while (strcmp(questions[first].shown.screen, questions[i].shown.screen) != 0)
				first++;
			questions[i].screen = first == i ? (unsigned)base->nscreens++
			                                 : questions[first].screen;
		}
}

/* Several rows may give one finding, so the name is entered once. */
static bool load_finding_name(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, 2);
	const struct name *found = scap__names_find(base->names, cell->text, cell->size);
	struct finding *findings;
	struct name *name;

	if (found && found->kind == NAME_FINDING)
		return true;
	if (base->nfindings == LIMIT_FINDINGS) {
		scap__record_error(record, 2, E_TOO_MANY, "over %d findings", LIMIT_FINDINGS);
		return true;
	}
	findings = scap__arena_grow(base->arena, base->findings, base->nfindings,
	                            sizeof(*findings));
	if (!findings || !scap__record_define(record, 2, base->names, NAME_FINDING,
	                                      base->nfindings, &name))
		return false;
	base->findings = findings;
	if (name)
		findings[base->nfindings++] = (struct finding){.name = name->text};
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct finding *)a)->name, ((const struct finding *)b)->name);
}

bool scap__load_vocabulary(struct loader *loader)
{
	struct rulebase *base = loader->base;

	if (!scap__load_rows(loader, FILE_CHOICES, load_choice) ||
	    !scap__load_rows(loader, FILE_LEVELS, load_level))
		return false;
	sort_levels(base);
	if (!scap__load_rows(loader, FILE_QUESTIONS, load_question))
		return false;
	number_screens(base);
	if (!scap__load_rows(loader, FILE_FINDINGS, load_finding_name))
		return false;
	if (base->nfindings)
		qsort(base->findings, base->nfindings, sizeof(*base->findings), by_name);
	for (size_t i = 0; i < base->nfindings; i++) {
		const char *name = base->findings[i].name;

		scap__names_find(base->names, name, strlen(name))->index = (unsigned)i;
	}
	return true;
}
