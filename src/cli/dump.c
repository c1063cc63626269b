/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_dump(const struct options *options)
{
	int code;
	scap_pack *pack = cli_load(options, &code);

	if (!pack)
		return code;
	code = cli_exit_of(scap_dump(pack, cli_write, stdout));
	scap_pack_free(pack);
	return code;
}
