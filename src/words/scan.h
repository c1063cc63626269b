/* SPDX-License-Identifier: MIT
 *
 * Reads a text: which concepts it says are there, which it denies, which it only gives
 * a reason to ask about. After NegEx (Chapman and others 2001) and ConText (Harkema
 * and others 2009), with doubt kept as doubt: whatever is not plainly said, or plainly
 * denied, is to be asked.
 *
 * Working memory of one thread, used for any number of texts.
 */
#ifndef SCAP_WORDS_SCAN_H
#define SCAP_WORDS_SCAN_H

#include "words/lexicon.h"

enum sense {
	SENSE_NONE, /* not mentioned */
	SENSE_PRESENT = SCAP_PRESENT,
	SENSE_DENIED = SCAP_DENIED,
	SENSE_ASK = SCAP_ASK,
};

/* A phrase or a cue where it stands in the normal text. */
struct span {
	uint32_t at, end;
	uint32_t word, last; /* its first and last word, counted from 0 */
	uint32_t sentence;
	uint32_t row;        /* of phrases or cues */
	bool gone;           /* another span took its place */
	bool typo;           /* rests on a word that was misspelt */
	bool queried;        /* like `?fracture`, or answered with no */
	int masked;          /* by this cue, an idiom; NONE */
	/* Of a phrase: */
	enum sense sense;
	int cue; /* that decided the sense, or NONE */
};

struct spans {
	struct span *list; /* by `at` */
	size_t count;
};

struct starts;
struct typos;
struct word;

struct scan {
	const struct lexicon *lexicon;
	struct starts *starts;
	struct typos *typos;
	char *normal;
	uint32_t *offsets; /* of each byte of it: its place in the text */
	size_t size, room;
	struct word *words;
	size_t nwords;
	struct spans phrases, cues;
	uint8_t *senses;   /* of each concept */
	uint32_t *spoken;  /* concepts that have a sense, ascending */
	size_t nspoken;
	bool odd;    /* bytes that are no UTF-8 were left out */
	bool unread; /* a limit was hit: what is not surely said must be asked */
};

/* NULL when memory is out. The lexicon must outlive it. */
struct scan *scap__scan_new(const struct lexicon *lexicon);
void scap__scan_free(struct scan *scan);

/* Reads a text; what it says is there until the next. False when memory is out: then
 * all counts as unread. */
bool scap__scan_text(struct scan *scan, const char *text, size_t size);

/* What the text says of a concept. */
enum sense scap__scan_sense(const struct scan *scan, size_t concept);

/* Some bytes of a text; no NUL ends them. */
struct quote {
	const char *words;
	size_t size;
};

/* The words of a span as they were written, with those of its cue: bytes of TEXT, which
 * was read last. */
struct quote scap__scan_quote(const struct scan *scan, const char *text, const struct span *span);

/* Why a phrase is not plainly said or denied: a word on it, "" for none. */
const char *scap__scan_why(const struct scan *scan, const struct span *span);

/* True where a question mark of the normal text stands before what it doubts, as in
 * `?fracture`, and ends no sentence. */
bool scap__scan_query(const struct scan *scan, size_t at);

/* From spans to senses (scope.c). */
void scap__scope(struct scan *scan);

#endif
