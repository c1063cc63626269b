/* SPDX-License-Identifier: MIT */
#include "batch/cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "table/bytes.h"

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
		scap__note_value(r, 0, column_of(r, binding), text, size);
		return;
	}
	code = scap__value_read(question, text, size, &value);
	if (!code && r->answers && question->shown.type == SCAP_FREE_TEXT &&
	    value.state == VALUE_GIVEN && !keep_text(r, binding->question, text, size))
		code = E_NO_MEMORY;
	if (code) {
		scap__note_value(r, code, column_of(r, binding), text, size);
		return;
	}
	scap__reader_put(r, binding->question, &value);
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
	struct memo *memo;
	struct said *said;
	uint64_t key;

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
	said = r->said + binding->word;
	said->yes |= memo->passed << binding->shift;
	said->known |= binding->mask;
}

static void take_id(struct reader *r, size_t column, const char *text, size_t size)
{
	size_t at;
	enum code code = scap__bytes_fault(text, size, &at);

	if (code) {
		scap__note_fault(r, code, column, text + at, 1);
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
		scap__note_fault(r, E_CELL_TOO_LONG, column_of(r, binding), text, 0);
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
			scap__note_value(r, code, column_of(r, binding), text, size);
	}
}

/* Called for every cell of a file: the usual answers in a few steps. */
void scap__reader_cell(void *bytes, size_t size, void *data)
{
	struct reader *r = data;
	const char *text = bytes;
	const struct binding *binding = r->next;
	struct said *said = r->said + binding->word;

	r->next = binding + 1;
	if (binding->kind == BIND_QUESTION && size <= MEMO_TEXT)
		take_question(r, binding, text, size);
	else if (binding->kind != BIND_YES_NO)
		take_cell(r, binding, text, size);
	else if (size == 2 && text[0] == 'n' && text[1] == 'o') {
		said->known |= binding->mask;
	} else if (size == 3 && text[0] == 'y' && text[1] == 'e' && text[2] == 's') {
		said->known |= binding->mask;
		said->yes |= binding->mask;
	} else if (size)
		take_cell(r, binding, text, size);
}
