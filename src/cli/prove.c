/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "prove/prove.h"

enum { REPLAYED = 1000, NUMBER_MAX = 1000000000, SEED = 20261121, PATH_BYTES = 4096 + 16 };

static bool write_file(const struct proving *proving, enum prove_form form, const char *path)
{
	struct output output;

	if (!cli_output_open(&output, path))
		return false;
	if (prove_write(proving, form, cli_write, output.file))
		cli_output_failed(&output);
	return cli_output_close(&output, cli_output_store(&output));
}

static int certify(const struct proving *proving, const char *folder, bool write)
{
	char wrong[256], shown[SHOWN_BYTES];
	size_t claims;
	unsigned code = prove_certificate(proving, folder, write, &claims, wrong);

	cli_shown(folder, shown);
	if (write && (wrong[0] || code))
		fprintf(stderr, "scapula: no certificate was written to %s: %s\n", shown,
		        wrong[0] ? wrong : "writing failed");
	else if (wrong[0])
		fprintf(stderr, "scapula: %s: the certificate is refused: %s\n", shown, wrong);
	else if (!code)
		fprintf(stderr, write ? "scapula: %s: the reasons of %zu claims\n"
		                      : "scapula: %s: %zu claims have a sound reason\n", shown, claims);
	if (code)
		return cli_exit_of(code);
	return wrong[0] ? EXIT_NO : EXIT_DONE;
}

static int tell(const struct proving *proving, const struct options *options)
{
	unsigned code = prove_write(proving, options->json ? PROVE_JSON : PROVE_TEXT, cli_write,
	                            stdout);

	if (code)
		return cli_exit_of(code);
	if ((options->examples && !write_file(proving, PROVE_EXAMPLES, options->examples)) ||
	    (options->stamp && !write_file(proving, PROVE_STAMP, options->stamp)))
		return EXIT_IO;
	if (options->certificate || options->check) {
		int certified = certify(proving, options->certificate ? options->certificate
		                                                      : options->check,
		                        options->certificate != NULL);

		if (certified)
			return certified;
	}
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

static char *read_table(const char *folder, const char *name, char path[PATH_BYTES], size_t *size,
                        int *code)
{
	char *bytes = NULL;
	FILE *in;

	snprintf(path, PATH_BYTES, "%s/%s", folder, name);
	in = cli_open(path, code);
	if (in)
		bytes = cli_read_whole(in, path, size, code);
	if (in)
		fclose(in);
	return bytes;
}

/* The signal that came, or 0: the changed pack has to be taken away before the end. */
static volatile sig_atomic_t stopped;

static void on_stop(int signal)
{
	stopped = signal;
}

/* A line that is written over, only where somebody looks. */
static int tell_progress(size_t done, size_t all)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%zu of %zu%s", done + 1, all, done + 1 == all ? "\n" : "");
	return stopped != 0;
}

static void wait_for_stop(void (*handler)(int))
{
	static const int signals[] = {SIGHUP, SIGINT, SIGTERM};

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct sigaction action = {.sa_handler = handler}, before;

		if (!sigaction(signals[i], NULL, &before) && before.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
}

static int mutate(const scap_pack *pack, const struct options *options, const char *rules,
                  const char *data, const struct prove_request *hazards)
{
	struct prove_mutation request = {
		.rules = rules, .data = data, .hazards = hazards->bytes,
		.hazards_size = hazards->size, .every = 1, .progress = tell_progress,
	};
	char path[PATH_BYTES];
	int code;
	char *cases = read_table(rules, "cases.csv", path, &request.cases_size, &code);
	size_t left = 0;

	if (!cases)
		return code;
	request.cases = cases;
	if (options->every)
		request.every = strtoul(options->every, NULL, 10);
	wait_for_stop(on_stop);
	code = (int)prove_mistakes(pack, &request, cli_write, stdout, &left);
	wait_for_stop(SIG_DFL);
	free(cases);
	if (stopped)
		raise(stopped);
	if (code)
		fputs("scapula: the changed packs can't be written; see TMPDIR\n", stderr);
	if (code)
		return cli_exit_of((unsigned)code);
	return left ? EXIT_NO : EXIT_DONE;
}

static bool refuse(const char *what)
{
	fprintf(stderr, "scapula prove: %s; nothing was done\n", what);
	return false;
}

/* What is asked must go together, and must not be written over what is read. */
static bool goes_together(const struct options *options)
{
	const char *const outputs[] = {options->examples, options->stamp};
	bool proves = options->json || options->examples || options->stamp || options->check ||
	              options->certificate || options->people;

	if (options->mutate && proves)
		return refuse("--mutate goes with --every alone");
	if (options->every && !options->mutate)
		return refuse("--every goes with --mutate");
	if (options->certificate && options->check)
		return refuse("a certificate is written or checked, not both");
	for (size_t i = 0; i < 2; i++)
		if (outputs[i] && cli_in_pack(options, outputs[i]))
			return refuse("the output would write over a file of the pack");
	if (outputs[0] && outputs[1] && cli_output_same(outputs[0], outputs[1], false))
		return refuse("--examples and --stamp are one file");
	return true;
}

static bool read_numbers(const struct options *options, struct prove_request *request)
{
	unsigned long long every = 1;

	if (!cli_number(options->people, NUMBER_MAX, &request->people))
		fputs("scapula prove: --people takes a number up to 1000000000; see 'scapula --help'\n",
		      stderr);
	else if (!cli_number(options->every, NUMBER_MAX, &every) || !every)
		fputs("scapula prove: --every takes a number from 1 on; see 'scapula --help'\n", stderr);
	else
		return true;
	return false;
}

int cli_prove(const struct options *options)
{
	char rules[4096], data[4096], path[PATH_BYTES];
	struct prove_request request = {.file = path, .people = REPLAYED, .seed = SEED};
	scap_pack *pack;
	char *bytes;
	int code;

	if (!read_numbers(options, &request) || !goes_together(options))
		return EXIT_USAGE;
	pack = cli_load(options, &code);
	if (!pack)
		return code;
	cli_folders(options, rules, data);
	bytes = read_table(rules, "hazards.csv", path, &request.size, &code);
	request.bytes = bytes;
	if (bytes)
		code = options->mutate ? mutate(pack, options, rules, data, &request)
		                       : run(pack, options, &request);
	free(bytes);
	scap_pack_free(pack);
	return code;
}
