/* SPDX-License-Identifier: MIT */
#include "batch/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "table/bytes.h"
#include "words/hearing.h"

/* Headings may be whole questions. */
enum { LONGEST_HEADING = 2 << 10 };

void scap__reader_put(struct reader *r, unsigned question, const struct value *value)
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

/* What a cell of a mapped column says, in the words of an intake. */
static enum code in_own_words(struct reader *r, const struct binding *binding, const char **text,
                              size_t *size)
{
	const struct map_row *row = scap__intake_row(&r->intake, binding);

	return row ? scap__map_translate(row, &r->says, text, size) : 0;
}

/* Reads a cell the long way. False when it was refused, which is noted. */
static bool read_question(struct reader *r, const struct binding *binding, const char *text,
                          size_t size, struct value *value)
{
	const struct question *question = &r->pack->base->questions[binding->question];
	bool free_text = question->shown.type == SCAP_FREE_TEXT;
	const char *says = text;
	size_t said = size, at;
	enum code code;

	if (free_text && scap__bytes_fault(text, size, &at)) {
		scap__note_value(r, 0, column_of(r, binding), text, size);
		return false;
	}
	code = in_own_words(r, binding, &says, &said);
	if (!code)
		code = scap__value_read(question, says, said, value);
	if (!code && r->answers && free_text && value->state == VALUE_GIVEN &&
	    !keep_text(r, binding->question, text, size))
		code = E_NO_MEMORY;
	if (code)
		scap__note_value(r, code, column_of(r, binding), text, size);
	return !code;
}

static inline void hear(const struct reader *r, const struct binding *binding, uint64_t said)
{
	r->said[binding->word] |= said << binding->shift;
}

static uint64_t said_by(const struct reader *r, const struct binding *binding,
                        const struct value *value)
{
	return scap__block_said(r->pack->net, binding->question, value);
}

static void take_short(struct reader *r, const struct binding *binding, const char *text,
                       size_t size)
{
	uint64_t key;
	bool found;
	struct memo *memo = scap__memo_find(binding->memos, text, size, &key, &found);
	struct value value;

	if (!found) {
		if (!read_question(r, binding, text, size, &value))
			return;
		*memo = (struct memo){key, said_by(r, binding, &value)};
	}
	hear(r, binding, memo->said);
}

/* Of a question whose tests fill several words. */
static void take_wide(struct reader *r, const struct binding *binding, const char *text,
                      size_t size)
{
	uint64_t key;
	bool found;
	struct memo *memo = scap__memo_find(binding->memos, text, size, &key, &found);
	uint64_t *words = binding->wide + (size_t)(memo - binding->memos) * binding->nwide;
	struct value value;

	if (!found) {
		if (!read_question(r, binding, text, size, &value))
			return;
		memset(words, 0, binding->nwide * sizeof(*words));
		scap__block_say(r->pack->net, binding->question, &value, words);
		*memo = (struct memo){.key = key};
	}
	for (size_t i = 0; i < binding->nwide; i++)
		r->said[binding->word + i] |= words[i];
}

static void take_long(struct reader *r, const struct binding *binding, const char *text,
                      size_t size)
{
	bool found;
	struct long_memo *memo = scap__memo_find_long(binding->longs, text, size, &found);
	struct value value;

	if (!found) {
		if (!read_question(r, binding, text, size, &value)) {
			memo->size = 0;
			return;
		}
		memo->said = said_by(r, binding, &value);
	}
	hear(r, binding, memo->said);
}

static void take_question(struct reader *r, const struct binding *binding, const char *text,
                          size_t size)
{
	struct value value;

	if (!size)
		return;
	if (binding->wide && size <= SHORT_TEXT)
		take_wide(r, binding, text, size);
	else if (binding->longs && size <= SHORT_TEXT)
		take_short(r, binding, text, size);
	else if (binding->longs && size <= LONG_TEXT)
		take_long(r, binding, text, size);
	else if (read_question(r, binding, text, size, &value))
		scap__reader_put(r, binding->question, &value);
}

/* A text that is refused is listened to all the same: it may hold what the row is at
 * least. */
static void take_text(struct reader *r, const struct binding *binding, const char *text,
                      size_t size)
{
	struct value value;

	r->wrote |= size > 0;
	if (size && read_question(r, binding, text, size, &value) && r->answers)
		scap__answers_put(r->answers, binding->question, &value);
	if (size && r->hearing)
		scap__listen(r->hearing, text, size);
}

static void take_id(struct reader *r, size_t column, const char *text, size_t size)
{
	bool odd = scap__text_bytes(text, size) & TEXT_ODD; /* a line end is odd as well */
	enum code code = 0;
	size_t at;

	if (odd)
		code = scap__bytes_fault(text, size, &at);
	if (code) {
		scap__note_fault(r, code, column, text + at, 1);
		return;
	}
	scap__text_trim(&text, &size);
	if (odd && (memchr(text, '\n', size) || memchr(text, '\r', size))) {
		scap__note_fault(r, E_ID_OF_LINES, column, text, 0);
		return;
	}
	scap__buffer_add(&r->ids, text, size);
}

/* A level that a rejects file gives a row: its index and 1, or 0. */
static unsigned take_level(const struct reader *r, const char *text, size_t size)
{
	const struct name *name;

	scap__text_trim(&text, &size);
	name = scap__names_find(r->pack->base->names, text, size);
	return name && name->kind == NAME_LEVEL ? name->index + 1 : 0;
}

/* Takes away the sign that keeps a spreadsheet from seeing a formula. */
static void unguard(const char **text, size_t *size)
{
	size_t quotes = 0;

	while (quotes < *size && (*text)[quotes] == '\'')
		quotes++;
	if (!quotes || quotes == *size || !scap__text_formula((*text)[quotes]))
		return;
	++*text;
	--*size;
}

static void header_cell(struct reader *r, const char *text, size_t size)
{
	if (size > LONGEST_HEADING)
		size = LONGEST_HEADING;
	for (size_t i = 0; i < size; i++) /* NUL is what ends a name here */
		scap__buffer_char(&r->header, text[i] ? text[i] : '?');
	scap__buffer_char(&r->header, '\0');
	r->nheader++;
}

static void keep_cell(struct reader *r, size_t column, struct span_kept *keep, const char *text,
                      size_t size)
{
	size_t at;
	enum code code = scap__text_bytes(text, size) & TEXT_ODD
	                         ? scap__bytes_fault(text, size, &at) : 0;

	if (code) {
		scap__note_fault(r, code, column, text + at, 1);
		return;
	}
	*keep = (struct span_kept){r->kept.size, size};
	scap__buffer_add(&r->kept, text, size);
}

/* What is to be noted of a cell besides what it answers. */
static void note_use(struct reader *r, const struct binding *binding, const char *text,
                     size_t size)
{
	size_t column = column_of(r, binding);
	const struct column_use *use = &r->intake.uses[column];
	bool question = binding->kind > BIND_ID && binding->kind < BIND_CHOICE;

	if (use->keep)
		keep_cell(r, column, &r->keeps[use->keep - 1], text, size);
	scap__text_trim(&text, &size);
	r->answered |= question && size;
	if (!size && binding->kind == BIND_QUESTION && use->row && use->row->shown.blank_no)
		r->blank[r->nblank++] = (unsigned)column;
}

static void take_box(struct reader *r, const struct binding *binding, const char *text, size_t size)
{
	const char *says = text;
	size_t said = size;
	enum code code = in_own_words(r, binding, &says, &said);

	if (code) /* it is told in its own words, and read as what can't be read */
		scap__multiple_take(&r->intake, binding, "?", 1);
	else
		code = scap__multiple_take(&r->intake, binding, says, said);
	if (code)
		scap__note_value(r, code, column_of(r, binding), text, size);
}

/* Any cell that was not found at once. */
__attribute__((noinline)) static void take_cell(struct reader *r, const struct binding *binding,
                                                const char *text, size_t size)
{
	if (size > LIMIT_CELL_BYTES) {
		if (binding->kind == BIND_TEXT && r->hearing)
			scap__listen(r->hearing, text, size);
		scap__note_fault(r, E_CELL_TOO_LONG, column_of(r, binding), text, 0);
		return;
	}
	if (r->intake.rejects)
		unguard(&text, &size);
	if (r->intake.uses && binding->kind != BIND_BEYOND)
		note_use(r, binding, text, size);
	switch (binding->kind) {
	case BIND_REJECT_ROW:
		r->kept_row = size > 0;
		break;
	case BIND_REJECT_FORCED:
		r->kept_forced = take_level(r, text, size);
		break;
	case BIND_REJECT_LEVEL:
		r->kept_level = take_level(r, text, size);
		break;
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
	case BIND_TEXT:
		take_text(r, binding, text, size);
		break;
	case BIND_QUESTION:
		take_question(r, binding, text, size);
		break;
	default:
		take_box(r, binding, text, size);
	}
}

/* Called for every cell of a file. Yes, no, blank and the usual numbers take the
 * same few steps, with nothing to guess wrong for the processor; it begins at a line
 * of the cache, so that its speed does not hang on what stands before it. QUICK_TEXT or
 * LONG_TEXT bytes may be read of any cell: the buffer of libcsv has at least 128. */
__attribute__((aligned(64))) void scap__reader_cell(void *bytes, size_t size, void *data)
{
	struct reader *r = data;
	const char *text = bytes;
	const struct binding *binding = r->next;

	r->next = binding + 1;
	if (size < binding->lookup) {
		uint64_t key = scap__memo_key(text, size);
		const struct memo *memo = &binding->memos[scap__memo_home(key)];

		if (memo->key == key) {
			hear(r, binding, memo->said);
			return;
		}
	}
	take_cell(r, binding, text, size);
}
