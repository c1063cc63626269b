/* SPDX-License-Identifier: MIT
 *
 * Thresholds, exercises and levels, each with how many cases try it.
 */
#include "base/number.h"
#include "report/page.h"

static void write_count(size_t count, bool wanted, struct buffer *out)
{
	scap__buffer_printf(out, count || !wanted ? "<td>%zu</td>" : "<td class=\"wait\">%zu</td>",
	                    count);
}

static void write_border(const struct tested *t, size_t i, struct buffer *out)
{
	const struct border *border = &t->aims.borders[i];
	const struct scap_question *question = &t->pack->base->questions[border->question].shown;
	const struct aim *side = tested_aim(&t->aims, AIM_SIDE, 2 * i);
	const struct aim *next = tested_aim(&t->aims, AIM_BORDER, 2 * i);
	char low[24], high[24];

	scap__number_write(border->at[0], low);
	scap__number_write(border->at[1], high);
	scap__html_item(out, "<tr><td><code>", question->name, "</code>");
	scap__buffer_printf(out, " %s | %s</td>", low, high);
	write_count(side[0].count, true, out);
	write_count(next[0].count, true, out);
	write_count(next[1].count, true, out);
	write_count(side[1].count, true, out);
	scap__buffer_text(out, "</tr>\n");
}

static void write_borders(const struct tested *t, struct buffer *out)
{
	scap__buffer_text(out, "<h2 id=\"thresholds\">Thresholds</h2>\n");
	if (!t->aims.nborders) {
		scap__buffer_text(out, "<p>No condition compares a number.</p>\n");
		return;
	}
	scap__buffer_text(out, "<p>Between the two numbers an outcome changes. How many cases lie "
	                       "below, exactly on each of the two, and above.</p>\n<table><tr><th>"
	                       "Between</th><th>Below</th><th>On the lower</th><th>On the "
	                       "upper</th><th>Above</th></tr>\n");
	for (size_t i = 0; i < t->aims.nborders; i++)
		write_border(t, i, out);
	scap__buffer_text(out, "</table>\n");
}

/* The aim of leaving an exercise out; NULL where no rule does. */
static const struct aim *left_out(const struct tested *t, size_t exercise)
{
	for (size_t i = t->aims.first[AIM_LEFT_OUT]; i < t->aims.first[AIM_LEFT_OUT + 1]; i++)
		if (t->aims.list[i].index == exercise)
			return &t->aims.list[i];
	return NULL;
}

static void write_exercises(const struct tested *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;

	scap__buffer_text(out, "<h2 id=\"exercises\">Exercises</h2>\n<table><tr><th>Exercise</th>"
	                       "<th>Offered in cases</th><th>Left out in cases</th></tr>\n");
	for (size_t i = 0; i < base->nexercises; i++) {
		const struct aim *out_of = left_out(t, i);

		scap__html_item(out, "<tr><td>", base->exercises[i].label, "</td>");
		write_count(tested_aim(&t->aims, AIM_OFFERED, i)->count, true, out);
		if (out_of)
			write_count(out_of->count, true, out);
		else
			scap__buffer_text(out, "<td class=\"q\">no rule does</td>");
		scap__buffer_text(out, "</tr>\n");
	}
	scap__buffer_text(out, "</table>\n");
}

static void write_levels(const struct tested *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;

	scap__buffer_text(out, "<h2 id=\"levels\">Levels</h2>\n<table><tr><th>Level</th><th>Cases "
	                       "that expect it</th><th>Cases that came to it</th></tr>\n");
	for (size_t i = base->nlevels; i-- > 0;) {
		size_t expected = 0, got = 0;

		for (size_t j = 0; j < t->ncases; j++) {
			expected += t->cases[j].expected == (int)i;
			got += t->cases[j].level == i;
		}
		scap__html_item(out, "<tr><td>", base->levels[i].shown.label, "</td>");
		write_count(expected, true, out);
		write_count(got, true, out);
		scap__buffer_text(out, "</tr>\n");
	}
	scap__buffer_text(out, "</table>\n");
}

void scap__page_tables(const struct tested *t, struct buffer *out)
{
	write_borders(t, out);
	write_exercises(t, out);
	write_levels(t, out);
}
