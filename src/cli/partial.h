/* SPDX-License-Identifier: MIT
 *
 * A file that is not whole yet. It has no name at all where the system can do that, or
 * one of its own beside the real one; it gets its name in one step, and only whole.
 *
 * A run that is killed leaves at most a file `.NAME.scapula-XXXXXX`. Whoever writes
 * such a file holds a lock on it, so the next run knows what nobody writes any more and
 * removes it.
 */
#ifndef SCAP_CLI_PARTIAL_H
#define SCAP_CLI_PARTIAL_H

#include <stdbool.h>
#include <sys/types.h>

struct partial {
	int fd;
	char *target; /* the name it is to have: where a link leads to */
	char *name;   /* that it has until then */
	bool named;   /* it has that already */
};

/* Makes one for NAME. False with errno set, and nothing is left behind. */
bool cli_partial_open(struct partial *partial, const char *name, bool exists, mode_t rights);

/* Stores what was written so far. False with errno set. */
bool cli_partial_store(struct partial *partial);

/* Gives it its name if KEEP, else takes it away. False with errno set. */
bool cli_partial_close(struct partial *partial, bool keep);

#endif
