/* SPDX-License-Identifier: MIT
 *
 * A run of cases as JSON (doc/json.md).
 */
#include "base/number.h"
#include "report/tested.h"

static json_t *whole_buffer(struct buffer *text)
{
	json_t *out = scap__buffer_string(text) ? scap__data_text(text->data) : NULL;

	scap__buffer_free(text);
	return out;
}

static json_t *number_text(int64_t number)
{
	char text[24];

	scap__number_write(number, text);
	return scap__data_text(text);
}

static bool add_whole(json_t *list, json_t *one, bool ok)
{
	return scap__data_add(list, scap__data_whole(one, ok));
}

static json_t *failures(const struct tested *t)
{
	json_t *out = json_array();
	bool all = out != NULL;

	for (size_t i = 0; all && i < t->ncases; i++) {
		const struct told_case *told = &t->cases[i];
		json_t *one, *faults;
		bool ok = true;

		if (!told->nfaults)
			continue;
		one = json_object();
		faults = json_array();
		for (size_t j = 0; ok && j < told->nfaults; j++)
			ok = scap__data_add(faults, scap__data_text(told->faults[j]));
		ok = scap__data_set(one, "case", scap__data_text(told->id)) && ok;
		ok = scap__data_set(one, "line", json_integer(told->line)) && ok;
		ok = scap__data_set(one, "story", scap__data_text(told->story)) && ok;
		ok = scap__data_set(one, "faults", faults) && ok;
		all = add_whole(out, one, ok);
	}
	return scap__data_whole(out, all);
}

static json_t *names(const struct tested *t, enum aim_kind kind)
{
	const struct rulebase *base = t->pack->base;
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = t->aims.first[kind]; ok && i < t->aims.first[kind + 1]; i++) {
		const struct aim *aim = &t->aims.list[i];

		if (!aim->count)
			ok = scap__data_add(out, scap__data_text(
				kind == AIM_RULE ? base->rules[aim->index].id
				                 : base->exercises[aim->index].name));
	}
	return scap__data_whole(out, ok);
}

static json_t *reachable(const struct aim *aim)
{
	static const char *const words[] = {
		[REACH_OPEN] = "unknown", [REACH_NEVER] = "no", [REACH_FOUND] = "yes",
	};

	return scap__data_text(words[aim->reach]);
}

static json_t *part_data(const struct tested *t, const struct aim *aim)
{
	const struct rule_part *part = &t->aims.parts[aim->index];
	json_t *out = json_object();
	struct buffer text;
	bool ok;

	scap__buffer_init(&text, TEXT_LIMIT);
	scap__part_text(&t->aims, t->pack->base, aim->index, &text);
	ok = scap__data_set(out, "rule", scap__data_text(t->pack->base->rules[part->rule].id));
	ok = scap__data_set(out, "part", whole_buffer(&text)) && ok;
	ok = ok && scap__data_set(out, "at", json_integer((json_int_t)part->cond->at + 1)) &&
	     scap__data_set(out, "as", scap__data_text(aim->upper ? "yes" : "no")) &&
	     scap__data_set(out, "possible", reachable(aim));
	return scap__data_whole(out, ok);
}

static json_t *number_data(const struct tested *t, const struct aim *aim)
{
	const struct border *border = &t->aims.borders[aim->index];
	const struct scap_question *question = &t->pack->base->questions[border->question].shown;
	json_t *out = json_object();
	bool ok = scap__data_set(out, "question", scap__data_text(question->name)) &&
	          scap__data_set(out, "below", number_text(border->at[0])) &&
	          scap__data_set(out, "above", number_text(border->at[1])) &&
	          scap__data_set(out, "side", scap__data_text(aim->upper ? "above" : "below")) &&
	          scap__data_set(out, "possible", reachable(aim));

	return scap__data_whole(out, ok);
}

static json_t *untried(const struct tested *t, enum aim_kind kind)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = t->aims.first[kind]; ok && i < t->aims.first[kind + 1]; i++)
		if (!t->aims.list[i].count)
			ok = scap__data_add(out, kind == AIM_PART
			                                 ? part_data(t, &t->aims.list[i])
			                                 : number_data(t, &t->aims.list[i]));
	return scap__data_whole(out, ok);
}

static json_t *size_data(size_t count)
{
	return json_integer((json_int_t)count);
}

static json_t *coverage(const struct tested *t)
{
	const struct aims *aims = &t->aims;
	json_t *out = json_object();
	bool ok = scap__data_set(out, "unfired_rules", names(t, AIM_RULE)) &&
	          scap__data_set(out, "unoffered_exercises", names(t, AIM_OFFERED)) &&
	          scap__data_set(out, "unexcluded_exercises", names(t, AIM_LEFT_OUT)) &&
	          scap__data_set(out, "parts", size_data(aims->nparts)) &&
	          scap__data_set(out, "parts_both_ways",
	                         size_data(scap__aims_pairs(aims, AIM_PART))) &&
	          scap__data_set(out, "undecided_parts", untried(t, AIM_PART)) &&
	          scap__data_set(out, "thresholds", size_data(aims->nborders)) &&
	          scap__data_set(out, "thresholds_both_sides",
	                         size_data(scap__aims_pairs(aims, AIM_SIDE))) &&
	          scap__data_set(out, "untried_sides", untried(t, AIM_SIDE)) &&
	          scap__data_set(out, "thresholds_at_border",
	                         size_data(scap__aims_pairs(aims, AIM_BORDER))) &&
	          scap__data_set(out, "untried_borders", untried(t, AIM_BORDER));

	return scap__data_whole(out, ok);
}

static json_t *tries(const struct tested *t, const struct suggestion *one)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < one->naims; i++) {
		struct buffer text;

		scap__buffer_init(&text, TEXT_LIMIT);
		scap__aim_text(&t->aims, t->pack->base, &t->aims.list[one->aims[i]], &text);
		ok = scap__data_add(out, whole_buffer(&text));
	}
	return scap__data_whole(out, ok);
}

static json_t *suggestions(const struct tested *t)
{
	json_t *out = json_array();
	bool all = out != NULL;

	for (size_t i = 0; all && i < t->nsuggestions; i++) {
		const struct suggestion *new = &t->suggestions[i];
		const struct scap_level *level = &t->pack->base->levels[new->level].shown;
		json_t *one = json_object();
		bool ok = scap__data_set(one, "id", scap__data_text(new->id)) &&
		          scap__data_set(one, "story", scap__data_text(new->story)) &&
		          scap__data_set(one, "answers", scap__data_text(new->answers)) &&
		          scap__data_set(one, "others", scap__data_text("no")) &&
		          scap__data_set(one, "expect_level", scap__data_text(level->name)) &&
		          scap__data_set(one, "tries", tries(t, new));

		all = add_whole(out, one, ok);
	}
	return scap__data_whole(out, all);
}

json_t *scap__tested_data(const struct tested *t)
{
	json_t *out = json_object();
	bool ok = scap__data_set(out, "schema", scap__data_text("scapula.test/1")) &&
	          scap__data_set(out, "pack", scap__data_pack(t->pack)) &&
	          scap__data_set(out, "cases", size_data(t->ncases)) &&
	          scap__data_set(out, "mistakes", size_data(t->nmistakes)) &&
	          scap__data_set(out, "failures", failures(t)) &&
	          scap__data_set(out, "coverage", coverage(t)) &&
	          scap__data_set(out, "suggestions", suggestions(t));

	return scap__data_whole(out, ok);
}
