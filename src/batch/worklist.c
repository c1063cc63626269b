/* SPDX-License-Identifier: MIT */
#include "batch/worklist.h"

#include <string.h>

#include "report/row.h"

enum { ASKED_AT_MOST = 3 };

static void write_reason(const struct verdict *verdict, bool raw, struct buffer *out)
{
	const struct layout *layout = verdict->layout;
	const struct rule *rules = layout->net->base->rules;
	struct buffer text;
	size_t i = 0;

	scap__buffer_init(&text, 1 << 20);
	while (i < layout->nreasons && !scap__verdict_reason(verdict, i))
		i++;
	if (i < layout->nreasons) {
		if (!layout->reasons[i].certain)
			scap__buffer_text(&text, "Not ruled out: ");
		scap__buffer_text(&text, rules[layout->reasons[i].rule].because);
	}
	scap__row_text(out, text.data, text.size, raw);
	out->failed |= text.failed;
	scap__buffer_free(&text);
}

void scap__worklist_row(const struct verdict *verdict, bool raw, struct buffer *out)
{
	const struct network *net = verdict->layout->net;
	const struct rulebase *base = net->base;
	struct buffer ask;
	unsigned needed = 0;

	scap__buffer_init(&ask, 1 << 20);
	for (size_t i = 0; i < base->nquestions; i++) {
		if (!scap__verdict_missing(verdict, i))
			continue;
		if (needed++ < ASKED_AT_MOST)
			scap__buffer_printf(&ask, "%s%s", needed > 1 ? " / " : "",
			                    base->questions[net->missing_order[i]].shown.label);
	}
	if (needed > ASKED_AT_MOST)
		scap__buffer_printf(&ask, " / and %u more", needed - ASKED_AT_MOST);
	scap__buffer_printf(out, ",%s,%s,", base->levels[scap__verdict_level(verdict)].shown.name,
	                    scap__verdict_certain(verdict) ? "yes" : "no");
	write_reason(verdict, raw, out);
	scap__buffer_printf(out, ",%u,", needed);
	scap__row_text(out, ask.data, ask.size, raw);
	scap__buffer_char(out, '\n');
	out->failed |= ask.failed;
	scap__buffer_free(&ask);
}
