/* SPDX-License-Identifier: MIT
 *
 * The questions as an XLSForm: the three sheets that ODK, Kobo and their like read. What
 * can't be said there is an error; nothing is left out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/text.h"
#include "engine/pack.h"
#include "report/row.h"
#include "report/text.h"
#include "report/xpath.h"

enum { LONGEST_CELL = 32767 }; /* of a spreadsheet */

struct form {
	const struct rulebase *base;
	struct scap_report *report;
	struct buffer *out, cell;
	bool wrong, no_memory;
};

/* A row of survey.csv; what is NULL is blank. */
struct survey_row {
	const char *type, *list, *name, *label, *hint;
	const char *required, *relevant, *constraint, *message, *appearance;
};

static void write_cell(struct form *f, const char *text, char after)
{
	if (text)
		scap__row_cell(f->out, text, strlen(text));
	scap__buffer_char(f->out, after);
}

static void write_row(struct form *f, const struct survey_row *row)
{
	scap__buffer_text(f->out, row->type);
	if (row->list)
		scap__buffer_printf(f->out, " %s", row->list);
	scap__buffer_char(f->out, ',');
	write_cell(f, row->name, ',');
	write_cell(f, row->label, ',');
	write_cell(f, row->hint, ',');
	write_cell(f, row->required, ',');
	write_cell(f, row->relevant, ',');
	write_cell(f, row->constraint, ',');
	write_cell(f, row->message, ',');
	write_cell(f, row->appearance, '\n');
}

static void refuse(struct form *f, const struct question *question, const char *why)
{
	struct source source = {.file = question->origin.file,
	                        .first_line = question->origin.line};

	f->wrong = true;
	scap__report_add(f->report, E_UNTRANSLATED, (struct place){.source = &source},
	                 "'%s': %s", question->shown.name, why);
}

/* Texts of a form hold answers as `${name}`, so nobody else may write that. */
static void check_text(struct form *f, const struct question *question, const char *text)
{
	if (strstr(text, "${"))
		refuse(f, question, "'${' in one of its texts would be taken for an answer");
}

/* ---- One question ------------------------------------------------------------------------------- */

static const char *relevance(struct form *f, const struct question *question)
{
	if (!question->relevant)
		return NULL;
	f->cell.size = 0;
	scap__xpath_write(f->base, question->relevant, true, &f->cell);
	if (f->cell.failed && f->cell.size + 1024 < LONGEST_CELL)
		f->no_memory = true;
	else if (f->cell.failed)
		refuse(f, question, "what makes it relevant is too long for a cell of a form");
	return scap__buffer_string(&f->cell);
}

/* `A..B`, and that `none` stands alone. A pattern is read in another way there. */
static const char *limits(struct form *f, const struct question *question, char room[80])
{
	const struct scap_question *shown = &question->shown;
	char low[24], high[24];

	if (shown->type == SCAP_SELECT_MULTIPLE)
		return "not(selected(., 'none') and count-selected(.) > 1)";
	if (!shown->constraint[0])
		return NULL;
	if (shown->type == SCAP_FREE_TEXT) {
		refuse(f, question,
		       "its pattern can't be said in a form, whose patterns are of another kind; "
		       "leave the constraint out");
		return NULL;
	}
	scap__number_write(question->low, low);
	scap__number_write(question->high, high);
	snprintf(room, 80, ". >= %s and . <= %s", low, high);
	return room;
}

static void write_question(struct form *f, const struct question *question)
{
	const struct scap_question *shown = &question->shown;
	bool several = shown->type == SCAP_SELECT_MULTIPLE;
	struct survey_row row = {
		.type = scap__type_word(shown->type),
		.name = shown->name, .label = shown->label, .hint = shown->hint,
		.message = shown->constraint_message,
	};
	char room[80];

	check_text(f, question, shown->label);
	check_text(f, question, shown->hint);
	check_text(f, question, shown->constraint_message);
	if (shown->type == SCAP_YES_NO) {
		row.type = "select_one yes_no_unsure";
		row.required = "yes";
	} else if (shown->type == SCAP_SELECT_ONE || several) {
		row.list = shown->name;
	}
	if (several)
		row.message = "None of these can't stand together with something else.";
	row.relevant = relevance(f, question);
	row.constraint = limits(f, question, room);
	write_row(f, &row);
}

/* ---- The order of screens ------------------------------------------------------------------------ */

/* True if a screen has a question that rests on one of a screen not yet written. */
static bool waits(const struct rulebase *base, unsigned screen, const bool *written, bool *needed)
{
	for (size_t q = 0; q < base->nquestions; q++)
		if (base->questions[q].screen == screen && base->questions[q].relevant) {
			memset(needed, 0, base->nquestions * sizeof(*needed));
			scap__xpath_needs(base, base->questions[q].relevant, needed);
			for (size_t i = 0; i < base->nquestions; i++)
				if (needed[i] && base->questions[i].screen != screen &&
				    !written[base->questions[i].screen])
					return true;
		}
	return false;
}

/* The next screen: the first that need not wait. Where screens wait for each other the
 * first of them goes on; a question is then shown until it is known not to matter. */
static unsigned next_screen(const struct rulebase *base, const bool *written, bool *needed)
{
	unsigned first = 0;

	while (written[first])
		first++;
	for (unsigned s = first; s < base->nscreens; s++)
		if (!written[s] && !waits(base, s, written, needed))
			return s;
	return first;
}

/* True if the questions of a name stand apart, so that an earlier screen has it as well. */
static bool name_used(const struct rulebase *base, const struct question *first)
{
	for (size_t q = 0; q < base->nquestions; q++)
		if (base->questions[q].screen < first->screen &&
		    !strcmp(base->questions[q].shown.screen, first->shown.screen))
			return true;
	return false;
}

/* A name for a screen's group that no other group and no question has. */
static void name_group(const struct form *f, const struct question *first,
                       char room[2 * LIMIT_NAME_BYTES])
{
	const char *screen = first->shown.screen;
	bool plain = strlen(screen) <= LIMIT_NAME_BYTES &&
	             scap__text_is_name(screen, strlen(screen)) && !name_used(f->base, first);

	if (plain)
		snprintf(room, LIMIT_NAME_BYTES + 8, "screen_%s", screen);
	else
		snprintf(room, LIMIT_NAME_BYTES + 8, "screen_%u", first->screen + 1);
	while (scap__names_find(f->base->names, room, strlen(room)))
		strcat(room, "_");
}

static void write_screen(struct form *f, unsigned screen)
{
	const struct rulebase *base = f->base;
	const struct scap_question *first = NULL;
	char name[2 * LIMIT_NAME_BYTES];

	for (size_t q = 0; q < base->nquestions; q++) {
		if (base->questions[q].screen != screen)
			continue;
		if (!first && base->questions[q].shown.screen[0]) {
			first = &base->questions[q].shown;
			name_group(f, &base->questions[q], name);
			check_text(f, &base->questions[q], first->section);
			write_row(f, &(struct survey_row){.type = "begin_group", .name = name,
			                                  .label = first->section,
			                                  .appearance = "field-list"});
		}
		write_question(f, &base->questions[q]);
	}
	if (first)
		write_row(f, &(struct survey_row){.type = "end_group"});
}

/* ---- The sheets ------------------------------------------------------------------------------------ */

static void write_survey(struct form *f)
{
	size_t nscreens = f->base->nscreens;
	bool *written = calloc(nscreens + 1, sizeof(*written));
	bool *needed = calloc(f->base->nquestions + 1, sizeof(*needed));

	scap__buffer_text(f->out, "type,name,label,hint,required,relevant,constraint,"
	                          "constraint_message,appearance\n");
	f->no_memory |= !written || !needed;
	write_row(f, &(struct survey_row){.type = "note", .name = "note_emergency",
	                                  .label = f->base->settings.emergency});
	write_row(f, &(struct survey_row){.type = "note", .name = "note_disclaimer",
	                                  .label = f->base->settings.disclaimer});
	for (size_t i = 0; i < nscreens && !f->no_memory; i++) {
		unsigned screen = next_screen(f->base, written, needed);

		write_screen(f, screen);
		written[screen] = true;
	}
	free(written);
	free(needed);
}

static void write_choices(struct form *f)
{
	scap__buffer_text(f->out, "list_name,name,label\n"
	                          "yes_no_unsure,yes,Yes\n"
	                          "yes_no_unsure,no,No\n"
	                          "yes_no_unsure,not_sure,Not sure\n");
	for (size_t q = 0; q < f->base->nquestions; q++) {
		const struct question *question = &f->base->questions[q];

		for (size_t i = 0; i < question->shown.nchoices; i++) {
			const struct scap_choice *choice = &question->shown.choices[i];

			check_text(f, question, choice->label);
			scap__buffer_printf(f->out, "%s,%s,", question->shown.name, choice->name);
			write_cell(f, choice->label, '\n');
		}
		if (question->shown.type == SCAP_SELECT_MULTIPLE)
			scap__buffer_printf(f->out, "%s,none,None of these\n",
			                    question->shown.name);
	}
}

static void write_settings(struct form *f)
{
	const struct settings *settings = &f->base->settings;

	scap__buffer_text(f->out, "form_title,form_id,version,style\n");
	write_cell(f, settings->title, ',');
	write_cell(f, settings->name, ',');
	write_cell(f, settings->version, ',');
	scap__buffer_text(f->out, "pages\n");
}

unsigned scap_form(const scap_pack *pack, enum scap_sheet sheet, scap_write_fn *write, void *ctx,
                   scap_report *report)
{
	struct buffer out;
	struct form f = {.base = pack->base, .report = report, .out = &out};

	scap__buffer_init(&out, TEXT_LIMIT);
	scap__buffer_init(&f.cell, LONGEST_CELL);
	switch (sheet) {
	case SCAP_SURVEY: write_survey(&f); break;
	case SCAP_CHOICES: write_choices(&f); break;
	case SCAP_SETTINGS: write_settings(&f); break;
	}
	scap__buffer_free(&f.cell);
	if (!f.wrong && !f.no_memory)
		return scap__buffer_send(&out, write, ctx);
	scap__buffer_free(&out);
	return f.no_memory ? E_NO_MEMORY : E_UNTRANSLATED;
}
