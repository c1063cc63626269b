/* SPDX-License-Identifier: MIT */
#include "cli/signals.h"

#include <stddef.h>
#include <unistd.h>

#include "cli/progress.h"

enum { PARTIALS_MAX = 4 };

/* Changed only while those signals wait. */
static const char *partials[PARTIALS_MAX];
static volatile sig_atomic_t line_shown;

static const int deadly[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGXFSZ};
enum { DEADLY = sizeof(deadly) / sizeof(deadly[0]) };

/* The handler is gone when it returns, so the signal that it raises is the end; a
 * shell calls that 128 and the signal's number. */
static void on_deadly(int signal)
{
	for (size_t i = 0; i < PARTIALS_MAX; i++)
		if (partials[i])
			unlink(partials[i]);
	if (line_shown)
		(void)!write(STDERR_FILENO, PROGRESS_CLEAR, sizeof(PROGRESS_CLEAR) - 1);
	raise(signal);
}

void cli_signals_hold(sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < DEADLY; i++)
		sigaddset(&set, deadly[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

void cli_signals_release(const sigset_t *before)
{
	sigprocmask(SIG_SETMASK, before, NULL);
}

void cli_signals_catch(void)
{
	struct sigaction action = {.sa_handler = on_deadly, .sa_flags = (int)SA_RESETHAND};
	struct sigaction there;

	for (size_t i = 0; i < DEADLY; i++)
		if (!sigaction(deadly[i], NULL, &there) && there.sa_handler == SIG_DFL)
			sigaction(deadly[i], &action, NULL);
}

static void replace(const char *old, const char *new)
{
	for (size_t i = 0; i < PARTIALS_MAX; i++)
		if (partials[i] == old) {
			partials[i] = new;
			return;
		}
}

void cli_signals_add(const char *partial)
{
	replace(NULL, partial);
}

void cli_signals_drop(const char *partial)
{
	replace(partial, NULL);
}

void cli_signals_line(bool shown)
{
	line_shown = shown;
}
