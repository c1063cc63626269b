/* SPDX-License-Identifier: MIT
 *
 * A summary as a page for a meeting: first how urgent it was, then why, then how far the
 * files can be relied on, and last what the page is not.
 */
#include "report/summary_page.h"

#include "base/number.h"

static const char style[] =
	"header .q{margin:.1rem 0}\n"
	".defs{position:absolute}\n"
	".sum{grid-template-columns:repeat(4,1fr)}.sum b{font-size:1.7rem;line-height:1.2}\n"
	".sum li{line-height:1.35;font-size:.92rem}\n"
	".note{border-left:.3rem solid var(--line);padding:.1rem 0 .1rem .8rem;margin:.8rem 0}\n"
	".note.urgent{border-color:var(--bad)}\n"
	"td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;"
	"padding-left:.6rem;padding-right:0}\n"
	"th.n{white-space:normal;width:6.6rem}\n"
	"td.n+td:not(.n),th.n+th:not(.n){padding-left:1.5rem}\n"
	"td.plot{width:32%;padding-left:.6rem}.long td.plot{width:22%}\n"
	".bar{display:block;width:100%;height:1rem;margin:.25rem 0}\n"
	".bar rect,.swatch rect{stroke:var(--text);stroke-width:.6;stroke-opacity:.55}\n"
	".bar rect.over{stroke:none}\n"
	".swatch{width:.85rem;height:.85rem;margin-right:.4rem;vertical-align:-.08rem}\n"
	".tiny{font-size:.85rem;color:var(--quiet)}\n"
	"tr.group th{padding-top:.9rem;color:var(--text)}tr.group{break-after:avoid}\n"
	"caption{text-align:left;color:var(--quiet);padding:.2rem 0 .3rem}\n"
	".bands td:first-child,.levels td:first-child{white-space:nowrap}\n"
	".bands th.n{width:auto;font-size:.82rem;line-height:1.25;vertical-align:bottom}\n"
	"@media (max-width:40rem){.sum{grid-template-columns:1fr 1fr}"
	".levels td:first-child{white-space:normal}.bands{font-size:.8rem}"
	".bands .swatch{display:block;margin:0 0 0 auto}.bands td.plot,"
	".long td.plot{display:none}td.plot{width:18%}"
	"th.n{width:auto}.bands th.n{font-size:.7rem}}\n"
	"@page{size:A4;margin:13mm 14mm 14mm}\n"
	"@media print{:root{--line:#bbb}h1{font-size:17pt}h2{font-size:12pt;margin-top:1rem}"
	"h3{font-size:10.5pt;margin:.8rem 0 .2rem}table{font-size:8.5pt;line-height:1.35}"
	".sum b{font-size:16pt}.sum li{font-size:9pt}.bar{height:.75rem;margin:.1rem 0}"
	".sum,.note,table.keep{break-inside:avoid}.note.urgent{border-color:#000}"
	".tiny,caption{font-size:7.5pt}th,td{padding-top:.15rem;padding-bottom:.15rem}}\n";

/* ---- At a glance ---------------------------------------------------------------------------- */

static void begin_tile(uint64_t count, struct buffer *out)
{
	scap__buffer_text(out, "<li><b>");
	scap__put_count(count, out);
	scap__buffer_text(out, "</b> ");
}

static uint64_t level_rows(const struct tally *t, size_t level)
{
	const uint64_t *counts = tally_row(t, TALLY_LEVELS, level);

	return counts[LEVEL_CERTAIN] + counts[LEVEL_NOT_CERTAIN];
}

static void write_routines(const struct tally *t, struct buffer *out)
{
	uint64_t permitted = tally_total(t, TOTAL_PERMITTED), made = tally_total(t, TOTAL_MADE);

	begin_tile(made ? tally_total(t, TOTAL_GIVEN) : permitted, out);
	if (!made) {
		scap__buffer_text(out, permitted ? "may do exercises at home; no routines were made"
		                                   "</li>\n"
		                                 : "may do exercises at home</li>\n");
		return;
	}
	scap__buffer_text(out, "got exercises for home, of ");
	scap__put_count(permitted, out);
	scap__buffer_text(out, " whose level permits them");
	if (made < permitted) {
		scap__buffer_text(out, "; routines were made for ");
		scap__put_count(made, out);
	}
	scap__buffer_text(out, "</li>\n");
}

/* Whoever could not be read whole counts with what can't be ruled out. */
static void write_most_urgent(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	size_t top = base->nlevels - 1;
	uint64_t rejected = tally_row(t, TALLY_LEVELS, top)[LEVEL_NOT_RULED_OUT];

	begin_tile(level_rows(t, top) + rejected, out);
	scap__html_item(out, "", base->levels[top].shown.label, "");
	if (rejected) {
		scap__buffer_text(out, "; ");
		scap__put_count(rejected, out);
		scap__buffer_text(out, " of these could not be read whole");
	}
	scap__buffer_text(out, "</li>\n");
}

static void write_tiles(const scap_summary *summary, struct buffer *out)
{
	const struct tally *t = summary->tally;
	uint64_t scored = tally_total(t, TOTAL_SCORED), certain = 0;

	for (size_t k = 0; k < t->pack->base->nlevels; k++)
		certain += tally_row(t, TALLY_LEVELS, k)[LEVEL_CERTAIN];
	scap__buffer_text(out, "<ul class=\"sum\">\n");
	begin_tile(scored, out);
	scap__html_item(out, scored == 1 ? "person" : "people", " scored", "</li>\n");
	write_most_urgent(t, out);
	if (scored) {
		scap__buffer_text(out, "<li><b>");
		scap__put_share(certain, scored, out);
		scap__buffer_text(out, "</b> have a level that no open answer can change</li>\n");
		write_routines(t, out);
	}
	scap__buffer_text(out, "</ul>\n");
}

/* Whoever could not be scored may be the most urgent of all. */
static void write_rejected(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	uint64_t rejected = tally_total(t, TOTAL_REJECTED);
	size_t worst = base->nlevels;

	if (!rejected)
		return;
	while (worst-- > 0 && !tally_row(t, TALLY_LEVELS, worst)[LEVEL_NOT_RULED_OUT])
		;
	scap__buffer_text(out, "<p class=\"note urgent\"><b>");
	scap__put_count(rejected, out);
	scap__buffer_text(out, rejected == 1 ? " row could not be read.</b> "
	                                     : " rows could not be read.</b> ");
	scap__html_item(out, "These people are scored no further. \u201c",
	                base->levels[worst].shown.label, "\u201d can't be ruled out for ");
	scap__put_count(tally_row(t, TALLY_LEVELS, worst)[LEVEL_NOT_RULED_OUT], out);
	scap__buffer_text(out, " of them: see <a href=\"#rejected\">below</a>.</p>\n");
}

static bool is_small(const struct tally *t)
{
	static const enum tally_table tables[] = {TALLY_LEVELS, TALLY_BANDS, TALLY_REASONS};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		const struct tally_shape *shape = &t->shape[tables[i]];

		for (size_t j = 0; j < shape->rows * shape->fields; j++)
			if (t->counts[shape->first + j] && t->counts[shape->first + j] < 5)
				return true;
	}
	return false;
}

static void write_notes(const struct tally *t, struct buffer *out)
{
	write_rejected(t, out);
	if (is_small(t))
		scap__buffer_text(out, "<p class=\"note\"><b>For the team only.</b> Some numbers "
		                       "here are under 5, and so small a number can point to one "
		                       "person. They are shown because a single emergency counts. "
		                       "Do not hand this page on.</p>\n");
}

/* ---- Levels ----------------------------------------------------------------------------------- */

static void write_level(const struct tally *t, size_t level, uint64_t most, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	const uint64_t *counts = tally_row(t, TALLY_LEVELS, level);
	uint64_t here = level_rows(t, level);

	scap__buffer_text(out, "<tr><td>");
	scap__plot_swatch(base, level, out);
	scap__html_item(out, "", base->levels[level].shown.label, "</td>");
	scap__plot_bar(base, (int)level, counts[LEVEL_CERTAIN], counts[LEVEL_NOT_CERTAIN], most,
	               out);
	scap__put_cell(here, out);
	scap__buffer_text(out, "<td class=\"n\">");
	scap__put_share(here, tally_total(t, TOTAL_SCORED), out);
	scap__buffer_text(out, "</td>");
	scap__put_cell(counts[LEVEL_NOT_CERTAIN], out);
	if (tally_total(t, TOTAL_REJECTED))
		scap__put_cell(counts[LEVEL_NOT_RULED_OUT], out);
	scap__buffer_text(out, "</tr>\n");
}

static void write_levels(const struct tally *t, struct buffer *out)
{
	size_t nlevels = t->pack->base->nlevels;
	uint64_t most = 0;

	scap__buffer_text(out, "<h2 id=\"levels\">How urgent it was</h2>\n<table class=\"levels keep\">"
	                       "<caption>Hatched: an answer that is still open can change the level."
	                       "</caption>\n<tr><th>Level</th><td class=\"plot\"></td><th class="
	                       "\"n\">People</th><th class=\"n\">Share</th><th class=\"n\">Not "
	                       "certain</th>");
	scap__buffer_text(out, tally_total(t, TOTAL_REJECTED)
	                               ? "<th class=\"n\">Rejected</th></tr>\n"
	                               : "</tr>\n");
	for (size_t k = 0; k < nlevels; k++)
		if (level_rows(t, k) > most)
			most = level_rows(t, k);
	for (size_t k = nlevels; k-- > 0;)
		write_level(t, k, most, out);
	scap__buffer_text(out, "</table>\n");
}

/* ---- Bands -------------------------------------------------------------------------------------- */

/* `18 to 29`; where a number may have decimals `18 to under 30`. */
static void write_band_name(const struct rulebase *base, size_t band, struct buffer *out)
{
	const struct settings *settings = &base->settings;
	bool whole = base->questions[settings->bands_question].shown.type == SCAP_INTEGER;
	char low[24], high[24];

	if (band > settings->nbands) {
		scap__buffer_text(out, "not known");
		return;
	}
	scap__number_write(settings->bands[band ? band - 1 : 0], low);
	if (!band)
		scap__buffer_printf(out, "under %s", low);
	else if (band == settings->nbands)
		scap__buffer_printf(out, "%s and over", low);
	else {
		scap__number_write(settings->bands[band] - (whole ? NUMBER_ONE : 0), high);
		scap__buffer_printf(out, whole ? strcmp(low, high) ? "%s to %s" : "%s"
		                               : "%s to under %s", low, high);
	}
}

static uint64_t band_rows(const struct tally *t, size_t band)
{
	uint64_t sum = 0;

	for (size_t k = 0; k < t->shape[TALLY_BANDS].fields; k++)
		sum += tally_row(t, TALLY_BANDS, band)[k];
	return sum;
}

static void write_band(const struct tally *t, size_t band, uint64_t most, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	const uint64_t *counts = tally_row(t, TALLY_BANDS, band);

	scap__buffer_text(out, "<tr><td>");
	write_band_name(base, band, out);
	scap__buffer_text(out, "</td>");
	scap__plot_stack(base, counts, most, out);
	for (size_t k = base->nlevels; k-- > 0;)
		scap__put_cell(counts[k], out);
	scap__put_cell(band_rows(t, band), out);
	scap__buffer_text(out, "</tr>\n");
}

static void write_bands(const struct tally *t, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	size_t rows = t->shape[TALLY_BANDS].rows;
	uint64_t most = 0;

	if (!rows)
		return;
	scap__buffer_text(out, "<h2 id=\"bands\">How urgent it was, by ");
	scap__put_words(base->questions[base->settings.bands_question].shown.name, out);
	scap__buffer_text(out, "</h2>\n<table class=\"bands keep\"><tr><th></th><td class=\"plot\"></td>");
	for (size_t k = base->nlevels; k-- > 0;) {
		scap__buffer_text(out, "<th class=\"n\">");
		scap__plot_swatch(base, k, out);
		scap__html_item(out, "", base->levels[k].shown.label, "</th>");
	}
	scap__buffer_text(out, "<th class=\"n\">All</th></tr>\n");
	for (size_t i = 0; i < rows; i++)
		if (band_rows(t, i) > most)
			most = band_rows(t, i);
	for (size_t i = 0; i < rows; i++)
		write_band(t, i, most, out);
	scap__buffer_text(out, "</table>\n");
}

/* ---- The page ------------------------------------------------------------------------------------ */

static void write_head(const scap_summary *summary, struct buffer *out)
{
	const struct scap_pack_info *info = &summary->tally->pack->info;
	size_t count = json_array_size(summary->inputs);
	struct summary_input first;

	scap__page_head(out, info->language, "What the intakes came to", style);
	scap__buffer_text(out, "<body>\n<header>\n<h1>What the intakes came to</h1>\n"
	                       "<p class=\"q\">");
	if (count && !scap__summary_input_read(json_array_get(summary->inputs, 0), &first)) {
		out->failed = true;
	} else if (count) {
		scap__html_item(out, "<code>", first.name, "</code>");
		if (count > 1)
			scap__buffer_printf(out, " and %zu more file%s", count - 1,
			                    count == 2 ? "" : "s");
		if (*first.started)
			scap__buffer_printf(out, ", %s%.10s", count > 1 ? "from " : "",
			                    first.started);
		scap__buffer_text(out, ". ");
	}
	scap__html_item(out, "Pack <code>", info->name, "</code> ");
	scap__html_item(out, "", info->version, ".</p>\n");
	scap__html_item(out, "<p class=\"q\">", info->disclaimer, "</p>\n</header>\n<main>\n");
}

/* Sections about nobody are left out. */
static void write_sections(const scap_summary *summary, struct buffer *out)
{
	const struct tally *t = summary->tally;

	if (tally_total(t, TOTAL_ROWS)) {
		write_tiles(summary, out);
		write_notes(t, out);
		write_levels(t, out);
	} else {
		scap__buffer_text(out, "<p class=\"note\"><b>There were no rows.</b> Nobody was "
		                       "scored, so there is nothing to see.</p>\n");
	}
	if (tally_total(t, TOTAL_SCORED)) {
		write_bands(t, out);
		scap__page_reasons(summary, out);
		scap__page_findings(summary, out);
		scap__page_missing(summary, out);
		scap__page_exercises(summary, out);
	}
	if (tally_total(t, TOTAL_ROWS))
		scap__page_quality(summary, out);
	scap__page_about(summary, out);
}

unsigned scap_summary_html(const scap_summary *summary, scap_write_fn *write, void *ctx)
{
	struct buffer out;

	scap__buffer_init(&out, TEXT_LIMIT);
	write_head(summary, &out);
	scap__plot_patterns(&out);
	write_sections(summary, &out);
	scap__buffer_text(&out, "</main>\n</body>\n</html>\n");
	return scap__buffer_send(&out, write, ctx);
}
