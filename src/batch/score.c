/* SPDX-License-Identifier: MIT
 *
 * Many people: rows gather in a block, the block is judged at once, and each
 * row's text is looked up by its verdict. Memory does not grow with the input.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "batch/cache.h"
#include "batch/reader.h"
#include "batch/seen.h"
#include "batch/worklist.h"
#include "report/row.h"
#include "table/bytes.h"

enum { OUT_BYTES = 64 << 10, HELD_BYTES = 1 << 20 };

/* What is told of a rejected row when its block is judged. */
struct reject {
	unsigned lane;
	size_t nerrors;
	struct scap_error errors[FAULTS_TOLD];
	char *row;
	size_t size;
};

struct scoring {
	struct reader reader;
	const struct scap_score_options *options;
	struct scap_score_counts *counts;
	scap_write_fn *write;
	void *write_ctx;
	struct judge *judge;
	struct selection *selection;
	struct cache *heads, *tails;
	struct buffer out, spare;
	struct seen seen;
	uint64_t *head, *tail; /* of each lane */
	size_t id_at[BLOCK_LANES + 1];
	unsigned lines[BLOCK_LANES]; /* of rows that may be in conflict, else 0 */
	unsigned long long first_record; /* of the block */
	struct reject *rejects;
	size_t nrejects, held;
	unsigned long long blanks;        /* rows of blank cells */
	unsigned first_blank, last_blank; /* their lines */
	struct plane *denied; /* levels as they were with absent red flags denied */
	enum code failed;
};

/* LINE: that it is about, or 0. */
static void __attribute__((format(printf, 4, 5))) warn(struct scoring *s, enum code code,
                                                       unsigned line, const char *format, ...)
{
	struct source file = {.file = s->options->file, .first_line = line};
	struct scap_error error;
	char message[256];
	va_list args;

	if (!s->options->problem)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	scap__error_fill(&error, code, (struct place){.source = &file}, "%s", message);
	s->options->problem(s->options->ctx, &error);
}

/* ---- Rejected rows ------------------------------------------------------------------ */

static void hold_reject(struct scoring *s, const struct scap_error *broken)
{
	struct reader *r = &s->reader;
	struct source record = scap__stream_record(&r->stream);
	struct reject *reject = &s->rejects[s->nrejects];

	*reject = (struct reject){.lane = r->lane, .size = record.size};
	if (broken)
		reject->errors[reject->nerrors++] = *broken;
	for (size_t i = 0; i < r->nfaults && i < FAULTS_TOLD && reject->nerrors < FAULTS_TOLD; i++)
		scap__reader_describe(r, &record, &r->faults[i],
		                      &reject->errors[reject->nerrors++]);
	if (broken) { /* only the line it began in is given up */
		const char *end = memchr(record.bytes, '\n', record.size);

		reject->size = end ? (size_t)(end - record.bytes) : record.size;
		while (reject->size && record.bytes[reject->size - 1] == '\r')
			reject->size--;
	}
	reject->row = malloc(reject->size + 1);
	if (!reject->row) {
		s->failed = E_NO_MEMORY;
		return;
	}
	memcpy(reject->row, record.bytes, reject->size);
	scap__bytes_mend(reject->row, reject->size);
	reject->row[reject->size] = '\0';
	s->held += reject->size;
	s->nrejects++;
}

static void lane_id(const struct scoring *s, unsigned lane, const char **id, size_t *size)
{
	*id = s->reader.ids.data + s->id_at[lane];
	*size = s->id_at[lane + 1] - s->id_at[lane];
}

static void tell_rejects(struct scoring *s)
{
	const struct rulebase *base = s->judge->layout->net->base;

	for (size_t i = 0; i < s->nrejects; i++) {
		struct reject *reject = &s->rejects[i];
		struct verdict verdict = {
			s->judge->layout,
			s->head + reject->lane * s->judge->layout->head_words, s->tail};
		struct scap_rejected told = {
			.at_least = &base->levels[scap__verdict_forced(&verdict)].shown,
			.level = &base->levels[scap__verdict_level(&verdict)].shown,
			.nerrors = reject->nerrors,
			.errors = reject->errors,
			.row = reject->row,
			.size = reject->size,
		};
		const char *text;
		char *id;
		size_t size;

		lane_id(s, reject->lane, &text, &size);
		id = strndup(text, size);
		told.id = id;
		if (!id)
			s->failed = E_NO_MEMORY;
		else if (s->options->rejected)
			s->options->rejected(s->options->ctx, &told);
		free(id);
		free(reject->row);
	}
	s->counts->rejected += s->nrejects;
	s->nrejects = s->held = 0;
}

/* ---- Warnings about rows --------------------------------------------------------------- */

static uint64_t lanes_in_use(const struct scoring *s, unsigned word)
{
	unsigned lanes = s->reader.lane, first = word * 64;
	uint64_t use = lanes <= first ? 0
	               : lanes - first >= 64 ? ~UINT64_C(0)
	                                     : (UINT64_C(1) << (lanes - first)) - 1;

	for (size_t i = 0; i < s->nrejects; i++)
		if (s->rejects[i].lane / 64 == word)
			use &= ~(UINT64_C(1) << (s->rejects[i].lane % 64));
	return use;
}

/* True where a red flag of the row being read says yes and may not apply. What its
 * relevance is worked out from is not known before the block is run. */
static bool suspect(const struct reader *r, size_t q)
{
	const struct network *net = r->block->net;
	const struct truth *truth = r->block->truth;
	int relevance = net->relevance[q];

	return net->base->questions[q].shown.red_flag && relevance != NONE &&
	       net->first_answer[q] < net->first_answer[q + 1] &&
	       plane_bit(&truth[net->first_answer[q]].certain, r->lane) &&
	       ((size_t)relevance >= net->nanswers ||
	        !plane_bit(&truth[relevance].possible, r->lane));
}

/* The line of the row being read, if it may be in conflict. To find a line costs a
 * look at the bytes before it, so only such rows ask. */
static unsigned line_if_suspect(struct scoring *s)
{
	for (size_t q = 0; q < s->reader.pack->base->nquestions; q++)
		if (suspect(&s->reader, q))
			return scap__stream_record(&s->reader.stream).first_line;
	return 0;
}

static void tell_conflicts(struct scoring *s)
{
	const struct block *block = s->judge->block;
	const struct rulebase *base = block->net->base;

	for (unsigned word = 0; word < BLOCK_WORDS; word++) {
		uint64_t use = lanes_in_use(s, word), rows = 0;

		for (size_t q = 0; q < base->nquestions; q++) {
			uint64_t clash = block->conflict[q].bits[word] & use;

			rows |= clash;
			for (; clash; clash &= clash - 1) {
				unsigned lane = word * 64 + (unsigned)__builtin_ctzll(clash);
				const char *id;
				size_t size;

				lane_id(s, lane, &id, &size);
				warn(s, E_CONFLICT, s->lines[lane],
				     "row '%.*s': '%s' is yes although the row's other answers rule "
				     "it out; it counts as unknown",
				     (int)size, id, base->questions[q].shown.name);
			}
		}
		s->counts->conflicts += (unsigned)__builtin_popcountll(rows);
	}
}

static struct place id_place(const struct reader *r, const struct source *record)
{
	size_t column = 0;

	while (column < r->intake.ncolumns && r->intake.bindings[column].kind != BIND_ID)
		column++;
	return column < r->intake.ncolumns ? scap__stream_cell(&r->stream, record, column)
	                                   : (struct place){record, 0, record->size};
}

/* Warns of the row being read when its id stood before. */
static void tell_twice(struct scoring *s, const char *id, size_t size)
{
	struct reader *r = &s->reader;
	bool was_full = s->seen.full;
	struct source record;
	struct scap_error error;

	if (scap__seen_twice(&s->seen, id, size) && s->options->problem) {
		record = scap__stream_record(&r->stream);
		scap__error_fill(&error, E_DUPLICATE_ROW_ID, id_place(r, &record),
		                 "the id '%.*s' stands twice", (int)size, id);
		s->options->problem(s->options->ctx, &error);
	}
	if (s->seen.full && !was_full)
		warn(s, E_IDS_UNCHECKED, 0,
		     "too many rows: from '%.*s' on, ids that stand twice are not found",
		     (int)size, id);
}

/* How many rows have their level raised only because red flags have no column:
 * judged once more as if those were denied. */
static void keep_denied(struct scoring *s)
{
	const struct intake *intake = &s->reader.intake;
	struct block *block = s->judge->block;
	const struct network *net = block->net;

	for (size_t i = 0; i < intake->nabsent; i++)
		scap__block_deny(block, intake->absent[i]);
	scap__block_run(block);
	scap__judge_levels(s->judge);
	memcpy(s->denied, s->judge->level_at, net->base->nlevels * sizeof(struct plane));
	for (size_t i = 0; i < intake->nabsent; i++) {
		unsigned q = intake->absent[i];

		for (unsigned a = net->first_answer[q]; a < net->first_answer[q + 1]; a++)
			memset(&block->truth[a].possible, 0xff, sizeof(struct plane));
	}
}

static void count_raised(struct scoring *s)
{
	size_t nlevels = s->judge->layout->net->base->nlevels;

	for (unsigned word = 0; word < BLOCK_WORDS; word++) {
		uint64_t same = 0;

		for (size_t k = 0; k < nlevels; k++)
			same |= s->denied[k].bits[word] & s->judge->level_at[k].bits[word];
		s->counts->raised += (unsigned)__builtin_popcountll(~same & lanes_in_use(s, word));
	}
}

/* ---- Rows out ----------------------------------------------------------------------------- */

static void flush_out(struct scoring *s)
{
	if (s->out.failed)
		s->failed = E_NO_MEMORY;
	if (s->out.size && !s->failed && s->write(s->write_ctx, s->out.data, s->out.size))
		s->failed = E_WRITE_FAILED;
	s->out.size = 0;
}

static const struct buffer *text_of_head(struct scoring *s, const struct verdict *verdict)
{
	bool found;
	struct buffer *text = scap__cache_slot(s->heads, verdict->head, &found);

	if (found)
		return text;
	if (s->options->listed)
		scap__worklist_row(verdict, text);
	else
		scap__row_head(verdict, text);
	return text;
}

static const struct buffer *text_of_tail(struct scoring *s, const struct verdict *verdict)
{
	bool found;
	struct buffer *text = scap__cache_slot(s->tails, verdict->tail, &found);

	if (found)
		return text;
	scap__selection_make(s->selection, verdict);
	scap__row_tail(verdict, s->selection, text);
	return text;
}

static void list_row(struct scoring *s, const struct verdict *verdict, const char *id, size_t size,
                     const struct buffer *head)
{
	const struct rulebase *base = verdict->layout->net->base;

	s->spare.size = 0;
	scap__row_cell(&s->spare, id, size);
	scap__buffer_add(&s->spare, head->data, head->size);
	if (s->spare.failed || head->failed)
		s->failed = E_NO_MEMORY;
	else if (s->options->listed(s->options->ctx, &base->levels[scap__verdict_level(verdict)].shown,
	                            s->spare.data, s->spare.size))
		s->failed = E_WRITE_FAILED;
}

static void write_row(struct scoring *s, unsigned lane)
{
	const struct layout *layout = s->judge->layout;
	struct verdict verdict = {layout, s->head + lane * layout->head_words,
	                          s->tail + lane * layout->tail_words};
	const struct buffer *head = text_of_head(s, &verdict), *tail;
	const char *id;
	size_t size;

	s->counts->scored++;
	s->counts->levels[scap__verdict_level(&verdict)]++;
	lane_id(s, lane, &id, &size);
	if (s->options->listed) {
		list_row(s, &verdict, id, size, head);
		return;
	}
	tail = text_of_tail(s, &verdict);
	scap__row_cell(&s->out, id, size);
	scap__buffer_add(&s->out, head->data, head->size);
	scap__buffer_add(&s->out, tail->data, tail->size);
	if (head->failed || tail->failed)
		s->failed = E_NO_MEMORY;
	if (s->out.size >= OUT_BYTES || s->out.failed)
		flush_out(s);
}

/* A row without an id may be one of blank cells. */
static void count_blank(struct scoring *s)
{
	struct source record = scap__stream_record(&s->reader.stream);

	for (size_t i = 0; i < record.size; i++)
		if (record.bytes[i] != s->reader.stream.separator &&
		    !strchr(" \t\r\n\"", record.bytes[i]))
			return;
	if (!s->blanks++)
		s->first_blank = record.first_line;
	s->last_blank = record.first_line;
}

static void judge_block(struct scoring *s)
{
	struct reader *r = &s->reader;
	size_t reject = 0;

	if (!r->lane)
		return;
	if (r->intake.nabsent)
		keep_denied(s);
	scap__block_run(s->judge->block);
	scap__judge_run(s->judge, false);
	scap__judge_lanes(s->judge, s->head, s->tail);
	if (r->intake.nabsent)
		count_raised(s);
	for (unsigned lane = 0; lane < r->lane && !s->failed; lane++) {
		if (reject < s->nrejects && s->rejects[reject].lane == lane)
			reject++;
		else
			write_row(s, lane);
	}
	tell_conflicts(s);
	tell_rejects(s);
	scap__block_clear(s->judge->block);
	r->lane = 0;
	r->ids.size = 0;
}

static void on_row(struct reader *r, const struct scap_error *broken)
{
	struct scoring *s = r->ctx;
	const char *id;
	size_t size;

	if (r->ids.size == r->id_at && !broken && !r->nfaults)
		count_blank(s);
	scap__reader_id(r, &id, &size);
	s->id_at[r->lane] = r->id_at;
	s->id_at[r->lane + 1] = r->ids.size;
	tell_twice(s, id, size);
	s->lines[r->lane] = line_if_suspect(s);
	if (broken || r->nfaults)
		hold_reject(s, broken);
	r->lane++;
	s->counts->rows++;
	if (r->ids.failed)
		s->failed = E_NO_MEMORY;
	if (r->lane == BLOCK_LANES || s->held >= HELD_BYTES || r->ids.size >= HELD_BYTES)
		judge_block(s);
	scap__reader_next(r);
	if (s->failed)
		r->stream.stop = true;
}

/* ---- The call ------------------------------------------------------------------------------- */

static bool prepare(struct scoring *s, const scap_pack *pack)
{
	const struct layout *layout = pack->layout;

	scap__buffer_init(&s->out, (size_t)1 << 30);
	scap__buffer_init(&s->spare, (size_t)1 << 26);
	s->judge = scap__judge_new(layout);
	s->selection = scap__selection_new(layout);
	s->heads = scap__cache_new(layout->head_words);
	s->tails = scap__cache_new(layout->tail_words);
	s->head = calloc(BLOCK_LANES * layout->head_words + 1, sizeof(*s->head));
	s->tail = calloc(BLOCK_LANES * layout->tail_words + 1, sizeof(*s->tail));
	s->rejects = calloc(BLOCK_LANES, sizeof(*s->rejects));
	s->denied = calloc(pack->base->nlevels, sizeof(*s->denied));
	return s->judge && s->selection && s->heads && s->tails && s->head && s->tail &&
	       s->rejects && s->denied;
}

static void clean_up(struct scoring *s)
{
	for (size_t i = 0; i < s->nrejects; i++)
		free(s->rejects[i].row);
	scap__reader_free(&s->reader);
	scap__judge_free(s->judge);
	scap__selection_free(s->selection);
	scap__cache_free(s->heads);
	scap__cache_free(s->tails);
	scap__buffer_free(&s->out);
	scap__buffer_free(&s->spare);
	scap__seen_free(&s->seen);
	free(s->head);
	free(s->tail);
	free(s->rejects);
	free(s->denied);
	free(s);
}

static void tell_absent(struct scoring *s)
{
	const struct intake *intake = &s->reader.intake;

	for (size_t i = 0; i < intake->nabsent; i++)
		warn(s, E_NO_RED_FLAG, s->reader.header_line,
		     "no column for the red flag '%s': it is unknown in every row",
		     s->judge->layout->net->base->questions[intake->absent[i]].shown.name);
	if (!s->counts->rows)
		warn(s, E_NO_RECORDS, 0, "the file has a header line and no rows");
}

static void tell_blanks(struct scoring *s)
{
	if (s->blanks == 1)
		warn(s, E_BLANK_ROWS, s->first_blank,
		     "this row is blank; it counts as a person of whom nothing is known");
	else if (s->blanks)
		warn(s, E_BLANK_ROWS, s->first_blank,
		     "%llu rows are blank, the first here, the last in line %u; they count as "
		     "people of whom nothing is known", s->blanks, s->last_blank);
}

static enum code run(struct scoring *s, scap_read_fn *read, void *read_ctx)
{
	const char *header = s->options->listed ? WORKLIST_HEADER : ROW_HEADER;
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
		tell_absent(s);
	tell_blanks(s);
	if (s->reader.bound && !s->reader.refused)
		flush_out(s);
	return code ? code : s->failed;
}

unsigned scap_score(const scap_pack *pack, const struct scap_score_options *options,
                    scap_read_fn *read, void *read_ctx, scap_write_fn *write, void *write_ctx,
                    struct scap_score_counts *counts)
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
	if (prepare(s, pack)) {
		s->reader = (struct reader){.pack = pack, .options = options,
		                            .block = s->judge->block, .row = on_row, .ctx = s};
		code = run(s, read, read_ctx);
	}
	clean_up(s);
	return code;
}
