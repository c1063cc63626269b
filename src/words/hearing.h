/* SPDX-License-Identifier: MIT
 *
 * What several texts of one person say together: the cells of a row, the answers of an
 * interview.
 */
#ifndef SCAP_WORDS_HEARING_H
#define SCAP_WORDS_HEARING_H

#include <stdbool.h>

#include "base/buffer.h"
#include "words/scan.h"

struct said_of {
	enum sense sense;
	uint32_t phrase; /* the row of the words */
	const char *why; /* a word on why it is not plain, or "" */
	size_t at, size; /* the words, in `words` */
	bool conflict;   /* an answer says otherwise; for who knows the answers */
};

struct hearing {
	struct scan *scan;
	struct said_of *said; /* of each concept */
	uint32_t *spoken;     /* concepts of which the texts speak, each once */
	size_t nspoken;
	struct buffer words; /* as written, one behind the other, each with a NUL */
	bool unread; /* a text was not read to its end */
	bool failed; /* memory was out: what is here is not all */
};

/* NULL when memory is out. */
struct hearing *scap__hearing_new(const struct lexicon *lexicon);
void scap__hearing_free(struct hearing *hearing);

/* Takes a text. */
void scap__listen(struct hearing *hearing, const char *text, size_t size);

/* What the texts come to. */
enum sense scap__hearing_sense(const struct hearing *hearing, uint32_t concept);

/* The words that were heard of a concept, "" for none; until the next text. */
const char *scap__hearing_words(const struct hearing *hearing, uint32_t concept);

/* Forgets the texts. */
void scap__hearing_next(struct hearing *hearing);

#endif
