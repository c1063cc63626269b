/* SPDX-License-Identifier: MIT */
#include "words/lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "rulebase/loader.h"
#include "words/machine.h"
#include "words/normal.h"
#include "words/typos.h"

/* A pattern ends where a word ends; "do" is no part of "don't". */
#define BEFORE "(?:"
#define AFTER ")(?![\\w\\x80-\\xff]|'t(?!\\w))"

struct check {
	const struct rulebase *base;
	struct scap_report *report;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	struct vocabulary *vocabulary;
	char *normal; /* room for a cell */
	bool memory_out;
};

/* A row of either table, as far as its pattern goes. */
struct entry {
	const char *pattern, *yes, *no;
	enum pack_file file;
	unsigned line;
	unsigned pattern_column, yes_column, no_column;
};

static struct entry entry_of(const struct rulebase *base, size_t i)
{
	const struct cue *cue;

	if (i < base->nphrases) {
		const struct phrase *phrase = &base->phrases[i];

		return (struct entry){phrase->pattern, phrase->example_yes, phrase->example_no,
		                      FILE_LEXICON, phrase->origin.line, 4, 5, 6};
	}
	cue = &base->cues[i - base->nphrases];
	return (struct entry){cue->pattern, cue->example_yes, cue->example_no, FILE_CONTEXT,
	                      cue->origin.line, 5, 6, 7};
}

static void complain(struct check *check, const struct entry *entry, unsigned column, size_t at,
                     enum code code, const char *message)
{
	struct place place = scap__load_place(check->base->loader, entry->file, entry->line, column);

	if (at < place.size && place.size > 1) {
		place.at += at;
		place.size = 1;
	}
	scap__report_add(check->report, code, place, "%s", message);
}
pcre2_match_context *scap__lexicon_limits(void)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);

	if (limits) {
		pcre2_set_match_limit(limits, LIMIT_PHRASE_MATCH);
		pcre2_set_depth_limit(limits, LIMIT_PATTERN_DEPTH);
	}
	return limits;
}

pcre2_code *scap__pattern_compile(const char *pattern, int *error, size_t *at)
{
	struct buffer whole;
	pcre2_code *code = NULL;

	*error = PCRE2_ERROR_NOMEMORY;
	scap__buffer_init(&whole, 2 * LIMIT_CELL_BYTES);
	scap__buffer_printf(&whole, BEFORE "%s" AFTER, pattern);
	if (!whole.failed)
		code = pcre2_compile((PCRE2_SPTR)whole.data, whole.size,
		                     PCRE2_ANCHORED | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP |
		                             PCRE2_NO_AUTO_POSSESS, error, at, NULL);
	scap__buffer_free(&whole);
	*at -= *at > sizeof(BEFORE) - 1 ? sizeof(BEFORE) - 1 : *at;
	if (*error == COMPILE_NO_MEMORY)
		*error = PCRE2_ERROR_NOMEMORY;
	return code;
}

static bool compile(struct check *check, const struct entry *entry, struct pattern *pattern)
{
	PCRE2_UCHAR message[128];
	size_t at = 0;
	const char *why = scap__pattern_refused(entry->pattern, &at);
	int error = 0;

	if (!entry->pattern[0])
		return true; /* what is wrong was told */
	if (why) {
		complain(check, entry, entry->pattern_column, at, E_PATTERN_REFUSED, why);
		return true;
	}
	pattern->code = scap__pattern_compile(entry->pattern, &error, &at);
	if (pattern->code)
		return true;
	if (error == PCRE2_ERROR_NOMEMORY)
		return false;
	pcre2_get_error_message(error, message, sizeof(message));
	complain(check, entry, entry->pattern_column, at, E_BAD_PATTERN, (const char *)message);
	return true;
}

/* Looks for a pattern in an example: 1 where it matches, with where in the normal
 * text; 0 where it does not; below 0: PCRE2's error. */
static int find(struct check *check, const struct pattern *pattern, const char *text, size_t *from,
                size_t *to)
{
	struct normal normal = scap__normal_write(text, strlen(text), check->normal, NULL);
	bool in_word = false;

	for (size_t i = 0; i < normal.size; i++) {
		bool starts = !in_word && scap__in_word[(unsigned char)check->normal[i]];
		int result;

		in_word = scap__in_word[(unsigned char)check->normal[i]];
		if (!starts)
			continue;
		result = pcre2_match(pattern->code, (PCRE2_SPTR)check->normal, normal.size + 1, i,
		                     0, check->data, check->limits);
		if (result == PCRE2_ERROR_NOMATCH)
			continue;
		if (result < 0)
			return result;
		*from = i;
		*to = pcre2_get_ovector_pointer(check->data)[1];
		return 1;
	}
	return 0;
}

static void run_examples(struct check *check, const struct entry *entry,
                         const struct pattern *pattern)
{
	char message[200];
	size_t from, to;
	int yes = find(check, pattern, entry->yes, &from, &to), no;

	if (yes > 0 && entry->file == FILE_LEXICON)
		check->memory_out |= !scap__vocabulary_add(check->vocabulary,
		                                           check->normal + from, to - from);
	if (!yes)
		complain(check, entry, entry->yes_column, SIZE_MAX, E_EXAMPLE_FAILS,
		         "the pattern does not match its example_yes");
	no = find(check, pattern, entry->no, &from, &to);
	if (no > 0) {
		snprintf(message, sizeof(message), "the pattern matches '%.*s' of its example_no",
		         (int)(to - from < 100 ? to - from : 100), check->normal + from);
		complain(check, entry, entry->no_column, SIZE_MAX, E_EXAMPLE_FAILS, message);
	}
	if (yes < 0 || no < 0) {
		check->memory_out |= yes == PCRE2_ERROR_NOMEMORY || no == PCRE2_ERROR_NOMEMORY;
		complain(check, entry, yes < 0 ? entry->yes_column : entry->no_column, SIZE_MAX,
		         E_PATTERN_REFUSED, "the pattern takes too long on this example");
	}
}

static bool begin(struct check *check)
{
	check->limits = scap__lexicon_limits();
	check->data = pcre2_match_data_create(2, NULL);
	check->normal = malloc(LIMIT_CELL_BYTES + NORMAL_SPARE);
	return check->limits && check->data && check->normal;
}

static void end(struct check *check)
{
	pcre2_match_data_free(check->data);
	pcre2_match_context_free(check->limits);
	free(check->normal);
}

/* Words that patterns share have to be whole by themselves. */
static void check_wordlists(struct check *check)
{
	const struct rulebase *base = check->base;

	for (size_t i = 0; i < base->nwordlists; i++) {
		struct entry entry = {.pattern = base->wordlist_patterns[i],
		                      .file = FILE_WORDLISTS, .line = base->wordlist_lines[i]};
		size_t at;
		const char *why = scap__pattern_refused(entry.pattern, &at);

		if (why)
			complain(check, &entry, 1, at, E_PATTERN_REFUSED, why);
	}
}

static bool fill(struct lexicon *lexicon, struct check *check)
{
	check_wordlists(check);
	lexicon->vocabulary = check->vocabulary = scap__vocabulary_new();
	if (!lexicon->vocabulary)
		return false;
	for (size_t i = 0; i < lexicon->count; i++) {
		struct entry entry = entry_of(lexicon->base, i);

		if (!compile(check, &entry, &lexicon->patterns[i]))
			return false;
		if (lexicon->patterns[i].code)
			run_examples(check, &entry, &lexicon->patterns[i]);
	}
	return !check->memory_out && scap__vocabulary_index(lexicon->vocabulary) &&
	       (lexicon->machine = scap__machine_new(lexicon));
}

struct lexicon *scap__lexicon_new(const struct rulebase *base, struct scap_report *report)
{
	struct lexicon *lexicon = scap__arena_alloc(base->arena, sizeof(*lexicon));
	struct check check = {.base = base, .report = report};
	bool ok = lexicon != NULL;

	if (ok) {
		lexicon->base = base;
		lexicon->count = base->nphrases + base->ncues;
		lexicon->patterns = scap__arena_array(base->arena, lexicon->count + 1,
		                                      sizeof(*lexicon->patterns));
		ok = lexicon->patterns && begin(&check) && fill(lexicon, &check);
		end(&check);
	}
	if (ok)
		return lexicon;
	scap__lexicon_free(lexicon);
	return NULL;
}

void scap__lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	for (size_t i = 0; lexicon->patterns && i < lexicon->count; i++)
		pcre2_code_free(lexicon->patterns[i].code);
	scap__machine_free(lexicon->machine);
	scap__vocabulary_free(lexicon->vocabulary);
}
