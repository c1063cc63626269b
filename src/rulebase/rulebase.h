/* SPDX-License-Identifier: MIT
 *
 * What a pack says, checked and tied together: vocabulary, rules, catalogue.
 * Nothing here knows a person. Everything lives in one arena and is never
 * changed after loading.
 */
#ifndef SCAP_RULEBASE_RULEBASE_H
#define SCAP_RULEBASE_RULEBASE_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/names.h"
#include "rulebase/condition.h"
#include "scapula.h"

enum { NONE = -1, DOUBTFUL = -2 };

struct loader;

/* What an entry of a name table stands for. */
enum name_kind {
	NAME_QUESTION,
	NAME_FINDING,
	NAME_LEVEL,
	NAME_EXERCISE,
	NAME_TAG,
	NAME_SOURCE,
	NAME_PART,
	NAME_LIST,
	NAME_RULE,
	NAME_REMARK,
	NAME_PHRASE,
	NAME_WORDLIST,
	NAME_CUE,
};

/* The cell that a condition or row comes from. */
struct origin {
	const char *file;
	unsigned line;
};

struct question {
	struct scap_question shown;
	struct origin origin;
	int64_t low, high;         /* of the constraint; the widest where there is none */
	void *pattern;             /* pcre2_code *, or NULL */
	struct cond *relevant;     /* NULL: always */
	const char *relevant_text;
	const char *typical;       /* what most people would answer, as an intake cell */
	bool doubtful;             /* its type can't be read, which was reported */
	bool gate;                 /* its screen holds a red flag */
	unsigned screen;           /* screens are numbered in the order they are asked */
};

struct list {
	const char *name;
	size_t count;
	struct scap_choice *choices;
};

struct level {
	struct scap_level shown;
	struct origin origin;
};

struct finding {
	const char *name;
	size_t nrules;
	unsigned *rules; /* that give it */
};

enum rule_kind {
	RULE_FINDING,
	RULE_ESCALATION,
	RULE_CONTRAINDICATION,
	RULE_ADJUSTMENT,
	RULE_PREFERENCE,
	RULE_WATCH,
};
enum { RULE_KINDS = RULE_WATCH + 1 };

/* Names of sources, and who has signed. */
struct citation {
	size_t nsources;
	unsigned *sources;
	const char *reviewed_by, *reviewed_on; /* blank: nobody yet */
};

/* Caps and scale of an adjustment; 0: no cap. */
enum { FULL_SCALE = 1000 };

struct caps {
	unsigned hold_max, reps_max, sets_max;
	unsigned scale; /* in thousandths; FULL_SCALE: as it is */
};

struct rule {
	enum rule_kind kind;
	const char *id;
	struct origin origin;
	struct cond *when;
	const char *when_text;
	const char *because; /* watch: what to watch for */
	const char *advice;  /* escalation: advice; adjustment: change; watch: then_do */
	struct citation cited;
	bool flagged;        /* escalation: rests on a red flag, be it through findings and relevance */

	unsigned finding;           /* finding */
	unsigned level, if_unknown; /* escalation: indexes */
	unsigned up_to;             /* watch: the most urgent level it is shown at */
	unsigned weight;            /* preference */
	struct caps caps;           /* adjustment */
	bool all;                   /* every exercise */
	const char *targets_text;   /* as written: tags, exercises or `all` */
	size_t ntargets;
	unsigned *targets;          /* exercises it bears on, tags resolved, ascending */
	size_t ninstead;
	unsigned *instead;          /* contraindication: exercises */
};

struct tag {
	const char *name, *label, *because;
	struct origin origin;
};

struct source_row {
	const char *name, *title, *year, *address, *kind;
	struct origin origin;
};

/* A part of a session. */
struct part {
	const char *name, *label;
	unsigned order;
	unsigned least, most; /* exercises of it; `most` 0: any number */
	unsigned share;       /* percent of the session for one exercise; 0: any */
	unsigned worth;       /* points that an exercise of it brings */
	unsigned rest_days;   /* between two days with this part */
};

/* A day of the week, 1 to 7. */
struct day {
	unsigned number, line;
	const char *label, *text;
	uint64_t parts; /* bits: what of the session is done; 0: rest */
	struct citation cited;
};

/* A week of the plan, and how far the dose has come from its low to its high end. */
struct week {
	unsigned number, share; /* percent */
	const char *label, *text, *check;
	struct citation cited;
};

/* What the hours after a session tell, and what to do then. */
struct signal {
	const char *name, *label, *sign, *action;
	unsigned order;
	struct citation cited;
};

/* What one source says of a dose; -1: it does not say. */
struct dose {
	unsigned source;
	int sets_min, sets_max, reps_min, reps_max, hold_min, hold_max;
	int sides, per_week, per_day;
};

/* One need of equipment: any of these choices (bits) will do. */
struct need {
	uint64_t any;
};

struct exercise {
	const char *name, *label, *position, *muscles, *eases, *benefit, *caution;
	struct origin origin;
	unsigned part;
	int variant_of;  /* exercise, or NONE */
	unsigned family; /* the exercise that it and its like are forms of */
	uint64_t groups; /* bits of rulebase.muscles */
	unsigned seconds;
	size_t ntags;
	unsigned *tags;
	bool tagless; /* and says so, with the word `none` */
	size_t nneeds;
	struct need *needs;
	const char *equipment_text;
	struct citation cited;
	size_t nsteps;
	const char **steps;
	size_t ndoses;
	struct dose *doses;
	struct dose merged; /* least to most over all sources, gaps filled */
};

/* A fact of the sources, or a contradiction between them and what was decided. */
struct remark {
	const char *name, *what, *text, *resolution, *note, *rows;
	bool conflict;
	struct origin origin;
	struct citation cited;
};

/* What a text can speak of: a yes/no question, a choice of a select_multiple, or a
 * finding, which a text can only be evidence of. */
struct concept {
	const char *name, *label;
	int question, choice; /* NONE */
	bool red_flag;
};

enum phrase_kind {
	PHRASE_SYMPTOM, /* counts if it is there now */
	PHRASE_CHRONIC, /* once there, it stays */
	PHRASE_EVENT,   /* counts if it is recent */
};

/* A way of saying something: a row of lexicon.csv. */
struct phrase {
	const char *id;
	struct origin origin;
	unsigned concept;
	enum phrase_kind kind;
	bool sure; /* else a reason to ask, no more */
	const char *pattern, *example_yes, *example_no;
	struct citation cited;
};

/* What words around a phrase do to it: a row of context.csv. */
enum axis {
	AXIS_NEGATED,
	AXIS_POSSIBLE,
	AXIS_HYPOTHETICAL,
	AXIS_HISTORICAL,
	AXIS_RESOLVED,
	AXIS_OTHER_PERSON,
	AXIS_LIMITED, /* denied only here, only now, only so far */
	AXIS_TERMINATION,
	AXIS_PSEUDO,
	AXIS_IDIOM,
	AXIS_SELF,
	AXIS_JOINT,
	AXIS_EITHER,
};
enum { AXES = AXIS_EITHER + 1 };

enum { CUE_FORWARD = 1, CUE_BACKWARD = 2 };

struct cue {
	const char *id;
	struct origin origin;
	enum axis axis;
	unsigned direction; /* bits; 0 where it has none */
	unsigned reach;     /* words; 0: none */
	bool list;          /* negated: goes on through a list */
	const char *pattern, *example_yes, *example_no;
	struct citation cited;
};

struct settings {
	const char *name, *version, *language, *title;
	const char *few_exercises_advice, *emergency, *disclaimer, *unreviewed;
	int minutes_question, equipment_question; /* indexes, or NONE; DOUBTFUL after a mistake */
	unsigned default_minutes, fewest_exercises, review_months;
	unsigned changeover_seconds;              /* from one exercise to the next */
	unsigned instead_weight, balance_weight;  /* points: see doc/engine.md */
	int bands_question;                       /* as the others above */
	size_t nbands;
	int64_t bands[LIMIT_BANDS];               /* where each band but the lowest begins */
};

/* A file of the pack and what it held. */
struct digest {
	const char *file; /* like rules/levels.csv */
	const char *path; /* as it was opened */
	char sha256[65];
};

struct rulebase {
	struct arena *arena;
	struct settings settings;
	struct names *names;     /* questions, findings, levels: one name space */
	struct names *rule_ids;
	struct names *targets;   /* exercises and tags: one name space */
	struct names *sources_by_name, *parts_by_name, *lists_by_name, *remarks_by_name;

	size_t nquestions;
	struct question *questions; /* as shown */
	size_t nscreens;
	size_t nlists;
	struct list *lists;
	size_t nlevels;
	struct level *levels; /* least urgent first */
	size_t nfindings;
	struct finding *findings; /* by name */
	size_t nrules;
	struct rule *rules;               /* by kind, then id */
	size_t first_rule[RULE_KINDS + 1]; /* where each kind begins */
	unsigned *finding_order;          /* each after those it rests on */
	size_t ntags;
	struct tag *tags; /* by name */
	size_t nsources;
	struct source_row *sources; /* by name */
	size_t nparts;
	struct part *parts; /* by order */
	size_t ndays;
	struct day *days; /* by number */
	size_t nweeks;
	struct week *weeks; /* by number */
	size_t nsignals;
	struct signal *signals; /* by order */
	size_t nremarks;
	struct remark *remarks; /* by name */
	size_t nmuscles;
	const char **muscles; /* in no order that counts */
	size_t nexercises;
	struct exercise *exercises; /* by name */
	struct names *phrase_ids; /* of phrases and cues */
	struct names *wordlists;  /* patterns that others hold by name */
	size_t nwordlists;
	const char **wordlist_patterns;
	unsigned *wordlist_lines;
	size_t nconcepts;
	struct concept *concepts; /* by name */
	size_t nphrases;
	struct phrase *phrases; /* by id */
	size_t ncues;
	struct cue *cues; /* by id */
	size_t nconds;              /* condition nodes */
	const struct loader *loader; /* the tables as they were read: where each row stands */
	size_t nfiles;
	struct digest *files;
	char sha256[65];
};

/* Loads a pack's files. NULL when memory is out. With a mistake reported it can only be
 * looked through for more of them, and be freed. */
struct rulebase *scap__rulebase_load(const char *rules, const char *data,
                                     struct scap_report *report);
void scap__rulebase_free(struct rulebase *base);

/* The word for an axis: negated, possible ... */
const char *scap__axis_word(enum axis axis);

/* The word for a rule's kind: finding, escalation ... */
const char *scap__rule_kind_word(enum rule_kind kind);

/* The word for a question's type: yes_no ... */
const char *scap__type_word(enum scap_type type);

#endif
