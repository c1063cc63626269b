/* SPDX-License-Identifier: MIT */
#include "prove/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "prove/memory.h"

enum { MOST_BYTES = 64 << 20 };

char *prove_read_file(const char *path, size_t *size)
{
	struct stat info;
	char *bytes = NULL;
	FILE *in;

	if (stat(path, &info) || !S_ISREG(info.st_mode) || info.st_size > MOST_BYTES)
		return NULL;
	in = fopen(path, "rb");
	if (!in)
		return NULL;
	bytes = prove_alloc((size_t)info.st_size + 2, 1);
	*size = fread(bytes, 1, (size_t)info.st_size, in);
	if (ferror(in) || *size != (size_t)info.st_size) {
		free(bytes);
		bytes = NULL;
	}
	fclose(in);
	return bytes;
}
