/* SPDX-License-Identifier: MIT
 *
 * The routine in words and as data: the session, the week, the weeks after it.
 */
#ifndef SCAP_REPORT_PLAN_H
#define SCAP_REPORT_PLAN_H

#include "report/data.h"
#include "report/text.h"

/* For the person who is to do it. */
void scap__plan_text(const scap_decision *decision, struct buffer *out);

/* For somebody who asks why: chosen, not chosen, rules and their places. */
void scap__plan_story(const scap_decision *decision, struct buffer *out);

/* The members that a decision's object has of it. False: memory is out. */
bool scap__plan_data(const scap_decision *decision, json_t *out);

#endif
