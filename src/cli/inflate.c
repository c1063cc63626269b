/* SPDX-License-Identifier: MIT
 *
 * Compressed bytes in, plain bytes out. Members (of gzip) and frames (of Zstandard)
 * may follow each other; anything else behind them is an error. Memory does not grow
 * with what comes out: 64 KiB or so for gzip, for Zstandard what its window needs, 128
 * MiB at most.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

#include "cli/packing.h"

#define FOREIGN "it is not compressed as its name says"
#define TRAILING "behind the compressed data stands something else"
#define DAMAGED "the compressed data are damaged"

struct inflate {
	enum packing packing;
	bool between; /* no member is open */
	bool any;     /* one was whole */
#ifdef HAVE_ZLIB
	z_stream gz;
#endif
#ifdef HAVE_ZSTD
	ZSTD_DStream *zst;
#endif
};

static bool ends_in(const char *name, const char *end)
{
	size_t size = strlen(name), tail = strlen(end);

	return size > tail && !strcmp(name + size - tail, end);
}

enum packing cli_packing_of(const char *name)
{
	return !name ? PACKED_NOT : ends_in(name, ".gz") ? PACKED_GZ
	             : ends_in(name, ".zst") ? PACKED_ZST : PACKED_NOT;
}

const char *cli_packing_lacks(enum packing packing)
{
#ifndef HAVE_ZLIB
	if (packing == PACKED_GZ)
		return "this scapula was built without zlib; install it (Debian, Ubuntu: "
		       "apt-get install zlib1g-dev) and build again, or use gzip in a pipe";
#endif
#ifndef HAVE_ZSTD
	if (packing == PACKED_ZST)
		return "this scapula was built without libzstd; install it (Debian, Ubuntu: "
		       "apt-get install libzstd-dev) and build again, or use zstd in a pipe";
#endif
	(void)packing;
	return NULL;
}

struct inflate *cli_inflate_new(enum packing packing)
{
	struct inflate *z = calloc(1, sizeof(*z));
	bool ok = false;

	if (!z)
		return NULL;
	z->packing = packing;
	z->between = true;
#ifdef HAVE_ZLIB
	if (packing == PACKED_GZ)
		ok = inflateInit2(&z->gz, 16 + MAX_WBITS) == Z_OK;
#endif
#ifdef HAVE_ZSTD
	if (packing == PACKED_ZST)
		ok = (z->zst = ZSTD_createDStream()) != NULL;
#endif
	if (ok)
		return z;
	free(z);
	return NULL;
}

void cli_inflate_free(struct inflate *z)
{
	if (!z)
		return;
#ifdef HAVE_ZLIB
	if (z->packing == PACKED_GZ)
		inflateEnd(&z->gz);
#endif
#ifdef HAVE_ZSTD
	ZSTD_freeDStream(z->zst);
#endif
	free(z);
}

bool cli_inflate_whole(const struct inflate *z)
{
	return z->between && z->any;
}

#ifdef HAVE_ZLIB
static long inflate_gz(struct inflate *z, const unsigned char **from, size_t *left,
                       char *out, size_t room, const char **wrong)
{
	z_stream *gz = &z->gz;
	int state;

	if (z->between)
		inflateReset(gz);
	gz->next_in = (unsigned char *)*from; /* zlib does not write there */
	gz->avail_in = (unsigned)*left;
	gz->next_out = (unsigned char *)out;
	gz->avail_out = (unsigned)room;
	state = inflate(gz, Z_NO_FLUSH);
	*from = gz->next_in;
	*left = gz->avail_in;
	z->between = state == Z_STREAM_END;
	z->any |= z->between;
	if (state == Z_OK || state == Z_STREAM_END || state == Z_BUF_ERROR)
		return (long)(room - gz->avail_out);
	*wrong = state == Z_MEM_ERROR ? "memory is out"
	         : gz->total_in > 2   ? DAMAGED
	         : z->any       ? TRAILING : FOREIGN;
	return -1;
}
#endif

#ifdef HAVE_ZSTD
static long inflate_zst(struct inflate *z, const unsigned char **from, size_t *left,
                        char *out, size_t room, const char **wrong)
{
	ZSTD_inBuffer in = {*from, *left, 0};
	ZSTD_outBuffer to = {out, room, 0};
	size_t state = ZSTD_decompressStream(z->zst, &to, &in);

	*from += in.pos;
	*left -= in.pos;
	if (!ZSTD_isError(state)) {
		z->between = state == 0;
		z->any |= z->between;
		return (long)to.pos;
	}
	switch (ZSTD_getErrorCode(state)) {
	case ZSTD_error_prefix_unknown: *wrong = z->any ? TRAILING : FOREIGN; break;
	case ZSTD_error_memory_allocation: *wrong = "memory is out"; break;
	case ZSTD_error_frameParameter_windowTooLarge:
		*wrong = "to read it takes more than 128 MiB of memory";
		break;
	default: *wrong = DAMAGED;
	}
	return -1;
}
#endif

/* Bytes may come out although none go in, when there was no room for them before. Only
 * between members nothing can. */
long cli_inflate(struct inflate *z, const unsigned char **from, size_t *left, char *out,
                 size_t room, const char **wrong)
{
	(void)from, (void)out, (void)wrong; /* of a build without either library */
	if (room > 1u << 30)
		room = 1u << 30;
	do {
		long got = 0;

		if (z->between && !*left)
			return 0;
#ifdef HAVE_ZLIB
		if (z->packing == PACKED_GZ)
			got = inflate_gz(z, from, left, out, room, wrong);
#endif
#ifdef HAVE_ZSTD
		if (z->packing == PACKED_ZST)
			got = inflate_zst(z, from, left, out, room, wrong);
#endif
		if (got)
			return got;
	} while (*left);
	return 0;
}
