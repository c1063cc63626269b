/* SPDX-License-Identifier: MIT
 *
 * New nodes of a condition, and mistakes in it.
 */
#include <stdarg.h>
#include <stdio.h>

#include "rulebase/comparison.h"

void scap__parser_error(struct parser *p, enum code code, size_t at, size_t size,
                        const char *format, ...)
{
	char message[sizeof(((struct scap_error *)0)->message)];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	scap__report_add(p->report, code, scap__cell_part(p->table, p->cell, at, size), "%s",
	                 message);
	p->wrong = true;
}

struct cond *scap__parser_cond(struct parser *p, enum cond_op op, size_t at)
{
	struct cond *cond;

	if (++p->nodes > LIMIT_CONDITION_ITEMS) {
		scap__parser_error(p, E_TOO_MANY, at, 1, "the condition has over %d parts",
		                   LIMIT_CONDITION_ITEMS);
		p->stop = true;
		return NULL;
	}
	cond = scap__arena_alloc(p->base->arena, sizeof(*cond));
	if (!cond) {
		p->no_memory = p->stop = true;
		return NULL;
	}
	cond->op = op;
	cond->id = (unsigned)p->base->nconds++;
	cond->at = at;
	return cond;
}

bool scap__parser_item(struct parser *p, struct cond *cond, struct cond *item)
{
	struct cond **items;

	if (!cond || !item)
		return false;
	items = scap__arena_grow(p->base->arena, cond->items, cond->nitems, sizeof(struct cond *));
	if (!items) {
		p->no_memory = p->stop = true;
		return false;
	}
	cond->items = items;
	items[cond->nitems++] = item;
	return true;
}
