/* SPDX-License-Identifier: MIT */
#include "words/hearing.h"

#include <stdlib.h>

enum { WORDS_MOST = 1 << 22 };

struct hearing *scap__hearing_new(const struct lexicon *lexicon)
{
	size_t count = lexicon->base->nconcepts + 1;
	struct hearing *hearing = calloc(1, sizeof(*hearing));

	if (!hearing)
		return NULL;
	scap__buffer_init(&hearing->words, WORDS_MOST);
	hearing->scan = scap__scan_new(lexicon);
	hearing->said = calloc(count, sizeof(*hearing->said));
	hearing->spoken = calloc(count, sizeof(*hearing->spoken));
	if (hearing->scan && hearing->said && hearing->spoken)
		return hearing;
	scap__hearing_free(hearing);
	return NULL;
}

void scap__hearing_free(struct hearing *hearing)
{
	if (!hearing)
		return;
	scap__scan_free(hearing->scan);
	scap__buffer_free(&hearing->words);
	free(hearing->said);
	free(hearing->spoken);
	free(hearing);
}

/* Of several texts, what one says is said; what none but denials speak of is denied. */
static bool outweighs(enum sense now, enum sense before)
{
	return before == SENSE_NONE || (now == SENSE_PRESENT && before != SENSE_PRESENT) ||
	       (now == SENSE_ASK && before == SENSE_DENIED);
}

/* Takes what a phrase's concept comes to, in the words of the phrase. */
static void take(struct hearing *hearing, const char *text, const struct span *span)
{
	const struct scan *scan = hearing->scan;
	uint32_t concept = scan->lexicon->base->phrases[span->row].concept;
	enum sense sense = scap__scan_sense(scan, concept);
	struct said_of *said = &hearing->said[concept];
	struct quote quote;

	if (!outweighs(sense, said->sense))
		return;
	quote = scap__scan_quote(scan, text, span);
	if (said->sense == SENSE_NONE)
		hearing->spoken[hearing->nspoken++] = concept;
	*said = (struct said_of){sense, span->row, scap__scan_why(scan, span),
	                         hearing->words.size, quote.size, false};
	scap__buffer_add(&hearing->words, quote.words, quote.size);
	scap__buffer_char(&hearing->words, '\0');
}

void scap__listen(struct hearing *hearing, const char *text, size_t size)
{
	struct scan *scan = hearing->scan;

	hearing->failed |= !scap__scan_text(scan, text, size);
	hearing->unread |= scan->unread;
	for (int other = 0; other <= 1; other++) /* words that say so themselves come first */
		for (size_t i = 0; i < scan->phrases.count; i++) {
			const struct span *span = &scan->phrases.list[i];
			unsigned concept = scan->lexicon->base->phrases[span->row].concept;

			if (!span->gone && (other || span->sense == scap__scan_sense(scan, concept)))
				take(hearing, text, span);
		}
	hearing->failed |= hearing->words.failed;
}

enum sense scap__hearing_sense(const struct hearing *hearing, uint32_t concept)
{
	enum sense sense = hearing->said[concept].sense;

	return hearing->unread && sense != SENSE_PRESENT ? SENSE_ASK : sense;
}

const char *scap__hearing_words(const struct hearing *hearing, uint32_t concept)
{
	const struct said_of *said = &hearing->said[concept];

	return said->sense == SENSE_NONE ? "" : hearing->words.data + said->at;
}

void scap__hearing_next(struct hearing *hearing)
{
	for (size_t i = 0; i < hearing->nspoken; i++)
		hearing->said[hearing->spoken[i]].sense = SENSE_NONE;
	hearing->nspoken = 0;
	hearing->words.size = 0;
	hearing->unread = hearing->failed = false;
}
