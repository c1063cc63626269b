/* SPDX-License-Identifier: MIT
 *
 * The sections of the page about a run of cases.
 */
#ifndef SCAP_REPORT_PAGE_H
#define SCAP_REPORT_PAGE_H

#include "report/html.h"
#include "report/tested.h"

/* Each rule with its sentence, its cases, and the parts of its condition. */
void scap__page_rules(const struct tested *tested, struct buffer *out);

/* Thresholds, exercises and levels, each with how many cases try it. */
void scap__page_tables(const struct tested *tested, struct buffer *out);

#endif
