/* SPDX-License-Identifier: MIT */
#include "batch/binder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { MOST_TABLES = 128 };

void scap__bind_tell(struct binder *b, enum code code, const char *format, ...)
{
	char message[400];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	b->problem(b->ctx, NULL, b->column, code, message);
}

bool scap__bind_ignored(const struct binder *b)
{
	char name[sizeof(b->name)];

	for (const char *const *each = b->options->ignore; each && *each; each++) {
		size_t size = scap__text_as_name(*each, strlen(*each), name, sizeof(name));

		if (size == b->size && !memcmp(name, b->name, size))
			return true;
	}
	return false;
}

struct multiple *scap__bind_multiple(struct intake *intake, unsigned question)
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
	binding->multiple = (unsigned)(scap__bind_multiple(intake, found->index) - intake->multiples);
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

void scap__bind_question(struct binder *b, unsigned question)
{
	const struct network *net = b->intake->pack->net;
	struct binding *binding = &b->intake->bindings[b->column];
	enum scap_type type = b->intake->pack->base->questions[question].shown.type;
	unsigned tests = net->first_answer[question + 1] - net->first_answer[question];

	binding->question = question;
	binding->kind = BIND_QUESTION;
	binding->tests = tests;
	if (tests) {
		unsigned bit = net->answer_bit[net->first_answer[question]];

		binding->word = bit / ANSWERS_IN_WORD;
		binding->shift = bit % ANSWERS_IN_WORD;
	}
	if (type == SCAP_FREE_TEXT && b->intake->pack->base->nphrases)
		binding->kind = BIND_TEXT;
	if (type == SCAP_SELECT_MULTIPLE) {
		binding->kind = BIND_MULTIPLE;
		binding->multiple =
			(unsigned)(scap__bind_multiple(b->intake, question) - b->intake->multiples);
	}
}

/* The choice of a select_multiple that a column means whose name has another sign
 * than `/` before it; NULL if there is none. */
static const struct scap_question *choice_meant(const struct binder *b, const char **choice)
{
	const struct rulebase *base = b->intake->pack->base;

	for (size_t q = 0; q < base->nquestions; q++) {
		const struct scap_question *question = &base->questions[q].shown;
		size_t size = strlen(question->name);
		size_t signs = 0;

		if (question->type != SCAP_SELECT_MULTIPLE || b->size <= size ||
		    memcmp(b->name, question->name, size) != 0)
			continue;
		while (size + signs < b->size && strchr("._:-/", b->name[size + signs]))
			signs++;
		if (!signs)
			continue;
		for (size_t i = 0; i < question->nchoices; i++)
			if (scap__text_same(b->name + size + signs, b->size - size - signs,
			                    question->choices[i].name)) {
				*choice = question->choices[i].name;
				return question;
			}
	}
	return NULL;
}

static bool named(const struct binder *b, const char *name)
{
	return strlen(name) == b->size && !memcmp(name, b->name, b->size);
}

bool scap__bind_reject(struct binder *b)
{
	static const char head[] = "reject_";
	struct binding *binding = &b->intake->bindings[b->column];

	if (b->size < sizeof(head) - 1 || memcmp(b->name, head, sizeof(head) - 1) != 0)
		return false;
	if (named(b, "reject_row"))
		binding->kind = BIND_REJECT_ROW;
	else if (named(b, "reject_at_least"))
		binding->kind = BIND_REJECT_FORCED;
	else if (named(b, "reject_not_ruled_out"))
		binding->kind = BIND_REJECT_LEVEL;
	b->intake->rejects |= binding->kind == BIND_REJECT_ROW;
	return true;
}

/* An unknown column: nearly a question's name is an error, anything else is
 * ignored with a warning, unless a rejects file has it. */
static void bind_nothing(struct binder *b)
{
	const struct names *names = b->intake->pack->base->names;
	const char *slash = memchr(b->name, '/', b->size);
	size_t size = slash ? (size_t)(slash - b->name) : b->size;
	const struct name *near = scap__names_near(names, b->name, size, 1u << NAME_QUESTION);
	const char *choice;
	const struct scap_question *meant = choice_meant(b, &choice);

	if (scap__bind_reject(b))
		return;
	if (meant)
		scap__bind_tell(b, E_NEAR_QUESTION, "the column '%s' is no choice of a question (did you mean "
		     "'%s/%s'?)", b->text, meant->name, choice);
	else if (near && slash && strlen(near->text) == size && !memcmp(near->text, b->name, size))
		scap__bind_tell(b, E_NEAR_QUESTION, "the column '%s' names no choice of '%s'", b->text,
		     near->text);
	else if (near && b->size)
		scap__bind_tell(b, E_NEAR_QUESTION, "the column '%s' is no %s (did you mean '%s%s'?)", b->text,
		     slash ? "choice of a question" : "question", near->text, slash ? "/..." : "");
	else if (!b->text[strspn(b->text, " \t\r\n")])
		scap__bind_tell(b, E_IGNORED_COLUMN, "column %zu has no name; what stands under it is not used",
		     b->column + 1);
	else if (!b->intake->uses || !b->intake->uses[b->column].keep)
		scap__bind_tell(b, E_IGNORED_COLUMN, "the column '%s' is no question and is ignored", b->text);
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
	if (scap__bind_asked(b))
		return;
	if (b->options->map) {
		scap__bind_mapped(b);
		return;
	}
	if (scap__bind_ignored(b))
		return;
	if (!b->options->id && b->size == 2 && !memcmp(b->name, "id", 2)) {
		b->intake->bindings[b->column].kind = BIND_ID;
		return;
	}
	slash = memchr(b->name, '/', b->size);
	found = scap__names_find(names, b->name, slash ? (size_t)(slash - b->name) : b->size);
	if (!found || found->kind != NAME_QUESTION)
		bind_nothing(b);
	else if (!slash)
		scap__bind_question(b, found->index);
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
			scap__bind_tell(b, E_SAME_QUESTION, "the column '%s' says again what another says",
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

/* A select_multiple whose cell stands alone needs no putting together. */
static void settle(struct intake *intake)
{
	for (size_t i = 0; i < intake->ncolumns; i++) {
		struct binding *binding = &intake->bindings[i];
		bool boxes = false;

		for (size_t j = 0; j < intake->ncolumns; j++)
			boxes |= intake->bindings[j].kind > BIND_MULTIPLE &&
			         intake->bindings[j].question == binding->question;
		if (binding->kind == BIND_MULTIPLE && !boxes)
			binding->kind = BIND_QUESTION;
	}
	if (!any_boxes(intake))
		intake->nmultiples = 0;
}

/* All yes/no questions of one test share their memos: the same texts say the same. */
static bool plain_yes_no(const struct intake *intake, const struct binding *binding)
{
	return intake->pack->base->questions[binding->question].shown.type == SCAP_YES_NO &&
	       binding->tests == 1;
}

static const struct map_values *values_of(const struct intake *intake, size_t column)
{
	const struct map_row *row = scap__intake_row(intake, &intake->bindings[column]);

	return row ? row->values : NULL;
}

/* The column before that has looked up the same values for such questions; COLUMN itself
 * if there is none. */
static size_t first_alike(const struct intake *intake, size_t column)
{
	const struct map_values *values = values_of(intake, column);

	for (size_t i = 0; i < column && values; i++)
		if (intake->bindings[i].memos && values_of(intake, i) == values &&
		    plain_yes_no(intake, &intake->bindings[i]))
			return i;
	return column;
}

static void share_memos(struct intake *intake, size_t column, size_t *tables)
{
	struct binding *binding = &intake->bindings[column];
	size_t alike = plain_yes_no(intake, binding) ? first_alike(intake, column) : column;
	size_t table = 0;

	if (alike == column && (values_of(intake, column) || !plain_yes_no(intake, binding)))
		table = (*tables)++;
	if (table >= MOST_TABLES)
		return;
	binding->lookup = QUICK_TEXT + 1;
	binding->memos = intake->memos + table * MEMOS;
	binding->longs = intake->longs + table * LONG_MEMOS;
	if (alike != column) {
		binding->memos = intake->bindings[alike].memos;
		binding->longs = intake->bindings[alike].longs;
	}
}

/* The memos of a question whose tests fill several words. False when memory is out. */
static bool give_wide(struct intake *intake, size_t column, size_t *tables)
{
	struct binding *binding = &intake->bindings[column];

	if (*tables >= MOST_TABLES)
		return true;
	share_memos(intake, column, tables);
	binding->lookup = 0;
	binding->longs = NULL;
	binding->nwide = (binding->shift + binding->tests + ANSWERS_IN_WORD - 1) / ANSWERS_IN_WORD;
	binding->wide = calloc(MEMOS * binding->nwide, sizeof(*binding->wide));
	return binding->wide != NULL;
}

/* Gives each column its memos. Of very many columns the last ones go without, so that
 * memory stays bounded. Returns false when memory is out. */
static bool give_memos(struct intake *intake)
{
	size_t tables = 1;

	intake->memos = calloc((size_t)MOST_TABLES * MEMOS, sizeof(*intake->memos));
	intake->longs = calloc((size_t)MOST_TABLES * LONG_MEMOS, sizeof(*intake->longs));
	if (!intake->memos || !intake->longs)
		return false;
	for (size_t i = 0; i < intake->ncolumns; i++)
		if (intake->bindings[i].kind == BIND_QUESTION) {
			if (intake->bindings[i].tests <= ANSWERS_IN_WORD)
				share_memos(intake, i, &tables);
			else if (!give_wide(intake, i, &tables))
				return false;
		}
	return true;
}

static void find_absent(struct intake *intake)
{
	const struct rulebase *base = intake->pack->base;

	for (unsigned q = 0; q < base->nquestions; q++) {
		bool there = !base->questions[q].shown.red_flag;

		for (size_t i = 0; i < intake->ncolumns; i++)
			there |= intake->bindings[i].kind == BIND_QUESTION &&
			         intake->bindings[i].question == q;
		if (!there)
			intake->absent[intake->nabsent++] = q;
	}
}

static bool bind_all(struct binder *b, size_t count, bool memos)
{
	struct intake *intake = b->intake;

	if (!intake->bindings || !intake->multiples || !intake->absent || !scap__bind_begin(b))
		return false;
	for (b->column = 0; b->column < count; b->column++) {
		bind_column(b, b->names[b->column]);
		check_twice(b, b->names[b->column]);
	}
	for (size_t i = count; i-- > 0;)
		if (intake->bindings[i].kind >= BIND_MULTIPLE)
			intake->multiples[intake->bindings[i].multiple].column = (unsigned)i;
	find_absent(intake);
	settle(intake);
	if (memos && !give_memos(intake))
		return false;
	scap__bind_end(b);
	return true;
}

bool scap__intake_bind(struct intake *intake, const scap_pack *pack, const char *const *names,
                       size_t count, const struct scap_score_options *options, bool memos,
                       intake_problem *problem, void *ctx)
{
	static const struct scap_score_options nothing;
	struct binder b = {.intake = intake, .options = options ? options : &nothing,
	                   .names = names, .problem = problem, .ctx = ctx};
	bool ok;

	*intake = (struct intake){.pack = pack, .ncolumns = count};
	intake->bindings = calloc(count + 1, sizeof(*intake->bindings));
	intake->multiples = calloc(count + 1, sizeof(*intake->multiples));
	intake->absent = calloc(pack->base->nquestions + 1, sizeof(*intake->absent));
	ok = bind_all(&b, count, memos);
	free(b.found);
	free(b.unmapped);
	free(b.kept);
	return ok;
}

void scap__intake_free(struct intake *intake)
{
	for (size_t i = 0; intake->bindings && i < intake->ncolumns; i++)
		free(intake->bindings[i].wide);
	free(intake->bindings);
	free(intake->memos);
	free(intake->longs);
	free(intake->multiples);
	free(intake->absent);
	free(intake->uses);
	*intake = (struct intake){0};
}
