/* SPDX-License-Identifier: MIT */
#include "report/phrase.h"

#include "report/text.h"
#include "rulebase/loader.h"

enum { PHRASE_PATTERN = 4, CUE_PATTERN = 5 };

const char *scap__phrase_kind_word(enum phrase_kind kind)
{
	static const char *const words[] = {"symptom", "chronic", "event"};

	return words[kind];
}

const char *scap__direction_word(unsigned direction)
{
	static const char *const words[] = {"", "forward", "backward", "both"};

	return words[direction];
}

/* The pattern as it is written, with the words that it names by name. */
static const char *written(const struct rulebase *base, enum pack_file file, unsigned line,
                           size_t column)
{
	const struct cell *cell = scap__load_cell(base->loader, file, line, column);

	return cell ? cell->text : "";
}

static void write_end(const struct rulebase *base, const struct citation *cited,
                      const struct origin *origin, struct buffer *out)
{
	for (size_t i = 0; i < cited->nsources; i++) {
		const struct source_row *source = &base->sources[cited->sources[i]];

		scap__text_itemf(out, 12, "  source", "%s: %s", source->name, source->title);
	}
	scap__buffer_printf(out, "  in        %s:%u\n", origin->file, origin->line);
}

static void write_phrase(const struct rulebase *base, const struct phrase *phrase,
                         struct buffer *out)
{
	const struct concept *concept = &base->concepts[phrase->concept];

	scap__buffer_printf(out, "phrase %s (%s, %s)\n", phrase->id,
	                    scap__phrase_kind_word(phrase->kind), phrase->sure ? "sure" : "ask");
	scap__text_field(out, "says", concept->name);
	scap__text_field(out, "pattern",
	                 written(base, FILE_LEXICON, phrase->origin.line, PHRASE_PATTERN));
	scap__text_field(out, "as in", phrase->example_yes);
	scap__text_field(out, "not in", phrase->example_no);
	write_end(base, &phrase->cited, &phrase->origin, out);
}

static void write_cue(const struct rulebase *base, const struct cue *cue, struct buffer *out)
{
	scap__buffer_printf(out, "cue %s (%s)\n", cue->id, scap__axis_word(cue->axis));
	if (cue->direction)
		scap__text_itemf(out, 12, "  acts", "%s, over %u words at most%s",
		                 scap__direction_word(cue->direction), cue->reach,
		                 cue->list ? ", on through a list" : "");
	scap__text_field(out, "pattern", written(base, FILE_CONTEXT, cue->origin.line, CUE_PATTERN));
	scap__text_field(out, "as in", cue->example_yes);
	scap__text_field(out, "not in", cue->example_no);
	write_end(base, &cue->cited, &cue->origin, out);
}

void scap__phrase_text(const struct rulebase *base, size_t index, struct buffer *out)
{
	if (index < base->nphrases)
		write_phrase(base, &base->phrases[index], out);
	else
		write_cue(base, &base->cues[index - base->nphrases], out);
}

/* ---- JSON ------------------------------------------------------------------------- */

static bool set_text(json_t *out, const char *key, const char *text)
{
	return scap__data_set(out, key, scap__data_text(text));
}

static bool set_end(const struct rulebase *base, const struct citation *cited,
                    const struct origin *origin, json_t *out)
{
	return scap__data_set(out, "sources", scap__data_sources(base, cited)) &&
	       set_text(out, "file", origin->file) &&
	       scap__data_set(out, "line", json_integer(origin->line));
}

static json_t *data_phrase(const struct rulebase *base, const struct phrase *phrase)
{
	json_t *out = json_object();
	bool ok = set_text(out, "entry", "phrase") && set_text(out, "name", phrase->id) &&
	          set_text(out, "concept", base->concepts[phrase->concept].name) &&
	          set_text(out, "kind", scap__phrase_kind_word(phrase->kind)) &&
	          set_text(out, "strength", phrase->sure ? "sure" : "ask") &&
	          set_text(out, "pattern", written(base, FILE_LEXICON, phrase->origin.line,
	                                           PHRASE_PATTERN)) &&
	          set_text(out, "example_yes", phrase->example_yes) &&
	          set_text(out, "example_no", phrase->example_no) &&
	          set_end(base, &phrase->cited, &phrase->origin, out);

	return scap__data_whole(out, ok);
}

static json_t *data_cue(const struct rulebase *base, const struct cue *cue)
{
	json_t *out = json_object();
	bool ok = set_text(out, "entry", "cue") && set_text(out, "name", cue->id) &&
	          set_text(out, "axis", scap__axis_word(cue->axis)) &&
	          set_text(out, "direction", scap__direction_word(cue->direction)) &&
	          scap__data_set(out, "max_tokens", json_integer(cue->reach)) &&
	          scap__data_set(out, "list", json_boolean(cue->list)) &&
	          set_text(out, "pattern",
	                   written(base, FILE_CONTEXT, cue->origin.line, CUE_PATTERN)) &&
	          set_text(out, "example_yes", cue->example_yes) &&
	          set_text(out, "example_no", cue->example_no) &&
	          set_end(base, &cue->cited, &cue->origin, out);

	return scap__data_whole(out, ok);
}

json_t *scap__phrase_data(const struct rulebase *base, size_t index)
{
	return index < base->nphrases ? data_phrase(base, &base->phrases[index])
	                              : data_cue(base, &base->cues[index - base->nphrases]);
}
