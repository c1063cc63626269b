/* SPDX-License-Identifier: MIT */
#include "prove/pair.h"

#include <stdlib.h>
#include <string.h>

#include "prove/memory.h"

/* ---- What is the same in both ------------------------------------------------------- */

static bool has_choice(const struct scap_question *question, const char *name)
{
	for (size_t i = 0; i < question->nchoices; i++)
		if (!strcmp(question->choices[i].name, name))
			return true;
	return false;
}

static bool same_choices(const struct scap_question *a, const struct scap_question *b)
{
	for (size_t i = 0; i < a->nchoices; i++)
		if (!has_choice(b, a->choices[i].name))
			return false;
	return a->nchoices == b->nchoices;
}

/* Where one of several is taken, another list is another question. A checklist may have other
 * boxes, a number another range. */
static bool same_answers(const struct question *a, const struct question *b)
{
	return a->shown.type == b->shown.type &&
	       (a->shown.type != SCAP_SELECT_ONE || same_choices(&a->shown, &b->shown));
}

static int find_question(const struct rulebase *base, const struct question *question)
{
	for (size_t i = 0; i < base->nquestions; i++)
		if (!strcmp(base->questions[i].shown.name, question->shown.name))
			return same_answers(&base->questions[i], question) ? (int)i : NONE;
	return NONE;
}

static int find_exercise(const struct rulebase *base, const char *name)
{
	for (size_t i = 0; i < base->nexercises; i++)
		if (!strcmp(base->exercises[i].name, name))
			return (int)i;
	return NONE;
}

static int find_rule(const struct rulebase *base, const struct rule *rule)
{
	for (size_t i = 0; i < base->nrules; i++)
		if (base->rules[i].kind == rule->kind && !strcmp(base->rules[i].id, rule->id))
			return (int)i;
	return NONE;
}

static void match_all(struct pair *pair, const struct rulebase *before,
                      const struct rulebase *after)
{
	pair->questions = prove_alloc(after->nquestions, sizeof(int));
	pair->exercises = prove_alloc(after->nexercises, sizeof(int));
	pair->rules = prove_alloc(after->nrules, sizeof(int));
	for (size_t i = 0; i < after->nquestions; i++)
		pair->questions[i] = find_question(before, &after->questions[i]);
	for (size_t i = 0; i < after->nexercises; i++)
		pair->exercises[i] = find_exercise(before, after->exercises[i].name);
	for (size_t i = 0; i < after->nrules; i++)
		pair->rules[i] = find_rule(before, &after->rules[i]);
}

/* The tests of the second pack, as tests of the first one's questions. */
static struct test *tests_of(const struct pair *pair, const struct network *net, size_t *count)
{
	struct test *tests = prove_alloc(net->nanswers, sizeof(*tests));

	*count = 0;
	for (size_t i = 0; i < net->nanswers; i++) {
		int question = pair->questions[net->tests[i].question];

		if (question == NONE)
			continue;
		tests[*count] = net->tests[i];
		tests[(*count)++].question = (unsigned)question;
	}
	return tests;
}

/* ---- What differs ------------------------------------------------------------------- */

/* The level is at least so urgent; packs may have other levels. */
static int reaches(const struct coding *coding, long urgency)
{
	const struct rulebase *base = coding->pack->base;

	for (size_t i = 0; i < base->nlevels; i++)
		if (base->levels[i].shown.urgency >= urgency)
			return coding->reaches[i];
	return LIT_FALSE;
}

/* The level of A is more urgent than that of B. */
static int above(struct model *model, const struct coding *a, const struct coding *b)
{
	const struct rulebase *base = a->pack->base;
	int out = LIT_FALSE;

	for (size_t i = 0; i < base->nlevels; i++)
		out = prove_either(model, out,
		                   prove_both(model, a->reaches[i],
		                              -reaches(b, base->levels[i].shown.urgency)));
	return out;
}

/* Allowed, and what it needs is there. */
static int given_before(struct pair *pair, int exercise)
{
	if (exercise == NONE)
		return LIT_FALSE;
	return prove_both(pair->model, prove_allowed(pair->before, (size_t)exercise),
	                  pair->before->equipped[exercise]);
}

static void compare_exercises(struct pair *pair)
{
	size_t count = pair->after->pack->base->nexercises;

	pair->gained = prove_alloc(count, sizeof(int));
	pair->lost = prove_alloc(count, sizeof(int));
	for (size_t i = 0; i < count; i++) {
		int now = prove_both(pair->model, prove_allowed(pair->after, i),
		                     pair->after->equipped[i]);
		int then = given_before(pair, pair->exercises[i]);

		pair->gained[i] = prove_both(pair->model, now, -then);
		pair->lost[i] = prove_both(pair->model, then, -now);
	}
}

struct pair *prove_pair_new(const scap_pack *before, const scap_pack *after)
{
	struct pair *pair = prove_alloc(1, sizeof(*pair));
	struct domain *domains;
	struct test *tests;
	size_t ntests;

	match_all(pair, before->base, after->base);
	pair->model = prove_model_new();
	tests = tests_of(pair, after->net, &ntests);
	domains = prove_domains_new(pair->model, before, tests, ntests);
	free(tests);
	pair->before = prove_coding_new(pair->model, before, domains);
	pair->after = prove_coding_new(pair->model, after,
	                               prove_domains_match(pair->model, after, pair->questions,
	                                                   before, domains));
	pair->riskier_level = above(pair->model, pair->before, pair->after);
	pair->safer_level = above(pair->model, pair->after, pair->before);
	compare_exercises(pair);
	return pair;
}

void prove_pair_free(struct pair *pair)
{
	if (!pair)
		return;
	prove_coding_free(pair->after); /* its domains are the other's */
	prove_coding_free(pair->before);
	prove_model_free(pair->model);
	free(pair->questions);
	free(pair->exercises);
	free(pair->rules);
	free(pair->gained);
	free(pair->lost);
	free(pair);
}

int prove_pair_moves(struct pair *pair, size_t from, size_t to)
{
	return prove_both(pair->model, prove_level(pair->before, from),
	                  prove_level(pair->after, to));
}

int prove_pair_riskier(struct pair *pair)
{
	return prove_either(pair->model, pair->riskier_level,
	                    prove_or(pair->model, pair->gained,
	                             pair->after->pack->base->nexercises));
}
