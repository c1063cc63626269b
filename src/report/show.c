/* SPDX-License-Identifier: MIT
 *
 * All there is to say of one name.
 */
#include <string.h>

#include "base/number.h"
#include "base/report.h"
#include "report/data.h"
#include "report/phrase.h"
#include "report/remark.h"
#include "report/show.h"
#include "report/text.h"

/* ---- What uses a name ---------------------------------------------------------------- */

/* The rules of one kind that concern a name, under a heading. */
static void write_users_of(const struct rulebase *base, enum rule_kind rules, enum name_kind kind,
                           unsigned index, struct buffer *out)
{
	static const char *const headings[RULE_KINDS] = {
		[RULE_FINDING] = "Findings",
		[RULE_ESCALATION] = "Who is sent to a professional",
		[RULE_CONTRAINDICATION] = "Who may not",
		[RULE_ADJUSTMENT] = "Who does it differently",
		[RULE_PREFERENCE] = "Whom it suits best",
		[RULE_WATCH] = "What to watch for",
	};
	bool any = false;

	for (size_t i = base->first_rule[rules]; i < base->first_rule[rules + 1]; i++) {
		const struct rule *rule = &base->rules[i];

		if (!scap__rule_concerns(base, rule, kind, index))
			continue;
		if (!any)
			scap__text_heading(out, headings[rules]);
		any = true;
		scap__text_itemf(out, 4, "  -", "%s, when %s: %s", rule->id, rule->when_text,
		                 rule->kind == RULE_ADJUSTMENT && rule->advice[0] ? rule->advice
		                                                                  : rule->because);
	}
}

static void write_users(const struct rulebase *base, enum name_kind kind, unsigned index,
                        struct buffer *out)
{
	for (int rules = 0; rules < RULE_KINDS; rules++)
		write_users_of(base, (enum rule_kind)rules, kind, index, out);
}

/* ---- Each sort of thing ----------------------------------------------------------------- */

static void write_origin(const struct origin *origin, struct buffer *out)
{
	scap__buffer_printf(out, "  in        %s:%u\n", origin->file, origin->line);
}

static void write_cited(const struct rulebase *base, const struct citation *cited,
                        struct buffer *out)
{
	for (size_t i = 0; i < cited->nsources; i++) {
		const struct source_row *source = &base->sources[cited->sources[i]];

		scap__text_itemf(out, 12, "  source", "%s: %s%s%s", source->name, source->title,
		                 source->year[0] ? ", " : "", source->year);
	}
}

static void show_question(const struct rulebase *base, unsigned index, struct buffer *out)
{
	const struct question *question = &base->questions[index];
	const struct scap_question *shown = &question->shown;

	scap__buffer_printf(out, "question %s (%s%s)\n", shown->name, scap__type_word(shown->type),
	                    shown->red_flag ? ", red flag" : "");
	scap__text_field(out, "asks", shown->label);
	scap__text_field(out, "hint", shown->hint);
	scap__text_field(out, "allows", shown->constraint);
	scap__text_field(out, "only if", question->relevant_text ? question->relevant_text : "");
	scap__text_field(out, "screen", shown->screen);
	for (size_t i = 0; i < shown->nchoices; i++)
		scap__text_itemf(out, 12, "  choice", "%s: %s", shown->choices[i].name,
		                 shown->choices[i].label);
	write_origin(&question->origin, out);
	write_users(base, NAME_QUESTION, index, out);
}

static void show_level(const struct rulebase *base, unsigned index, struct buffer *out)
{
	const struct level *level = &base->levels[index];

	scap__buffer_printf(out, "level %s (urgency %ld, %s routine)\n", level->shown.name,
	                    level->shown.urgency, level->shown.routine ? "with a" : "no");
	scap__text_field(out, "says", level->shown.label);
	scap__text_field(out, "to do", level->shown.action);
	write_origin(&level->origin, out);
	write_users(base, NAME_LEVEL, index, out);
}

static void show_finding(const struct rulebase *base, unsigned index, struct buffer *out)
{
	scap__buffer_printf(out, "finding %s\n", base->findings[index].name);
	write_users(base, NAME_FINDING, index, out);
}

static void write_range(struct buffer *out, const char *name, int low, int high)
{
	if (low < 0)
		return;
	if (low == high)
		scap__buffer_printf(out, "%s %d; ", name, low);
	else
		scap__buffer_printf(out, "%s %d to %d; ", name, low, high);
}

static void write_dose(const struct dose *dose, const char *name, struct buffer *out)
{
	struct buffer text;

	scap__buffer_init(&text, TEXT_LIMIT);
	write_range(&text, "sets", dose->sets_min, dose->sets_max);
	write_range(&text, "times", dose->reps_min, dose->reps_max);
	write_range(&text, "hold, seconds", dose->hold_min, dose->hold_max);
	write_range(&text, "sides", dose->sides, dose->sides);
	write_range(&text, "a week", dose->per_week, dose->per_week);
	write_range(&text, "a day", dose->per_day, dose->per_day);
	if (text.size >= 2)
		text.size -= 2;
	scap__text_itemf(out, 4, "  -", "%s: %s", name,
	                 text.size && scap__buffer_string(&text) ? text.data : "no dose given");
	out->failed |= text.failed;
	scap__buffer_free(&text);
}

static void show_exercise(const struct rulebase *base, unsigned index, struct buffer *out)
{
	const struct exercise *exercise = &base->exercises[index];

	scap__buffer_printf(out, "exercise %s: %s\n", exercise->name, exercise->label);
	scap__text_field(out, "part", base->parts[exercise->part].label);
	scap__text_field(out, "position", exercise->position);
	scap__text_field(out, "needs", exercise->equipment_text);
	scap__text_field(out, "muscles", exercise->muscles);
	scap__text_field(out, "eases", exercise->eases);
	scap__text_field(out, "for", exercise->benefit);
	scap__text_field(out, "caution", exercise->caution);
	if (exercise->variant_of != NONE)
		scap__text_field(out, "form of", base->exercises[exercise->variant_of].name);
	for (size_t i = 0; i < exercise->ntags; i++)
		scap__text_itemf(out, 12, "  tag", "%s: %s", base->tags[exercise->tags[i]].name,
		                 base->tags[exercise->tags[i]].label);
	write_cited(base, &exercise->cited, out);
	write_origin(&exercise->origin, out);
	scap__text_heading(out, "Steps");
	for (size_t i = 0; i < exercise->nsteps; i++) {
		char mark[24];

		snprintf(mark, sizeof(mark), "%3zu.", i + 1);
		scap__text_item(out, 5, mark, exercise->steps[i]);
	}
	scap__text_heading(out, "Dose, by source");
	for (size_t i = 0; i < exercise->ndoses; i++)
		write_dose(&exercise->doses[i], base->sources[exercise->doses[i].source].name, out);
	write_dose(&exercise->merged, "all together", out);
	write_users(base, NAME_EXERCISE, index, out);
}

static void show_tag(const struct rulebase *base, unsigned index, struct buffer *out)
{
	const struct tag *tag = &base->tags[index];
	bool any = false;

	scap__buffer_printf(out, "tag %s\n", tag->name);
	scap__text_field(out, "means", tag->label);
	scap__text_field(out, "because", tag->because);
	write_origin(&tag->origin, out);
	for (size_t i = 0; i < base->nexercises; i++) {
		if (!scap__list_has(base->exercises[i].tags, base->exercises[i].ntags, index))
			continue;
		if (!any)
			scap__text_heading(out, "Exercises");
		any = true;
		scap__text_itemf(out, 4, "  -", "%s: %s", base->exercises[i].name,
		                 base->exercises[i].label);
	}
	write_users(base, NAME_TAG, index, out);
}

static void show_source(const struct rulebase *base, unsigned index, struct buffer *out)
{
	const struct source_row *source = &base->sources[index];

	scap__buffer_printf(out, "source %s (%s)\n", source->name, source->kind);
	scap__text_field(out, "title", source->title);
	scap__text_field(out, "year", source->year);
	scap__text_field(out, "address", source->address);
	write_origin(&source->origin, out);
	write_users(base, NAME_SOURCE, index, out);
}

static void show_rule(const struct rulebase *base, unsigned index, struct buffer *out)
{
	const struct rule *rule = &base->rules[index];
	const char *by = rule->cited.reviewed_by, *on = rule->cited.reviewed_on;
	char number[32];

	scap__buffer_printf(out, "%s %s\n", scap__rule_kind_word(rule->kind), rule->id);
	scap__text_field(out, "when", rule->when_text);
	if (rule->kind == RULE_FINDING)
		scap__text_field(out, "then", base->findings[rule->finding].name);
	if (rule->kind == RULE_ESCALATION) {
		scap__text_field(out, "level", base->levels[rule->level].shown.name);
		scap__text_field(out, "unknown", base->levels[rule->if_unknown].shown.name);
	}
	scap__text_field(out, "bears on", rule->targets_text);
	for (size_t i = 0; i < rule->ninstead; i++)
		scap__text_field(out, i ? "" : "instead", base->exercises[rule->instead[i]].name);
	if (rule->kind == RULE_PREFERENCE) {
		snprintf(number, sizeof(number), "%u", rule->weight);
		scap__text_field(out, "weight", number);
	}
	if (rule->kind == RULE_WATCH && rule->up_to < base->nlevels)
		scap__text_field(out, "up to", base->levels[rule->up_to].shown.name);
	scap__text_field(out, rule->kind == RULE_WATCH ? "watch for" : "because", rule->because);
	scap__text_field(out, rule->kind == RULE_ADJUSTMENT ? "change"
	                 : rule->kind == RULE_WATCH    ? "then do" : "advice", rule->advice);
	write_cited(base, &rule->cited, out);
	if (by[0] && on[0])
		scap__text_itemf(out, 12, "  reviewed", "by %s on %s", by, on);
	else
		scap__text_field(out, "reviewed", "by nobody yet");
	write_origin(&rule->origin, out);
}

/* ---- The call ------------------------------------------------------------------------------- */

struct found {
	enum name_kind kind;
	unsigned index;
};

static bool find(const struct rulebase *base, const char *text, struct found *found)
{
	const struct names *const tables[] = {base->names, base->rule_ids, base->targets,
	                                      base->sources_by_name, base->remarks_by_name,
	                                      base->phrase_ids};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		const struct name *name = scap__names_find(tables[i], text, strlen(text));

		if (!name)
			continue;
		*found = (struct found){(enum name_kind)name->kind, name->index};
		return true;
	}
	return false;
}

static const char *nearest(const struct rulebase *base, const char *text)
{
	const struct names *const tables[] = {base->names, base->rule_ids, base->targets,
	                                      base->sources_by_name, base->remarks_by_name,
	                                      base->phrase_ids};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		const struct name *near = scap__names_near(tables[i], text, strlen(text), ~0u);

		if (near)
			return near->text;
	}
	return NULL;
}

static void write_found(const struct rulebase *base, const struct found *found,
                        struct buffer *out)
{
	switch (found->kind) {
	case NAME_QUESTION: show_question(base, found->index, out); break;
	case NAME_LEVEL: show_level(base, found->index, out); break;
	case NAME_FINDING: show_finding(base, found->index, out); break;
	case NAME_EXERCISE: show_exercise(base, found->index, out); break;
	case NAME_TAG: show_tag(base, found->index, out); break;
	case NAME_SOURCE: show_source(base, found->index, out); break;
	case NAME_REMARK: scap__remark_text(base, &base->remarks[found->index], out); break;
	case NAME_PHRASE: scap__phrase_text(base, found->index, out); break;
	case NAME_CUE: scap__phrase_text(base, base->nphrases + found->index, out); break;
	default: show_rule(base, found->index, out);
	}
}

unsigned scap_show(const scap_pack *pack, const char *name, enum scap_format format,
                   scap_write_fn *write, void *ctx, struct scap_error *error)
{
	struct buffer out;
	struct found found;

	if (!find(pack->base, name, &found)) {
		const char *near = nearest(pack->base, name);

		scap__error_fill(error, E_NO_SUCH_NAME, (struct place){0},
		                 "nothing is called '%.64s'%s%s%s", name,
		                 near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "");
		return E_NO_SUCH_NAME;
	}
	if (format == SCAP_JSON)
		return scap__data_send(scap__data_entry(pack->base, found.kind, found.index), write,
		                       ctx);
	scap__buffer_init(&out, TEXT_LIMIT);
	write_found(pack->base, &found, &out);
	return scap__buffer_send(&out, write, ctx);
}

unsigned scap_dump(const scap_pack *pack, scap_write_fn *write, void *ctx)
{
	return scap__network_dump(pack->net, write, ctx);
}
