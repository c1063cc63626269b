/* SPDX-License-Identifier: MIT
 *
 * Many people: rows gather in a block, the block is judged at once, and each
 * row's text is looked up by its verdict. Memory does not grow with the input.
 */
#include "batch/scoring.h"

#include <stdlib.h>

#include "batch/worklist.h"
#include "report/row.h"

enum { HELD_BYTES = 1 << 20 };

static void judge_block(struct scoring *s)
{
	struct reader *r = &s->reader;
	size_t reject = 0;

	if (!r->lane)
		return;
	if (r->intake.nabsent)
		scap__keep_denied(s);
	scap__block_run(s->judge->block);
	scap__judge_run(s->judge);
	scap__judge_lanes(s->judge, s->head, s->tail);
	scap__count_rows(s);
	if (r->intake.nabsent)
		scap__count_raised(s);
	scap__find_homes(s);
	for (unsigned lane = 0; lane < r->lane && !s->failed; lane++) {
		if (reject < s->nrejects && s->rejects[reject].lane == lane)
			reject++;
		else
			scap__write_row(s, lane);
	}
	scap__tell_conflicts(s);
	scap__tell_rejects(s);
	scap__block_clear(s->judge->block);
	r->lane = 0;
	r->ids.size = s->evidence.size = 0;
}

static void on_row(struct reader *r, const struct scap_error *broken)
{
	struct scoring *s = r->ctx;
	const char *id;
	size_t size;

	if (r->ids.size == r->id_at && !broken && !r->nfaults)
		scap__count_blank(s);
	scap__reader_id(r, &id, &size);
	s->id_at[r->lane] = r->id_at;
	s->id_at[r->lane + 1] = r->ids.size;
	scap__tell_twice(s, id, size);
	s->evidence_at[r->lane] = s->evidence.size;
	if (s->hearing)
		scap__hear_row(s, id, size);
	s->evidence_at[r->lane + 1] = s->evidence.size;
	scap__note_line(s);
	if (broken || r->nfaults)
		scap__hold_reject(s, broken);
	r->lane++;
	s->counts->rows++;
	if (r->ids.failed || s->evidence.failed)
		s->failed = E_NO_MEMORY;
	if (r->lane == BLOCK_LANES || s->held >= HELD_BYTES || r->ids.size >= HELD_BYTES ||
	    s->evidence.size >= HELD_BYTES)
		judge_block(s);
	scap__reader_next(r);
	if (s->failed)
		r->stream.stop = true;
}

/* ---- The call ------------------------------------------------------------------------------- */

static bool prepare(struct scoring *s, const scap_pack *pack, size_t npairs)
{
	const struct layout *layout = pack->layout;

	scap__buffer_init(&s->out, (size_t)1 << 30);
	scap__buffer_init(&s->spare, (size_t)1 << 26);
	s->judge = scap__judge_new(layout);
	s->selection = scap__selection_new(layout);
	s->session = scap__session_new(layout);
	s->heads = scap__cache_new(layout->head_words, npairs);
	s->routines = scap__cache_new(layout->tail_words, npairs);
	s->excluded = scap__cache_new(layout->excluded_words, npairs);
	s->head = calloc(BLOCK_LANES * layout->head_words + 1, sizeof(*s->head));
	s->tail = calloc(BLOCK_LANES * layout->tail_words + 1, sizeof(*s->tail));
	s->rejects = calloc(BLOCK_LANES, sizeof(*s->rejects));
	s->denied = calloc(pack->base->nlevels, sizeof(*s->denied));
	s->kept = calloc(BLOCK_LANES * pack->net->answer_words + 1, sizeof(*s->kept));
	scap__buffer_init(&s->evidence, (size_t)1 << 26);
	if (pack->base->nphrases && !(s->hearing = scap__hearing_new(pack->lexicon)))
		return false;
	return s->kept && s->judge && s->selection && s->session && s->heads && s->routines &&
	       s->excluded && s->head && s->tail && s->rejects && s->denied && scap__find_suspects(s);
}

static void clean_up(struct scoring *s)
{
	for (size_t i = 0; i < s->nrejects; i++)
		free(s->rejects[i].row);
	scap__reader_free(&s->reader);
	scap__judge_free(s->judge);
	scap__selection_free(s->selection);
	scap__session_free(s->session);
	scap__cache_free(s->heads);
	scap__cache_free(s->routines);
	scap__cache_free(s->excluded);
	scap__buffer_free(&s->out);
	scap__buffer_free(&s->spare);
	scap__seen_free(&s->seen);
	free(s->head);
	free(s->tail);
	free(s->rejects);
	free(s->denied);
	free(s->kept);
	scap__hearing_free(s->hearing);
	scap__buffer_free(&s->evidence);
	free(s->suspects);
	free(s->applies);
	free(s);
}

static enum code run(struct scoring *s, scap_read_fn *read, void *read_ctx)
{
	const char *header = s->options->listed     ? WORKLIST_HEADER
	                     : s->options->evidence ? ROW_HEADER_EVIDENCE
	                                            : ROW_HEADER;
	struct scap_error error = {0};
	enum code code;

	scap__buffer_text(&s->out, header);
	code = scap__reader_run(&s->reader, s->options->file, read, read_ctx, &error);
	if (!s->failed)
		judge_block(s);
	if (error.code && s->options->problem)
		s->options->problem(s->options->ctx, &error);
	if (!code)
		code = s->failed;
	if (s->reader.bound && !s->reader.refused && !code)
		scap__tell_absent(s);
	scap__tell_blanks(s);
	if (s->reader.bound && !s->reader.refused)
		scap__flush_out(s);
	return code ? code : s->failed;
}

unsigned scap_score(const scap_pack *pack, const struct scap_score_options *options,
                    scap_read_fn *read, void *read_ctx, scap_write_fn *write, void *write_ctx,
                    struct scap_score_counts *counts)
{
	struct cache_use use = {.npairs = CACHE_PAIRS};

	return scap__score(pack, options, read, read_ctx, write, write_ctx, counts, &use);
}

enum code scap__score(const scap_pack *pack, const struct scap_score_options *options,
                      scap_read_fn *read, void *read_ctx, scap_write_fn *write, void *write_ctx,
                      struct scap_score_counts *counts, struct cache_use *use)
{
	struct scoring *s = calloc(1, sizeof(*s));
	enum code code = E_NO_MEMORY;

	*counts = (struct scap_score_counts){0};
	if (!s)
		return E_NO_MEMORY;
	s->options = options;
	s->counts = counts;
	s->write = write;
	s->write_ctx = write_ctx;
	if (prepare(s, pack, use->npairs)) {
		s->reader = (struct reader){.pack = pack, .options = options,
		                            .block = s->judge->block,
		                            .hearing = s->hearing, .row = on_row, .ctx = s};
		code = run(s, read, read_ctx);
		use->heads = s->heads->kept;
		use->routines = s->routines->kept;
		use->excluded = s->excluded->kept;
	}
	clean_up(s);
	return code;
}
