/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/mapped.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/rejects.h"
#include "cli/shard.h"
#include "cli/summary.h"
#include "cli/tally.h"

enum { JOBS_MOST = 256, LEVELS_MAX = 32, WARNINGS_TOLD = 20, TOLD_BYTES = 4 << 20 };

/* No SCAP code: the rows that came out are not as many as went in. */
enum { SCORE_FAULT = 1 };

/* Text about rejected rows, kept by level so that the most urgent come first. */
struct pile {
	long urgency;
	char *text;
	size_t size;
	unsigned long long left_out; /* rows that there was no room to tell */
};

struct run {
	const struct options *options;
	unsigned long long jobs;
	struct shard shard;
	struct input in;
	struct output out;
	struct rejects rejects;
	struct progress progress;
	struct tally tally;
	struct summary_files files;
	scap_summary *summary; /* NULL: nobody wants it */
	unsigned warnings;
	struct pile piles[LEVELS_MAX];
	size_t npiles;
	FILE *spools[LEVELS_MAX]; /* worklist rows, by level like the piles */
	long spool_urgency[LEVELS_MAX];
	size_t nspools;
	struct mapped *mapped;
	int spool_reason; /* errno of the first write to a spool that failed */
};

static void spool_failed(struct run *run)
{
	if (!run->spool_reason)
		run->spool_reason = errno ? errno : EIO;
}

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

struct text {
	char *bytes;
	size_t size, room;
};

static int add_text(void *ctx, const char *bytes, size_t size)
{
	struct text *text = ctx;

	if (text->size + size > text->room) {
		size_t room = (text->size + size) * 2;
		char *more = realloc(text->bytes, room);

		if (!more)
			return 1;
		text->bytes = more;
		text->room = room;
	}
	memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
	return 0;
}

static struct pile *pile_of(struct run *run, long urgency)
{
	size_t i = 0;

	while (i < run->npiles && run->piles[i].urgency != urgency)
		i++;
	if (i == run->npiles)
		run->piles[run->npiles++] = (struct pile){.urgency = urgency};
	return &run->piles[i];
}

static void pile_up(struct run *run, const struct scap_rejected *rejected)
{
	struct pile *pile = pile_of(run, rejected->level->urgency);
	struct text text = {pile->text, pile->size, pile->size};
	char line[512], id[81];
	int size;

	if (pile->size > TOLD_BYTES) {
		pile->left_out++;
		return;
	}
	for (size_t i = 0; i < rejected->nerrors; i++)
		scap_error_print(&rejected->errors[i], add_text, &text);
	scap_printable(rejected->id, id, sizeof(id));
	size = snprintf(line, sizeof(line), "  row '%s' is rejected; at_least %s%s%s\n", id,
	                rejected->at_least->name,
	                rejected->level == rejected->at_least ? "" : ", not ruled out: ",
	                rejected->level == rejected->at_least ? "" : rejected->level->name);
	if (add_text(&text, line, (size_t)size))
		pile->left_out++;
	pile->text = text.bytes;
	pile->size = text.size;
}

static int by_urgency(const void *a, const void *b)
{
	const struct pile *x = a, *y = b;

	return (x->urgency < y->urgency) - (x->urgency > y->urgency);
}

/* What a damaged file seems to say of anybody is not told: it has to be read again. */
static void tell_piles(struct run *run, bool tell)
{
	unsigned long long left_out = 0;

	if (run->npiles)
		qsort(run->piles, run->npiles, sizeof(run->piles[0]), by_urgency);
	for (size_t i = 0; i < run->npiles; i++) {
		if (tell)
			fwrite(run->piles[i].text, 1, run->piles[i].size, stderr);
		left_out += tell ? run->piles[i].left_out : 0;
		free(run->piles[i].text);
	}
	if (left_out)
		fprintf(stderr, "... and %llu more rejected rows%s\n", left_out,
		        run->rejects.output.file ? "" : "; --rejects FILE keeps them all");
}

/* ---- Files ---------------------------------------------------------------------- */

static void on_mapped(void *ctx, const struct scap_map_column *column)
{
	cli_mapped_note(((struct run *)ctx)->mapped, column);
}

static void on_header(void *ctx, const char *row, size_t size, char separator)
{
	struct run *run = ctx;

	cli_rejects_header(&run->rejects, row, size, separator);
}

static void on_rejected(void *ctx, const struct scap_rejected *rejected)
{
	struct run *run = ctx;

	run->tally.rejected++;
	pile_up(run, rejected);
	cli_rejects_row(&run->rejects, rejected);
}

static int write_out(void *ctx, const char *bytes, size_t size)
{
	struct run *run = ctx;

	cli_tally_bytes(&run->tally, bytes, size);
	if (!cli_write(run->out.file, bytes, size))
		return 0;
	cli_output_failed(&run->out);
	return 1;
}

/* The spool of a level; NULL where none can be made. */
static FILE *spool_of(struct run *run, long urgency)
{
	size_t i = 0;

	while (i < run->nspools && run->spool_urgency[i] != urgency)
		i++;
	if (i == run->nspools) {
		run->spools[i] = tmpfile();
		if (!run->spools[i])
			spool_failed(run);
		run->spool_urgency[i] = urgency;
		run->nspools++;
	}
	return run->spools[i];
}

static int on_listed(void *ctx, const struct scap_level *level, const char *row, size_t size)
{
	struct run *run = ctx;
	FILE *spool = spool_of(run, level->urgency);

	if (spool && fwrite(row, 1, size, spool) != size)
		spool_failed(run);
	return run->spool_reason != 0;
}

/* A rejected row in the worklist, at the level that can't be ruled out. */
static void list_rejected(void *ctx, const struct scap_rejected *rejected)
{
	struct run *run = ctx;
	FILE *spool = spool_of(run, rejected->level->urgency);

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
		spool_failed(run);
}

/* rewind() would forget what it could not write, so that is written before. */
static void copy_spool(struct run *run, FILE *spool)
{
	char bytes[65536];
	size_t got;

	if (fflush(spool))
		spool_failed(run);
	rewind(spool);
	while ((got = fread(bytes, 1, sizeof(bytes), spool)) > 0)
		if (write_out(run, bytes, got))
			break;
	if (ferror(spool))
		spool_failed(run);
	fclose(spool);
}

/* Copies the spools to the output, the most urgent first. */
static void copy_spools(struct run *run)
{
	for (;;) {
		size_t best = run->nspools;

		for (size_t i = 0; i < run->nspools; i++)
			if (run->spools[i] && (best == run->nspools ||
			                       run->spool_urgency[i] > run->spool_urgency[best]))
				best = i;
		if (best == run->nspools)
			return;
		copy_spool(run, run->spools[best]);
		run->spools[best] = NULL;
	}
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
	tell_piles(run, !run->in.wrong[0]);
	copy_spools(run);
	if (run->spool_reason) {
		cli_unwritten("the worklist's temporary file", run->spool_reason);
		result = result ? result : 903;
	}
	fault = !result && !run->out.reason &&
	        !cli_tally_agrees(&run->tally, run->options->worklist, counts);
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
