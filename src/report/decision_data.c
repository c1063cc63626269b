/* SPDX-License-Identifier: MIT
 *
 * A decision as data.
 */
#include "report/heard.h"
#include "report/plan.h"

static json_t *reasons(const scap_decision *decision)
{
	const struct rulebase *base = decision->pack->base;
	const struct layout *layout = decision->verdict.layout;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < layout->nreasons; i++) {
		const struct reason *reason = &layout->reasons[i];
		const struct rule *rule = &base->rules[reason->rule];
		json_t *one;

		if (!scap__verdict_reason(&decision->verdict, i))
			continue;
		one = scap__data_rule(base, rule);
		ok = scap__data_set(one, "certain", json_boolean(reason->certain)) &&
		     scap__data_set(one, "level",
		                    scap__data_text(base->levels[reason->level].shown.name)) &&
		     scap__data_set(one, "advice",
		                    scap__data_text(reason->certain ? rule->advice : ""));
		ok = ok ? scap__data_add(out, one) : (json_decref(one), false);
	}
	return scap__data_whole(out, ok);
}

static json_t *missing(const scap_decision *decision)
{
	const struct network *net = decision->pack->net;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < net->base->nquestions; i++)
		if (scap__verdict_missing(&decision->verdict, i))
			ok = scap__data_add(out, scap__data_text(
				net->base->questions[net->missing_order[i]].shown.name));
	return scap__data_whole(out, ok);
}

static json_t *conflicts(const scap_decision *decision)
{
	json_t *out = json_array();
	bool ok = out != NULL;
	int question;

	for (size_t i = 0; ok && (question = scap__decision_conflict(decision, i)) != NONE; i++)
		ok = scap__data_add(
			out, scap__data_text(decision->pack->base->questions[question].shown.name));
	return scap__data_whole(out, ok);
}

static json_t *heard_one(const struct scap_heard *heard)
{
	json_t *out = json_object();
	bool ok = scap__data_set(out, "concept", scap__data_text(heard->concept)) &&
	          scap__data_set(out, "label", scap__data_text(heard->label)) &&
	          scap__data_set(out, "question",
	                         scap__data_text(heard->question ? heard->question->name : "")) &&
	          scap__data_set(out, "sense", scap__data_text(scap__sense_word((enum sense)heard->sense))) &&
	          scap__data_set(out, "words", scap__data_text(heard->words)) &&
	          scap__data_set(out, "phrase", scap__data_text(heard->phrase)) &&
	          scap__data_set(out, "why", scap__data_text(heard->why)) &&
	          scap__data_set(out, "not_meant", json_boolean(heard->corrected)) &&
	          scap__data_set(out, "conflict", json_boolean(heard->conflict));

	return scap__data_whole(out, ok);
}

static json_t *heard(const scap_answers *answers)
{
	json_t *out = json_array();
	const struct scap_heard *one;
	bool ok = out != NULL;

	for (size_t i = 0; ok && (one = scap_answers_heard(answers, i)); i++)
		ok = scap__data_add(out, heard_one(one));
	return scap__data_whole(out, ok);
}

static json_t *exclusion(const scap_decision *decision, size_t i, bool certain)
{
	const struct rulebase *base = decision->pack->base;
	const struct rule *rule = &base->rules[decision->verdict.layout->first_exclusion + i];
	json_t *out = scap__data_rule(base, rule), *exercises = json_array(), *instead = json_array();
	bool ok = out && exercises && instead;

	for (size_t j = 0; ok && j < rule->ntargets; j++)
		ok = scap__data_add(exercises,
		                    scap__data_text(base->exercises[rule->targets[j]].name));
	for (size_t j = 0; ok && certain && j < rule->ninstead; j++)
		if (!decision->selection->excluded[rule->instead[j]])
			ok = scap__data_add(instead, scap__data_text(
				base->exercises[rule->instead[j]].name));
	ok = ok && scap__data_set(out, "certain", json_boolean(certain)) &&
	     scap__data_set(out, "avoid", scap__data_text(rule->targets_text));
	/* The two lists are given away here, whether it works or not. */
	ok = scap__data_set(ok ? out : NULL, "exercises", exercises) && ok;
	ok = scap__data_set(ok ? out : NULL, "instead", instead) && ok;
	return scap__data_whole(out, ok);
}

static json_t *exclusions(const scap_decision *decision)
{
	const struct layout *layout = decision->verdict.layout;
	json_t *out = json_array();
	bool ok = out != NULL, certain;

	for (size_t i = 0; ok && i < layout->nexclusions; i++)
		if (scap__verdict_excludes(&decision->verdict, i, &certain))
			ok = scap__data_add(out, exclusion(decision, i, certain));
	return scap__data_whole(out, ok);
}

static json_t *watch(const scap_decision *decision)
{
	const struct rulebase *base = decision->pack->base;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = base->first_rule[RULE_WATCH]; ok && i < base->first_rule[RULE_WATCH + 1];
	     i++) {
		json_t *one;

		if (!scap__decision_applies(decision, i))
			continue;
		one = json_object();
		ok = scap__data_set(one, "rule", scap__data_text(base->rules[i].id)) &&
		     scap__data_set(one, "watch_for", scap__data_text(base->rules[i].because)) &&
		     scap__data_set(one, "then_do", scap__data_text(base->rules[i].advice));
		ok = ok ? scap__data_add(out, one) : (json_decref(one), false);
	}
	return scap__data_whole(out, ok);
}

json_t *scap__data_decision(const scap_decision *decision)
{
	const struct settings *settings = &decision->pack->base->settings;
	json_t *out = json_object();
	bool ok = scap__data_set(out, "level", scap__data_level(scap_decision_level(decision))) &&
	          scap__data_set(out, "certain", json_boolean(scap_decision_certain(decision))) &&
	          scap__data_set(out, "reasons", reasons(decision)) &&
	          scap__data_set(out, "undecided", json_integer(decision->undecided)) &&
	          scap__data_set(out, "missing", missing(decision)) &&
	          scap__data_set(out, "conflicts", conflicts(decision)) &&
	          scap__data_set(out, "heard", heard(decision->answers)) &&
	          scap__plan_data(decision, out) &&
	          scap__data_set(out, "excluded", exclusions(decision)) &&
	          scap__data_set(out, "watch", watch(decision)) &&
	          scap__data_set(out, "emergency", scap__data_text(settings->emergency)) &&
	          scap__data_set(out, "disclaimer", scap__data_text(settings->disclaimer)) &&
	          scap__data_set(out, "unreviewed",
	                         scap__data_text(decision->pack->info.unreviewed
	                                                 ? settings->unreviewed : ""));

	return scap__data_whole(out, ok);
}
