/* SPDX-License-Identifier: MIT
 *
 * What the commands share: options, the pack, streams that tell when they fail.
 * The commands see the library through scapula.h only.
 */
#ifndef SCAP_CLI_CLI_H
#define SCAP_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "scapula.h"

/* sysexits, and 1 for "the answer is no". */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_NO = 1,
	EXIT_USAGE = 2,
	EXIT_NO_INPUT = 66,
	EXIT_FAULT = 70, /* of the program */
	EXIT_IO = 74,
	EXIT_PACK = 78,
};

enum { IGNORED_MAX = 64, KEPT_MAX = 64 };

/* The options of all commands; each command says which it takes. */
struct options {
	const char *rules, *data;
	const char *output, *rejects, *rule, *examples, *people, *intake, *every;
	const char *html, *suggest, *jobs, *shard, *certificate, *check, *stamp;
	bool json, worklist, no_routines, all, strict, mutate, explain, evidence, raw;
	const char *summary, *report;
	const char *ignore[IGNORED_MAX + 1];
	size_t nignored;
	const char *map, *id, *xlsform;
	bool legend;
	const char *keep[KEPT_MAX + 1]; /* each as it was given: perhaps several columns */
	size_t nkept;
	int nargs; /* what is left: files, names */
	char **args;
};

enum option_bit {
	TAKES_JSON = 1,
	TAKES_OUTPUT = 2,
	TAKES_REJECTS = 4,
	TAKES_WORKLIST = 8,
	TAKES_IGNORE = 16,
	TAKES_RULE = 32,
	TAKES_NO_ROUTINES = 64,
	TAKES_EXAMPLES = 128,
	TAKES_PEOPLE = 256,
	TAKES_INTAKE = 512,
	TAKES_MUTATE = 1024,
	TAKES_STRICT = 2048,
	TAKES_EXPLAIN = 8192,
	TAKES_EVIDENCE = 16384,
	TAKES_JOBS = 32768,
	TAKES_RAW = 65536,
	TAKES_SUMMARY = 1 << 24, /* --summary, --report */
	TAKES_TEST = 4096, /* --html, --suggest, --all */
	TAKES_MAP = 1 << 20, /* --map, --id */
	TAKES_KEEP = 1 << 21,
	TAKES_LEGEND = 1 << 22,
	TAKES_XLSFORM = 1 << 23,
};

struct command {
	const char *name, *args, *summary;
	unsigned takes; /* option_bit */
	int least, most; /* args */
	int (*run)(const struct options *options);
};

extern const struct command cli_commands[]; /* ended by a NULL name */

int cli_ask(const struct options *options);
int cli_score(const struct options *options);
int cli_explain(const struct options *options);
int cli_lint(const struct options *options);
int cli_list(const struct options *options);
int cli_show(const struct options *options);
int cli_test(const struct options *options);
int cli_prove(const struct options *options);
int cli_diff(const struct options *options);
int cli_read_texts(const struct options *options);
int cli_template(const struct options *options);
int cli_form(const struct options *options);
int cli_merge(const struct options *options);
int cli_dump(const struct options *options);

/* Loads the pack that the options name, or the shipped one. NULL after saying
 * why on stderr; *CODE is the exit code then. */
scap_pack *cli_load(const struct options *options, int *code);

/* The same without a word: what is to be said is in REPORT. */
scap_pack *cli_load_into(const struct options *options, scap_report *report);

/* Prints a report's mistakes, its warnings, too, if WARNINGS, and how many it
 * does not tell. */
void cli_print_report(const scap_report *report, bool warnings);

/* Says how many mistakes keep the pack from being used. */
void cli_say_broken(const struct options *options, const scap_report *report);

/* The folders of the pack that would be loaded. */
void cli_folders(const struct options *options, char rules[4096], char data[4096]);

/* Gives each of the three streams that is closed a descriptor that fails. To be
 * called before any file is opened. */
void cli_guard_streams(void);

/* True when a stamp beside the pack says that it was proved by this very program. */
bool cli_proved(const struct options *options, const scap_pack *pack);

/* Says so on stderr, and what it does not mean. */
void cli_say_proved(const struct options *options, const scap_pack *pack);

/* True for a file that stands in a folder of the pack. */
bool cli_in_pack(const struct options *options, const char *file);

/* Reads a number; false where it is none. Without a text it stays. */
bool cli_number(const char *text, unsigned long long most, unsigned long long *number);

/* A name as a terminal may see it; long ones are cut. */
enum { SHOWN_BYTES = 1024 };
const char *cli_shown(const char *name, char shown[SHOWN_BYTES]);

/* Says that a file can't be written, and why: REASON is an errno, or 0. */
void cli_unwritten(const char *name, int reason);

/* A scap_write_fn and a scap_read_fn for a FILE. After a failure errno says why. */
int cli_write(void *file, const char *bytes, size_t size);
long cli_read(void *file, char *bytes, size_t size);

/* Keeps errno as the reason why a write to stdout failed; the first time counts. */
void cli_note_failure(FILE *file);

/* Opens an input; `-` is stdin. NULL after saying why. */
FILE *cli_open(const char *path, int *code);

/* Reads all of an input, at most 16 MiB; NULL after saying why. The caller frees it. */
char *cli_read_whole(FILE *in, const char *path, size_t *size, int *code);

/* Prints a mistake on stderr. */
void cli_complain(const struct scap_error *error);

/* Flushes stdout; false when anything was lost. */
bool cli_flush_stdout(void);

/* Closes stdout; EXIT_IO after saying so when anything was lost. */
int cli_close_stdout(int code);

/* The exit code that a SCAP code asks for; says what an unwritten output is. */
int cli_exit_of(unsigned code);

#endif
