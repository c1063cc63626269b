/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/output.h"

enum { SHEETS = 3, PATH_BYTES = 4096 + 16 };

static const char *const sheet_names[SHEETS] = {
	[SCAP_SURVEY] = "survey.csv",
	[SCAP_CHOICES] = "choices.csv",
	[SCAP_SETTINGS] = "settings.csv",
};

static int write_out(void *ctx, const char *bytes, size_t size)
{
	struct output *output = ctx;

	if (!cli_write(output->file, bytes, size))
		return 0;
	cli_output_failed(output);
	return 1;
}

static bool make_folder(const char *folder)
{
	if (strlen(folder) > 4096) {
		cli_unwritten(folder, ENAMETOOLONG);
		return false;
	}
	if (!mkdir(folder, 0777) || errno == EEXIST)
		return true;
	cli_unwritten(folder, errno);
	return false;
}

static unsigned write_sheets(const scap_pack *pack, struct output outputs[SHEETS],
                             scap_report *report)
{
	unsigned result = 0;

	for (int i = 0; i < SHEETS; i++) {
		unsigned code = scap_form(pack, (enum scap_sheet)i, write_out, &outputs[i], report);

		result = result && code < 900 ? result : code ? code : result;
	}
	for (size_t i = 0; i < scap_report_count(report); i++)
		cli_complain(scap_report_at(report, i));
	return result;
}

/* All three get their names, or none. */
static unsigned form(const scap_pack *pack, const char *folder, scap_report *report)
{
	char paths[SHEETS][PATH_BYTES];
	struct output outputs[SHEETS] = {0};
	unsigned result = 903;
	int opened = 0;
	bool stored = true;

	for (; opened < SHEETS; opened++) {
		snprintf(paths[opened], PATH_BYTES, "%s/%s", folder, sheet_names[opened]);
		if (!cli_output_open(&outputs[opened], paths[opened]))
			break;
	}
	if (opened == SHEETS)
		result = write_sheets(pack, outputs, report);
	for (int i = 0; i < opened; i++)
		stored = cli_output_store(&outputs[i]) && stored;
	for (int i = 0; i < opened; i++)
		stored = cli_output_close(&outputs[i], !result && stored) && stored;
	return result || stored ? result : 903;
}

int cli_form(const struct options *options)
{
	scap_report *report;
	unsigned result = 901;
	int code = EXIT_IO;
	scap_pack *pack;

	if (!options->xlsform) {
		fputs("scapula form: --xlsform DIR says where to; see 'scapula --help'\n", stderr);
		return EXIT_USAGE;
	}
	pack = cli_load(options, &code);
	if (!pack)
		return code;
	report = scap_report_new();
	if (report)
		result = make_folder(options->xlsform) ? form(pack, options->xlsform, report) : 903;
	scap_report_free(report);
	scap_pack_free(pack);
	return cli_exit_of(result);
}
