/* SPDX-License-Identifier: MIT */
#include "cli/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

enum { PIECE = 64 << 10, MARK = 4 };

static long fail(struct input *input, const char *why)
{
	snprintf(input->wrong, sizeof(input->wrong), "%s", why);
	return -1;
}

/* What read(2) gives, which may be less than there is; -1 after noting why. */
static long take(struct input *input, void *bytes, size_t size)
{
	ssize_t got;

	do
		got = read(input->fd, bytes, size);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		snprintf(input->wrong, sizeof(input->wrong), "reading failed: %s",
		         strerror(errno));
		return -1;
	}
	atomic_fetch_add_explicit(&input->taken, (unsigned long long)got, memory_order_relaxed);
	input->ended = got == 0;
	return (long)got;
}

/* ---- Plain ----------------------------------------------------------------------- */

/* The first bytes of a file that is compressed although its name does not say so. */
static const char *mark_of(const char *bytes, long size)
{
	if (size >= 2 && !memcmp(bytes, "\x1f\x8b", 2))
		return "it is compressed by gzip; give it a name that ends in .gz";
	if (size >= MARK && !memcmp(bytes, "\x28\xb5\x2f\xfd", MARK))
		return "it is compressed by zstd; give it a name that ends in .zst";
	return NULL;
}

/* The first bytes: as many as it takes to know them. */
static long begin_plain(struct input *input, char *bytes, size_t size)
{
	long got = 0, more = 1;

	while (more > 0 && got < MARK && (size_t)got < size) {
		more = take(input, bytes + got, size - (size_t)got);
		got += more;
	}
	input->began = true;
	if (more < 0)
		return -1;
	return mark_of(bytes, got) ? fail(input, mark_of(bytes, got)) : got;
}

/* ---- Compressed -------------------------------------------------------------------- */

static long read_packed(struct input *input, char *bytes, size_t size)
{
	for (;;) {
		const char *wrong = NULL;
		long got = cli_inflate(input->inflate, &input->at, &input->left, bytes, size,
		                       &wrong);

		if (got < 0)
			return fail(input, wrong);
		if (got > 0)
			return got;
		if (input->ended)
			return cli_inflate_whole(input->inflate)
			               ? 0
			               : fail(input, "it ends in the middle of its compressed data; a "
			                             "part is missing");
		got = take(input, input->piece, PIECE);
		if (got < 0)
			return -1;
		input->at = input->piece;
		input->left = (size_t)got;
	}
}

long cli_input_read(void *ctx, char *bytes, size_t size)
{
	struct input *input = ctx;

	if (input->wrong[0])
		return -1;
	if (input->inflate)
		return read_packed(input, bytes, size);
	return input->began ? take(input, bytes, size) : begin_plain(input, bytes, size);
}

void cli_input_complain(const struct input *input, const struct scap_error *error)
{
	struct scap_error told = *error;

	if (error->code == 902 && input->wrong[0])
		snprintf(told.message, sizeof(told.message), "%s", input->wrong);
	cli_complain(&told);
}

/* ---- Opening ------------------------------------------------------------------------- */

static bool refuse(const char *path, const char *why)
{
	char shown[SHOWN_BYTES];

	fprintf(stderr, "scapula: can't read %s: %s\n", cli_shown(path, shown), why);
	return false;
}

static bool open_file(struct input *input, const char *path, int *code)
{
	struct stat info;
	bool there = true;

	input->fd = STDIN_FILENO;
	if (strcmp(path, "-") != 0) {
		input->name = path;
		input->fd = open(path, O_RDONLY | O_CLOEXEC);
		there = input->fd >= 0 && !fstat(input->fd, &info);
		if (there && S_ISDIR(info.st_mode)) {
			there = false;
			errno = EISDIR;
		}
	}
	if (there) {
		if (!fstat(input->fd, &info) && S_ISREG(info.st_mode))
			input->size = (unsigned long long)info.st_size;
		return true;
	}
	*code = errno == ENOENT || errno == EISDIR || errno == EACCES ? EXIT_NO_INPUT : EXIT_IO;
	return refuse(path, strerror(errno));
}

bool cli_input_open(struct input *input, const char *path, int *code)
{
	enum packing packing = cli_packing_of(path);
	const char *lacks = cli_packing_lacks(packing);

	*input = (struct input){.name = "(standard input)", .fd = -1};
	if (open_file(input, path, code)) {
		if (packing != PACKED_NOT && !lacks) {
			input->piece = malloc(PIECE);
			input->inflate = cli_inflate_new(packing);
			lacks = input->piece && input->inflate ? NULL : "memory is out";
		}
		if (!lacks)
			return true;
		*code = EXIT_IO;
		refuse(path, lacks);
	}
	cli_input_close(input);
	return false;
}

void cli_input_close(struct input *input)
{
	cli_inflate_free(input->inflate);
	free(input->piece);
	if (input->fd > STDIN_FILENO)
		close(input->fd);
	input->inflate = NULL;
	input->piece = NULL;
	input->fd = -1;
}
