/* SPDX-License-Identifier: MIT */
#include "batch/intake.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct binder {
	struct intake *intake;
	const char *const *ignore;
	intake_problem *problem;
	void *ctx;
	size_t column;
	const char *text; /* the column's name as it stands */
	char name[2 * LIMIT_NAME_BYTES + 2]; /* of the column, as a question would have it */
	size_t size;
	bool wanted; /* not told to ignore it */
};

static void __attribute__((format(printf, 3, 4))) tell(struct binder *b, enum code code,
                                                       const char *format, ...)
{
	char message[400];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	b->problem(b->ctx, b->column, code, message);
}

static bool told_to_ignore(const struct binder *b)
{
	char name[sizeof(b->name)];

	for (const char *const *each = b->ignore; each && *each; each++) {
		size_t size = scap__text_as_name(*each, strlen(*each), name, sizeof(name));

		if (size == b->size && !memcmp(name, b->name, size))
			return true;
	}
	return false;
}

static struct multiple *multiple_of(struct intake *intake, unsigned question)
{
	for (size_t i = 0; i < intake->nmultiples; i++)
		if (intake->multiples[i].question == question)
			return &intake->multiples[i];
	intake->multiples[intake->nmultiples] = (struct multiple){.question = question};
	return &intake->multiples[intake->nmultiples++];
}

/* Columns that names `question/choice` or `question/none`. False: no such. */
static bool bind_choice(struct binder *b, const struct name *found, size_t slash)
{
	struct intake *intake = b->intake;
	const struct scap_question *question = &intake->pack->base->questions[found->index].shown;
	struct binding *binding = &intake->bindings[b->column];
	const char *choice = b->name + slash + 1;
	size_t size = b->size - slash - 1;

	if (question->type != SCAP_SELECT_MULTIPLE)
		return false;
	binding->question = found->index;
	binding->multiple = (unsigned)(multiple_of(intake, found->index) - intake->multiples);
	binding->kind = BIND_NONE;
	if (size == 4 && !memcmp(choice, "none", 4))
		return true;
	binding->kind = BIND_CHOICE;
	for (size_t i = 0; i < question->nchoices; i++)
		if (strlen(question->choices[i].name) == size &&
		    !memcmp(question->choices[i].name, choice, size)) {
			binding->choice = (unsigned)i;
			return true;
		}
	binding->kind = BIND_IGNORED;
	return false;
}

static void bind_question(struct binder *b, unsigned question)
{
	const struct network *net = b->intake->pack->net;
	struct binding *binding = &b->intake->bindings[b->column];
	enum scap_type type = b->intake->pack->base->questions[question].shown.type;
	unsigned tests = net->first_answer[question + 1] - net->first_answer[question];

	binding->question = question;
	binding->kind = BIND_QUESTION;
	binding->answer = net->first_answer[question];
	binding->tests = tests;
	if (type == SCAP_YES_NO && tests == 1)
		binding->kind = BIND_YES_NO;
	if (type == SCAP_SELECT_MULTIPLE) {
		binding->kind = BIND_MULTIPLE;
		binding->multiple =
			(unsigned)(multiple_of(b->intake, question) - b->intake->multiples);
	}
}

/* An unknown column: nearly a question's name is an error, anything else is
 * ignored with a warning. */
static void bind_nothing(struct binder *b)
{
	const struct names *names = b->intake->pack->base->names;
	const char *slash = memchr(b->name, '/', b->size);
	size_t size = slash ? (size_t)(slash - b->name) : b->size;
	const struct name *near = scap__names_near(names, b->name, size, 1u << NAME_QUESTION);

	if (near && slash && strlen(near->text) == size && !memcmp(near->text, b->name, size))
		tell(b, E_NEAR_QUESTION, "the column '%s' names no choice of '%s'", b->text,
		     near->text);
	else if (near && b->size)
		tell(b, E_NEAR_QUESTION, "the column '%s' is no %s (did you mean '%s%s'?)", b->text,
		     slash ? "choice of a question" : "question", near->text, slash ? "/..." : "");
	else if (!b->text[strspn(b->text, " \t\r\n")])
		tell(b, E_IGNORED_COLUMN, "column %zu has no name; what stands under it is not used",
		     b->column + 1);
	else
		tell(b, E_IGNORED_COLUMN, "the column '%s' is no question and is ignored", b->text);
}

static void bind_column(struct binder *b, const char *text)
{
	const struct names *names = b->intake->pack->base->names;
	const char *trimmed = text, *slash;
	size_t size = strlen(text);
	const struct name *found;

	b->text = text;
	scap__text_trim(&trimmed, &size);
	b->size = scap__text_as_name(trimmed, size, b->name, sizeof(b->name) - 1);
	b->intake->bindings[b->column].kind = BIND_IGNORED;
	if (told_to_ignore(b))
		return;
	if (b->size == 2 && !memcmp(b->name, "id", 2)) {
		b->intake->bindings[b->column].kind = BIND_ID;
		return;
	}
	slash = memchr(b->name, '/', b->size);
	found = scap__names_find(names, b->name, slash ? (size_t)(slash - b->name) : b->size);
	if (!found || found->kind != NAME_QUESTION)
		bind_nothing(b);
	else if (!slash)
		bind_question(b, found->index);
	else if (!bind_choice(b, found, (size_t)(slash - b->name)))
		bind_nothing(b);
}

static bool same_answer(const struct binding *a, const struct binding *b)
{
	if (a->kind != b->kind || a->kind <= BIND_IGNORED)
		return false;
	return a->kind == BIND_ID || (a->question == b->question && a->choice == b->choice);
}

static void check_twice(struct binder *b, const char *text)
{
	struct intake *intake = b->intake;

	for (size_t i = 0; i < b->column; i++)
		if (same_answer(&intake->bindings[i], &intake->bindings[b->column])) {
			tell(b, E_SAME_QUESTION, "the column '%s' says again what another says",
			     text);
			return;
		}
}

static bool any_boxes(const struct intake *intake)
{
	for (size_t i = 0; i < intake->ncolumns; i++)
		if (intake->bindings[i].kind >= BIND_MULTIPLE)
			return true;
	return false;
}

/* A select_multiple whose cell stands alone needs no putting together. Returns
 * false when memory is out. */
static bool settle(struct intake *intake)
{
	size_t wanted = 0;

	for (size_t i = 0; i < intake->ncolumns; i++) {
		struct binding *binding = &intake->bindings[i];
		bool boxes = false;

		for (size_t j = 0; j < intake->ncolumns; j++)
			boxes |= intake->bindings[j].kind > BIND_MULTIPLE &&
			         intake->bindings[j].question == binding->question;
		if (binding->kind == BIND_MULTIPLE && !boxes)
			binding->kind = BIND_QUESTION;
		wanted += binding->kind == BIND_QUESTION;
	}
	if (!any_boxes(intake))
		intake->nmultiples = 0;
	intake->memos = calloc(wanted * MEMOS + 1, sizeof(*intake->memos));
	for (size_t i = 0; intake->memos && i < intake->ncolumns; i++)
		if (intake->bindings[i].kind == BIND_QUESTION && intake->bindings[i].tests <= 64)
			intake->bindings[i].memos = intake->memos + --wanted * MEMOS;
	return intake->memos != NULL;
}

static void find_absent(struct intake *intake)
{
	const struct rulebase *base = intake->pack->base;

	for (unsigned q = 0; q < base->nquestions; q++) {
		bool there = !base->questions[q].shown.red_flag;

		for (size_t i = 0; i < intake->ncolumns; i++)
			there |= (intake->bindings[i].kind == BIND_YES_NO ||
			          intake->bindings[i].kind == BIND_QUESTION) &&
			         intake->bindings[i].question == q;
		if (!there)
			intake->absent[intake->nabsent++] = q;
	}
}

bool scap__intake_bind(struct intake *intake, const scap_pack *pack, const char *const *names,
                       size_t count, const char *const *ignore, intake_problem *problem,
                       void *ctx)
{
	struct binder b = {.intake = intake, .ignore = ignore, .problem = problem, .ctx = ctx};

	*intake = (struct intake){.pack = pack, .ncolumns = count};
	intake->bindings = calloc(count + 1, sizeof(*intake->bindings));
	intake->multiples = calloc(count + 1, sizeof(*intake->multiples));
	intake->absent = calloc(pack->base->nquestions + 1, sizeof(*intake->absent));
	if (!intake->bindings || !intake->multiples || !intake->absent)
		return false;
	for (b.column = 0; b.column < count; b.column++) {
		bind_column(&b, names[b.column]);
		check_twice(&b, names[b.column]);
	}
	for (size_t i = count; i-- > 0;)
		if (intake->bindings[i].kind >= BIND_MULTIPLE)
			intake->multiples[intake->bindings[i].multiple].column = (unsigned)i;
	find_absent(intake);
	return settle(intake);
}

void scap__intake_free(struct intake *intake)
{
	free(intake->bindings);
	free(intake->memos);
	free(intake->multiples);
	free(intake->absent);
	*intake = (struct intake){0};
}

enum code scap__multiple_take(const struct intake *intake, const struct binding *binding,
                              const char *text, size_t size)
{
	struct multiple *multiple = &intake->multiples[binding->multiple];
	struct value value;
	int yes;

	if (binding->kind == BIND_MULTIPLE)
		return scap__value_read(&intake->pack->base->questions[binding->question], text,
		                        size, &multiple->cell);
	scap__text_trim(&text, &size);
	yes = scap__value_yes_no(text, size);
	if (yes == -2) { /* `unknown` and `not_sure` are fine, too */
		struct question any = {.shown = {.type = SCAP_YES_NO}};

		return scap__value_read(&any, text, size, &value);
	}
	if (binding->kind == BIND_NONE)
		multiple->none |= yes == 1;
	else if (yes == 1)
		multiple->ticked |= UINT64_C(1) << binding->choice;
	else if (yes == 0)
		multiple->denied |= UINT64_C(1) << binding->choice;
	return 0;
}

enum code scap__multiple_close(struct multiple *multiple, struct value *value)
{
	struct multiple row = *multiple;
	bool boxes = row.ticked || row.none;

	*multiple = (struct multiple){.question = row.question, .column = row.column};
	*value = row.cell;
	if (row.none && row.ticked)
		return E_NONE_NOT_ALONE;
	if (row.cell.state != VALUE_GIVEN) {
		if (boxes)
			*value = (struct value){VALUE_GIVEN, 0, row.ticked};
		return 0;
	}
	if ((row.cell.choices & row.denied) || (row.ticked & ~row.cell.choices) ||
	    (row.none && row.cell.choices))
		return E_DISAGREE;
	return 0;
}
