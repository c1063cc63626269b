/* SPDX-License-Identifier: MIT
 *
 * Scapula: rules and answers go in, a decision with its reasons comes out;
 * nothing else happens.
 *
 *	scap_report *report = scap_report_new();
 *	scap_pack *pack = scap_pack_load("rules", "data", report);
 *	scap_answers *answers = scap_answers_new(pack);
 *	scap_answers_set(answers, "chest_pain", "yes", NULL);
 *	scap_decision *decision = scap_decide(answers);
 *	puts(scap_decision_level(decision)->action);
 *
 * Three nouns, all opaque. The *pack* is rules and content, compiled; it never
 * changes after loading and any number of threads may share it. *Answers* are
 * one person's, with the interview over them; one thread at a time. A
 * *decision* never changes and stands on its own as long as its pack lives.
 *
 * Ownership: what you create with a _new, a _load or scap_decide you free with
 * the matching _free (NULL is fine). What you are handed as `const` lives as
 * long as the object you asked.
 *
 * The library reads the pack's files and does no other input or output. It
 * keeps no global state, never exits and never prints.
 *
 * This is education and software, not a diagnosis and not a medical device.
 */
#ifndef SCAPULA_H
#define SCAPULA_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct scap_pack scap_pack;
typedef struct scap_answers scap_answers;
typedef struct scap_decision scap_decision;
typedef struct scap_report scap_report;
typedef struct scap_map scap_map;
typedef struct scap_summary scap_summary;

/* Takes SIZE bytes; returns 0, or anything else to stop (the call that was
 * writing then fails with SCAP903). */
typedef int scap_write_fn(void *ctx, const char *bytes, size_t size);

/* Fills at most SIZE bytes; returns how many, 0 at the end, below 0 on error. */
typedef long scap_read_fn(void *ctx, char *bytes, size_t size);

enum scap_format { SCAP_TEXT, SCAP_JSON };

/* ---- Mistakes ------------------------------------------------------------ */

enum scap_severity { SCAP_ERROR, SCAP_WARNING };

/* One mistake; plain data, owns nothing. */
struct scap_error {
	unsigned code; /* SCAPnnn, never renumbered; see scap_code_info */
	enum scap_severity severity;
	unsigned line, column; /* from 1, in characters; 0: about no line, or a whole one */
	unsigned caret, width; /* where `text` is wrong, from 1 */
	char file[256];        /* as the caller named it; "" if none */
	char message[320];     /* lower case, no full stop, quotes the culprit */
	char text[160];        /* the line, or the part around the place; "" if none */
	char example[320];     /* answers that show it, like `age=44; numbness=yes`; "" if none */
};

struct scap_code_info {
	unsigned code;
	enum scap_severity severity;
	const char *name, *meaning, *remedy;
};

/* The I-th mistake that can happen; 0 past the last. */
int scap_code_info(size_t i, struct scap_code_info *info);

/* `file:line:column: error: message [SCAPnnn]`, the line, and a caret. */
void scap_error_print(const struct scap_error *error, scap_write_fn *write, void *ctx);

/* Copies TEXT into OUT, as much as fits in ROOM bytes, with a `?` for what a
 * terminal must not see: controls, bad bytes, signs that turn the writing. */
void scap_printable(const char *text, char *out, size_t room);

/* A list of mistakes; NULL when memory is out. The first 200 are told, all are
 * counted. */
scap_report *scap_report_new(void);
void scap_report_free(scap_report *report);
size_t scap_report_count(const scap_report *report);    /* that are told */
size_t scap_report_errors(const scap_report *report);   /* told or not */
size_t scap_report_warnings(const scap_report *report); /* told or not */
const struct scap_error *scap_report_at(const scap_report *report, size_t i);

/* ---- The pack ------------------------------------------------------------ */

/* Loads and compiles the two folders of a pack. All mistakes go to REPORT, in
 * one go; with an error among them the result is NULL, with warnings it is not. */
scap_pack *scap_pack_load(const char *rules, const char *data, scap_report *report);
void scap_pack_free(scap_pack *pack);

struct scap_pack_info {
	const char *name, *version, *language, *title;
	const char *emergency, *disclaimer; /* to be shown with every outcome */
	const char *sha256;                 /* of the pack: see doc/json.md */
	size_t questions, rules, exercises;
	size_t unreviewed; /* rules that no clinician has signed */
};

const struct scap_pack_info *scap_pack_info(const scap_pack *pack);

struct scap_lint_options {
	const char *today; /* like 2026-01-31; NULL: nobody looks at who has signed when */
	const char *file;  /* what errors call the table of what is set aside */
	const char *bytes; /* rules/lint.csv (doc/pack.md); NULL: there is none */
	size_t size;
};

/* Looks for weaknesses of a pack; all but few are warnings. A review on a day after
 * today is an error, one older than the pack's review_months a warning. Returns how many
 * are set aside: they are not told. */
size_t scap_pack_lint(const scap_pack *pack, const struct scap_lint_options *options,
                      scap_report *report);

/* Writes what a report tells as JSON (doc/json.md). PACK is NULL where it is broken;
 * SET_ASIDE is what scap_pack_lint returned. 0, or a SCAP code. */
unsigned scap_report_json(const scap_report *report, const scap_pack *pack, size_t set_aside,
                          scap_write_fn *write, void *ctx);

enum scap_type {
	SCAP_YES_NO,
	SCAP_INTEGER,
	SCAP_DECIMAL,
	SCAP_SELECT_ONE,
	SCAP_SELECT_MULTIPLE,
	SCAP_FREE_TEXT
};

struct scap_choice {
	const char *name, *label;
};

struct scap_question {
	enum scap_type type;
	const char *name, *label, *hint; /* blank texts are "" */
	const char *section, *screen;
	const char *constraint, *constraint_message;
	int red_flag; /* a yes is a warning sign */
	size_t nchoices;
	const struct scap_choice *choices;
};

/* The I-th question, as the pack orders them; NULL past the last. */
const struct scap_question *scap_pack_question(const scap_pack *pack, size_t i);

/* Writes a list: KIND is questions, levels, findings, rules, exercises, tags,
 * sources, remarks, phrases, cues, files or codes. 0, or a SCAP code. */
unsigned scap_list(const scap_pack *pack, const char *kind, enum scap_format format,
                   scap_write_fn *write, void *ctx);

/* Writes all there is to say of one name: a question, level, finding, rule,
 * exercise, tag or source. 0, or a SCAP code with ERROR filled (may be NULL). */
unsigned scap_show(const scap_pack *pack, const char *name, enum scap_format format,
                   scap_write_fn *write, void *ctx, struct scap_error *error);

/* Writes an empty intake file: its header line, which names all questions; or, as LEGEND,
 * what each column takes. 0, or a SCAP code. */
unsigned scap_template(const scap_pack *pack, int legend, scap_write_fn *write, void *ctx);

/* The sheets of an XLSForm. */
enum scap_sheet { SCAP_SURVEY, SCAP_CHOICES, SCAP_SETTINGS };

/* Writes a sheet of the questions as an XLSForm, as CSV (doc/maps.md). 0, or a SCAP code:
 * what can't be said there goes to REPORT, and then nothing is written. */
unsigned scap_form(const scap_pack *pack, enum scap_sheet sheet, scap_write_fn *write, void *ctx,
                   scap_report *report);

/* Writes the compiled network so that a person can follow it. */
unsigned scap_dump(const scap_pack *pack, scap_write_fn *write, void *ctx);

/* ---- One person's answers and the interview over them --------------------- */

/* Nothing answered yet; NULL when memory is out. The pack must outlive it. */
scap_answers *scap_answers_new(const scap_pack *pack);
void scap_answers_free(scap_answers *answers);

/* Answers a question as an intake cell would: `yes`, `44`, `female`, `mat
 * chair`, `not_sure`, or blank to take the answer back. 0, or a SCAP code with
 * ERROR filled (may be NULL) and the answers unchanged. Answers that this made
 * irrelevant are cleared: see scap_answers_cleared. */
unsigned scap_answers_set(scap_answers *answers, const char *question, const char *value,
                          struct scap_error *error);

/* What was answered: a text as scap_answers_set takes it, "" if nothing. */
const char *scap_answers_get(const scap_answers *answers, const char *question);

/* The questions that the last scap_answers_set cleared; NULL past the last. */
const struct scap_question *scap_answers_cleared(const scap_answers *answers, size_t i);

enum scap_sense { SCAP_PRESENT = 1, SCAP_DENIED, SCAP_ASK };

/* What the answer to a text question says of one thing (doc/words.md). What is present
 * counts as answered yes, whatever else was answered: a red flag that was answered no is
 * a yes then, anything else unknown. Nothing else changes an answer. */
struct scap_heard {
	const char *concept, *label;          /* a question, choice or finding */
	const struct scap_question *question; /* that it answers; NULL: evidence only */
	enum scap_sense sense;
	const char *words;   /* as they were written, with what denies them or casts doubt */
	const char *phrase;  /* id of the row of lexicon.csv */
	const char *why;     /* what denies it or makes it doubtful: like `other_person`; or "" */
	int red_flag;
	int corrected;       /* by scap_answers_correct: it does not count */
	int conflict;        /* it is present, and an answer says no */
};

/* What was heard, the I-th; NULL past the last. */
const struct scap_heard *scap_answers_heard(const scap_answers *answers, size_t i);

/* Says that the words were not meant so: they no longer count for CONCEPT, which is
 * asked as if nothing had been written. 0, or a SCAP code when it was not heard. */
unsigned scap_answers_correct(scap_answers *answers, const char *concept);

/* What to ask next: the questions of one screen that can still matter. */
struct scap_screen {
	const char *name, *section;
	size_t count;
	const struct scap_question *const *questions;
	int gate; /* holds a red flag */
};

/* Fills SCREEN and returns 1; returns 0 when nothing open can matter any more.
 * The screen's list lives until the answers change. */
int scap_interview_next(scap_answers *answers, struct scap_screen *screen);

/* Goes back to the screen before, from the outcome to the last one: takes back what was
 * answered since it was shown. 0 when there is none. */
int scap_interview_back(scap_answers *answers);

/* Writes why a question is being asked. 0, or a SCAP code. */
unsigned scap_interview_why(scap_answers *answers, const char *question,
                            enum scap_format format, scap_write_fn *write, void *ctx);

/* ---- The decision --------------------------------------------------------- */

struct scap_level {
	const char *name, *label, *action;
	long urgency; /* higher is more urgent */
	int routine;  /* may a routine be given? */
};

/* Decides. NULL when memory is out. */
scap_decision *scap_decide(const scap_answers *answers);
void scap_decision_free(scap_decision *decision);

const struct scap_level *scap_decision_level(const scap_decision *decision);

/* 1 when no open answer could move the level. */
int scap_decision_certain(const scap_decision *decision);

/* The I-th exercise of the routine by name; NULL past the last. */
const char *scap_decision_exercise(const scap_decision *decision, size_t i);

/* Writes the decision for a person (SCAP_TEXT) or a program (SCAP_JSON,
 * doc/json.md). 0, or a SCAP code. */
unsigned scap_render(const scap_decision *decision, enum scap_format format,
                     scap_write_fn *write, void *ctx);

/* Writes the whole story: outcome, rules, conditions, answers, sources. With
 * RULE (an id) only why that rule holds, fails, or is not known. */
unsigned scap_explain(const scap_decision *decision, const char *rule,
                      enum scap_format format, scap_write_fn *write, void *ctx,
                      struct scap_error *error);

/* ---- Many people ---------------------------------------------------------- */

/* Loads a map (doc/maps.md), given as SIZE bytes: which column of another system's export
 * answers which question. FILE is what errors call it. All mistakes go to REPORT; with an
 * error among them the result is NULL. It never changes, any number of threads may share
 * it, and the pack must outlive it. */
scap_map *scap_map_load(const scap_pack *pack, const char *file, const char *bytes, size_t size,
                        scap_report *report);
void scap_map_free(scap_map *map);

/* What a map says of a column. */
struct scap_map_column {
	const char *column;                   /* as the map has it */
	const struct scap_question *question; /* NULL: the id, or not used */
	const char *choice; /* that the column is a box for, `none` among them; NULL: it is none */
	const char *unit;   /* a note for people; "" if none */
	int blank_no;       /* a blank counts as no; else it is unknown */
};

/* A row that could not be read whole. */
struct scap_rejected {
	const char *id;
	const struct scap_level *at_least; /* that its readable answers already force */
	const struct scap_level *level;    /* with what can't be read taken as unknown */
	size_t nerrors;                    /* told: at most 8 */
	const struct scap_error *errors;
	const char *row; /* as it stands in the file, without its line end; bytes that no
	                  * cell may hold are `?` */
	size_t size;
	const char *kept; /* its cells of the columns to keep, as CSV, a comma before each */
	size_t kept_size;
};

/* A part of an input's rows: the bytes from BEGIN to before END behind its header. */
struct scap_share {
	unsigned long long begin, end, line, record; /* its first line; records before it */
};

/* Finds the share NUMBER (from 1) of OF shares with equally many rows (with over 65536 rows
 * not to the row). The input is read to its end; it always comes to the same shares, in
 * which each row is once. 0, or a SCAP code with ERROR filled, or blank where scap_score
 * tells the same mistake. */
unsigned scap_share_find(const char *file, unsigned number, unsigned of, scap_read_fn *read,
                         void *ctx, struct scap_share *share, struct scap_error *error);

struct scap_score_options {
	const char *file;          /* what errors call the input */
	const char *const *ignore; /* columns to ignore, ended by NULL; may be NULL */
	int evidence;              /* a column more: what texts say, in which words */
	int no_routines;           /* leave the routine of each row blank, which is quicker */
	const scap_map *map;       /* says what the columns mean; NULL: they are named as questions */
	const char *id;            /* the column with the id; NULL: `id`, or as the map says */
	const char *const *keep;   /* columns to put behind each row, ended by NULL; may be NULL */
	int raw;                   /* let cells begin as formulas do; see doc/engine.md */
	unsigned jobs;             /* rows are judged by so many threads; 0 is 1. Callbacks are
	                            * called by the caller's, in the order of the rows */

	const struct scap_share *share; /* judge these rows only; NULL: all */
	scap_summary *summary;     /* of this pack; takes what is counted, when all is well */

	/* Called for each mistake or warning that is not about a rejected row. */
	void (*problem)(void *ctx, const struct scap_error *error);
	/* Called for each rejected row. */
	void (*rejected)(void *ctx, const struct scap_rejected *rejected);
	/* Called once with the header line of the input, and which column holds the ids, from
	 * 0; -1: none. */
	void (*header)(void *ctx, const char *row, size_t size, char separator, long id);
	/* Called once for each row of the map whose column is in the input, in the order of
	 * the map. */
	void (*mapped)(void *ctx, const struct scap_map_column *column);
	/* If set, a worklist is made: its rows go here, with their level, instead of
	 * decision rows to the writer. Not 0: stop. */
	int (*listed)(void *ctx, const struct scap_level *level, const char *row, size_t size);
	/* If set, called on the caller's thread whenever some more were judged: rows,
	 * and bytes of input so far. */
	void (*progress)(void *ctx, unsigned long long rows, unsigned long long bytes);
	void *ctx;
};

struct scap_score_counts {
	unsigned long long rows, scored, rejected; /* rows == scored + rejected */
	unsigned long long conflicts;              /* rows with one or more */
	unsigned long long raised; /* rows whose level missing red-flag columns alone raised */
	unsigned long long blank_no; /* rows in which a red flag left blank counts as no: see
	                              * scap_map_column */
	unsigned long long levels[32]; /* scored rows by level, least urgent first */
};

/* Reads intake CSV, writes decision CSV (doc/engine.md), one row for each row
 * that can be read. 0, or the SCAP code that ended it. */
unsigned scap_score(const scap_pack *pack, const struct scap_score_options *options,
                    scap_read_fn *read, void *read_ctx, scap_write_fn *write, void *write_ctx,
                    struct scap_score_counts *counts);

/* ---- What many people came to ------------------------------------------------- */

/* Counts of all that a file holds, and of which files they are (doc/summary.md). Empty at
 * first; NULL when memory is out. The pack must outlive it. Of one thread at a time. */
scap_summary *scap_summary_new(const scap_pack *pack);
void scap_summary_free(scap_summary *summary);

/* Says of the file that was scored last when that began (UTC, like
 * 2026-01-31T08:15:00.000Z), how long it took, and whether the pack is proved. The library
 * reads no clock. 0, or a SCAP code. */
unsigned scap_summary_stamp(scap_summary *summary, const char *started,
                            unsigned long long milliseconds, int proved);

/* Adds the counts of FROM. 0, or a SCAP code with ERROR filled (may be NULL) and nothing
 * changed: they are of two packs, or a run is in both. */
unsigned scap_summary_add(scap_summary *into, const scap_summary *from,
                          struct scap_error *error);

/* What scap_score would have said of all its files. */
void scap_summary_counts(const scap_summary *summary, struct scap_score_counts *counts);

/* Writes it for a program, as scapula.summary/1, or as a page of HTML for a meeting. 0, or
 * a SCAP code. */
unsigned scap_summary_json(const scap_summary *summary, scap_write_fn *write, void *ctx);
unsigned scap_summary_html(const scap_summary *summary, scap_write_fn *write, void *ctx);

/* Reads what scap_summary_json wrote; FILE is what errors call it. NULL with ERROR filled
 * (may be NULL) when it is anything else, of another pack, or contradicts itself. */
scap_summary *scap_summary_read(const scap_pack *pack, const char *file, const char *bytes,
                                size_t size, struct scap_error *error);

/* The answers of one row of an intake CSV, by id or as `#` and the record's number
 * (from 1). Of OPTIONS file, ignore, map and id are looked at. NULL when there is none or
 * more than one, or it can't be read whole; all that is wrong goes to REPORT, with what
 * the row is at least. */
scap_answers *scap_answers_read(const scap_pack *pack, const char *id,
                                const struct scap_score_options *options, scap_read_fn *read,
                                void *ctx, scap_report *report);

/* ---- In their own words ------------------------------------------------------ */

enum scap_reading {
	SCAP_READ_FACTS,   /* a line for each: present, denied, to ask; TABs between */
	SCAP_READ_EXPLAIN, /* each phrase found, in which words, by which rows, and why */
	SCAP_READ_JSON,
};

struct scap_read_counts {
	unsigned long long texts;
	unsigned long long unread; /* that could not be read to their end */
};

/* Reads texts, a line each, and writes what they say (doc/words.md): names of questions,
 * choices and findings. 0, or the SCAP code that ended it. */
unsigned scap_read(const scap_pack *pack, enum scap_reading format, scap_read_fn *read,
                   void *read_ctx, scap_write_fn *write, void *write_ctx,
                   struct scap_read_counts *counts);

/* ---- A clinician's cases ---------------------------------------------------- */

struct scap_test_options {
	const char *file;        /* what errors call the cases */
	enum scap_format format;
	int all;                 /* tell all that is left, not the first of it */
	scap_write_fn *page;     /* if set: takes the same as a page of HTML */
	void *page_ctx;
	scap_write_fn *rows;     /* if set: takes new cases for what is left, as CSV */
	void *rows_ctx;
};

struct scap_test_counts {
	size_t cases, failed; /* that could be read; that did not come out as they should */
	size_t unfired;       /* rules that are certain in no case */
	size_t unoffered;     /* exercises that are in no case's routine */
	size_t unexcluded;    /* exercises that a rule leaves out, but no case */

	/* Without what is proved to be out of reach of any answers: */
	size_t undecided;     /* parts of conditions, yes and no apart, that decide in no case */
	size_t onesided;      /* sides of thresholds on which there is no case */
	size_t unbordered;    /* sides of thresholds on which no case is next to it */
	size_t suggested;     /* new cases for what is left */
};

/* Runs the cases of rules/cases.csv (doc/pack.md), given as SIZE bytes, and writes
 * what is not as it should be and what no case tries. Cases that can't be read go to
 * REPORT, and are not run. 0, or a SCAP code. */
unsigned scap_test(const scap_pack *pack, const struct scap_test_options *options,
                   const char *bytes, size_t size, scap_write_fn *write, void *ctx,
                   scap_report *report, struct scap_test_counts *counts);

/* ---- JSON ------------------------------------------------------------------ */

/* One stateless call: answers in, the next screen or the decision out
 * (doc/json.md). A request that can't be read is answered with errors, too. 0,
 * or a SCAP code when nothing could be written. */
unsigned scap_json(const scap_pack *pack, const char *request, size_t size,
                   scap_write_fn *write, void *ctx);

/* The library's version, like "0.1.0". */
const char *scap_version(void);

#ifdef __cplusplus
}
#endif

#endif
