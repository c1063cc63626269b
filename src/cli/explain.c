/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

static int explain(const scap_pack *pack, const struct options *options, FILE *in)
{
	const char *file = in == stdin ? "(standard input)" : options->args[0];
	char shown[2][SHOWN_BYTES];
	struct scap_error error = {0};
	scap_answers *answers = scap_answers_read(pack, options->args[1], file,
	                                          (const char *const *)options->ignore, cli_read, in,
	                                          &error);
	scap_decision *decision = answers ? scap_decide(answers) : NULL;
	unsigned result = 901;

	if (decision) {
		if (!options->json)
			printf("row %s of %s\n\n", cli_shown(options->args[1], shown[0]),
			       cli_shown(file, shown[1]));
		result = scap_explain(decision, options->rule,
		                      options->json ? SCAP_JSON : SCAP_TEXT, cli_write, stdout,
		                      &error);
	} else if (!answers) {
		result = error.code;
	}
	if (error.code)
		cli_complain(&error);
	scap_decision_free(decision);
	scap_answers_free(answers);
	return cli_exit_of(result);
}

int cli_explain(const struct options *options)
{
	int code;
	scap_pack *pack = cli_load(options, &code);
	FILE *in;

	if (!pack)
		return code;
	in = cli_open(options->args[0], &code);
	if (in) {
		code = explain(pack, options, in);
		if (in != stdin)
			fclose(in);
	}
	scap_pack_free(pack);
	return code;
}
