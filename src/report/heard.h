/* SPDX-License-Identifier: MIT
 *
 * What a text says, in three clothes (doc/words.md).
 */
#ifndef SCAP_REPORT_HEARD_H
#define SCAP_REPORT_HEARD_H

#include <jansson.h>

#include "base/buffer.h"
#include "words/scan.h"

/* The word for a sense: present, denied, ask. */
const char *scap__sense_word(enum sense sense);

/* present, TAB, denied, TAB, ask, line end. */
void scap__heard_facts(const struct scan *scan, struct buffer *out);

/* Each phrase with its words, rows and reason; TEXT is what was read. */
void scap__heard_explain(const struct scan *scan, const char *text, size_t size,
                         struct buffer *out);

/* The same as a JSON object; NULL when memory is out. */
json_t *scap__heard_data(const struct scan *scan, const char *text);

#endif
