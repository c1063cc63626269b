/* SPDX-License-Identifier: MIT
 *
 * The files that --summary and --report ask for.
 */
#ifndef SCAP_CLI_SUMMARY_H
#define SCAP_CLI_SUMMARY_H

#include <time.h>

#include "cli/cli.h"
#include "cli/output.h"

struct summary_files {
	struct output summary, report;
};

/* When a run began. */
struct run_time {
	struct timespec day, clock;
};

void cli_time_begin(struct run_time *begin);

/* Opens those that are asked for. False after saying why. */
bool cli_summary_open(struct summary_files *files, const struct options *options);

/* Says in a summary when its file was scored, by which pack. False: memory is out. */
bool cli_summary_stamp(scap_summary *summary, const struct run_time *begin,
                       const struct options *options, const scap_pack *pack);

/* Writes into what is open and has it stored. False after saying why. */
bool cli_summary_write(struct summary_files *files, const scap_summary *summary);

/* Gives them their names, or takes them away. False after saying why. */
bool cli_summary_close(struct summary_files *files, bool keep);

#endif
