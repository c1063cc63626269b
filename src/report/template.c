/* SPDX-License-Identifier: MIT
 *
 * An empty intake file, and what each of its columns takes.
 */
#include "base/buffer.h"
#include "engine/pack.h"
#include "report/row.h"
#include "report/text.h"

static void write_header(const struct rulebase *base, struct buffer *out)
{
	scap__buffer_text(out, "id");
	for (size_t i = 0; i < base->nquestions; i++)
		scap__buffer_printf(out, ",%s", base->questions[i].shown.name);
	scap__buffer_char(out, '\n');
}

static void write_cell(struct buffer *out, const char *text)
{
	scap__row_cell(out, text, strlen(text));
}

static void write_choices(const struct scap_question *question, const char *between,
                          struct buffer *cell)
{
	for (size_t i = 0; i < question->nchoices; i++)
		scap__buffer_printf(cell, "%s%s", i ? between : "", question->choices[i].name);
}

static void write_values(const struct scap_question *question, struct buffer *cell)
{
	switch (question->type) {
	case SCAP_YES_NO:
		scap__buffer_text(cell, "yes; no; not_sure");
		break;
	case SCAP_INTEGER:
		scap__buffer_printf(cell, "a whole number%s%s", question->constraint[0] ? ", " : "",
		                    question->constraint);
		break;
	case SCAP_DECIMAL:
		scap__buffer_printf(cell, "a number%s%s; a point, no comma",
		                    question->constraint[0] ? ", " : "", question->constraint);
		break;
	case SCAP_SELECT_ONE:
		scap__buffer_text(cell, "one of: ");
		write_choices(question, "; ", cell);
		break;
	case SCAP_SELECT_MULTIPLE:
		scap__buffer_text(cell, "names with spaces between: ");
		write_choices(question, " ", cell);
		scap__buffer_text(cell, "; or none");
		break;
	case SCAP_FREE_TEXT:
		scap__buffer_printf(cell, "any words%s%s", question->constraint[0] ? " that fit " : "",
		                    question->constraint);
	}
}

static void write_note(const struct question *question, struct buffer *cell)
{
	const char *between = "";

	if (question->shown.red_flag) {
		scap__buffer_text(cell, "A warning sign.");
		between = " ";
	}
	if (question->relevant) {
		scap__buffer_printf(cell, "%sOnly where: %s.", between, question->relevant_text);
		between = " ";
	}
	if (question->shown.hint[0])
		scap__buffer_printf(cell, "%s%s", between, question->shown.hint);
}

static void write_row(const struct question *question, struct buffer *cell, struct buffer *out)
{
	write_cell(out, question->shown.name);
	scap__buffer_char(out, ',');
	write_cell(out, question->shown.label);
	scap__buffer_printf(out, ",%s,", scap__type_word(question->shown.type));
	cell->size = 0;
	write_values(&question->shown, cell);
	scap__row_cell(out, cell->data, cell->size);
	scap__buffer_char(out, ',');
	cell->size = 0;
	write_note(question, cell);
	scap__row_cell(out, cell->data, cell->size);
	scap__buffer_char(out, '\n');
	out->failed |= cell->failed;
}

static void write_legend(const struct rulebase *base, struct buffer *out)
{
	struct buffer cell;

	scap__buffer_init(&cell, TEXT_LIMIT);
	scap__buffer_text(out, "column,question,type,values,note\n"
	                       "id,Whose row this is,text,any words without a line break,"
	                       "Each row needs its own. Where it is blank the number of the row "
	                       "counts.\n");
	for (size_t i = 0; i < base->nquestions; i++)
		write_row(&base->questions[i], &cell, out);
	scap__buffer_free(&cell);
}

unsigned scap_template(const scap_pack *pack, int legend, scap_write_fn *write, void *ctx)
{
	struct buffer out;

	scap__buffer_init(&out, TEXT_LIMIT);
	if (legend)
		write_legend(pack->base, &out);
	else
		write_header(pack->base, &out);
	return scap__buffer_send(&out, write, ctx);
}
