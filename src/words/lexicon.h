/* SPDX-License-Identifier: MIT
 *
 * The patterns of lexicon.csv and context.csv, compiled. A pattern is tried where a
 * word starts, on normal text, and has to end where one ends. Never changed after
 * loading, so threads may share it.
 */
#ifndef SCAP_WORDS_LEXICON_H
#define SCAP_WORDS_LEXICON_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/report.h"
#include "rulebase/rulebase.h"

/* What pcre2_compile says when memory is out; PCRE2 has no name for it. */
enum { COMPILE_NO_MEMORY = 121 };

struct pattern {
	pcre2_code *code; /* NULL: what is wrong with it was told */
};

struct machine;
struct vocabulary;

struct lexicon {
	const struct rulebase *base;
	size_t count; /* phrases, then cues */
	struct pattern *patterns;
	struct machine *machine; /* all of them (words/machine.h) */
	struct vocabulary *vocabulary; /* words that may be misspelt (words/typos.h) */
};

/* Compiles the patterns of a rule base, into its arena, and runs their examples.
 * NULL when memory is out; mistakes are in the report. */
struct lexicon *scap__lexicon_new(const struct rulebase *base, struct scap_report *report);
void scap__lexicon_free(struct lexicon *lexicon);

/* The limits that a match runs under. NULL when memory is out. */
pcre2_match_context *scap__lexicon_limits(void);

/* Compiles a pattern so that it ends where a word ends; NULL with PCRE2's error, which is
 * PCRE2_ERROR_NOMEMORY where memory is out, and where. */
pcre2_code *scap__pattern_compile(const char *pattern, int *error, size_t *at);

/* Why a pattern may not be used although PCRE2 would take it, and where; NULL if it may. */
const char *scap__pattern_refused(const char *pattern, size_t *at);

#endif
