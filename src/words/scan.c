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
	scan->typos = scap__typos_new(lexicon);
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
	uint32_t *offsets, *words;

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

static void add_span(struct scan *scan, const struct hit *hit, uint32_t at, uint32_t sentence,
                     bool typo)
{
	size_t nphrases = scan->lexicon->base->nphrases;
	struct spans *spans = hit->pattern < nphrases ? &scan->phrases : &scan->cues;

	if (hit->size == HIT_LIMIT || spans->count == LIMIT_TEXT_SPANS) {
		scan->unread = true;
		return;
	}
	spans->list[spans->count++] = (struct span){
		.at = at,
		.end = at + hit->size,
		.word = (uint32_t)scan->nwords - 1,
		.sentence = sentence,
		.row = hit->pattern < nphrases ? hit->pattern : (uint32_t)(hit->pattern - nphrases),
		.typo = typo,
		.masked = NONE,
		.cue = NONE,
	};
}

static void find_spans(struct scan *scan, uint32_t at, uint32_t sentence)
{
	const struct hit *hits;
	size_t count = scap__starts_find(scan->starts, scan->normal, scan->size, at, &hits);

	for (size_t i = 0; i < count; i++)
		add_span(scan, &hits[i], at, sentence, false);
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

static void walk(struct scan *scan)
{
	uint32_t sentence = 0;
	size_t at = 0;

	while (at < scan->size) {
		if (!scap__in_word[(unsigned char)scan->normal[at]]) {
			sentence += ends_sentence(scan, at++);
			continue;
		}
		scan->words[scan->nwords++] = (uint32_t)at;
		find_spans(scan, (uint32_t)at, sentence);
		while (scap__in_word[(unsigned char)scan->normal[at]])
			at++;
	}
}

/* ---- Misspelt words ----------------------------------------------------------------- */

/* The words around a misspelt one, with the one that was meant in its place. */
struct mended {
	char text[1024];
	size_t size;
	size_t words[WORDS_BEFORE + WORDS_BEHIND + 1], nwords; /* where each starts */
	size_t first; /* which of the text's words is the first here */
};

static size_t word_end(const struct scan *scan, size_t word)
{
	size_t end = scan->words[word];

	while (scap__in_word[(unsigned char)scan->normal[end]])
		end++;
	return end;
}

static bool sentence_between(const struct scan *scan, size_t from, size_t to)
{
	for (size_t at = from; at < to; at++)
		if (ends_sentence(scan, at))
			return true;
	return false;
}

/* False where it does not fit: words of a kilobyte were not misspelt. */
static bool mend(const struct scan *scan, size_t word, const char *meant, struct mended *mended)
{
	size_t last = word;

	mended->first = word;
	while (mended->first && word - mended->first < WORDS_BEFORE &&
	       !sentence_between(scan, word_end(scan, mended->first - 1),
	                         scan->words[mended->first]))
		mended->first--;
	while (last + 1 < scan->nwords && last - word < WORDS_BEHIND &&
	       !sentence_between(scan, word_end(scan, last), scan->words[last + 1]))
		last++;
	mended->size = mended->nwords = 0;
	for (size_t i = mended->first; i <= last; i++) {
		size_t end = word_end(scan, i);
		size_t next = i < last ? scan->words[i + 1] : end;
		const char *text = i == word ? meant : scan->normal + scan->words[i];
		size_t size = i == word ? strlen(meant) : end - scan->words[i];

		if (mended->size + size + (next - end) + NORMAL_SPARE > sizeof(mended->text))
			return false;
		mended->words[mended->nwords++] = mended->size;
		memcpy(mended->text + mended->size, text, size);
		memcpy(mended->text + mended->size + size, scan->normal + end, next - end);
		mended->size += size + (next - end);
	}
	memcpy(mended->text + mended->size, "\n", NORMAL_SPARE);
	return true;
}

/* Takes a phrase of the mended words that rests on the mended one. */
static void add_mended(struct scan *scan, const struct mended *mended, size_t from,
                       const struct hit *hit, size_t word, uint32_t sentence)
{
	size_t last = from, end = mended->words[from] + hit->size, before = scan->phrases.count;
	struct span *place;

	while (last + 1 < mended->nwords && mended->words[last + 1] < end)
		last++;
	if (hit->pattern >= scan->lexicon->base->nphrases || hit->size == HIT_LIMIT ||
	    mended->first + last < word)
		return;
	add_span(scan, hit, scan->words[mended->first + from], sentence, true);
	if (scan->phrases.count == before)
		return;
	place = &scan->phrases.list[scan->phrases.count - 1];
	place->word = (uint32_t)(mended->first + from);
	place->end = (uint32_t)word_end(scan, mended->first + last);
	for (; place > scan->phrases.list && place[-1].at > place->at; place--) {
		struct span moved = *place;

		*place = place[-1];
		place[-1] = moved;
	}
}

/* A misspelt word is read as the one that was meant; what rests on it is in doubt. */
static void read_mended(struct scan *scan, size_t word, const char *meant, uint32_t sentence)
{
	struct mended mended;
	const struct hit *hits;

	if (!mend(scan, word, meant, &mended))
		return;
	scap__starts_text(scan->starts, mended.text, mended.size);
	for (size_t i = 0; i <= word - mended.first; i++) {
		size_t count = scap__starts_find(scan->starts, mended.text, mended.size,
		                                 mended.words[i], &hits);

		for (size_t h = 0; h < count; h++)
			add_mended(scan, &mended, i, &hits[h], word, sentence);
	}
}

static void mend_typos(struct scan *scan)
{
	uint32_t sentence = 0;
	size_t mended = 0, at = 0;

	for (size_t i = 0; i < scan->nwords; i++) {
		size_t end = word_end(scan, i);
		const char *meant = scap__typos_meant(scan->typos, scan->normal + scan->words[i],
		                                      end - scan->words[i]);

		if (!meant)
			continue;
		if (mended++ == TYPOS_MAX) {
			scan->unread = true;
			return;
		}
		for (; at < scan->words[i]; at++)
			sentence += ends_sentence(scan, at);
		read_mended(scan, i, meant, sentence);
	}
}

static void find_last_words(const struct scan *scan, struct spans *spans)
{
	for (size_t i = 0; i < spans->count; i++) {
		struct span *span = &spans->list[i];

		span->last = span->word;
		while (span->last + 1 < scan->nwords && scan->words[span->last + 1] < span->end)
			span->last++;
	}
}

bool scap__scan_text(struct scan *scan, const char *text, size_t size)
{
	size_t used = size <= LIMIT_TEXT_BYTES ? size : LIMIT_TEXT_HEAD;
	struct normal normal;
	bool failed;

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
	scap__starts_text(scan->starts, scan->normal, scan->size);
	walk(scan);
	failed = scap__starts_failed(scan->starts);
	mend_typos(scan);
	if (failed || scap__starts_failed(scan->starts)) {
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
