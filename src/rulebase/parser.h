/* SPDX-License-Identifier: MIT
 *
 * Reads the text of a condition into a typed tree.
 */
#ifndef SCAP_RULEBASE_PARSER_H
#define SCAP_RULEBASE_PARSER_H

#include "base/report.h"
#include "rulebase/rulebase.h"
#include "table/table.h"

/* The condition in a cell, or NULL: then mistakes were reported, or memory is
 * out (*NO_MEMORY). Questions, findings and levels must be known by now. */
struct cond *scap__cond_parse(struct rulebase *base, struct scap_report *report,
                              const struct table *table, const struct cell *cell,
                              bool *no_memory);

#endif
