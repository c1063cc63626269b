/* SPDX-License-Identifier: MIT */
#include "rulebase/truth_vars.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

static bool many(const struct rulebase *base, unsigned question)
{
	return base->questions[question].shown.type == SCAP_SELECT_MULTIPLE;
}

static struct truth_var *find_var(const struct truth_table *truth, int question, int choice,
                                  unsigned finding)
{
	for (size_t i = 0; i < truth->nvars; i++) {
		const struct truth_var *var = &truth->vars[i];

		if (var->question == question && var->choice == choice && var->finding == finding)
			return (struct truth_var *)var;
	}
	return NULL;
}

const struct truth_var *scap__truth_var_of(const struct truth_table *truth, const struct test *test)
{
	return find_var(truth, (int)test->question,
	                many(truth->base, test->question) ? (int)test->low : NONE, 0);
}

const struct truth_var *scap__truth_var_open(const struct truth_table *truth, unsigned finding)
{
	return find_var(truth, NONE, NONE, finding);
}

/* The variable, new if need be; NULL where there are too many. */
static struct truth_var *var_for(struct truth_table *truth, int question, int choice,
                                 unsigned finding)
{
	struct truth_var *var = find_var(truth, question, choice, finding);

	if (var)
		return var;
	if (truth->nvars == TRUTH_BITS) {
		truth->too_big = true;
		return NULL;
	}
	var = &truth->vars[truth->nvars++];
	var->question = question;
	var->choice = choice;
	var->finding = finding;
	var->ncuts = 0;
	var->named = 0;
	return var;
}

static void add_cut(struct truth_table *truth, struct truth_var *var, int64_t cut)
{
	const struct question *question = &truth->base->questions[var->question];
	size_t i = 0;

	if (cut <= question->low || cut > question->high)
		return;
	while (i < var->ncuts && var->cuts[i] < cut)
		i++;
	if (i < var->ncuts && var->cuts[i] == cut)
		return;
	if (var->ncuts == TRUTH_CUTS) {
		truth->too_big = true;
		return;
	}
	memmove(var->cuts + i + 1, var->cuts + i, (var->ncuts - i) * sizeof(*var->cuts));
	var->cuts[i] = cut;
	var->ncuts++;
}

static void take_test(struct truth_table *truth, const struct test *test)
{
	const struct question *question = &truth->base->questions[test->question];
	bool several = many(truth->base, test->question);
	int64_t next = question->shown.type == SCAP_INTEGER ? NUMBER_ONE : 1;
	struct truth_var *var = var_for(truth, (int)test->question,
	                                several ? (int)test->low : NONE, 0);

	if (!var)
		return;
	if (question->shown.type == SCAP_SELECT_ONE)
		var->named |= UINT64_C(1) << test->low;
	if (test->compare < COMPARE_EQ)
		return;
	if (test->compare != COMPARE_LE && test->compare != COMPARE_GT)
		add_cut(truth, var, test->low);
	if (test->compare == COMPARE_IN)
		add_cut(truth, var, test->high + next);
	else if (test->compare != COMPARE_LT && test->compare != COMPARE_GE)
		add_cut(truth, var, test->low + next);
}

/* Takes a question or finding in once; true the first time. */
static bool first_time(struct truth_table *truth, size_t thing)
{
	if (truth->seen[thing] == truth->stamp)
		return false;
	truth->seen[thing] = truth->stamp;
	return true;
}

void scap__truth_take(struct truth_table *truth, const struct cond *cond)
{
	const struct rulebase *base = truth->base;

	if (!cond || truth->too_big)
		return;
	if (cond->op == COND_TEST) {
		take_test(truth, &cond->test);
		if (truth->whole && first_time(truth, cond->test.question))
			scap__truth_take(truth, base->questions[cond->test.question].relevant);
	} else if (cond->op == COND_FINDING && !truth->whole) {
		var_for(truth, NONE, NONE, cond->finding);
	} else if (cond->op == COND_FINDING &&
	           first_time(truth, base->nquestions + cond->finding)) {
		for (size_t i = 0; i < base->findings[cond->finding].nrules; i++)
			scap__truth_take(truth,
			                 base->rules[base->findings[cond->finding].rules[i]].when);
	}
	for (size_t i = 0; i < cond->nitems; i++)
		scap__truth_take(truth, cond->items[i]);
}

static unsigned count_values(const struct truth_table *truth, struct truth_var *var)
{
	const struct question *question = &truth->base->questions[var->question];
	unsigned values;

	if (var->question == NONE || var->choice != NONE || question->shown.type == SCAP_YES_NO)
		return 2;
	if (question->shown.type == SCAP_SELECT_ONE) {
		values = (unsigned)__builtin_popcountll(var->named);
		values += values < question->shown.nchoices;
	} else {
		values = (unsigned)var->ncuts + 1;
	}
	var->absent = !truth->whole && question->relevant;
	return values + var->absent;
}

bool scap__truth_place(struct truth_table *truth, unsigned bits)
{
	truth->nbits = 0;
	for (size_t i = 0; i < truth->nvars; i++) {
		struct truth_var *var = &truth->vars[i];

		var->absent = false;
		var->nvalues = count_values(truth, var);
		for (var->nbits = 0; 1u << var->nbits < var->nvalues;)
			var->nbits++;
		var->bit = truth->nbits;
		truth->nbits += var->nbits;
		if (truth->nbits > bits)
			return false;
	}
	return true;
}

/* The choice that is a select_one's VALUE-th: those that are named, then one of the rest. */
static int choice_of(const struct truth_table *truth, const struct truth_var *var, unsigned value)
{
	unsigned n = 0;

	for (size_t i = 0; i < truth->base->questions[var->question].shown.nchoices; i++)
		if (var->named >> i & 1 && n++ == value)
			return (int)i;
	for (size_t i = 0; i < truth->base->questions[var->question].shown.nchoices; i++)
		if (!(var->named >> i & 1))
			return (int)i;
	return NONE;
}

/* A number that stands for all of the VALUE-th interval, near a threshold. */
static int64_t number_of(const struct truth_table *truth, const struct truth_var *var,
                         unsigned value)
{
	int64_t low = truth->base->questions[var->question].low;

	if (value)
		return var->cuts[value - 1];
	return var->ncuts && var->cuts[0] - NUMBER_ONE > low ? var->cuts[0] - NUMBER_ONE : low;
}

bool scap__truth_holds(const struct truth_table *truth, const struct truth_var *var, unsigned value,
                       const struct test *test)
{
	int64_t number;

	if (var->absent && value == var->nvalues - 1)
		return false;
	if (truth->base->questions[var->question].shown.type == SCAP_SELECT_ONE)
		return (choice_of(truth, var, value) == test->low) ==
		       (test->compare == COMPARE_CHOICE);
	if (test->compare < COMPARE_EQ)
		return value == 1;
	number = number_of(truth, var, value);
	switch (test->compare) {
	case COMPARE_EQ: return number == test->low;
	case COMPARE_NE: return number != test->low;
	case COMPARE_LT: return number < test->low;
	case COMPARE_LE: return number <= test->low;
	case COMPARE_GT: return number > test->low;
	case COMPARE_GE: return number >= test->low;
	default: return number >= test->low && number <= test->high;
	}
}

/* ---- A combination in words ------------------------------------------------------- */

struct words {
	char *out;
	size_t used; /* TRUTH_TEXT where they don't fit */
};

static void __attribute__((format(printf, 2, 3))) put(struct words *words, const char *format, ...)
{
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(words->out + words->used, TRUTH_TEXT - words->used, format, args);
	va_end(args);
	words->used += size < 0 || (size_t)size >= TRUTH_TEXT - words->used
	                       ? TRUTH_TEXT - words->used : (size_t)size;
}

static unsigned value_in(const struct truth_var *var, int combination)
{
	unsigned code = (unsigned)combination >> var->bit & ((1u << var->nbits) - 1);

	return code < var->nvalues ? code : var->nvalues - 1;
}

/* The choices of a select_multiple that a combination ticks, or `none`. */
static void write_choices(const struct truth_table *truth, int question, int combination,
                          struct words *out)
{
	const struct scap_question *shown = &truth->base->questions[question].shown;
	const char *between = "";

	for (size_t i = 0; i < truth->nvars; i++) {
		const struct truth_var *var = &truth->vars[i];

		if (var->question != question || !value_in(var, combination))
			continue;
		put(out, "%s%s", between, shown->choices[var->choice].name);
		between = " ";
	}
	if (!*between)
		put(out, "%s", "none");
}

static void write_value(const struct truth_table *truth, const struct truth_var *var,
                        int combination, struct words *out)
{
	const struct scap_question *shown = &truth->base->questions[var->question].shown;
	unsigned value = value_in(var, combination);
	char number[24];

	put(out, "%s%s=", out->used ? "; " : "", shown->name);
	if (var->choice != NONE) {
		write_choices(truth, var->question, combination, out);
	} else if (shown->type == SCAP_YES_NO) {
		put(out, "%s", value ? "yes" : "no");
	} else if (shown->type == SCAP_SELECT_ONE) {
		put(out, "%s", shown->choices[choice_of(truth, var, value)].name);
	} else {
		scap__number_write(number_of(truth, var, value), number);
		put(out, "%s", number);
	}
}

/* True where the combination has something to say of a variable's question, and an
 * earlier one has not said it: of a select_multiple the first choice says all. */
static bool speaks(struct truth_table *truth, size_t i, int combination)
{
	const struct truth_var *var = &truth->vars[i];
	const uint64_t *relevance;

	for (size_t j = 0; j < i; j++)
		if (truth->vars[j].question == var->question)
			return false;
	if (var->question == NONE || !truth->base->questions[var->question].relevant)
		return var->question != NONE;
	relevance = truth->whole ? truth->memo[var->question] : NULL;
	return relevance && relevance[combination / 64] >> (combination % 64) & 1;
}

void scap__truth_write(struct truth_table *truth, int combination, char out[TRUTH_TEXT])
{
	struct words words = {.out = out};

	out[0] = '\0';
	for (size_t i = 0; i < truth->nvars; i++)
		if (speaks(truth, i, combination))
			write_value(truth, &truth->vars[i], combination, &words);
	if (words.used == TRUTH_TEXT)
		out[0] = '\0'; /* half a row would be another person */
}
