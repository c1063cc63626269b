/* SPDX-License-Identifier: MIT
 *
 * Recursive descent over the forms of doc/pack.md: `or` binds loosest, then
 * `and`, then `not`. An unknown name is reported and the reading goes on; what
 * can't be read at all ends the cell.
 */
#include "rulebase/parser.h"

#include "rulebase/lexer.h"
#include "rulebase/comparison.h"

static struct cond *parse_or(struct parser *p);

static void advance(struct parser *p)
{
	p->token = scap__lexer_next(p->text, p->size, p->token.at + p->token.size);
}

static void expected(struct parser *p, const char *what)
{
	const struct token *token = &p->token;

	if (token->kind == TOKEN_END)
		scap__parser_error(p, E_SYNTAX, token->at, 1, "the condition ends here; expected %s",
		                   what);
	else if (token->kind == TOKEN_WRONG && token->hint)
		scap__parser_error(p, E_SYNTAX, token->at, token->size, "'%.*s': %s",
		                   (int)token->size, p->text + token->at, token->hint);
	else
		scap__parser_error(p, E_SYNTAX, token->at, token->size,
		                   "'%.*s' stands where %s was expected", (int)token->size,
		                   p->text + token->at, what);
	p->stop = true;
}

static bool take(struct parser *p, enum token_kind kind, const char *what)
{
	if (p->stop)
		return false;
	if (p->token.kind != kind) {
		expected(p, what);
		return false;
	}
	advance(p);
	return true;
}

/* Closes a node's text at the end of the last token read. */
static struct cond *closed(struct parser *p, struct cond *cond, size_t end)
{
	if (p->stop)
		return NULL;
	cond->size = end - cond->at;
	return cond;
}

static void check_at_least(struct parser *p, const struct cond *cond, const struct token *count)
{
	bool wrong = p->wrong; /* items that can't be read all look the same */

	if (!cond->n || cond->n > cond->nitems)
		scap__parser_error(p, E_AT_LEAST_RANGE, count->at, count->size,
		                   "'at least %.*s of' has %zu item%s; use 1 to %zu", (int)count->size,
		                   p->text + count->at, cond->nitems, cond->nitems == 1 ? "" : "s",
		                   cond->nitems);
	for (size_t i = 0; i < cond->nitems && !wrong; i++)
		for (size_t j = 0; j < i; j++)
			if (scap__cond_same(cond->items[i], cond->items[j])) {
				scap__parser_error(p, E_AT_LEAST_TWICE, cond->items[i]->at,
				                   cond->items[i]->size,
				                   "this item of 'at least' stands twice");
				break;
			}
}

static bool too_deep(struct parser *p)
{
	if (p->depth < LIMIT_CONDITION_DEPTH)
		return false;
	scap__parser_error(p, E_TOO_MANY, p->token.at, 1, "over %d brackets or 'not' in each other",
	                   LIMIT_CONDITION_DEPTH);
	p->stop = true;
	return true;
}

/* at least N of ( a, b, ... ) */
static struct cond *parse_at_least(struct parser *p)
{
	struct cond *cond = scap__parser_cond(p, COND_AT_LEAST, p->token.at);
	struct token count;
	size_t end;

	if (!cond || too_deep(p))
		return NULL;
	advance(p);
	if (!take(p, TOKEN_LEAST, "'least'"))
		return NULL;
	count = p->token;
	if (!take(p, TOKEN_NUMBER, "a number") || !take(p, TOKEN_OF, "'of'") ||
	    !take(p, TOKEN_OPEN, "'('"))
		return NULL;
	for (size_t i = 0; i < count.size && cond->n <= LIMIT_CONDITION_ITEMS; i++)
		cond->n = p->text[count.at + i] < '0' || p->text[count.at + i] > '9'
		                  ? 2 * LIMIT_CONDITION_ITEMS
		                  : cond->n * 10 + (unsigned)(p->text[count.at + i] - '0');
	p->depth++;
	for (;;) {
		struct cond *item = parse_or(p);

		if (p->stop || !scap__parser_item(p, cond, item))
			return NULL;
		if (p->token.kind != TOKEN_COMMA)
			break;
		advance(p);
	}
	p->depth--;
	end = p->token.at + p->token.size;
	if (!take(p, TOKEN_CLOSE, "',' or ')'"))
		return NULL;
	check_at_least(p, cond, &count);
	return closed(p, cond, end);
}

static struct cond *parse_brackets(struct parser *p)
{
	size_t at = p->token.at, end;
	struct cond *cond;

	if (too_deep(p))
		return NULL;
	advance(p);
	p->depth++;
	cond = parse_or(p);
	p->depth--;
	end = p->token.at + p->token.size;
	if (!cond || !take(p, TOKEN_CLOSE, "')'"))
		return NULL;
	cond->at = at;
	cond->size = end - at;
	return cond;
}

static struct cond *parse_always(struct parser *p)
{
	struct cond *cond = scap__parser_cond(p, COND_ALWAYS, p->token.at);
	size_t end = p->token.at + p->token.size;

	advance(p);
	return cond ? closed(p, cond, end) : NULL;
}

/* { a, b, ... } */
static bool parse_choices(struct parser *p, struct operand *operand)
{
	advance(p);
	for (;;) {
		if (operand->nvalues == LIMIT_CHOICES) {
			scap__parser_error(p, E_TOO_MANY, p->token.at, p->token.size,
			                   "over %d choices", LIMIT_CHOICES);
			p->stop = true;
			return false;
		}
		operand->values[operand->nvalues++] = p->token;
		if (!take(p, TOKEN_NAME, "the name of a choice"))
			return false;
		if (p->token.kind != TOKEN_COMMA)
			break;
		advance(p);
	}
	operand->form = OPERAND_SET;
	return take(p, TOKEN_BRACE_CLOSE, "',' or '}'");
}

/* 18..64 */
static bool parse_range(struct parser *p, struct operand *operand)
{
	operand->form = OPERAND_RANGE;
	operand->values[0] = p->token;
	advance(p);
	if (!take(p, TOKEN_RANGE, "'..'"))
		return false;
	operand->values[1] = p->token;
	operand->nvalues = 2;
	return take(p, TOKEN_NUMBER, "a number");
}

/* What follows a name: nothing, a comparison, `in`. */
static bool parse_operand(struct parser *p, struct operand *operand)
{
	operand->form = OPERAND_NONE;
	operand->sign = p->token.kind;
	if (p->token.kind == TOKEN_IN) {
		advance(p);
		if (p->token.kind == TOKEN_BRACE_OPEN)
			return parse_choices(p, operand);
		if (p->token.kind == TOKEN_NUMBER)
			return parse_range(p, operand);
		expected(p, "a range like 18..64 or a set like {a, b}");
		return false;
	}
	if (p->token.kind == TOKEN_WRONG && p->token.hint) {
		expected(p, ""); /* the sign of another language may be a comparison */
		return false;
	}
	if (p->token.kind < TOKEN_EQ || p->token.kind > TOKEN_GE)
		return true;
	advance(p);
	operand->values[0] = p->token;
	operand->nvalues = 1;
	if (p->token.kind == TOKEN_NUMBER)
		operand->form = OPERAND_NUMBER;
	else if (p->token.kind == TOKEN_NAME)
		operand->form = OPERAND_CHOICE;
	else
		expected(p, "a number or the name of a choice");
	if (!p->stop)
		advance(p);
	return !p->stop;
}

static struct cond *parse_test(struct parser *p)
{
	struct token name = p->token;
	struct operand operand = {.nvalues = 0};
	size_t last = name.at + name.size;
	struct cond *cond;

	advance(p);
	if (!parse_operand(p, &operand))
		return NULL;
	if (operand.form == OPERAND_SET) {
		for (last = p->token.at; p->text[last - 1] != '}';)
			last--;
	} else if (operand.nvalues) {
		const struct token *value = &operand.values[operand.nvalues - 1];

		last = value->at + value->size;
	}
	cond = scap__parser_test(p, &name, &operand);
	return cond ? closed(p, cond, last) : NULL;
}

static struct cond *parse_primary(struct parser *p)
{
	if (p->stop)
		return NULL;
	switch (p->token.kind) {
	case TOKEN_OPEN:
		return parse_brackets(p);
	case TOKEN_AT:
		return parse_at_least(p);
	case TOKEN_ALWAYS:
		return parse_always(p);
	case TOKEN_NAME:
	case TOKEN_DOTTED:
		return parse_test(p);
	default:
		expected(p, "a question or finding");
		return NULL;
	}
}

static struct cond *parse_not(struct parser *p)
{
	struct cond *cond, *item;

	if (p->stop || p->token.kind != TOKEN_NOT)
		return parse_primary(p);
	if (too_deep(p))
		return NULL;
	cond = scap__parser_cond(p, COND_NOT, p->token.at);
	advance(p);
	p->depth++;
	item = parse_not(p);
	p->depth--;
	if (!scap__parser_item(p, cond, item))
		return NULL;
	return closed(p, cond, item->at + item->size);
}

/* ITEM { SIGN ITEM }; a single item stands for itself. */
static struct cond *parse_chain(struct parser *p, enum token_kind sign, enum cond_op op,
                                struct cond *(*item)(struct parser *))
{
	struct cond *first = item(p), *cond = NULL, *next;

	while (first && !p->stop && p->token.kind == sign) {
		if (!cond) {
			cond = scap__parser_cond(p, op, first->at);
			if (!scap__parser_item(p, cond, first))
				return NULL;
		}
		advance(p);
		next = item(p);
		if (!scap__parser_item(p, cond, next))
			return NULL;
		cond->size = next->at + next->size - cond->at;
	}
	return cond ? cond : first;
}

static struct cond *parse_and(struct parser *p)
{
	return parse_chain(p, TOKEN_AND, COND_AND, parse_not);
}

static struct cond *parse_or(struct parser *p)
{
	struct cond *cond;

	if (p->stop)
		return NULL;
	cond = parse_chain(p, TOKEN_OR, COND_OR, parse_and);
	return p->stop ? NULL : cond;
}

struct cond *scap__cond_parse(struct rulebase *base, struct scap_report *report,
                              const struct table *table, const struct cell *cell,
                              bool *no_memory)
{
	struct parser p = {base, report, table, cell, cell->text, cell->size, {0}, 0, 0,
	                   false, false, false};
	struct cond *cond;

	advance(&p);
	cond = parse_or(&p);
	if (!p.stop && p.token.kind != TOKEN_END)
		expected(&p, "'and', 'or' or the end");
	*no_memory |= p.no_memory;
	return p.stop || p.wrong ? NULL : cond;
}
