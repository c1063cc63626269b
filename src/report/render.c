/* SPDX-License-Identifier: MIT
 *
 * A decision in plain text, for the person it is about.
 */
#include "report/plan.h"
#include "report/text.h"

static const struct scap_question *shown(const scap_decision *decision, size_t question)
{
	return &decision->pack->base->questions[question].shown;
}

static void write_reasons(const scap_decision *decision, struct buffer *out)
{
	const struct layout *layout = decision->verdict.layout;
	const struct rule *rules = decision->pack->base->rules;
	bool any = false;

	for (size_t i = 0; i < layout->nreasons; i++) {
		const struct reason *reason = &layout->reasons[i];
		const struct rule *rule = &rules[reason->rule];

		if (!scap__verdict_reason(&decision->verdict, i))
			continue;
		if (!any)
			scap__text_heading(out, "Why");
		any = true;
		scap__text_itemf(out, 4, "  -", "%s%s%s%s", reason->certain ? "" : "Not ruled out: ",
		                 rule->because, reason->certain && rule->advice[0] ? " " : "",
		                 reason->certain ? rule->advice : "");
	}
	if (!any) {
		scap__text_heading(out, "Why");
		scap__text_item(out, 4, "  -", "Nothing in your answers asks for more than this.");
	}
}

static void write_missing(const scap_decision *decision, struct buffer *out)
{
	const struct network *net = decision->pack->net;
	bool any = false;

	for (size_t i = 0; i < net->base->nquestions; i++) {
		if (!scap__verdict_missing(&decision->verdict, i))
			continue;
		if (!any)
			scap__text_heading(out, "Not known yet, and it could change this");
		any = true;
		scap__text_item(out, 4, "  -", shown(decision, net->missing_order[i])->label);
	}
}

static void write_conflicts(const scap_decision *decision, struct buffer *out)
{
	int question;

	for (size_t i = 0; (question = scap__decision_conflict(decision, i)) != NONE; i++) {
		if (!i)
			scap__text_heading(out, "Answers that don't fit together");
		scap__text_itemf(out, 4, "  -",
		                 "\"%s\" was answered yes, but other answers rule it out. It counts "
		                 "as not known.", shown(decision, (size_t)question)->label);
	}
}

static void write_disagreements(const scap_decision *decision, struct buffer *out)
{
	const struct scap_heard *heard;
	bool any = false;

	for (size_t i = 0; (heard = scap_answers_heard(decision->answers, i)); i++) {
		if (!heard->conflict)
			continue;
		if (!any)
			scap__text_heading(out, "Words and answers that don't fit together");
		any = true;
		scap__text_itemf(out, 4, "  -",
		                 "You wrote \"%s\", and answered no to \"%s\". It counts as %s.",
		                 heard->words, heard->label, heard->red_flag ? "yes" : "not known");
	}
}

/* What a rule leaves out for an unknown: which question would settle it. */
static void write_open_exclusion(const scap_decision *decision, const struct rule *rule,
                                 const struct unknowns *unknowns, struct buffer *out)
{
	struct buffer labels;

	scap__buffer_init(&labels, TEXT_LIMIT);
	for (size_t i = 0; i < unknowns->count; i++)
		scap__buffer_printf(&labels, "%s\"%s\"", i ? ", " : "",
		                    shown(decision, unknowns->questions[i])->label);
	scap__text_itemf(out, 8, "      -", "Left out until you can tell us about %s: %s",
	                 unknowns->count && scap__buffer_string(&labels) ? labels.data : "this",
	                 rule->because);
	out->failed |= labels.failed;
	scap__buffer_free(&labels);
}

/* The labels of the exercises that a rule bears on, as one item. */
static void write_targets(const struct rulebase *base, const struct rule *rule, struct buffer *out)
{
	struct buffer names;

	scap__buffer_init(&names, TEXT_LIMIT);
	for (size_t i = 0; i < rule->ntargets; i++)
		scap__buffer_printf(&names, "%s%s", i ? ", " : "",
		                    base->exercises[rule->targets[i]].label);
	if (scap__buffer_string(&names))
		scap__text_item(out, 4, "  -", names.data);
	out->failed |= names.failed;
	scap__buffer_free(&names);
}

static void write_excluded(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;
	const struct layout *layout = decision->verdict.layout;
	bool any = false, certain;

	if (!scap__verdict_routine(&decision->verdict))
		return;
	for (size_t i = 0; i < layout->nexclusions; i++) {
		const struct rule *rule = &base->rules[layout->first_exclusion + i];

		if (!rule->ntargets || !scap__verdict_excludes(&decision->verdict, i, &certain))
			continue;
		if (!any)
			scap__text_heading(out, "Left out, to be safe");
		any = true;
		if (rule->all)
			scap__text_item(out, 4, "  -", "All exercises");
		else
			write_targets(base, rule, out);
		if (certain)
			scap__text_itemf(out, 8, "      -", "%s", rule->because);
		else
			write_open_exclusion(decision, rule, &decision->unknowns[i], out);
	}
}

static void write_watch(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;
	bool any = false;

	for (size_t i = base->first_rule[RULE_WATCH]; i < base->first_rule[RULE_WATCH + 1]; i++) {
		const struct rule *rule = &base->rules[i];

		if (!scap__decision_applies(decision, i))
			continue;
		if (!any)
			scap__text_heading(out, "Watch for");
		any = true;
		scap__text_itemf(out, 4, "  -", "%s: %s", rule->because, rule->advice);
	}
}

static void write_decision(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;
	const struct scap_level *level = scap_decision_level(decision);

	scap__text_item(out, 0, "", level->label);
	scap__text_item(out, 0, "", level->action);
	write_reasons(decision, out);
	write_conflicts(decision, out);
	write_disagreements(decision, out);
	write_missing(decision, out);
	scap__plan_text(decision, out);
	write_excluded(decision, out);
	write_watch(decision, out);
	scap__text_heading(out, "Please note");
	scap__text_item(out, 4, "  -", base->settings.emergency);
	scap__text_item(out, 4, "  -", base->settings.disclaimer);
	if (decision->pack->info.unreviewed)
		scap__text_item(out, 4, "  -", base->settings.unreviewed);
}

/* Defined in json.c. */
unsigned scap__render_json(const scap_decision *decision, scap_write_fn *write, void *ctx);

unsigned scap_render(const scap_decision *decision, enum scap_format format,
                     scap_write_fn *write, void *ctx)
{
	struct buffer out;

	if (format == SCAP_JSON)
		return scap__render_json(decision, write, ctx);
	scap__buffer_init(&out, TEXT_LIMIT);
	write_decision(decision, &out);
	return scap__buffer_send(&out, write, ctx);
}
