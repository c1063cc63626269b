/* SPDX-License-Identifier: MIT */
#include "prove/report.h"

#include <stdio.h>
#include <stdlib.h>

#include "prove/blame.h"
#include "prove/memory.h"
#include "report/data.h"
#include "report/row.h"
#include "report/text.h"

/* What is told of a failure. */
struct story {
	const struct failure *failure;
	struct buffer claim, person, other, outcome;
	scap_decision *decision;
	size_t nrules;
	unsigned rules[BLAMED_MAX];
};

static scap_decision *decide(const struct person *person)
{
	scap_answers *answers = prove_person_answers(person);
	scap_decision *decision = answers ? scap_decide(answers) : NULL;

	scap_answers_free(answers);
	return decision;
}

static void write_outcome(const scap_decision *decision, struct buffer *out)
{
	const struct layout *layout = decision->verdict.layout;
	const struct rule *rules = decision->pack->base->rules;
	const char *between = " (";

	scap__buffer_text(out, scap_decision_level(decision)->name);
	for (size_t i = 0; i < layout->nreasons; i++) {
		if (!scap__verdict_reason(&decision->verdict, i))
			continue;
		scap__buffer_printf(out, "%s%s%s", between, rules[layout->reasons[i].rule].id,
		                    layout->reasons[i].certain ? "" : "?");
		between = "; ";
	}
	scap__buffer_text(out, between[0] == ';' ? ")" : ", no rule holds");
}

static void open_story(struct story *story, const struct failure *failure)
{
	*story = (struct story){.failure = failure};
	scap__buffer_init(&story->claim, TEXT_LIMIT);
	scap__buffer_init(&story->person, TEXT_LIMIT);
	scap__buffer_init(&story->other, TEXT_LIMIT);
	scap__buffer_init(&story->outcome, TEXT_LIMIT);
	prove_theorem_write(failure->theorem, &story->claim);
	if (failure->person) {
		prove_person_write(failure->person, &story->person);
		story->decision = decide(failure->person);
	}
	if (failure->other)
		prove_person_write(failure->other, &story->other);
	if (story->decision) {
		write_outcome(story->decision, &story->outcome);
		story->nrules = prove_blame(failure, story->decision, story->rules);
	} else if (failure->theorem->kind == THEOREM_FIRES) {
		story->rules[story->nrules++] = failure->theorem->subject;
	}
}

static void close_story(struct story *story)
{
	scap__buffer_free(&story->claim);
	scap__buffer_free(&story->person);
	scap__buffer_free(&story->other);
	scap__buffer_free(&story->outcome);
	scap_decision_free(story->decision);
}

static const char *truth_word(const struct story *story, unsigned rule)
{
	enum truth_word truth;

	if (!story->decision)
		return "can never hold";
	truth = scap__decision_truth(story->decision,
	                             story->decision->pack->net->rule_node[rule]);
	return truth == TRUTH_YES ? "holds" : truth == TRUTH_NO ? "does not hold" : "is not known";
}

/* ---- For people --------------------------------------------------------------------- */

/* Questions that do not surely apply, and should. */
static void write_hidden(const struct story *story, const struct rulebase *base, struct buffer *out)
{
	const struct demand *demand = story->failure->theorem->demand;

	for (size_t i = 0; demand && demand->questions && i < base->nquestions; i++) {
		const struct question *question = &base->questions[i];
		int relevance = story->decision->pack->net->relevance[i];

		if (demand->questions[i] && relevance != NONE &&
		    scap__decision_truth(story->decision, (unsigned)relevance) != TRUTH_YES)
			scap__text_itemf(out, 4, "", "Look at %s:%u: %s is asked only where %s.",
			                 question->origin.file, question->origin.line,
			                 question->shown.name, question->relevant_text);
	}
}

static void write_story(const struct story *story, const struct hazards *hazards,
                        const struct rulebase *base, struct buffer *out)
{
	const struct hazard *hazard = story->failure->theorem->hazard;

	scap__text_item(out, 2, "", scap__buffer_string((struct buffer *)&story->claim));
	if (hazard)
		scap__text_itemf(out, 4, "", "%s:%u: %s", hazards->table.source.file, hazard->line,
		                 hazard->because);
	if (!story->failure->person)
		scap__text_item(out, 4, "", "There is nobody for whom this is so.");
	else
		scap__text_itemf(out, 4, "", "For example: %s. The rest is as usual.",
		                 scap__buffer_string((struct buffer *)&story->person));
	if (story->failure->other)
		scap__text_itemf(out, 4, "", "and then: %s.",
		                 scap__buffer_string((struct buffer *)&story->other));
	if (story->decision)
		scap__text_itemf(out, 4, "", "The outcome is %s.",
		                 scap__buffer_string((struct buffer *)&story->outcome));
	if (story->decision)
		write_hidden(story, base, out);
	for (size_t i = 0; i < story->nrules; i++) {
		const struct rule *rule = &base->rules[story->rules[i]];

		scap__text_itemf(out, 4, "", "Look at %s:%u: %s %s.", rule->origin.file,
		                 rule->origin.line, rule->id, truth_word(story, story->rules[i]));
	}
	scap__buffer_char(out, '\n');
}

static void write_failures(const struct proof *proof, const struct hazards *hazards,
                           struct buffer *out)
{
	bool people = false;

	if (proof->nfailures)
		scap__buffer_text(out, "NOT PROVED\n\n");
	for (size_t i = 0; i < proof->nfailures; i++) {
		struct story story;

		open_story(&story, &proof->failures[i]);
		people |= story.decision != NULL;
		write_story(&story, hazards, proof->pack->base, out);
		close_story(&story);
	}
	if (people)
		scap__buffer_text(out, "To see every answer and reason of these people: --examples FILE, "
		                       "then scapula explain FILE ID\n\n");
}

static void write_kinds(const struct proof *proof, struct buffer *out)
{
	size_t failed[THEOREM_KINDS] = {0};

	for (size_t i = 0; i < proof->nfailures; i++)
		failed[proof->failures[i].theorem->kind]++;
	for (int kind = 0; kind < THEOREM_KINDS; kind++) {
		scap__buffer_printf(out, "  %-34s %5zu proved", prove_kind_words(kind),
		                    proof->proved[kind]);
		if (failed[kind])
			scap__buffer_printf(out, ", %zu not", failed[kind]);
		scap__buffer_char(out, '\n');
	}
}

void prove_write_text(const struct proof *proof, const struct hazards *hazards,
                      const struct replay *replay, double seconds, struct buffer *out)
{
	const struct scap_pack_info *info = scap_pack_info(proof->pack);

	write_failures(proof, hazards, out);
	scap__buffer_printf(out,
	                    "%s %s: %zu claims about every possible way to answer, in %.2f s\n",
	                    info->name, info->version, proof->count, seconds);
	write_kinds(proof, out);
	if (replay->disagreements)
		scap__buffer_printf(out,
		                    "The proof and the engine DISAGREE: %s. Nothing is proved.\n",
		                    replay->first);
	else
		scap__buffer_printf(out, "The engine decided the same for %llu random people.\n",
		                    replay->people);
}

/* ---- For programs ------------------------------------------------------------------- */

static json_t *data_of(struct buffer *text)
{
	const char *string = scap__buffer_string(text);

	return string ? scap__data_text(string) : NULL;
}

static json_t *blamed(const struct story *story, const struct rulebase *base)
{
	json_t *list = json_array();
	bool ok = list != NULL;

	for (size_t i = 0; ok && i < story->nrules; i++) {
		json_t *one = scap__data_rule(base, &base->rules[story->rules[i]]);

		ok = scap__data_set(one, "truth",
		                    scap__data_text(truth_word(story, story->rules[i]))) &&
		     scap__data_add(list, one);
	}
	return scap__data_whole(list, ok);
}

static json_t *data_story(struct story *story, const struct rulebase *base)
{
	const struct theorem *theorem = story->failure->theorem;
	json_t *one = json_object();
	bool ok = scap__data_set(one, "kind", scap__data_text(prove_kind_words(theorem->kind))) &&
	          scap__data_set(one, "name", scap__data_text(theorem->name)) &&
	          scap__data_set(one, "part", scap__data_text(theorem->part)) &&
	          scap__data_set(one, "claim", data_of(&story->claim)) &&
	          scap__data_set(one, "example", data_of(&story->person)) &&
	          scap__data_set(one, "and_then", data_of(&story->other)) &&
	          scap__data_set(one, "outcome", data_of(&story->outcome)) &&
	          scap__data_set(one, "rules", blamed(story, base));

	return scap__data_whole(one, ok);
}

static json_t *data_failures(const struct proof *proof)
{
	json_t *list = json_array();
	bool ok = list != NULL;

	for (size_t i = 0; ok && i < proof->nfailures; i++) {
		struct story story;

		open_story(&story, &proof->failures[i]);
		ok = scap__data_add(list, data_story(&story, proof->pack->base));
		close_story(&story);
	}
	return scap__data_whole(list, ok);
}

static json_t *data_kinds(const struct proof *proof)
{
	json_t *out = json_object();
	bool ok = out != NULL;

	for (int kind = 0; ok && kind < THEOREM_KINDS; kind++)
		ok = scap__data_set(out, prove_kind_words(kind),
		                    json_integer((json_int_t)proof->proved[kind]));
	return scap__data_whole(out, ok);
}

static int append(void *ctx, const char *bytes, size_t size)
{
	scap__buffer_add(ctx, bytes, size);
	return 0;
}

void prove_write_json(const struct proof *proof, const struct hazards *hazards,
                      const struct replay *replay, struct buffer *out)
{
	json_t *all = json_object();
	bool ok = scap__data_set(all, "schema", json_string("scapula.proof/1")) &&
	          scap__data_set(all, "pack", scap__data_pack(proof->pack)) &&
	          scap__data_set(all, "hazards_sha256", scap__data_text(hazards->sha256)) &&
	          scap__data_set(all, "claims", json_integer((json_int_t)proof->count)) &&
	          scap__data_set(all, "proved", data_kinds(proof)) &&
	          scap__data_set(all, "not_proved", data_failures(proof)) &&
	          scap__data_set(all, "replayed", json_integer((json_int_t)replay->people)) &&
	          scap__data_set(all, "disagreement", scap__data_text(replay->first));

	if (scap__data_send(scap__data_whole(all, ok), append, out))
		out->failed = true;
}

/* ---- As an intake file -------------------------------------------------------------- */

void prove_write_examples(const struct proof *proof, struct buffer *out)
{
	prove_person_header(proof->pack, out);
	for (size_t i = 0; i < proof->nfailures; i++) {
		const struct failure *failure = &proof->failures[i];
		char id[256];

		snprintf(id, sizeof(id), "%s%s%s", failure->theorem->name,
		         failure->theorem->part[0] ? "/" : "", failure->theorem->part);
		if (failure->person)
			prove_person_row(failure->person, id, out);
		if (failure->other) {
			snprintf(id, sizeof(id), "%s/%s/then", failure->theorem->name,
			         failure->theorem->part);
			prove_person_row(failure->other, id, out);
		}
	}
}
