/* SPDX-License-Identifier: MIT */
#include "prove/theorem.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "prove/memory.h"

static void add(struct space *space, struct theorem theorem, const int *when, size_t count)
{
	for (size_t i = 0; i < count; i++)
		theorem.when[i] = when[i];
	theorem.count = count;
	space->theorems = prove_grow(space->theorems, space->count, sizeof(theorem));
	space->theorems[space->count++] = theorem;
}

/* ---- Hazards ------------------------------------------------------------------------ */

static int all_allowed(struct coding *coding, const bool *exercises, bool allowed)
{
	size_t count = coding->pack->base->nexercises, n = 0;
	int *literals = prove_alloc(count, sizeof(int)), out;

	for (size_t i = 0; i < count; i++)
		if (exercises[i])
			literals[n++] = (allowed ? 1 : -1) * prove_allowed(coding, i);
	out = prove_and(coding->model, literals, n);
	free(literals);
	return out;
}

/* As many exercises as a routine needs; of those that need nothing, or of all. */
static int enough(struct coding *coding, bool of_all)
{
	const struct rulebase *base = coding->pack->base;
	int *literals = prove_alloc(base->nexercises, sizeof(int)), out;
	size_t n = 0;

	for (size_t i = 0; i < base->nexercises; i++)
		if (of_all || !base->exercises[i].nneeds)
			literals[n++] = prove_allowed(coding, i);
	out = prove_at_least(coding->model, literals, n, base->settings.fewest_exercises);
	free(literals);
	return prove_both(coding->model, out, coding->routine);
}

static int all_asked(struct coding *coding, const bool *questions)
{
	const struct network *net = coding->pack->net;
	int out = LIT_TRUE;

	for (size_t i = 0; i < net->base->nquestions; i++)
		if (questions[i] && net->relevance[i] != NONE)
			out = prove_both(coding->model, out,
			                 coding->nodes[net->relevance[i]].certain);
	return out;
}

/* The literal that holds where the demand is met. */
static int met(struct coding *coding, const struct demand *demand)
{
	switch (demand->kind) {
	case DEMAND_LEAST: return coding->reaches[demand->level];
	case DEMAND_MOST:
		return demand->level + 1 == coding->pack->base->nlevels
		               ? LIT_TRUE : -coding->reaches[demand->level + 1];
	case DEMAND_NO_ROUTINE: return -enough(coding, true);
	case DEMAND_ROUTINE: return enough(coding, false);
	case DEMAND_NEVER: return all_allowed(coding, demand->exercises, false);
	case DEMAND_ALLOWS: return all_allowed(coding, demand->exercises, true);
	case DEMAND_ASKS: return all_asked(coding, demand->questions);
	default: return LIT_TRUE;
	}
}

/* Answers in conflict count as unknown, which may send anybody to hospital: what is asked
 * of a hazard at most is asked of answers that agree. */
static int bound_to(const struct coding *coding, const struct demand *demand)
{
	bool ceiling = demand->kind == DEMAND_MOST || demand->kind == DEMAND_ROUTINE ||
	               demand->kind == DEMAND_ALLOWS;

	return ceiling ? -coding->conflict : LIT_TRUE;
}

static void add_hazard(struct space *space, const struct hazard *hazard, unsigned subject)
{
	struct coding *coding = space->coding;
	struct truth_pair when = prove_cond(coding, hazard->when);
	int certain[3] = {when.certain, -met(coding, &hazard->must),
	                  bound_to(coding, &hazard->must)};
	int open[4] = {when.possible, -when.certain, -met(coding, &hazard->if_unknown),
	               bound_to(coding, &hazard->if_unknown)};
	struct theorem theorem = {
		.kind = THEOREM_HAZARD, .name = hazard->id, .part = "", .hazard = hazard,
		.demand = &hazard->must, .subject = subject,
	};

	add(space, theorem, certain, 3);
	add(space, (struct theorem){.kind = THEOREM_APPLIES, .name = hazard->id, .part = "",
	                            .subject = subject, .possible = true}, &when.certain, 1);
	if (hazard->if_unknown.kind == DEMAND_NOTHING)
		return;
	theorem.part = "if_unknown";
	theorem.demand = &hazard->if_unknown;
	add(space, theorem, open, 4);
}

/* ---- Of every pack ------------------------------------------------------------------ */

static bool has_word(const char *list, const char *word)
{
	size_t size = strlen(word);

	for (list += strspn(list, "; "); *list; list += strspn(list, "; ")) {
		size_t length = strcspn(list, "; ");

		if (length == size && !memcmp(list, word, size))
			return true;
		list += length;
	}
	return false;
}

/* By what stands in the cell, not by what the loader made of it. */
static bool avoids(const struct rulebase *base, const struct rule *rule,
                   const struct exercise *exercise)
{
	if (has_word(rule->targets_text, "all") || has_word(rule->targets_text, exercise->name))
		return true;
	for (size_t i = 0; i < exercise->ntags; i++)
		if (has_word(rule->targets_text, base->tags[exercise->tags[i]].name))
			return true;
	return false;
}

static void add_left_out(struct space *space, unsigned index)
{
	struct coding *coding = space->coding;
	const struct rulebase *base = coding->pack->base;
	const struct rule *rule = &base->rules[index];
	int *literals = prove_alloc(base->nexercises, sizeof(int)), when[2];
	size_t n = 0;

	for (size_t i = 0; i < base->nexercises; i++)
		if (avoids(base, rule, &base->exercises[i]))
			literals[n++] = prove_allowed(coding, i);
	when[0] = coding->nodes[coding->pack->net->rule_node[index]].possible;
	when[1] = prove_or(coding->model, literals, n);
	free(literals);
	add(space, (struct theorem){.kind = THEOREM_LEFT_OUT, .name = rule->id, .part = "",
	                            .subject = index}, when, 2);
}

static void add_levels(struct space *space)
{
	const struct rulebase *base = space->coding->pack->base;

	for (unsigned i = 0; i < base->nlevels; i++) {
		int when[3] = {prove_level(space->coding, i), -space->coding->conflict,
		               space->coding->routine};
		struct theorem theorem = {.name = base->levels[i].shown.name, .part = "",
		                          .subject = i};

		theorem.kind = THEOREM_LEVEL;
		theorem.possible = true;
		add(space, theorem, when, 2);
		if (base->levels[i].shown.routine)
			continue;
		when[1] = space->coding->routine;
		theorem.kind = THEOREM_ROUTINE;
		theorem.possible = false;
		add(space, theorem, when, 2);
	}
}

/* Where the pack has words for it, too few exercises are no dead end. */
static void add_enough(struct space *space)
{
	struct coding *coding = space->coding;
	bool advice = coding->pack->base->settings.few_exercises_advice[0] != '\0';
	int when[2] = {coding->routine, advice ? LIT_FALSE : -enough(coding, true)};

	add(space, (struct theorem){.kind = THEOREM_ENOUGH, .name = "routine", .part = ""}, when,
	    2);
}

static void add_possible(struct space *space)
{
	struct coding *coding = space->coding;
	const struct network *net = coding->pack->net;
	const struct rulebase *base = net->base;
	struct theorem theorem = {.possible = true, .part = ""};
	int when[3] = {-coding->conflict};

	for (unsigned i = 0; i < base->nrules; i++) {
		theorem.kind = THEOREM_FIRES;
		theorem.name = base->rules[i].id;
		theorem.subject = i;
		when[1] = coding->nodes[net->rule_node[i]].certain;
		add(space, theorem, when, 2);
	}
	for (unsigned i = 0; i < base->nquestions; i++) {
		theorem.kind = THEOREM_ASKED;
		theorem.name = base->questions[i].shown.name;
		theorem.subject = i;
		when[1] = net->relevance[i] == NONE ? LIT_TRUE
		                                    : coding->nodes[net->relevance[i]].certain;
		add(space, theorem, when, 2);
	}
	for (unsigned i = 0; i < base->nexercises; i++) {
		theorem.kind = THEOREM_OFFERED;
		theorem.name = base->exercises[i].name;
		theorem.subject = i;
		when[1] = prove_allowed(coding, i);
		when[2] = coding->equipped[i];
		add(space, theorem, when, 3);
	}
}

struct test_list {
	struct test *list;
	size_t count;
};

static void list_tests(struct test_list *tests, const struct cond *cond)
{
	if (cond->op == COND_TEST) {
		tests->list = prove_grow(tests->list, tests->count, sizeof(*tests->list));
		tests->list[tests->count++] = cond->test;
	}
	for (size_t i = 0; i < cond->nitems; i++)
		list_tests(tests, cond->items[i]);
}

struct space *prove_space_single(const scap_pack *pack, const struct hazards *hazards)
{
	struct space *space = prove_alloc(1, sizeof(*space));
	const struct rulebase *base = pack->base;
	struct test_list tests = {0};

	for (size_t i = 0; i < hazards->count; i++)
		list_tests(&tests, hazards->list[i].when);
	space->model = prove_model_new();
	space->coding = prove_coding_new(
		space->model, pack,
		prove_domains_new(space->model, pack, tests.list, tests.count));
	free(tests.list);
	for (unsigned i = 0; i < hazards->count; i++)
		add_hazard(space, &hazards->list[i], i);
	for (size_t i = base->first_rule[RULE_CONTRAINDICATION];
	     i < base->first_rule[RULE_CONTRAINDICATION + 1]; i++)
		add_left_out(space, (unsigned)i);
	add_levels(space);
	add_enough(space);
	add_possible(space);
	return space;
}

/* ---- Two persons -------------------------------------------------------------------- */

/* Unless IF_NOT holds, A and B are the same. */
static void equal_unless(struct model *model, int if_not, int a, int b)
{
	int clause[3] = {if_not, -a, b}, back[3] = {if_not, a, -b};

	prove_clause(model, clause, 3);
	prove_clause(model, back, 3);
}

static void tie(struct space *space, unsigned question)
{
	const struct domain *a = &space->coding->domains[question];
	const struct domain *b = &space->other->domains[question];
	int differ = space->differ[question];

	equal_unless(space->model, differ, a->known, b->known);
	for (size_t i = 0; i < a->ncuts; i++)
		equal_unless(space->model, differ, a->from[i], b->from[i]);
	for (size_t i = 0; i < a->neach; i++) {
		equal_unless(space->model, differ, a->each[i].certain, b->each[i].certain);
		equal_unless(space->model, differ, a->each[i].possible, b->each[i].possible);
	}
}

/* The second knows all that the first knows, and perhaps more. */
static int knows_more(struct space *space)
{
	const struct network *net = space->coding->pack->net;
	int *literals = prove_alloc(2 * net->nanswers, sizeof(int)), out;

	for (size_t i = 0; i < net->nanswers; i++) {
		struct truth_pair a = space->coding->nodes[i], b = space->other->nodes[i];

		literals[2 * i] = prove_either(space->model, -a.certain, b.certain);
		literals[2 * i + 1] = prove_either(space->model, a.possible, -b.possible);
	}
	out = prove_and(space->model, literals, 2 * net->nanswers);
	free(literals);
	return out;
}

/* The first person's level is above the second's. */
static int above(struct space *space)
{
	int out = LIT_FALSE;

	for (size_t i = 1; i < space->coding->pack->base->nlevels; i++)
		out = prove_either(space->model, out,
		                   prove_both(space->model, space->coding->reaches[i],
		                              -space->other->reaches[i]));
	return out;
}

static int differs(struct space *space)
{
	int out = LIT_FALSE;

	for (size_t i = 1; i < space->coding->pack->base->nlevels; i++) {
		int a = space->coding->reaches[i], b = space->other->reaches[i];

		out = prove_either(space->model, out, prove_both(space->model, a, -b));
		out = prove_either(space->model, out, prove_both(space->model, -a, b));
	}
	return out;
}

/* Of each question: no other differs. What stands before and behind it is put together step by
 * step, so that this grows with the questions and not with their square. */
static int *only_this_differs(struct space *space)
{
	size_t count = space->coding->pack->base->nquestions;
	int *only = prove_alloc(count, sizeof(int)), before = LIT_TRUE, behind = LIT_TRUE;

	for (size_t i = 0; i < count; i++) {
		only[i] = before;
		before = prove_both(space->model, before, -space->differ[i]);
	}
	for (size_t i = count; i-- > 0;) {
		only[i] = prove_both(space->model, only[i], behind);
		behind = prove_both(space->model, behind, -space->differ[i]);
	}
	return only;
}

/* Of two people: what must not be so where only a red flag tells them apart. */
struct contrast {
	int no_conflict;
	int above;       /* the first's level is above the second's */
	int only_first;  /* the first is allowed an exercise that the second is not */
	int only_second;
};

static int allowed_to_one(struct space *space, struct coding *to, struct coding *not_to)
{
	int out = LIT_FALSE;

	for (size_t i = 0; i < to->pack->base->nexercises; i++)
		out = prove_either(space->model, out,
		                   prove_both(space->model, prove_allowed(to, i),
		                              -prove_allowed(not_to, i)));
	return out;
}

static void add_flag(struct space *space, unsigned question, int only,
                     const struct contrast *contrast)
{
	struct truth_pair first = space->coding->domains[question].each[0];
	struct truth_pair second = space->other->domains[question].each[0];
	struct theorem theorem = {
		.subject = question,
		.name = space->coding->pack->base->questions[question].shown.name,
	};
	int when[5] = {only, contrast->no_conflict};

	for (int to_yes = 0; to_yes <= 1; to_yes++) {
		theorem.to_yes = to_yes;
		when[2] = to_yes ? prove_both(space->model, -first.certain, first.possible)
		                 : -first.possible;
		when[3] = to_yes ? second.certain
		                 : prove_both(space->model, -second.certain, second.possible);
		theorem.kind = THEOREM_FLAG;
		theorem.part = to_yes ? "not sure <= yes" : "no <= not sure";
		when[4] = contrast->above;
		add(space, theorem, when, 5);
		theorem.kind = THEOREM_UNSURE;
		theorem.part = to_yes ? "yes forbids" : "no forbids";
		when[4] = to_yes ? contrast->only_first : contrast->only_second;
		add(space, theorem, when, 5);
	}
}

static void add_lasting(struct space *space, int no_conflict)
{
	struct coding *coding = space->coding;
	int more = knows_more(space), gone = LIT_FALSE;
	struct theorem theorem = {.kind = THEOREM_LASTING, .name = "level", .part = ""};
	int level[4] = {more, no_conflict, coding->certain, differs(space)};
	int exercises[3] = {more, no_conflict};

	add(space, theorem, level, 4);
	for (size_t i = 0; i < coding->pack->base->nexercises; i++)
		gone = prove_either(space->model, gone,
		                    prove_both(space->model, -coding->left_out[i],
		                               space->other->left_out[i]));
	exercises[2] = gone;
	theorem.name = "exercises";
	add(space, theorem, exercises, 3);
}

struct space *prove_space_double(const scap_pack *pack)
{
	struct space *space = prove_alloc(1, sizeof(*space));
	const struct rulebase *base = pack->base;
	struct contrast contrast;
	int *only;

	space->model = prove_model_new();
	space->differ = prove_alloc(base->nquestions, sizeof(int));
	for (size_t i = 0; i < base->nquestions; i++)
		space->differ[i] = prove_variable(space->model);
	space->coding = prove_coding_new(space->model, pack,
	                                 prove_domains_new(space->model, pack, NULL, 0));
	space->other = prove_coding_new(space->model, pack,
	                                prove_domains_new(space->model, pack, NULL, 0));
	for (unsigned i = 0; i < base->nquestions; i++)
		tie(space, i);
	contrast.no_conflict = prove_both(space->model, -space->coding->conflict,
	                                  -space->other->conflict);
	contrast.above = above(space);
	contrast.only_first = allowed_to_one(space, space->coding, space->other);
	contrast.only_second = allowed_to_one(space, space->other, space->coding);
	only = only_this_differs(space);
	for (unsigned i = 0; i < base->nquestions; i++)
		if (base->questions[i].shown.red_flag)
			add_flag(space, i, only[i], &contrast);
	free(only);
	add_lasting(space, contrast.no_conflict);
	return space;
}

/* ---- In words ----------------------------------------------------------------------- */

enum { WHEN_SHOWN = 120 };

static void write_hazard(const struct theorem *theorem, struct buffer *out)
{
	const struct hazard *hazard = theorem->hazard;

	scap__buffer_printf(out, "%s: %s %.*s%s: %s", hazard->id,
	                    theorem->demand == &hazard->must ? "where" : "where it is not known whether",
	                    WHEN_SHOWN, hazard->when_text,
	                    strlen(hazard->when_text) > WHEN_SHOWN ? " ..." : "",
	                    theorem->demand->text);
}

void prove_theorem_write(const struct theorem *theorem, struct buffer *out)
{
	const char *name = theorem->name;

	switch (theorem->kind) {
	case THEOREM_HAZARD: write_hazard(theorem, out); return;
	case THEOREM_LEFT_OUT:
		scap__buffer_printf(out,
		                    "%s: what it avoids is never allowed where it is not ruled "
		                         "out", name);
		return;
	case THEOREM_ROUTINE:
		scap__buffer_printf(out, "%s: this level forbids a routine, and nobody gets one",
		                    name);
		return;
	case THEOREM_FLAG:
		scap__buffer_printf(out, "%s: the level goes %s", name, theorem->part);
		return;
	case THEOREM_UNSURE:
		scap__buffer_printf(out, "%s: not sure allows no exercise that %s", name,
		                    theorem->part);
		return;
	case THEOREM_LASTING:
		scap__buffer_printf(out, !strcmp(theorem->name, "level")
		                                 ? "a level that is certain stays, however open answers "
		                                   "turn out"
		                                 : "an exercise that is not left out while answers are "
		                                   "open stays so, however they turn out");
		return;
	case THEOREM_ENOUGH:
		scap__buffer_text(out, "nobody ends with too few exercises and without advice");
		return;
	case THEOREM_APPLIES:
		scap__buffer_printf(out, "%s: there is somebody whom it is about", name);
		return;
	case THEOREM_FIRES: scap__buffer_printf(out, "%s: this rule can hold", name); return;
	case THEOREM_LEVEL: scap__buffer_printf(out, "%s: this level can be reached", name); return;
	case THEOREM_ASKED: scap__buffer_printf(out, "%s: this question can apply", name); return;
	case THEOREM_OFFERED: scap__buffer_printf(out, "%s: somebody can get it", name); return;
	}
}

void prove_space_free(struct space *space)
{
	if (!space)
		return;
	prove_coding_free(space->coding);
	prove_coding_free(space->other);
	prove_model_free(space->model);
	free(space->differ);
	free(space->theorems);
	free(space);
}
