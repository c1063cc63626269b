/* SPDX-License-Identifier: MIT
 *
 * A run of cases as a page for a meeting: what is wrong first, then what no case tries,
 * then all the rest.
 */
#include "report/page.h"

static void write_number(struct buffer *out, size_t some, size_t all, const char *what)
{
	scap__buffer_printf(out, "<li><b>%zu of %zu</b>%s</li>\n", some, all, what);
}

static void write_summary(const struct tested *t, struct buffer *out)
{
	const struct aims *aims = &t->aims;
	size_t rules = scap__aims_count(aims, AIM_RULE);
	size_t offered = scap__aims_count(aims, AIM_OFFERED);
	size_t left_out = scap__aims_count(aims, AIM_LEFT_OUT);

	if (t->nmistakes)
		scap__buffer_printf(out, "<p class=\"bad\">The file has %zu mistake%s: what can't "
		                         "be read was not run.</p>\n", t->nmistakes,
		                    t->nmistakes == 1 ? "" : "s");
	if (!t->ncases)
		scap__buffer_text(out, "<p class=\"bad\">There are no cases.</p>\n");
	else if (t->nfailed)
		scap__buffer_printf(out, "<p class=\"bad\">%zu of %zu cases do not come out as "
		                         "they should.</p>\n", t->nfailed, t->ncases);
	else
		scap__buffer_printf(out, "<p class=\"good\">All %zu cases come out as they "
		                         "should.</p>\n", t->ncases);
	scap__buffer_text(out, "<ul class=\"sum\">\n");
	write_number(out, t->ncases - t->nfailed, t->ncases, "cases as they should be");
	write_number(out, rules - scap__aims_unmet(aims, AIM_RULE), rules,
	             "rules that hold in a case");
	write_number(out, scap__aims_pairs(aims, AIM_PART), aims->nparts,
	             "parts of conditions tried as yes and as no");
	write_number(out, scap__aims_pairs(aims, AIM_SIDE), aims->nborders,
	             "thresholds with cases on both sides");
	write_number(out, offered - scap__aims_unmet(aims, AIM_OFFERED), offered,
	             "exercises offered in a case");
	write_number(out, left_out - scap__aims_unmet(aims, AIM_LEFT_OUT), left_out,
	             "exercises left out in a case");
	scap__buffer_text(out, "</ul>\n");
}

/* ---- Cases ---------------------------------------------------------------------------- */

static void write_wanted(struct buffer *out, const char *what, const char *text)
{
	if (!text[0])
		return;
	scap__html_item(out, "; ", what, " <code>");
	scap__html_list(out, text);
	scap__buffer_text(out, "</code>");
}

static void write_expected(const struct tested *t, const struct told_case *one, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;

	scap__html_item(out, "<dt>Expected</dt><dd>",
	                one->expected == NONE ? "any level"
	                                      : base->levels[one->expected].shown.label, "");
	if (one->routine != NONE)
		scap__buffer_text(out, one->routine ? "; exercises" : "; no exercises");
	write_wanted(out, "rules", one->rules);
	write_wanted(out, "not rules", one->not_rules);
	write_wanted(out, "left out", one->excluded);
	write_wanted(out, "not left out", one->allowed);
	scap__html_item(out, "</dd><dt>Came out</dt><dd>", base->levels[one->level].shown.label,
	                "");
	if (one->nexercises)
		scap__buffer_printf(out, "; %zu exercise%s", one->nexercises,
		                    one->nexercises == 1 ? "" : "s");
	else
		scap__buffer_text(out, "; no exercises");
	write_wanted(out, "because of", one->reasons);
	scap__buffer_text(out, "</dd>");
}

static void write_case(const struct tested *t, const struct told_case *one, struct buffer *out)
{
	scap__html_item(out, "<article class=\"one\">\n<p class=\"say\">", one->story, "</p>\n");
	scap__html_item(out, "<p class=\"q\"><code>", one->id, "</code>");
	scap__buffer_printf(out, ", line %u</p>\n<dl>", one->line);
	scap__html_item(out, "<dt>Answers</dt><dd><code>", one->answers, "</code>");
	scap__html_item(out, one->answers[0] ? "; all others " : "all ", one->others, "</dd>");
	write_expected(t, one, out);
	scap__buffer_text(out, "</dl>\n");
	if (one->nfaults)
		scap__buffer_text(out, "<ul class=\"bad\">\n");
	for (size_t i = 0; i < one->nfaults; i++)
		scap__html_item(out, "<li>", one->faults[i], "</li>\n");
	scap__buffer_text(out, one->nfaults ? "</ul>\n</article>\n" : "</article>\n");
}

static void write_cases(const struct tested *t, bool failed, struct buffer *out)
{
	for (size_t i = 0; i < t->ncases; i++)
		if ((t->cases[i].nfaults > 0) == failed)
			write_case(t, &t->cases[i], out);
}

/* ---- What no case tries ----------------------------------------------------------------- */

/* What a person reads first: the sentence of the rule, the name of the exercise. */
static void write_subject(const struct tested *t, const struct aim *aim, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	unsigned rule = aim->kind == AIM_PART ? t->aims.parts[aim->index].rule : aim->index;

	if (aim->kind == AIM_RULE || aim->kind == AIM_PART) {
		scap__html_item(out, "<a href=\"#r-", base->rules[rule].id, "\">");
		scap__html_item(out, "", base->rules[rule].because, "</a> ");
	} else if (aim->kind == AIM_OFFERED || aim->kind == AIM_LEFT_OUT) {
		scap__html_item(out, "", base->exercises[aim->index].label, " ");
	}
}

static void write_aim(const struct tested *t, const struct aim *aim, struct buffer *out)
{
	struct buffer text;

	scap__buffer_text(out, "<li>");
	write_subject(t, aim, out);
	scap__buffer_init(&text, TEXT_LIMIT);
	scap__aim_text(&t->aims, t->pack->base, aim, &text);
	if (scap__buffer_string(&text))
		scap__html_item(out, "<code>", text.data, "</code></li>\n");
	out->failed |= text.failed;
	scap__buffer_free(&text);
}

static void write_aims(const struct tested *t, enum aim_kind kind, enum reach reach,
                       const char *heading, struct buffer *out)
{
	const char *begin = heading;

	for (size_t i = t->aims.first[kind]; i < t->aims.first[kind + 1]; i++) {
		const struct aim *aim = &t->aims.list[i];

		if (aim->count || (aim->reach == REACH_NEVER) != (reach == REACH_NEVER))
			continue;
		if (begin) {
			scap__html_item(out, "<h3>", begin, "</h3>\n<ul>\n");
			begin = NULL;
		}
		write_aim(t, aim, out);
	}
	if (!begin)
		scap__buffer_text(out, "</ul>\n");
}

static void write_left(const struct tested *t, struct buffer *out)
{
	static const char *const headings[AIM_KINDS][2] = {
		[AIM_RULE] = {"Rules that hold in no case", "Rules that no answers can make hold"},
		[AIM_PART] = {"Parts of conditions that decide in no case",
		              "Parts of conditions that no answers can make decide"},
		[AIM_SIDE] = {"Thresholds with no case on a side", "Numbers that no answers reach"},
		[AIM_BORDER] = {"Thresholds with no case next to them",
		                "Numbers next to a threshold that no answers reach"},
		[AIM_OFFERED] = {"Exercises that are offered in no case",
		                 "Exercises that no answers bring"},
		[AIM_LEFT_OUT] = {"Exercises that are left out in no case",
		                  "Exercises that no answers leave out"},
	};
	size_t unmet = 0;

	scap__buffer_text(out, "<h2 id=\"left\">What no case tries</h2>\n");
	for (unsigned kind = 0; kind < AIM_KINDS; kind++)
		unmet += scap__aims_unmet(&t->aims, kind);
	if (!unmet)
		scap__buffer_text(out, "<p class=\"good\">Nothing is left.</p>\n");
	for (unsigned kind = 0; kind < AIM_KINDS; kind++)
		write_aims(t, kind, REACH_OPEN, headings[kind][0], out);
	for (unsigned kind = 0; kind < AIM_KINDS; kind++)
		write_aims(t, kind, REACH_NEVER, headings[kind][1], out);
}

static void write_suggestion(const struct tested *t, const struct suggestion *one,
                             struct buffer *out)
{
	scap__html_item(out, "<article class=\"one\">\n<p>", one->story, "</p>\n");
	scap__html_item(out, "<p class=\"q\"><code>", one->id, "</code></p>\n<dl>");
	scap__html_item(out, "<dt>Answers</dt><dd><code>", one->answers,
	                "</code>; all others no</dd>");
	scap__html_item(out, "<dt>Comes out now</dt><dd>",
	                t->pack->base->levels[one->level].shown.label,
	                "</dd><dt>Tries</dt><dd><ul>");
	for (size_t i = 0; i < one->naims; i++)
		write_aim(t, &t->aims.list[one->aims[i]], out);
	scap__buffer_text(out, "</ul></dd></dl>\n</article>\n");
}

static void write_suggestions(const struct tested *t, struct buffer *out)
{
	scap__buffer_text(out, "<h2 id=\"new\">New cases to confirm</h2>\n");
	if (!t->nsuggestions) {
		scap__buffer_text(out, "<p>There are none.</p>\n");
		return;
	}
	scap__buffer_text(out, "<p>These made-up people would try what is left. What comes out "
	                       "now is what the program says, not what is right: a clinician has "
	                       "to say so.</p>\n");
	for (size_t i = 0; i < t->nsuggestions; i++)
		write_suggestion(t, &t->suggestions[i], out);
}

/* ---- The page ------------------------------------------------------------------------------ */

static void write_contents(const struct tested *t, struct buffer *out)
{
	scap__buffer_text(out, "<nav><ul>\n");
	if (t->nfailed)
		scap__buffer_text(out, "<li><a href=\"#failed\">Not as they should be</a></li>\n");
	scap__buffer_text(out, "<li><a href=\"#left\">What no case tries</a></li>\n"
	                       "<li><a href=\"#new\">New cases</a></li>\n"
	                       "<li><a href=\"#rules\">Rules</a></li>\n"
	                       "<li><a href=\"#thresholds\">Thresholds</a></li>\n"
	                       "<li><a href=\"#exercises\">Exercises</a></li>\n"
	                       "<li><a href=\"#levels\">Levels</a></li>\n"
	                       "<li><a href=\"#passed\">Cases as they should be</a></li>\n"
	                       "</ul></nav>\n");
}

void scap__tested_page(const struct tested *t, struct buffer *out)
{
	const struct scap_pack_info *info = &t->pack->info;

	scap__page_head(out, info->language, "Cases of the rules", "");
	scap__html_item(out, "<body>\n<h1>Cases of the rules: ", info->title, "</h1>\n");
	scap__html_item(out, "<p class=\"q\">Pack <code>", info->name, "</code> ");
	scap__html_item(out, "", info->version, "; cases from <code>");
	scap__html_item(out, "", t->file, "</code></p>\n");
	scap__html_item(out, "<p class=\"q\">", info->disclaimer, "</p>\n");
	write_summary(t, out);
	write_contents(t, out);
	if (t->nfailed)
		scap__buffer_text(out, "<h2 id=\"failed\">Not as they should be</h2>\n");
	write_cases(t, true, out);
	write_left(t, out);
	write_suggestions(t, out);
	scap__page_rules(t, out);
	scap__page_tables(t, out);
	scap__buffer_text(out, "<h2 id=\"passed\">Cases as they should be</h2>\n");
	if (t->ncases == t->nfailed)
		scap__buffer_text(out, "<p>There are none.</p>\n");
	write_cases(t, false, out);
	scap__buffer_text(out, "</body>\n</html>\n");
}
