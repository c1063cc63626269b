/* SPDX-License-Identifier: MIT
 *
 * Conditions in the XPath of an XLSForm.
 */
#ifndef SCAP_REPORT_XPATH_H
#define SCAP_REPORT_XPATH_H

#include "base/buffer.h"
#include "rulebase/rulebase.h"

/* Writes a condition, so that it is true where it is certain, or POSSIBLE where it is not
 * ruled out: in a form a question without an answer is blank. What does not fit the
 * buffer fails it. */
void scap__xpath_write(const struct rulebase *base, const struct cond *cond, bool possible,
                       struct buffer *out);

/* Marks the questions that a condition names, also through findings. */
void scap__xpath_needs(const struct rulebase *base, const struct cond *cond, bool *needed);

#endif
