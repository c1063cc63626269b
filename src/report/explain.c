/* SPDX-License-Identifier: MIT
 *
 * The whole story of a decision, from the outcome down to the answers: outcome,
 * rule, condition, finding, answer, each with its place and sources.
 */
#include "report/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/report.h"
#include "report/data.h"
#include "report/plan.h"

static const char *word(enum truth_word truth)
{
	static const char *const words[] = {"no", "yes", "not known"};

	return words[truth];
}

static enum truth_word truth_of(const scap_decision *decision, const struct cond *cond)
{
	return scap__decision_truth(decision, decision->pack->net->cond_node[cond->id]);
}

/* ---- What was told --------------------------------------------------------------------- */

/* One explanation under way. A finding that much rests on is told once: told each
 * time it is named, findings on findings would double the story at every step. */
struct story {
	const scap_decision *decision;
	unsigned *told; /* of each finding: 0, or one more than the depth it was told at;
	                 * 1 if nothing of it was cut off */
	size_t cuts;    /* conditions whose parts were too deep to be told */
};

static bool story_begin(struct story *story, const scap_decision *decision)
{
	*story = (struct story){.decision = decision};
	story->told = calloc(decision->pack->base->nfindings + 1, sizeof(*story->told));
	return story->told != NULL;
}

/* True if a finding is to be told here, or cut off: it was not told yet, or with less
 * room than here, so that a part of it was cut off. */
static bool story_tells(struct story *story, unsigned finding, unsigned depth)
{
	unsigned *told = &story->told[finding];

	if (depth >= STORY_DEPTH)
		return *told != 1;
	if (*told && *told <= depth + 1)
		return false;
	*told = depth + 1;
	return true;
}

/* To be called behind the finding, with the cuts there were before it. */
static void story_told(struct story *story, unsigned finding, size_t cuts)
{
	if (story->cuts == cuts)
		story->told[finding] = 1;
}

/* ---- One answer --------------------------------------------------------------------- */

/* What the person's own words say of a question. */
static void write_heard(const scap_decision *decision, const struct question *question,
                        struct buffer *out)
{
	const struct scap_heard *heard;

	for (size_t i = 0; (heard = scap_answers_heard(decision->answers, i)); i++) {
		bool choice = question->shown.type != SCAP_YES_NO;

		if (heard->question != &question->shown || heard->sense != SCAP_PRESENT ||
		    heard->corrected)
			continue;
		scap__buffer_printf(out, "; own words: %s%s\"%s\" (%s)%s",
		                    choice ? heard->concept : "yes", choice ? " " : ", ",
		                    heard->words, heard->phrase,
		                    !heard->conflict   ? ""
		                    : heard->red_flag ? ", which counts more than the answer"
		                                      : ", so it counts as not known");
	}
}

/* `answered 44`, and what relevance did to it. */
static void write_answer(const scap_decision *decision, unsigned index, struct buffer *out)
{
	const struct question *question = &decision->pack->base->questions[index];
	const struct answer *answer = &decision->answers->list[index];
	int node = decision->pack->net->relevance[index];
	enum truth_word relevant = node == NONE ? TRUTH_YES
	                                        : scap__decision_truth(decision, (unsigned)node);

	if (answer->value.state == VALUE_NONE)
		scap__buffer_printf(out, "%s: not answered", question->shown.name);
	else if (answer->value.state == VALUE_NOT_SURE)
		scap__buffer_printf(out, "%s: not sure", question->shown.name);
	else {
		scap__buffer_printf(out, "%s: ", question->shown.name);
		scap__answer_write(question, answer, out);
	}
	write_heard(decision, question, out);
	if (relevant == TRUTH_NO &&
	    plane_bit(&decision->answers->judge->block->conflict[index], 0))
		scap__buffer_printf(out, "; in conflict, as it applies only where %s",
		                    question->relevant_text);
	else if (relevant == TRUTH_NO)
		scap__buffer_printf(out, "; does not apply, as it needs %s", question->relevant_text);
	else if (relevant == TRUTH_UNKNOWN)
		scap__buffer_printf(out, "; applies only where %s, which is not known",
		                    question->relevant_text);
}

/* ---- As text -------------------------------------------------------------------------- */

static void write_indent(struct buffer *out, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		scap__buffer_text(out, "  ");
}

static void write_cond(struct story *story, const struct cond *cond, unsigned depth,
                       struct buffer *out);

/* A finding's rules: those that settle it, or all that leave it open. */
static void write_finding(struct story *story, const struct finding *finding,
                          enum truth_word truth, unsigned depth, struct buffer *out)
{
	const struct rulebase *base = story->decision->pack->base;

	for (size_t i = 0; i < finding->nrules; i++) {
		const struct rule *rule = &base->rules[finding->rules[i]];

		if (truth_of(story->decision, rule->when) != truth)
			continue;
		write_indent(out, depth);
		scap__buffer_printf(out, "finding %s: %s  [%s:%u; ", rule->id, rule->because,
		                    rule->origin.file, rule->origin.line);
		scap__text_sources(base, &rule->cited, out);
		scap__buffer_text(out, "]\n");
		write_cond(story, rule->when, depth + 1, out);
	}
}

static void write_label(const scap_decision *decision, const struct cond *cond, struct buffer *out)
{
	switch (cond->op) {
	case COND_ALWAYS: scap__buffer_text(out, "always"); break;
	case COND_TEST: scap__test_write(decision->pack->base, &cond->test, out); break;
	case COND_FINDING:
		scap__buffer_text(out, decision->pack->base->findings[cond->finding].name);
		break;
	case COND_NOT: scap__buffer_text(out, "not"); break;
	case COND_AND: scap__buffer_text(out, "all of"); break;
	case COND_OR: scap__buffer_text(out, "any of"); break;
	case COND_AT_LEAST: scap__buffer_printf(out, "at least %u of", cond->n); break;
	}
}

/* What stands below a condition: its parts, or the finding that it names. */
static void write_parts(struct story *story, const struct cond *cond, unsigned depth,
                        struct buffer *out)
{
	const struct rulebase *base = story->decision->pack->base;
	size_t cuts = story->cuts;

	if (depth >= STORY_DEPTH) {
		write_indent(out, depth + 1);
		scap__buffer_text(out, "(and so on)\n");
		story->cuts++;
		return;
	}
	if (cond->op == COND_FINDING) {
		write_finding(story, &base->findings[cond->finding],
		              truth_of(story->decision, cond), depth + 1, out);
		story_told(story, cond->finding, cuts);
	}
	for (size_t i = 0; i < cond->nitems; i++)
		write_cond(story, cond->items[i], depth + 1, out);
}

static void write_cond(struct story *story, const struct cond *cond, unsigned depth,
                       struct buffer *out)
{
	bool tell = cond->op != COND_FINDING || story_tells(story, cond->finding, depth);

	write_indent(out, depth);
	scap__buffer_printf(out, "%s: ", word(truth_of(story->decision, cond)));
	write_label(story->decision, cond, out);
	if (cond->op == COND_TEST) {
		scap__buffer_text(out, "  (");
		write_answer(story->decision, cond->test.question, out);
		scap__buffer_char(out, ')');
	}
	scap__buffer_text(out, tell ? "\n" : "  (told above)\n");
	if (tell && (cond->op == COND_FINDING || cond->nitems))
		write_parts(story, cond, depth, out);
}

static void write_rule(struct story *story, const struct rule *rule, const char *mark,
                       unsigned depth, struct buffer *out)
{
	const struct rulebase *base = story->decision->pack->base;

	write_indent(out, depth);
	scap__buffer_printf(out, "%s%s: %s\n", rule->id, mark, rule->because);
	write_indent(out, depth + 1);
	scap__buffer_printf(out, "%s:%u; source ", rule->origin.file, rule->origin.line);
	scap__text_sources(base, &rule->cited, out);
	if (rule->cited.reviewed_by[0] && rule->cited.reviewed_on[0])
		scap__buffer_printf(out, "; reviewed by %s on %s\n", rule->cited.reviewed_by,
		                    rule->cited.reviewed_on);
	else
		scap__buffer_text(out, "; not reviewed by a clinician\n");
	write_indent(out, depth + 1);
	scap__buffer_printf(out, "when %s\n", rule->when_text);
	write_cond(story, rule->when, depth + 2, out);
}

static void write_level(struct story *story, struct buffer *out)
{
	const scap_decision *decision = story->decision;
	const struct scap_level *level = scap_decision_level(decision);
	const struct layout *layout = decision->verdict.layout;
	const struct rulebase *base = decision->pack->base;

	scap__buffer_printf(out, "%s: %s\n", level->name, level->label);
	scap__text_item(out, 2, "", level->action);
	scap__buffer_printf(out, "  certain: %s\n",
	                    scap_decision_certain(decision)
	                            ? "yes; no open answer could change the level"
	                            : "no; an open answer could still change the level");
	for (size_t i = 0; i < layout->nreasons; i++) {
		const struct reason *reason = &layout->reasons[i];

		if (!scap__verdict_reason(&decision->verdict, i))
			continue;
		scap__buffer_printf(out, "\n%s %s\n", reason->certain ? "because" : "not ruled out, so",
		                    base->levels[reason->level].shown.name);
		write_rule(story, &base->rules[reason->rule], reason->certain ? "" : "?", 1, out);
	}
	if (decision->undecided)
		scap__buffer_printf(out, "\n%u rule%s not decided, and can't raise the level\n",
		                    decision->undecided, decision->undecided == 1 ? " is" : "s are");
}

/* What a rule offers instead, and whether that is itself left out. */
static void write_instead(const scap_decision *decision, const struct rule *rule,
                          struct buffer *out)
{
	const struct selection *selection = decision->selection;

	scap__buffer_text(out, "    instead: ");
	for (size_t i = 0; i < rule->ninstead; i++)
		scap__buffer_printf(out, "%s%s%s", i ? ", " : "",
		                    decision->pack->base->exercises[rule->instead[i]].name,
		                    selection->excluded[rule->instead[i]] ? " (left out, too)" : "");
	scap__buffer_char(out, '\n');
}

static void write_exclusions(struct story *story, struct buffer *out)
{
	const scap_decision *decision = story->decision;
	const struct layout *layout = decision->verdict.layout;
	const struct rulebase *base = decision->pack->base;
	bool certain;

	for (size_t i = 0; i < layout->nexclusions; i++) {
		const struct rule *rule = &base->rules[layout->first_exclusion + i];

		if (!scap__verdict_excludes(&decision->verdict, i, &certain))
			continue;
		scap__buffer_printf(out, "\nleft out%s: %s\n",
		                    certain ? "" : " until it is known", rule->targets_text);
		for (size_t j = 0; j < rule->ntargets; j++)
			scap__buffer_printf(out, "%s%s", j ? ", " : "  exercises: ",
			                    base->exercises[rule->targets[j]].name);
		scap__buffer_text(out, rule->ntargets ? "\n" : "  exercises: none has it\n");
		write_rule(story, rule, certain ? "" : "?", 1, out);
		if (certain && rule->ninstead)
			write_instead(decision, rule, out);
	}
}

static void write_watch(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;

	for (size_t i = base->first_rule[RULE_WATCH]; i < base->first_rule[RULE_WATCH + 1]; i++) {
		const struct rule *rule = &base->rules[i];

		if (scap__decision_applies(decision, i))
			scap__buffer_printf(out, "\nwatch for %s: %s\n  [%s, %s:%u]\n", rule->because,
			                    rule->advice, rule->id, rule->origin.file,
			                    rule->origin.line);
	}
}

/* A watch row that holds and is not shown: its level is passed. */
static void write_up_to(const scap_decision *decision, const struct rule *rule, struct buffer *out)
{
	if (rule->kind == RULE_WATCH && truth_of(decision, rule->when) != TRUTH_NO &&
	    !scap__decision_applies(decision, (size_t)(rule - decision->pack->base->rules)))
		scap__buffer_printf(out, "  shown up to the level %s; this row is at %s\n",
		                    decision->pack->base->levels[rule->up_to].shown.name,
		                    scap_decision_level(decision)->name);
}

static void write_missing(const scap_decision *decision, struct buffer *out)
{
	const struct network *net = decision->pack->net;
	bool any = false;

	for (size_t i = 0; i < net->base->nquestions; i++)
		if (scap__verdict_missing(&decision->verdict, i)) {
			scap__buffer_printf(out, "%s%s", any ? ", " : "\nmissing: ",
			                    net->base->questions[net->missing_order[i]].shown.name);
			any = true;
		}
	if (any)
		scap__buffer_char(out, '\n');
}

static void write_pack(const scap_decision *decision, struct buffer *out)
{
	const struct scap_pack_info *info = &decision->pack->info;

	scap__buffer_printf(out, "\npack %s %s, sha256 %s\n", info->name, info->version,
	                    info->sha256);
	scap__text_item(out, 0, "", info->disclaimer);
}

/* ---- As data ---------------------------------------------------------------------------- */

static json_t *data_cond(struct story *story, const struct cond *cond, unsigned depth);

static json_t *data_findings(struct story *story, const struct finding *finding, unsigned depth)
{
	const struct rulebase *base = story->decision->pack->base;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < finding->nrules; i++) {
		const struct rule *rule = &base->rules[finding->rules[i]];
		json_t *one = scap__data_rule(base, rule);

		ok = scap__data_set(one, "condition",
		                    data_cond(story, rule->when, depth + 1));
		if (ok)
			ok = scap__data_add(out, one);
		else
			json_decref(one);
	}
	if (ok)
		return out;
	json_decref(out);
	return NULL;
}

static bool data_test(const scap_decision *decision, const struct cond *cond, json_t *out)
{
	const struct question *question = &decision->pack->base->questions[cond->test.question];
	struct buffer answer, note;
	bool ok;

	scap__buffer_init(&answer, TEXT_LIMIT);
	scap__buffer_init(&note, TEXT_LIMIT);
	scap__answer_write(question, &decision->answers->list[cond->test.question], &answer);
	write_answer(decision, cond->test.question, &note);
	ok = scap__buffer_string(&answer) && scap__buffer_string(&note) &&
	     scap__data_set(out, "question", scap__data_text(question->shown.name)) &&
	     scap__data_set(out, "answer", scap__data_text(answer.data)) &&
	     scap__data_set(out, "note", scap__data_text(note.data));
	scap__buffer_free(&answer);
	scap__buffer_free(&note);
	return ok;
}

static json_t *data_items(struct story *story, const struct cond *cond, unsigned depth)
{
	json_t *items = json_array();
	bool ok = items != NULL;

	for (size_t i = 0; ok && i < cond->nitems; i++)
		ok = scap__data_add(items, data_cond(story, cond->items[i], depth + 1));
	if (ok)
		return items;
	json_decref(items);
	return NULL;
}

/* What stands below a condition: its parts, or the finding that it names. */
static bool data_parts(struct story *story, const struct cond *cond, unsigned depth, json_t *out)
{
	const struct rulebase *base = story->decision->pack->base;
	bool finding = cond->op == COND_FINDING, ok;
	size_t cuts = story->cuts;

	if (finding && !story_tells(story, cond->finding, depth))
		return scap__data_set(out, "told_above", json_true());
	if (!finding && !cond->nitems)
		return true;
	if (depth >= STORY_DEPTH) {
		story->cuts++;
		return true;
	}
	if (!finding)
		return scap__data_set(out, "items", data_items(story, cond, depth));
	ok = scap__data_set(out, "findings",
	                    data_findings(story, &base->findings[cond->finding], depth));
	story_told(story, cond->finding, cuts);
	return ok;
}

static json_t *data_cond(struct story *story, const struct cond *cond, unsigned depth)
{
	static const char *const truths[] = {"no", "yes", "unknown"};
	json_t *out = json_object();
	struct buffer label;
	bool ok;

	scap__buffer_init(&label, TEXT_LIMIT);
	write_label(story->decision, cond, &label);
	ok = scap__buffer_string(&label) &&
	     scap__data_set(out, "condition", scap__data_text(label.data)) &&
	     scap__data_set(out, "truth",
	                    scap__data_text(truths[truth_of(story->decision, cond)]));
	scap__buffer_free(&label);
	if (ok && cond->op == COND_TEST)
		ok = data_test(story->decision, cond, out);
	if (ok && data_parts(story, cond, depth, out))
		return out;
	json_decref(out);
	return NULL;
}

/* Every rule that bears on the outcome, with its condition's story. */
static json_t *data_story(struct story *story)
{
	const struct rulebase *base = story->decision->pack->base;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = base->first_rule[RULE_ESCALATION]; ok && i < base->nrules; i++) {
		json_t *one;

		if (!scap__decision_applies(story->decision, i))
			continue;
		one = scap__data_rule(base, &base->rules[i]);
		ok = scap__data_set(one, "condition", data_cond(story, base->rules[i].when, 0));
		if (ok)
			ok = scap__data_add(out, one);
		else
			json_decref(one);
	}
	if (ok)
		return out;
	json_decref(out);
	return NULL;
}

static json_t *data_explanation(struct story *story, const struct rule *rule)
{
	const scap_decision *decision = story->decision;
	json_t *out = json_object();
	bool ok = scap__data_set(out, "schema", scap__data_text("scapula.explanation/1")) &&
	          scap__data_set(out, "pack", scap__data_pack(decision->pack));

	if (ok && rule) {
		json_t *one = scap__data_rule(decision->pack->base, rule);

		ok = scap__data_set(one, "condition", data_cond(story, rule->when, 0));
		ok = scap__data_set(ok ? out : NULL, "rule", one) && ok;
	} else if (ok) {
		ok = scap__data_set(out, "decision", scap__data_decision(decision)) &&
		     scap__data_set(out, "story", data_story(story));
	}
	if (ok)
		return out;
	json_decref(out);
	return NULL;
}

/* ---- The call ------------------------------------------------------------------------------ */

static void write_one_rule(struct story *story, const struct rule *rule, struct buffer *out)
{
	static const char *const ends[] = {"does not hold", "holds", "is not known"};

	scap__buffer_printf(out, "%s %s %s\n", scap__rule_kind_word(rule->kind), rule->id,
	                    ends[truth_of(story->decision, rule->when)]);
	write_rule(story, rule, "", 1, out);
	write_up_to(story->decision, rule, out);
}

static unsigned send_text(struct story *story, const struct rule *rule, scap_write_fn *write,
                          void *ctx)
{
	struct buffer out;

	scap__buffer_init(&out, TEXT_LIMIT);
	if (rule) {
		write_one_rule(story, rule, &out);
	} else {
		write_level(story, &out);
		write_missing(story->decision, &out);
		write_exclusions(story, &out);
		scap__plan_story(story->decision, &out);
		write_watch(story->decision, &out);
	}
	write_pack(story->decision, &out);
	return scap__buffer_send(&out, write, ctx);
}

unsigned scap_explain(const scap_decision *decision, const char *id, enum scap_format format,
                      scap_write_fn *write, void *ctx, struct scap_error *error)
{
	const struct rulebase *base = decision->pack->base;
	const struct name *name = id ? scap__names_find(base->rule_ids, id, strlen(id)) : NULL;
	const struct rule *rule = name ? &base->rules[name->index] : NULL;
	struct story story;
	unsigned code;

	if (id && !rule) {
		const struct name *near = scap__names_near(base->rule_ids, id, strlen(id),
		                                           1u << NAME_RULE);

		scap__error_fill(error, E_NO_SUCH_NAME, (struct place){0},
		                 "no rule has the id '%.64s'%s%s%s", id,
		                 near ? " (did you mean '" : "", near ? near->text : "",
		                 near ? "'?)" : "");
		return E_NO_SUCH_NAME;
	}
	if (!story_begin(&story, decision))
		return E_NO_MEMORY;
	if (format == SCAP_JSON)
		code = scap__data_send(data_explanation(&story, rule), write, ctx);
	else
		code = send_text(&story, rule, write, ctx);
	free(story.told);
	return code;
}
