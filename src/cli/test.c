/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/output.h"

/* The files that are asked for besides what stdout gets. */
struct outputs {
	struct output page, rows;
};

static int write_file(void *ctx, const char *bytes, size_t size)
{
	struct output *output = ctx;

	if (!cli_write(output->file, bytes, size))
		return 0;
	cli_output_failed(output);
	return -1;
}

/* What fails the cases; with --strict also what answers could still try. */
static bool all_well(const struct options *options, const struct scap_test_counts *counts)
{
	if (!counts->cases || counts->failed || counts->unfired || counts->unoffered ||
	    counts->unexcluded)
		return false;
	return !options->strict ||
	       !(counts->undecided || counts->onesided || counts->unbordered);
}

static int run(const scap_pack *pack, const struct options *options, const char *path,
               const char *bytes, size_t size, struct outputs *outputs)
{
	const struct scap_test_options how = {
		.file = path,
		.format = options->json ? SCAP_JSON : SCAP_TEXT,
		.all = options->all,
		.page = options->html ? write_file : NULL,
		.page_ctx = &outputs->page,
		.rows = options->suggest ? write_file : NULL,
		.rows_ctx = &outputs->rows,
	};
	struct scap_test_counts counts;
	scap_report *report = scap_report_new();
	unsigned code = report ? scap_test(pack, &how, bytes, size, cli_write, stdout, report,
	                                   &counts) : 901;
	size_t errors = report ? scap_report_errors(report) : 0;

	for (size_t i = 0; report && i < scap_report_count(report); i++)
		cli_complain(scap_report_at(report, i));
	scap_report_free(report);
	if (code)
		return cli_exit_of(code);
	return errors || !all_well(options, &counts) ? EXIT_NO : EXIT_DONE;
}

/* Both files get their names, or neither; a failed case is no reason against it. */
static int keep_outputs(struct outputs *outputs, int code)
{
	bool stored = cli_output_store(&outputs->page), keep;

	stored = cli_output_store(&outputs->rows) && stored;
	keep = stored && code != EXIT_IO;
	stored = cli_output_close(&outputs->page, keep) && stored;
	stored = cli_output_close(&outputs->rows, keep) && stored;
	return stored ? code : EXIT_IO;
}

static int run_to_files(const scap_pack *pack, const struct options *options, const char *path,
                        const char *bytes, size_t size)
{
	struct outputs outputs = {0};
	int code = EXIT_IO;

	if (options->html && !cli_output_open(&outputs.page, options->html))
		return code;
	if (options->suggest && !cli_output_open(&outputs.rows, options->suggest))
		cli_output_close(&outputs.page, false);
	else
		code = keep_outputs(&outputs, run(pack, options, path, bytes, size, &outputs));
	return code;
}

static bool refuse(const char *what, const char *name)
{
	char shown[SHOWN_BYTES];

	fprintf(stderr, "scapula test: %s (%s); nothing was done\n", what, cli_shown(name, shown));
	return false;
}

/* The cases must not be written over, nor one result by another. */
static bool files_differ(const struct options *options, const char *path)
{
	const char *const outputs[] = {options->html, options->suggest};

	for (size_t i = 0; i < 2; i++) {
		if (!outputs[i])
			continue;
		if (cli_output_same(outputs[i], path, true))
			return refuse("the output would write over the cases", path);
		if (cli_output_same(outputs[i], "-", false))
			return refuse("standard output has the result already; name a file", outputs[i]);
	}
	if (outputs[0] && outputs[1] && cli_output_same(outputs[0], outputs[1], false))
		return refuse("--html and --suggest are one file", outputs[0]);
	return true;
}

static int test(const scap_pack *pack, const struct options *options, const char *path)
{
	int code;
	FILE *in = cli_open(path, &code);
	char *bytes = NULL;
	size_t size;

	if (in == stdin)
		path = "(standard input)";
	if (in)
		bytes = cli_read_whole(in, path, &size, &code);
	if (in && in != stdin)
		fclose(in);
	if (bytes)
		code = run_to_files(pack, options, path, bytes, size);
	free(bytes);
	return code;
}

int cli_test(const struct options *options)
{
	char rules[4096], data[4096], path[4096 + 16];
	int code = EXIT_USAGE;
	scap_pack *pack;

	cli_folders(options, rules, data);
	snprintf(path, sizeof(path), "%s/cases.csv", rules);
	if (options->nargs)
		snprintf(path, sizeof(path), "%s", options->args[0]);
	if (!files_differ(options, path))
		return code;
	pack = cli_load(options, &code);
	if (!pack)
		return code;
	code = test(pack, options, path);
	scap_pack_free(pack);
	return code;
}
