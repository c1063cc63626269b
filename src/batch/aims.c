/* SPDX-License-Identifier: MIT */
#include "batch/aims.h"

#include <stdlib.h>

#include "base/number.h"

struct making {
	struct aims *aims;
	struct arena *arena;
	const scap_pack *pack;
	bool failed;
};

/* ---- Parts of conditions ---------------------------------------------------------------- */

static void add_part(struct making *m, struct rule_part part)
{
	struct rule_part *list = scap__arena_grow(m->arena, m->aims->parts, m->aims->nparts,
	                                          sizeof(*list));

	m->failed |= !list;
	if (!list)
		return;
	m->aims->parts = list;
	list[m->aims->nparts++] = part;
}

/* An item decides where the others leave it to it: in an `and` where all of them hold, in
 * an `or` where none does, in `at least n of` where n - 1 do. */
static const struct goal *goal_beside(struct making *m, const struct cond *whole, size_t but,
                                      const struct goal *above)
{
	struct goal *goal = scap__arena_alloc(m->arena, sizeof(*goal));
	size_t exactly = whole->op == COND_AND ? whole->nitems - 1
	                 : whole->op == COND_OR ? 0 : whole->n - 1;

	m->failed |= !goal;
	if (goal)
		*goal = (struct goal){above, whole, but, 0, (unsigned)exactly};
	return goal;
}

static void add_parts(struct making *m, unsigned rule, const struct cond *cond,
                      const struct goal *goal)
{
	bool bracket = cond->op == COND_AND || cond->op == COND_OR || cond->op == COND_AT_LEAST;

	if (cond->op == COND_NOT)
		add_parts(m, rule, cond->items[0], goal);
	else if (cond->op == COND_TEST || cond->op == COND_FINDING || (bracket && goal))
		add_part(m, (struct rule_part){rule, cond, goal});
	for (size_t i = 0; bracket && i < cond->nitems && !m->failed; i++)
		add_parts(m, rule, cond->items[i], goal_beside(m, cond, i, goal));
}

/* ---- Thresholds ------------------------------------------------------------------------- */

static bool whole(const struct rulebase *base, unsigned question)
{
	return base->questions[question].shown.type == SCAP_INTEGER;
}

/* The first number that the question takes from AT on. */
static int64_t upwards(const struct rulebase *base, unsigned question, int64_t at)
{
	int64_t over = at % NUMBER_ONE;

	if (!whole(base, question) || !over)
		return at;
	return at - over + (over > 0 ? NUMBER_ONE : 0);
}

unsigned scap__test_borders(const struct rulebase *base, const struct test *test, int64_t out[2])
{
	int64_t low = upwards(base, test->question, test->low);
	int64_t over = upwards(base, test->question, test->low + 1);

	switch (test->compare) {
	case COMPARE_LT:
	case COMPARE_GE:
		out[0] = low;
		return 1;
	case COMPARE_GT:
	case COMPARE_LE:
		out[0] = over;
		return 1;
	case COMPARE_EQ:
	case COMPARE_NE:
		out[0] = low;
		out[1] = over;
		return 2;
	case COMPARE_IN:
		out[0] = low;
		out[1] = upwards(base, test->question, test->high + 1);
		return 2;
	default:
		return 0;
	}
}

/* Next to a threshold is the next whole number, or the next tenth. */
static struct border border_of(const struct rulebase *base, unsigned question, int64_t first)
{
	int64_t step = whole(base, question) ? NUMBER_ONE : NUMBER_ONE / 10;
	bool over = !whole(base, question) && first % 1000 == 1; /* as of `> 37.5` */
	struct border border = {question, first, {first - step, first}};

	if (over) {
		border.at[0] = first - 1;
		border.at[1] = first - 1 + step;
	}
	return border;
}

static void add_border(struct making *m, unsigned question, int64_t first)
{
	const struct rulebase *base = m->pack->base;
	struct border border = border_of(base, question, first), *list;

	if (border.first <= base->questions[question].low ||
	    border.first > base->questions[question].high)
		return; /* all that may be answered lies on one side */
	if (border.at[0] < base->questions[question].low)
		border.at[0] = base->questions[question].low;
	if (border.at[1] > base->questions[question].high)
		border.at[1] = base->questions[question].high;
	list = scap__arena_grow(m->arena, m->aims->borders, m->aims->nborders, sizeof(*list));
	m->failed |= !list;
	if (!list)
		return;
	m->aims->borders = list;
	list[m->aims->nborders++] = border;
}

static void add_borders(struct making *m, const struct cond *cond)
{
	int64_t firsts[2];
	unsigned count = cond && cond->op == COND_TEST
	                         ? scap__test_borders(m->pack->base, &cond->test, firsts) : 0;

	for (unsigned i = 0; i < count; i++)
		add_border(m, cond->test.question, firsts[i]);
	for (size_t i = 0; cond && i < cond->nitems; i++)
		add_borders(m, cond->items[i]);
}

static int border_order(const void *a, const void *b)
{
	const struct border *x = a, *y = b;

	if (x->question != y->question)
		return x->question < y->question ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

static void make_borders(struct making *m)
{
	const struct rulebase *base = m->pack->base;
	struct aims *aims = m->aims;
	size_t kept = 0;

	for (size_t i = 0; i < base->nquestions; i++)
		add_borders(m, base->questions[i].relevant);
	for (size_t i = 0; i < base->nrules; i++)
		add_borders(m, base->rules[i].when);
	if (aims->nborders)
		qsort(aims->borders, aims->nborders, sizeof(*aims->borders), border_order);
	for (size_t i = 0; i < aims->nborders; i++)
		if (!kept || border_order(&aims->borders[kept - 1], &aims->borders[i]))
			aims->borders[kept++] = aims->borders[i];
	aims->nborders = kept;
}

/* ---- All of them ------------------------------------------------------------------------ */

static void add_aim(struct making *m, enum aim_kind kind, size_t index, bool upper)
{
	m->aims->list[m->aims->count++] = (struct aim){.kind = kind, .index = (unsigned)index,
	                                               .upper = upper};
}

static void add_aims(struct making *m, enum aim_kind kind, size_t count, bool pairs)
{
	m->aims->first[kind] = m->aims->count;
	for (size_t i = 0; i < count; i++) {
		add_aim(m, kind, i, false);
		if (pairs)
			add_aim(m, kind, i, true);
	}
	m->aims->first[kind + 1] = m->aims->count;
}

/* What no rule leaves out needs no case that does. */
static void add_left_out(struct making *m)
{
	const struct rulebase *base = m->pack->base;
	bool *marks = scap__arena_array(m->arena, base->nexercises + 1, sizeof(*marks));

	m->failed |= !marks;
	for (size_t i = base->first_rule[RULE_CONTRAINDICATION];
	     marks && i < base->first_rule[RULE_CONTRAINDICATION + 1]; i++)
		for (size_t j = 0; j < base->rules[i].ntargets; j++)
			marks[base->rules[i].targets[j]] = true;
	for (size_t i = 0; marks && i < base->nexercises; i++)
		if (marks[i])
			add_aim(m, AIM_LEFT_OUT, i, true);
	m->aims->first[AIM_KINDS] = m->aims->count;
}

bool scap__aims_make(struct aims *aims, struct arena *arena, const scap_pack *pack)
{
	const struct rulebase *base = pack->base;
	struct making m = {.aims = aims, .arena = arena, .pack = pack};

	*aims = (struct aims){0};
	for (unsigned i = 0; i < base->nrules && !m.failed; i++)
		add_parts(&m, i, base->rules[i].when, NULL);
	make_borders(&m);
	aims->list = scap__arena_array(arena, base->nrules + 2 * aims->nparts +
	                                              4 * aims->nborders + 2 * base->nexercises + 1,
	                               sizeof(*aims->list));
	if (m.failed || !aims->list)
		return false;
	add_aims(&m, AIM_RULE, base->nrules, false);
	add_aims(&m, AIM_PART, aims->nparts, true);
	add_aims(&m, AIM_SIDE, aims->nborders, true);
	add_aims(&m, AIM_BORDER, aims->nborders, true);
	add_aims(&m, AIM_OFFERED, base->nexercises, false);
	add_left_out(&m);
	return !m.failed;
}

/* ---- What a decision meets -------------------------------------------------------------- */

static bool goal_met(const struct goal *goal, const scap_decision *decision)
{
	unsigned holding = 0;

	for (size_t i = 0; i < goal_count(goal); i++) {
		int64_t node = goal_node(goal, decision->pack->net, i);
		enum truth_word truth = node < 0 ? TRUTH_NO
		                                 : scap__decision_truth(decision, (unsigned)node);

		if (truth == TRUTH_UNKNOWN)
			return false;
		holding += truth == TRUTH_YES;
	}
	return holding == goal->exactly;
}

static bool part_met(const struct rule_part *part, bool yes, const scap_decision *decision)
{
	unsigned node = decision->pack->net->cond_node[part->cond->id];
	bool met = scap__decision_truth(decision, node) == (yes ? TRUTH_YES : TRUTH_NO);

	for (const struct goal *goal = part->goal; met && goal; goal = goal->above)
		met = goal_met(goal, decision);
	return met;
}

/* A number counts where its question surely applies. */
static bool number_met(const struct border *border, const struct aim *aim,
                       const scap_decision *decision)
{
	const struct value *value = &decision->answers->list[border->question].value;
	int relevance = decision->pack->net->relevance[border->question];
	bool upper = value->number >= border->first;

	if (value->state != VALUE_GIVEN || upper != aim->upper ||
	    (relevance != NONE &&
	     scap__decision_truth(decision, (unsigned)relevance) != TRUTH_YES))
		return false;
	return aim->kind == AIM_SIDE || (upper ? value->number <= border->at[1]
	                                       : value->number >= border->at[0]);
}

bool scap__aim_met(const struct aims *aims, const struct aim *aim, const scap_decision *decision)
{
	switch (aim->kind) {
	case AIM_RULE:
		return scap__decision_truth(decision, decision->pack->net->rule_node[aim->index]) ==
		       TRUTH_YES;
	case AIM_PART:
		return part_met(&aims->parts[aim->index], aim->upper, decision);
	case AIM_SIDE:
	case AIM_BORDER:
		return number_met(&aims->borders[aim->index], aim, decision);
	case AIM_OFFERED:
		return decision->session->place[aim->index] == SESSION_CHOSEN;
	case AIM_LEFT_OUT:
		return decision->selection->excluded[aim->index];
	}
	return false;
}
