/* SPDX-License-Identifier: MIT
 *
 * A clinician's cases: short stories, each with its answers and what must come of
 * them (rules/cases.csv).
 */
#ifndef SCAP_BATCH_CASES_H
#define SCAP_BATCH_CASES_H

#include "routine/decision.h"
#include "table/table.h"

/* A rule that is to hold, or (possible) not to be ruled out while not certain. */
struct wanted_rule {
	unsigned rule;
	bool possible;
};

struct scenario {
	const char *id, *story;
	unsigned line;
	const char *answers_text, *others, *rules_text, *not_text, *excluded_text, *allowed_text;
	scap_answers *answers;
	int level;   /* NONE: any */
	int routine; /* 1: yes, 0: no, NONE: either */
	size_t nrules;
	struct wanted_rule *rules;
	size_t nnot;
	unsigned *not_rules; /* that must be ruled out */
	bool *excluded;      /* of each exercise: must be left out */
	bool *allowed;       /* of each exercise: must not be */
	bool nothing_excluded;
};

struct cases {
	const scap_pack *pack;
	struct arena *arena;
	struct scap_report *report;
	struct table table;
	size_t count;
	struct scenario *list; /* those that can be read, as they stand */
};

/* Reads BYTES that FILE names; mistakes go to the report, with their cells. False
 * when memory is out. Free it in any case. */
bool scap__cases_read(struct cases *cases, const scap_pack *pack, const char *file,
                      const char *bytes, size_t size, struct scap_report *report);
void scap__cases_free(struct cases *cases);

#endif
