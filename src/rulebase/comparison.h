/* SPDX-License-Identifier: MIT
 *
 * What the reading of a condition shares: the parser's state, new nodes, and
 * the typed half, where a name and what it is compared with become a test that
 * the question's type allows.
 */
#ifndef SCAP_RULEBASE_COMPARISON_H
#define SCAP_RULEBASE_COMPARISON_H

#include "base/report.h"
#include "rulebase/lexer.h"
#include "rulebase/rulebase.h"
#include "table/table.h"

struct parser {
	struct rulebase *base;
	struct scap_report *report;
	const struct table *table;
	const struct cell *cell;
	const char *text;
	size_t size;
	struct token token; /* the next one */
	size_t nodes, depth;
	bool stop;      /* nothing more can be read */
	bool wrong;     /* a mistake was reported */
	bool no_memory;
};

/* What stands behind a name. */
struct operand {
	enum { OPERAND_NONE, OPERAND_NUMBER, OPERAND_RANGE, OPERAND_CHOICE, OPERAND_SET } form;
	enum token_kind sign;
	size_t nvalues;
	struct token values[LIMIT_CHOICES];
};

/* Reports a mistake in SIZE bytes of the condition from byte AT. */
void scap__parser_error(struct parser *p, enum code code, size_t at, size_t size,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A new node, or NULL with p->stop set. */
struct cond *scap__parser_cond(struct parser *p, enum cond_op op, size_t at);

/* Adds ITEM to COND; false when either is NULL or memory is out. */
bool scap__parser_item(struct parser *p, struct cond *cond, struct cond *item);

/* The node for a name and its operand. After a mistake of meaning (reported,
 * p->wrong) it is some node, so that reading can go on. */
struct cond *scap__parser_test(struct parser *p, const struct token *name,
                               const struct operand *operand);

#endif
