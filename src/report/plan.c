/* SPDX-License-Identifier: MIT */
#include "report/plan.h"

#include <stdio.h>

#include "routine/because.h"
#include "routine/week.h"

static const struct exercise *exercise_of(const scap_decision *decision, size_t i)
{
	return &decision->pack->base->exercises[decision->session->list[i].exercise];
}

static const char *plural(unsigned count)
{
	return count == 1 ? "" : "s";
}

/* `10 times each side, hold 5 seconds`; what is counted in minutes, in minutes. */
static void write_dose(const struct exercise *exercise, const struct portion *portion,
                       struct buffer *out)
{
	unsigned minutes = portion->reps * exercise->seconds / 60;

	if (!portion->hold && exercise->seconds % 60 == 0)
		scap__buffer_printf(out, "%u minute%s", minutes, plural(minutes));
	else
		scap__buffer_printf(out, "%u time%s", portion->reps, plural(portion->reps));
	if (portion->sides == 2)
		scap__buffer_text(out, " each side");
	if (portion->hold)
		scap__buffer_printf(out, ", hold %u second%s", portion->hold, plural(portion->hold));
	if (portion->sets > 1)
		scap__buffer_printf(out, ", %u sets", portion->sets);
}

/* Writes what was gathered as one item, and frees it. */
static void put_item(struct buffer *out, unsigned indent, const char *first, struct buffer *text)
{
	if (scap__buffer_string(text))
		scap__text_item(out, indent, first, text->data);
	out->failed |= text->failed;
	scap__buffer_free(text);
}

static void write_muscles(const struct rulebase *base, uint64_t muscles, struct buffer *out)
{
	bool any = false;

	for (size_t i = 0; i < base->nmuscles; i++)
		if (muscles >> i & 1) {
			scap__buffer_printf(out, "%s%s", any ? ", " : "", base->muscles[i]);
			any = true;
		}
}

static void write_alone(const struct rulebase *base, uint64_t muscles, struct buffer *out)
{
	scap__buffer_text(out, "Nothing else here works these muscles: ");
	write_muscles(base, muscles, out);
	scap__buffer_char(out, '.');
}

/* The strongest word for it, or what it alone does. */
static void write_why(const scap_decision *decision, size_t i, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;
	unsigned exercise = decision->session->list[i].exercise;
	uint64_t alone = scap__works_alone(decision->session, i);
	const struct rule *rule, *best = NULL;
	struct buffer text;

	for (size_t k = 0; (rule = scap__spoken_for(decision, exercise, k)); k++)
		if (!best || rule->weight > best->weight)
			best = rule;
	scap__buffer_init(&text, TEXT_LIMIT);
	scap__buffer_text(&text, "Why: ");
	if (best && best->kind == RULE_PREFERENCE)
		scap__buffer_text(&text, best->because);
	else if (best)
		scap__buffer_printf(&text, "In place of what is left out: %s", best->because);
	else if (base->exercises[exercise].benefit[0])
		scap__buffer_text(&text, base->exercises[exercise].benefit);
	else if (alone)
		write_alone(base, alone, &text);
	else
		scap__buffer_text(&text, "It fits your answers and your time.");
	put_item(out, 7, "", &text);
}

static void write_adjustment(const struct rule *rule, unsigned indent, const char *mark,
                             struct buffer *out)
{
	scap__text_itemf(out, indent, mark, "For you: %s (%s)",
	                 rule->advice[0] ? rule->advice : "less than usual", rule->because);
}

/* What holds for every exercise is said once. */
static void write_common(const scap_decision *decision, struct buffer *out)
{
	const struct rule *rule;

	for (size_t k = 0;
	     (rule = scap__adjusted_by(decision, decision->session->list[0].exercise, k)); k++)
		if (rule->all)
			write_adjustment(rule, 4, "  *", out);
}

static void write_exercise(const scap_decision *decision, size_t i, struct buffer *out)
{
	const struct portion *portion = &decision->session->list[i];
	const struct exercise *exercise = exercise_of(decision, i);
	const struct rule *rule;
	struct buffer dose;
	char mark[16];

	snprintf(mark, sizeof(mark), "%3u.", (unsigned)i + 1);
	scap__buffer_init(&dose, TEXT_LIMIT);
	scap__buffer_printf(&dose, "%s: ", exercise->label);
	write_dose(exercise, portion, &dose);
	put_item(out, 5, mark, &dose);
	write_why(decision, i, out);
	for (size_t step = 0; step < exercise->nsteps; step++)
		scap__text_item(out, 9, "       -", exercise->steps[step]);
	if (exercise->caution[0])
		scap__text_item(out, 9, "       !", exercise->caution);
	for (size_t k = 0; (rule = scap__adjusted_by(decision, portion->exercise, k)); k++)
		if (!rule->all)
			write_adjustment(rule, 9, "       *", out);
}

/* Labels of exercises that are as good for another day. */
static void write_others(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;
	struct buffer text;
	bool any = false;

	scap__buffer_init(&text, TEXT_LIMIT);
	scap__buffer_text(&text, "Also suitable, for a change: ");
	for (size_t i = 0; i < base->nexercises; i++) {
		enum place_in_session place = decision->session->place[i];

		if (place != SESSION_VARIANT && place != SESSION_FULL && place != SESSION_NO_TIME)
			continue;
		scap__buffer_printf(&text, "%s%s", any ? ", " : "", base->exercises[i].label);
		any = true;
	}
	scap__buffer_char(&text, '.');
	if (any)
		put_item(out, 2, "", &text);
	else
		scap__buffer_free(&text);
}

static void write_session(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;
	const struct session *session = decision->session;

	scap__text_heading(out, "Your exercises");
	if (session->why_not == ROUTINE_EXCLUDED)
		scap__text_item(out, 2, "", "None at this time. The reasons stand below.");
	if (session->why_not == ROUTINE_TOO_FEW)
		scap__text_item(out, 2, "", base->settings.few_exercises_advice);
	if (session->why_not == ROUTINE_NO_TIME)
		scap__text_itemf(out, 2, "", "%u minutes are too short for the exercises that suit "
		                 "you. With a little more time there are some.",
		                 decision->selection->minutes);
	if (!session->count)
		return;
	write_common(decision, out);
	for (size_t i = 0; i < session->count; i++)
		write_exercise(decision, i, out);
	scap__text_itemf(out, 2, "", "Together about %u minute%s, the changes between them counted.",
	                 (session->seconds + 59) / 60, plural((session->seconds + 59) / 60));
	write_others(decision, out);
}

static void write_days(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;
	const struct session *session = decision->session;

	scap__text_heading(out, "Your week");
	for (size_t d = 0; d < base->ndays; d++) {
		const struct day *day = &base->days[d];
		const char *between = " Exercises ";
		struct buffer text;
		char mark[24];

		snprintf(mark, sizeof(mark), "  Day %u:", day->number);
		scap__buffer_init(&text, TEXT_LIMIT);
		scap__buffer_printf(&text, "%s.", day->label);
		for (size_t i = 0; i < session->count; i++)
			if (scap__day_has(session, day, i)) {
				scap__buffer_printf(&text, "%s%zu", between, i + 1);
				between = ", ";
			}
		scap__buffer_printf(&text, "%s %s", between[0] == ',' ? "." : "", day->text);
		put_item(out, 9, mark, &text);
	}
}

static bool same_dose(const struct portion *a, const struct portion *b)
{
	return a->sets == b->sets && a->reps == b->reps && a->hold == b->hold;
}

/* What has changed since the week before. */
static void write_changes(const scap_decision *decision, size_t week, struct buffer *out)
{
	const struct session *session = decision->session;
	const struct portion *before = week ? decision->weeks[week - 1] : session->list;
	const struct portion *now = decision->weeks[week];
	struct buffer text;
	bool any = false;

	scap__buffer_init(&text, TEXT_LIMIT);
	for (size_t i = 0; i < session->count; i++) {
		if (same_dose(&before[i], &now[i]))
			continue;
		scap__buffer_printf(&text, "%s%s %s", any ? "; " : "Now: ",
		                    exercise_of(decision, i)->label, "");
		write_dose(exercise_of(decision, i), &now[i], &text);
		any = true;
	}
	scap__buffer_char(&text, '.');
	if (any)
		put_item(out, 11, "          ", &text);
	else
		scap__buffer_free(&text);
}

static void write_weeks(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;

	scap__text_heading(out, "The weeks after");
	for (size_t w = 0; w < base->nweeks; w++) {
		const struct week *week = &base->weeks[w];
		char mark[24];

		snprintf(mark, sizeof(mark), "  Week %u:", week->number);
		scap__text_itemf(out, 11, mark, "%s. %s", week->label, week->text);
		write_changes(decision, w, out);
		if (scap__week_held(decision->session, decision->selection, w, decision->weeks[w]))
			scap__text_itemf(out, 11, "", "Your %u minutes are full, so do no more than "
			                 "that.", decision->selection->minutes);
		if (week->check[0])
			scap__text_itemf(out, 11, "", "Check: %s", week->check);
	}
}

static void write_signals(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;

	scap__text_heading(out, "After each session");
	for (size_t i = 0; i < base->nsignals; i++)
		scap__text_itemf(out, 4, "  -", "%s: %s %s", base->signals[i].label,
		                 base->signals[i].sign, base->signals[i].action);
}

void scap__plan_text(const scap_decision *decision, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;

	if (decision->session->why_not == ROUTINE_LEVEL)
		return;
	write_session(decision, out);
	if (!decision->session->count)
		return;
	if (base->ndays)
		write_days(decision, out);
	if (base->nweeks)
		write_weeks(decision, out);
	if (base->nsignals)
		write_signals(decision, out);
}

/* ---- Why --------------------------------------------------------------------------- */

static void tell_rule(const char *what, const struct rule *rule, struct buffer *out)
{
	scap__buffer_printf(out, "    %s  [%s, %s:%u]\n", what, rule->id, rule->origin.file,
	                    rule->origin.line);
}

static void tell_chosen(const scap_decision *decision, size_t i, struct buffer *out)
{
	const struct rulebase *base = decision->pack->base;
	const struct exercise *exercise = exercise_of(decision, i);
	uint64_t alone = scap__works_alone(decision->session, i);
	const struct rule *rule;

	scap__buffer_printf(out, "  %s (%s): ", exercise->name, base->parts[exercise->part].name);
	write_dose(exercise, &decision->session->list[i], out);
	scap__buffer_char(out, '\n');
	for (size_t k = 0;
	     (rule = scap__spoken_for(decision, decision->session->list[i].exercise, k)); k++)
		tell_rule(rule->kind == RULE_PREFERENCE ? rule->because : "stands in", rule, out);
	if (alone) {
		scap__buffer_text(out, "    alone works: ");
		write_muscles(base, alone, out);
		scap__buffer_char(out, '\n');
	}
	for (size_t k = 0;
	     (rule = scap__adjusted_by(decision, decision->session->list[i].exercise, k)); k++)
		tell_rule(rule->advice[0] ? rule->advice : "less than usual", rule, out);
}

static void tell_rest(const scap_decision *decision, struct buffer *out)
{
	static const char *const why[] = {
		[SESSION_UNEQUIPPED] = "not at hand",
		[SESSION_VARIANT] = "another form of it was chosen",
		[SESSION_FULL] = "its part is full",
		[SESSION_NO_TIME] = "no time left for it",
		[SESSION_NONE] = NULL,
	};
	const struct rulebase *base = decision->pack->base;

	for (size_t i = 0; i < base->nexercises; i++) {
		enum place_in_session place = decision->session->place[i];

		if (place == SESSION_CHOSEN || place == SESSION_EXCLUDED || !why[place])
			continue;
		scap__buffer_printf(out, "  not chosen: %s, %s", base->exercises[i].name, why[place]);
		if (place == SESSION_UNEQUIPPED)
			scap__buffer_printf(out, ": %s", base->exercises[i].equipment_text);
		scap__buffer_char(out, '\n');
	}
}

void scap__plan_story(const scap_decision *decision, struct buffer *out)
{
	static const char *const why[] = {
		[ROUTINE_GIVEN] = NULL,
		[ROUTINE_LEVEL] = "none, as the level permits none",
		[ROUTINE_EXCLUDED] = "none, as everything is left out",
		[ROUTINE_TOO_FEW] = "none, as too few exercises are left",
		[ROUTINE_NO_TIME] = "none, as the minutes are too short",
	};
	const struct session *session = decision->session;

	scap__buffer_text(out, "\nroutine: ");
	if (session->why_not != ROUTINE_GIVEN)
		scap__buffer_printf(out, "%s\n", why[session->why_not]);
	else
		scap__buffer_printf(out, "%zu exercises, %u of %u seconds%s\n", session->count,
		                    session->seconds, decision->selection->minutes * 60,
		                    session->best ? "" : ", not proved to be the best choice");
	for (size_t i = 0; i < session->count; i++)
		tell_chosen(decision, i, out);
	if (session->why_not != ROUTINE_LEVEL)
		tell_rest(decision, out);
}
