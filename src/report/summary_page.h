/* SPDX-License-Identifier: MIT
 *
 * The page about a summary: its sections and what they are drawn with. Every plot is a
 * column of a table that has the numbers, too; what is drawn is told apart in grey.
 */
#ifndef SCAP_REPORT_SUMMARY_PAGE_H
#define SCAP_REPORT_SUMMARY_PAGE_H

#include "report/html.h"
#include "report/summary.h"

/* ---- What it is drawn with ---- */

/* To be written once, before anything is drawn. */
void scap__plot_patterns(struct buffer *out);

/* A cell with a bar: SURE of ALL in full, MAYBE of ALL hatched behind it. LEVEL gives the
 * colour; NONE: that of no level. */
void scap__plot_bar(const struct rulebase *base, int level, uint64_t sure, uint64_t maybe, uint64_t all,
                    struct buffer *out);

/* A cell with a bar of parts, one of each level, the most urgent first. */
void scap__plot_stack(const struct rulebase *base, const uint64_t *levels, uint64_t all,
                      struct buffer *out);

/* A small square in a level's colour. */
void scap__plot_swatch(const struct rulebase *base, size_t level, struct buffer *out);

/* 12 345, with spaces at which no line breaks. */
void scap__put_count(uint64_t count, struct buffer *out);

/* The same in a cell for numbers. */
void scap__put_cell(uint64_t count, struct buffer *out);

/* `43 %`: never 0 for something or 100 for less than all. */
void scap__put_share(uint64_t some, uint64_t all, struct buffer *out);

/* A name as words: `bone_risk` is `bone risk`. */
void scap__put_words(const char *name, struct buffer *out);

/* The rows of a table that count most: those with more first, then by their order. */
struct ranked {
	size_t row;
	uint64_t count;
};

/* Ranks the rows with a count above 0; NULL: memory is out, or there are none. The caller
 * frees it. */
struct ranked *scap__rank(size_t rows, uint64_t (*count)(const void *ctx, size_t row),
                          const void *ctx, size_t *found);

/* ---- Sections ---- */

/* What people are sent away or held back for. */
void scap__page_reasons(const scap_summary *summary, struct buffer *out);
void scap__page_findings(const scap_summary *summary, struct buffer *out);
void scap__page_missing(const scap_summary *summary, struct buffer *out);
void scap__page_exercises(const scap_summary *summary, struct buffer *out);

/* How far the files can be relied on. */
void scap__page_quality(const scap_summary *summary, struct buffer *out);

/* What this is, of what it is, and what it is not. */
void scap__page_about(const scap_summary *summary, struct buffer *out);

#endif
