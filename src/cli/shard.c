/* SPDX-License-Identifier: MIT */
#include "cli/shard.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/input.h"

enum { SHARDS_MOST = 1000000 };

static bool read_numbers(const char *text, struct shard *shard)
{
	char *end;

	errno = 0;
	shard->number = strtoull(text, &end, 10);
	return !errno && *end == '/' && text[0] >= '0' && text[0] <= '9' &&
	       cli_number(end + 1, SHARDS_MOST, &shard->of) && shard->number >= 1 &&
	       shard->number <= shard->of;
}

bool cli_shard_read(const char *option, const char *file, struct shard *shard)
{
	struct stat info;

	*shard = (struct shard){0};
	if (!option)
		return true;
	if (!read_numbers(option, shard)) {
		fputs("scapula score: --shard takes a share like 2/5, the second of five\n", stderr);
		return false;
	}
	if (!strcmp(file, "-") || (!stat(file, &info) && !S_ISREG(info.st_mode))) {
		fputs("scapula score: --shard needs an ordinary file: it is read twice\n", stderr);
		return false;
	}
	return true;
}

bool cli_shard_find(const char *file, struct shard *shard, int *code)
{
	struct scap_error error;
	struct input in = {0};
	unsigned result;

	if (!shard->number)
		return true;
	if (!cli_input_open(&in, file, code))
		return false;
	result = scap_share_find(in.name, (unsigned)shard->number, (unsigned)shard->of,
	                         cli_input_read, &in, &shard->share, &error);
	if (result && error.code) {
		cli_input_complain(&in, &error);
		*code = cli_exit_of(result);
	}
	cli_input_close(&in);
	return !result || !error.code;
}
