/* SPDX-License-Identifier: MIT
 *
 * The interview in the terminal, as far as its parts share it.
 */
#ifndef SCAP_CLI_TALK_H
#define SCAP_CLI_TALK_H

#include <stdbool.h>

#include "scapula.h"

enum { LINE_BYTES = 70000, VALUE_BYTES = 8192, WIDTH = 76, LIST_MAX = 64 };

enum reply { REPLY_TAKEN, REPLY_AGAIN, REPLY_BACK, REPLY_STOP };

struct talk {
	scap_answers *answers;
	struct scap_screen screen;
	const struct scap_question *list[LIST_MAX]; /* what is being asked */
	size_t count;
	const char *ticked; /* the screen whose checklist was answered last, or NULL */
	bool again;         /* what is asked is the rest of it */
	char line[LINE_BYTES];
};

/* Writes TEXT broken at spaces, each line after INDENT spaces. */
void talk_say(unsigned indent, const char *first, const char *text);

/* A numbered line, and a hint below it unless that is "". */
void talk_say_item(size_t number, const char *label, const char *hint);

/* Reads a line without its end. False at the end of input. */
bool talk_read_line(struct talk *talk);

/* Shows what was understood of a text, and takes corrections. */
enum reply talk_confirm(struct talk *talk, const struct scap_question *question);

/* The I-th choice of a question was heard in the person's own words. */
bool talk_heard(const scap_answers *answers, const struct scap_question *question, size_t i);
bool talk_heard_any(const scap_answers *answers, const struct scap_question *question);

#endif
