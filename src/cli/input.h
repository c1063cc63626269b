/* SPDX-License-Identifier: MIT
 *
 * An intake file: plain, or compressed as its name says. What can't be read to its end
 * is never taken for whole.
 */
#ifndef SCAP_CLI_INPUT_H
#define SCAP_CLI_INPUT_H

#include <stdatomic.h>

#include "cli/packing.h"
#include "scapula.h"

struct input {
	const char *name; /* as errors call it */
	int fd;
	char wrong[160];  /* why reading failed; "" while it did not */
	unsigned long long size;          /* of the file; 0: nobody knows */
	atomic_ullong taken;              /* bytes of it that were read */
	struct inflate *inflate;          /* NULL: it is plain */
	unsigned char *piece;             /* compressed bytes, those at `at` not yet used */
	const unsigned char *at;
	size_t left;
	bool began, ended;
};

/* Opens an input; `-` is stdin. False after saying why; *CODE is the exit code then. */
bool cli_input_open(struct input *input, const char *path, int *code);
void cli_input_close(struct input *input);

/* A scap_read_fn. After -1 `wrong` says why. */
long cli_input_read(void *input, char *bytes, size_t size);

/* Prints a mistake on stderr; where reading failed, with the reason. */
void cli_input_complain(const struct input *input, const struct scap_error *error);

#endif
