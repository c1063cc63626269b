/* SPDX-License-Identifier: MIT */
#include "prove/stamp.h"

#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "prove/file.h"

enum { HASH_BYTES = 65 };

static bool hash_file(const char *path, char out[HASH_BYTES])
{
	return SHA256File(path, out) != NULL;
}

bool prove_stamp_text(const scap_pack *pack, const char *hazards_sha256, struct buffer *out)
{
	const struct scap_pack_info *info = scap_pack_info(pack);
	char program[HASH_BYTES];

	if (!hash_file("/proc/self/exe", program))
		return false;
	scap__buffer_printf(out,
	                    "key,value\nschema,scapula.stamp/1\npack,%s\nhazards,%s\nprogram,%s\n",
	                    info->sha256, hazards_sha256, program);
	return !out->failed;
}

bool prove_stamp_matches(const char *stamp, const scap_pack *pack, const char *hazards)
{
	char hash[HASH_BYTES];
	struct buffer wanted;
	size_t size = 0;
	char *text = prove_read_file(stamp, &size);
	bool same = false;

	scap__buffer_init(&wanted, 1 << 12);
	if (text && size && hash_file(hazards, hash) && prove_stamp_text(pack, hash, &wanted))
		same = size == wanted.size && !memcmp(text, wanted.data, size);
	scap__buffer_free(&wanted);
	free(text);
	return same;
}
