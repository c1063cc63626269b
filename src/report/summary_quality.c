/* SPDX-License-Identifier: MIT
 *
 * How far the files can be relied on; of what the page is, and what it is not.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "report/summary_page.h"

enum { TOP = 8, INPUTS_TOLD = 20 };

static uint64_t *question_row(const void *ctx, size_t row)
{
	return tally_row(ctx, TALLY_QUESTIONS, row);
}

/* ---- Rejected rows ---------------------------------------------------------------------------- */

static uint64_t rejected_for(const void *ctx, size_t row)
{
	return tally_row(ctx, TALLY_CODES, row)[0];
}

static uint64_t rejected_in(const void *ctx, size_t row)
{
	return question_row(ctx, row)[QUESTION_REJECTED];
}

static void write_rejected_levels(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;

	scap__buffer_text(out, "<table class=\"keep\"><caption>What can be read of a rejected row "
	                       "still counts: the level that it is at least at, and the level that "
	                       "can't be ruled out.</caption>\n<tr><th>Level</th><th class=\"n\">At "
	                       "least</th><th class=\"n\">Not ruled out</th></tr>\n");
	for (size_t k = base->nlevels; k-- > 0;) {
		const uint64_t *counts = tally_row(t, TALLY_LEVELS, k);

		scap__buffer_text(out, "<tr><td>");
		scap__plot_swatch(base, k, out);
		scap__html_item(out, "", base->levels[k].shown.label, "</td>");
		scap__put_cell(counts[LEVEL_AT_LEAST], out);
		scap__put_cell(counts[LEVEL_NOT_RULED_OUT], out);
		scap__buffer_text(out, "</tr>\n");
	}
	scap__buffer_text(out, "</table>\n");
}

static void begin_counts(const char *what, const char *of, struct buffer *out)
{
	scap__html_item(out, "<table>\n<tr><th>", what, "</th><td class=\"plot\"></td>");
	scap__html_item(out, "<th class=\"n\">", of, "</th></tr>\n");
}

static void write_codes(const struct tally *t, struct buffer *out)
{
	size_t found;
	struct ranked *list = scap__rank(t->shape[TALLY_CODES].rows, rejected_for, t, &found);

	begin_counts("What was wrong", "Rows", out);
	for (size_t i = 0; list && i < found; i++) {
		struct scap_code_info info = {0};

		scap_code_info(list[i].row, &info);
		scap__html_item(out, "<tr><td>", info.meaning, " ");
		scap__buffer_printf(out, "<code class=\"tiny\">SCAP%u</code></td>", info.code);
		scap__plot_bar(t->pack->base, NONE, list[i].count, 0,
		               tally_total(t, TOTAL_REJECTED), out);
		scap__put_cell(list[i].count, out);
		scap__buffer_text(out, "</tr>\n");
	}
	scap__buffer_text(out, "</table>\n");
	out->failed |= !list;
	free(list);
}

static void write_columns(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	size_t found;
	struct ranked *list = scap__rank(base->nquestions, rejected_in, t, &found);

	if (found)
		begin_counts("In which column", "Rows", out);
	for (size_t i = 0; list && i < found && i < TOP; i++) {
		scap__html_item(out, "<tr><td><code>", base->questions[list[i].row].shown.name,
		                "</code></td>");
		scap__plot_bar(base, NONE, list[i].count, 0, tally_total(t, TOTAL_REJECTED), out);
		scap__put_cell(list[i].count, out);
		scap__buffer_text(out, "</tr>\n");
	}
	if (found > TOP)
		scap__buffer_printf(out, "<tr><td colspan=\"3\" class=\"tiny\">and %zu more"
		                         "</td></tr>\n", found - TOP);
	scap__buffer_text(out, found ? "</table>\n" : "");
	out->failed |= !list;
	free(list);
}

static void write_rejected(const struct tally *t, struct buffer *out)
{
	uint64_t rejected = tally_total(t, TOTAL_REJECTED), rows = tally_total(t, TOTAL_ROWS);

	scap__buffer_text(out, "<h3 id=\"rejected\">Rows that could not be read</h3>\n<p>");
	if (!rejected) {
		scap__buffer_text(out, "There are none.</p>\n");
		return;
	}
	scap__put_count(rejected, out);
	scap__buffer_text(out, " of ");
	scap__put_count(rows, out);
	scap__buffer_text(out, rows == 1 ? " row." : " rows.");
	scap__buffer_text(out, " Correct them and score them again.</p>\n");
	write_rejected_levels(t, out);
	write_codes(t, out);
	write_columns(t, out);
}

/* ---- Answers ------------------------------------------------------------------------------------ */

static uint64_t blank(const void *ctx, size_t row)
{
	return question_row(ctx, row)[QUESTION_BLANK];
}

static void write_blanks(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	size_t found;
	struct ranked *list = scap__rank(base->nquestions, blank, t, &found);

	scap__buffer_text(out, "<h3 id=\"blanks\">Questions most often left open</h3>\n");
	if (!found)
		scap__buffer_text(out, "<p>No column has any.</p>\n");
	else
		scap__buffer_text(out, "<table><caption>Blank or not sure, among people to whom the "
		                       "question may apply.</caption>\n<tr><th>Question</th><td "
		                       "class=\"plot\"></td><th class=\"n\">Blank</th><th class=\"n\">"
		                       "Share</th></tr>\n");
	for (size_t i = 0; list && i < found && i < TOP; i++) {
		const uint64_t *counts = question_row(t, list[i].row);

		scap__html_item(out, "<tr><td>", base->questions[list[i].row].shown.label, "</td>");
		scap__plot_bar(base, NONE, counts[QUESTION_BLANK], 0, counts[QUESTION_ASKED], out);
		scap__put_cell(counts[QUESTION_BLANK], out);
		scap__buffer_text(out, "<td class=\"n\">");
		scap__put_share(counts[QUESTION_BLANK], counts[QUESTION_ASKED], out);
		scap__buffer_text(out, "</td></tr>\n");
	}
	scap__buffer_text(out, found ? "</table>\n" : "");
	out->failed |= !list;
	free(list);
}

static void write_absent(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	bool begun = false;

	for (size_t i = 0; i < base->nquestions; i++) {
		uint64_t rows = question_row(t, i)[QUESTION_NO_COLUMN];

		if (!rows || !base->questions[i].shown.red_flag)
			continue;
		if (!begun)
			scap__buffer_text(out, "<h3 id=\"absent\">Warning signs that the files do "
			                       "not ask for</h3>\n<p>They are unknown for everybody "
			                       "in those files, and so can't be ruled out.</p>\n<ul>\n");
		begun = true;
		scap__html_item(out, "<li>", base->questions[i].shown.label, " (");
		scap__put_count(rows, out);
		scap__buffer_text(out, rows == 1 ? " person)</li>\n" : " people)</li>\n");
	}
	if (begun)
		scap__buffer_text(out, "</ul>\n");
}

static void write_oddity(const struct tally *t, enum tally_total total, const char *what,
                         struct buffer *out)
{
	scap__html_item(out, "<tr><td>", what, "</td>");
	scap__put_cell(tally_total(t, total), out);
	scap__buffer_text(out, "</tr>\n");
}

void scap__page_quality(const scap_summary *summary, struct buffer *out)
{
	const struct tally *t = summary->tally;

	scap__buffer_text(out, "<h2 id=\"quality\">How good the data are</h2>\n");
	write_rejected(t, out);
	if (tally_total(t, TOTAL_SCORED)) {
		write_absent(t, out);
		write_blanks(t, out);
	}
	scap__buffer_text(out, "<h3 id=\"odd\">What does not fit together</h3>\n<table class="
	                       "\"keep\"><tr><th>What</th><th class=\"n\">Rows</th></tr>\n");
	write_oddity(t, TOTAL_CONFLICTS, "Answers, or words, contradict each other; ask again", out);
	write_oddity(t, TOTAL_DUPLICATES, "An id that stood before in the same file", out);
	write_oddity(t, TOTAL_UNREAD, "A text that could not be read to its end; read it yourself",
	             out);
	write_oddity(t, TOTAL_RAISED, "A higher level only because warning signs have no column",
	             out);
	scap__buffer_text(out, "</table>\n");
}

/* ---- About ---------------------------------------------------------------------------------------- */

struct options_written {
	struct buffer *out;
	bool any;
};

static void write_option(struct options_written *options, const char *what, const char *name)
{
	scap__html_item(options->out, options->any ? "; " : "", what, name ? " <code>" : "");
	if (name)
		scap__html_item(options->out, "", name, "</code>");
	options->any = true;
}

static void write_names(struct options_written *options, const char *what, const json_t *names)
{
	size_t i;
	json_t *name;

	json_array_foreach(names, i, name)
		write_option(options, what, json_string_value(name));
}

static void write_options(const struct summary_input *input, struct buffer *out)
{
	struct options_written options = {.out = out};
	char row[24];

	if (input->no_routines)
		write_option(&options, "no routines", NULL);
	if (input->worklist)
		write_option(&options, "as a worklist", NULL);
	if (input->evidence)
		write_option(&options, "with evidence", NULL);
	if (input->raw)
		write_option(&options, "formulas as they are", NULL);
	snprintf(row, sizeof(row), "%" PRIu64, input->part);
	if (input->part)
		write_option(&options, "a part, from row", row);
	if (*input->map)
		write_option(&options, "through the map", input->map);
	if (*input->id)
		write_option(&options, "ids in", input->id);
	write_names(&options, "without column", input->ignored);
	write_names(&options, "with column", input->kept);
	write_names(&options, "a blank means no in", input->blank_no);
	if (!options.any)
		scap__buffer_text(out, "none");
}

static void write_seconds(uint64_t milliseconds, struct buffer *out)
{
	if (milliseconds < 1000)
		scap__buffer_printf(out, "%" PRIu64 " ms", milliseconds);
	else
		scap__buffer_printf(out, "%" PRIu64 ".%" PRIu64 " s", milliseconds / 1000,
		                    milliseconds % 1000 / 100);
}

static void write_input(const struct summary_input *input, struct buffer *out)
{
	scap__html_item(out, "<tr><td><code>", input->name, "</code></td><td>");
	if (*input->started)
		scap__buffer_printf(out, "%.10s, %.5s UTC", input->started, input->started + 11);
	scap__buffer_text(out, "</td>");
	scap__put_cell(input->rows, out);
	scap__put_cell(input->rejected, out);
	scap__buffer_text(out, "<td class=\"n\">");
	write_seconds(input->milliseconds, out);
	scap__buffer_text(out, "</td><td>");
	write_options(input, out);
	scap__buffer_text(out, "</td></tr>\n");
}

static void write_inputs(const scap_summary *summary, bool *proved, struct buffer *out)
{
	size_t i;
	json_t *value;
	struct summary_input input;

	*proved = json_array_size(summary->inputs) > 0;
	scap__buffer_text(out, "<table><tr><th>File</th><th>Scored</th><th class=\"n\">Rows</th>"
	                       "<th class=\"n\">Rejected</th><th class=\"n\">Took</th><th>Options"
	                       "</th></tr>\n");
	json_array_foreach(summary->inputs, i, value) {
		if (!scap__summary_input_read(value, &input)) { /* memory is out: they were checked */
			out->failed = true;
			break;
		}
		*proved = *proved && input.proved;
		if (i < INPUTS_TOLD)
			write_input(&input, out);
	}
	if (i > INPUTS_TOLD)
		scap__buffer_printf(out, "<tr><td colspan=\"6\" class=\"tiny\">and %zu more"
		                         "</td></tr>\n", i - INPUTS_TOLD);
	scap__buffer_text(out, "</table>\n");
}

void scap__page_about(const scap_summary *summary, struct buffer *out)
{
	const struct scap_pack_info *info = &summary->tally->pack->info;
	bool proved;

	scap__buffer_text(out, "<h2 id=\"about\">About this page</h2>\n<p>These are counts of what "
	                       "rules said of answers that people gave. It is education and software. "
	                       "It is not a diagnosis and not a medical device, and it says nothing "
	                       "about people who were not asked.");
	if (info->unreviewed)
		scap__buffer_printf(out, " <b>%zu of %zu rules have not been reviewed by a "
		                         "clinician.</b>", info->unreviewed, info->rules);
	scap__buffer_text(out, "</p>\n");
	write_inputs(summary, &proved, out);
	scap__html_item(out, "<dl><dt>Pack</dt><dd><code>", info->name, "</code> ");
	scap__html_item(out, "", info->version, "</dd>");
	scap__html_item(out, "<dt>Its hash</dt><dd><code>", info->sha256, "</code></dd>");
	scap__buffer_text(out, proved ? "<dt>Proof</dt><dd>No way to answer leads to a mistake that "
	                                "the pack lists as dangerous. Whether the pack itself is "
	                                "right, only a clinician can say.</dd>"
	                              : "<dt>Proof</dt><dd>none</dd>");
	scap__html_item(out, "<dt>Program</dt><dd>scapula ", scap_version(), ", ");
	write_seconds(summary->milliseconds, out);
	scap__buffer_text(out, " in all</dd></dl>\n");
}
