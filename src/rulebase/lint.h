/* SPDX-License-Identifier: MIT
 *
 * Weaknesses of a pack that loads without mistakes: what changes nothing, what
 * never holds, what is easily misread. Each is told with its place, unless a
 * row of rules/lint.csv sets it aside: such a one is counted.
 */
#ifndef SCAP_RULEBASE_LINT_H
#define SCAP_RULEBASE_LINT_H

#include "rulebase/loader.h"
#include "rulebase/truth.h"

/* What a row of rules/lint.csv sets aside: a check for one name. */
struct aside {
	enum code check;
	const char *where;
	struct place place;
	bool used; /* or wrong, which was reported */
};

struct lint {
	const struct rulebase *base;
	struct arena *arena; /* of the lint alone */
	struct scap_report *report;
	struct truth_table truth;
	struct table table;  /* rules/lint.csv */
	size_t nasides, set_aside;
	struct aside *asides;
	bool no_memory;
};

/* Begins; what was set aside stands in SIZE bytes (or NULL) that FILE names. False when
 * memory is out; mistakes in it go to the report. */
bool scap__lint_begin(struct lint *lint, const struct rulebase *base, const char *file,
                      const char *bytes, size_t size, struct scap_report *report);

/* Looks for all that the rule base alone can tell. */
void scap__lint_run(struct lint *lint);

/* Tells of rows of lint.csv that set nothing aside, and frees. */
void scap__lint_end(struct lint *lint);

/* Tells a weakness, or counts it if it is set aside. WHERE is what it is about: the id
 * of a rule, or another name. EXAMPLE: answers that show it, or "". */
void scap__lint_tell(struct lint *lint, enum code code, const char *where, struct place place,
                     const char *example, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* The place of a cell, and of a part of it. */
struct place scap__lint_place(const struct lint *lint, enum pack_file file, unsigned line,
                              size_t column);
struct place scap__lint_part(const struct lint *lint, enum pack_file file, unsigned line,
                             size_t column, size_t at, size_t size);

/* The line of the first row with these two texts (B may be NULL) in columns 0 and 1. */
unsigned scap__lint_line(const struct lint *lint, enum pack_file file, const char *a,
                         const char *b);

/* What is looked for, each in a file of its own. */
void scap__lint_unused(struct lint *lint);     /* what changes nothing */
void scap__lint_conditions(struct lint *lint); /* each `when` and `relevant` by itself */
void scap__lint_rules(struct lint *lint);      /* rules against each other */
void scap__lint_ranges(struct lint *lint);     /* ranges of a number that nearly meet */
void scap__lint_texts(struct lint *lint);      /* names and words */

#endif
