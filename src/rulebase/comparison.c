/* SPDX-License-Identifier: MIT */
#include "rulebase/comparison.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

static void mismatch(struct parser *p, const struct token *name, const char *why)
{
	scap__parser_error(p, E_TYPE_MISMATCH, name->at, name->size, "%s", why);
}

/* Index of a choice of a list, or NONE. */
static int find_choice(const struct scap_question *question, const char *text, size_t size)
{
	for (size_t i = 0; i < question->nchoices; i++)
		if (strlen(question->choices[i].name) == size &&
		    !memcmp(question->choices[i].name, text, size))
			return (int)i;
	return NONE;
}

static void unknown_choice(struct parser *p, const struct scap_question *question, size_t at,
                           size_t size)
{
	struct near near = scap__near_begin(p->text + at, size);
	char hint[96];

	for (size_t i = 0; i < question->nchoices; i++)
		scap__near_offer(&near, question->choices[i].name);
	scap__parser_error(p, E_UNKNOWN_CHOICE, at, size, "'%.*s' is no choice of '%s'%s", (int)size,
	                   p->text + at, question->name, scap__near_hint(&near, hint));
}

static struct cond *choice_test(struct parser *p, unsigned question, enum compare compare,
                                size_t at, size_t size, size_t start)
{
	const struct scap_question *shown = &p->base->questions[question].shown;
	int choice = find_choice(shown, p->text + at, size);
	struct cond *cond = scap__parser_cond(p, COND_TEST, start);

	if (!cond)
		return NULL;
	if (choice == NONE)
		unknown_choice(p, shown, at, size);
	cond->test = (struct test){question, compare, choice, 0};
	cond->size = at + size - start;
	return cond;
}

/* sex = female, sex != female, sex in {female, other} */
static struct cond *select_one_test(struct parser *p, const struct token *name,
                                    const struct operand *operand, unsigned question)
{
	struct cond *cond;
	char hint[160];

	if (operand->form == OPERAND_SET && operand->nvalues > 1) {
		cond = scap__parser_cond(p, COND_OR, name->at);
		for (size_t i = 0; i < operand->nvalues && cond; i++) {
			const struct token *value = &operand->values[i];

			if (!scap__parser_item(p, cond, choice_test(p, question, COMPARE_CHOICE,
			                                            value->at, value->size,
			                                            value->at)))
				return NULL;
		}
		return cond;
	}
	if (operand->form == OPERAND_SET ||
	    (operand->form == OPERAND_CHOICE &&
	     (operand->sign == TOKEN_EQ || operand->sign == TOKEN_NE)))
		return choice_test(p, question,
		                   operand->sign == TOKEN_NE ? COMPARE_NOT_CHOICE : COMPARE_CHOICE,
		                   operand->values[0].at, operand->values[0].size, name->at);
	snprintf(hint, sizeof(hint), "'%.*s' is a choice; write '%.*s = CHOICE'", (int)name->size,
	         p->text + name->at, (int)name->size, p->text + name->at);
	mismatch(p, name, hint);
	return scap__parser_cond(p, COND_ALWAYS, name->at);
}

static bool read_number(struct parser *p, const struct token *token,
                        const struct question *question, int64_t *value)
{
	char low[24], high[24];

	if (scap__number_read(p->text + token->at, token->size, value)) {
		scap__parser_error(p, E_BAD_NUMBER, token->at, token->size,
		                   "'%.*s' has too many digits", (int)token->size,
		                   p->text + token->at);
		return false;
	}
	if (question->shown.type == SCAP_INTEGER && !scap__number_whole(*value)) {
		scap__parser_error(p, E_TYPE_MISMATCH, token->at, token->size,
		                   "'%s' is a whole number and is never %.*s", question->shown.name,
		                   (int)token->size, p->text + token->at);
		return false;
	}
	if (*value < question->low || *value > question->high) {
		scap__number_write(question->low, low);
		scap__number_write(question->high, high);
		scap__parser_error(p, E_OUTSIDE, token->at, token->size,
		                   "%.*s lies outside the constraint of '%s', %s..%s",
		                   (int)token->size, p->text + token->at, question->shown.name, low,
		                   high);
		return false;
	}
	return true;
}

static enum compare compare_of(enum token_kind sign)
{
	switch (sign) {
	case TOKEN_EQ: return COMPARE_EQ;
	case TOKEN_NE: return COMPARE_NE;
	case TOKEN_LT: return COMPARE_LT;
	case TOKEN_LE: return COMPARE_LE;
	case TOKEN_GT: return COMPARE_GT;
	default: return COMPARE_GE;
	}
}

/* True when every answer within the constraint passes the test, or none does. */
static bool never_changes(const struct question *question, const struct test *test)
{
	int64_t low = question->low, high = question->high;

	switch (test->compare) {
	case COMPARE_LT:
	case COMPARE_GE: return test->low == low;
	case COMPARE_LE:
	case COMPARE_GT: return test->low == high;
	case COMPARE_IN: return test->low == low && test->high == high;
	default: return low == high;
	}
}

/* Thresholds lie within the constraint by now, so the ends of it tell. */
static void check_change(struct parser *p, const struct test *test, size_t at, size_t size)
{
	const struct question *question = &p->base->questions[test->question];
	bool never = test->compare == COMPARE_LT || test->compare == COMPARE_GT ||
	             test->compare == COMPARE_NE;
	char low[24], high[24];

	if (!never_changes(question, test))
		return;
	scap__number_write(question->low, low);
	scap__number_write(question->high, high);
	scap__parser_error(p, E_OUTSIDE, at, size, "'%.*s' is %s true, as '%s' lies in %s..%s",
	                   (int)size, p->text + at, never ? "never" : "always",
	                   question->shown.name, low, high);
}

static void number_range(struct parser *p, const struct token values[2],
                         const struct question *question, struct cond *cond, size_t at)
{
	size_t end = values[1].at + values[1].size;
	struct test *test = &cond->test;

	if (!read_number(p, &values[0], question, &test->low) ||
	    !read_number(p, &values[1], question, &test->high))
		return;
	if (test->low > test->high)
		scap__parser_error(p, E_BAD_RANGE, values[0].at, end - values[0].at,
		                   "the range runs backwards");
	else
		check_change(p, test, at, end - at);
}

/* age >= 50, age in 18..64 */
static struct cond *number_test(struct parser *p, const struct token *name,
                                const struct operand *operand, unsigned index)
{
	const struct question *question = &p->base->questions[index];
	struct cond *cond = scap__parser_cond(p, COND_TEST, name->at);
	const struct token *value = operand->values;
	char hint[160];

	if (!cond)
		return NULL;
	cond->test.question = index;
	if (operand->form == OPERAND_NUMBER) {
		cond->test.compare = compare_of(operand->sign);
		if (read_number(p, &value[0], question, &cond->test.low))
			check_change(p, &cond->test, name->at,
			             value[0].at + value[0].size - name->at);
	} else if (operand->form == OPERAND_RANGE) {
		cond->test.compare = COMPARE_IN;
		number_range(p, value, question, cond, name->at);
	} else {
		snprintf(hint, sizeof(hint), "'%s' is a number; compare it, like '%s >= 1'",
		         question->shown.name, question->shown.name);
		mismatch(p, name, hint);
	}
	return cond;
}

static struct cond *yes_no_test(struct parser *p, const struct token *name,
                                const struct operand *operand, unsigned index)
{
	const char *text = p->base->questions[index].shown.name;
	struct cond *cond = scap__parser_cond(p, COND_TEST, name->at);
	char hint[200];

	if (!cond)
		return NULL;
	cond->test = (struct test){index, COMPARE_YES, 0, 0};
	if (operand->form != OPERAND_NONE) {
		snprintf(hint, sizeof(hint),
		         "'%s' is a yes/no question; it stands alone: '%s' or 'not %s'", text, text,
		         text);
		mismatch(p, name, hint);
	}
	return cond;
}

static struct cond *question_test(struct parser *p, const struct token *name,
                                  const struct operand *operand, unsigned index)
{
	const struct scap_question *shown = &p->base->questions[index].shown;
	char hint[160];

	switch (shown->type) {
	case SCAP_YES_NO:
		return yes_no_test(p, name, operand, index);
	case SCAP_INTEGER:
	case SCAP_DECIMAL:
		return number_test(p, name, operand, index);
	case SCAP_SELECT_ONE:
		return select_one_test(p, name, operand, index);
	case SCAP_SELECT_MULTIPLE:
		snprintf(hint, sizeof(hint), "write '%s.CHOICE': one test for each choice",
		         shown->name);
		break;
	default:
		snprintf(hint, sizeof(hint), "'%s' is text, and text can't be tested", shown->name);
	}
	mismatch(p, name, hint);
	return scap__parser_cond(p, COND_ALWAYS, name->at);
}

static struct cond *unknown_name(struct parser *p, const struct token *name, size_t size)
{
	const struct name *near = scap__names_near(p->base->names, p->text + name->at, size,
	                                           1u << NAME_QUESTION | 1u << NAME_FINDING);

	scap__parser_error(p, E_UNKNOWN_NAME, name->at, name->size,
	                   "'%.*s' is no question and no finding%s%s%s", (int)size,
	                   p->text + name->at, near ? " (did you mean '" : "",
	                   near ? near->text : "", near ? "'?)" : "");
	return scap__parser_cond(p, COND_ALWAYS, name->at);
}

/* A question whose type can't be read, which was reported: say nothing of it. */
static struct cond *doubtful(struct parser *p, const struct token *name)
{
	p->wrong = true;
	return scap__parser_cond(p, COND_ALWAYS, name->at);
}

/* equipment.mat */
static struct cond *dotted_test(struct parser *p, const struct token *name,
                                const struct operand *operand)
{
	const struct name *found = scap__names_find(p->base->names, p->text + name->at, name->dot);
	const struct scap_question *shown;
	char hint[200];

	if (found && found->kind == NAME_FINDING) {
		snprintf(hint, sizeof(hint), "'%s' has no choices", found->text);
		mismatch(p, name, hint);
		return scap__parser_cond(p, COND_ALWAYS, name->at);
	}
	if (!found || found->kind != NAME_QUESTION)
		return unknown_name(p, name, name->dot);
	if (p->base->questions[found->index].doubtful)
		return doubtful(p, name);
	shown = &p->base->questions[found->index].shown;
	if (shown->type == SCAP_SELECT_MULTIPLE && operand->form == OPERAND_NONE)
		return choice_test(p, found->index, COMPARE_CHOICE, name->at + name->dot + 1,
		                   name->size - name->dot - 1, name->at);
	if (shown->type == SCAP_SELECT_ONE)
		snprintf(hint, sizeof(hint), "'%s' takes one choice; write '%s = %.*s'",
		         shown->name, shown->name, (int)(name->size - name->dot - 1),
		         p->text + name->at + name->dot + 1);
	else if (shown->type == SCAP_SELECT_MULTIPLE)
		snprintf(hint, sizeof(hint), "'%.*s' is true or false by itself", (int)name->size,
		         p->text + name->at);
	else
		snprintf(hint, sizeof(hint), "'%s' has no choices", shown->name);
	mismatch(p, name, hint);
	return scap__parser_cond(p, COND_ALWAYS, name->at);
}

struct cond *scap__parser_test(struct parser *p, const struct token *name,
                               const struct operand *operand)
{
	const struct name *found;
	struct cond *cond;

	if (name->kind == TOKEN_DOTTED)
		return dotted_test(p, name, operand);
	found = scap__names_find(p->base->names, p->text + name->at, name->size);
	if (!found)
		return unknown_name(p, name, name->size);
	if (found->kind == NAME_QUESTION && p->base->questions[found->index].doubtful)
		return doubtful(p, name);
	if (found->kind == NAME_QUESTION)
		return question_test(p, name, operand, found->index);
	cond = scap__parser_cond(p, COND_FINDING, name->at);
	if (!cond)
		return NULL;
	cond->finding = found->index;
	if (found->kind == NAME_LEVEL)
		mismatch(p, name, "a level can't be used in a condition");
	else if (operand->form != OPERAND_NONE)
		mismatch(p, name, "a finding is true or false by itself");
	return cond;
}
