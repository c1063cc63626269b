/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "cli/cli.h"

static int run(const scap_pack *pack, const struct options *options, const char *path,
               const char *bytes, size_t size)
{
	struct scap_test_counts counts;
	scap_report *report = scap_report_new();
	unsigned code = report ? scap_test(pack, path, bytes, size,
	                                   options->json ? SCAP_JSON : SCAP_TEXT, cli_write, stdout,
	                                   report, &counts) : 901;
	size_t errors = report ? scap_report_errors(report) : 0;

	for (size_t i = 0; report && i < scap_report_count(report); i++)
		cli_complain(scap_report_at(report, i));
	scap_report_free(report);
	if (code)
		return cli_exit_of(code);
	return errors || !counts.cases || counts.failed || counts.unfired || counts.unoffered ||
	                       counts.unexcluded
	               ? EXIT_NO : EXIT_DONE;
}

int cli_test(const struct options *options)
{
	char rules[4096], data[4096], path[4096 + 16];
	int code;
	scap_pack *pack = cli_load(options, &code);
	char *bytes = NULL;
	size_t size;
	FILE *in;

	if (!pack)
		return code;
	cli_folders(options, rules, data);
	snprintf(path, sizeof(path), "%s/cases.csv", rules);
	if (options->nargs)
		snprintf(path, sizeof(path), "%s", options->args[0]);
	in = cli_open(path, &code);
	if (in == stdin)
		snprintf(path, sizeof(path), "(standard input)");
	if (in)
		bytes = cli_read_whole(in, path, &size, &code);
	if (in && in != stdin)
		fclose(in);
	if (bytes)
		code = run(pack, options, path, bytes, size);
	free(bytes);
	scap_pack_free(pack);
	return code;
}
