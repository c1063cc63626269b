/* SPDX-License-Identifier: MIT
 *
 * A decision: what scapula.h calls scap_decision. Everything that is shown of
 * it is worked out here; the report room only puts it into words.
 */
#ifndef SCAP_ROUTINE_DECISION_H
#define SCAP_ROUTINE_DECISION_H

#include "engine/answers.h"
#include "routine/session.h"

/* The questions that leave a rule undecided, as `missing` orders them. */
struct unknowns {
	size_t count;
	unsigned *questions;
};

struct scap_decision {
	const scap_pack *pack;
	struct arena *arena;
	scap_answers *answers; /* a copy, judged */
	struct verdict verdict;
	struct selection *selection;
	struct session *session;
	struct unknowns *unknowns; /* of each contraindication that is not certain */
	struct portion **weeks; /* of each week of the pack: session->count of them */
	unsigned undecided;     /* escalations that can't move the level any more */
};

/* Truth of a node for this person. */
enum truth_word { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };
enum truth_word scap__decision_truth(const scap_decision *decision, unsigned node);

/* True where a rule's condition is not ruled out; of a watch row, only up to its
 * level. */
bool scap__decision_applies(const scap_decision *decision, size_t rule);

/* True where a rule names an exercise, a tag of it, or `all`. */
bool scap__rule_targets(const struct rule *rule, unsigned exercise);

/* The question of a conflict, the I-th; NONE past the last. */
int scap__decision_conflict(const scap_decision *decision, size_t i);

#endif
