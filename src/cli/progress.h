/* SPDX-License-Identifier: MIT
 *
 * One line on the terminal that tells how far a long run is. It is there only while
 * somebody can see it, and taken away before anything else is said.
 */
#ifndef SCAP_CLI_PROGRESS_H
#define SCAP_CLI_PROGRESS_H

#include <stdbool.h>
#include <time.h>

#include "cli/input.h"

/* Goes to the start of the line and clears it. */
#define PROGRESS_CLEAR "\r\033[K"

struct progress {
	const struct input *input; /* NULL: nothing is to be shown */
	struct timespec began;
	double next; /* seconds after that when the line is written again */
	bool shown;
};

/* Begins. Nothing is ever shown unless stderr is a terminal, and nothing where ROWS, the
 * decisions, go to a terminal as well. */
void cli_progress_begin(struct progress *progress, const struct input *input, bool rows);

/* Tells how far it is: rows, and bytes of the plain input. */
void cli_progress_tell(struct progress *progress, unsigned long long rows,
                       unsigned long long bytes);

/* Takes the line away. */
void cli_progress_clear(struct progress *progress);

#endif
