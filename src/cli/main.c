/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

const struct command cli_commands[] = {
	{"ask", "", "ask the questions, then say what to do", 0, 0, 0, cli_ask},
	{"score", "[FILE|-]", "intake CSV in, decision CSV out",
	 TAKES_OUTPUT | TAKES_REJECTS | TAKES_WORKLIST | TAKES_IGNORE | TAKES_NO_ROUTINES |
	         TAKES_EVIDENCE | TAKES_JOBS | TAKES_RAW | TAKES_MAP | TAKES_KEEP |
	         TAKES_SUMMARY,
	 0, 1,
	 cli_score},
	{"merge", "FILE...", "summaries (.json) or decisions (.csv) of parts, as one",
	 TAKES_OUTPUT | TAKES_SUMMARY, 1, INT_MAX, cli_merge},
	{"explain", "FILE ID", "the whole story of one row",
	 TAKES_JSON | TAKES_RULE | TAKES_IGNORE | TAKES_MAP, 2, 2, cli_explain},
	{"template", "", "an empty intake file to fill in", TAKES_OUTPUT | TAKES_LEGEND, 0, 0,
	 cli_template},
	{"form", "", "the questions as a form for ODK, Kobo and the like", TAKES_XLSFORM, 0, 0,
	 cli_form},
	{"read", "[FILE|-]", "free text, a line each: what it says", TAKES_JSON | TAKES_EXPLAIN, 0, 1,
	 cli_read_texts},
	{"lint", "", "every mistake and weakness of a pack", TAKES_JSON | TAKES_STRICT, 0, 0, cli_lint},
	{"test", "[FILE]", "the clinician's cases, and what no case tries",
	 TAKES_JSON | TAKES_TEST | TAKES_STRICT, 0, 1, cli_test},
	{"prove", "", "what holds for every possible way to answer",
	 TAKES_JSON | TAKES_EXAMPLES | TAKES_PEOPLE | TAKES_MUTATE, 0, 0, cli_prove},
	{"diff", "OLD NEW", "what changes for whom between two packs",
	 TAKES_JSON | TAKES_EXAMPLES | TAKES_INTAKE, 2, 2, cli_diff},
	{"list", "KIND", "what a pack holds, a line each", TAKES_JSON, 1, 1, cli_list},
	{"show", "NAME", "all there is to say of one name", TAKES_JSON, 1, 1, cli_show},
	{"dump", "", "the compiled rules", 0, 0, 0, cli_dump},
	{NULL, NULL, NULL, 0, 0, 0, NULL},
};

enum {
	OPT_RULES = 256,
	OPT_DATA,
	OPT_JSON,
	OPT_REJECTS,
	OPT_WORKLIST,
	OPT_NO_ROUTINES,
	OPT_IGNORE,
	OPT_RULE,
	OPT_EXAMPLES,
	OPT_PEOPLE,
	OPT_INTAKE,
	OPT_MUTATE,
	OPT_EVERY,
	OPT_CERTIFICATE,
	OPT_CHECK,
	OPT_STAMP,
	OPT_HTML,
	OPT_SUGGEST,
	OPT_ALL,
	OPT_STRICT,
	OPT_EXPLAIN,
	OPT_EVIDENCE,
	OPT_JOBS,
	OPT_SHARD,
	OPT_RAW,
	OPT_MAP,
	OPT_ID,
	OPT_KEEP,
	OPT_LEGEND,
	OPT_XLSFORM,
	OPT_SUMMARY,
	OPT_REPORT
};

static const struct option long_options[] = {
	{"rules", required_argument, NULL, OPT_RULES},
	{"data", required_argument, NULL, OPT_DATA},
	{"json", no_argument, NULL, OPT_JSON},
	{"output", required_argument, NULL, 'o'},
	{"rejects", required_argument, NULL, OPT_REJECTS},
	{"worklist", no_argument, NULL, OPT_WORKLIST},
	{"no-routines", no_argument, NULL, OPT_NO_ROUTINES},
	{"ignore", required_argument, NULL, OPT_IGNORE},
	{"rule", required_argument, NULL, OPT_RULE},
	{"examples", required_argument, NULL, OPT_EXAMPLES},
	{"people", required_argument, NULL, OPT_PEOPLE},
	{"intake", required_argument, NULL, OPT_INTAKE},
	{"certificate", required_argument, NULL, OPT_CERTIFICATE},
	{"stamp", required_argument, NULL, OPT_STAMP},
	{"check", required_argument, NULL, OPT_CHECK},
	{"mutate", no_argument, NULL, OPT_MUTATE},
	{"every", required_argument, NULL, OPT_EVERY},
	{"html", required_argument, NULL, OPT_HTML},
	{"suggest", required_argument, NULL, OPT_SUGGEST},
	{"all", no_argument, NULL, OPT_ALL},
	{"strict", no_argument, NULL, OPT_STRICT},
	{"explain", no_argument, NULL, OPT_EXPLAIN},
	{"evidence", no_argument, NULL, OPT_EVIDENCE},
	{"jobs", required_argument, NULL, OPT_JOBS},
	{"shard", required_argument, NULL, OPT_SHARD},
	{"raw", no_argument, NULL, OPT_RAW},
	{"map", required_argument, NULL, OPT_MAP},
	{"id", required_argument, NULL, OPT_ID},
	{"keep", required_argument, NULL, OPT_KEEP},
	{"legend", no_argument, NULL, OPT_LEGEND},
	{"xlsform", required_argument, NULL, OPT_XLSFORM},
	{"summary", required_argument, NULL, OPT_SUMMARY},
	{"report", required_argument, NULL, OPT_REPORT},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{NULL, 0, NULL, 0},
};

/* The whole of it is more than a stream holds, so that a full disk shows here. */
static void say(FILE *out, const char *text)
{
	cli_write(out, text, strlen(text));
}

static void print_help(FILE *out)
{
	errno = 0;
	say(out, "usage: scapula COMMAND [OPTIONS]\n\n"
	      "Triage and exercises for upper-back pain, from rules kept in CSV files.\n"
	      "Education, not a diagnosis.\n\n");
	for (const struct command *each = cli_commands; each->name; each++) {
		char line[160];

		snprintf(line, sizeof(line), "  %-8s %-9s %s\n", each->name, each->args,
		         each->summary);
		say(out, line);
	}
	say(out, "\nEvery command:\n"
	      "  --rules DIR --data DIR  another pack than the shipped one\n"
	      "  --help, --version\n"
	      "score, merge:\n"
	      "  -o, --output FILE       write there; the file appears whole or not at all\n"
	      "  --summary FILE          what all of them came to, as JSON; parts can be merged\n"
	      "  --report FILE           the same as a page for a meeting (HTML)\n"
	      "score:\n"
	      "  --rejects FILE          the rows that can't be read, each with its reason\n"
	      "  --worklist              most urgent first, reasons in plain words\n"
	      "  --no-routines           leave the routines out, which is quicker\n"
	      "  --evidence              a column more: what a person's own words say\n"
	      "  --raw                   leave cells as they are that a spreadsheet takes for formulas\n"
	      "  --jobs N                use so many processor cores (all)\n"
	      "  --shard I/N             score the I-th of N shares of the rows\n"
	      "  --ignore COLUMN         this column is not a misspelt question (may be repeated)\n"
	      "  --keep COLUMN,...       put these columns of the file behind each row\n"
	      "score, explain:\n"
	      "  --map FILE              the file is an export of another system, and this says what\n"
	      "                          its columns mean; redcap-raw, redcap-labels and odk are ready\n"
	      "  --id COLUMN             this column holds the id\n"
	      "template:\n"
	      "  -o, --output FILE       write there\n"
	      "  --legend                what each column takes, instead of the header line\n"
	      "form:\n"
	      "  --xlsform DIR           write survey.csv, choices.csv and settings.csv there\n"
	      "explain:\n"
	      "  --rule ID               why this rule holds, fails, or is not known\n"
	      "read:\n"
	      "  --explain               the words, the rows they matched, and why\n"
	      "prove, diff:\n"
	      "  --examples FILE         the people who show it, as an intake file\n"
	      "prove:\n"
	      "  --people N              judge so many random people, too (1000)\n"
	      "  --stamp FILE            write that it holds: proof.csv beside the folder of rules\n"
	      "                          is believed while pack, hazards and program are the same\n"
	      "  --certificate DIR       write why each claim holds, for others to check\n"
	      "  --check DIR             check such reasons without the solver\n"
	      "  --mutate                make small mistakes one by one: who notices?\n"
	      "  --every N               only every Nth of them\n"
	      "diff: OLD and NEW are folders with rules and data\n"
	      "  --intake FILE           count the people of a file who get something else\n"
	      "test:\n"
	      "  --html FILE             the result as a page for a meeting\n"
	      "  --suggest FILE          new cases for what no case tries, as rows of CSV\n"
	      "  --all                   tell all that no case tries, not the first of it\n"
	      "lint, test:\n"
	      "  --strict                fail for warnings, or while answers could still try more\n"
	      "list:\n"
	      "  KIND                    questions, levels, findings, rules, exercises, tags,\n"
	      "                          sources, remarks, phrases, cues, files or codes\n"
	      "diff, explain, lint, list, prove, read, show, test:\n"
	      "  --json                  the same as JSON\n\n"
	      "Exit: 0 done, 1 the answer is no (rejected rows, a header that is refused,\n"
	      "mistakes in a pack, a case or proof that fails, somebody at more risk), 2 usage,\n"
	      "66 no such input, 70 a fault of this program, 74 input or output failed, 78 broken\n"
	      "pack. A file whose name ends in .gz or .zst is read and written compressed.\n");
	if (ferror(out)) /* its buffer is shorter than this */
		cli_note_failure(out);
}

static int usage(const char *command, const char *what)
{
	char shown[SHOWN_BYTES];

	fprintf(stderr, "scapula %s: %s; see 'scapula --help'\n", cli_shown(command, shown), what);
	return EXIT_USAGE;
}

static const struct command *find_command(const char *name)
{
	for (const struct command *each = cli_commands; each->name; each++)
		if (!strcmp(each->name, name))
			return each;
	return NULL;
}

/* Takes one option; false if the command does not know it. */
static bool take_option(struct options *options, const struct command *command, int option)
{
	unsigned needs = 0;

	switch (option) {
	case OPT_RULES: options->rules = optarg; break;
	case OPT_DATA: options->data = optarg; break;
	case OPT_JSON: options->json = true; needs = TAKES_JSON; break;
	case 'o': options->output = optarg; needs = TAKES_OUTPUT; break;
	case OPT_REJECTS: options->rejects = optarg; needs = TAKES_REJECTS; break;
	case OPT_WORKLIST: options->worklist = true; needs = TAKES_WORKLIST; break;
	case OPT_NO_ROUTINES:
		options->no_routines = true;
		needs = TAKES_NO_ROUTINES;
		break;
	case OPT_STRICT: options->strict = true; needs = TAKES_STRICT; break;
	case OPT_EVIDENCE: options->evidence = true; needs = TAKES_EVIDENCE; break;
	case OPT_RAW: options->raw = true; needs = TAKES_RAW; break;
	case OPT_EXPLAIN: options->explain = true; needs = TAKES_EXPLAIN; break;
	case OPT_RULE: options->rule = optarg; needs = TAKES_RULE; break;
	case OPT_EXAMPLES: options->examples = optarg; needs = TAKES_EXAMPLES; break;
	case OPT_CERTIFICATE: options->certificate = optarg; needs = TAKES_PEOPLE; break;
	case OPT_STAMP: options->stamp = optarg; needs = TAKES_PEOPLE; break;
	case OPT_CHECK: options->check = optarg; needs = TAKES_PEOPLE; break;
	case OPT_MUTATE: options->mutate = true; needs = TAKES_MUTATE; break;
	case OPT_EVERY: options->every = optarg; needs = TAKES_MUTATE; break;
	case OPT_INTAKE: options->intake = optarg; needs = TAKES_INTAKE; break;
	case OPT_PEOPLE: options->people = optarg; needs = TAKES_PEOPLE; break;
	case OPT_JOBS: options->jobs = optarg; needs = TAKES_JOBS; break;
	case OPT_SHARD: options->shard = optarg; needs = TAKES_JOBS; break;
	case OPT_SUMMARY: options->summary = optarg; needs = TAKES_SUMMARY; break;
	case OPT_REPORT: options->report = optarg; needs = TAKES_SUMMARY; break;
	case OPT_HTML: options->html = optarg; needs = TAKES_TEST; break;
	case OPT_SUGGEST: options->suggest = optarg; needs = TAKES_TEST; break;
	case OPT_ALL: options->all = true; needs = TAKES_TEST; break;
	case OPT_MAP: options->map = optarg; needs = TAKES_MAP; break;
	case OPT_ID: options->id = optarg; needs = TAKES_MAP; break;
	case OPT_LEGEND: options->legend = true; needs = TAKES_LEGEND; break;
	case OPT_XLSFORM: options->xlsform = optarg; needs = TAKES_XLSFORM; break;
	case OPT_KEEP:
		needs = TAKES_KEEP;
		if (options->nkept < KEPT_MAX)
			options->keep[options->nkept++] = optarg;
		break;
	case OPT_IGNORE:
		needs = TAKES_IGNORE;
		if (options->nignored < IGNORED_MAX)
			options->ignore[options->nignored++] = optarg;
		break;
	default: return false;
	}
	return (command->takes & needs) == needs;
}

static int run_command(const struct command *command, int argc, char **argv)
{
	struct options options = {0};
	int option, code;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "o:hV", long_options, NULL)) != -1) {
		if (option == 'h') {
			print_help(stdout);
			return cli_close_stdout(EXIT_DONE);
		}
		if (option == 'V') {
			printf("scapula %s\n", scap_version());
			return cli_close_stdout(EXIT_DONE);
		}
		if (option == '?')
			return usage(command->name, "there is no such option, or it lacks its value");
		if (!take_option(&options, command, option))
			return usage(command->name, "this option is for another command");
	}
	options.nargs = argc - optind;
	options.args = argv + optind;
	if (options.nargs < command->least || options.nargs > command->most)
		return usage(command->name, options.nargs < command->least ? "something is missing"
		                                                           : "too many arguments");
	code = command->run(&options);
	return cli_close_stdout(code);
}

int main(int argc, char **argv)
{
	const struct command *command;

	cli_guard_streams();
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error to tell, not a death */
	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		print_help(stdout);
		return cli_close_stdout(EXIT_DONE);
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		printf("scapula %s\n", scap_version());
		return cli_close_stdout(EXIT_DONE);
	}
	command = find_command(argv[1]);
	if (!command)
		return usage(argv[1], "there is no such command");
	return run_command(command, argc - 1, argv + 1);
}
