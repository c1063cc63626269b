/* SPDX-License-Identifier: MIT */
#include "cli/partial.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/signals.h"

#define SIGN ".scapula-"

enum { TAIL = 6, NAME_SHOWN = 200, TRIES = 100 };

/* ---- Names ----------------------------------------------------------------------- */

static size_t folder_size(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

static char *folder_of(const char *path)
{
	size_t size = folder_size(path);

	return size ? strndup(path, size) : strdup(".");
}

/* `FOLDER/.NAME.scapula-XXXXXX`; of a long name only the beginning. */
static char *pattern_of(const char *target)
{
	size_t folder = folder_size(target), room = folder + NAME_SHOWN + 32;
	char *pattern = malloc(room);

	if (pattern)
		snprintf(pattern, room, "%.*s.%.*s" SIGN "XXXXXX", (int)folder, target, NAME_SHOWN,
		         target + folder);
	return pattern;
}

static void change_tail(char *pattern)
{
	static const char signs[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned char random[TAIL];
	char *tail = pattern + strlen(pattern) - TAIL;

	if (getentropy(random, sizeof(random)))
		memcpy(random, pattern, sizeof(random));
	for (int i = 0; i < TAIL; i++)
		tail[i] = signs[random[i] % (sizeof(signs) - 1)];
}

/* ---- What killed runs left --------------------------------------------------------- */

/* Removes a file unless somebody holds its lock, and so writes it still. */
static void remove_left(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat info;

	if (fd < 0)
		return;
	if (!fstat(fd, &info) && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
	    !flock(fd, LOCK_EX | LOCK_NB))
		unlinkat(folder, name, 0);
	close(fd);
}

static void remove_all_left(const char *target, const char *pattern)
{
	const char *own = pattern + folder_size(pattern);
	size_t size = strlen(own), head = size - TAIL;
	char *path = folder_of(target);
	DIR *folder = path ? opendir(path) : NULL;
	struct dirent *entry;

	free(path);
	if (!folder)
		return;
	while ((entry = readdir(folder)))
		if (strlen(entry->d_name) == size && !memcmp(entry->d_name, own, head))
			remove_left(dirfd(folder), entry->d_name);
	closedir(folder);
}

/* ---- Making one ---------------------------------------------------------------------- */

/* Where it can get a name later: that takes /proc. */
static int open_nameless(const char *target)
{
	char *folder = folder_of(target), link[40];
	int fd = folder ? open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;

	free(folder);
	if (fd < 0)
		return -1;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (!flock(fd, LOCK_EX | LOCK_NB) && !access(link, F_OK))
		return fd;
	close(fd);
	return -1;
}

/* Between its making and its lock another run may take it for one that was left; then
 * it is gone, and another is made. */
static int open_named(struct partial *partial)
{
	struct stat info;
	int fd = -1;

	for (int i = 0; i < TRIES; i++) {
		change_tail(partial->name);
		fd = open(partial->name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 && errno == EEXIST)
			continue;
		if (fd < 0)
			return -1;
		(void)flock(fd, LOCK_EX | LOCK_NB);
		if (!fstat(fd, &info) && info.st_nlink)
			return fd;
		close(fd);
	}
	errno = EEXIST;
	return -1;
}

static bool make(struct partial *partial)
{
	sigset_t before;

	partial->fd = open_nameless(partial->target);
	if (partial->fd >= 0)
		return true;
	cli_signals_hold(&before);
	partial->fd = open_named(partial);
	partial->named = partial->fd >= 0;
	if (partial->named)
		cli_signals_add(partial->name);
	cli_signals_release(&before);
	return partial->named;
}

static void forget(struct partial *partial)
{
	int reason = errno;

	free(partial->name);
	free(partial->target);
	*partial = (struct partial){.fd = -1};
	errno = reason;
}

bool cli_partial_open(struct partial *partial, const char *name, bool exists, mode_t rights)
{
	*partial = (struct partial){.fd = -1};
	partial->target = exists ? realpath(name, NULL) : strdup(name);
	partial->name = partial->target ? pattern_of(partial->target) : NULL;
	if (!partial->name) {
		forget(partial);
		return false;
	}
	cli_signals_catch();
	remove_all_left(partial->target, partial->name);
	if (make(partial) && !fchmod(partial->fd, rights))
		return true;
	cli_partial_close(partial, false);
	return false;
}

/* ---- Its end -------------------------------------------------------------------------- */

bool cli_partial_store(struct partial *partial)
{
	return !fsync(partial->fd);
}

static bool link_as(const struct partial *partial, const char *name)
{
	char link[40];

	snprintf(link, sizeof(link), "/proc/self/fd/%d", partial->fd);
	return !linkat(AT_FDCWD, link, AT_FDCWD, name, AT_SYMLINK_FOLLOW);
}

/* A link can't take the place of a file, so where there is one the name it has in
 * between is needed after all, for a moment. */
static bool give_name(struct partial *partial)
{
	if (!partial->named && link_as(partial, partial->target))
		return true;
	for (int i = 0; !partial->named && i < TRIES; i++) {
		change_tail(partial->name);
		partial->named = link_as(partial, partial->name);
		if (!partial->named && errno != EEXIST)
			return false;
	}
	if (!partial->named || rename(partial->name, partial->target))
		return false;
	partial->named = false;
	return true;
}

/* So that the name is there after a power cut, too. Some systems have no such thing. */
static bool store_folder(const char *target)
{
	char *folder = folder_of(target);
	int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	bool stored = fd < 0 || !fsync(fd) || errno == EINVAL || errno == ENOTSUP;

	free(folder);
	if (fd >= 0)
		close(fd);
	return stored;
}

bool cli_partial_close(struct partial *partial, bool keep)
{
	sigset_t before;
	bool kept;
	int reason;

	cli_signals_hold(&before);
	kept = keep && give_name(partial);
	reason = errno;
	if (partial->named)
		unlink(partial->name);
	cli_signals_drop(partial->name);
	cli_signals_release(&before);
	if (partial->fd >= 0)
		close(partial->fd);
	errno = reason;
	if (kept && !store_folder(partial->target))
		kept = false;
	forget(partial);
	return kept;
}
