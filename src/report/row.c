/* SPDX-License-Identifier: MIT */
#include "report/row.h"

#include "base/text.h"

static void write_reasons(const struct verdict *verdict, struct buffer *out)
{
	const struct layout *layout = verdict->layout;
	const struct rule *rules = layout->net->base->rules;
	bool more = false;

	for (size_t i = 0; (i = scap__verdict_next(verdict->head, i, layout->nreasons)) <
	                   layout->nreasons; i++) {
		const struct reason *reason = &layout->reasons[i];

		if (more)
			scap__buffer_char(out, ';');
		more = true;
		scap__buffer_text(out, rules[reason->rule].id);
		if (!reason->certain)
			scap__buffer_char(out, '?');
	}
}

static void write_missing(const struct verdict *verdict, struct buffer *out)
{
	const struct network *net = verdict->layout->net;
	size_t first = verdict->layout->nreasons, end = verdict->layout->head_bits;
	bool more = false;

	for (size_t i = first; (i = scap__verdict_next(verdict->head, i, end)) < end; i++) {
		unsigned question = net->missing_order[i - first];

		if (more)
			scap__buffer_char(out, ';');
		more = true;
		scap__buffer_text(out, net->base->questions[question].shown.name);
	}
}

void scap__row_head(const struct verdict *verdict, struct buffer *out)
{
	const struct rulebase *base = verdict->layout->net->base;

	scap__buffer_char(out, ',');
	scap__buffer_text(out, base->levels[scap__verdict_level(verdict)].shown.name);
	scap__buffer_text(out, scap__verdict_certain(verdict) ? ",yes," : ",no,");
	write_reasons(verdict, out);
	scap__buffer_char(out, ',');
	write_missing(verdict, out);
}

static bool bears_on(const struct rule *rule, unsigned exercise)
{
	for (size_t i = 0; i < rule->ntargets; i++)
		if (rule->targets[i] == exercise)
			return true;
	return false;
}

/* `name:rule+rule?`, or nothing when no applying rule of this sort bears on it.
 * EXERCISE is NONE for the rules that avoid `all`. */
static void write_entry(const struct verdict *verdict, int exercise, const char *name, bool *more,
                        struct buffer *out)
{
	const struct layout *layout = verdict->layout;
	const struct rule *rules = &layout->net->base->rules[layout->first_exclusion], *rule;
	const char *between = ":";
	bool certain;

	for (size_t i = 0; (i = scap__verdict_exclusion(verdict, i)) < layout->nexclusions; i++) {
		rule = &rules[i];
		if (rule->all != (exercise == NONE) ||
		    !scap__verdict_excludes(verdict, i, &certain) ||
		    (exercise != NONE && !bears_on(rule, (unsigned)exercise)))
			continue;
		if (*between == ':') {
			if (*more)
				scap__buffer_char(out, ';');
			*more = true;
			scap__buffer_text(out, name);
		}
		scap__buffer_text(out, between);
		between = "+";
		scap__buffer_text(out, rule->id);
		if (!certain)
			scap__buffer_char(out, '?');
	}
}

void scap__row_routine(const struct session *session, struct buffer *out)
{
	const struct rulebase *base = session->layout->net->base;

	scap__buffer_char(out, ',');
	for (size_t i = 0; i < session->count; i++) {
		if (i)
			scap__buffer_char(out, ';');
		scap__buffer_text(out, base->exercises[session->list[i].exercise].name);
	}
}

void scap__row_excluded(const struct verdict *verdict, struct buffer *out)
{
	const struct rulebase *base = verdict->layout->net->base;
	bool more = false;

	scap__buffer_char(out, ',');
	if (scap__verdict_routine(verdict)) {
		write_entry(verdict, NONE, "all", &more, out);
		for (unsigned i = 0; i < base->nexercises; i++)
			write_entry(verdict, (int)i, base->exercises[i].name, &more, out);
	}
	scap__buffer_char(out, '\n');
}

void scap__row_cell(struct buffer *out, const char *text, size_t size)
{
	scap__row_text(out, text, size, false);
}

void scap__row_text(struct buffer *out, const char *text, size_t size, bool raw)
{
	bool formula = size && !raw && scap__text_formula(text[0]);
	bool quote = scap__text_bytes(text, size) & TEXT_QUOTE;

	if (quote)
		scap__buffer_char(out, '"');
	if (formula)
		scap__buffer_char(out, '\'');
	for (size_t i = 0; quote && i < size; i++) {
		if (text[i] == '"')
			scap__buffer_char(out, '"');
		scap__buffer_char(out, text[i]);
	}
	if (quote)
		scap__buffer_char(out, '"');
	else
		scap__buffer_add(out, text, size);
}
