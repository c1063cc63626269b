/* SPDX-License-Identifier: MIT */
#include "report/plan.h"
#include "routine/because.h"
#include "routine/week.h"

static bool set_text(json_t *object, const char *key, const char *text)
{
	return scap__data_set(object, key, scap__data_text(text));
}

static bool set_number(json_t *object, const char *key, unsigned number)
{
	return scap__data_set(object, key, json_integer(number));
}

/* Gives a list to an object, or frees it. */
static bool set_list(json_t *object, const char *key, json_t *list, bool ok)
{
	return scap__data_set(ok ? object : NULL, key, list) && ok;
}

static const struct exercise *exercise_of(const scap_decision *decision, size_t i)
{
	return &decision->pack->base->exercises[decision->session->list[i].exercise];
}

static json_t *adjustments(const scap_decision *decision, unsigned exercise)
{
	const struct rule *rule;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t k = 0; ok && (rule = scap__adjusted_by(decision, exercise, k)); k++) {
		json_t *one = scap__data_rule(decision->pack->base, rule);

		ok = set_text(one, "change", rule->advice);
		ok = ok ? scap__data_add(out, one) : (json_decref(one), false);
	}
	return scap__data_whole(out, ok);
}

static json_t *reasons(const scap_decision *decision, unsigned exercise)
{
	const struct rule *rule;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t k = 0; ok && (rule = scap__spoken_for(decision, exercise, k)); k++)
		ok = scap__data_add(out, scap__data_rule(decision->pack->base, rule));
	return scap__data_whole(out, ok);
}

static json_t *muscles(const struct rulebase *base, uint64_t bits)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < base->nmuscles; i++)
		if (bits >> i & 1)
			ok = scap__data_add(out, scap__data_text(base->muscles[i]));
	return scap__data_whole(out, ok);
}

static bool set_dose(json_t *out, const struct portion *portion)
{
	return set_number(out, "sets", portion->sets) && set_number(out, "reps", portion->reps) &&
	       set_number(out, "hold_seconds", portion->hold) &&
	       set_number(out, "sides", portion->sides) &&
	       set_number(out, "seconds", portion->seconds);
}

static json_t *chosen(const scap_decision *decision, size_t i)
{
	const struct rulebase *base = decision->pack->base;
	const struct portion *portion = &decision->session->list[i];
	const struct exercise *exercise = exercise_of(decision, i);
	json_t *out = json_object();
	bool ok = set_text(out, "exercise", exercise->name) &&
	          set_text(out, "label", exercise->label) &&
	          set_text(out, "part", base->parts[exercise->part].name) &&
	          set_text(out, "position", exercise->position) && set_dose(out, portion) &&
	          scap__data_set(out, "steps", scap__data_steps(exercise)) &&
	          set_text(out, "benefit", exercise->benefit) &&
	          set_text(out, "caution", exercise->caution) &&
	          scap__data_set(out, "chosen_by", reasons(decision, portion->exercise)) &&
	          scap__data_set(out, "alone_works",
	                         muscles(base, scap__works_alone(decision->session, i))) &&
	          scap__data_set(out, "adjustments", adjustments(decision, portion->exercise));

	return scap__data_whole(out, ok);
}

static json_t *session(const scap_decision *decision)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < decision->session->count; i++)
		ok = scap__data_add(out, chosen(decision, i));
	return scap__data_whole(out, ok);
}

static json_t *not_chosen(const scap_decision *decision)
{
	static const char *const why[] = {
		[SESSION_UNEQUIPPED] = "equipment", [SESSION_VARIANT] = "variant",
		[SESSION_FULL] = "part_full",       [SESSION_NO_TIME] = "no_time",
		[SESSION_NONE] = NULL,
	};
	const struct rulebase *base = decision->pack->base;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < base->nexercises; i++) {
		const char *word = why[decision->session->place[i]];
		json_t *one;

		if (!word)
			continue;
		one = json_object();
		ok = set_text(one, "exercise", base->exercises[i].name) && set_text(one, "why", word);
		ok = ok ? scap__data_add(out, one) : (json_decref(one), false);
	}
	return scap__data_whole(out, ok);
}

static json_t *day_data(const scap_decision *decision, const struct day *day)
{
	json_t *out = json_object(), *list = json_array();
	bool ok = out && list;

	for (size_t i = 0; ok && i < decision->session->count; i++)
		if (scap__day_has(decision->session, day, i))
			ok = scap__data_add(list, scap__data_text(exercise_of(decision, i)->name));
	ok = ok && set_number(out, "day", day->number) && set_text(out, "label", day->label) &&
	     set_text(out, "text", day->text);
	return scap__data_whole(out, set_list(out, "exercises", list, ok));
}

static json_t *week_data(const scap_decision *decision, size_t w)
{
	const struct week *week = &decision->pack->base->weeks[w];
	json_t *out = json_object(), *list = json_array();
	bool ok = out && list;

	for (size_t i = 0; ok && i < decision->session->count; i++) {
		json_t *one = json_object();

		ok = set_text(one, "exercise", exercise_of(decision, i)->name) &&
		     set_dose(one, &decision->weeks[w][i]);
		ok = ok ? scap__data_add(list, one) : (json_decref(one), false);
	}
	ok = ok && set_number(out, "week", week->number) && set_text(out, "label", week->label) &&
	     set_text(out, "text", week->text) && set_text(out, "check", week->check) &&
	     scap__data_set(out, "held", json_boolean(scap__week_held(
		     decision->session, decision->selection, w, decision->weeks[w])));
	return scap__data_whole(out, set_list(out, "doses", list, ok));
}

static json_t *signal_data(const struct signal *signal)
{
	json_t *out = json_object();
	bool ok = set_text(out, "signal", signal->name) && set_text(out, "label", signal->label) &&
	          set_text(out, "sign", signal->sign) && set_text(out, "action", signal->action);

	return scap__data_whole(out, ok);
}

/* Days, weeks and signals; empty where there is no session. */
static json_t *plan(const scap_decision *decision)
{
	const struct rulebase *base = decision->pack->base;
	json_t *out = json_object(), *days = json_array(), *weeks = json_array();
	json_t *signals = json_array();
	bool any = decision->session->count, ok = out && days && weeks && signals;

	for (size_t i = 0; ok && any && i < base->ndays; i++)
		ok = scap__data_add(days, day_data(decision, &base->days[i]));
	for (size_t i = 0; ok && any && i < base->nweeks; i++)
		ok = scap__data_add(weeks, week_data(decision, i));
	for (size_t i = 0; ok && any && i < base->nsignals; i++)
		ok = scap__data_add(signals, signal_data(&base->signals[i]));
	ok = ok && set_number(out, "minutes", decision->selection->minutes);
	ok = set_list(out, "days", days, ok);
	ok = set_list(out, "weeks", weeks, ok);
	return scap__data_whole(out, set_list(out, "signals", signals, ok));
}

static const char *why_no_routine(const struct session *session)
{
	static const char *const words[] = {
		[ROUTINE_GIVEN] = "",           [ROUTINE_LEVEL] = "level",
		[ROUTINE_EXCLUDED] = "excluded", [ROUTINE_TOO_FEW] = "too_few",
		[ROUTINE_NO_TIME] = "no_time",
	};

	return words[session->why_not];
}

bool scap__plan_data(const scap_decision *decision, json_t *out)
{
	const struct settings *settings = &decision->pack->base->settings;
	const char *advice = decision->session->why_not == ROUTINE_TOO_FEW
	                             ? settings->few_exercises_advice : "";

	return scap__data_set(out, "routine", session(decision)) &&
	       set_number(out, "routine_seconds", decision->session->seconds) &&
	       scap__data_set(out, "routine_best", json_boolean(decision->session->best)) &&
	       set_text(out, "no_routine", why_no_routine(decision->session)) &&
	       set_text(out, "no_routine_advice", advice) &&
	       scap__data_set(out, "not_chosen", not_chosen(decision)) &&
	       scap__data_set(out, "plan", plan(decision));
}
