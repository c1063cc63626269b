/* SPDX-License-Identifier: MIT
 *
 * What is put right when a signal ends the program: files that are not whole are
 * removed, and a line of progress is taken off the terminal.
 */
#ifndef SCAP_CLI_SIGNALS_H
#define SCAP_CLI_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/* Has the signals that end the program put things right before. One that is ignored
 * (nohup) stays so. */
void cli_signals_catch(void);

/* Has these signals wait, and lets them come again. */
void cli_signals_hold(sigset_t *before);
void cli_signals_release(const sigset_t *before);

/* A file to be removed, and one no longer; while signals wait. */
void cli_signals_add(const char *partial);
void cli_signals_drop(const char *partial);

/* True while a line stands on the terminal that is to be cleared. */
void cli_signals_line(bool shown);

#endif
