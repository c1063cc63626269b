/* SPDX-License-Identifier: MIT
 *
 * What to ask next: the first screen, gates before others, that holds a
 * question which can still matter, was not put yet and waits for no other.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/answers.h"

/* True where a question that was not put yet could still settle a rule. */
static bool can_be_settled(const scap_answers *answers, size_t rule)
{
	struct block *block = answers->judge->block;

	scap__block_trace_from(block, answers->pack->net->rule_node[rule]);
	for (size_t i = 0; i < answers->pack->base->nquestions; i++)
		if (plane_bit(&block->missing[i], 0) &&
		    answers->list[i].value.state == VALUE_NONE)
			return true;
	return false;
}

/* The level as it is, or as it may still become, permits a routine: what is open
 * now can yet be answered so that it does. */
static bool routine_in_reach(const scap_answers *answers)
{
	const struct rulebase *base = answers->pack->base;
	const struct judge *judge = answers->judge;

	for (size_t k = 0; k < base->nlevels; k++)
		if (plane_bit(&judge->forced[k], 0) && !base->levels[k].shown.routine)
			return false;
	for (size_t i = base->first_rule[RULE_ESCALATION];
	     i < base->first_rule[RULE_ESCALATION + 1]; i++) {
		struct plane open = scap__judge_matters(judge, i);

		if (plane_bit(&open, 0) && !base->levels[base->rules[i].if_unknown].shown.routine &&
		    !can_be_settled(answers, i))
			return false;
	}
	return true;
}

/* Judges the answers for the interview: a rule about exercises matters as soon as
 * a routine is in reach, so that a screen is not shown twice. */
static void judge_ahead(scap_answers *answers)
{
	struct judge *judge = answers->judge;

	scap__answers_judge(answers);
	if (routine_in_reach(answers))
		memset(&judge->routine, 0xff, sizeof(judge->routine));
	scap__judge_seed(judge, true);
	scap__block_trace(judge->block);
}

/* The routine is open to minutes and equipment wherever one is permitted, and
 * not everything is left out for sure. */
static bool plan_open(const scap_answers *answers)
{
	const struct rulebase *base = answers->pack->base;
	const struct judge *judge = answers->judge;

	if (!plane_bit(&judge->routine, 0))
		return false;
	for (size_t i = 0; i < base->nexercises; i++)
		if (!plane_bit(&judge->barred[i], 0))
			return true;
	return false;
}

static bool relevant(const scap_answers *answers, unsigned question)
{
	int node = answers->pack->net->relevance[question];

	return node == NONE || plane_bit(&answers->judge->block->truth[node].possible, 0);
}

/* True where an answer to a question that was not put yet can still matter. */
static bool open_question(const scap_answers *answers, unsigned question, bool plan)
{
	const struct settings *settings = &answers->pack->base->settings;

	if (answers->list[question].value.state != VALUE_NONE || !relevant(answers, question) ||
	    answers->pack->base->questions[question].shown.type == SCAP_FREE_TEXT)
		return false;
	if (plan && ((int)question == settings->minutes_question ||
	             (int)question == settings->equipment_question))
		return true;
	return plane_bit(&answers->judge->block->missing[question], 0);
}

/* A question waits while another open one can still tell whether it applies. */
static bool waits(const scap_answers *answers, unsigned question)
{
	struct block *block = answers->judge->block;
	int relevance = answers->pack->net->relevance[question];

	if (relevance == NONE || plane_bit(&block->truth[relevance].certain, 0))
		return false;
	scap__block_trace_from(block, (unsigned)relevance);
	for (size_t i = 0; i < answers->pack->base->nquestions; i++)
		if (answers->open[i] && plane_bit(&block->missing[i], 0))
			return true;
	return false;
}

static const struct value *last_history(const scap_answers *answers)
{
	return answers->history + (answers->nhistory - 1) * answers->pack->base->nquestions;
}

static bool same_as_shown(const scap_answers *answers)
{
	const struct value *last = last_history(answers);

	for (size_t i = 0; i < answers->pack->base->nquestions; i++) {
		const struct value *now = &answers->list[i].value;

		if (last[i].state != now->state || last[i].number != now->number ||
		    last[i].choices != now->choices || last[i].unsure != now->unsure)
			return false;
	}
	return true;
}

/* Remembers the answers at the moment a screen is shown. Without memory the way
 * back is shorter, nothing else. */
static void remember(scap_answers *answers)
{
	size_t count = answers->pack->base->nquestions;
	struct value *place;

	if (answers->nhistory && same_as_shown(answers))
		return;
	if (answers->nhistory == answers->history_room) {
		size_t room = answers->history_room ? answers->history_room * 2 : 8;
		struct value *history = realloc(answers->history,
		                                room * count * sizeof(*history));

		if (!history)
			return;
		answers->history = history;
		answers->history_room = room;
	}
	place = answers->history + answers->nhistory++ * count;
	for (size_t i = 0; i < count; i++)
		place[i] = answers->list[i].value;
}

/* The person's own words come first, or not at all: they can spare questions. */
static bool open_words(const scap_answers *answers, unsigned question)
{
	const struct rulebase *base = answers->pack->base;

	if (!base->nphrases || base->questions[question].shown.type != SCAP_FREE_TEXT ||
	    !relevant(answers, question))
		return false;
	for (size_t i = 0; i < base->nquestions; i++)
		if (answers->list[i].value.state != VALUE_NONE)
			return false;
	return true;
}

static void find_open(scap_answers *answers)
{
	bool plan = plan_open(answers), any = false;
	size_t count = answers->pack->base->nquestions;

	for (unsigned i = 0; i < count; i++)
		any |= answers->open[i] = open_question(answers, i, plan);
	for (unsigned i = 0; any && i < count; i++)
		answers->open[i] |= open_words(answers, i);
}

int scap_interview_next(scap_answers *answers, struct scap_screen *screen)
{
	const struct rulebase *base = answers->pack->base;
	const struct question *first = NULL;
	size_t count = 0;

	judge_ahead(answers);
	find_open(answers);
	for (unsigned i = 0; i < base->nquestions; i++)
		if (answers->open[i] && !waits(answers, i) &&
		    (!first || base->questions[i].screen < first->screen))
			first = &base->questions[i];
	if (!first) {
		remember(answers); /* the outcome, too, can be gone back from */
		return 0;
	}
	for (unsigned i = 0; i < base->nquestions; i++)
		if (base->questions[i].screen == first->screen && answers->open[i] &&
		    !waits(answers, i))
			answers->screen[count++] = &base->questions[i].shown;
	*screen = (struct scap_screen){first->shown.screen, first->shown.section, count,
	                               answers->screen, first->gate};
	remember(answers);
	return 1;
}

/* Without the text there is nothing that it said. */
static void forget_words(scap_answers *answers)
{
	for (size_t i = 0; i < answers->pack->base->nquestions; i++)
		if (answers->list[i].text && answers->list[i].value.state == VALUE_GIVEN)
			return;
	scap__answers_forget_heard(answers);
}

int scap_interview_back(scap_answers *answers)
{
	const struct value *before;

	if (answers->nhistory < 2)
		return 0;
	answers->nhistory--;
	before = last_history(answers);
	for (size_t i = 0; i < answers->pack->base->nquestions; i++)
		answers->list[i].value = before[i];
	answers->ncleared = 0;
	forget_words(answers);
	return 1;
}

/* True when a rule that matters could still turn on the question. */
static bool turns_on(scap_answers *answers, size_t rule, unsigned question)
{
	struct block *block = answers->judge->block;
	struct plane matters = scap__judge_matters(answers->judge, rule);

	if (!plane_bit(&matters, 0))
		return false;
	scap__block_trace_from(block, answers->pack->net->rule_node[rule]);
	return plane_bit(&block->missing[question], 0);
}

size_t scap__interview_rules(scap_answers *answers, unsigned question, unsigned *rules, size_t room)
{
	const struct rulebase *base = answers->pack->base;
	size_t count = 0;

	judge_ahead(answers);
	for (size_t i = base->first_rule[RULE_ESCALATION]; i < base->first_rule[RULE_WATCH]; i++)
		if (count < room && turns_on(answers, i, question))
			rules[count++] = (unsigned)i;
	return count;
}
