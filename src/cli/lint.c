/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int cli_lint(const struct options *options)
{
	const struct scap_pack_info *info;
	int code;
	scap_pack *pack = cli_load(options, &code);

	if (!pack)
		return EXIT_NO;
	info = scap_pack_info(pack);
	printf("%s %s: no mistakes in %zu questions, %zu rules and %zu exercises", info->name,
	       info->version, info->questions, info->rules, info->exercises);
	if (info->unreviewed)
		printf("; %zu rules are not reviewed by a clinician", info->unreviewed);
	putchar('\n');
	scap_pack_free(pack);
	return EXIT_DONE;
}
