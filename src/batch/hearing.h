/* SPDX-License-Identifier: MIT
 *
 * What the texts of one row say.
 */
#ifndef SCAP_BATCH_HEARING_H
#define SCAP_BATCH_HEARING_H

#include <stdbool.h>

#include "base/buffer.h"
#include "words/scan.h"

struct said_of {
	enum sense sense;
	bool conflict;   /* an answer says otherwise */
	size_t at, size; /* the words, in `words` */
};

struct hearing {
	struct scan *scan;
	struct said_of *said; /* of each concept */
	uint32_t *spoken;     /* concepts of which the row's texts speak */
	size_t nspoken;
	struct buffer words; /* as written, one behind the other, each with a NUL */
	bool unread, failed;
};

/* NULL when memory is out. */
struct hearing *scap__hearing_new(const struct lexicon *lexicon);
void scap__hearing_free(struct hearing *hearing);

/* Takes a text of the row. */
void scap__listen(struct hearing *hearing, const char *text, size_t size);

/* The words that were heard of a concept. */
const char *scap__hearing_words(const struct hearing *hearing, uint32_t concept);

/* Writes `concept: "words"` for each; a `?` behind the name where it is to be asked, a `!`
 * where an answer says otherwise, `not` before it where it is denied. */
void scap__hearing_write(struct hearing *hearing, struct buffer *out);

/* Forgets the row. */
void scap__hearing_next(struct hearing *hearing);

#endif
