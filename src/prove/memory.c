/* SPDX-License-Identifier: MIT */
#include "prove/memory.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_MEMORY = 74 }; /* EX_IOERR, as all commands have it */

static void *sure(void *block)
{
	if (block)
		return block;
	fputs("scapula: memory is out; nothing is proved\n", stderr);
	exit(EXIT_MEMORY);
}

void *prove_alloc(size_t count, size_t size)
{
	return sure(calloc(count ? count : 1, size ? size : 1));
}

void *prove_resize(void *block, size_t size)
{
	return sure(realloc(block, size ? size : 1));
}

void *prove_grow(void *items, size_t count, size_t size)
{
	if (count & (count - 1)) /* room is doubled at each power of two */
		return items;
	if (count > (size_t)-1 / 2 / size)
		sure(NULL);
	return prove_resize(items, (count ? 2 * count : 1) * size);
}
