/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_list(const struct options *options)
{
	int code;
	scap_pack *pack = cli_load(options, &code);
	char shown[SHOWN_BYTES];
	unsigned result;

	if (!pack)
		return code;
	result = scap_list(pack, options->args[0], options->json ? SCAP_JSON : SCAP_TEXT, cli_write,
	                   stdout);
	scap_pack_free(pack);
	if (result != 314)
		return cli_exit_of(result);
	fprintf(stderr, "scapula: can't list '%s'; there are questions, levels, findings, rules, "
	                "exercises, tags, sources, remarks, phrases, cues, files "
	                "and codes\n",
	        cli_shown(options->args[0], shown));
	return EXIT_USAGE;
}
