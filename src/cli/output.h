/* SPDX-License-Identifier: MIT
 *
 * Files that appear whole or not at all, compressed where their name says so.
 */
#ifndef SCAP_CLI_OUTPUT_H
#define SCAP_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/packing.h"
#include "cli/partial.h"

struct output {
	const char *name;        /* as it was given */
	FILE *file;              /* NULL: it was not asked for */
	bool straight;           /* it is no ordinary file, and written as it comes */
	struct partial partial;  /* else */
	int fd;                  /* that the bytes go to in the end; stdout: none */
	struct deflate *deflate; /* NULL: they go there as they are */
	int reason;              /* errno of the first write that failed */
};

/* Opens an output; no name and `-` are stdout. What is no ordinary file (a device, a
 * pipe) is written straight. False after saying why. */
bool cli_output_open(struct output *output, const char *name);

/* Keeps why a write failed; the first time counts. */
void cli_output_failed(struct output *output);

/* Has all that was written stored; it is the end of it. False after saying why it can't
 * be (of stdout, cli_close_stdout says it). */
bool cli_output_store(struct output *output);

/* Gives it its name, or takes it away. False after saying why it can't be kept. */
bool cli_output_close(struct output *output, bool keep);

/* True if two outputs, or an input and an output, are one ordinary file. */
bool cli_output_same(const char *output, const char *other, bool other_is_input);

#endif
