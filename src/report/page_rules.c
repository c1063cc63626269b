/* SPDX-License-Identifier: MIT
 *
 * Each rule with its sentence, its cases, and which parts of its condition they try.
 */
#include "report/page.h"

static const char *kind_heading(enum rule_kind kind)
{
	static const char *const words[] = {
		[RULE_FINDING] = "What follows from answers",
		[RULE_ESCALATION] = "Who should see a professional",
		[RULE_CONTRAINDICATION] = "Which exercises are left out",
		[RULE_ADJUSTMENT] = "Which exercises are made easier",
		[RULE_PREFERENCE] = "Which exercises come first",
		[RULE_WATCH] = "What to watch for",
	};

	return words[kind];
}

/* What comes of the rule. */
static void write_outcome(const struct rulebase *base, const struct rule *rule, struct buffer *out)
{
	switch (rule->kind) {
	case RULE_FINDING:
		scap__html_item(out, "<dt>Then</dt><dd>", base->findings[rule->finding].name,
		                "</dd>");
		break;
	case RULE_ESCALATION:
		scap__html_item(out, "<dt>Then</dt><dd>", base->levels[rule->level].shown.label,
		                "");
		if (rule->if_unknown != rule->level)
			scap__html_item(out, "; if not sure: ",
			                base->levels[rule->if_unknown].shown.label, "");
		scap__buffer_text(out, "</dd>");
		break;
	case RULE_WATCH:
		scap__html_item(out, "<dt>Then</dt><dd>", rule->advice, "</dd>");
		break;
	default:
		scap__buffer_text(out, "<dt>For</dt><dd>");
		scap__html_list(out, rule->all ? "all exercises" : rule->targets_text);
		scap__buffer_text(out, "</dd>");
	}
}

static void write_cases(const struct tested *t, const struct aim *aim, struct buffer *out)
{
	scap__buffer_text(out, "<dt>Cases</dt><dd>");
	if (!aim->count)
		scap__buffer_text(out, aim->reach == REACH_NEVER
		                               ? "<span class=\"bad\">none: no answers can make it "
		                                 "hold</span>"
		                               : "<span class=\"bad\">none yet</span>");
	for (size_t i = 0; i < aim->count && i < AIM_CASES; i++)
		scap__html_item(out, i ? ", " : "", t->cases[aim->first[i]].id, "");
	if (aim->count > AIM_CASES)
		scap__buffer_printf(out, " and %zu more", aim->count - AIM_CASES);
	scap__buffer_text(out, "</dd>");
}

static void write_half(const struct aim *aim, struct buffer *out)
{
	if (aim->count)
		scap__buffer_printf(out, "<td class=\"good\">%zu</td>", aim->count);
	else if (aim->reach == REACH_NEVER)
		scap__buffer_text(out, "<td class=\"q\">can't be</td>");
	else
		scap__buffer_text(out, "<td class=\"wait\">not yet</td>");
}

static void write_part(const struct tested *t, size_t part, struct buffer *out)
{
	const struct aim *no = tested_aim(&t->aims, AIM_PART, 2 * part);
	struct buffer text;

	scap__buffer_init(&text, TEXT_LIMIT);
	scap__part_text(&t->aims, t->pack->base, part, &text);
	if (scap__buffer_string(&text))
		scap__html_item(out, "<tr><td><code>", text.data, "</code></td>");
	out->failed |= text.failed;
	scap__buffer_free(&text);
	write_half(no + 1, out);
	write_half(no, out);
	scap__buffer_text(out, "</tr>\n");
}

static void write_rule(const struct tested *t, unsigned index, size_t from, size_t end,
                       struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	const struct rule *rule = &base->rules[index];

	scap__html_item(out, "<article class=\"one\" id=\"r-", rule->id, "\">\n");
	scap__html_item(out, "<p class=\"say\">", rule->because, "</p>\n");
	scap__html_item(out, "<p class=\"q\"><code>", rule->id, "</code>, ");
	scap__html_item(out, "", rule->origin.file, "");
	scap__buffer_printf(out, " line %u", rule->origin.line);
	scap__buffer_text(out, rule->cited.reviewed_by[0] && rule->cited.reviewed_on[0]
	                               ? "</p>\n<dl>" : "; not signed yet</p>\n<dl>");
	scap__html_item(out, "<dt>When</dt><dd><code>", rule->when_text, "</code></dd>");
	write_outcome(base, rule, out);
	write_cases(t, tested_aim(&t->aims, AIM_RULE, index), out);
	scap__buffer_text(out, "</dl>\n");
	if (from < end)
		scap__buffer_text(out, "<table class=\"part\"><tr><th>Cases in which this alone "
		                       "decides</th><th>as yes</th><th>as no</th></tr>\n");
	for (size_t i = from; i < end; i++)
		write_part(t, i, out);
	scap__buffer_text(out, from < end ? "</table>\n</article>\n" : "</article>\n");
}

void scap__page_rules(const struct tested *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	size_t part = 0;

	scap__buffer_text(out, "<h2 id=\"rules\">The rules</h2>\n<p>A part of a condition is "
	                       "tried as yes by a person in whom it is yes, and were it no, the "
	                       "rule would come out the other way; as no likewise.</p>\n");
	for (unsigned i = 0; i < base->nrules; i++) {
		size_t from = part;

		if (!i || base->rules[i].kind != base->rules[i - 1].kind)
			scap__html_item(out, "<h3>", kind_heading(base->rules[i].kind), "</h3>\n");
		while (part < t->aims.nparts && t->aims.parts[part].rule == i)
			part++;
		write_rule(t, i, from, part, out);
	}
}
