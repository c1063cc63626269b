/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/signals.h"

enum { ROOM = 80, MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* Seconds: before the first line, and between two. */
static const double FIRST = 1.0, BETWEEN = 0.25;

void cli_progress_begin(struct progress *progress, const struct input *input, bool rows)
{
	const char *term = getenv("TERM");
	bool able = term && *term && strcmp(term, "dumb") != 0;

	*progress = (struct progress){.next = FIRST};
	clock_gettime(CLOCK_MONOTONIC, &progress->began);
	if (able && isatty(STDERR_FILENO) && !(rows && isatty(STDOUT_FILENO)))
		progress->input = input;
	if (progress->input)
		cli_signals_catch();
}

static double seconds_since(const struct timespec *began)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - began->tv_sec) + (double)(now.tv_nsec - began->tv_nsec) / 1e9;
}

/* Digits in groups of three. */
static void write_rows(unsigned long long rows, char out[32])
{
	char digits[24];
	int size = snprintf(digits, sizeof(digits), "%llu", rows);

	for (int i = 0; i < size; i++) {
		*out++ = digits[i];
		if (i + 1 < size && (size - i - 1) % 3 == 0)
			*out++ = ',';
	}
	*out = '\0';
}

static void write_left(double seconds, char out[32])
{
	unsigned long left = (unsigned long)(seconds + 0.5);

	if (seconds > 99.0 * DAY)
		snprintf(out, 32, "many days left");
	else if (left >= HOUR)
		snprintf(out, 32, "%lu h %lu min left", left / HOUR, left % HOUR / MINUTE);
	else if (left >= 2 * MINUTE)
		snprintf(out, 32, "%lu min left", (left + MINUTE / 2) / MINUTE);
	else
		snprintf(out, 32, "%lu s left", left);
}

static size_t width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return ROOM;
	return size.ws_col < ROOM ? size.ws_col : ROOM;
}

/* Adds a part if it fits into the line; the last column stays free, as some terminals
 * begin a new line there. */
static void add_part(char line[ROOM], const char *part)
{
	size_t size = strlen(line);

	if (size + 2 + strlen(part) < width())
		snprintf(line + size, ROOM - size, "%s%s", size ? "  " : "", part);
}

void cli_progress_tell(struct progress *progress, unsigned long long rows,
                       unsigned long long bytes)
{
	const struct input *input = progress->input;
	char line[ROOM] = "", number[32], part[48];
	double seconds, share;

	if (!input)
		return;
	seconds = seconds_since(&progress->began);
	if (seconds < progress->next)
		return;
	progress->next = seconds + BETWEEN;
	write_rows(rows, number);
	snprintf(part, sizeof(part), "%s rows", number);
	add_part(line, part);
	snprintf(part, sizeof(part), "%.1f MB/s", (double)bytes / 1e6 / seconds);
	add_part(line, part);
	share = input->size ? (double)atomic_load_explicit(&input->taken, memory_order_relaxed) /
	                              (double)input->size
	                    : 0;
	if (share > 0 && share <= 1) {
		write_left(seconds * (1 - share) / share, part);
		add_part(line, part);
	}
	cli_signals_line(true);
	progress->shown = true;
	fprintf(stderr, PROGRESS_CLEAR "%s", line);
	fflush(stderr);
}

void cli_progress_clear(struct progress *progress)
{
	if (!progress->shown)
		return;
	fputs(PROGRESS_CLEAR, stderr);
	fflush(stderr);
	cli_signals_line(false);
	progress->shown = false;
}
