/* SPDX-License-Identifier: MIT */
#include "batch/cells.h"

#include <stdlib.h>
#include <string.h>

/* Before the header is bound, every cell is beyond the last column. */
static const struct binding no_columns = {.kind = BIND_BEYOND};

/* The column to point at: that of `none`, or the first of the question. */
static size_t fault_column(const struct reader *r, size_t multiple, enum code code)
{
	for (size_t i = 0; code == E_NONE_NOT_ALONE && i < r->intake.ncolumns; i++)
		if (r->intake.bindings[i].kind == BIND_NONE &&
		    r->intake.bindings[i].multiple == multiple)
			return i;
	return r->intake.multiples[multiple].column;
}

/* True if the row says anything at all, so that its blanks were left by somebody. Boxes
 * tell only by a tick. */
static bool row_answered(const struct reader *r)
{
	bool answered = r->answered;

	for (size_t i = 0; i < r->intake.nmultiples; i++)
		answered |= r->intake.multiples[i].ticked || r->intake.multiples[i].none;
	return answered;
}

static void close_multiples(struct reader *r, bool firm)
{
	for (size_t i = 0; i < r->intake.nmultiples; i++) {
		struct multiple *multiple = &r->intake.multiples[i];
		struct value value;
		enum code code = scap__multiple_close(multiple, firm, &value);

		if (code)
			scap__note_fault(r, code, fault_column(r, i, code), "", 0);
		else if (value.state != VALUE_NONE) /* one without boxes was read as a cell */
			scap__reader_put(r, multiple->question, &value);
	}
}

void scap__reader_id(struct reader *r, const char **id, size_t *size)
{
	if (r->ids.size == r->id_at) {
		scap__buffer_printf(&r->ids, "%llu", r->records);
		r->numbered = true;
	}
	*id = r->ids.data + r->id_at;
	*size = r->ids.size - r->id_at;
}

static size_t cells_of(const struct reader *r)
{
	size_t before = r->bound ? (size_t)(r->next - r->intake.bindings) : 0;

	return before + r->beyond;
}

void scap__reader_next(struct reader *r)
{
	r->next = r->bound ? r->intake.bindings : &no_columns;
	r->beyond = r->nfaults = r->nblank = r->kept.size = 0;
	r->answered = r->flag_denied = r->kept_row = r->wrote = false;
	r->kept_forced = r->kept_level = 0;
	if (r->nkeeps)
		memset(r->keeps, 0, r->nkeeps * sizeof(*r->keeps));
	r->id_at = r->ids.size;
	if (r->block)
		r->said = r->block->said + r->lane * r->block->net->answer_words;
}

/* Anything but blanks and "not sure". */
static bool anything_said(const struct reader *r)
{
	bool said = r->wrote;

	for (size_t i = 0; r->answers && i < r->pack->base->nquestions; i++)
		said |= r->answers->list[i].value.state == VALUE_GIVEN;
	for (size_t w = 0; r->block && w < r->block->net->answer_words; w++)
		said |= r->said[w] != 0;
	return said;
}

static size_t column_of(const struct reader *r, enum binding_kind kind)
{
	size_t column = 0;

	while (column < r->intake.ncolumns && r->intake.bindings[column].kind != kind)
		column++;
	return column;
}

/* A row that came out of a rejects file without its answers, because nobody could tell
 * which cell is which, is not a person of whom nothing is known. */
static void check_kept(struct reader *r)
{
	bool has_id = r->ids.size > r->id_at || column_of(r, BIND_ID) == r->intake.ncolumns;

	if (!has_id || !anything_said(r))
		scap__note_fault(r, E_STILL_BROKEN, column_of(r, BIND_REJECT_ROW), "", 0);
}

/* Blanks of columns for which the map says that a blank is a no. */
static void deny_blanks(struct reader *r)
{
	const struct value no = {.state = VALUE_GIVEN};

	for (size_t i = 0; i < r->nblank; i++) {
		unsigned question = r->intake.bindings[r->blank[i]].question;

		scap__reader_put(r, question, &no);
		r->flag_denied |= r->pack->base->questions[question].shown.red_flag;
	}
}

static void end_row(struct reader *r, const struct scap_error *broken)
{
	bool firm;

	r->records++;
	if (!broken && cells_of(r) != r->intake.ncolumns)
		scap__note_fault(r, E_CELL_COUNT, cells_of(r), "", 0);
	firm = r->intake.blanks && !broken && !r->nfaults && row_answered(r);
	close_multiples(r, firm);
	if (firm && !r->nfaults)
		deny_blanks(r);
	if (r->kept_row)
		check_kept(r);
	r->row(r, broken);
}

struct header_ctx {
	struct reader *reader;
	struct source record;
};

static void header_problem(void *ctx, const struct place *map, size_t cell, enum code code,
                           const char *message)
{
	struct header_ctx *header = ctx;
	struct reader *r = header->reader;
	struct scap_error error;

	scap__error_fill(&error, code,
	                 map ? *map : scap__stream_cell(&r->stream, &header->record, cell), "%s",
	                 message);
	if (error.severity == SCAP_ERROR)
		r->refused = code;
	if (r->options && r->options->problem)
		r->options->problem(r->options->ctx, &error);
}

/* Room for what is noted of each row. */
static bool make_room(struct reader *r)
{
	size_t nkeeps = 0;

	while (r->options && r->options->keep && r->options->keep[nkeeps])
		nkeeps++;
	r->keeps = calloc(nkeeps + 1, sizeof(*r->keeps));
	r->blank = calloc(r->intake.ncolumns + 1, sizeof(*r->blank));
	r->nkeeps = r->keeps ? nkeeps : 0;
	return r->keeps && r->blank;
}

static void tell_header(const struct reader *r, const struct source *record)
{
	const struct scap_score_options *options = r->options;
	const scap_map *map = options->map;

	size_t id = column_of(r, BIND_ID);

	if (options->header)
		options->header(options->ctx, record->bytes, record->size, r->stream.separator,
		                id < r->intake.ncolumns ? (long)id : -1);
	for (size_t row = 0; map && options->mapped && row < map->nrows; row++)
		for (size_t i = 0; i < r->intake.ncolumns; i++)
			if (r->intake.uses[i].row == &map->rows[row])
				options->mapped(options->ctx, &map->rows[row].shown);
}

static bool bind_columns(struct reader *r, const struct reader *head, intake_problem *problem,
                         void *ctx)
{
	const char **names = calloc(head->nheader + 1, sizeof(*names));
	const char *text = head->header.data;
	bool ok = names && !head->header.failed;

	for (size_t i = 0; ok && i < head->nheader; i++) {
		names[i] = text;
		text += strlen(text) + 1;
	}
	ok = ok && scap__intake_bind(&r->intake, r->pack, names, head->nheader,
	                             r->options, !r->answers, problem, ctx) && make_room(r);
	free(names);
	return ok;
}

static void bind_header(struct reader *r)
{
	struct header_ctx ctx = {r, scap__stream_record(&r->stream)};

	r->header_line = ctx.record.first_line;
	if (r->nheader > LIMIT_COLUMNS)
		header_problem(&ctx, NULL, 0, E_TOO_MANY, "the file has too many columns");
	else if (!bind_columns(r, r, header_problem, &ctx))
		r->refused = E_NO_MEMORY;
	if (r->options && !r->refused)
		tell_header(r, &ctx.record);
	r->bound = !r->refused;
	r->stream.stop = true;
	scap__reader_next(r);
}

static void on_record(int end, void *data)
{
	struct reader *r = data;

	if (cells_of(r) && !r->stream.stop) {
		if (r->bound)
			end_row(r, NULL);
		else
			bind_header(r);
		scap__stream_done(&r->stream);
	}
	scap__stream_line(&r->stream, end);
}

static void on_broken(void *ctx, const struct scap_error *error)
{
	struct reader *r = ctx;

	if (r->bound && !r->stream.stop) {
		end_row(r, error);
	} else if (!r->stream.stop) {
		if (r->options && r->options->problem)
			r->options->problem(r->options->ctx, error);
		r->refused = error->code;
		r->stream.stop = true;
	}
}

static void make_buffers(struct reader *r)
{
	scap__buffer_init(&r->header, 2 << 20);
	scap__buffer_init(&r->says, LIMIT_RECORD_BYTES);
	scap__buffer_init(&r->kept, LIMIT_RECORD_BYTES);
	scap__buffer_init(&r->ids, (size_t)1 << 26);
}

static struct stream_handler handler_of(struct reader *r)
{
	return (struct stream_handler){scap__reader_cell, on_record, on_broken, r};
}

static enum code out_of_memory(struct scap_error *error)
{
	scap__error_fill(error, E_NO_MEMORY, (struct place){0}, "memory is out");
	return E_NO_MEMORY;
}

enum code scap__reader_head(struct reader *r, const char *file, scap_read_fn *read,
                            void *read_ctx, struct scap_error *error)
{
	struct stream_handler handler = handler_of(r);
	enum code code;

	scap__reader_next(r);
	scap__buffer_init(&r->header, 2 << 20);
	scap__buffer_init(&r->says, LIMIT_RECORD_BYTES);
	scap__buffer_init(&r->kept, LIMIT_RECORD_BYTES);
	scap__buffer_init(&r->ids, (size_t)1 << 26);
	code = scap__stream_open(&r->stream, file, read, read_ctx, error);
	if (!code)
		code = scap__stream_first(&r->stream, &handler, error);
	if (code)
		return code;
	if (!r->bound && !r->refused) {
		struct source nowhere = {.file = file};

		scap__error_fill(error, E_EMPTY_FILE, (struct place){.source = &nowhere},
		                 "the file is empty; its first line should name the columns");
		return E_EMPTY_FILE;
	}
	return r->refused == E_NO_MEMORY ? out_of_memory(error) : r->refused;
}

enum code scap__reader_run(struct reader *r, const char *file, scap_read_fn *read, void *read_ctx,
                           struct scap_error *error)
{
	struct stream_handler handler = handler_of(r);
	enum code code = scap__reader_head(r, file, read, read_ctx, error);

	if (code)
		return code;
	r->stream.stop = false;
	code = scap__stream_run(&r->stream, &handler, error);
	return !code && r->ids.failed ? out_of_memory(error) : code;
}

static void say_nothing(void *ctx, const struct place *map, size_t cell, enum code code,
                        const char *message)
{
	(void)ctx;
	(void)map;
	(void)cell;
	(void)code;
	(void)message;
}

bool scap__reader_fork(struct reader *r, const struct reader *head)
{
	struct stream_handler handler = handler_of(r);
	struct scap_error error;

	make_buffers(r);
	r->header_line = head->header_line;
	r->bound = true;
	if (scap__stream_fork(&r->stream, &head->stream, &handler, &error) ||
	    !bind_columns(r, head, say_nothing, NULL))
		return false;
	scap__reader_next(r);
	return true;
}

void scap__reader_free(struct reader *r)
{
	scap__stream_close(&r->stream);
	scap__intake_free(&r->intake);
	scap__buffer_free(&r->header);
	scap__buffer_free(&r->ids);
	scap__buffer_free(&r->says);
	scap__buffer_free(&r->kept);
	free(r->keeps);
	free(r->blank);
}
