/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* ---- One output --------------------------------------------------------------------- */

static bool is_stdout(const char *name)
{
	return !strcmp(name, "-");
}

/* The rights that a file of this name should have. */
static mode_t rights_of(const struct stat *there, bool exists)
{
	mode_t mask = umask(0);

	umask(mask);
	return exists ? there->st_mode & 0777 : 0666 & ~mask;
}

static bool open_descriptor(struct output *output)
{
	struct stat there;
	bool exists = !stat(output->name, &there);

	output->straight = exists && !S_ISREG(there.st_mode);
	if (output->straight) {
		output->fd = open(output->name, O_WRONLY | O_CLOEXEC);
		return output->fd >= 0;
	}
	if (!cli_partial_open(&output->partial, output->name, exists, rights_of(&there, exists)))
		return false;
	output->fd = output->partial.fd;
	return true;
}

/* The file has a descriptor of its own, so that closing it leaves that of the output. */
static bool open_file(struct output *output)
{
	enum packing packing = cli_packing_of(output->name);
	int copy;

	errno = ENOMEM;
	if (packing != PACKED_NOT) {
		output->deflate = cli_deflate_new(packing, output->fd);
		output->file = output->deflate ? cli_deflate_file(output->deflate) : NULL;
		return output->file != NULL;
	}
	copy = fcntl(output->fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	output->file = copy < 0 ? NULL : fdopen(copy, "wb");
	if (copy >= 0 && !output->file)
		close(copy);
	return output->file != NULL;
}

static void free_output(struct output *output)
{
	cli_deflate_free(output->deflate);
	output->deflate = NULL;
	output->file = NULL;
}

bool cli_output_open(struct output *output, const char *name)
{
	const char *lacks = cli_packing_lacks(cli_packing_of(name));
	char shown[SHOWN_BYTES];
	int reason;

	*output = (struct output){.name = name, .file = stdout, .fd = -1};
	if (!name || is_stdout(name))
		return true;
	output->file = NULL;
	if (lacks) {
		fprintf(stderr, "scapula: can't write %s: %s\n", cli_shown(name, shown), lacks);
		return false;
	}
	if (open_descriptor(output)) {
		if (open_file(output))
			return true;
		reason = errno;
		if (output->straight)
			close(output->fd);
		else
			cli_partial_close(&output->partial, false);
		errno = reason;
	}
	cli_unwritten(name, errno);
	free_output(output);
	return false;
}

void cli_output_failed(struct output *output)
{
	if (!output->reason)
		output->reason = errno ? errno : EIO;
}

/* All that was written is with the system, and the compressed data are ended. */
static bool flush(struct output *output)
{
	errno = 0;
	return !fflush(output->file) && !ferror(output->file) &&
	       (!output->deflate || cli_deflate_finish(output->deflate));
}

bool cli_output_store(struct output *output)
{
	if (!output->file)
		return true;
	if (output->file == stdout)
		return cli_flush_stdout();
	if (!flush(output) || (!output->straight && !cli_partial_store(&output->partial)))
		cli_output_failed(output);
	if (output->reason)
		cli_unwritten(output->name, output->reason);
	return !output->reason;
}

bool cli_output_close(struct output *output, bool keep)
{
	bool told = output->reason != 0, kept = keep && !told;

	if (!output->file || output->file == stdout)
		return true;
	errno = 0;
	if (fclose(output->file)) {
		cli_output_failed(output);
		kept = false;
	}
	free_output(output);
	if (!output->straight) {
		bool named = cli_partial_close(&output->partial, kept);

		if (kept && !named)
			cli_output_failed(output);
		kept = named;
	} else if (close(output->fd)) {
		cli_output_failed(output);
		kept = false;
	}
	if (keep && !kept && !told)
		cli_unwritten(output->name, output->reason);
	return kept || !keep;
}

/* ---- Two files or one? ----------------------------------------------------------------- */

/* The folder that a name stands in. */
static bool look_at_folder(const char *name, struct stat *info)
{
	const char *slash = strrchr(name, '/');
	char *folder = slash ? strndup(name, (size_t)(slash - name) + 1) : strdup(".");
	bool there = folder && !stat(folder, info);

	free(folder);
	return there;
}

static const char *last_part(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? slash + 1 : name;
}

bool cli_output_same(const char *output, const char *other, bool other_is_input)
{
	struct stat a, b;
	bool out = is_stdout(output), std = is_stdout(other), a_there, b_there;

	if (out && std && !other_is_input)
		return true;
	a_there = out ? !fstat(STDOUT_FILENO, &a) : !stat(output, &a);
	b_there = !std ? !stat(other, &b)
	               : !fstat(other_is_input ? STDIN_FILENO : STDOUT_FILENO, &b);
	if (!out && !std && !a_there && !b_there) /* two names of what is not there yet */
		return !strcmp(last_part(output), last_part(other)) && look_at_folder(output, &a) &&
		       look_at_folder(other, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
	return a_there && b_there && S_ISREG(a.st_mode) && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}
