/* SPDX-License-Identifier: MIT */
#include "engine/value.h"

#include <stdio.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/number.h"
#include "base/text.h"

int scap__value_yes_no(const char *text, size_t size)
{
	static const struct {
		const char *word;
		int value;
	} words[] = {{"yes", 1}, {"no", 0}, {"1", 1},     {"0", 0},
	             {"y", 1},   {"n", 0},  {"true", 1},  {"false", 0}};

	if (!size)
		return -1;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (scap__text_same(text, size, words[i].word))
			return words[i].value;
	return -2;
}

static bool not_sure(const char *text, size_t size)
{
	return scap__text_same(text, size, "unknown") || scap__text_same(text, size, "not_sure") ||
	       scap__text_same(text, size, "not sure") || scap__text_same(text, size, "not-sure");
}

static enum code read_yes_no(const char *text, size_t size, struct value *value)
{
	int yes = scap__value_yes_no(text, size);

	if (yes < 0)
		return E_NOT_YES_NO;
	value->number = yes;
	return 0;
}

static enum code read_number(const struct question *question, const char *text, size_t size,
                             struct value *value)
{
	int64_t number;

	if (scap__number_read(text, size, &number))
		return E_NOT_A_NUMBER;
	if (question->shown.type == SCAP_INTEGER && !scap__number_whole(number))
		return E_NOT_A_NUMBER;
	if (number < question->low || number > question->high)
		return E_OUT_OF_RANGE;
	value->number = number;
	return 0;
}

static int find_choice(const struct scap_question *question, const char *text, size_t size)
{
	for (size_t i = 0; i < question->nchoices; i++)
		if (scap__text_same(text, size, question->choices[i].name))
			return (int)i;
	return NONE;
}

static enum code read_one(const struct scap_question *question, const char *text, size_t size,
                          struct value *value)
{
	int choice = find_choice(question, text, size);

	if (choice == NONE)
		return E_NOT_A_CHOICE;
	value->choices = UINT64_C(1) << choice;
	return 0;
}

static enum code read_multiple(const struct scap_question *question, const char *text,
                               size_t size, struct value *value)
{
	bool none = false;

	for (size_t i = 0, end; i < size; i = end) {
		int choice;

		for (; i < size && text[i] == ' ';)
			i++;
		for (end = i; end < size && text[end] != ' ';)
			end++;
		if (end == i)
			break;
		if (scap__text_same(text + i, end - i, "none")) {
			none = true;
			continue;
		}
		choice = find_choice(question, text + i, end - i);
		if (choice == NONE)
			return E_NOT_A_CHOICE;
		value->choices |= UINT64_C(1) << choice;
	}
	return none && value->choices ? E_NONE_NOT_ALONE : 0;
}

/* Any doubt about the match (a limit, bad UTF-8, no memory) is no match. */
static enum code read_text(const struct question *question, const char *text, size_t size)
{
	pcre2_match_data *data;
	pcre2_match_context *context;
	int found = -1;

	if (!question->pattern)
		return 0;
	data = pcre2_match_data_create(1, NULL);
	context = pcre2_match_context_create(NULL);
	if (data && context) {
		pcre2_set_match_limit(context, LIMIT_PATTERN_MATCH);
		pcre2_set_depth_limit(context, LIMIT_PATTERN_DEPTH);
		found = pcre2_match(question->pattern, (PCRE2_SPTR)text, size, 0, 0, data, context);
	}
	pcre2_match_context_free(context);
	pcre2_match_data_free(data);
	if (!data || !context)
		return E_NO_MEMORY;
	return found < 0 ? E_NO_MATCH : 0;
}

enum code scap__value_read(const struct question *question, const char *text, size_t size,
                           struct value *value)
{
	enum code code = 0;

	*value = (struct value){.state = VALUE_NONE};
	scap__text_trim(&text, &size);
	if (!size)
		return 0;
	if (size <= 8 && not_sure(text, size)) {
		value->state = VALUE_NOT_SURE;
		return 0;
	}
	switch (question->shown.type) {
	case SCAP_YES_NO: code = read_yes_no(text, size, value); break;
	case SCAP_INTEGER:
	case SCAP_DECIMAL: code = read_number(question, text, size, value); break;
	case SCAP_SELECT_ONE: code = read_one(&question->shown, text, size, value); break;
	case SCAP_SELECT_MULTIPLE:
		code = read_multiple(&question->shown, text, size, value);
		break;
	case SCAP_FREE_TEXT: code = read_text(question, text, size); break;
	}
	if (code)
		*value = (struct value){.state = VALUE_NONE};
	else
		value->state = VALUE_GIVEN;
	return code;
}

/* What stands there instead of a number, in words. */
static const char *number_fault(const struct scap_question *question, const char *text,
                                size_t size, char room[64])
{
	int64_t number;

	switch (scap__number_read(text, size, &number)) {
	case NUMBER_COMMA:
		if (question->type == SCAP_INTEGER)
			return "; it looks like a decimal comma, and only a whole number fits";
		snprintf(room, 64, "; it looks like a decimal comma, write %.*s",
		         size > 24 ? 24 : (int)size, text);
		*strchr(strrchr(room, ' '), ',') = '.';
		return room;
	case NUMBER_DATE: return "; it looks like a date";
	case NUMBER_DIGITS: return "; it has too many digits";
	default: return "";
	}
}

/* Names the choice that is none, and the nearest that is one. */
static void complain_of_choice(struct scap_error *error, const struct scap_question *question,
                               const char *text, size_t size, struct place place)
{
	const char *best = NULL;
	unsigned least;

	if (question->type == SCAP_SELECT_MULTIPLE)
		for (size_t end; size; text += end, size -= end) {
			for (end = 0; end < size && text[end] != ' ';)
				end++;
			if (end && find_choice(question, text, end) == NONE &&
			    !scap__text_same(text, end, "none")) {
				size = end;
				break;
			}
			end += end < size;
		}
	least = scap__text_near_limit(size) + 1;
	for (size_t i = 0; i < question->nchoices; i++) {
		const char *name = question->choices[i].name;
		unsigned far = scap__text_distance(name, strlen(name), text, size);

		if (far < least) {
			least = far;
			best = name;
		}
	}
	scap__error_fill(error, E_NOT_A_CHOICE, place, "'%.*s' is no choice of '%s'%s%s%s",
	                 size > 60 ? 60 : (int)size, text, question->name,
	                 best ? " (did you mean '" : "", best ? best : "", best ? "'?)" : "");
}

void scap__value_complain(struct scap_error *error, enum code code,
                          const struct question *question, const char *text, size_t size,
                          struct place place)
{
	const struct scap_question *shown = &question->shown;
	int shown_size = size > 60 ? 60 : (int)size;
	const char *more = size > 60 ? "..." : "";
	char room[64];

	while (shown_size > 0 && size > 60 && ((unsigned char)text[shown_size] & 0xc0) == 0x80)
		shown_size--;
	switch (code) {
	case E_NOT_YES_NO:
		scap__error_fill(error, code, place, "'%.*s%s' is not yes, no or unknown, for '%s'",
		                 shown_size, text, more, shown->name);
		break;
	case E_NOT_A_NUMBER:
		scap__error_fill(error, code, place, "'%.*s%s' is not a %s, for '%s'%s", shown_size,
		                 text, more,
		                 shown->type == SCAP_INTEGER ? "whole number" : "number",
		                 shown->name, number_fault(shown, text, size, room));
		break;
	case E_OUT_OF_RANGE:
		scap__error_fill(error, code, place, "%.*s%s is outside %s, for '%s'", shown_size,
		                 text, more,
		                 shown->constraint[0] ? shown->constraint : "-999999999..999999999",
		                 shown->name);
		break;
	case E_NOT_A_CHOICE:
		complain_of_choice(error, shown, text, size, place);
		break;
	case E_NONE_NOT_ALONE:
		scap__error_fill(error, code, place,
		                 "'%.*s%s': 'none' stands together with a choice, for '%s'",
		                 shown_size, text, more, shown->name);
		break;
	case E_NO_MATCH:
		scap__error_fill(error, code, place,
		                 "'%.*s%s' does not fit the pattern of '%s'%s%s", shown_size, text,
		                 more, shown->name, shown->constraint_message[0] ? ": " : "",
		                 shown->constraint_message);
		break;
	default:
		scap__error_fill(error, code, place, "'%.*s%s' can't be read, for '%s'", shown_size,
		                 text, more, shown->name);
	}
}
