/* SPDX-License-Identifier: MIT
 *
 * Plain text for people: lines of at most 78 columns, headings, indented items.
 */
#ifndef SCAP_REPORT_TEXT_H
#define SCAP_REPORT_TEXT_H

#include "base/buffer.h"
#include "routine/decision.h"

enum { TEXT_WIDTH = 78, TEXT_LIMIT = 64 << 20 };

/* Writes TEXT from column INDENT on, broken at spaces; FIRST stands before the
 * first line, within the indent. Characters that a terminal must not see are
 * shown as `?`. */
void scap__text_item(struct buffer *out, unsigned indent, const char *first, const char *text);

/* The same with the text made as printf does. */
void scap__text_itemf(struct buffer *out, unsigned indent, const char *first, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));

/* A line of what is told of one thing: a name, and a text unless it is blank. */
void scap__text_field(struct buffer *out, const char *name, const char *text);

/* A blank line and a heading. */
void scap__text_heading(struct buffer *out, const char *heading);

/* Hands what was written to a writer and frees it: 0, or a SCAP code. */
unsigned scap__buffer_send(struct buffer *out, scap_write_fn *write, void *ctx);

/* `liv_hospital` -> `liv_hospital, 2024`: the sources of a row, in words. */
void scap__text_sources(const struct rulebase *base, const struct citation *cited,
                        struct buffer *out);

#endif
