/* SPDX-License-Identifier: MIT */
#include <time.h>

#include "cli/cli.h"

/* Reviews are judged by the day on which somebody asks: the library has no clock. */
static void review(const scap_pack *pack, scap_report *report)
{
	time_t now = time(NULL);
	struct tm day;
	char today[16];

	if (now != (time_t)-1 && localtime_r(&now, &day) &&
	    strftime(today, sizeof(today), "%Y-%m-%d", &day))
		scap_pack_review(pack, today, report);
	else
		fputs("scapula: there is no clock, so no review is looked at\n", stderr);
}

static void praise(const scap_pack *pack, size_t warnings)
{
	const struct scap_pack_info *info = scap_pack_info(pack);

	printf("%s %s: no mistakes in %zu questions, %zu rules and %zu exercises", info->name,
	       info->version, info->questions, info->rules, info->exercises);
	if (warnings)
		printf("; %zu warning%s", warnings, warnings == 1 ? "" : "s");
	if (info->unreviewed)
		printf("; %zu rules are not reviewed by a clinician", info->unreviewed);
	putchar('\n');
}

int cli_lint(const struct options *options)
{
	scap_report *report = scap_report_new();
	scap_pack *pack;
	bool broken;

	if (!report) {
		fputs("scapula: memory is out\n", stderr);
		return EXIT_IO;
	}
	pack = cli_load_into(options, report);
	if (pack)
		review(pack, report);
	cli_print_report(report, true);
	broken = scap_report_errors(report) > 0;
	if (broken)
		cli_say_broken(options, report);
	else
		praise(pack, scap_report_warnings(report));
	scap_pack_free(pack);
	scap_report_free(report);
	return broken ? EXIT_NO : EXIT_DONE;
}
