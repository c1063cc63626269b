/* SPDX-License-Identifier: MIT */
#include "engine/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "base/text.h"

scap_answers *scap_answers_new(const scap_pack *pack)
{
	size_t count = pack->base->nquestions + 1;
	scap_answers *answers = calloc(1, sizeof(*answers));

	if (!answers)
		return NULL;
	answers->pack = pack;
	answers->judge = scap__judge_new(pack->layout);
	answers->list = calloc(count, sizeof(*answers->list));
	answers->cleared = calloc(count, sizeof(*answers->cleared));
	answers->odd = calloc(count, sizeof(*answers->odd));
	answers->screen = calloc(count, sizeof(*answers->screen));
	answers->open = calloc(count, sizeof(*answers->open));
	if (answers->judge && answers->list && answers->cleared && answers->odd && answers->screen &&
	    answers->open)
		return answers;
	scap_answers_free(answers);
	return NULL;
}

void scap_answers_free(scap_answers *answers)
{
	if (!answers)
		return;
	for (size_t i = 0; answers->list && i < answers->pack->base->nquestions; i++)
		free(answers->list[i].text);
	scap__answers_forget_heard(answers);
	scap__judge_free(answers->judge);
	free(answers->list);
	free(answers->cleared);
	free(answers->odd);
	free(answers->screen);
	free(answers->open);
	free(answers->history);
	free(answers->shown);
	free(answers);
}

scap_answers *scap__answers_copy(const scap_answers *answers)
{
	scap_answers *copy = scap_answers_new(answers->pack);

	for (size_t i = 0; copy && i < answers->pack->base->nquestions; i++) {
		copy->list[i].value = answers->list[i].value;
		if (!answers->list[i].text)
			continue;
		copy->list[i].text = strdup(answers->list[i].text);
		if (!copy->list[i].text) {
			scap_answers_free(copy);
			return NULL;
		}
	}
	if (copy && !scap__answers_copy_heard(copy, answers)) {
		scap_answers_free(copy);
		return NULL;
	}
	return copy;
}

void scap__answers_put(scap_answers *answers, unsigned question, const struct value *value)
{
	answers->list[question].value = *value;
}

bool scap__answers_unknown(const scap_answers *answers, unsigned question)
{
	return answers->list[question].value.state != VALUE_GIVEN;
}

static void run(scap_answers *answers)
{
	struct block *block = answers->judge->block;

	scap__block_clear(block);
	for (unsigned i = 0; i < answers->pack->base->nquestions; i++)
		scap__block_put(block, 0, i, &answers->list[i].value);
	scap__answers_put_heard(answers);
	scap__block_run(block);
}

void scap__answers_judge(scap_answers *answers)
{
	run(answers);
	scap__judge_run(answers->judge);
}

/* True when a question is answered although it surely does not apply. */
static bool irrelevant(const scap_answers *answers, size_t question)
{
	int node = answers->pack->net->relevance[question];

	return node != NONE && answers->list[question].value.state != VALUE_NONE &&
	       !plane_bit(&answers->judge->block->truth[node].possible, 0);
}

/* Notes the answers that are irrelevant as it is: a conflict that was there
 * before is no consequence of the change to come. */
static void note_odd(scap_answers *answers)
{
	run(answers);
	for (size_t i = 0; i < answers->pack->base->nquestions; i++)
		answers->odd[i] = irrelevant(answers, i);
}

/* Takes back what the last change made irrelevant. Clearing one answer can make
 * another irrelevant, so until nothing changes. */
static void clear_irrelevant(scap_answers *answers, size_t kept)
{
	bool again = true;

	answers->ncleared = 0;
	while (again) {
		again = false;
		run(answers);
		for (size_t i = 0; i < answers->pack->base->nquestions; i++) {
			if (i == kept || answers->odd[i] || !irrelevant(answers, i))
				continue;
			answers->list[i].value = (struct value){.state = VALUE_NONE};
			answers->cleared[answers->ncleared++] = (unsigned)i;
			again = true;
		}
	}
}

static unsigned unknown_question(const scap_answers *answers, const char *name,
                                 struct scap_error *error)
{
	const struct name *near = scap__names_near(answers->pack->base->names, name, strlen(name),
	                                           1u << NAME_QUESTION);

	scap__error_fill(error, E_UNKNOWN_ANSWER, (struct place){0},
	                 "'%.64s' is no question%s%s%s", name, near ? " (did you mean '" : "",
	                 near ? near->text : "", near ? "'?)" : "");
	return E_UNKNOWN_ANSWER;
}

/* Bytes that a cell of an intake file may not hold, an answer may not either. */
static unsigned check_bytes(const struct question *question, const char *value,
                            struct scap_error *error)
{
	size_t size = strlen(value);

	if (size <= LIMIT_CELL_BYTES && scap__text_invalid(value, size) == size)
		return 0;
	scap__error_fill(error, size > LIMIT_CELL_BYTES ? E_CELL_TOO_LONG : E_NOT_UTF8,
	                 (struct place){0}, "the answer to '%s' is %s", question->shown.name,
	                 size > LIMIT_CELL_BYTES ? "over 64 KiB" : "not UTF-8");
	return size > LIMIT_CELL_BYTES ? E_CELL_TOO_LONG : E_NOT_UTF8;
}

static unsigned no_memory(struct scap_error *error)
{
	scap__error_fill(error, E_NO_MEMORY, (struct place){0}, "memory is out");
	return E_NO_MEMORY;
}

/* A text says things of its own. False, with all as it was, when memory is out. */
static bool take_text(scap_answers *answers, unsigned question, char *text,
                      const struct value *value)
{
	struct answer *answer = &answers->list[question], before = *answer;

	*answer = (struct answer){*value, text};
	if (scap__answers_hear(answers)) {
		free(before.text);
		return true;
	}
	*answer = before;
	return false;
}

unsigned scap_answers_set(scap_answers *answers, const char *name, const char *text,
                          struct scap_error *error)
{
	const struct question *question = scap__pack_question(answers->pack, name);
	size_t size = strlen(text);
	struct value value;
	char *copy = NULL;
	unsigned index, code;

	if (!question)
		return unknown_question(answers, name, error);
	code = check_bytes(question, text, error);
	if (code)
		return code;
	code = scap__value_read(question, text, size, &value);
	if (code == E_NO_MEMORY)
		return no_memory(error);
	if (code) {
		scap__value_complain(error, code, question, text, size, (struct place){0});
		return code;
	}
	if (question->shown.type == SCAP_FREE_TEXT && value.state == VALUE_GIVEN) {
		copy = strdup(text);
		if (!copy)
			return no_memory(error);
	}
	index = (unsigned)(question - answers->pack->base->questions);
	note_odd(answers);
	if (question->shown.type == SCAP_FREE_TEXT) {
		if (!take_text(answers, index, copy, &value)) {
			free(copy);
			return no_memory(error);
		}
	} else {
		scap__answers_put(answers, index, &value);
	}
	clear_irrelevant(answers, index);
	return 0;
}

const struct scap_question *scap_answers_cleared(const scap_answers *answers, size_t i)
{
	if (i >= answers->ncleared)
		return NULL;
	return &answers->pack->base->questions[answers->cleared[i]].shown;
}

void scap__answer_write(const struct question *question, const struct answer *answer,
                        struct buffer *out)
{
	const struct value *value = &answer->value;
	const char *between = "";
	char number[24];

	if (value->state != VALUE_GIVEN) {
		scap__buffer_text(out, value->state == VALUE_NOT_SURE ? "not_sure" : "");
		return;
	}
	switch (question->shown.type) {
	case SCAP_YES_NO:
		scap__buffer_text(out, value->number ? "yes" : "no");
		break;
	case SCAP_INTEGER:
	case SCAP_DECIMAL:
		scap__number_write(value->number, number);
		scap__buffer_text(out, number);
		break;
	case SCAP_FREE_TEXT:
		scap__buffer_text(out, answer->text ? answer->text : "");
		break;
	default:
		for (size_t i = 0; i < question->shown.nchoices; i++)
			if (value->choices >> i & 1) {
				scap__buffer_printf(out, "%s%s", between,
				                    question->shown.choices[i].name);
				between = " ";
			}
		if (!value->choices)
			scap__buffer_text(out, "none");
	}
}

const char *scap_answers_get(const scap_answers *answers, const char *name)
{
	const struct question *question = scap__pack_question(answers->pack, name);
	scap_answers *owner = (scap_answers *)answers; /* only to keep the text it hands out */
	struct buffer out;

	if (!question)
		return "";
	scap__buffer_init(&out, 4 * LIMIT_CELL_BYTES);
	scap__answer_write(question, &answers->list[question - answers->pack->base->questions],
	                   &out);
	if (!scap__buffer_string(&out)) {
		scap__buffer_free(&out);
		return "";
	}
	free(owner->shown);
	owner->shown = out.data;
	return owner->shown;
}
