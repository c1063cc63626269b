/* SPDX-License-Identifier: MIT
 *
 * A decision as a row of CSV.
 */
#ifndef SCAP_REPORT_ROW_H
#define SCAP_REPORT_ROW_H

#include "base/buffer.h"
#include "routine/session.h"

#define ROW_HEADER "id,level,certain,reasons,missing,routine,excluded\n"

#define ROW_HEADER_EVIDENCE "id,level,certain,reasons,missing,routine,excluded,evidence\n"

/* `,level,certain,reasons,missing` */
void scap__row_head(const struct verdict *verdict, struct buffer *out);

/* `,routine` */
void scap__row_routine(const struct session *session, struct buffer *out);

/* `,excluded` and the line end. */
void scap__row_excluded(const struct verdict *verdict, struct buffer *out);

/* A cell of somebody else's text: quoted where it must be, and never a formula. */
void scap__row_cell(struct buffer *out, const char *text, size_t size);

/* The same; RAW: it may be a formula. */
void scap__row_text(struct buffer *out, const char *text, size_t size, bool raw);

#endif
