/* SPDX-License-Identifier: MIT */
#include "prove/file.h"

#include <stdio.h>

#include "prove/memory.h"

char *prove_read_file(const char *path, size_t *size)
{
	FILE *in = fopen(path, "rb");
	char *bytes = NULL;
	long end;

	if (in && !fseek(in, 0, SEEK_END) && (end = ftell(in)) >= 0 && !fseek(in, 0, SEEK_SET)) {
		bytes = prove_alloc((size_t)end + 2, 1);
		*size = fread(bytes, 1, (size_t)end, in);
	}
	if (in)
		fclose(in);
	return bytes;
}
