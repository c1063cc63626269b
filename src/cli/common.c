/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

int cli_write(void *file, const char *bytes, size_t size)
{
	return fwrite(bytes, 1, size, file) != size;
}

long cli_read(void *file, char *bytes, size_t size)
{
	size_t got = fread(bytes, 1, size, file);

	return ferror((FILE *)file) ? -1 : (long)got;
}

static bool is_folder(const char *path)
{
	struct stat info;

	return !stat(path, &info) && S_ISDIR(info.st_mode);
}

/* Where the shipped pack is: SCAPULA_PACK, beside the sources of a build tree,
 * or where it was installed. */
static const char *shipped(void)
{
	const char *chosen = getenv("SCAPULA_PACK");
	char self[4096];
	ssize_t size = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (chosen && *chosen)
		return chosen;
	if (size > 0) {
		self[size] = '\0';
		if (!strcmp(self, SCAP_BUILD_DIR "/scapula") && is_folder(SCAP_SOURCE_DIR "/rules"))
			return SCAP_SOURCE_DIR;
	}
	return SCAP_PACK_DIR;
}

void cli_folders(const struct options *options, char rules[4096], char data[4096])
{
	const char *pack = shipped();

	if (options->rules)
		snprintf(rules, 4096, "%s", options->rules);
	else
		snprintf(rules, 4096, "%s/rules", pack);
	if (options->data)
		snprintf(data, 4096, "%s", options->data);
	else
		snprintf(data, 4096, "%s/data", pack);
}

static int write_stderr(void *ctx, const char *bytes, size_t size)
{
	(void)ctx;
	return fwrite(bytes, 1, size, stderr) != size;
}

void cli_complain(const struct scap_error *error)
{
	scap_error_print(error, write_stderr, NULL);
}

scap_pack *cli_load(const struct options *options, int *code)
{
	char rules[4096], data[4096];
	scap_report *report = scap_report_new();
	scap_pack *pack;
	size_t told, errors;

	*code = EXIT_PACK;
	if (!report) {
		fputs("scapula: memory is out\n", stderr);
		return NULL;
	}
	cli_folders(options, rules, data);
	pack = scap_pack_load(rules, data, report);
	told = scap_report_count(report);
	errors = scap_report_errors(report);
	for (size_t i = 0; i < told; i++)
		cli_complain(scap_report_at(report, i));
	if (errors > told)
		fprintf(stderr, "... and %zu more\n", errors - told);
	if (!pack)
		fprintf(stderr, "scapula: the pack in %s and %s has %zu mistake%s; nothing was done\n",
		        rules, data, errors, errors == 1 ? "" : "s");
	scap_report_free(report);
	return pack;
}

FILE *cli_open(const char *path, int *code)
{
	struct stat info;
	FILE *file;

	if (!strcmp(path, "-"))
		return stdin;
	file = fopen(path, "rb");
	if (file && !fstat(fileno(file), &info) && S_ISDIR(info.st_mode)) {
		fclose(file);
		file = NULL;
		errno = EISDIR;
	}
	if (file)
		return file;
	*code = errno == ENOENT || errno == EISDIR || errno == EACCES ? EXIT_NO_INPUT : EXIT_IO;
	fprintf(stderr, "scapula: can't read %s: %s\n", path, strerror(errno));
	return NULL;
}

int cli_exit_of(unsigned code)
{
	switch (code) {
	case 0: return EXIT_DONE;
	case 901:
		fputs("scapula: memory is out\n", stderr);
		return EXIT_IO;
	case 902:
	case 903: return EXIT_IO;
	default: return EXIT_NO;
	}
}

int cli_close_stdout(int code)
{
	bool lost = ferror(stdout) != 0;

	errno = 0;
	if (fflush(stdout) || close(STDOUT_FILENO))
		lost = true;
	if (!lost || code == EXIT_USAGE)
		return code;
	fprintf(stderr, "scapula: can't write the output%s%s\n", errno ? ": " : "",
	        errno ? strerror(errno) : "");
	return EXIT_IO;
}
