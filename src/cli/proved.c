/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "prove/prove.h"

enum { PATH_BYTES = 4096 + 32 };

bool cli_proved(const struct options *options, const scap_pack *pack)
{
	char rules[4096], data[4096], hazards[PATH_BYTES], stamp[PATH_BYTES];

	cli_folders(options, rules, data);
	snprintf(hazards, sizeof(hazards), "%s/hazards.csv", rules);
	snprintf(stamp, sizeof(stamp), "%s/../proof.csv", rules);
	if (!strcmp(rules, SCAP_SOURCE_DIR "/rules")) /* of a build tree */
		snprintf(stamp, sizeof(stamp), "%s/proof.csv", SCAP_BUILD_DIR);
	return prove_stamped(stamp, pack, hazards);
}

void cli_say_proved(const struct options *options, const scap_pack *pack)
{
	if (cli_proved(options, pack))
		fputs("proved: no way to answer leads to a mistake that this pack lists as dangerous; "
		      "whether the pack itself is right, only a clinician can say\n", stderr);
}
