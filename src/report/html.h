/* SPDX-License-Identifier: MIT
 *
 * Text within a page of HTML: whatever it holds, it is shown as text.
 */
#ifndef SCAP_REPORT_HTML_H
#define SCAP_REPORT_HTML_H

#include "base/buffer.h"

/* Writes TEXT so that no part of it can be a tag or end an attribute in quotes. What
 * is not UTF-8, a control or turns the writing is a `?`; line ends are spaces. */
void scap__html_text(struct buffer *out, const char *text);

/* The same between two pieces of HTML. */
void scap__html_item(struct buffer *out, const char *before, const char *text, const char *after);

/* Everything of a page before its body: the style that all share, and MORE of it. */
void scap__page_head(struct buffer *out, const char *language, const char *title,
                     const char *more);

/* A list of names with `;` between them, so that lines can break there. */
void scap__html_list(struct buffer *out, const char *names);

#endif
