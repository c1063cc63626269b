/* SPDX-License-Identifier: MIT
 *
 * What the combinations of a truth table are made of.
 */
#ifndef SCAP_RULEBASE_TRUTH_VARS_H
#define SCAP_RULEBASE_TRUTH_VARS_H

#include "rulebase/truth.h"

/* Takes in what a condition tells apart; sets truth->too_big where that is too much. */
void scap__truth_take(struct truth_table *truth, const struct cond *cond);

/* Gives each variable its bits; false where they are more than BITS. */
bool scap__truth_place(struct truth_table *truth, unsigned bits);

/* The variable that a test looks at, and the one of a finding that is left open. */
const struct truth_var *scap__truth_var_of(const struct truth_table *truth,
                                           const struct test *test);
const struct truth_var *scap__truth_var_open(const struct truth_table *truth,
                                             unsigned finding);

/* True where a variable with its VALUE-th value passes a test. */
bool scap__truth_holds(const struct truth_table *truth, const struct truth_var *var, unsigned value,
                       const struct test *test);

#endif
