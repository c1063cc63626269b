/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/ledger.h"
#include "cli/mapped.h"
#include "cli/output.h"
#include "cli/piles.h"
#include "cli/progress.h"
#include "cli/rejects.h"
#include "cli/shard.h"
#include "cli/spools.h"
#include "cli/summary.h"

enum { JOBS_MOST = 256, WARNINGS_TOLD = 20 };

/* No SCAP code: the rows that came out are not as many as went in. */
enum { SCORE_FAULT = 1 };

struct run {
	const struct options *options;
	unsigned long long jobs;
	struct shard shard;
	struct input in;
	struct output out;
	struct rejects rejects;
	struct progress progress;
	struct ledger ledger;
	struct summary_files files;
	scap_summary *summary; /* NULL: nobody wants it */
	unsigned warnings;
	struct piles piles;
	struct spools spools; /* rows of the worklist */
	struct mapped *mapped;
};

/* ---- Messages ----------------------------------------------------------------- */

static void on_progress(void *ctx, unsigned long long rows, unsigned long long bytes)
{
	struct run *run = ctx;

	cli_progress_tell(&run->progress, rows, bytes);
}

static void on_problem(void *ctx, const struct scap_error *error)
{
	struct run *run = ctx;

	cli_progress_clear(&run->progress);
	if (error->severity == SCAP_WARNING && ++run->warnings > WARNINGS_TOLD) {
		if (run->warnings == WARNINGS_TOLD + 1)
			fputs("scapula: more warnings follow and are only counted\n", stderr);
		return;
	}
	cli_input_complain(&run->in, error);
}

/* ---- Files ---------------------------------------------------------------------- */

static void on_mapped(void *ctx, const struct scap_map_column *column)
{
	cli_mapped_note(((struct run *)ctx)->mapped, column);
}

static void on_header(void *ctx, const char *row, size_t size, char separator, long id)
{
	struct run *run = ctx;

	cli_rejects_header(&run->rejects, row, size, separator, id);
}

static void on_rejected(void *ctx, const struct scap_rejected *rejected)
{
	struct run *run = ctx;

	run->ledger.rejected++;
	cli_piles_add(&run->piles, rejected);
	cli_rejects_row(&run->rejects, rejected);
}

static int write_out(void *ctx, const char *bytes, size_t size)
{
	struct run *run = ctx;

	cli_ledger_bytes(&run->ledger, bytes, size);
	if (!cli_write(run->out.file, bytes, size))
		return 0;
	cli_output_failed(&run->out);
	return 1;
}

static int on_listed(void *ctx, const struct scap_level *level, const char *row, size_t size)
{
	struct run *run = ctx;
	FILE *spool = cli_spool(&run->spools, level->urgency);

	if (spool && fwrite(row, 1, size, spool) != size)
		cli_spools_failed(&run->spools);
	return run->spools.reason != 0;
}

/* A rejected row in the worklist, at the level that can't be ruled out. */
static void list_rejected(void *ctx, const struct scap_rejected *rejected)
{
	struct run *run = ctx;
	FILE *spool = cli_spool(&run->spools, rejected->level->urgency);

	on_rejected(ctx, rejected);
	if (!spool)
		return;
	cli_put_cell(spool, rejected->id, strlen(rejected->id), run->options->raw);
	fprintf(spool, ",%s,no,\"Rejected (at_least %s): ", rejected->level->name,
	        rejected->at_least->name);
	cli_put_quoted(spool, rejected->errors[0].message, strlen(rejected->errors[0].message));
	fprintf(spool, " (line %u)\",,%.*s\n", rejected->errors[0].line, (int)rejected->kept_size,
	        rejected->kept);
	if (ferror(spool))
		cli_spools_failed(&run->spools);
}

/* ---- The command ------------------------------------------------------------------ */

static void tell_counts(const scap_pack *pack, const struct options *options,
                        const struct scap_score_counts *counts)
{
	const struct scap_pack_info *info = scap_pack_info(pack);

	fprintf(stderr, "%llu row%s: %llu scored, %llu rejected", counts->rows,
	        counts->rows == 1 ? "" : "s", counts->scored, counts->rejected);
	if (counts->conflicts)
		fprintf(stderr, ", %llu with a conflict", counts->conflicts);
	fprintf(stderr, " (%s %s%s)\n", info->name, info->version,
	        cli_proved(options, pack) ? ", proved" : "");
	if (options->no_routines && !options->worklist)
		fputs("routines were left out: that a row has none says nothing\n", stderr);
	if (counts->raised)
		fprintf(stderr, "%llu row%s a higher level only because red flags have no column\n",
		        counts->raised, counts->raised == 1 ? " has" : "s have");
}

/* All get their names, or none. */
static bool keep_outputs(struct run *run, bool keep)
{
	bool stored = !keep || !run->summary || cli_summary_write(&run->files, run->summary);

	stored = cli_output_store(&run->rejects.output) && stored;
	stored = cli_output_store(&run->out) && stored;
	keep = keep && stored;
	stored = cli_summary_close(&run->files, keep) && stored;
	stored = cli_output_close(&run->rejects.output, keep) && stored;
	return cli_output_close(&run->out, keep) && stored;
}

/* What is left to do when the library is done. */
static unsigned finish(struct run *run, unsigned result, const struct scap_score_counts *counts)
{
	bool fault;

	cli_progress_clear(&run->progress);
	/* What a damaged file seems to say of anybody is not told: it has to be read again. */
	cli_piles_end(&run->piles, !run->in.wrong[0], run->rejects.output.file);
	cli_spools_end(&run->spools, write_out, run);
	if (run->spools.reason) {
		cli_unwritten("the worklist's temporary file", run->spools.reason);
		result = result ? result : 903;
	}
	fault = !result && !run->out.reason &&
	        !cli_ledger_agrees(&run->ledger, run->options->worklist, counts);
	if (!keep_outputs(run, !result && !fault) && !result)
		result = 903;
	return fault ? SCORE_FAULT : result;
}

static int score(const scap_pack *pack, struct run *run)
{
	const struct options *options = run->options;
	struct scap_score_counts counts;
	struct scap_score_options how = {
		.file = run->in.name,
		.ignore = options->ignore,
		.evidence = options->evidence,
		.no_routines = options->no_routines,
		.raw = options->raw,
		.map = run->mapped->map,
		.id = options->id,
		.keep = (const char *const *)run->mapped->keep,
		.mapped = on_mapped,
		.summary = run->summary,
		.jobs = (unsigned)run->jobs,
		.share = run->shard.number ? &run->shard.share : NULL,
		.problem = on_problem,
		.rejected = options->worklist ? list_rejected : on_rejected,
		.header = on_header,
		.listed = options->worklist ? on_listed : NULL,
		.progress = on_progress,
		.ctx = run,
	};
	struct run_time begin;
	unsigned result;

	cli_time_begin(&begin);
	cli_progress_begin(&run->progress, &run->in, run->out.file == stdout);
	result = scap_score(pack, &how, cli_input_read, &run->in, write_out, run, &counts);
	if (!result && run->summary && !cli_summary_stamp(run->summary, &begin, options, pack))
		result = 901;
	result = finish(run, result, &counts);
	if (result)
		return result == SCORE_FAULT ? EXIT_FAULT : cli_exit_of(result);
	tell_counts(pack, options, &counts);
	cli_mapped_tell(run->mapped, &counts);
	return counts.rejected ? EXIT_NO : EXIT_DONE;
}

/* Opens all that is to be written. False after saying why, with nothing left open. */
static bool open_outputs(struct run *run)
{
	const struct options *options = run->options;

	if (!options->rejects || cli_output_open(&run->rejects.output, options->rejects)) {
		if (cli_summary_open(&run->files, options)) {
			if (cli_output_open(&run->out, options->output))
				return true;
			cli_summary_close(&run->files, false);
		}
		cli_output_close(&run->rejects.output, false);
	}
	return false;
}

static unsigned long long cores(void)
{
	long count = sysconf(_SC_NPROCESSORS_ONLN);

	return count > 1 ? (unsigned long long)count : 1;
}

static int prepare(const scap_pack *pack, const struct options *options, struct mapped *mapped)
{
	struct run run = {.options = options, .rejects.raw = options->raw, .jobs = cores(),
	                  .mapped = mapped};
	const char *name = options->nargs ? options->args[0] : "-";
	int code = EXIT_IO;

	cli_number(options->jobs, JOBS_MOST, &run.jobs);
	if (!cli_shard_read(options->shard, name, &run.shard) ||
	    !cli_shard_find(name, &run.shard, &code) ||
	    !cli_input_open(&run.in, name, &code))
		return code;
	code = EXIT_IO;
	if (options->summary || options->report)
		run.summary = scap_summary_new(pack);
	if ((options->summary || options->report) && !run.summary)
		code = cli_exit_of(901);
	else if (open_outputs(&run))
		code = score(pack, &run);
	scap_summary_free(run.summary);
	cli_rejects_free(&run.rejects);
	cli_input_close(&run.in);
	return code;
}

static bool refuse(const char *what, const char *name)
{
	char shown[SHOWN_BYTES];

	fprintf(stderr, "scapula score: %s (%s); nothing was done\n", what,
	        cli_shown(name, shown));
	return false;
}

/* What is read must not be written over, nor one result by another. */
static bool files_differ(const struct options *options)
{
	const char *in = options->nargs ? options->args[0] : "-";
	const char *const names[] = {"the output", "--rejects", "--summary", "--report"};
	const char *const files[] = {options->output ? options->output : "-", options->rejects,
	                             options->summary, options->report};
	char what[80];

	for (size_t i = 0; options->map && i < 4; i++)
		if (files[i] && cli_output_same(files[i], options->map, true))
			return refuse("a result would write over the map", options->map);
	for (size_t i = 0; i < 4; i++) {
		if (files[i] && cli_output_same(files[i], in, true)) {
			snprintf(what, sizeof(what), "%s would write over the input", names[i]);
			return refuse(what, i ? files[i] : in);
		}
		for (size_t j = 0; files[i] && j < i; j++)
			if (files[j] && cli_output_same(files[i], files[j], false)) {
				snprintf(what, sizeof(what), "%s and %s are one file", names[i],
				         names[j]);
				return refuse(what, files[i]);
			}
	}
	return true;
}

int cli_score(const struct options *options)
{
	unsigned long long jobs = 1;
	struct shard shard;
	struct mapped mapped = {0};
	int code;
	scap_pack *pack;

	if (!cli_number(options->jobs, JOBS_MOST, &jobs) || !jobs) {
		fputs("scapula score: --jobs takes a number from 1 to 256; see 'scapula --help'\n",
		      stderr);
		return EXIT_USAGE;
	}
	if (!cli_shard_read(options->shard, options->nargs ? options->args[0] : "-", &shard))
		return EXIT_USAGE;
	if (!files_differ(options))
		return EXIT_USAGE;
	if (options->evidence && options->worklist) {
		fputs("scapula score: --evidence is a column of decision rows; a worklist has none\n",
		      stderr);
		return EXIT_USAGE;
	}
	pack = cli_load(options, &code);
	if (!pack)
		return code;
	if (cli_mapped_begin(&mapped, options, pack, &code))
		code = prepare(pack, options, &mapped);
	cli_mapped_end(&mapped);
	scap_pack_free(pack);
	return code;
}
