/* SPDX-License-Identifier: MIT */
#include "cli/summary.h"

#include <errno.h>
#include <stdlib.h>

void cli_time_begin(struct run_time *begin)
{
	clock_gettime(CLOCK_REALTIME, &begin->day);
	clock_gettime(CLOCK_MONOTONIC, &begin->clock);
}

static unsigned long long milliseconds_since(const struct timespec *begin)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (unsigned long long)(now.tv_sec - begin->tv_sec) * 1000 +
	       (unsigned long long)((now.tv_nsec - begin->tv_nsec + 1000000000L) / 1000000) - 1000;
}

bool cli_summary_stamp(scap_summary *summary, const struct run_time *begin,
                       const struct options *options, const scap_pack *pack)
{
	char day[40] = "", moment[64] = "";
	struct tm tm;

	if (gmtime_r(&begin->day.tv_sec, &tm) && strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm))
		snprintf(moment, sizeof(moment), "%s.%03ldZ", day, begin->day.tv_nsec / 1000000);
	return !scap_summary_stamp(summary, moment, milliseconds_since(&begin->clock),
	                           cli_proved(options, pack));
}

bool cli_summary_open(struct summary_files *files, const struct options *options)
{
	if (options->summary && !cli_output_open(&files->summary, options->summary))
		return false;
	if (!options->report || cli_output_open(&files->report, options->report))
		return true;
	cli_output_close(&files->summary, false);
	return false;
}

static int write_file(void *ctx, const char *bytes, size_t size)
{
	struct output *output = ctx;

	if (!cli_write(output->file, bytes, size))
		return 0;
	cli_output_failed(output);
	return 1;
}

static bool write_one(struct output *output, const scap_summary *summary,
                      unsigned (*form)(const scap_summary *, scap_write_fn *, void *))
{
	if (!output->file)
		return true;
	if (form(summary, write_file, output) == 901) {
		fputs("scapula: memory is out\n", stderr);
		return false;
	}
	return cli_output_store(output);
}

bool cli_summary_write(struct summary_files *files, const scap_summary *summary)
{
	bool written = write_one(&files->summary, summary, scap_summary_json);

	return write_one(&files->report, summary, scap_summary_html) && written;
}

bool cli_summary_close(struct summary_files *files, bool keep)
{
	bool closed = cli_output_close(&files->summary, keep);

	return cli_output_close(&files->report, keep) && closed;
}
