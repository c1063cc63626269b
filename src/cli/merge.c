/* SPDX-License-Identifier: MIT
 *
 * Puts together what was scored in parts: summaries (.json) are added, rows of decisions
 * (.csv) stand one behind the other, byte for byte, in the order of the files as named.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/summary.h"

enum { HEADER_MAX = 64 << 10, BYTES = 64 << 10 };

static const char decisions[] = "id,level,certain,reasons,", worklist[] = "id,level,certain,reason,";

static int complain(const char *name, const char *what)
{
	char shown[SHOWN_BYTES];

	fprintf(stderr, "scapula merge: %s: %s\n", cli_shown(name, shown), what);
	return EXIT_NO;
}

static bool ends_in(const char *name, const char *end)
{
	size_t size = strlen(name), tail = strlen(end);

	return size > tail && !strcmp(name + size - tail, end);
}

/* ---- Decisions ------------------------------------------------------------------------ */

struct joining {
	struct output out;
	char header[HEADER_MAX];
	size_t size; /* of the header; 0: none was read yet */
	unsigned long long rows;
};

/* A file on its way through. */
struct part {
	struct input in;
	const char *name;
	char bytes[BYTES];
	size_t at, size; /* of them, taken and there */
	bool failed;
	bool quoted; /* inside a quoted cell */
	char last;
};

/* Reads more bytes when all are taken; false at the end. */
static bool more(struct part *part)
{
	long got;

	if (part->at < part->size)
		return true;
	got = cli_input_read(&part->in, part->bytes, BYTES);
	part->failed = got < 0;
	part->at = 0;
	part->size = got > 0 ? (size_t)got : 0;
	return part->size > 0;
}

static int reading_failed(const struct part *part)
{
	complain(part->name, part->in.wrong[0] ? part->in.wrong : "reading failed");
	return EXIT_IO;
}

/* Reads up to the first line end that is not inside a cell. False: there is none. */
static bool read_header(struct part *part, char *header, size_t *size)
{
	*size = 0;
	while (*size < HEADER_MAX && more(part)) {
		char c = part->bytes[part->at++];

		header[(*size)++] = c;
		part->quoted ^= c == '"';
		if (c == '\n' && !part->quoted) {
			part->last = '\n';
			return true;
		}
	}
	return false;
}

static bool begins(const char *header, size_t size, const char *with)
{
	return size > strlen(with) && !memcmp(header, with, strlen(with));
}

static int take_header(struct joining *j, struct part *part)
{
	char header[HEADER_MAX];
	size_t size;

	if (!read_header(part, header, &size))
		return part->failed ? reading_failed(part)
		       : complain(part->name, size ? "its header line has no end"
		                                   : "it is empty; a scored file has a header line");
	if (begins(header, size, worklist))
		return complain(part->name, "it is a worklist, the most urgent first; behind one "
		                            "another they no longer are. Score all in one");
	if (!begins(header, size, decisions))
		return complain(part->name, "its header line is not that of scored rows");
	if (j->size)
		return j->size == size && !memcmp(j->header, header, size)
		               ? EXIT_DONE
		               : complain(part->name, "its header line is not that of the first file");
	memcpy(j->header, header, size);
	j->size = size;
	if (!cli_write(j->out.file, header, size))
		return EXIT_DONE;
	cli_output_failed(&j->out);
	return EXIT_IO;
}

static int copy_rows(struct joining *j, struct part *part)
{
	while (more(part)) {
		const char *bytes = part->bytes + part->at;
		size_t size = part->size - part->at;

		for (size_t i = 0; i < size; i++) {
			part->quoted ^= bytes[i] == '"';
			j->rows += bytes[i] == '\n' && !part->quoted;
		}
		part->last = bytes[size - 1];
		part->at = part->size;
		if (cli_write(j->out.file, bytes, size)) {
			cli_output_failed(&j->out);
			return EXIT_IO;
		}
	}
	if (part->failed)
		return reading_failed(part);
	if (part->quoted)
		return complain(part->name, "it ends inside a quoted cell, so it is not whole");
	return part->last == '\n' ? EXIT_DONE
	                          : complain(part->name, "its last line has no end, so it may "
	                                                 "not be whole");
}

static int join_one(struct joining *j, const char *name)
{
	struct part *part = calloc(1, sizeof(*part));
	int code;

	if (!part)
		return cli_exit_of(901);
	part->name = name;
	if (cli_input_open(&part->in, name, &code)) {
		code = take_header(j, part);
		if (code == EXIT_DONE)
			code = copy_rows(j, part);
		cli_input_close(&part->in);
	}
	free(part);
	return code;
}

static int join(const struct options *options)
{
	struct joining *j = calloc(1, sizeof(*j));
	int code = EXIT_IO;
	bool kept;

	if (!j)
		return cli_exit_of(901);
	if (cli_output_open(&j->out, options->output)) {
		code = EXIT_DONE;
		for (int i = 0; i < options->nargs && code == EXIT_DONE; i++)
			code = join_one(j, options->args[i]);
		kept = cli_output_store(&j->out);
		if (!cli_output_close(&j->out, kept && code == EXIT_DONE) || !kept)
			code = EXIT_IO;
	}
	if (code == EXIT_DONE)
		fprintf(stderr, "%d file%s, %llu row%s\n", options->nargs, options->nargs == 1 ? "" : "s",
		        j->rows, j->rows == 1 ? "" : "s");
	free(j);
	return code;
}

/* ---- Summaries ------------------------------------------------------------------------- */

static int add_bytes(const scap_pack *pack, scap_summary *sum, const char *name,
                     const char *bytes, size_t size)
{
	struct scap_error error;
	scap_summary *one = scap_summary_read(pack, name, bytes, size, &error);
	unsigned code = one ? scap_summary_add(sum, one, &error) : error.code;

	scap_summary_free(one);
	if (!code)
		return EXIT_DONE;
	snprintf(error.file, sizeof(error.file), "%s", name);
	cli_complain(&error);
	return code == 901 ? EXIT_IO : EXIT_NO;
}

static int add_one(const scap_pack *pack, scap_summary *sum, const char *name)
{
	int code;
	FILE *in = cli_open(name, &code);
	char *bytes;
	size_t size;

	if (!in)
		return code;
	bytes = cli_read_whole(in, name, &size, &code);
	fclose(in);
	if (bytes)
		code = add_bytes(pack, sum, name, bytes, size);
	free(bytes);
	return code;
}

static void tell_counts(const scap_summary *sum, int files)
{
	struct scap_score_counts counts;

	scap_summary_counts(sum, &counts);
	fprintf(stderr, "%d summar%s, %llu row%s: %llu scored, %llu rejected", files,
	        files == 1 ? "y" : "ies", counts.rows, counts.rows == 1 ? "" : "s", counts.scored,
	        counts.rejected);
	if (counts.conflicts)
		fprintf(stderr, ", %llu with a conflict", counts.conflicts);
	fputc('\n', stderr);
}

static int write_sum(const scap_summary *sum, const struct options *options)
{
	struct options named = *options;
	struct summary_files files = {0};
	bool kept;

	if (!named.summary && !named.report)
		named.summary = "-";
	if (!cli_summary_open(&files, &named))
		return EXIT_IO;
	kept = cli_summary_write(&files, sum);
	return cli_summary_close(&files, kept) && kept ? EXIT_DONE : EXIT_IO;
}

static int add(const struct options *options)
{
	int code;
	scap_pack *pack = cli_load(options, &code);
	scap_summary *sum = pack ? scap_summary_new(pack) : NULL;

	if (sum)
		code = EXIT_DONE;
	else if (pack)
		code = cli_exit_of(901);
	for (int i = 0; i < options->nargs && code == EXIT_DONE; i++)
		code = add_one(pack, sum, options->args[i]);
	if (code == EXIT_DONE)
		code = write_sum(sum, options);
	if (code == EXIT_DONE)
		tell_counts(sum, options->nargs);
	scap_summary_free(sum);
	scap_pack_free(pack);
	return code;
}

/* ---- Which of the two ------------------------------------------------------------------- */

static int refuse(const char *what)
{
	fprintf(stderr, "scapula merge: %s; nothing was done\n", what);
	return EXIT_USAGE;
}

/* True, after saying so, if a file is named twice: its people would count twice. */
static bool named_twice(const struct options *options)
{
	for (int i = 1; i < options->nargs; i++)
		for (int k = 0; k < i; k++)
			if (!strcmp(options->args[i], options->args[k]) ||
			    cli_output_same(options->args[i], options->args[k], true)) {
				complain(options->args[i], "it is named twice");
				return true;
			}
	return false;
}

/* True, after saying so, if an output is an input, or both outputs are one file. */
static bool writes_over(const struct options *options)
{
	const char *const outputs[] = {options->output ? options->output : "-", options->summary,
	                               options->report};

	for (size_t i = 0; i < 3; i++)
		for (int k = 0; outputs[i] && k < options->nargs; k++)
			if (cli_output_same(outputs[i], options->args[k], true)) {
				complain(options->args[k], "the result would write over it");
				return true;
			}
	if (options->summary && options->report &&
	    cli_output_same(options->summary, options->report, false)) {
		complain(options->report, "--summary and --report are one file");
		return true;
	}
	return false;
}

static bool is_csv(const char *name)
{
	return ends_in(name, ".csv") || ends_in(name, ".csv.gz") || ends_in(name, ".csv.zst");
}

int cli_merge(const struct options *options)
{
	int summaries = 0;

	for (int i = 0; i < options->nargs; i++) {
		bool summary = ends_in(options->args[i], ".json");

		if (!summary && !is_csv(options->args[i])) {
			complain(options->args[i], "its name ends neither in .json nor in .csv");
			return EXIT_USAGE;
		}
		summaries += summary;
	}
	if (summaries && summaries < options->nargs)
		return refuse("summaries (.json) and decisions (.csv) can't be put together");
	if (summaries ? options->output != NULL : options->summary || options->report)
		return refuse(summaries ? "--output is for decisions; summaries have --summary and "
		                          "--report"
		                        : "--summary and --report are for summaries; decisions have "
		                          "--output");
	if (named_twice(options) || writes_over(options))
		return EXIT_USAGE;
	return summaries ? add(options) : join(options);
}
