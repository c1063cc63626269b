/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/output.h"
#include "prove/prove.h"

/* Loads the pack of a folder that holds rules and data; NULL after saying why. */
static scap_pack *load(const struct options *options, const char *folder, int *code)
{
	char rules[4096], data[4096];
	struct options of = *options;

	if ((size_t)snprintf(rules, sizeof(rules), "%s/rules", folder) >= sizeof(rules) ||
	    (size_t)snprintf(data, sizeof(data), "%s/data", folder) >= sizeof(data)) {
		fputs("scapula diff: the name of a folder is too long\n", stderr);
		*code = EXIT_USAGE;
		return NULL;
	}
	of.rules = rules;
	of.data = data;
	return cli_load(&of, code);
}

static int count(struct differing *differing, const char *intake)
{
	struct input first, second;
	int code = EXIT_IO;
	unsigned fault;

	if (!strcmp(intake, "-")) {
		fputs("scapula diff: the intake file is read twice, so it can't be standard input\n",
		      stderr);
		return EXIT_USAGE;
	}
	if (!cli_input_open(&first, intake, &code))
		return code;
	if (cli_input_open(&second, intake, &code)) {
		fault = prove_diff_intake(differing, intake, cli_input_read, &first, &second);
		code = fault ? cli_exit_of(fault) : EXIT_DONE;
		if (fault)
			fprintf(stderr, "scapula: %s can't be judged by both packs%s%s\n", intake,
			        first.wrong[0] ? ": " : "", first.wrong);
		cli_input_close(&second);
	}
	cli_input_close(&first);
	return code;
}

static bool write_examples(const struct differing *differing, const char *path)
{
	struct output output;

	if (!cli_output_open(&output, path))
		return false;
	if (prove_diff_write(differing, PROVE_EXAMPLES, cli_write, output.file))
		cli_output_failed(&output);
	return cli_output_close(&output, cli_output_store(&output));
}

static int tell(const struct differing *differing, const struct options *options)
{
	unsigned code = prove_diff_write(differing, options->json ? PROVE_JSON : PROVE_TEXT, cli_write,
	                                 stdout);

	if (code)
		return cli_exit_of(code);
	if (options->examples && !write_examples(differing, options->examples))
		return EXIT_IO;
	return prove_diff_safe(differing) ? EXIT_DONE : EXIT_NO;
}

/* The examples must not be written over what is read. */
static bool examples_apart(const struct options *options)
{
	struct options each = *options;
	bool apart = !options->intake || !cli_output_same(options->examples, options->intake, true);

	for (int i = 0; i < 2; i++) {
		char rules[4096], data[4096];

		snprintf(rules, sizeof(rules), "%s/rules", options->args[i]);
		snprintf(data, sizeof(data), "%s/data", options->args[i]);
		each.rules = rules;
		each.data = data;
		apart = apart && !cli_in_pack(&each, options->examples);
	}
	if (!apart)
		fputs("scapula diff: the output would write over what is read; nothing was done\n",
		      stderr);
	return apart;
}

int cli_diff(const struct options *options)
{
	struct differing *differing = NULL;
	int code;
	scap_pack *before, *after;

	if (options->examples && !examples_apart(options))
		return EXIT_USAGE;
	before = load(options, options->args[0], &code);
	after = before ? load(options, options->args[1], &code) : NULL;
	if (before && after) {
		differing = prove_diff(before, after);
		code = options->intake ? count(differing, options->intake) : EXIT_DONE;
		if (code == EXIT_DONE)
			code = tell(differing, options);
	}
	prove_diff_free(differing);
	scap_pack_free(after);
	scap_pack_free(before);
	return code;
}
