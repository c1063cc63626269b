/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "prove/prove.h"

enum { REPLAYED = 1000, PEOPLE_MAX = 1000000000, SEED = 20261121 };

static bool write_examples(const struct proving *proving, const char *path)
{
	struct output output;

	if (!cli_output_open(&output, path))
		return false;
	if (prove_write(proving, PROVE_EXAMPLES, cli_write, output.file))
		cli_output_failed(&output);
	return cli_output_close(&output, cli_output_store(&output));
}

static int tell(const struct proving *proving, const struct options *options)
{
	unsigned code = prove_write(proving, options->json ? PROVE_JSON : PROVE_TEXT, cli_write,
	                            stdout);

	if (code)
		return cli_exit_of(code);
	if (options->examples && !write_examples(proving, options->examples))
		return EXIT_IO;
	if (options->examples && prove_examples(proving))
		fprintf(stderr, "scapula: %zu people stand against it; see each with 'scapula explain "
		        "%s ID'\n", prove_examples(proving), options->examples);
	return prove_holds(proving) ? EXIT_DONE : EXIT_NO;
}

static int run(scap_pack *pack, const struct options *options, const struct prove_request *request)
{
	scap_report *report = scap_report_new();
	struct proving *proving;
	int code = EXIT_NO;

	if (!report) {
		fputs("scapula: memory is out; nothing is proved\n", stderr);
		return EXIT_IO;
	}
	proving = prove_run(pack, request, report);
	cli_print_report(report, true);
	if (proving)
		code = tell(proving, options);
	else
		fprintf(stderr, "scapula: %s has %zu mistake%s; nothing is proved\n", request->file,
		        scap_report_errors(report), scap_report_errors(report) == 1 ? "" : "s");
	prove_free(proving);
	scap_report_free(report);
	return code;
}

/* Reads the number of random people; false where it is none. */
static bool read_people(const char *text, unsigned long long *people)
{
	char *end;

	if (!text)
		return true;
	errno = 0;
	*people = strtoull(text, &end, 10);
	return !errno && end > text && !*end && text[0] >= '0' && text[0] <= '9' &&
	       *people <= PEOPLE_MAX;
}

int cli_prove(const struct options *options)
{
	char rules[4096], data[4096], path[4096 + 16];
	struct prove_request request = {.file = path, .people = REPLAYED, .seed = SEED};
	scap_pack *pack;
	char *bytes = NULL;
	FILE *in;
	int code;

	if (!read_people(options->people, &request.people)) {
		fputs("scapula prove: --people takes a number up to 1000000000; see 'scapula --help'\n",
		      stderr);
		return EXIT_USAGE;
	}
	pack = cli_load(options, &code);
	if (!pack)
		return code;
	cli_folders(options, rules, data);
	snprintf(path, sizeof(path), "%s/hazards.csv", rules);
	in = cli_open(path, &code);
	if (in)
		bytes = cli_read_whole(in, path, &request.size, &code);
	if (in)
		fclose(in);
	request.bytes = bytes;
	if (bytes)
		code = run(pack, options, &request);
	free(bytes);
	scap_pack_free(pack);
	return code;
}
