/* SPDX-License-Identifier: MIT
 *
 * Which rules have to do with a name.
 */
#include <string.h>

#include "report/show.h"

static bool names_it(const struct rulebase *base, const struct cond *cond, enum name_kind kind,
                     unsigned index)
{
	if (!cond)
		return false;
	if (kind == NAME_QUESTION && cond->op == COND_TEST && cond->test.question == index)
		return true;
	if (kind == NAME_FINDING && cond->op == COND_FINDING && cond->finding == index)
		return true;
	for (size_t i = 0; i < cond->nitems; i++)
		if (names_it(base, cond->items[i], kind, index))
			return true;
	return false;
}

bool scap__list_has(const unsigned *list, size_t count, unsigned item)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == item)
			return true;
	return false;
}

static bool cites(const struct citation *cited, unsigned source)
{
	return scap__list_has(cited->sources, cited->nsources, source);
}

bool scap__rule_concerns(const struct rulebase *base, const struct rule *rule,
                         enum name_kind kind, unsigned index)
{
	switch (kind) {
	case NAME_QUESTION:
		return names_it(base, rule->when, kind, index);
	case NAME_FINDING:
		return names_it(base, rule->when, kind, index) ||
		       (rule->kind == RULE_FINDING && rule->finding == index);
	case NAME_LEVEL:
		return (rule->kind == RULE_ESCALATION &&
		        (rule->level == index || rule->if_unknown == index)) ||
		       (rule->kind == RULE_WATCH && rule->up_to == index);
	case NAME_EXERCISE:
		return scap__list_has(rule->targets, rule->ntargets, index) ||
		       scap__list_has(rule->instead, rule->ninstead, index);
	case NAME_TAG:
		for (const char *at = rule->targets_text; (at = strstr(at, base->tags[index].name));
		     at++) {
			char after = at[strlen(base->tags[index].name)];

			if ((at == rule->targets_text || at[-1] == ';' || at[-1] == ' ') &&
			    (!after || after == ';' || after == ' '))
				return true;
		}
		return false;
	case NAME_SOURCE:
		return cites(&rule->cited, index);
	default:
		return false;
	}
}
