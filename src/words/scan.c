/* SPDX-License-Identifier: MIT */
#include "words/scan.h"

#include <stdlib.h>
#include <string.h>

#include "words/normal.h"
#include "words/starts.h"
#include "words/typos.h"

/* So far from a misspelt word a phrase that holds it begins or ends. */
enum { WORDS_BEFORE = 6, WORDS_BEHIND = 8, TYPOS_MAX = 200 };

struct scan *scap__scan_new(const struct lexicon *lexicon)
{
	size_t count = lexicon->base->nconcepts + 1;
	struct scan *scan = calloc(1, sizeof(*scan));

	if (!scan)
		return NULL;
	scan->lexicon = lexicon;
	scan->starts = scap__starts_new(lexicon);
	scan->typos = scap__typos_new(lexicon->vocabulary);
	scan->senses = calloc(count, sizeof(*scan->senses));
	scan->spoken = calloc(count, sizeof(*scan->spoken));
	scan->phrases.list = calloc(LIMIT_TEXT_SPANS, sizeof(struct span));
	scan->cues.list = calloc(LIMIT_TEXT_SPANS, sizeof(struct span));
	if (scan->starts && scan->typos && scan->senses && scan->spoken && scan->phrases.list &&
	    scan->cues.list)
		return scan;
	scap__scan_free(scan);
	return NULL;
}

void scap__scan_free(struct scan *scan)
{
	if (!scan)
		return;
	scap__starts_free(scan->starts);
	scap__typos_free(scan->typos);
	free(scan->normal);
	free(scan->offsets);
	free(scan->words);
	free(scan->senses);
	free(scan->spoken);
	free(scan->phrases.list);
	free(scan->cues.list);
	free(scan);
}

static bool make_room(struct scan *scan, size_t size)
{
	size_t room = scan->room ? scan->room : 1024;
	char *normal;
	uint32_t *offsets;
	struct word *words;

	if (size + NORMAL_SPARE <= scan->room)
		return true;
	while (room < size + NORMAL_SPARE)
		room *= 2;
	normal = realloc(scan->normal, room);
	scan->normal = normal ? normal : scan->normal;
	offsets = realloc(scan->offsets, room * sizeof(*offsets));
	scan->offsets = offsets ? offsets : scan->offsets;
	words = realloc(scan->words, (room / 2 + 1) * sizeof(*words));
	scan->words = words ? words : scan->words;
	if (!normal || !offsets || !words)
		return false;
	scan->room = room;
	return true;
}

static void forget(struct scan *scan)
{
	for (size_t i = 0; i < scan->nspoken; i++)
		scan->senses[scan->spoken[i]] = SENSE_NONE;
	scan->nspoken = scan->nwords = scan->phrases.count = scan->cues.count = 0;
	scan->odd = scan->unread = false;
}

/* ---- Spans ------------------------------------------------------------------------ */

static void add_span(struct scan *scan, const struct hit *hit, size_t word, bool typo)
{
	size_t nphrases = scan->lexicon->base->nphrases;
	const struct word *at = &scan->words[word];
	struct spans *spans = hit->pattern < nphrases ? &scan->phrases : &scan->cues;

	if (hit->size == HIT_LIMIT || spans->count == LIMIT_TEXT_SPANS) {
		scan->unread = true;
		return;
	}
	spans->list[spans->count++] = (struct span){
		.at = at->at,
		.end = at->at + hit->size,
		.word = (uint32_t)word,
		.sentence = at->sentence,
		.row = hit->pattern < nphrases ? hit->pattern : (uint32_t)(hit->pattern - nphrases),
		.typo = typo,
		.masked = NONE,
		.cue = NONE,
	};
}

bool scap__scan_query(const struct scan *scan, size_t at)
{
	char before = at ? scan->normal[at - 1] : ' ';

	return before == ' ' || before == ',' || before == '\n';
}

static inline bool ends_sentence(const struct scan *scan, size_t at)
{
	char c = scan->normal[at];

	if (c == '.')
		return !(at && scan->normal[at - 1] >= '0' && scan->normal[at - 1] <= '9' &&
		         scan->normal[at + 1] >= '0' && scan->normal[at + 1] <= '9');
	return c == '\n' || (c == '?' && !scap__scan_query(scan, at));
}

static void find_words(struct scan *scan)
{
	uint32_t sentence = 0;
	size_t at = 0;

	while (at < scan->size) {
		struct word *word = &scan->words[scan->nwords];

		if (!scap__in_word[(unsigned char)scan->normal[at]]) {
			sentence += ends_sentence(scan, at++);
			continue;
		}
		*word = (struct word){.at = (uint32_t)at, .sentence = sentence};
		while (scap__in_word[(unsigned char)scan->normal[at]])
			at++;
		word->end = (uint32_t)at;
		scan->nwords++;
	}
}

static bool find_spans(struct scan *scan)
{
	const struct hit *hits;

	if (!scap__starts_text(scan->starts, scan->normal, scan->size, scan->words, scan->nwords))
		return false;
	for (size_t w = 0; w < scan->nwords; w++) {
		size_t count = scap__starts_find(scan->starts, w, &hits);

		for (size_t i = 0; i < count; i++)
			add_span(scan, &hits[i], w, false);
	}
	return !scap__starts_failed(scan->starts);
}

/* ---- Misspelt words ----------------------------------------------------------------- */

/* The words around a misspelt one, with the one that was meant in its place. */
struct mended {
	char text[1024];
	size_t size;
	struct word words[WORDS_BEFORE + WORDS_BEHIND + 1];
	size_t nwords;
	size_t first; /* which of the text's words is the first here */
};

/* False where it does not fit: words of a kilobyte were not misspelt. */
static bool mend(const struct scan *scan, size_t word, const char *meant, struct mended *mended)
{
	const struct word *words = scan->words;
	size_t last = word;

	mended->first = word;
	while (mended->first && word - mended->first < WORDS_BEFORE &&
	       words[mended->first - 1].sentence == words[word].sentence)
		mended->first--;
	while (last + 1 < scan->nwords && last - word < WORDS_BEHIND &&
	       words[last + 1].sentence == words[word].sentence)
		last++;
	mended->size = mended->nwords = 0;
	for (size_t i = mended->first; i <= last; i++) {
		size_t end = words[i].end;
		size_t next = i < last ? words[i + 1].at : end;
		const char *text = i == word ? meant : scan->normal + words[i].at;
		size_t size = i == word ? strlen(meant) : end - words[i].at;

		if (mended->size + size + (next - end) + NORMAL_SPARE > sizeof(mended->text))
			return false;
		mended->words[mended->nwords++] = (struct word){
			(uint32_t)mended->size, (uint32_t)(mended->size + size), 0};
		memcpy(mended->text + mended->size, text, size);
		memcpy(mended->text + mended->size + size, scan->normal + end, next - end);
		mended->size += size + (next - end);
	}
	memcpy(mended->text + mended->size, "\n", NORMAL_SPARE);
	return true;
}

/* Takes a phrase of the mended words that rests on the mended one. */
static void add_mended(struct scan *scan, const struct mended *mended, size_t from,
                       const struct hit *hit, size_t word)
{
	size_t last = from, end = mended->words[from].at + hit->size;
	size_t before = scan->phrases.count;
	struct span *place;

	while (last + 1 < mended->nwords && mended->words[last + 1].at < end)
		last++;
	if (hit->pattern >= scan->lexicon->base->nphrases || hit->size == HIT_LIMIT ||
	    mended->first + last < word)
		return;
	add_span(scan, hit, mended->first + from, true);
	if (scan->phrases.count == before)
		return;
	place = &scan->phrases.list[scan->phrases.count - 1];
	place->end = scan->words[mended->first + last].end;
	for (; place > scan->phrases.list && place[-1].at > place->at; place--) {
		struct span moved = *place;

		*place = place[-1];
		place[-1] = moved;
	}
}

/* A misspelt word is read as the one that was meant; what rests on it is in doubt. */
static bool read_mended(struct scan *scan, size_t word, const char *meant)
{
	struct mended mended;
	const struct hit *hits;

	if (!mend(scan, word, meant, &mended))
		return true;
	if (!scap__starts_text(scan->starts, mended.text, mended.size, mended.words, mended.nwords))
		return false;
	for (size_t i = 0; i <= word - mended.first; i++) {
		size_t count = scap__starts_find(scan->starts, i, &hits);

		for (size_t h = 0; h < count; h++)
			add_mended(scan, &mended, i, &hits[h], word);
	}
	return !scap__starts_failed(scan->starts);
}

static bool mend_typos(struct scan *scan)
{
	size_t mended = 0;

	for (size_t i = 0; i < scan->nwords; i++) {
		const struct word *word = &scan->words[i];
		const char *meant = scap__typos_meant(scan->typos, scan->normal + word->at,
		                                      word->end - word->at);

		if (!meant)
			continue;
		if (mended++ == TYPOS_MAX) {
			scan->unread = true;
			return true;
		}
		if (!read_mended(scan, i, meant))
			return false;
	}
	return true;
}

static void find_last_words(const struct scan *scan, struct spans *spans)
{
	for (size_t i = 0; i < spans->count; i++) {
		struct span *span = &spans->list[i];

		span->last = span->word;
		while (span->last + 1 < scan->nwords && scan->words[span->last + 1].at < span->end)
			span->last++;
	}
}

bool scap__scan_text(struct scan *scan, const char *text, size_t size)
{
	size_t used = size <= LIMIT_TEXT_BYTES ? size : LIMIT_TEXT_HEAD;
	struct normal normal;

	forget(scan);
	scan->size = 0;
	if (!make_room(scan, used)) {
		scan->unread = true;
		return false;
	}
	normal = scap__normal_write(text, used, scan->normal, scan->offsets);
	scan->size = normal.size;
	scan->odd = normal.odd;
	scan->unread = used < size || normal.binary;
	find_words(scan);
	if (!find_spans(scan) || !mend_typos(scan)) {
		scan->unread = true;
		return false;
	}
	if (!scan->phrases.count)
		return true;
	find_last_words(scan, &scan->phrases);
	find_last_words(scan, &scan->cues);
	scap__scope(scan);
	return true;
}

enum sense scap__scan_sense(const struct scan *scan, size_t concept)
{
	enum sense sense = scan->senses[concept];

	return scan->unread && sense != SENSE_PRESENT ? SENSE_ASK : sense;
}

enum { QUOTE_MOST = 160 };

/* To the ends of the sentence, if that is not too long. */
static void widen(const struct scan *scan, struct span *span)
{
	size_t at = span->at, end = span->end;

	while (at && !ends_sentence(scan, at - 1))
		at--;
	while (end < scan->size && !ends_sentence(scan, end))
		end++;
	while (at < span->at && !scap__in_word[(unsigned char)scan->normal[at]])
		at++;
	if (end - at <= QUOTE_MOST) {
		span->at = (uint32_t)at;
		span->end = (uint32_t)end;
	}
}

/* From the first to the last byte of a phrase and what decides of it, if they are near. */
static struct span whole(const struct scan *scan, const struct span *span)
{
	const struct span *cue = span->cue == NONE ? span : &scan->cues.list[span->cue];
	struct span both = *span;

	both.at = cue->at < span->at ? cue->at : span->at;
	both.end = cue->end > span->end ? cue->end : span->end;
	if (span->sense == SENSE_DENIED) /* whoever confirms it should see all of it */
		widen(scan, &both);
	return cue->sentence != span->sentence || both.end - both.at > QUOTE_MOST ? *span : both;
}

struct quote scap__scan_quote(const struct scan *scan, const char *text, const struct span *span)
{
	struct span both = whole(scan, span);
	size_t from = scan->offsets[both.at], to = scan->offsets[both.end];

	while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\t'))
		to--;
	return (struct quote){text + from, to - from};
}

const char *scap__scan_why(const struct scan *scan, const struct span *span)
{
	if (span->cue != NONE)
		return scap__axis_word(
			scan->lexicon->base->cues[scan->cues.list[span->cue].row].axis);
	if (span->typo)
		return "misspelt";
	if (span->queried)
		return scap__axis_word(AXIS_POSSIBLE);
	return scan->lexicon->base->phrases[span->row].sure ? "" : "vague";
}
