/* SPDX-License-Identifier: MIT
 *
 * People made up so that something is tried: what has to hold for it is sought, the rest
 * is as usual, and the engine says whether it is so.
 */
#include "batch/people.h"
#include "batch/suggesting.h"

/* Of the seeker's work: a decision has a session to look for. */
enum { DECISION_WORK = 20000 };

/* ---- One person --------------------------------------------------------------------------- */

static const char *kept(struct suggesting *s, void (*write)(scap_answers *, struct buffer *),
                        scap_answers *answers)
{
	struct buffer out;
	const char *text;

	scap__buffer_init(&out, TEXT_LIMIT);
	write(answers, &out);
	text = out.failed ? NULL : scap__arena_copy(s->arena, out.data ? out.data : "", out.size);
	scap__buffer_free(&out);
	s->no_memory |= !text;
	return text;
}

static void add_candidate(struct suggesting *s, scap_decision *decision, const char *rule)
{
	const struct aims *aims = &s->tested->aims;
	struct candidate *pool = scap__arena_grow(s->arena, s->pool, s->npool, sizeof(*pool));
	struct candidate one = {.rule = rule, .level = scap__verdict_level(&decision->verdict)};

	one.meets = scap__arena_array(s->arena, s->words, sizeof(*one.meets));
	one.answers = kept(s, scap__people_answers, decision->answers);
	one.story = kept(s, scap__people_story, decision->answers);
	s->no_memory |= !pool || !one.meets;
	if (s->no_memory)
		return;
	for (size_t i = 0; i < s->nopen; i++)
		if (scap__aim_met(aims, &aims->list[s->open[i]], decision))
			one.meets[i / 64] |= UINT64_C(1) << i % 64;
	s->pool = pool;
	pool[s->npool++] = one;
}

/* Puts the person to the engine; true if the aim is met. */
static bool decide(struct suggesting *s, const struct aim *aim, const char *rule)
{
	scap_answers *answers = scap_answers_new(s->tested->pack);
	scap_decision *decision;
	bool met = false;

	s->seeker.work -= s->seeker.work < (unsigned)DECISION_WORK ? s->seeker.work : DECISION_WORK;
	for (unsigned i = 0; answers && i < s->tested->pack->base->nquestions; i++)
		scap__answers_put(answers, i, &s->person[i]);
	decision = answers ? scap_decide(answers) : NULL;
	if (decision) {
		met = scap__aim_met(&s->tested->aims, aim, decision);
		if (met)
			add_candidate(s, decision, rule);
	}
	s->no_memory |= !decision;
	scap_decision_free(decision);
	scap_answers_free(answers);
	return met;
}

/* Seeks answers for goals beside those that are there, and puts them to the engine. */
static enum reach attempt(struct suggesting *s, const struct aim *aim, const struct goal *goals,
                          const char *rule)
{
	enum reach reach = scap__seek(&s->seeker, goals);

	if (reach != REACH_FOUND)
		return reach;
	scap__people_complete(&s->seeker, s->person);
	scap__seek_settle(&s->seeker, s->person);
	if (scap__seek_met(&s->seeker, s->person, goals) && decide(s, aim, rule))
		return REACH_FOUND;
	return REACH_OPEN;
}

/* ---- What is sought for each kind of aim ---------------------------------------------------- */

static enum reach try_rule(struct suggesting *s, const struct aim *aim, unsigned rule)
{
	const scap_pack *pack = s->tested->pack;
	const struct goal goal = {.node = pack->net->rule_node[rule], .exactly = 1};

	return attempt(s, aim, &goal, pack->base->rules[rule].id);
}

static enum reach try_part(struct suggesting *s, const struct aim *aim)
{
	const struct rule_part *part = &s->tested->aims.parts[aim->index];
	const scap_pack *pack = s->tested->pack;
	const struct goal goal = {part->goal, NULL, 0, pack->net->cond_node[part->cond->id],
	                          aim->upper};

	scap__seeker_clear(&s->seeker);
	return attempt(s, aim, &goal, pack->base->rules[part->rule].id);
}

static bool has_border(const struct rulebase *base, const struct cond *cond,
                       const struct border *border)
{
	int64_t firsts[2];
	unsigned count = cond->op == COND_TEST && cond->test.question == border->question
	                         ? scap__test_borders(base, &cond->test, firsts) : 0;

	return (count > 0 && firsts[0] == border->first) ||
	       (count > 1 && firsts[1] == border->first);
}

/* The number, at best with a rule in which it decides. */
static enum reach try_number(struct suggesting *s, const struct aim *aim)
{
	const struct aims *aims = &s->tested->aims;
	const scap_pack *pack = s->tested->pack;
	const struct border *border = &aims->borders[aim->index];
	int relevance = pack->net->relevance[border->question];
	struct goal relevant = {.node = (unsigned)relevance, .exactly = 1};
	const struct value number = {.state = VALUE_GIVEN, .number = border->at[aim->upper]};
	const struct goal *must = relevance == NONE ? NULL : &relevant;

	for (size_t i = 0; i < aims->nparts && !s->no_memory; i++) {
		const struct rule_part *part = &aims->parts[i];

		if (!has_border(pack->base, part->cond, border))
			continue;
		scap__seeker_clear(&s->seeker);
		s->seeker.values[border->question] = number;
		relevant.above = part->goal;
		if (attempt(s, aim, must ? must : part->goal, pack->base->rules[part->rule].id) ==
		    REACH_FOUND)
			return REACH_FOUND;
	}
	scap__seeker_clear(&s->seeker);
	s->seeker.values[border->question] = number;
	relevant.above = NULL;
	return attempt(s, aim, must, pack->base->questions[border->question].shown.name);
}

static enum reach try_left_out(struct suggesting *s, const struct aim *aim)
{
	const struct rulebase *base = s->tested->pack->base;
	enum reach sum = REACH_NEVER;

	for (size_t i = base->first_rule[RULE_CONTRAINDICATION];
	     i < base->first_rule[RULE_CONTRAINDICATION + 1] && !s->no_memory; i++) {
		enum reach reach;

		if (!scap__rule_targets(&base->rules[i], aim->index))
			continue;
		scap__seeker_clear(&s->seeker);
		reach = try_rule(s, aim, (unsigned)i);
		if (reach == REACH_FOUND)
			return reach;
		if (reach == REACH_OPEN)
			sum = reach;
	}
	return sum;
}

/* What is at hand: as usual with what the exercise needs, or nothing else. */
static void equip(struct suggesting *s, const struct exercise *exercise, bool little)
{
	int things = s->tested->pack->base->settings.equipment_question;
	struct value value = {.state = VALUE_GIVEN};

	if (things == NONE)
		return;
	if (!little)
		value.choices = s->usual[things].choices;
	for (size_t i = 0; i < exercise->nneeds; i++)
		if (!(exercise->needs[i].any & value.choices))
			value.choices |= exercise->needs[i].any & -exercise->needs[i].any;
	s->seeker.values[things] = value;
}

/* As usual, the fewest, the most. */
static void give_minutes(struct suggesting *s, int turn)
{
	const struct rulebase *base = s->tested->pack->base;
	int minutes = base->settings.minutes_question;

	if (minutes == NONE || !turn)
		return;
	s->seeker.values[minutes] = (struct value){
		.state = VALUE_GIVEN,
		.number = turn == 1 ? base->questions[minutes].low : base->questions[minutes].high};
}

/* Fills goals: no rule leaves the exercise out. Returns the last; NULL: there is none. */
static const struct goal *allow(const struct suggesting *s, unsigned exercise)
{
	const struct rulebase *base = s->tested->pack->base;
	const struct goal *last = NULL;

	for (size_t i = base->first_rule[RULE_CONTRAINDICATION];
	     i < base->first_rule[RULE_CONTRAINDICATION + 1]; i++)
		if (scap__rule_targets(&base->rules[i], exercise)) {
			s->goals[i] = (struct goal){.above = last,
			                            .node = s->tested->pack->net->rule_node[i]};
			last = &s->goals[i];
		}
	return last;
}

/* A session, with a rule that speaks for the exercise or (NONE) without. */
static bool offered_with(struct suggesting *s, const struct aim *aim, int rule)
{
	const struct exercise *exercise = &s->tested->pack->base->exercises[aim->index];
	const struct goal *allowed = allow(s, aim->index);
	const struct goal goal = {
		.above = allowed,
		.node = rule == NONE ? 0 : s->tested->pack->net->rule_node[rule], .exactly = 1};

	for (int turn = 0; turn < 6 && !s->no_memory; turn++) {
		scap__seeker_clear(&s->seeker);
		equip(s, exercise, turn & 1);
		give_minutes(s, turn / 2);
		if (attempt(s, aim, rule == NONE ? allowed : &goal, exercise->name) == REACH_FOUND)
			return true;
	}
	return false;
}

static bool speaks_for(const struct rule *rule, unsigned exercise)
{
	for (size_t i = 0; i < rule->ninstead; i++)
		if (rule->instead[i] == exercise)
			return true;
	return rule->kind == RULE_PREFERENCE && scap__rule_targets(rule, exercise);
}

static enum reach try_offered(struct suggesting *s, const struct aim *aim)
{
	const struct rulebase *base = s->tested->pack->base;

	if (offered_with(s, aim, NONE))
		return REACH_FOUND;
	for (size_t i = 0; i < base->nrules && !s->no_memory; i++)
		if (speaks_for(&base->rules[i], aim->index) && offered_with(s, aim, (int)i))
			return REACH_FOUND;
	return REACH_OPEN; /* another person may still be offered it */
}

enum reach scap__suggest_for(struct suggesting *s, const struct aim *aim)
{
	scap__seeker_clear(&s->seeker);
	switch (aim->kind) {
	case AIM_RULE: return try_rule(s, aim, aim->index);
	case AIM_PART: return try_part(s, aim);
	case AIM_SIDE:
	case AIM_BORDER: return try_number(s, aim);
	case AIM_OFFERED: return try_offered(s, aim);
	case AIM_LEFT_OUT: return try_left_out(s, aim);
	}
	return REACH_OPEN;
}
