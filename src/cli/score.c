/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

enum { LEVELS_MAX = 32, WARNINGS_TOLD = 20, TOLD_BYTES = 4 << 20 };

/* Text about rejected rows, kept by level so that the most urgent come first. */
struct pile {
	long urgency;
	char *text;
	size_t size;
	unsigned long long left_out; /* rows that there was no room to tell */
};

struct run {
	const struct options *options;
	FILE *out, *rejects;
	char *partial; /* name of the output while it is not whole */
	char *target;  /* its name then: where a link leads to */
	char separator;
	unsigned warnings;
	struct pile piles[LEVELS_MAX];
	size_t npiles;
	FILE *spools[LEVELS_MAX]; /* worklist rows, by level like the piles */
	long spool_urgency[LEVELS_MAX];
	size_t nspools;
	int out_reason;   /* errno of the first write that failed */
	int spool_reason; /* likewise, for the spools */
	int rejects_reason;
};

/* Keeps why something first failed. */
static void note(int *reason)
{
	if (!*reason)
		*reason = errno ? errno : EIO;
}

/* ---- Messages ----------------------------------------------------------------- */

static void on_problem(void *ctx, const struct scap_error *error)
{
	struct run *run = ctx;

	if (error->severity == SCAP_WARNING && ++run->warnings > WARNINGS_TOLD) {
		if (run->warnings == WARNINGS_TOLD + 1)
			fputs("scapula: more warnings follow and are only counted\n", stderr);
		return;
	}
	cli_complain(error);
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

static void tell_piles(struct run *run)
{
	unsigned long long left_out = 0;

	if (run->npiles)
		qsort(run->piles, run->npiles, sizeof(run->piles[0]), by_urgency);
	for (size_t i = 0; i < run->npiles; i++) {
		fwrite(run->piles[i].text, 1, run->piles[i].size, stderr);
		left_out += run->piles[i].left_out;
		free(run->piles[i].text);
	}
	if (left_out)
		fprintf(stderr, "... and %llu more rejected rows%s\n", left_out,
		        run->rejects ? "" : "; --rejects FILE keeps them all");
}

/* ---- Files ---------------------------------------------------------------------- */

/* A quoted cell; one that a spreadsheet would take for a formula gets a `'`. */
static void put_cell(FILE *file, const char *text)
{
	fputc('"', file);
	if (text[0] && strchr("=+-@\t\r", text[0]))
		fputc('\'', file);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', file);
		fputc(*text, file);
	}
	fputc('"', file);
}

static void on_header(void *ctx, const char *row, size_t size, char separator)
{
	struct run *run = ctx;

	run->separator = separator;
	if (!run->rejects)
		return;
	fwrite(row, 1, size, run->rejects);
	fprintf(run->rejects, "%creject_line%creject_column%creject_reason%cat_least\n", separator,
	        separator, separator, separator);
	if (ferror(run->rejects))
		note(&run->rejects_reason);
}

static void on_rejected(void *ctx, const struct scap_rejected *rejected)
{
	struct run *run = ctx;
	const struct scap_error *first = &rejected->errors[0];

	pile_up(run, rejected);
	if (!run->rejects)
		return;
	fwrite(rejected->row, 1, rejected->size, run->rejects);
	fprintf(run->rejects, "%c%u%c%u%c", run->separator, first->line, run->separator,
	        first->column, run->separator);
	put_cell(run->rejects, first->message);
	fprintf(run->rejects, "%c%s\n", run->separator, rejected->at_least->name);
	if (ferror(run->rejects))
		note(&run->rejects_reason);
}

static int write_out(void *ctx, const char *bytes, size_t size)
{
	struct run *run = ctx;

	if (!cli_write(run->out, bytes, size))
		return 0;
	note(&run->out_reason);
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
			note(&run->spool_reason);
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
		note(&run->spool_reason);
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
	put_cell(spool, rejected->id);
	fprintf(spool, ",%s,no,\"Rejected (at_least %s): ", rejected->level->name,
	        rejected->at_least->name);
	for (const char *c = rejected->errors[0].message; *c; c++) {
		if (*c == '"')
			fputc('"', spool);
		fputc(*c, spool);
	}
	fprintf(spool, " (line %u)\",,\n", rejected->errors[0].line);
	if (ferror(spool))
		note(&run->spool_reason);
}

/* rewind() would forget what it could not write, so that is written before. */
static void copy_spool(struct run *run, FILE *spool)
{
	char bytes[65536];
	size_t got;

	if (fflush(spool))
		note(&run->spool_reason);
	rewind(spool);
	while ((got = fread(bytes, 1, sizeof(bytes), spool)) > 0)
		if (write_out(run, bytes, got))
			break;
	if (ferror(spool))
		note(&run->spool_reason);
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

/* The rights that a file of this name should have. */
static mode_t rights_of(const struct stat *there, bool exists)
{
	mode_t mask = umask(0);

	umask(mask);
	return exists ? there->st_mode & 0777 : 0666 & ~mask;
}

static bool open_partial(struct run *run, const char *name, bool exists, mode_t rights)
{
	size_t room;
	int fd;

	run->target = exists ? realpath(name, NULL) : strdup(name);
	room = run->target ? strlen(run->target) + 16 : 0;
	run->partial = room ? malloc(room) : NULL;
	if (!run->partial)
		return false;
	snprintf(run->partial, room, "%s.XXXXXX", run->target);
	fd = mkstemp(run->partial);
	run->out = fd < 0 ? NULL : fdopen(fd, "wb");
	return run->out && !fchmod(fd, rights);
}

/* Opens the output under a name of its own; it gets its real name when whole.
 * What is no ordinary file (a device, a pipe) is written straight. */
static bool open_output(struct run *run)
{
	const char *name = run->options->output;
	struct stat there;
	bool exists, ok;

	run->out = stdout;
	if (!name || !strcmp(name, "-"))
		return true;
	exists = !stat(name, &there);
	if (exists && !S_ISREG(there.st_mode)) {
		run->out = fopen(name, "wb");
		ok = run->out != NULL;
	} else {
		ok = open_partial(run, name, exists, rights_of(&there, exists));
	}
	if (ok)
		return true;
	cli_unwritten(name, errno);
	free(run->partial);
	free(run->target);
	return false;
}

static bool close_output(struct run *run, bool keep)
{
	bool ok;

	if (run->out == stdout)
		return cli_flush_stdout();
	errno = 0;
	ok = !fflush(run->out) && !run->out_reason;
	ok = (!run->partial || !fsync(fileno(run->out))) && ok;
	ok &= !fclose(run->out);
	if (run->partial) {
		ok = ok && (!keep || !rename(run->partial, run->target));
		if (!ok)
			note(&run->out_reason);
		if (!ok || !keep)
			remove(run->partial);
		free(run->partial);
		free(run->target);
	}
	if (!ok)
		cli_unwritten(run->options->output, run->out_reason ? run->out_reason : errno);
	return ok || !keep;
}

static bool close_rejects(struct run *run)
{
	if (!run->rejects)
		return true;
	errno = 0;
	if (fclose(run->rejects))
		note(&run->rejects_reason);
	if (run->rejects_reason)
		cli_unwritten(run->options->rejects, run->rejects_reason);
	return !run->rejects_reason;
}

/* ---- The command ------------------------------------------------------------------ */

static void tell_counts(const scap_pack *pack, const struct scap_score_counts *counts)
{
	const struct scap_pack_info *info = scap_pack_info(pack);

	fprintf(stderr, "%llu rows: %llu scored, %llu rejected", counts->rows, counts->scored,
	        counts->rejected);
	if (counts->conflicts)
		fprintf(stderr, ", %llu with a conflict", counts->conflicts);
	fprintf(stderr, " (%s %s)\n", info->name, info->version);
	if (counts->raised)
		fprintf(stderr, "%llu row%s a higher level only because red flags have no column\n",
		        counts->raised, counts->raised == 1 ? " has" : "s have");
}

static int score(const scap_pack *pack, FILE *in, const char *name, struct run *run)
{
	const struct options *options = run->options;
	struct scap_score_counts counts;
	struct scap_score_options how = {
		.file = name,
		.ignore = options->ignore,
		.problem = on_problem,
		.rejected = options->worklist ? list_rejected : on_rejected,
		.header = on_header,
		.listed = options->worklist ? on_listed : NULL,
		.ctx = run,
	};
	unsigned result = scap_score(pack, &how, cli_read, in, write_out, run, &counts);

	tell_piles(run);
	copy_spools(run);
	if (run->spool_reason) {
		cli_unwritten("the worklist's temporary file", run->spool_reason);
		result = result ? result : 903;
	}
	if (!close_output(run, !result) && !result)
		result = 903;
	if (!close_rejects(run))
		result = 903;
	if (result)
		return cli_exit_of(result);
	tell_counts(pack, &counts);
	return counts.rejected ? EXIT_NO : EXIT_DONE;
}

static int prepare(const scap_pack *pack, const struct options *options)
{
	const char *name = options->nargs ? options->args[0] : "-";
	struct run run = {.options = options, .separator = ','};
	int code = EXIT_IO;
	FILE *in = cli_open(name, &code);

	if (!in)
		return code;
	if (options->rejects) {
		run.rejects = fopen(options->rejects, "wb");
		if (!run.rejects)
			cli_unwritten(options->rejects, errno);
	}
	if ((options->rejects && !run.rejects) || !open_output(&run)) {
		if (run.rejects)
			fclose(run.rejects);
		code = EXIT_IO;
	} else {
		code = score(pack, in, in == stdin ? "(standard input)" : name, &run);
	}
	if (in != stdin)
		fclose(in);
	return code;
}

int cli_score(const struct options *options)
{
	int code;
	scap_pack *pack = cli_load(options, &code);

	if (!pack)
		return code;
	code = prepare(pack, options);
	scap_pack_free(pack);
	return code;
}
