/* SPDX-License-Identifier: MIT
 *
 * What a run of a clinician's cases came to: each case, what the cases try of the
 * pack, and new cases for the rest. doc/pack.md says what counts as tried.
 */
#ifndef SCAP_REPORT_TESTED_H
#define SCAP_REPORT_TESTED_H

#include "report/data.h"
#include "report/text.h"

enum aim_kind {
	AIM_RULE,     /* a rule is certain */
	AIM_PART,     /* a part of a rule's condition decides */
	AIM_SIDE,     /* a number lies on one side of a threshold */
	AIM_BORDER,   /* and next to it */
	AIM_OFFERED,  /* an exercise is in a session */
	AIM_LEFT_OUT, /* an exercise is left out */
};
enum { AIM_KINDS = AIM_LEFT_OUT + 1, AIM_CASES = 6 };

enum reach {
	REACH_OPEN,  /* no answers were found that meet it */
	REACH_NEVER, /* no answers can: all were tried */
	REACH_FOUND,
};

/* One thing that a case should try. */
struct aim {
	enum aim_kind kind;
	bool upper;     /* of a part: it is yes; of a threshold: from it on */
	unsigned index; /* of the rule, the part, the threshold, the exercise */
	size_t count;   /* cases that meet it */
	unsigned first[AIM_CASES]; /* the first of them */
	enum reach reach; /* where no case meets it */
};

/* How many of some conditions must hold, and all of them be known, so that what stands
 * beside them decides: the items of WHOLE but one, or (no WHOLE) one node. */
struct goal {
	const struct goal *above;
	const struct cond *whole;
	size_t but;
	unsigned node;
	unsigned exactly;
};

/* A test, a finding, or a bracket with items, in a rule's condition. */
struct rule_part {
	unsigned rule;
	const struct cond *cond;
	const struct goal *goal; /* what makes it the one that decides; NULL: it always does */
};

/* Where the answer to a test changes: numbers below FIRST, and from it on. */
struct border {
	unsigned question;
	int64_t first;
	int64_t at[2]; /* the numbers next to it, below and above */
};

struct aims {
	size_t count;
	struct aim *list; /* by kind; of parts and thresholds two each, the lower first */
	size_t first[AIM_KINDS + 1];
	size_t nparts;
	struct rule_part *parts; /* by rule */
	size_t nborders;
	struct border *borders; /* by question and number */
};

struct told_case {
	const char *id, *story;
	unsigned line;
	const char *answers, *others;
	const char *rules, *not_rules, *excluded, *allowed; /* as the row has them */
	int expected;      /* level; NONE: any */
	int routine;       /* 1: yes, 0: no, NONE: either */
	unsigned level;    /* that it came to */
	size_t nexercises; /* of its session */
	const char *reasons;
	size_t nfaults;
	const char **faults;
};

/* A new case; what it expects is what came of it now. */
struct suggestion {
	const char *id, *story, *answers;
	unsigned level;
	size_t naims;
	unsigned *aims; /* that it meets and no case does */
};

struct tested {
	const scap_pack *pack;
	const char *file;
	bool all; /* tell all that is left, not the first of it */
	size_t nmistakes; /* of the file; what has one was not run */
	size_t ncases, nfailed;
	struct told_case *cases;
	struct aims aims;
	size_t nsuggestions;
	struct suggestion *suggestions;
	char separator;       /* of the cells of the file */
	size_t ncolumns;
	const char **columns; /* of the file, in its order */
};

/* The I-th aim of a kind. */
static inline struct aim *tested_aim(const struct aims *aims, enum aim_kind kind, size_t i)
{
	return &aims->list[aims->first[kind] + i];
}

/* A part as its condition has it. */
void scap__part_text(const struct aims *aims, const struct rulebase *base, size_t part,
                     struct buffer *out);

/* Aims of a kind, and those of them that no case meets. */
size_t scap__aims_count(const struct aims *aims, enum aim_kind kind);
size_t scap__aims_unmet(const struct aims *aims, enum aim_kind kind);

/* Those that no case meets, without those that no answers can. */
size_t scap__aims_left(const struct aims *aims, enum aim_kind kind);

/* Parts or thresholds of which both halves are met by some case. */
size_t scap__aims_pairs(const struct aims *aims, enum aim_kind kind);

/* What an aim asks for, in words. */
void scap__aim_text(const struct aims *aims, const struct rulebase *base, const struct aim *aim,
                    struct buffer *out);

/* For a terminal. */
void scap__tested_text(const struct tested *tested, struct buffer *out);

/* scapula.test/1; NULL when memory is out. */
json_t *scap__tested_data(const struct tested *tested);

/* A page for a meeting. */
void scap__tested_page(const struct tested *tested, struct buffer *out);

/* The new cases as a file of cases. */
void scap__tested_rows(const struct tested *tested, struct buffer *out);

#endif
