/* SPDX-License-Identifier: MIT
 *
 * What a person's own words say, beside the answers. A text answers yes and never no:
 * a denial is only offered for confirmation.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/answers.h"
#include "words/scan.h"

/* ---- From a text ------------------------------------------------------------------ */

/* The phrase to quote for a concept: the first that says what all of them come to. */
static const struct span *span_for(const struct scan *scan, unsigned concept, enum sense sense)
{
	const struct span *any = NULL;

	for (size_t i = 0; i < scan->phrases.count; i++) {
		const struct span *span = &scan->phrases.list[i];

		if (span->gone || scan->lexicon->base->phrases[span->row].concept != concept)
			continue;
		if (span->sense == sense)
			return span;
		any = any ? any : span;
	}
	return any;
}

static bool fill(const struct scan *scan, const char *text, unsigned concept, struct heard *heard)
{
	const struct rulebase *base = scan->lexicon->base;
	const struct concept *what = &base->concepts[concept];
	enum sense sense = scap__scan_sense(scan, concept);
	const struct span *span = span_for(scan, concept, sense);
	struct quote quote = span ? scap__scan_quote(scan, text, span) : (struct quote){"", 0};

	heard->words = strndup(quote.words, quote.size);
	if (!heard->words)
		return false;
	heard->concept = concept;
	heard->shown = (struct scap_heard){
		.concept = what->name,
		.label = what->label,
		.question = what->question == NONE ? NULL
		                                   : &base->questions[what->question].shown,
		.sense = (enum scap_sense)sense,
		.words = heard->words,
		.phrase = span ? base->phrases[span->row].id : "",
		.why = span ? scap__scan_why(scan, span) : "not read to its end",
		.red_flag = what->red_flag,
	};
	return true;
}

/* Several texts: what one says is said. */
static void merge(struct heard *list, size_t *count, struct heard *one)
{
	size_t i = 0;

	while (i < *count && list[i].concept < one->concept)
		i++;
	if (i == *count || list[i].concept != one->concept) {
		memmove(&list[i + 1], &list[i], (*count - i) * sizeof(*list));
		list[i] = *one;
		++*count;
		return;
	}
	if ((one->shown.sense == SCAP_PRESENT && list[i].shown.sense != SCAP_PRESENT) ||
	    (one->shown.sense == SCAP_ASK && list[i].shown.sense == SCAP_DENIED)) {
		struct heard less = list[i];

		list[i] = *one;
		*one = less;
	}
	free(one->words);
}

static bool read_text(struct scan *scan, const char *text, struct heard *list, size_t *count)
{
	const struct rulebase *base = scan->lexicon->base;

	if (!scap__scan_text(scan, text, strlen(text)))
		return false;
	for (unsigned i = 0; i < base->nconcepts; i++) {
		struct heard one = {0};

		if (scap__scan_sense(scan, i) == SENSE_NONE)
			continue;
		if (!fill(scan, text, i, &one))
			return false;
		merge(list, count, &one);
	}
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
	struct scan *scan = NULL;
	size_t count = 0;
	bool ok = true;

	if (base->nconcepts && any_text(answers)) {
		list = calloc(base->nconcepts + 1, sizeof(*list));
		scan = scap__scan_new(answers->pack->lexicon);
		ok = list && scan;
		for (size_t i = 0; ok && i < base->nquestions; i++)
			if (text_of(answers, i))
				ok = read_text(scan, text_of(answers, i), list, &count);
		scap__scan_free(scan);
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
