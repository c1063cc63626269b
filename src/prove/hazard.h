/* SPDX-License-Identifier: MIT
 *
 * rules/hazards.csv: what must hold for whom, in both directions. It is read by
 * itself, so that no rule finds its way into it.
 */
#ifndef SCAP_PROVE_HAZARD_H
#define SCAP_PROVE_HAZARD_H

#include "engine/pack.h"
#include "table/table.h"

enum demand_kind {
	DEMAND_NOTHING,
	DEMAND_LEAST,      /* level >= X */
	DEMAND_MOST,       /* level <= X */
	DEMAND_NO_ROUTINE,
	DEMAND_ROUTINE,
	DEMAND_NEVER,      /* none of the exercises is allowed */
	DEMAND_ALLOWS,     /* all of them are */
	DEMAND_ASKS,       /* the questions surely apply */
};

struct demand {
	enum demand_kind kind;
	const char *text;
	unsigned level;
	bool *exercises; /* of each exercise of the pack */
	bool *questions; /* of each question */
};

struct hazard {
	const char *id, *when_text, *because, *source;
	unsigned line;
	struct cond *when;
	struct demand must;       /* wherever `when` is certain */
	struct demand if_unknown; /* wherever it is not, but not ruled out */
};

struct hazards {
	scap_pack *pack;
	struct arena *arena;
	struct scap_report *report;
	struct table table;
	size_t count;
	struct hazard *list; /* those that can be read */
	char sha256[65];
};

/* Reads BYTES that FILE names; mistakes go to REPORT with their cells. The pack keeps the
 * conditions. NULL when memory is out. */
struct hazards *prove_hazards_read(scap_pack *pack, const char *file, const char *bytes,
                                   size_t size, struct scap_report *report);
void prove_hazards_free(struct hazards *hazards);

#endif
