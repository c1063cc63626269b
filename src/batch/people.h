/* SPDX-License-Identifier: MIT
 *
 * Made-up people: somebody whom no rule concerns, and the same person with the answers
 * that something hangs on.
 */
#ifndef SCAP_BATCH_PEOPLE_H
#define SCAP_BATCH_PEOPLE_H

#include "batch/cases.h"
#include "batch/seek.h"

/* Fills the answers of somebody whom as few rules as possible concern: those of the case
 * of whom that is true most, and what else rules something out. */
void scap__people_usual(struct seeker *seeker, const struct cases *cases, struct value *usual);

/* Completes what the seeker has found: yes/no and checklists that it leaves open are as
 * usual, or no; so are the others, but may stay blank. */
void scap__people_complete(const struct seeker *seeker, struct value *person);

/* Writes a person as a case has it: the cell `answers` where all others are no, and a
 * story made of the questions. */
void scap__people_answers(scap_answers *answers, struct buffer *out);
void scap__people_story(scap_answers *answers, struct buffer *out);

#endif
