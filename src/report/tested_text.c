/* SPDX-License-Identifier: MIT
 *
 * A run of cases for a terminal: what is not as it should be, and what no case tries.
 */
#include <stdint.h>

#include "report/tested.h"

enum { TOLD = 10 }; /* of each list, unless all is asked for */

static void tell_case(const struct tested *t, const struct told_case *one, struct buffer *out)
{
	char shown[256];

	scap_printable(one->id, shown, sizeof(shown));
	scap__buffer_printf(out, "%s:%u: %s\n", t->file, one->line, shown);
	scap__text_item(out, 2, "", one->story);
	for (size_t i = 0; i < one->nfaults; i++)
		scap__text_item(out, 4, "  -", one->faults[i]);
}

/* A list under way: its items, of which only the first are told. */
struct listing {
	const struct tested *tested;
	struct buffer text;
	size_t count;
};

static void list_begin(struct listing *list, const struct tested *tested)
{
	*list = (struct listing){.tested = tested};
	scap__buffer_init(&list->text, TEXT_LIMIT);
}

static bool list_next(struct listing *list, const char *between)
{
	bool told = list->tested->all || list->count < TOLD;

	if (told && list->count)
		scap__buffer_text(&list->text, between);
	list->count++;
	return told;
}

static void list_end(struct listing *list, const char *what, const char *between,
                     struct buffer *out)
{
	if (list->count > TOLD && !list->tested->all)
		scap__buffer_printf(&list->text, "%sand %zu more", between, list->count - TOLD);
	if (list->count && scap__buffer_string(&list->text))
		scap__text_itemf(out, 2, "", "%s: %s", what, list->text.data);
	out->failed |= list->text.failed;
	scap__buffer_free(&list->text);
}

static const char *name_of(const struct rulebase *base, const struct aim *aim)
{
	return aim->kind == AIM_RULE ? base->rules[aim->index].id
	                             : base->exercises[aim->index].name;
}

static void tell_names(const struct tested *t, enum aim_kind kind, const char *what,
                       struct buffer *out)
{
	struct listing list;

	list_begin(&list, t);
	for (size_t i = t->aims.first[kind]; i < t->aims.first[kind + 1]; i++)
		if (!t->aims.list[i].count && list_next(&list, ", "))
			scap__buffer_text(&list.text, name_of(t->pack->base, &t->aims.list[i]));
	list_end(&list, what, ", ", out);
}

static bool left(const struct aim *aim)
{
	return !aim->count && aim->reach != REACH_NEVER;
}

/* True where the threshold before this one was short of the same number. */
static bool told_before(const struct tested *t, size_t i)
{
	const struct aim *aim = &t->aims.list[i];
	const struct border *border = &t->aims.borders[aim->index];

	return aim->kind == AIM_BORDER && !aim->upper && aim->index &&
	       border[-1].question == border->question && border[-1].at[1] == border->at[0] &&
	       left(aim - 1);
}

static void tell_numbers(const struct tested *t, enum aim_kind kind, const char *what,
                         struct buffer *out)
{
	struct listing list;

	list_begin(&list, t);
	for (size_t i = t->aims.first[kind]; i < t->aims.first[kind + 1]; i++)
		if (left(&t->aims.list[i]) && !told_before(t, i) && list_next(&list, "; "))
			scap__aim_text(&t->aims, t->pack->base, &t->aims.list[i], &list.text);
	list_end(&list, what, "; ", out);
}

/* A line for each rule: its parts that decide in no case, and how. */
static void tell_rule(const struct tested *t, size_t from, size_t end, struct buffer *out)
{
	const struct rulebase *base = t->pack->base;
	struct buffer text;
	const char *between = "";

	scap__buffer_init(&text, TEXT_LIMIT);
	for (size_t i = from; i < end; i++) {
		const struct aim *no = tested_aim(&t->aims, AIM_PART, 2 * i), *yes = no + 1;

		if (!left(no) && !left(yes))
			continue;
		scap__buffer_text(&text, between);
		scap__part_text(&t->aims, base, i, &text);
		scap__buffer_text(&text, !left(no) ? " (yes)" : left(yes) ? " (yes, no)" : " (no)");
		between = "; ";
	}
	if (scap__buffer_string(&text))
		scap__text_itemf(out, 4, "", "%s: %s", base->rules[t->aims.parts[from].rule].id,
		                 text.data);
	out->failed |= text.failed;
	scap__buffer_free(&text);
}

static void tell_parts(const struct tested *t, struct buffer *out)
{
	const struct aims *aims = &t->aims;
	size_t rules = 0;

	for (size_t i = 0, end; i < aims->nparts; i = end) {
		unsigned rule = aims->parts[i].rule;
		bool any = false;

		for (end = i; end < aims->nparts && aims->parts[end].rule == rule; end++)
			any |= left(tested_aim(aims, AIM_PART, 2 * end)) ||
			       left(tested_aim(aims, AIM_PART, 2 * end + 1));
		if (!any || (rules++ >= TOLD && !t->all))
			continue;
		if (rules == 1)
			scap__buffer_text(out, "  parts of conditions that decide in no case, "
			                       "as yes or as no:\n");
		tell_rule(t, i, end, out);
	}
	if (rules > TOLD && !t->all)
		scap__buffer_printf(out, "    and %zu more rules\n", rules - TOLD);
}

static void tell_never(const struct tested *t, struct buffer *out)
{
	struct listing list;

	list_begin(&list, t);
	for (size_t i = 0; i < t->aims.count; i++) {
		const struct aim *aim = &t->aims.list[i];

		if (!aim->count && aim->reach == REACH_NEVER && list_next(&list, "; "))
			scap__aim_text(&t->aims, t->pack->base, aim, &list.text);
	}
	list_end(&list, "what no answers can show", "; ", out);
}

static void tell_suggestions(const struct tested *t, struct buffer *out)
{
	size_t all = 0, met = 0;

	for (size_t i = 0; i < t->aims.count; i++)
		all += left(&t->aims.list[i]);
	for (size_t i = 0; i < t->nsuggestions; i++)
		met += t->suggestions[i].naims;
	if (t->nsuggestions)
		scap__buffer_printf(out, "  %zu new case%s would try %zu of these %zu: "
		                         "--suggest FILE writes %s\n",
		                    t->nsuggestions, t->nsuggestions == 1 ? "" : "s", met, all,
		                    t->nsuggestions == 1 ? "it" : "them");
}

static void tell_totals(const struct tested *t, struct buffer *out)
{
	const struct aims *aims = &t->aims;
	size_t rules = scap__aims_count(aims, AIM_RULE);
	size_t offered = scap__aims_count(aims, AIM_OFFERED);
	size_t left_out = scap__aims_count(aims, AIM_LEFT_OUT);

	scap__buffer_printf(out,
	                    "%zu cases: %zu as they should be, %zu not; %zu of %zu rules fired, "
	                    "%zu of %zu exercises offered, %zu of %zu left out\n",
	                    t->ncases, t->ncases - t->nfailed, t->nfailed,
	                    rules - scap__aims_unmet(aims, AIM_RULE), rules,
	                    offered - scap__aims_unmet(aims, AIM_OFFERED), offered,
	                    left_out - scap__aims_unmet(aims, AIM_LEFT_OUT), left_out);
	scap__buffer_printf(out,
	                    "%zu of %zu parts of conditions decide as yes and as no; %zu of %zu "
	                    "thresholds have a case on each side, %zu next to it\n",
	                    scap__aims_pairs(aims, AIM_PART), aims->nparts,
	                    scap__aims_pairs(aims, AIM_SIDE), aims->nborders,
	                    scap__aims_pairs(aims, AIM_BORDER));
}

void scap__tested_text(const struct tested *t, struct buffer *out)
{
	for (size_t i = 0; i < t->ncases; i++)
		if (t->cases[i].nfaults)
			tell_case(t, &t->cases[i], out);
	tell_names(t, AIM_RULE, "rules that no case fires", out);
	tell_names(t, AIM_OFFERED, "exercises that no case offers", out);
	tell_names(t, AIM_LEFT_OUT, "exercises that no case leaves out", out);
	tell_parts(t, out);
	tell_numbers(t, AIM_SIDE, "thresholds with no case on a side", out);
	tell_numbers(t, AIM_BORDER, "thresholds with no case next to them", out);
	tell_never(t, out);
	tell_suggestions(t, out);
	tell_totals(t, out);
}
