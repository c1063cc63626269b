/* SPDX-License-Identifier: MIT */
#include "report/heard.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/data.h"
#include "table/bytes.h"

const char *scap__sense_word(enum sense sense)
{
	static const char *const words[] = {"", "present", "denied", "ask"};

	return words[sense];
}

/* The concepts with a sense, in their order: those spoken of, or of a text that could not
 * be read to its end any. */
static void list_facts(const struct scan *scan, enum sense sense, struct buffer *out)
{
	const struct concept *concepts = scan->lexicon->base->concepts;
	size_t count = scan->unread ? scan->lexicon->base->nconcepts : scan->nspoken;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		size_t concept = scan->unread ? i : scan->spoken[i];

		if (scap__scan_sense(scan, concept) != sense)
			continue;
		if (any)
			scap__buffer_char(out, ',');
		scap__buffer_text(out, concepts[concept].name);
		any = true;
	}
}

void scap__heard_facts(const struct scan *scan, struct buffer *out)
{
	list_facts(scan, SENSE_PRESENT, out);
	scap__buffer_char(out, '\t');
	list_facts(scan, SENSE_DENIED, out);
	scap__buffer_char(out, '\t');
	list_facts(scan, SENSE_ASK, out);
	scap__buffer_char(out, '\n');
}

/* ---- Why ------------------------------------------------------------------------------- */

static const struct phrase *phrase_of(const struct scan *scan, const struct span *span)
{
	return &scan->lexicon->base->phrases[span->row];
}

static const struct span *cue_of(const struct scan *scan, const struct span *span)
{
	return span->cue == NONE ? NULL : &scan->cues.list[span->cue];
}

/* Part of a text, with a `?` for what a terminal must not see. */
static void put_safe(struct buffer *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size;) {
		size_t width = scap__text_char_size(text + i, size - i);
		bool bad = scap__text_invalid(text + i, width) != width ||
		           scap__text_unsafe(text + i, width);

		if (bad)
			scap__buffer_char(out, '?');
		else
			scap__buffer_add(out, text + i, width);
		i += width;
	}
}

static void put_quote(struct buffer *out, struct quote quote)
{
	scap__buffer_char(out, '"');
	put_safe(out, quote.words, quote.size);
	scap__buffer_char(out, '"');
}

static void explain_span(const struct scan *scan, const char *text, const struct span *span,
                         struct buffer *out)
{
	const struct rulebase *base = scan->lexicon->base;
	const struct phrase *phrase = phrase_of(scan, span);
	const struct span *cue = cue_of(scan, span);

	scap__buffer_printf(out, "  %-7s %s: ", scap__sense_word(span->sense),
	                    base->concepts[phrase->concept].name);
	put_quote(out, scap__scan_quote(scan, text, span));
	scap__buffer_printf(out, " (%s, %s:%u)", phrase->id, phrase->origin.file,
	                    phrase->origin.line);
	if (cue) {
		const struct cue *row = &base->cues[cue->row];

		scap__buffer_printf(out, "; %s: ", scap__axis_word(row->axis));
		put_quote(out, scap__scan_quote(scan, text, cue));
		scap__buffer_printf(out, " (%s, %s:%u)", row->id, row->origin.file,
		                    row->origin.line);
	} else if (scap__scan_why(scan, span)[0]) {
		scap__buffer_printf(out, "; %s", scap__scan_why(scan, span));
	}
	scap__buffer_char(out, '\n');
}

void scap__heard_explain(const struct scan *scan, const char *text, size_t size,
                         struct buffer *out)
{
	put_safe(out, text, size);
	scap__buffer_char(out, '\n');
	for (size_t i = 0; i < scan->phrases.count; i++)
		if (!scan->phrases.list[i].gone)
			explain_span(scan, text, &scan->phrases.list[i], out);
	if (!scan->phrases.count)
		scap__buffer_text(out, "  nothing that the lexicon knows\n");
	if (scan->unread)
		scap__buffer_text(out, "  not read to its end: all that it does not surely say is "
		                       "to be asked\n");
	scap__buffer_text(out, "  = ");
	scap__heard_facts(scan, out);
}

/* ---- JSON ------------------------------------------------------------------------------ */

static json_t *data_words(const struct scan *scan, const char *text, const struct span *span)
{
	struct quote quote = scap__scan_quote(scan, text, span);
	char *words = strndup(quote.words, quote.size);
	json_t *out = NULL;

	if (words) {
		scap__bytes_mend(words, quote.size);
		out = scap__data_text(words);
	}
	free(words);
	return out;
}

static json_t *data_span(const struct scan *scan, const char *text, const struct span *span)
{
	const struct rulebase *base = scan->lexicon->base;
	const struct phrase *phrase = phrase_of(scan, span);
	const struct span *cue = cue_of(scan, span);
	json_t *out = json_object();
	bool ok = scap__data_set(out, "concept",
	                         scap__data_text(base->concepts[phrase->concept].name)) &&
	          scap__data_set(out, "sense", scap__data_text(scap__sense_word(span->sense))) &&
	          scap__data_set(out, "words", data_words(scan, text, span)) &&
	          scap__data_set(out, "phrase", scap__data_text(phrase->id)) &&
	          scap__data_set(out, "why", scap__data_text(scap__scan_why(scan, span)));

	if (ok && cue)
		ok = scap__data_set(out, "cue", scap__data_text(base->cues[cue->row].id)) &&
		     scap__data_set(out, "cue_words", data_words(scan, text, cue));
	return scap__data_whole(out, ok);
}

static json_t *data_facts(const struct scan *scan, enum sense sense)
{
	json_t *list = json_array();
	bool ok = list != NULL;

	for (size_t i = 0; ok && i < scan->lexicon->base->nconcepts; i++)
		if (scap__scan_sense(scan, i) == sense)
			ok = scap__data_add(list, scap__data_text(
						  scan->lexicon->base->concepts[i].name));
	return scap__data_whole(list, ok);
}

json_t *scap__heard_data(const struct scan *scan, const char *text)
{
	json_t *out = json_object(), *list = json_array();
	bool ok = out && list;

	for (size_t i = 0; ok && i < scan->phrases.count; i++)
		if (!scan->phrases.list[i].gone)
			ok = scap__data_add(list,
			                    data_span(scan, text, &scan->phrases.list[i]));
	ok = ok && scap__data_set(out, "present", data_facts(scan, SENSE_PRESENT)) &&
	     scap__data_set(out, "denied", data_facts(scan, SENSE_DENIED)) &&
	     scap__data_set(out, "ask", data_facts(scan, SENSE_ASK)) &&
	     scap__data_set(out, "read_to_end", json_boolean(!scan->unread)) &&
	     scap__data_set(out, "phrases", json_incref(list));
	json_decref(list);
	return scap__data_whole(out, ok);
}
