/* SPDX-License-Identifier: MIT */
#include "batch/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "table/bytes.h"

/* Before the header is bound, every cell is beyond the last column. */
static const struct binding no_columns = {.kind = BIND_BEYOND};

/* ---- Faults ---------------------------------------------------------------------- */

static void note_fault(struct reader *r, enum code code, size_t column, const char *text,
                       size_t size)
{
	struct fault *fault;

	if (r->nfaults++ >= FAULTS_TOLD)
		return;
	fault = &r->faults[r->nfaults - 1];
	fault->code = code;
	fault->column = column;
	fault->size = size < FAULT_TEXT ? size : FAULT_TEXT;
	if (fault->size)
		memcpy(fault->text, text, fault->size);
}

/* A value that was refused: name its bytes if they are what is wrong. */
static void note_value(struct reader *r, enum code code, size_t column, const char *text,
                       size_t size)
{
	size_t at;
	enum code bytes = scap__bytes_fault(text, size, &at);

	if (bytes)
		note_fault(r, bytes, column, text + at, 1);
	else
		note_fault(r, code, column, text, size);
}

void scap__reader_describe(struct reader *r, const struct source *record,
                           const struct fault *fault, struct scap_error *error)
{
	struct place place = scap__stream_cell(&r->stream, record, fault->column);
	const struct binding *binding = fault->column < r->intake.ncolumns
	                                        ? &r->intake.bindings[fault->column] : NULL;
	const char *text = fault->text;
	size_t size = fault->size, at;
	char what[96];

	if (fault->code == E_NONE_NOT_ALONE && binding->kind == BIND_NONE) {
		scap__error_fill(error, fault->code, place,
		                 "'none' is ticked together with a choice, for '%s'",
		                 r->pack->base->questions[binding->question].shown.name);
		return;
	}
	switch (fault->code) {
	case E_CELL_COUNT:
		place = (struct place){record, 0, record->size};
		scap__error_fill(error, fault->code, place,
		                 "the row has %zu cell%s, the header has %zu", fault->column,
		                 fault->column == 1 ? "" : "s", r->intake.ncolumns);
		break;
	case E_CELL_TOO_LONG:
		scap__error_fill(error, fault->code, place, "the cell is over 64 KiB");
		break;
	case E_NOT_UTF8:
	case E_NUL_BYTE:
	case E_CONTROL:
		if (scap__bytes_fault(record->bytes + place.at, place.size, &at))
			place = (struct place){record, place.at + at, 1};
		scap__bytes_describe(fault->code, text, what);
		scap__error_fill(error, fault->code, place, "%s", what);
		break;
	case E_DISAGREE:
		scap__error_fill(error, fault->code, place,
		                 "the cell and the columns of '%s' disagree",
		                 r->pack->base->questions[binding->question].shown.name);
		break;
	default:
		scap__text_trim(&text, &size);
		scap__value_complain(error, fault->code,
		                     &r->pack->base->questions[binding->question], text, size,
		                     place);
	}
}

/* ---- Cells ------------------------------------------------------------------------- */

static void put_value(struct reader *r, unsigned question, const struct value *value)
{
	if (r->answers)
		scap__answers_put(r->answers, question, value);
	else
		scap__block_put(r->block, r->lane, question, value);
}

static bool keep_text(struct reader *r, unsigned question, const char *text, size_t size)
{
	struct answer *answer = &r->answers->list[question];

	free(answer->text);
	answer->text = strndup(text, size);
	return answer->text != NULL;
}

static size_t column_of(const struct reader *r, const struct binding *binding)
{
	return (size_t)(binding - r->intake.bindings);
}

/* Up to 8 bytes as one number; longer texts as a hash of theirs. */
static inline uint64_t key_of(const char *text, size_t size)
{
	uint32_t low, high;
	uint16_t pair;

	if (size > 8)
		return scap__text_hash(text, size);
	if (size >= 4) {
		memcpy(&low, text, 4);
		memcpy(&high, text + size - 4, 4);
		return low | (uint64_t)high << 32;
	}
	if (size == 1)
		return (unsigned char)text[0];
	memcpy(&pair, text, 2);
	return pair | (uint64_t)(unsigned char)text[size - 1] << 16;
}

static inline bool holds(const struct memo *memo, uint64_t key, const char *text, size_t size)
{
	return memo->key == key && memo->size == size &&
	       (size <= 8 || !memcmp(memo->text, text, size));
}

/* The memo of a text, or the place for it: one of a few neighbours. */
static inline struct memo *memo_of(const struct binding *binding, uint64_t key,
                                   const char *text, size_t size)
{
	size_t home = key * UINT64_C(0x9e3779b97f4a7c15) >> 56;

	for (size_t i = home; i < home + 8; i++) {
		struct memo *memo = &binding->memos[i & (MEMOS - 1)];

		if (holds(memo, key, text, size) || !memo->size)
			return memo;
	}
	return &binding->memos[home];
}

_Static_assert(MEMOS == 1 << (64 - 56), "memo_of takes the top 8 bits of 64");

/* Reads a cell the long way. MEMO, if any, gets what it came to. */
static void read_question(struct reader *r, const struct binding *binding, const char *text,
                          size_t size, struct memo *memo, uint64_t key)
{
	const struct question *question = &r->pack->base->questions[binding->question];
	struct value value;
	enum code code;
	size_t at;

	if (question->shown.type == SCAP_FREE_TEXT && scap__bytes_fault(text, size, &at)) {
		note_value(r, 0, column_of(r, binding), text, size);
		return;
	}
	code = scap__value_read(question, text, size, &value);
	if (!code && r->answers && question->shown.type == SCAP_FREE_TEXT &&
	    value.state == VALUE_GIVEN && !keep_text(r, binding->question, text, size))
		code = E_NO_MEMORY;
	if (code) {
		note_value(r, code, column_of(r, binding), text, size);
		return;
	}
	put_value(r, binding->question, &value);
	if (!memo)
		return;
	*memo = (struct memo){.key = key, .size = (unsigned char)size};
	memcpy(memo->text, text, size);
	memo->given = value.state == VALUE_GIVEN;
	memo->passed = scap__block_tests(r->pack->net, binding->question, &value);
}

__attribute__((noinline)) static void take_question(struct reader *r,
                                                    const struct binding *binding,
                                                    const char *text, size_t size)
{
	struct truth *truth;
	struct memo *memo;
	uint64_t key, passed;

	if (!size)
		return;
	if (!binding->memos || size > MEMO_TEXT || r->answers) {
		read_question(r, binding, text, size, NULL, 0);
		return;
	}
	key = key_of(text, size);
	memo = memo_of(binding, key, text, size);
	if (!holds(memo, key, text, size)) {
		read_question(r, binding, text, size, memo, key);
		return;
	}
	if (!memo->given)
		return;
	passed = memo->passed;
	truth = &r->block->truth[binding->answer];
	for (const struct truth *end = truth + binding->tests; truth < end; truth++, passed >>= 1)
		scap__truth_put(truth, r->word, r->bit, passed & 1);
}

static void take_id(struct reader *r, size_t column, const char *text, size_t size)
{
	size_t at;
	enum code code = scap__bytes_fault(text, size, &at);

	if (code) {
		note_fault(r, code, column, text + at, 1);
		return;
	}
	scap__text_trim(&text, &size);
	scap__buffer_add(&r->ids, text, size);
}

static void header_cell(struct reader *r, const char *text, size_t size)
{
	if (size > 4 * LIMIT_NAME_BYTES)
		size = 4 * LIMIT_NAME_BYTES;
	for (size_t i = 0; i < size; i++) /* NUL is what ends a name here */
		scap__buffer_char(&r->header, text[i] ? text[i] : '?');
	scap__buffer_char(&r->header, '\0');
	r->nheader++;
}

/* Any cell but the usual yes or no. */
__attribute__((noinline)) static void take_cell(struct reader *r, const struct binding *binding,
                                                const char *text, size_t size)
{
	enum code code;

	if (size > LIMIT_CELL_BYTES) {
		note_fault(r, E_CELL_TOO_LONG, column_of(r, binding), text, 0);
		return;
	}
	switch (binding->kind) {
	case BIND_BEYOND:
		r->next = binding;
		r->beyond++;
		if (!r->bound)
			header_cell(r, text, size);
		break;
	case BIND_IGNORED:
		break;
	case BIND_ID:
		take_id(r, column_of(r, binding), text, size);
		break;
	case BIND_YES_NO:
		read_question(r, binding, text, size, NULL, 0);
		break;
	case BIND_QUESTION:
		take_question(r, binding, text, size);
		break;
	default:
		code = scap__multiple_take(&r->intake, binding, text, size);
		if (code)
			note_value(r, code, column_of(r, binding), text, size);
	}
}

/* Called for every cell of a file: the usual answers in a few steps. */
static void on_cell(void *bytes, size_t size, void *data)
{
	struct reader *r = data;
	const char *text = bytes;
	const struct binding *binding = r->next;

	r->next = binding + 1;
	if (binding->kind == BIND_QUESTION && size <= MEMO_TEXT)
		take_question(r, binding, text, size);
	else if (binding->kind != BIND_YES_NO)
		take_cell(r, binding, text, size);
	else if (size == 2 && text[0] == 'n' && text[1] == 'o')
		scap__truth_put(&r->block->truth[binding->answer], r->word, r->bit, false);
	else if (size == 3 && text[0] == 'y' && text[1] == 'e' && text[2] == 's')
		scap__truth_put(&r->block->truth[binding->answer], r->word, r->bit, true);
	else if (size)
		take_cell(r, binding, text, size);
}

/* ---- Rows ---------------------------------------------------------------------------- */

/* The column to point at: that of `none`, or the first of the question. */
static size_t fault_column(const struct reader *r, size_t multiple, enum code code)
{
	for (size_t i = 0; code == E_NONE_NOT_ALONE && i < r->intake.ncolumns; i++)
		if (r->intake.bindings[i].kind == BIND_NONE &&
		    r->intake.bindings[i].multiple == multiple)
			return i;
	return r->intake.multiples[multiple].column;
}

static void close_multiples(struct reader *r)
{
	for (size_t i = 0; i < r->intake.nmultiples; i++) {
		struct multiple *multiple = &r->intake.multiples[i];
		struct value value;
		enum code code = scap__multiple_close(multiple, &value);

		if (code)
			note_fault(r, code, fault_column(r, i, code), "", 0);
		else if (value.state != VALUE_NONE) /* one without boxes was read as a cell */
			put_value(r, multiple->question, &value);
	}
}

void scap__reader_id(struct reader *r, const char **id, size_t *size)
{
	if (r->ids.size == r->id_at)
		scap__buffer_printf(&r->ids, "%llu", r->records);
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
	r->beyond = r->nfaults = 0;
	r->id_at = r->ids.size;
	r->word = r->lane / 64;
	r->bit = UINT64_C(1) << (r->lane % 64);
}

static void end_row(struct reader *r, const struct scap_error *broken)
{
	r->records++;
	if (!broken && cells_of(r) != r->intake.ncolumns)
		note_fault(r, E_CELL_COUNT, cells_of(r), "", 0);
	close_multiples(r);
	r->row(r, broken);
}

struct header_ctx {
	struct reader *reader;
	struct source record;
};

static void header_problem(void *ctx, size_t cell, enum code code, const char *message)
{
	struct header_ctx *header = ctx;
	struct reader *r = header->reader;
	struct scap_error error;

	scap__error_fill(&error, code, scap__stream_cell(&r->stream, &header->record, cell), "%s",
	                 message);
	if (error.severity == SCAP_ERROR)
		r->refused = code;
	if (r->options && r->options->problem)
		r->options->problem(r->options->ctx, &error);
}

static void bind_header(struct reader *r)
{
	struct header_ctx ctx = {r, scap__stream_record(&r->stream)};
	const char **names = calloc(r->nheader + 1, sizeof(*names));
	const char *text = r->header.data;
	bool ok = names && !r->header.failed && r->nheader <= LIMIT_COLUMNS;

	r->header_line = ctx.record.first_line;
	for (size_t i = 0; ok && i < r->nheader; i++) {
		names[i] = text;
		text += strlen(text) + 1;
	}
	if (r->nheader > LIMIT_COLUMNS)
		header_problem(&ctx, 0, E_TOO_MANY, "the file has too many columns");
	else if (!ok || !scap__intake_bind(&r->intake, r->pack, names, r->nheader,
	                                   r->options ? r->options->ignore : NULL,
	                                   header_problem, &ctx))
		r->refused = E_NO_MEMORY;
	free(names);
	if (r->options && r->options->header && !r->refused)
		r->options->header(r->options->ctx, ctx.record.bytes, ctx.record.size,
		                   r->stream.separator);
	for (size_t i = 0; r->answers && !r->refused && i < r->intake.ncolumns; i++)
		if (r->intake.bindings[i].kind == BIND_YES_NO)
			r->intake.bindings[i].kind = BIND_QUESTION; /* there is no block */
	r->bound = !r->refused;
	r->stream.stop = r->refused != 0;
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

enum code scap__reader_run(struct reader *r, const char *file, scap_read_fn *read, void *read_ctx,
                           struct scap_error *error)
{
	struct stream_handler handler = {on_cell, on_record, on_broken, r};
	enum code code;

	scap__reader_next(r);
	scap__buffer_init(&r->header, 1 << 20);
	scap__buffer_init(&r->ids, (size_t)1 << 26);
	code = scap__stream_open(&r->stream, file, read, read_ctx, error);
	if (!code)
		code = scap__stream_run(&r->stream, &handler, error);
	if (code)
		return code;
	if (!r->bound && !r->refused) {
		struct source nowhere = {.file = file};

		scap__error_fill(error, E_EMPTY_FILE, (struct place){.source = &nowhere},
		                 "the file is empty; its first line should name the columns");
		return E_EMPTY_FILE;
	}
	if (r->refused == E_NO_MEMORY || r->ids.failed) {
		scap__error_fill(error, E_NO_MEMORY, (struct place){0}, "memory is out");
		return E_NO_MEMORY;
	}
	return r->refused;
}

void scap__reader_free(struct reader *r)
{
	scap__stream_close(&r->stream);
	scap__intake_free(&r->intake);
	scap__buffer_free(&r->header);
	scap__buffer_free(&r->ids);
}
