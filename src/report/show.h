/* SPDX-License-Identifier: MIT
 *
 * What `show` says of one name, shared by its text and its data.
 */
#ifndef SCAP_REPORT_SHOW_H
#define SCAP_REPORT_SHOW_H

#include <jansson.h>

#include "rulebase/rulebase.h"

/* True when ITEM is in the list. */
bool scap__list_has(const unsigned *list, size_t count, unsigned item);

/* True when a rule has to do with a name. */
bool scap__rule_concerns(const struct rulebase *base, const struct rule *rule,
                         enum name_kind kind, unsigned index);

/* All there is to say of a name (doc/json.md); NULL when memory is out. */
json_t *scap__data_entry(const struct rulebase *base, enum name_kind kind, unsigned index);

#endif
