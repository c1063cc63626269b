/* SPDX-License-Identifier: MIT */
#include "routine/because.h"

static bool offers(const struct rule *rule, unsigned exercise)
{
	for (size_t i = 0; i < rule->ninstead; i++)
		if (rule->instead[i] == exercise)
			return true;
	return false;
}

const struct rule *scap__spoken_for(const scap_decision *decision, unsigned exercise, size_t i)
{
	const struct layout *layout = decision->verdict.layout;
	const struct rule *rules = decision->pack->base->rules;
	bool certain;

	for (size_t p = 0; p < layout->npreferences; p++) {
		const struct rule *rule = &rules[layout->first_preference + p];

		if (scap__verdict_prefers(&decision->verdict, p) &&
		    scap__rule_targets(rule, exercise) && !i--)
			return rule;
	}
	for (size_t e = 0; e < layout->nexclusions; e++) {
		const struct rule *rule = &rules[layout->first_exclusion + e];

		if (scap__verdict_excludes(&decision->verdict, e, &certain) && certain &&
		    offers(rule, exercise) && !i--)
			return rule;
	}
	return NULL;
}

const struct rule *scap__adjusted_by(const scap_decision *decision, unsigned exercise, size_t i)
{
	const struct layout *layout = decision->verdict.layout;

	for (size_t a = 0; a < layout->nadjustments; a++) {
		const struct rule *rule =
			&decision->pack->base->rules[layout->first_adjustment + a];

		if (scap__verdict_adjusts(&decision->verdict, a) &&
		    scap__rule_targets(rule, exercise) && !i--)
			return rule;
	}
	return NULL;
}

uint64_t scap__works_alone(const struct session *session, size_t i)
{
	const struct exercise *exercises = session->layout->net->base->exercises;
	uint64_t muscles = exercises[session->list[i].exercise].groups;

	for (size_t j = 0; j < session->count; j++)
		if (j != i)
			muscles &= ~exercises[session->list[j].exercise].groups;
	return muscles;
}
