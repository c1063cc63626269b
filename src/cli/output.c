/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* ---- Deadly signals -------------------------------------------------------------- */

enum { PARTIALS_MAX = 2 };

/* What is to be removed when a signal ends the program. Changed only while those
 * signals wait. */
static const char *partials[PARTIALS_MAX];

static const int deadly[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGXFSZ};
enum { DEADLY = sizeof(deadly) / sizeof(deadly[0]) };

/* The handler is gone when it returns, so the signal that it raises is the end. */
static void on_deadly(int signal)
{
	for (size_t i = 0; i < PARTIALS_MAX; i++)
		if (partials[i])
			unlink(partials[i]);
	raise(signal);
}

static void hold_signals(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < DEADLY; i++)
		sigaddset(&set, deadly[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

/* What is ignored (nohup) stays so. */
static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_deadly, .sa_flags = (int)SA_RESETHAND};
	struct sigaction there;

	for (size_t i = 0; i < DEADLY; i++)
		if (!sigaction(deadly[i], NULL, &there) && there.sa_handler == SIG_DFL)
			sigaction(deadly[i], &action, NULL);
}

static void replace_partial(const char *old, const char *new)
{
	for (size_t i = 0; i < PARTIALS_MAX; i++)
		if (partials[i] == old) {
			partials[i] = new;
			return;
		}
}

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

static int make_partial(struct output *output)
{
	sigset_t before;
	int fd;

	catch_signals();
	hold_signals(&before);
	fd = mkstemp(output->partial);
	if (fd >= 0)
		replace_partial(NULL, output->partial);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return fd;
}

static bool open_partial(struct output *output, bool exists, mode_t rights)
{
	size_t room;
	int fd;

	output->target = exists ? realpath(output->name, NULL) : strdup(output->name);
	room = output->target ? strlen(output->target) + 16 : 0;
	output->partial = room ? malloc(room) : NULL;
	if (!output->partial)
		return false;
	snprintf(output->partial, room, "%s.XXXXXX", output->target);
	fd = make_partial(output);
	output->file = fd < 0 ? NULL : fdopen(fd, "wb");
	return output->file && !fchmod(fd, rights);
}

/* Ends the time of the partial file: it is renamed or removed. */
static bool end_partial(struct output *output, bool keep)
{
	sigset_t before;
	bool kept;

	hold_signals(&before);
	kept = keep && !rename(output->partial, output->target);
	if (keep && !kept)
		cli_output_failed(output);
	if (!kept)
		unlink(output->partial);
	replace_partial(output->partial, NULL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	free(output->partial);
	free(output->target);
	output->partial = output->target = NULL;
	return kept;
}

bool cli_output_open(struct output *output, const char *name)
{
	struct stat there;
	bool exists, ok;

	*output = (struct output){.name = name, .file = stdout};
	if (!name || is_stdout(name))
		return true;
	exists = !stat(name, &there);
	if (exists && !S_ISREG(there.st_mode)) {
		output->file = fopen(name, "wb");
		ok = output->file != NULL;
	} else {
		output->file = NULL;
		ok = open_partial(output, exists, rights_of(&there, exists));
	}
	if (ok)
		return true;
	cli_unwritten(name, errno);
	if (output->file)
		fclose(output->file);
	output->file = NULL;
	if (output->partial)
		end_partial(output, false);
	return false;
}

void cli_output_failed(struct output *output)
{
	if (!output->reason)
		output->reason = errno ? errno : EIO;
}

bool cli_output_store(struct output *output)
{
	if (!output->file)
		return true;
	if (output->file == stdout)
		return cli_flush_stdout();
	errno = 0;
	if (fflush(output->file) || ferror(output->file) ||
	    (output->partial && fsync(fileno(output->file))))
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
	output->file = NULL;
	if (output->partial)
		kept = end_partial(output, kept);
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
