/* SPDX-License-Identifier: MIT
 *
 * All there is to say of one name, as data: the cells of its row, what they are
 * resolved to, and the rules that have to do with it.
 */
#include <string.h>

#include "report/phrase.h"
#include "report/remark.h"
#include "report/show.h"

/* ---- Parts ------------------------------------------------------------------------- */

/* An object under way. Once something failed nothing more is put into it. */
struct entry {
	json_t *out;
	bool ok;
};

static void put(struct entry *entry, const char *key, json_t *value)
{
	entry->ok = scap__data_set(entry->ok ? entry->out : NULL, key, value) && entry->ok;
}

static void put_text(struct entry *entry, const char *key, const char *text)
{
	put(entry, key, scap__data_text(text ? text : ""));
}

static json_t *finish(struct entry *entry)
{
	if (entry->ok)
		return entry->out;
	json_decref(entry->out);
	return NULL;
}

static void put_origin(struct entry *entry, const struct origin *origin)
{
	put_text(entry, "file", origin->file);
	put(entry, "line", json_integer(origin->line));
}

/* A number that may be missing is null then. */
static void put_number(struct entry *entry, const char *key, int number)
{
	put(entry, key, number < 0 ? json_null() : json_integer(number));
}

static void put_exercises(struct entry *entry, const char *key, const struct rulebase *base,
                          const unsigned *list, size_t count)
{
	json_t *names = json_array();
	bool ok = names != NULL;

	for (size_t i = 0; ok && i < count; i++)
		ok = scap__data_add(names, scap__data_text(base->exercises[list[i]].name));
	put(entry, key, names);
	entry->ok &= ok;
}

static void put_users(struct entry *entry, const struct rulebase *base, enum name_kind kind,
                      unsigned index)
{
	json_t *rules = json_array();
	bool ok = rules != NULL;

	for (size_t i = 0; ok && i < base->nrules; i++)
		if (scap__rule_concerns(base, &base->rules[i], kind, index))
			ok = scap__data_add(rules, scap__data_rule(base, &base->rules[i]));
	put(entry, "rules", rules);
	entry->ok &= ok;
}

/* ---- Each sort of thing -------------------------------------------------------------- */

static void put_question(struct entry *entry, const struct question *question)
{
	put_text(entry, "relevant", question->relevant_text);
	put_origin(entry, &question->origin);
}

static void put_finding(struct entry *entry, const struct finding *finding)
{
	put_text(entry, "name", finding->name);
}

static void put_source(struct entry *entry, const struct source_row *source)
{
	put_text(entry, "name", source->name);
	put_text(entry, "title", source->title);
	put_text(entry, "year", source->year);
	put_text(entry, "address", source->address);
	put_text(entry, "kind", source->kind);
	put_origin(entry, &source->origin);
}

static void put_tag(struct entry *entry, const struct rulebase *base, unsigned index)
{
	const struct tag *tag = &base->tags[index];
	json_t *names = json_array();
	bool ok = names != NULL;

	put_text(entry, "name", tag->name);
	put_text(entry, "label", tag->label);
	put_text(entry, "because", tag->because);
	put_origin(entry, &tag->origin);
	for (size_t i = 0; i < base->nexercises; i++)
		for (size_t j = 0; ok && j < base->exercises[i].ntags; j++)
			if (base->exercises[i].tags[j] == index)
				ok = scap__data_add(names,
				                    scap__data_text(base->exercises[i].name));
	put(entry, "exercises", names);
	entry->ok &= ok;
}

static json_t *data_dose(const struct dose *dose, const char *source)
{
	struct entry entry = {json_object(), true};

	if (source)
		put_text(&entry, "source", source);
	put_number(&entry, "sets_min", dose->sets_min);
	put_number(&entry, "sets_max", dose->sets_max);
	put_number(&entry, "reps_min", dose->reps_min);
	put_number(&entry, "reps_max", dose->reps_max);
	put_number(&entry, "hold_min", dose->hold_min);
	put_number(&entry, "hold_max", dose->hold_max);
	put_number(&entry, "sides", dose->sides);
	put_number(&entry, "per_week", dose->per_week);
	put_number(&entry, "per_day", dose->per_day);
	return finish(&entry);
}

static void put_doses(struct entry *entry, const struct rulebase *base,
                      const struct exercise *exercise)
{
	json_t *doses = json_array();
	bool ok = doses != NULL;

	for (size_t i = 0; ok && i < exercise->ndoses; i++)
		ok = scap__data_add(doses,
		                    data_dose(&exercise->doses[i],
		                              base->sources[exercise->doses[i].source].name));
	put(entry, "doses", doses);
	entry->ok &= ok;
	put(entry, "dose", data_dose(&exercise->merged, NULL));
}

static void put_exercise(struct entry *entry, const struct rulebase *base, unsigned index)
{
	const struct exercise *exercise = &base->exercises[index];
	json_t *tags = json_array();
	bool ok = tags != NULL;

	put_text(entry, "name", exercise->name);
	put_text(entry, "label", exercise->label);
	put_text(entry, "part", base->parts[exercise->part].name);
	put_text(entry, "position", exercise->position);
	for (size_t i = 0; ok && i < exercise->ntags; i++)
		ok = scap__data_add(tags, scap__data_text(base->tags[exercise->tags[i]].name));
	put(entry, "tags", tags);
	entry->ok &= ok;
	put_text(entry, "equipment", exercise->equipment_text);
	put_text(entry, "muscles", exercise->muscles);
	put_text(entry, "eases", exercise->eases);
	put_text(entry, "benefit", exercise->benefit);
	put_text(entry, "caution", exercise->caution);
	put_text(entry, "variant_of",
	         exercise->variant_of == NONE ? "" : base->exercises[exercise->variant_of].name);
	put(entry, "seconds", json_integer(exercise->seconds));
	put(entry, "steps", scap__data_steps(exercise));
	put_doses(entry, base, exercise);
	put(entry, "sources", scap__data_sources(base, &exercise->cited));
	put_origin(entry, &exercise->origin);
}

/* A cap that is not given is null. */
static void put_caps(struct entry *entry, const struct caps *caps)
{
	put_number(entry, "hold_max", caps->hold_max ? (int)caps->hold_max : -1);
	put_number(entry, "reps_max", caps->reps_max ? (int)caps->reps_max : -1);
	put_number(entry, "sets_max", caps->sets_max ? (int)caps->sets_max : -1);
	put(entry, "scale", json_real(caps->scale / 1000.0));
}

static void put_targets(struct entry *entry, const char *key, const struct rulebase *base,
                        const struct rule *rule)
{
	put_text(entry, key, rule->targets_text);
	put_exercises(entry, "exercises", base, rule->targets, rule->ntargets);
}

/* What a rule has besides what every rule has. */
static void put_rule(struct entry *entry, const struct rulebase *base, const struct rule *rule)
{
	switch (rule->kind) {
	case RULE_FINDING:
		put_text(entry, "then", base->findings[rule->finding].name);
		break;
	case RULE_ESCALATION:
		put_text(entry, "level", base->levels[rule->level].shown.name);
		put_text(entry, "if_unknown", base->levels[rule->if_unknown].shown.name);
		put_text(entry, "advice", rule->advice);
		break;
	case RULE_CONTRAINDICATION:
		put_targets(entry, "avoid", base, rule);
		put_exercises(entry, "instead", base, rule->instead, rule->ninstead);
		break;
	case RULE_ADJUSTMENT:
		put_targets(entry, "applies_to", base, rule);
		put_caps(entry, &rule->caps);
		put_text(entry, "change", rule->advice);
		break;
	case RULE_PREFERENCE:
		put_targets(entry, "prefer", base, rule);
		put(entry, "weight", json_integer(rule->weight));
		break;
	case RULE_WATCH:
		put_text(entry, "watch_for", rule->because);
		put_text(entry, "then_do", rule->advice);
		put_text(entry, "up_to", rule->up_to < base->nlevels
		                                 ? base->levels[rule->up_to].shown.name : "");
		break;
	}
	put_text(entry, "reviewed_by", rule->cited.reviewed_by);
	put_text(entry, "reviewed_on", rule->cited.reviewed_on);
}

/* ---- The call -------------------------------------------------------------------------- */

/* What a question, level or rule is told as elsewhere, too. */
static void put_common(struct entry *entry, const struct rulebase *base, enum name_kind kind,
                       unsigned index)
{
	json_t *common;

	switch (kind) {
	case NAME_QUESTION: common = scap__data_question(&base->questions[index].shown); break;
	case NAME_LEVEL: common = scap__data_level(&base->levels[index].shown); break;
	case NAME_RULE: common = scap__data_rule(base, &base->rules[index]); break;
	default: return;
	}
	entry->ok &= common && !json_object_update(entry->out, common);
	json_decref(common);
}

json_t *scap__data_entry(const struct rulebase *base, enum name_kind kind, unsigned index)
{
	static const char *const words[] = {
		[NAME_QUESTION] = "question", [NAME_LEVEL] = "level", [NAME_FINDING] = "finding",
		[NAME_EXERCISE] = "exercise", [NAME_TAG] = "tag",     [NAME_SOURCE] = "source",
		[NAME_RULE] = "rule",
	};
	struct entry entry = {NULL, true};

	if (kind == NAME_REMARK)
		return scap__remark_data(base, &base->remarks[index]);
	if (kind == NAME_PHRASE || kind == NAME_CUE)
		return scap__phrase_data(base, index + (kind == NAME_CUE ? base->nphrases : 0));
	entry.out = json_object();
	put_text(&entry, "entry", words[kind]);
	put_common(&entry, base, kind, index);
	switch (kind) {
	case NAME_QUESTION: put_question(&entry, &base->questions[index]); break;
	case NAME_LEVEL: put_origin(&entry, &base->levels[index].origin); break;
	case NAME_FINDING: put_finding(&entry, &base->findings[index]); break;
	case NAME_EXERCISE: put_exercise(&entry, base, index); break;
	case NAME_TAG: put_tag(&entry, base, index); break;
	case NAME_SOURCE: put_source(&entry, &base->sources[index]); break;
	default: put_rule(&entry, base, &base->rules[index]);
	}
	if (kind != NAME_RULE)
		put_users(&entry, base, kind, index);
	return finish(&entry);
}
