/* SPDX-License-Identifier: MIT
 *
 * Searches for answers with which conditions come out as wanted. All answers are tried
 * where it takes few steps, so that "there are none" is known, and not only guessed.
 */
#ifndef SCAP_BATCH_SEEK_H
#define SCAP_BATCH_SEEK_H

#include "batch/aims.h"

struct seeker {
	const scap_pack *pack;
	struct block *block;
	struct value *values;       /* of each question: what was found; what is there before
	                             * the search is kept */
	const struct value *usual;  /* of each question: tried first */
	size_t steps;               /* left for this search */
	unsigned long long work;    /* left for all searches: nodes that may be run */
};

/* False when memory is out. Free it in any case. */
bool scap__seeker_init(struct seeker *seeker, const scap_pack *pack);
void scap__seeker_free(struct seeker *seeker);

/* Makes all answers unknown again. */
void scap__seeker_clear(struct seeker *seeker);

/* Fills `values` so that all goals are met, and no answer is in conflict with others. */
enum reach scap__seek(struct seeker *seeker, const struct goal *goals);

/* True if a person with these answers meets all goals, and none is in conflict. */
bool scap__seek_met(struct seeker *seeker, const struct value *values, const struct goal *goals);

/* Turns a usual yes into a no where it can't apply beside what was found. */
void scap__seek_settle(struct seeker *seeker, struct value *values);

/* Answers a select_multiple with one choice known, or changes what is known of one. */
void scap__seek_choose(struct value *value, size_t nchoices, size_t choice, bool taken);

#endif
