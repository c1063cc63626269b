/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_show(const struct options *options)
{
	int code;
	scap_pack *pack = cli_load(options, &code);
	struct scap_error error = {0};
	unsigned result;

	if (!pack)
		return code;
	result = scap_show(pack, options->args[0], options->json ? SCAP_JSON : SCAP_TEXT, cli_write,
	                   stdout, &error);
	if (error.code)
		cli_complain(&error);
	scap_pack_free(pack);
	return cli_exit_of(result);
}
