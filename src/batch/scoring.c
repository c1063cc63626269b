/* SPDX-License-Identifier: MIT */
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
	if (s->tally)
		scap__tally_block(s->tally, s);
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
	s->row += r->lane;
	r->lane = 0;
	r->ids.size = s->evidence.size = s->along.size = 0;
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
	scap__note_id(s, id, size);
	s->evidence_at[r->lane] = s->evidence.size;
	if (s->hearing)
		scap__hear_row(s, id, size);
	s->evidence_at[r->lane + 1] = s->evidence.size;
	scap__keep_row(s, broken);
	scap__note_line(s);
	if (broken || r->nfaults)
		scap__hold_reject(s, broken);
	r->lane++;
	s->chunk->counts.rows++;
	s->chunk->counts.blank_no += r->flag_denied;
	if (r->ids.failed || s->evidence.failed || s->along.failed || r->kept.failed ||
	    r->says.failed)
		s->failed = E_NO_MEMORY;
	if (r->lane == BLOCK_LANES || s->held >= HELD_BYTES || r->ids.size >= HELD_BYTES ||
	    s->evidence.size >= HELD_BYTES || s->along.size >= HELD_BYTES)
		judge_block(s);
	scap__reader_next(r);
	if (s->failed)
		r->stream.stop = true;
}

/* ---- Chunks ---------------------------------------------------------------------------- */

void scap__scoring_run(struct scoring *s, struct chunk *chunk)
{
	struct reader *r = &s->reader;

	scap__chunk_clear(chunk);
	s->chunk = chunk;
	s->row = 0;
	s->failed = 0;
	if (s->options->summary && !chunk->tally && !(chunk->tally = scap__tally_new(r->pack))) {
		chunk->code = E_NO_MEMORY;
		return;
	}
	s->tally = chunk->tally;
	r->records = chunk->record;
	r->numbered = false;
	scap__reader_next(r);
	chunk->code = scap__stream_feed(&r->stream, &chunk->in, &chunk->error);
	if (!s->failed)
		judge_block(s);
	if (!chunk->code)
		chunk->code = s->failed ? s->failed : s->out.failed ? E_NO_MEMORY : 0;
	chunk->used = r->stream.start;
	chunk->used_line = r->stream.piece_line;
	chunk->dropped = r->stream.dropped;
	chunk->records = r->records - chunk->record;
	chunk->numbered = r->numbered;
	scap__buffer_swap(&chunk->out, &s->out);
}

/* ---- Room for it all ---------------------------------------------------------------------- */

static bool prepare(struct scoring *s, const scap_pack *pack, size_t npairs)
{
	const struct layout *layout = pack->layout;

	scap__buffer_init(&s->out, (size_t)1 << 30);
	scap__buffer_init(&s->spare, (size_t)1 << 26);
	scap__buffer_init(&s->evidence, (size_t)1 << 26);
	scap__buffer_init(&s->along, (size_t)1 << 26);
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
	if (pack->base->nphrases && !(s->hearing = scap__hearing_new(pack->lexicon)))
		return false;
	return s->kept && s->judge && s->selection && s->session && s->heads && s->routines &&
	       s->excluded && s->head && s->tail && s->rejects && s->denied && scap__find_suspects(s);
}

struct scoring *scap__scoring_new(const struct reader *head,
                                  const struct scap_score_options *options, size_t npairs)
{
	struct scoring *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->options = options;
	s->reader = (struct reader){.pack = head->pack, .options = options, .row = on_row, .ctx = s};
	if (prepare(s, head->pack, npairs)) {
		s->reader.block = s->judge->block;
		s->reader.hearing = s->hearing;
		if (scap__reader_fork(&s->reader, head))
			return s;
	}
	scap__scoring_free(s);
	return NULL;
}

void scap__scoring_free(struct scoring *s)
{
	if (!s)
		return;
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
	scap__buffer_free(&s->evidence);
	scap__buffer_free(&s->along);
	scap__hearing_free(s->hearing);
	free(s->head);
	free(s->tail);
	free(s->rejects);
	free(s->denied);
	free(s->kept);
	free(s->suspects);
	free(s->applies);
	free(s);
}

void scap__scoring_use(const struct scoring *s, struct scoring_use *use)
{
	use->heads += s->heads->kept;
	use->routines += s->routines->kept;
	use->excluded += s->excluded->kept;
}
