/* SPDX-License-Identifier: MIT
 *
 * What a person's own words say, beside the answers. A text answers yes and never no:
 * a denial is only offered for confirmation.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/answers.h"
#include "words/hearing.h"

/* ---- From a text ------------------------------------------------------------------ */

/* Takes what the texts come to for a concept. False when memory is out. */
static bool fill(const struct hearing *hearing, unsigned concept, struct heard *heard)
{
	const struct rulebase *base = hearing->scan->lexicon->base;
	const struct concept *what = &base->concepts[concept];
	const struct said_of *said = &hearing->said[concept];
	bool any = said->sense != SENSE_NONE;

	heard->words = strdup(scap__hearing_words(hearing, concept));
	heard->concept = concept;
	heard->shown = (struct scap_heard){
		.concept = what->name,
		.label = what->label,
		.question = what->question == NONE ? NULL
		                                   : &base->questions[what->question].shown,
		.sense = (enum scap_sense)scap__hearing_sense(hearing, concept),
		.words = heard->words,
		.phrase = any ? base->phrases[said->phrase].id : "",
		.why = any ? said->why : "not read to its end",
		.red_flag = what->red_flag,
	};
	return heard->words != NULL;
}

static bool take_all(const struct hearing *hearing, struct heard *list, size_t *count)
{
	unsigned nconcepts = (unsigned)hearing->scan->lexicon->base->nconcepts;

	for (unsigned i = 0; i < nconcepts; i++)
		if (scap__hearing_sense(hearing, i) != SENSE_NONE &&
		    !fill(hearing, i, &list[(*count)++]))
			return false;
	return true;
}

/* ---- Beside the answers -------------------------------------------------------------- */

static void free_heard(struct heard *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(list[i].words);
	free(list);
}

void scap__answers_forget_heard(scap_answers *answers)
{
	free_heard(answers->heard, answers->nheard);
	answers->heard = NULL;
	answers->nheard = 0;
}

/* The text that answers a question, or NULL. */
static const char *text_of(const scap_answers *answers, size_t question)
{
	const struct answer *answer = &answers->list[question];

	return answer->value.state == VALUE_GIVEN ? answer->text : NULL;
}

static bool any_text(const scap_answers *answers)
{
	for (size_t i = 0; i < answers->pack->base->nquestions; i++)
		if (text_of(answers, i))
			return true;
	return false;
}

bool scap__answers_hear(scap_answers *answers)
{
	const struct rulebase *base = answers->pack->base;
	struct heard *list = NULL;
	struct hearing *hearing = NULL;
	size_t count = 0;
	bool ok = true;

	if (base->nconcepts && any_text(answers)) {
		list = calloc(base->nconcepts + 1, sizeof(*list));
		hearing = scap__hearing_new(answers->pack->lexicon);
		ok = list && hearing;
		for (size_t i = 0; ok && i < base->nquestions; i++)
			if (text_of(answers, i))
				scap__listen(hearing, text_of(answers, i),
				             strlen(text_of(answers, i)));
		ok = ok && !hearing->failed && take_all(hearing, list, &count);
		scap__hearing_free(hearing);
	}
	if (!ok) {
		free_heard(list, count);
		return false;
	}
	scap__answers_forget_heard(answers);
	answers->heard = list;
	answers->nheard = count;
	return true;
}

bool scap__answers_copy_heard(scap_answers *copy, const scap_answers *answers)
{
	if (!answers->nheard)
		return true;
	copy->heard = calloc(answers->nheard, sizeof(*copy->heard));
	for (size_t i = 0; copy->heard && i < answers->nheard; i++) {
		struct heard *heard = &copy->heard[i];

		*heard = answers->heard[i];
		heard->words = strdup(answers->heard[i].words);
		heard->shown.words = heard->words;
		copy->nheard = i + 1;
		if (!heard->words)
			return false;
	}
	return copy->heard != NULL;
}

void scap__answers_put_heard(scap_answers *answers)
{
	for (size_t i = 0; i < answers->nheard; i++) {
		struct scap_heard *heard = &answers->heard[i].shown;
		const struct concept *concept =
			&answers->pack->base->concepts[answers->heard[i].concept];

		heard->conflict = 0;
		if (heard->sense == SCAP_PRESENT && !heard->corrected && concept->question != NONE)
			heard->conflict = scap__block_hear(answers->judge->block, 0,
			                                   (unsigned)concept->question,
			                                   concept->choice, concept->red_flag);
	}
}

const struct scap_heard *scap_answers_heard(const scap_answers *answers, size_t i)
{
	return i < answers->nheard ? &answers->heard[i].shown : NULL;
}

unsigned scap_answers_correct(scap_answers *answers, const char *concept)
{
	for (size_t i = 0; i < answers->nheard; i++)
		if (!strcmp(answers->heard[i].shown.concept, concept)) {
			answers->heard[i].shown.corrected = 1;
			return 0;
		}
	return E_UNKNOWN_CONCEPT;
}
