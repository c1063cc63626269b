/* SPDX-License-Identifier: MIT */
#include "batch/people.h"

#include <string.h>

#include "base/number.h"

/* ---- The usual person ----------------------------------------------------------------- */

static bool denied(const struct question *question)
{
	return question->shown.type == SCAP_YES_NO ||
	       question->shown.type == SCAP_SELECT_MULTIPLE;
}

/* Rules that concern a person: not ruled out, though they could be. */
static size_t concerns(const scap_answers *answers)
{
	const struct rulebase *base = answers->pack->base;
	size_t count = 0;

	for (size_t i = 0; i < base->nrules; i++)
		count += base->rules[i].when->op != COND_ALWAYS &&
		         plane_bit(&answers->judge->block
		                            ->truth[answers->pack->net->rule_node[i]].possible, 0);
	return count;
}

/* Of equals the first by id, so that the order of the rows does not matter. */
static const struct scenario *calmest(const struct cases *cases)
{
	const struct scenario *best = NULL;
	size_t least = 0;

	for (size_t i = 0; i < cases->count; i++) {
		const struct scenario *one = &cases->list[i];
		size_t count;

		scap__answers_judge(one->answers);
		count = concerns(one->answers);
		if (best && (count > least || (count == least && strcmp(one->id, best->id) > 0)))
			continue;
		best = one;
		least = count;
	}
	return best;
}

/* Rules out, one by one, what can be ruled out of a kind, and keeps the answers. */
static void calm_down(struct seeker *seeker, enum rule_kind kind)
{
	const struct rulebase *base = seeker->pack->base;

	for (size_t i = base->first_rule[kind]; i < base->first_rule[kind + 1]; i++) {
		const struct goal goal = {.node = seeker->pack->net->rule_node[i]};

		scap__seek(seeker, &goal);
	}
}

/* Without a case to start from: the middle of each range, and all things at hand. */
static void start_anew(struct seeker *seeker, struct value *usual)
{
	const struct rulebase *base = seeker->pack->base;
	int things = base->settings.equipment_question;

	for (size_t i = 0; i < base->nquestions; i++) {
		int64_t middle = base->questions[i].low / 2 + base->questions[i].high / 2;

		usual[i].number = middle - middle % NUMBER_ONE;
	}
	if (things == NONE)
		return;
	for (size_t i = 0; i < base->questions[things].shown.nchoices; i++)
		scap__seek_choose(&seeker->values[things], base->questions[things].shown.nchoices, i,
		                  true);
}

void scap__people_usual(struct seeker *seeker, const struct cases *cases, struct value *usual)
{
	const struct scenario *calm = calmest(cases);
	size_t count = seeker->pack->base->nquestions;

	memset(usual, 0, count * sizeof(*usual));
	seeker->usual = usual;
	scap__seeker_clear(seeker);
	if (!calm)
		start_anew(seeker, usual);
	for (size_t i = 0; calm && i < count; i++)
		if (calm->answers->list[i].value.state == VALUE_GIVEN)
			seeker->values[i] = calm->answers->list[i].value;
	calm_down(seeker, RULE_ESCALATION);
	calm_down(seeker, RULE_CONTRAINDICATION);
	for (size_t i = 0; i < count; i++)
		if (seeker->values[i].state == VALUE_GIVEN)
			usual[i] = seeker->values[i];
}

void scap__people_complete(const struct seeker *seeker, struct value *person)
{
	const struct rulebase *base = seeker->pack->base;

	for (size_t i = 0; i < base->nquestions; i++) {
		const struct value *found = &seeker->values[i], *usual = &seeker->usual[i];
		bool given = usual->state == VALUE_GIVEN;

		if (found->state == VALUE_GIVEN) {
			person[i] = *found;
			person[i].choices |= given ? usual->choices & found->unsure : 0;
			person[i].unsure = 0;
		} else if (given) {
			person[i] = *usual;
			person[i].unsure = 0;
		} else {
			person[i] = (struct value){.state = denied(&base->questions[i])
			                                            ? VALUE_GIVEN : VALUE_NONE};
		}
	}
}

/* ---- As a case has it ------------------------------------------------------------------- */

/* True for an answer that `others` does not give already, to a question that applies. */
static bool told(const scap_answers *answers, size_t i)
{
	const struct question *question = &answers->pack->base->questions[i];
	const struct value *value = &answers->list[i].value;
	int relevance = answers->pack->net->relevance[i];

	if (value->state != VALUE_GIVEN || question->shown.type == SCAP_FREE_TEXT ||
	    (relevance != NONE &&
	     !plane_bit(&answers->judge->block->truth[relevance].possible, 0)))
		return false;
	return !denied(question) || value->number || value->choices;
}

void scap__people_answers(scap_answers *answers, struct buffer *out)
{
	const struct rulebase *base = answers->pack->base;
	const char *between = "";

	for (size_t i = 0; i < base->nquestions; i++)
		if (told(answers, i)) {
			scap__buffer_printf(out, "%s%s=", between, base->questions[i].shown.name);
			scap__answer_write(&base->questions[i], &answers->list[i], out);
			between = "; ";
		}
}

static void write_labels(const struct question *question, const struct value *value,
                         struct buffer *out)
{
	const char *between = "";

	for (size_t i = 0; i < question->shown.nchoices; i++)
		if (value->choices >> i & 1) {
			scap__buffer_printf(out, "%s%s", between, question->shown.choices[i].label);
			between = "; ";
		}
}

void scap__people_story(scap_answers *answers, struct buffer *out)
{
	const struct rulebase *base = answers->pack->base;

	scap__buffer_text(out, "To be confirmed by a clinician:");
	for (size_t i = 0; i < base->nquestions; i++) {
		const struct question *question = &base->questions[i];

		if (!told(answers, i))
			continue;
		scap__buffer_printf(out, " %s ", question->shown.label);
		if (question->shown.nchoices)
			write_labels(question, &answers->list[i].value, out);
		else
			scap__answer_write(question, &answers->list[i], out);
		scap__buffer_char(out, '.');
	}
	scap__buffer_text(out, " All else is answered with no.");
	for (size_t i = 0; i < out->size; i++) /* one line, and short enough for a cell */
		if (out->data[i] == '\n' || out->data[i] == '\r')
			out->data[i] = ' ';
	if (out->size > LIMIT_CELL_BYTES) {
		out->size = 0;
		scap__buffer_text(out, "To be written, and confirmed by a clinician.");
	}
}
