/* SPDX-License-Identifier: MIT
 *
 * Why people came out as they did: reasons by level, findings, what was missing, and what
 * they may not do.
 */
#include <stdlib.h>

#include "report/summary_page.h"

enum { TOP_OF_LEVEL = 5, TOP = 8 };

static uint64_t *row_of(const void *ctx, enum tally_table table, size_t row)
{
	return tally_row(ctx, table, row);
}

/* `and 3 more`, over all columns. */
static void write_rest(size_t found, size_t top, unsigned columns, struct buffer *out)
{
	if (found > top)
		scap__buffer_printf(out, "<tr><td colspan=\"%u\" class=\"tiny\">and %zu more, none of "
		                         "them for more people</td></tr>\n", columns, found - top);
}

static void write_truth(const uint64_t *counts, enum tally_truth maybe, int level,
                        const struct rulebase *base, uint64_t most, struct buffer *out)
{
	scap__plot_bar(base, level, counts[TRUTH_CERTAIN], counts[maybe], most, out);
	scap__put_cell(counts[TRUTH_CERTAIN], out);
	scap__put_cell(counts[maybe], out);
	scap__buffer_text(out, "</tr>\n");
}

static void write_truth_head(const char *what, struct buffer *out)
{
	scap__html_item(out, "<tr><th>", what, "</th><td class=\"plot\"></td><th class=\"n\">Certain"
	                                       "</th><th class=\"n\">Not ruled out</th></tr>\n");
}

/* ---- Reasons --------------------------------------------------------------------------------- */

struct of_level {
	const struct tally *tally;
	unsigned level;
};

static const struct rule *escalation(const struct tally *t, size_t row)
{
	const struct rulebase *base = t->pack->base;

	return &base->rules[base->first_rule[RULE_ESCALATION] + row];
}

static uint64_t told_at(const void *ctx, size_t row)
{
	const struct of_level *of = ctx;
	const uint64_t *counts = row_of(of->tally, TALLY_REASONS, row);

	return escalation(of->tally, row)->level == of->level
	               ? counts[TRUTH_CERTAIN] + counts[TRUTH_OPEN] : 0;
}

static uint64_t told(const void *ctx, size_t row)
{
	const uint64_t *counts = row_of(ctx, TALLY_REASONS, row);

	return counts[TRUTH_CERTAIN] + counts[TRUTH_OPEN];
}

static void write_level_reasons(const struct tally *t, unsigned level, uint64_t most,
                                struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	struct of_level of = {t, level};
	size_t found;
	struct ranked *list = scap__rank(t->shape[TALLY_REASONS].rows, told_at, &of, &found);

	if (found) {
		scap__buffer_text(out, "<tr class=\"group\"><th colspan=\"4\">");
		scap__plot_swatch(base, level, out);
		scap__html_item(out, "", base->levels[level].shown.label, "</th></tr>\n");
	}
	for (size_t i = 0; list && i < found && i < TOP_OF_LEVEL; i++) {
		scap__html_item(out, "<tr><td>", escalation(t, list[i].row)->because, " ");
		scap__html_item(out, "<code class=\"tiny\">", escalation(t, list[i].row)->id,
		                "</code></td>");
		write_truth(row_of(t, TALLY_REASONS, list[i].row), TRUTH_OPEN, (int)level, base,
		            most, out);
	}
	write_rest(found, TOP_OF_LEVEL, 4, out);
	out->failed |= !list;
	free(list);
}

void scap__page_reasons(const scap_summary *summary, struct buffer *out)
{
	const struct tally *t = summary->tally;
	uint64_t most = 0;

	scap__buffer_text(out, "<h2 id=\"reasons\">Why people were sent to somebody</h2>\n");
	for (size_t i = 0; i < t->shape[TALLY_REASONS].rows; i++)
		if (told(t, i) > most)
			most = told(t, i);
	if (!most) {
		scap__buffer_text(out, "<p>Nobody was.</p>\n");
		return;
	}
	scap__buffer_text(out, "<table class=\"long\"><caption>Most urgent first; people can have several "
	                       "reasons. Hatched: not ruled out, so it counts until it "
	                       "is.</caption>\n");
	write_truth_head("Reason", out);
	for (size_t k = t->pack->base->nlevels; k-- > 0;)
		write_level_reasons(t, (unsigned)k, most, out);
	scap__buffer_text(out, "</table>\n");
}

/* ---- Findings --------------------------------------------------------------------------------- */

static uint64_t found_in(const void *ctx, size_t row)
{
	const uint64_t *counts = row_of(ctx, TALLY_FINDINGS, row);

	return counts[TRUTH_CERTAIN] + counts[TRUTH_NOT_RULED_OUT];
}

void scap__page_findings(const scap_summary *summary, struct buffer *out)
{
	const struct tally *t = summary->tally;
	const struct rulebase *base = t->pack->base;
	size_t found;
	struct ranked *list = scap__rank(base->nfindings, found_in, t, &found);

	scap__buffer_text(out, "<h2 id=\"findings\">What the answers add up to</h2>\n");
	if (!found)
		scap__buffer_text(out, "<p>Nothing was found.</p>\n");
	else
		scap__buffer_text(out, "<table>\n");
	if (found)
		write_truth_head("Finding", out);
	for (size_t i = 0; list && i < found && i < TOP; i++) {
		scap__buffer_text(out, "<tr><td>");
		scap__put_words(base->findings[list[i].row].name, out);
		scap__buffer_text(out, "</td>");
		write_truth(row_of(t, TALLY_FINDINGS, list[i].row), TRUTH_NOT_RULED_OUT, NONE,
		            base, list[0].count, out);
	}
	write_rest(found, TOP, 4, out);
	scap__buffer_text(out, found ? "</table>\n" : "");
	out->failed |= !list;
	free(list);
}

/* ---- Missing ----------------------------------------------------------------------------------- */

static uint64_t missing(const void *ctx, size_t row)
{
	return row_of(ctx, TALLY_QUESTIONS, row)[QUESTION_MISSING];
}

void scap__page_missing(const scap_summary *summary, struct buffer *out)
{
	const struct tally *t = summary->tally;
	const struct rulebase *base = t->pack->base;
	size_t found;
	struct ranked *list = scap__rank(base->nquestions, missing, t, &found);

	scap__buffer_text(out, "<h2 id=\"missing\">What to ask next time</h2>\n");
	if (!found)
		scap__buffer_text(out, "<p>No open answer could have changed anything.</p>\n");
	else
		scap__buffer_text(out, "<table><caption>Answers that are missing or not sure, and "
		                       "could change the outcome.</caption>\n<tr><th>Question</th>"
		                       "<td class=\"plot\"></td><th class=\"n\">People</th></tr>\n");
	for (size_t i = 0; list && i < found && i < TOP; i++) {
		scap__html_item(out, "<tr><td>", base->questions[list[i].row].shown.label, "</td>");
		scap__plot_bar(base, NONE, list[i].count, 0, list[0].count, out);
		scap__put_cell(list[i].count, out);
		scap__buffer_text(out, "</tr>\n");
	}
	write_rest(found, TOP, 3, out);
	scap__buffer_text(out, found ? "</table>\n" : "");
	out->failed |= !list;
	free(list);
}

/* ---- Exercises ---------------------------------------------------------------------------------- */

static uint64_t excludes(const void *ctx, size_t row)
{
	const uint64_t *counts = row_of(ctx, TALLY_EXCLUSIONS, row);

	return counts[TRUTH_CERTAIN] + counts[TRUTH_NOT_RULED_OUT];
}

static uint64_t left_out(const void *ctx, size_t row)
{
	return row_of(ctx, TALLY_EXERCISES, row)[0];
}

static void write_exclusions(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	size_t found;
	struct ranked *list = scap__rank(t->shape[TALLY_EXCLUSIONS].rows, excludes, t, &found);

	if (found) {
		scap__buffer_text(out, "<table class=\"long\">\n");
		write_truth_head("Why exercises were left out", out);
	}
	for (size_t i = 0; list && i < found && i < TOP; i++) {
		const struct rule *rule =
			&base->rules[base->first_rule[RULE_CONTRAINDICATION] + list[i].row];

		scap__html_item(out, "<tr><td>", rule->because, " ");
		scap__html_item(out, "<code class=\"tiny\">", rule->id, "</code></td>");
		write_truth(row_of(t, TALLY_EXCLUSIONS, list[i].row), TRUTH_NOT_RULED_OUT, NONE,
		            base, list[0].count, out);
	}
	write_rest(found, TOP, 4, out);
	scap__buffer_text(out, found ? "</table>\n" : "<p>Nothing was left out.</p>\n");
	out->failed |= !list;
	free(list);
}

static void write_left_out(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	size_t found;
	struct ranked *list = scap__rank(base->nexercises, left_out, t, &found);

	if (found)
		scap__buffer_text(out, "<table>\n<tr><th>Exercise left out</th><td class=\"plot\">"
		                       "</td><th class=\"n\">People</th></tr>\n");
	for (size_t i = 0; list && i < found && i < TOP; i++) {
		scap__html_item(out, "<tr><td>", base->exercises[list[i].row].label, "</td>");
		scap__plot_bar(base, NONE, list[i].count, 0, tally_total(t, TOTAL_PERMITTED), out);
		scap__put_cell(list[i].count, out);
		scap__buffer_text(out, "</tr>\n");
	}
	write_rest(found, TOP, 3, out);
	scap__buffer_text(out, found ? "</table>\n" : "");
	out->failed |= !list;
	free(list);
}

void scap__page_exercises(const scap_summary *summary, struct buffer *out)
{
	const struct tally *t = summary->tally;
	uint64_t permitted = tally_total(t, TOTAL_PERMITTED), made = tally_total(t, TOTAL_MADE);

	scap__buffer_text(out, "<h2 id=\"exercises\">Exercises</h2>\n<p>");
	scap__put_count(permitted, out);
	scap__buffer_text(out, permitted == 1 ? " person is at a level that permits exercises. "
	                                      : " people are at a level that permits exercises. ");
	if (made > tally_total(t, TOTAL_GIVEN)) {
		scap__put_count(made - tally_total(t, TOTAL_GIVEN), out);
		scap__buffer_text(out, " of them got none, because too few were left or fitted in.");
	}
	scap__buffer_text(out, "</p>\n");
	if (!permitted)
		return;
	write_exclusions(t, out);
	write_left_out(t, out);
}
