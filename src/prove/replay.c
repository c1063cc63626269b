/* SPDX-License-Identifier: MIT */
#include "prove/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "prove/memory.h"
#include "routine/session.h"

enum { ODDS = 64 };

struct playing {
	const struct coding *coding;
	const scap_pack *engine;
	struct judge *judge;
	struct selection *selection;
	struct session *session;
	struct value *answers; /* of each question of each lane */
	bool *values;          /* of each variable */
	uint64_t *head, *tail; /* of each lane */
	uint64_t dice;
	struct replay result;
};

static uint64_t roll(struct playing *p, uint64_t sides)
{
	p->dice ^= p->dice << 13;
	p->dice ^= p->dice >> 7;
	p->dice ^= p->dice << 17;
	return (p->dice >> 11) % sides;
}

/* ---- A random person ---------------------------------------------------------------- */

/* At a cut, just before one, or anywhere. */
static int64_t roll_number(struct playing *p, const struct question *question,
                           const struct domain *domain)
{
	int64_t step = question->shown.type == SCAP_INTEGER ? NUMBER_ONE : 1;
	int64_t value = question->low +
	                (int64_t)roll(p,
	                              (uint64_t)((question->high - question->low) / step) + 1) * step;

	if (domain->ncuts && roll(p, 4))
		value = domain->cuts[roll(p, domain->ncuts)] - (roll(p, 2) ? step : 0);
	return value;
}

static void roll_answer(struct playing *p, unsigned index, uint64_t yes, uint64_t unknown,
                        struct value *value)
{
	const struct question *question = &p->coding->pack->base->questions[index];
	const struct domain *domain = &p->coding->domains[index];

	*value = (struct value){.state = VALUE_NONE};
	if (question->shown.type == SCAP_FREE_TEXT || roll(p, ODDS) < unknown)
		return;
	value->state = VALUE_GIVEN;
	if (question->shown.type == SCAP_YES_NO)
		value->number = roll(p, ODDS) < yes;
	else if (question->shown.type == SCAP_SELECT_ONE)
		value->choices = UINT64_C(1) << roll(p, domain->neach);
	else if (question->shown.type != SCAP_SELECT_MULTIPLE)
		value->number = roll_number(p, question, domain);
	else
		for (size_t i = 0; i < domain->neach; i++) {
			if (roll(p, ODDS) < yes)
				value->choices |= UINT64_C(1) << i;
			else if (roll(p, ODDS) < unknown)
				value->unsure |= UINT64_C(1) << i;
		}
}

/* Healthy and ill, sure and unsure people. */
static void roll_people(struct playing *p)
{
	const size_t nquestions = p->engine->base->nquestions;

	for (unsigned lane = 0; lane < BLOCK_LANES; lane++) {
		uint64_t yes = UINT64_C(1) << roll(p, 6), unknown = roll(p, 3) ? roll(p,
		                                                                      4) : roll(p,
		                                                                                40);

		for (unsigned i = 0; i < nquestions; i++) {
			struct value *value = &p->answers[lane * nquestions + i];

			roll_answer(p, i, yes, unknown, value);
			scap__block_put(p->judge->block, lane, i, value);
		}
	}
}

/* ---- The same person in variables --------------------------------------------------- */

static void set(struct playing *p, int literal, bool value)
{
	if (!p->coding->model->is_gate[abs(literal)])
		p->values[abs(literal)] = value == (literal > 0);
}

static void set_answer(struct playing *p, const struct question *question,
                       const struct domain *domain, const struct value *value)
{
	bool given = value->state == VALUE_GIVEN;
	uint64_t taken = question->shown.type == SCAP_YES_NO ? value->number != 0 : value->choices;

	set(p, domain->known, given);
	for (size_t i = 0; i < domain->ncuts; i++)
		set(p, domain->from[i], given && value->number >= domain->cuts[i]);
	for (size_t i = 0; i < domain->neach; i++) {
		bool yes = given && taken >> i & 1;

		set(p, domain->each[i].certain, yes);
		if (question->shown.type != SCAP_SELECT_ONE)
			set(p, domain->each[i].possible, yes || !given || value->unsure >> i & 1);
	}
}

static bool holds(const struct playing *p, int literal)
{
	return p->values[abs(literal)] == (literal > 0);
}

/* ---- Both --------------------------------------------------------------------------- */

static void disagree(struct playing *p, const char *what, const char *name)
{
	if (!p->result.disagreements++)
		snprintf(p->result.first, sizeof(p->result.first), "%s%s%s", what,
		         name[0] ? ": " : "",
		         name);
}

static void compare_rules(struct playing *p, unsigned lane)
{
	const struct network *net = p->coding->pack->net;

	for (size_t i = 0; i < net->base->nrules; i++) {
		const struct truth_pair *pair = &p->coding->nodes[net->rule_node[i]];
		const struct truth *truth =
			&p->judge->block->truth[p->engine->net->rule_node[i]];

		if (plane_bit(&truth->certain, lane) != holds(p, pair->certain) ||
		    plane_bit(&truth->possible, lane) != holds(p, pair->possible)) {
			disagree(p, "a rule", net->base->rules[i].id);
			return;
		}
	}
}

static void compare_exercises(struct playing *p, const struct verdict *verdict)
{
	const struct rulebase *base = p->coding->pack->base;
	bool routine = holds(p, p->coding->routine);

	scap__selection_make(p->selection, verdict);
	scap__session_make(p->session, p->selection);
	if (p->selection->routine != routine) {
		disagree(p, "whether there may be a routine", "");
		return;
	}
	for (size_t i = 0; routine && i < base->nexercises; i++)
		if (p->selection->excluded[i] != holds(p, p->coding->left_out[i]) ||
		    (!p->selection->excluded[i] &&
		     p->selection->unequipped[i] == holds(p, p->coding->equipped[i]))) {
			disagree(p, "an exercise", base->exercises[i].name);
			return;
		}
	for (size_t i = 0; i < p->session->count; i++)
		if (holds(p, p->coding->left_out[p->session->list[i].exercise]) || !routine) {
			disagree(p, "a routine holds what is left out",
			         base->exercises[p->session->list[i].exercise].name);
			return;
		}
}

static void compare_person(struct playing *p, unsigned lane)
{
	const struct rulebase *base = p->coding->pack->base;
	const struct layout *layout = p->engine->layout;
	struct verdict verdict = {layout, p->head + lane * layout->head_words,
	                          p->tail + lane * layout->tail_words};
	unsigned level = scap__verdict_level(&verdict);

	for (size_t i = 0; i < base->nquestions; i++)
		set_answer(p, &base->questions[i], &p->coding->domains[i],
		           &p->answers[lane * base->nquestions + i]);
	p->result.people++;
	if (!prove_evaluate(p->coding->model, p->values)) {
		disagree(p, "the clauses leave something open", "");
		return;
	}
	compare_rules(p, lane);
	if (!holds(p, p->coding->reaches[level]) ||
	    (level + 1 < base->nlevels && holds(p, p->coding->reaches[level + 1])))
		disagree(p, "the level", base->levels[level].shown.name);
	if (scap__verdict_certain(&verdict) != holds(p, p->coding->certain))
		disagree(p, "whether the level is certain", "");
	compare_exercises(p, &verdict);
}

static bool prepare(struct playing *p)
{
	const struct layout *layout = p->engine->layout;

	p->judge = scap__judge_new(layout);
	p->selection = scap__selection_new(layout);
	p->session = scap__session_new(layout);
	p->answers = prove_alloc(BLOCK_LANES * p->engine->base->nquestions, sizeof(*p->answers));
	p->values = prove_alloc((size_t)p->coding->model->nvars + 1, sizeof(*p->values));
	p->head = prove_alloc(BLOCK_LANES * layout->head_words + 1, sizeof(*p->head));
	p->tail = prove_alloc(BLOCK_LANES * layout->tail_words + 1, sizeof(*p->tail));
	return p->judge && p->selection && p->session;
}

struct replay prove_replay(const struct coding *coding, const scap_pack *engine,
                           unsigned long long count, unsigned long long seed)
{
	struct playing p = {.coding = coding, .engine = engine, .dice = 2 * seed + 1};

	if (!prepare(&p))
		disagree(&p, "memory is out", "");
	while (!p.result.disagreements && p.result.people < count) {
		scap__block_clear(p.judge->block);
		roll_people(&p);
		scap__block_run(p.judge->block);
		scap__judge_run(p.judge);
		scap__judge_lanes(p.judge, p.head, p.tail);
		for (unsigned lane = 0; lane < BLOCK_LANES && p.result.people < count; lane++)
			compare_person(&p, lane);
	}
	scap__judge_free(p.judge);
	scap__selection_free(p.selection);
	scap__session_free(p.session);
	free(p.answers);
	free(p.values);
	free(p.head);
	free(p.tail);
	return p.result;
}
