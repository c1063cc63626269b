/* SPDX-License-Identifier: MIT
 *
 * XPath knows two truths and a pack three, so each condition is written for one of two
 * questions: is it certain, is it possible? `not` changes from one to the other. The
 * value of a question is its own relevance and its answer, as in doc/engine.md.
 */
#include "report/xpath.h"

#include "base/number.h"

/* What stands around: whether brackets are needed. */
enum around { AROUND_NOTHING, AROUND_AND, AROUND_OR };

static void write_cond(const struct rulebase *base, const struct cond *cond, bool possible,
                       enum around around, struct buffer *out);

static void open_if(bool brackets, struct buffer *out)
{
	if (brackets)
		scap__buffer_char(out, '(');
}

static void close_if(bool brackets, struct buffer *out)
{
	if (brackets)
		scap__buffer_char(out, ')');
}

static void write_number(int64_t number, struct buffer *out)
{
	char text[24];

	scap__number_write(number, text);
	scap__buffer_text(out, text);
}

static const char *sign_of(enum compare compare)
{
	switch (compare) {
	case COMPARE_NE: return "!=";
	case COMPARE_LT: return "<";
	case COMPARE_LE: return "<=";
	case COMPARE_GT: return ">";
	case COMPARE_GE: return ">=";
	default: return "=";
	}
}

/* An answer that is blank is compared apart: XPath makes it a number that is unequal to
 * every other. */
static void write_number_test(const char *name, const struct test *test, bool possible,
                              enum around around, struct buffer *out)
{
	bool in = test->compare == COMPARE_IN;
	bool guard = !possible && test->compare == COMPARE_NE;
	bool brackets = (possible && around == AROUND_AND) || ((in || guard) && around == AROUND_OR);

	open_if(brackets, out);
	if (possible)
		scap__buffer_printf(out, "${%s} = '' or ", name);
	if (guard)
		scap__buffer_printf(out, "${%s} != '' and ", name);
	open_if(in && possible, out);
	scap__buffer_printf(out, "${%s} %s ", name, in ? ">=" : sign_of(test->compare));
	write_number(test->low, out);
	if (in) {
		scap__buffer_printf(out, " and ${%s} <= ", name);
		write_number(test->high, out);
	}
	close_if(in && possible, out);
	close_if(brackets, out);
}

static void write_choice_test(const struct scap_question *question, const struct test *test,
                              bool possible, enum around around, struct buffer *out)
{
	const char *name = question->name, *choice = question->choices[test->low].name;
	bool other = test->compare == COMPARE_NOT_CHOICE;
	bool brackets = possible ? !other && around == AROUND_AND : other && around == AROUND_OR;

	open_if(brackets, out);
	if (question->type == SCAP_SELECT_MULTIPLE)
		scap__buffer_printf(out, possible ? "selected(${%s}, '%s') or ${%s} = ''"
		                                  : "selected(${%s}, '%s')", name, choice, name);
	else if (other)
		scap__buffer_printf(out, possible ? "${%s} != '%s'" : "${%s} != '%s' and ${%s} != ''",
		                    name, choice, name);
	else
		scap__buffer_printf(out, possible ? "${%s} = '%s' or ${%s} = ''" : "${%s} = '%s'",
		                    name, choice, name);
	close_if(brackets, out);
}

static void write_test(const struct rulebase *base, const struct test *test, bool possible,
                       enum around around, struct buffer *out)
{
	const struct question *question = &base->questions[test->question];
	bool brackets = question->relevant && around == AROUND_OR;

	if (question->relevant) {
		open_if(brackets, out);
		write_cond(base, question->relevant, possible, AROUND_AND, out);
		scap__buffer_text(out, " and ");
		around = AROUND_AND;
	}
	switch (test->compare) {
	case COMPARE_YES:
		scap__buffer_printf(out, possible ? "${%s} != 'no'" : "${%s} = 'yes'",
		                    question->shown.name);
		break;
	case COMPARE_CHOICE:
	case COMPARE_NOT_CHOICE:
		write_choice_test(&question->shown, test, possible, around, out);
		break;
	default:
		write_number_test(question->shown.name, test, possible, around, out);
	}
	close_if(brackets, out);
}

/* An item among several; an item alone stands as the whole would. */
static void write_items(const struct rulebase *base, struct cond *const *items, size_t count,
                        bool all, bool possible, enum around around, struct buffer *out)
{
	enum around inner = count == 1 ? around : all ? AROUND_AND : AROUND_OR;
	bool brackets = count > 1 && around != AROUND_NOTHING && around != inner;

	open_if(brackets, out);
	for (size_t i = 0; i < count; i++) {
		if (i)
			scap__buffer_text(out, all ? " and " : " or ");
		write_cond(base, items[i], possible, inner, out);
	}
	close_if(brackets, out);
}

static void write_at_least(const struct rulebase *base, const struct cond *cond, bool possible,
                           struct buffer *out)
{
	scap__buffer_char(out, '(');
	for (size_t i = 0; i < cond->nitems; i++) {
		scap__buffer_text(out, i ? " + if(" : "if(");
		write_cond(base, cond->items[i], possible, AROUND_NOTHING, out);
		scap__buffer_text(out, ", 1, 0)");
	}
	scap__buffer_printf(out, ") >= %u", cond->n);
}

/* A finding is what any of its rules gives. */
static void write_finding(const struct rulebase *base, const struct finding *finding,
                          bool possible, enum around around, struct buffer *out)
{
	enum around inner = finding->nrules == 1 ? around : AROUND_OR;
	bool brackets = finding->nrules > 1 && around == AROUND_AND;

	if (!finding->nrules)
		scap__buffer_text(out, "false()");
	open_if(brackets, out);
	for (size_t i = 0; i < finding->nrules; i++) {
		if (i)
			scap__buffer_text(out, " or ");
		write_cond(base, base->rules[finding->rules[i]].when, possible, inner, out);
	}
	close_if(brackets, out);
}

static void write_cond(const struct rulebase *base, const struct cond *cond, bool possible,
                       enum around around, struct buffer *out)
{
	if (out->failed)
		return;
	switch (cond->op) {
	case COND_ALWAYS:
		scap__buffer_text(out, "true()");
		break;
	case COND_TEST:
		write_test(base, &cond->test, possible, around, out);
		break;
	case COND_FINDING:
		write_finding(base, &base->findings[cond->finding], possible, around, out);
		break;
	case COND_NOT:
		scap__buffer_text(out, "not(");
		write_cond(base, cond->items[0], !possible, AROUND_NOTHING, out);
		scap__buffer_char(out, ')');
		break;
	case COND_AND:
	case COND_OR:
		write_items(base, cond->items, cond->nitems, cond->op == COND_AND, possible, around,
		            out);
		break;
	case COND_AT_LEAST:
		write_at_least(base, cond, possible, out);
	}
}

void scap__xpath_write(const struct rulebase *base, const struct cond *cond, bool possible,
                       struct buffer *out)
{
	write_cond(base, cond, possible, AROUND_NOTHING, out);
}

void scap__xpath_needs(const struct rulebase *base, const struct cond *cond, bool *needed)
{
	const struct finding *finding;

	if (cond->op == COND_TEST)
		needed[cond->test.question] = true;
	if (cond->op == COND_FINDING) {
		finding = &base->findings[cond->finding];
		for (size_t i = 0; i < finding->nrules; i++)
			scap__xpath_needs(base, base->rules[finding->rules[i]].when, needed);
	}
	for (size_t i = 0; i < cond->nitems; i++)
		scap__xpath_needs(base, cond->items[i], needed);
}
