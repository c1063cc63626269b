/* SPDX-License-Identifier: MIT
 *
 * Why a question is asked: what its answer can still decide.
 */
#include <stdlib.h>

#include "base/report.h"
#include "report/data.h"
#include "report/text.h"

static json_t *data_why(const scap_pack *pack, const unsigned *rules, size_t count)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < count; i++)
		ok = scap__data_add(out, scap__data_rule(pack->base, &pack->base->rules[rules[i]]));
	if (ok)
		return out;
	json_decref(out);
	return NULL;
}

static const char *decides(const struct rule *rule)
{
	switch (rule->kind) {
	case RULE_ESCALATION: return "how soon somebody should look at this";
	case RULE_CONTRAINDICATION: return "which exercises to leave out";
	case RULE_ADJUSTMENT: return "how to do an exercise";
	default: return "which exercises come first";
	}
}

static void write_why(const scap_pack *pack, const struct question *question,
                      const unsigned *rules, size_t count, struct buffer *out)
{
	const struct settings *settings = &pack->base->settings;
	int index = (int)(question - pack->base->questions);

	if (index == settings->minutes_question || index == settings->equipment_question)
		scap__text_item(out, 2, "", "The answer shapes your exercises.");
	else if (question->shown.type == SCAP_FREE_TEXT && pack->base->nphrases)
		scap__text_item(out, 2, "", "Your own words can spare you questions. What you say "
		                            "counts; what we are not sure of we ask.");
	else if (!count)
		scap__text_item(out, 2, "", "The answer no longer changes anything.");
	for (size_t i = 0; i < count; i++) {
		const struct rule *rule = &pack->base->rules[rules[i]];

		scap__text_itemf(out, 4, "  -", "It can decide %s: %s", decides(rule), rule->because);
	}
}

unsigned scap_interview_why(scap_answers *answers, const char *name, enum scap_format format,
                            scap_write_fn *write, void *ctx)
{
	const scap_pack *pack = answers->pack;
	const struct question *question = scap__pack_question(pack, name);
	size_t room = pack->base->nrules, count;
	unsigned *rules, code;
	struct buffer out;

	if (!question)
		return E_NO_SUCH_NAME;
	rules = calloc(room + 1, sizeof(*rules));
	if (!rules)
		return E_NO_MEMORY;
	count = scap__interview_rules(answers, (unsigned)(question - pack->base->questions), rules,
	                              room);
	if (format == SCAP_JSON) {
		code = scap__data_send(data_why(pack, rules, count), write, ctx);
	} else {
		scap__buffer_init(&out, TEXT_LIMIT);
		write_why(pack, question, rules, count, &out);
		code = scap__buffer_send(&out, write, ctx);
	}
	free(rules);
	return code;
}
