/* SPDX-License-Identifier: MIT
 *
 * The headings of a file that others made: which is meant by a name that a person
 * wrote down. Letter case and runs of blanks and line breaks do not matter.
 */
#ifndef SCAP_BATCH_HEADING_H
#define SCAP_BATCH_HEADING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

bool scap__heading_same(const char *heading, const char *name);

/* The same, or the same behind groups and a `/` or `-`: `pain/since` and `pain-since`
 * both end in `since`. */
bool scap__heading_ends(const char *heading, const char *name);

/* The nearest of COUNT headings to a name, of those marked in AMONG (NULL: of all); NULL
 * where none is near. */
const char *scap__heading_near(const char *const *headings, size_t count, const bool *among,
                               const char *name);

/* What stands behind the last `/`. */
const char *scap__heading_last(const char *heading);

/* Cuts a heading to so much as a message has room for. */
enum { HEADING_SHOWN = 80 };
const char *scap__heading_shown(const char *heading, char room[HEADING_SHOWN]);

#endif
