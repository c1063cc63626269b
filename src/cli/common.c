/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* Why stdout could not be written, once: errno soon says something else. */
static int stdout_reason;

void cli_note_failure(FILE *file)
{
	if (file == stdout && !stdout_reason)
		stdout_reason = errno;
}

int cli_write(void *file, const char *bytes, size_t size)
{
	errno = 0;
	if (fwrite(bytes, 1, size, file) == size)
		return 0;
	cli_note_failure(file);
	return 1;
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

/* A descriptor that is closed would be given to the next file that is opened, and
 * what is meant for stdout would go there. One that can't be used takes its place. */
void cli_guard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

const char *cli_shown(const char *name, char shown[SHOWN_BYTES])
{
	scap_printable(name, shown, SHOWN_BYTES);
	return shown;
}

void cli_unwritten(const char *name, int reason)
{
	char shown[SHOWN_BYTES];

	fprintf(stderr, "scapula: can't write %s%s%s\n", cli_shown(name, shown),
	        reason ? ": " : "", reason ? strerror(reason) : "");
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

/* The folder of a file, with its links resolved; false where there is none. */
static bool folder_of(const char *file, char folder[PATH_MAX])
{
	char copy[PATH_MAX], real[PATH_MAX];
	const char *path = realpath(file, real) ? real : file;

	if (strlen(path) >= sizeof(copy))
		return false;
	strcpy(copy, path);
	return realpath(dirname(copy), folder) != NULL;
}

bool cli_in_pack(const struct options *options, const char *file)
{
	char folders[2][4096], own[PATH_MAX], real[PATH_MAX];

	cli_folders(options, folders[0], folders[1]);
	for (int i = 0; i < 2; i++)
		if (folder_of(file, own) && realpath(folders[i], real) && !strcmp(own, real))
			return true;
	return false;
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

void cli_print_report(const scap_report *report, bool warnings)
{
	size_t told = scap_report_count(report), printed = 0;
	size_t all = scap_report_errors(report) + (warnings ? scap_report_warnings(report) : 0);

	for (size_t i = 0; i < told; i++) {
		const struct scap_error *error = scap_report_at(report, i);

		if (error->severity == SCAP_WARNING && !warnings)
			continue;
		cli_complain(error);
		printed++;
	}
	if (all > printed)
		fprintf(stderr, "... and %zu more\n", all - printed);
}

void cli_say_broken(const struct options *options, const scap_report *report)
{
	char rules[4096], data[4096], shown[2][SHOWN_BYTES];
	size_t errors = scap_report_errors(report);

	cli_folders(options, rules, data);
	fprintf(stderr, "scapula: the pack in %s and %s has %zu mistake%s; nothing was done\n",
	        cli_shown(rules, shown[0]), cli_shown(data, shown[1]), errors,
	        errors == 1 ? "" : "s");
}

scap_pack *cli_load_into(const struct options *options, scap_report *report)
{
	char rules[4096], data[4096];

	cli_folders(options, rules, data);
	return scap_pack_load(rules, data, report);
}

scap_pack *cli_load(const struct options *options, int *code)
{
	scap_report *report = scap_report_new();
	scap_pack *pack;

	*code = EXIT_PACK;
	if (!report) {
		fputs("scapula: memory is out\n", stderr);
		return NULL;
	}
	pack = cli_load_into(options, report);
	cli_print_report(report, false);
	if (!pack)
		cli_say_broken(options, report);
	scap_report_free(report);
	return pack;
}

FILE *cli_open(const char *path, int *code)
{
	char shown[SHOWN_BYTES];
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
	fprintf(stderr, "scapula: can't read %s: %s\n", cli_shown(path, shown), strerror(errno));
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

char *cli_read_whole(FILE *in, const char *path, size_t *size, int *code)
{
	enum { MOST = 16 << 20 };
	char *bytes = malloc(MOST + 1), shown[SHOWN_BYTES];
	long got = 1;

	*size = 0;
	while (bytes && got > 0 && *size <= MOST)
		*size += (size_t)((got = cli_read(in, bytes + *size, MOST + 1 - *size)) > 0
		                          ? got : 0);
	if (bytes && got >= 0 && *size <= MOST)
		return bytes;
	fprintf(stderr, "scapula: can't read %s: %s\n", cli_shown(path, shown),
	        !bytes ? "memory is out" : got < 0 ? "reading failed" : "it is over 16 MiB");
	*code = EXIT_IO;
	free(bytes);
	return NULL;
}

bool cli_flush_stdout(void)
{
	errno = 0;
	if (fflush(stdout) && !stdout_reason)
		stdout_reason = errno;
	return !ferror(stdout) && !stdout_reason;
}

int cli_close_stdout(int code)
{
	bool whole = cli_flush_stdout();

	errno = 0;
	whole = !close(STDOUT_FILENO) && whole;
	if (whole || code == EXIT_USAGE)
		return code;
	cli_unwritten("the output", stdout_reason ? stdout_reason : errno);
	return EXIT_IO;
}

bool cli_number(const char *text, unsigned long long most, unsigned long long *number)
{
	char *end;

	if (!text)
		return true;
	errno = 0;
	*number = strtoull(text, &end, 10);
	return !errno && end > text && !*end && text[0] >= '0' && text[0] <= '9' && *number <= most;
}
