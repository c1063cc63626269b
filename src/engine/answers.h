/* SPDX-License-Identifier: MIT
 *
 * One person's answers. The judge beside them is kept so that each question of
 * the interview costs no memory.
 */
#ifndef SCAP_ENGINE_ANSWERS_H
#define SCAP_ENGINE_ANSWERS_H

#include "engine/pack.h"

struct answer {
	struct value value;
	char *text; /* of a text question; owned */
};

/* What the person's own words say of a concept. */
struct heard {
	unsigned concept;
	struct scap_heard shown;
	char *words; /* owned; what `shown` points to */
};

struct scap_answers {
	const scap_pack *pack;
	struct judge *judge;
	struct answer *list; /* of each question */
	unsigned *cleared;   /* questions that the last change made irrelevant */
	size_t ncleared;
	bool *odd;           /* answered although irrelevant when the last change came */
	char *shown;         /* what scap_answers_get hands out */
	struct value *history; /* answers when each screen so far was shown */
	size_t nhistory, history_room;
	bool *open; /* of each question: it is to be put */
	struct heard *heard; /* by concept; owned */
	size_t nheard;
	const struct scap_question **screen; /* the last scap_interview_next */
};

/* Runs the network for the answers as they stand, and judges them. */
void scap__answers_judge(scap_answers *answers);

/* Reads the texts among the answers anew. False, with all as it was, when memory is
 * out. */
bool scap__answers_hear(scap_answers *answers);

/* What was heard goes into the block, beside the answers that are there. */
void scap__answers_put_heard(scap_answers *answers);

void scap__answers_forget_heard(scap_answers *answers);

/* Gives COPY what was heard in the same texts. False when memory is out. */
bool scap__answers_copy_heard(scap_answers *copy, const scap_answers *answers);

/* The same answers for themselves; NULL when memory is out. */
scap_answers *scap__answers_copy(const scap_answers *answers);

/* Takes a value as read from elsewhere. */
void scap__answers_put(scap_answers *answers, unsigned question, const struct value *value);

/* True where nothing is known of a question: not answered, or not sure. */
bool scap__answers_unknown(const scap_answers *answers, unsigned question);

/* The rules on which a question still bears, as numbers of rules: at most ROOM
 * of them. Returns how many. */
size_t scap__interview_rules(scap_answers *answers, unsigned question, unsigned *rules,
                             size_t room);

/* Writes an answer as an intake cell would have it. */
struct buffer;
void scap__answer_write(const struct question *question, const struct answer *answer,
                        struct buffer *out);

#endif
