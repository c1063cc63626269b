/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "cli/cli.h"

/* Reviews are judged by the day on which somebody asks: the library has no clock. */
static bool read_clock(char today[16])
{
	time_t now = time(NULL);
	struct tm day;

	if (now != (time_t)-1 && localtime_r(&now, &day) && strftime(today, 16, "%Y-%m-%d", &day))
		return true;
	fputs("scapula: there is no clock, so no review is looked at\n", stderr);
	return false;
}

/* What is set aside stands in a file that need not be there. False after saying why it
 * can't be read. */
static bool read_set_aside(const char *path, char **bytes, size_t *size, int *code)
{
	FILE *in = fopen(path, "rb");

	*bytes = NULL;
	if (!in && errno == ENOENT)
		return true;
	if (in)
		fclose(in);
	in = cli_open(path, code);
	if (!in)
		return false;
	*bytes = cli_read_whole(in, path, size, code);
	fclose(in);
	return *bytes != NULL;
}

static void praise(const scap_pack *pack, size_t warnings, size_t set_aside)
{
	const struct scap_pack_info *info = scap_pack_info(pack);

	printf("%s %s: no mistakes in %zu questions, %zu rules and %zu exercises", info->name,
	       info->version, info->questions, info->rules, info->exercises);
	if (warnings)
		printf("; %zu warning%s", warnings, warnings == 1 ? "" : "s");
	if (set_aside)
		printf("; %zu set aside, see rules/lint.csv", set_aside);
	if (info->unreviewed)
		printf("; %zu rules are not reviewed by a clinician", info->unreviewed);
	putchar('\n');
}

static int tell(const struct options *options, const scap_pack *pack, size_t set_aside,
                const scap_report *report)
{
	size_t errors = scap_report_errors(report), warnings = scap_report_warnings(report);
	unsigned code = 0;

	if (options->json) {
		code = scap_report_json(report, pack, set_aside, cli_write, stdout);
	} else {
		cli_print_report(report, true);
		if (errors)
			cli_say_broken(options, report);
		else
			praise(pack, warnings, set_aside);
	}
	if (code)
		return cli_exit_of(code);
	return errors || (options->strict && warnings) ? EXIT_NO : EXIT_DONE;
}

static int lint(const struct options *options, scap_pack *pack, scap_report *report)
{
	char rules[4096], data[4096], path[4096 + 16], today[16];
	struct scap_lint_options lint = {.file = path};
	size_t set_aside = 0;
	char *bytes = NULL;
	int code;

	cli_folders(options, rules, data);
	snprintf(path, sizeof(path), "%s/lint.csv", rules);
	if (pack && !read_set_aside(path, &bytes, &lint.size, &code))
		return code;
	lint.bytes = bytes;
	lint.today = pack && read_clock(today) ? today : NULL;
	if (pack)
		set_aside = scap_pack_lint(pack, &lint, report);
	free(bytes);
	return tell(options, pack, set_aside, report);
}

int cli_lint(const struct options *options)
{
	scap_report *report = scap_report_new();
	scap_pack *pack;
	int code;

	if (!report) {
		fputs("scapula: memory is out\n", stderr);
		return EXIT_IO;
	}
	pack = cli_load_into(options, report);
	code = lint(options, pack, report);
	scap_pack_free(pack);
	scap_report_free(report);
	return code;
}
