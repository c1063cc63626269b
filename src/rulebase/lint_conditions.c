/* SPDX-License-Identifier: MIT
 *
 * Each condition by itself: does it ever hold, does it ever not, does every part
 * of it count. What a truth table is too small for is left alone.
 */
#include <stdio.h>
#include <string.h>

#include "rulebase/lint.h"

/* Nobody keeps more things than this in mind while reading a condition. */
enum { INPUTS_MANY = 10 };

/* A `when` or `relevant` cell. */
struct clause {
	struct lint *lint;
	const struct cond *cond;
	const char *where; /* the id of the rule, or the question */
	const char *text;
	enum pack_file file;
	unsigned line;
	size_t column;
	const uint64_t *table;
};

static struct place place_of(const struct clause *clause, const struct cond *cond)
{
	return scap__lint_part(clause->lint, clause->file, clause->line, clause->column, cond->at,
	                       cond->size);
}

static bool same_table(const struct truth_table *truth, const uint64_t *a, const uint64_t *b)
{
	return !memcmp(a, b, truth->nwords * sizeof(*a));
}

static void tell_constant(const struct clause *clause)
{
	bool always = scap__truth_always(&clause->lint->truth, clause->table);

	scap__lint_tell(clause->lint, always ? E_ALWAYS_TRUE : E_NEVER_TRUE, clause->where,
	                place_of(clause, clause->cond), "",
	                always ? "'%s' holds whatever anybody answers; if that is meant, write "
	                         "'always'"
	                       : "'%s' can never hold, whatever anybody answers", clause->where);
}

/* ---- Parts that change nothing -------------------------------------------------------- */

/* True where the cell says the same without the item. */
static bool idle(const struct clause *clause, const struct cond *item)
{
	struct truth_table *truth = &clause->lint->truth;
	size_t mark = truth->low;
	const uint64_t *without = scap__truth_of(truth, clause->cond, item);

	truth->low = mark;
	return without && same_table(truth, without, clause->table);
}

/* The first part that can go, looking from the end: of two that say the same, the
 * later one. Alone, the one item of an `at least` is all there is. */
static const struct cond *find_idle(const struct clause *clause, const struct cond *cond)
{
	const struct cond *found = NULL;
	bool whole = cond->op == COND_NOT || cond->nitems < 2;

	for (size_t i = cond->nitems; i-- > 0 && !found;)
		if (!whole && idle(clause, cond->items[i]))
			found = cond->items[i];
	for (size_t i = cond->nitems; i-- > 0 && !found;)
		found = find_idle(clause, cond->items[i]);
	return found;
}

static void tell_idle_part(const struct clause *clause)
{
	const struct cond *part = find_idle(clause, clause->cond);

	if (part)
		scap__lint_tell(clause->lint, E_IDLE_PART, clause->where, place_of(clause, part),
		                "", "without '%.*s' the condition of '%s' says the same",
		                (int)(part->size < 120 ? part->size : 120), clause->text + part->at,
		                clause->where);
}

/* ---- Items of `at least` ---------------------------------------------------------------- */

static void tell_pair(const struct clause *clause, const struct cond *item,
                      const struct cond *brings)
{
	struct truth_table *truth = &clause->lint->truth;
	size_t mark = truth->low;
	const uint64_t *a = scap__truth_of(truth, item, NULL);
	const uint64_t *b = a ? scap__truth_of(truth, brings, NULL) : NULL;
	char example[TRUTH_TEXT] = "";
	int shown = b ? scap__truth_first(truth, a, NULL) : NONE;

	if (shown != NONE && scap__truth_first(truth, a, b) == NONE) {
		scap__truth_write(truth, shown, example);
		scap__lint_tell(clause->lint, E_IMPLIED_ITEM, clause->where, place_of(clause, item),
		                example,
		                "wherever '%.*s' holds, '%.*s' holds, too: one sign counts twice",
		                (int)(item->size < 100 ? item->size : 100), clause->text + item->at,
		                (int)(brings->size < 100 ? brings->size : 100),
		                clause->text + brings->at);
	}
	truth->low = mark;
}

static void tell_implied(const struct clause *clause, const struct cond *cond)
{
	for (size_t i = 0; i < cond->nitems; i++) {
		tell_implied(clause, cond->items[i]);
		for (size_t j = 0; j < cond->nitems && cond->op == COND_AT_LEAST; j++)
			if (i != j)
				tell_pair(clause, cond->items[i], cond->items[j]);
	}
}

/* ---- `not` over what may not be asked ------------------------------------------------------ */

/* Somebody for whom the condition holds though the question is not relevant. */
static void tell_not_asked(const struct clause *clause, const struct cond *not,
                           unsigned question)
{
	struct truth_table *truth = &clause->lint->truth;
	const uint64_t *relevance = scap__truth_relevance(truth, question);
	int shown = relevance ? scap__truth_first(truth, clause->table, relevance) : NONE;
	const char *name = clause->lint->base->questions[question].shown.name;
	char example[TRUTH_TEXT];

	if (shown == NONE)
		return;
	scap__truth_write(truth, shown, example);
	scap__lint_tell(clause->lint, E_NOT_APPLICABLE, clause->where, place_of(clause, not),
	                example,
	                "this holds, too, for those who are never asked '%s', as it is not "
	                "relevant for them", name);
}

/* TEST: a test below the `not`. Findings have their own rows to look at. */
static bool look_below(const struct clause *clause, const struct cond *not,
                       const struct cond *cond)
{
	const struct question *question = &clause->lint->base->questions[cond->test.question];

	if (cond->op == COND_TEST && question->relevant) {
		tell_not_asked(clause, not, cond->test.question);
		return true;
	}
	for (size_t i = 0; i < cond->nitems; i++)
		if (look_below(clause, not, cond->items[i]))
			return true;
	return false;
}

static void tell_not(const struct clause *clause, const struct cond *cond)
{
	if (cond->op == COND_NOT) {
		look_below(clause, cond, cond->items[0]);
		return;
	}
	for (size_t i = 0; i < cond->nitems; i++)
		tell_not(clause, cond->items[i]);
}

/* ---- How much there is to keep in mind ------------------------------------------------------- */

struct inputs {
	const struct rulebase *base;
	size_t count;
	struct test list[LIMIT_CONDITION_ITEMS];
};

/* Questions, findings and choices of a select_multiple, each once. */
static void count_inputs(struct inputs *inputs, const struct cond *cond)
{
	struct test one = {cond->test.question, COMPARE_YES, NONE, 0};

	for (size_t i = 0; i < cond->nitems; i++)
		count_inputs(inputs, cond->items[i]);
	if (cond->op == COND_FINDING)
		one = (struct test){cond->finding, COMPARE_EQ, NONE, 0};
	else if (cond->op != COND_TEST)
		return;
	else if (inputs->base->questions[one.question].shown.type == SCAP_SELECT_MULTIPLE)
		one.low = cond->test.low;
	for (size_t i = 0; i < inputs->count; i++)
		if (scap__test_same(&inputs->list[i], &one))
			return;
	inputs->list[inputs->count++] = one;
}

static void tell_inputs(const struct clause *clause)
{
	struct inputs inputs = {.base = clause->lint->base};

	count_inputs(&inputs, clause->cond);
	if (inputs.count >= INPUTS_MANY)
		scap__lint_tell(clause->lint, E_MANY_INPUTS, clause->where,
		                place_of(clause, clause->cond), "",
		                "the condition of '%s' rests on %zu different things",
		                clause->where, inputs.count);
}

static void look_at(struct clause *clause)
{
	struct truth_table *truth = &clause->lint->truth;

	if (!clause->cond || clause->cond->op == COND_ALWAYS)
		return;
	tell_inputs(clause);
	if (!scap__truth_begin(truth, &clause->cond, 1, TRUTH_BITS))
		return;
	clause->table = scap__truth_of(truth, clause->cond, NULL);
	if (!clause->table)
		return;
	if (scap__truth_always(truth, clause->table) ||
	    scap__truth_first(truth, clause->table, NULL) == NONE) {
		tell_constant(clause);
		return;
	}
	tell_idle_part(clause);
	tell_implied(clause, clause->cond);
	if (truth->whole)
		tell_not(clause, clause->cond);
}

void scap__lint_conditions(struct lint *lint)
{
	const struct rulebase *base = lint->base;

	for (size_t i = 0; i < base->nrules; i++) {
		const struct rule *rule = &base->rules[i];
		struct clause clause = {lint, rule->when, rule->id, rule->when_text,
		                        scap__rule_file(rule->kind), rule->origin.line, 1, NULL};

		look_at(&clause);
	}
	for (size_t i = 0; i < base->nquestions; i++) {
		const struct question *question = &base->questions[i];
		struct clause clause = {lint, question->relevant, question->shown.name,
		                        question->relevant_text, FILE_QUESTIONS,
		                        question->origin.line, 4, NULL};

		look_at(&clause);
	}
}
