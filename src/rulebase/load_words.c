/* SPDX-License-Identifier: MIT
 *
 * How people say things: lexicon.csv and context.csv. Patterns are only taken over
 * here; the room `words` compiles them and runs their examples.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "rulebase/loader.h"

enum { ID };
enum { WORDLIST_PATTERN = 1 };
enum { PATTERN_MOST = 16 << 10, NESTED_MOST = 8 };
enum { CONCEPT = 1, KIND, STRENGTH, PHRASE_PATTERN, PHRASE_YES, PHRASE_NO, PHRASE_SOURCE };
enum { AXIS = 1, DIRECTION, MAX_TOKENS, REACH, CUE_PATTERN, CUE_YES, CUE_NO, CUE_SOURCE };

/* Which of some words a cell holds; the first, reported, where it is none. */
static unsigned read_word(const struct record *record, size_t column, const char *const *words,
                          size_t count)
{
	const struct cell *cell = scap__record_cell(record, column);
	struct near near = scap__near_begin(cell->text, cell->size);
	char list[160] = "", hint[96];

	for (unsigned i = 0; i < count; i++)
		if (!strcmp(cell->text, words[i]))
			return i;
	for (size_t i = 0; i < count; i++) {
		scap__near_offer(&near, words[i]);
		strncat(list, i ? ", " : "", sizeof(list) - strlen(list) - 1);
		strncat(list, words[i][0] ? words[i] : "blank", sizeof(list) - strlen(list) - 1);
	}
	if (near.word)
		scap__record_error(record, column, E_BAD_WORD, "'%s' is not one of the words that "
		                   "can stand here%s", cell->text, scap__near_hint(&near, hint));
	else
		scap__record_error(record, column, E_BAD_WORD, "'%s' is none of: %s", cell->text,
		                   list);
	return 0;
}

/* ---- What phrases speak of ------------------------------------------------------ */

static bool same(const char *name, const struct cell *cell)
{
	return !strcmp(name, cell->text);
}

/* Finds the one choice of a select_multiple that has the name. *COUNT is how many do. */
static void find_choice(const struct rulebase *base, const struct cell *cell,
                        struct concept *concept, unsigned *count)
{
	for (size_t q = 0; q < base->nquestions; q++) {
		const struct scap_question *question = &base->questions[q].shown;

		if (question->type != SCAP_SELECT_MULTIPLE)
			continue;
		for (size_t i = 0; i < question->nchoices; i++)
			if (same(question->choices[i].name, cell)) {
				concept->question = (int)q;
				concept->choice = (int)i;
				concept->label = question->choices[i].label;
				++*count;
			}
	}
}

/* False where the name is none that a text can speak of; reported. */
static bool resolve(const struct record *record, struct concept *concept)
{
	const struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, CONCEPT);
	const struct name *name = scap__names_find(base->names, cell->text, cell->size);
	unsigned count = 0;

	if (name && name->kind == NAME_QUESTION &&
	    base->questions[name->index].shown.type == SCAP_YES_NO) {
		concept->question = (int)name->index;
		concept->label = base->questions[name->index].shown.label;
		concept->red_flag = base->questions[name->index].shown.red_flag;
		return true;
	}
	find_choice(base, cell, concept, &count);
	if (count == 1)
		return true;
	if (!count && name && name->kind == NAME_FINDING)
		return true;
	if (count)
		scap__record_error(record, CONCEPT, E_UNKNOWN_CONCEPT,
		                   "'%s' is a choice of %u questions, so a text can't mean it",
		                   cell->text, count);
	else if (name)
		scap__record_error(record, CONCEPT, E_UNKNOWN_CONCEPT,
		                   "'%s' is no yes/no question", cell->text);
	else
		scap__record_unknown(record, CONCEPT, 0, cell->size, E_UNKNOWN_CONCEPT,
		                     "yes/no question, choice or finding", base->names,
		                     1u << NAME_QUESTION | 1u << NAME_FINDING);
	return false;
}

/* The number of the concept that a row names; DOUBTFUL where there is none, which was
 * reported; NONE: memory is out. */
static int concept_of(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, CONCEPT);
	struct concept concept = {.name = cell->text, .label = "", .question = NONE,
	                          .choice = NONE};
	struct concept *list;

	for (size_t i = 0; i < base->nconcepts; i++)
		if (same(base->concepts[i].name, cell))
			return (int)i;
	if (!cell->size || !resolve(record, &concept))
		return DOUBTFUL;
	if (!concept.label[0])
		concept.label = concept.name;
	if (base->nconcepts == LIMIT_CONCEPTS) {
		scap__record_error(record, CONCEPT, E_TOO_MANY, "over %d concepts",
		                   LIMIT_CONCEPTS);
		return DOUBTFUL;
	}
	list = scap__arena_grow(base->arena, base->concepts, base->nconcepts, sizeof(*list));
	if (!list)
		return NONE;
	base->concepts = list;
	list[base->nconcepts] = concept;
	return (int)base->nconcepts++;
}

/* ---- Words that patterns share --------------------------------------------------- */

static bool load_wordlist(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	const char **list = scap__arena_grow(base->arena, base->wordlist_patterns, base->nwordlists,
	                                     sizeof(*list));
	unsigned *lines = scap__arena_grow(base->arena, base->wordlist_lines, base->nwordlists,
	                                   sizeof(*lines));
	struct name *name;

	if (!list || !lines || !scap__record_define(record, ID, base->wordlists, NAME_WORDLIST,
	                                            base->nwordlists, &name))
		return false;
	base->wordlist_patterns = list;
	base->wordlist_lines = lines;
	if (name) {
		lines[base->nwordlists] = record->row->line;
		list[base->nwordlists++] = scap__record_text(record, WORDLIST_PATTERN);
	}
	return true;
}

/* Where `<name>` ends whose `<` stands at TEXT; NULL if none does. */
static const char *name_end(const char *text)
{
	size_t size = 1;

	while (text[size] == '_' || (text[size] >= 'a' && text[size] <= 'z') ||
	       (text[size] >= '0' && text[size] <= '9'))
		size++;
	return size > 1 && text[size] == '>' ? text + size : NULL;
}

/* Writes a pattern with the words that it names in place of their names. False where a
 * name means nothing, which was reported for COLUMN of the row. */
static bool write_pattern(const struct record *record, size_t column, const char *text,
                          unsigned depth, struct buffer *out)
{
	const struct rulebase *base = record->loader->base;

	while (*text && !out->failed) {
		const char *end = *text == '<' ? name_end(text) : NULL;
		const struct name *name;

		if (!end) {
			scap__buffer_char(out, *text++);
			continue;
		}
		name = scap__names_find(base->wordlists, text + 1, (size_t)(end - text) - 1);
		if (!name || depth == NESTED_MOST) {
			scap__record_error(record, column, E_UNKNOWN_WORDS, name
			                   ? "the words '%.*s' name each other too deep or in a circle"
			                   : "there are no words '%.*s' in wordlists.csv",
			                   (int)(end - text) - 1, text + 1);
			return false;
		}
		scap__buffer_text(out, "(?:");
		if (!write_pattern(record, column, base->wordlist_patterns[name->index], depth + 1,
		                   out))
			return false;
		scap__buffer_char(out, ')');
		text = end + 1;
	}
	return true;
}

/* The pattern of a row, whole; NULL when memory is out. */
static const char *read_pattern(const struct record *record, size_t column)
{
	const struct cell *cell = scap__record_cell(record, column);
	struct buffer out;
	const char *whole = "";

	if (!strchr(cell->text, '<'))
		return cell->text;
	scap__buffer_init(&out, PATTERN_MOST);
	if (write_pattern(record, column, cell->text, 0, &out)) {
		if (out.size < PATTERN_MOST - 8 && !out.failed)
			whole = scap__arena_copy(record->loader->arena, out.data, out.size);
		else
			scap__record_error(record, column, E_PATTERN_REFUSED,
			                   "with the words that it names, the pattern is over %d "
			                   "characters", PATTERN_MOST);
	}
	scap__buffer_free(&out);
	return whole;
}

/* ---- Rows ----------------------------------------------------------------------- */

static bool load_phrase(const struct record *record)
{
	static const char *const kinds[] = {"symptom", "chronic", "event"};
	static const char *const strengths[] = {"ask", "sure"};
	struct rulebase *base = record->loader->base;
	struct phrase *list = scap__arena_grow(base->arena, base->phrases, base->nphrases,
	                                       sizeof(*list));
	struct phrase phrase = {.origin = scap__record_origin(record)};
	int concept = concept_of(record);
	struct name *name;

	if (!list || concept == NONE)
		return false;
	base->phrases = list;
	if (base->nphrases + base->ncues == LIMIT_PHRASES) {
		scap__record_error(record, ID, E_TOO_MANY, "over %d phrases", LIMIT_PHRASES);
		return true;
	}
	phrase.kind = (enum phrase_kind)read_word(record, KIND, kinds, 3);
	phrase.sure = read_word(record, STRENGTH, strengths, 2) != 0;
	phrase.pattern = read_pattern(record, PHRASE_PATTERN);
	phrase.example_yes = scap__record_text(record, PHRASE_YES);
	phrase.example_no = scap__record_text(record, PHRASE_NO);
	if (!phrase.pattern ||
	    !scap__record_define(record, ID, base->phrase_ids, NAME_PHRASE, base->nphrases,
	                         &name) ||
	    !scap__record_sources(record, PHRASE_SOURCE, &phrase.cited))
		return false;
	if (!name || concept == DOUBTFUL)
		return true;
	phrase.id = name->text;
	phrase.concept = (unsigned)concept;
	list[base->nphrases++] = phrase;
	return true;
}

static const char *const axes[AXES] = {
	[AXIS_NEGATED] = "negated",           [AXIS_POSSIBLE] = "possible",
	[AXIS_HYPOTHETICAL] = "hypothetical", [AXIS_HISTORICAL] = "historical",
	[AXIS_RESOLVED] = "resolved",         [AXIS_OTHER_PERSON] = "other_person",
	[AXIS_LIMITED] = "limited",           [AXIS_TERMINATION] = "termination",
	[AXIS_PSEUDO] = "pseudo",             [AXIS_IDIOM] = "idiom",
	[AXIS_SELF] = "self",                 [AXIS_JOINT] = "joint",
	[AXIS_EITHER] = "either",
};

const char *scap__axis_word(enum axis axis)
{
	return axes[axis];
}

/* Direction and reach go with the axes that act on phrases, and with no other. */
static void read_scope(const struct record *record, struct cue *cue)
{
	static const char *const directions[] = {"", "forward", "backward", "both"};
	static const char *const reaches[] = {"", "phrase", "list"};
	bool acts = cue->axis < AXIS_TERMINATION;
	bool has_direction = scap__record_cell(record, DIRECTION)->size;
	bool has_reach = scap__record_cell(record, REACH)->size;
	unsigned reach = read_word(record, REACH, reaches, 3);

	cue->direction = read_word(record, DIRECTION, directions, 4);
	cue->reach = (unsigned)scap__record_number(record, MAX_TOKENS, 1, 60, acts ? 60 : 0);
	cue->list = reach == 2;
	if (acts && !has_direction)
		scap__record_error(record, DIRECTION, E_BAD_SCOPE, "'%s' needs a direction: "
		                   "forward, backward or both", axes[cue->axis]);
	if (!acts && (has_direction || cue->reach))
		scap__record_error(record, has_direction ? DIRECTION : MAX_TOKENS, E_BAD_SCOPE,
		                   "'%s' acts on no phrase, so it has no direction and no "
		                   "max_tokens", axes[cue->axis]);
	if ((cue->axis == AXIS_NEGATED) != has_reach)
		scap__record_error(record, REACH, E_BAD_SCOPE, "%s",
		                   has_reach ? "only 'negated' has a reach"
		                         : "'negated' needs a reach: phrase or list");
}

static bool load_cue(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct cue *list = scap__arena_grow(base->arena, base->cues, base->ncues, sizeof(*list));
	struct cue cue = {.origin = scap__record_origin(record)};
	struct name *name;

	if (!list)
		return false;
	base->cues = list;
	if (base->nphrases + base->ncues == LIMIT_PHRASES) {
		scap__record_error(record, ID, E_TOO_MANY, "over %d phrases", LIMIT_PHRASES);
		return true;
	}
	cue.axis = (enum axis)read_word(record, AXIS, axes, AXES);
	read_scope(record, &cue);
	cue.pattern = read_pattern(record, CUE_PATTERN);
	cue.example_yes = scap__record_text(record, CUE_YES);
	cue.example_no = scap__record_text(record, CUE_NO);
	if (!cue.pattern ||
	    !scap__record_define(record, ID, base->phrase_ids, NAME_CUE, base->ncues, &name) ||
	    !scap__record_sources(record, CUE_SOURCE, &cue.cited))
		return false;
	if (name) {
		cue.id = name->text;
		list[base->ncues++] = cue;
	}
	return true;
}

/* ---- In an order of their own, so that the rows' does not matter ------------------- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool sort_concepts(struct rulebase *base)
{
	const char **before = scap__arena_array(base->arena, base->nconcepts + 1, sizeof(*before));

	if (!before)
		return false;
	for (size_t i = 0; i < base->nconcepts; i++)
		before[i] = base->concepts[i].name;
	if (base->nconcepts)
		qsort(base->concepts, base->nconcepts, sizeof(*base->concepts), by_name);
	for (size_t i = 0; i < base->nphrases; i++) {
		const char *name = before[base->phrases[i].concept];
		unsigned concept = 0;

		while (strcmp(base->concepts[concept].name, name) != 0)
			concept++;
		base->phrases[i].concept = concept;
	}
	return true;
}

bool scap__load_words(struct loader *loader)
{
	struct rulebase *base = loader->base;

	if (!scap__load_rows(loader, FILE_WORDLISTS, load_wordlist) ||
	    !scap__load_rows(loader, FILE_LEXICON, load_phrase) ||
	    !scap__load_rows(loader, FILE_CONTEXT, load_cue) || !sort_concepts(base))
		return false;
	scap__load_sort(base->phrase_ids, base->phrases, base->nphrases, sizeof(*base->phrases),
	                by_name);
	scap__load_sort(base->phrase_ids, base->cues, base->ncues, sizeof(*base->cues), by_name);
	return true;
}
