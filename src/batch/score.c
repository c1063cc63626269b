/* SPDX-License-Identifier: MIT
 *
 * Many people. The input is cut into chunks where records seem to end. Chunks are judged
 * by several at once, each as if it began with a record, behind as many records as were
 * counted, and with no id that was seen before. They are taken in their order, and
 * whichever of that was wrong for a chunk, it is judged again by one who knows better. So
 * nothing hangs on the number of workers or the size of chunks.
 */
#include <stdlib.h>
#include <string.h>

#include "batch/crew.h"
#include "batch/supply.h"
#include "batch/worklist.h"
#include "report/row.h"

enum { CHUNK_BYTES = 256 << 10, LEAST_CHUNK = 2, JOBS_MOST = 256, LEAST_PAIRS = 1024 };

struct run {
	const struct scap_score_options *options;
	struct reader head;
	scap_write_fn *write;
	void *write_ctx;
	struct scap_score_counts *counts;
	struct scoring_use *use;
	struct supply supply;
	struct crew *crew;
	/* Who knows better, and what of the input was taken so far. */
	struct scoring *own;
	struct seen seen;
	unsigned long long records, bytes;
	struct blanks blanks;
	struct tally *tally; /* NULL: nobody wants to see it */
	struct chunk chunk;  /* its own */
	struct stretch left; /* a record that is not whole yet, or a line that is dropped */
};

static void tell(const struct run *run, const struct scap_error *error)
{
	if (error->code && run->options->problem)
		run->options->problem(run->options->ctx, error);
}

static enum code put_out(struct run *run, const char *bytes, size_t size)
{
	return size && run->write(run->write_ctx, bytes, size) ? E_WRITE_FAILED : 0;
}

/* ---- Taking chunks ---------------------------------------------------------------------- */

static void add_counts(struct scap_score_counts *into, const struct scap_score_counts *from)
{
	into->rows += from->rows;
	into->scored += from->scored;
	into->rejected += from->rejected;
	into->conflicts += from->conflicts;
	into->raised += from->raised;
	into->blank_no += from->blank_no;
	for (size_t i = 0; i < sizeof(into->levels) / sizeof(into->levels[0]); i++)
		into->levels[i] += from->levels[i];
}

static void add_blanks(struct blanks *into, const struct blanks *from)
{
	if (from->count && !into->count)
		into->first = from->first;
	if (from->count)
		into->last = from->last;
	into->count += from->count;
}

static enum code take(struct run *run, struct chunk *chunk)
{
	enum code code = chunk->code == E_NO_MEMORY ? E_NO_MEMORY : 0;

	if (!code)
		code = scap__tape_play(&chunk->tape, run->options);
	if (!code)
		code = put_out(run, chunk->out.data, chunk->out.size);
	add_counts(run->counts, &chunk->counts);
	add_blanks(&run->blanks, &chunk->blanks);
	if (chunk->tally)
		scap__tally_add(run->tally, chunk->tally);
	run->records += chunk->records;
	run->bytes += chunk->used;
	if (run->options->progress)
		run->options->progress(run->options->ctx, run->counts->rows, run->bytes);
	tell(run, &chunk->error);
	if (!code)
		code = chunk->code;
	if (!code && !scap__chunk_leave(chunk, &run->left))
		code = E_NO_MEMORY;
	return code;
}

static bool hire_own(struct run *run)
{
	if (!run->own)
		run->own = scap__scoring_new(&run->head, run->options, run->use->npairs);
	if (run->own)
		run->own->seen = &run->seen;
	return run->own != NULL;
}

/* Judges a chunk that nobody else did, or whom they misjudged, and takes it. */
static enum code judge_and_take(struct run *run, struct chunk *chunk)
{
	if (!hire_own(run))
		return E_NO_MEMORY;
	if (scap__any_left(&run->left)) {
		if (!scap__chunk_join(&run->chunk, &run->left, chunk))
			return E_NO_MEMORY;
		chunk = &run->chunk;
	}
	chunk->record = run->records;
	scap__scoring_run(run->own, chunk);
	return take(run, chunk);
}

/* True when a chunk was judged knowing all that it had to know. */
static bool rightly_judged(struct run *run, const struct chunk *chunk)
{
	return !scap__any_left(&run->left) &&
	       (chunk->record == run->records || !chunk->numbered) &&
	       scap__seen_join(&run->seen, &chunk->ids);
}

/* ---- The input --------------------------------------------------------------------------- */

static enum code reading_failed(const struct run *run)
{
	struct source source = {.file = run->options->file};
	struct scap_error error;

	scap__error_fill(&error, E_READ_FAILED, (struct place){.source = &source}, "reading failed");
	tell(run, &error);
	return E_READ_FAILED;
}

static enum code next_chunk(struct run *run, struct chunk *chunk)
{
	enum code code = scap__supply_next(&run->supply, chunk);

	return code == E_READ_FAILED ? reading_failed(run) : code;
}

static enum code score_alone(struct run *run, struct chunk *chunk)
{
	enum code code = 0, read = 0;

	while (!code && !read && !chunk->in.last) {
		read = next_chunk(run, chunk);
		if (read != E_NO_MEMORY)
			code = judge_and_take(run, chunk);
	}
	return code ? code : read;
}

static enum code take_next(struct run *run, struct chunk *chunk)
{
	enum code code = rightly_judged(run, chunk) ? take(run, chunk) : judge_and_take(run, chunk);

	scap__crew_give_back(run->crew);
	return code;
}

static enum code score_together(struct run *run)
{
	enum code code = 0, read = 0;
	bool more = true;
	struct chunk *chunk;

	for (;;) {
		while (more && (chunk = scap__crew_spare(run->crew))) {
			read = next_chunk(run, chunk);
			more = !read && !chunk->in.last;
			if (read != E_NO_MEMORY)
				scap__crew_hand_in(run->crew);
		}
		chunk = scap__crew_take(run->crew);
		if (!chunk)
			return read;
		code = take_next(run, chunk);
		if (code)
			return code;
	}
}

/* How many pairs each of several workers' caches may hold: all of them together not many
 * more than one worker's. */
static size_t pairs_of(const struct run *run, unsigned jobs)
{
	size_t npairs = run->use->npairs;

	for (unsigned share = 1; share < jobs && npairs > LEAST_PAIRS; share *= 2)
		npairs /= 2;
	return npairs;
}

/* The caller's own goes, as its room is dear and it is seldom needed again. */
static void hire_crew(struct run *run, unsigned jobs)
{
	run->crew = scap__crew_new(jobs, &run->head, run->options, pairs_of(run, jobs));
	if (!run->crew)
		return;
	scap__scoring_use(run->own, run->use);
	scap__scoring_free(run->own);
	run->own = NULL;
}

/* The first chunk is read by the caller: most files are no longer. */
static enum code score_rows(struct run *run)
{
	unsigned jobs = run->options->jobs < JOBS_MOST ? run->options->jobs : JOBS_MOST;
	struct chunk first;
	enum code code;

	scap__chunk_init(&first);
	code = next_chunk(run, &first);
	if (code != E_NO_MEMORY) {
		enum code taken = judge_and_take(run, &first);

		code = taken ? taken : code;
	}
	if (!code && !first.in.last && jobs > 1)
		hire_crew(run, jobs);
	if (!code && !first.in.last)
		code = run->crew ? score_together(run) : score_alone(run, &first);
	scap__chunk_free(&first);
	return code;
}

/* ---- The call ------------------------------------------------------------------------------- */

static enum code put_header(struct run *run)
{
	struct buffer header;
	enum code code;

	scap__buffer_init(&header, LIMIT_RECORD_BYTES);
	scap__buffer_text(&header, run->options->listed     ? WORKLIST_HEADER
	                           : run->options->evidence ? ROW_HEADER_EVIDENCE
	                                                    : ROW_HEADER);
	scap__keep_header(run->options->keep, &header);
	code = header.failed ? E_NO_MEMORY : put_out(run, header.data, header.size);
	scap__buffer_free(&header);
	return code;
}

/* What was counted, to the summary. */
static enum code hand_over(const struct run *run)
{
	const scap_map *map = run->options->map;
	const struct intake *intake = &run->head.intake;
	const char **blank_no = calloc(intake->ncolumns + 1, sizeof(*blank_no));
	struct summary_source source = {.map = map ? map->table.source.file : NULL,
	                                .blank_no = blank_no};
	enum code code = E_NO_MEMORY;
	size_t count = 0;

	for (size_t i = 0; blank_no && map && i < intake->ncolumns; i++) {
		const struct map_row *row = intake->uses[i].row;

		if (row && row->shown.blank_no)
			blank_no[count++] = row->shown.column;
	}
	if (blank_no)
		code = scap__summary_take(run->options->summary, run->options, run->counts, run->tally,
		                          &source);
	free(blank_no);
	return code;
}

static enum code run_all(struct run *run, scap_read_fn *read, void *read_ctx)
{
	struct scap_error error = {0};
	enum code code = scap__reader_head(&run->head, run->options->file, read, read_ctx, &error);

	tell(run, &error);
	if (code)
		return code;
	if (!scap__supply_init(&run->supply, &run->head.stream, run->use->chunk_bytes))
		return E_NO_MEMORY;
	if (run->options->share)
		code = scap__supply_bound(&run->supply, run->options->share);
	if (code)
		return reading_failed(run);
	run->records = run->supply.record;
	if (run->options->summary && !(run->tally = scap__tally_new(run->head.pack)))
		return E_NO_MEMORY;
	code = put_header(run);
	if (!code)
		code = score_rows(run);
	if (!code)
		scap__tell_absent(run->options, &run->head, run->counts->rows);
	scap__tell_blanks(run->options, &run->blanks);
	return !code && run->tally ? hand_over(run) : code;
}

static void clean_up(struct run *run)
{
	if (run->own)
		scap__scoring_use(run->own, run->use);
	if (run->crew)
		scap__crew_use(run->crew, run->use);
	scap__crew_free(run->crew);
	scap__scoring_free(run->own);
	scap__chunk_free(&run->chunk);
	scap__supply_free(&run->supply);
	scap__seen_free(&run->seen);
	scap__tally_free(run->tally);
	free(run->left.bytes);
	scap__reader_free(&run->head);
}

enum code scap__score(const scap_pack *pack, const struct scap_score_options *options,
                      scap_read_fn *read, void *read_ctx, scap_write_fn *write, void *write_ctx,
                      struct scap_score_counts *counts, struct scoring_use *use)
{
	struct run run = {.options = options, .write = write, .write_ctx = write_ctx,
	                  .counts = counts, .use = use,
	                  .head = {.pack = pack, .options = options}};
	enum code code;

	*counts = (struct scap_score_counts){0};
	if (options->summary && options->summary->tally->pack != pack)
		return E_OTHER_PACK;
	if (!use->npairs)
		use->npairs = CACHE_PAIRS;
	if (!use->chunk_bytes)
		use->chunk_bytes = options->jobs > 1 ? CHUNK_BYTES / 4 : CHUNK_BYTES;
	if (use->chunk_bytes < LEAST_CHUNK)
		use->chunk_bytes = LEAST_CHUNK;
	scap__chunk_init(&run.chunk);
	code = run_all(&run, read, read_ctx);
	clean_up(&run);
	return code;
}

unsigned scap_score(const scap_pack *pack, const struct scap_score_options *options,
                    scap_read_fn *read, void *read_ctx, scap_write_fn *write, void *write_ctx,
                    struct scap_score_counts *counts)
{
	struct scoring_use use = {0};

	return scap__score(pack, options, read, read_ctx, write, write_ctx, counts, &use);
}
