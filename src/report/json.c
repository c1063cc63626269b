/* SPDX-License-Identifier: MIT
 *
 * The stateless call: all answers in, the next screen or the decision out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/report.h"
#include "base/text.h"
#include "report/data.h"

unsigned scap__render_json(const scap_decision *decision, scap_write_fn *write, void *ctx);

/* An envelope: schema and pack. */
static json_t *envelope(const scap_pack *pack, const char *schema)
{
	json_t *out = json_object();

	if (scap__data_set(out, "schema", scap__data_text(schema)) &&
	    scap__data_set(out, "pack", scap__data_pack(pack)))
		return out;
	json_decref(out);
	return NULL;
}

unsigned scap__render_json(const scap_decision *decision, scap_write_fn *write, void *ctx)
{
	json_t *out = envelope(decision->pack, "scapula.decision/1");

	if (scap__data_set(out, "decision", scap__data_decision(decision)))
		return scap__data_send(out, write, ctx);
	json_decref(out);
	return E_NO_MEMORY;
}

enum { CELL_ROOM = LIMIT_CHOICES * (LIMIT_NAME_BYTES + 1) + 64 };

struct call {
	const scap_pack *pack;
	scap_answers *answers;
	json_t *errors;
	size_t more; /* mistakes that are counted only */
	bool no_memory;
};

static void complain(struct call *call, const struct scap_error *error, const char *question)
{
	if (json_array_size(call->errors) >= LIMIT_REPORT)
		call->more++;
	else
		call->no_memory |= !scap__data_add(call->errors, scap__data_error(error, question));
}

static void refuse(struct call *call, const char *message, const char *what)
{
	struct scap_error error;

	scap__error_fill(&error, E_BAD_JSON, (struct place){0}, "%s%.64s", message, what);
	complain(call, &error, "");
}

/* A number as an intake cell would hold it: exact to the millionth, in any locale.
 * What a millionth does not hold is written out, and refused as in a cell. */
static void write_real(double value, char room[CELL_ROOM])
{
	int64_t millionths;
	json_t *whole;
	char *text;

	if (value > -1e9 && value < 1e9) {
		millionths = (int64_t)(value * 1e6 + (value < 0 ? -0.5 : 0.5));
		if ((double)millionths / 1e6 == value) {
			scap__number_write(millionths, room);
			return;
		}
	}
	whole = json_real(value);
	text = json_dumps(whole, JSON_ENCODE_ANY);
	json_decref(whole);
	snprintf(room, CELL_ROOM, "%s", text ? text : "?");
	free(text);
}

/* The choices of a list, as a cell names them. */
static bool write_choices(json_t *list, char room[CELL_ROOM])
{
	size_t used = 0, i;
	json_t *item;

	snprintf(room, CELL_ROOM, "%s", json_array_size(list) ? "" : "none");
	json_array_foreach(list, i, item) {
		const char *text = json_string_value(item);
		size_t size = text ? strlen(text) : 0, rest = size;
		const char *bare = text;

		scap__text_trim(&bare, &rest);
		if (!rest || size != json_string_length(item) || strchr(text, ' ') ||
		    used + size + 2 > CELL_ROOM)
			return false;
		used += (size_t)snprintf(room + used, CELL_ROOM - used, "%s%s", i ? " " : "", text);
	}
	return true;
}

/* A value as an intake cell would hold it; NULL for one that can't be. */
static const char *cell_of(const struct question *question, json_t *value, char room[CELL_ROOM])
{
	switch (json_typeof(value)) {
	case JSON_TRUE: return "yes";
	case JSON_FALSE: return "no";
	case JSON_NULL: return "not_sure";
	case JSON_STRING:
		return strlen(json_string_value(value)) == json_string_length(value)
		               ? json_string_value(value) : NULL;
	case JSON_INTEGER:
		snprintf(room, CELL_ROOM, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		return room;
	case JSON_REAL: write_real(json_real_value(value), room); return room;
	case JSON_ARRAY:
		if (question->shown.type != SCAP_SELECT_MULTIPLE || !write_choices(value, room))
			return NULL;
		return room;
	default: return NULL;
	}
}

/* An answer of a form that the question does not take. */
static void misfit(struct call *call, const struct question *question, json_t *value)
{
	const char *name = question->shown.name;
	struct scap_error error;

	if (json_is_array(value) && question->shown.type == SCAP_SELECT_MULTIPLE)
		scap__error_fill(&error, E_BAD_JSON, (struct place){0},
		                 "the list for '%s' holds something that is no name of a choice", name);
	else
		scap__error_fill(&error, E_BAD_JSON, (struct place){0}, "'%s' takes no %s", name,
		                 json_is_array(value) ? "list" : "answer of this form");
	complain(call, &error, name);
}

static void take_answers(struct call *call, json_t *answers)
{
	const char *name;
	json_t *value;
	char room[CELL_ROOM];

	json_object_foreach(answers, name, value) {
		const struct question *question = scap__pack_question(call->pack, name);
		const char *cell = question ? cell_of(question, value, room) : "";
		struct scap_error error;
		unsigned code;

		if (!cell) {
			misfit(call, question, value);
			continue;
		}
		code = scap_answers_set(call->answers, name, cell, &error);
		if (code)
			complain(call, &error, name);
		call->no_memory |= code == E_NO_MEMORY;
	}
}

/* Answers whose order must not matter: one that a later one made irrelevant is
 * put in again, as it stands in an intake row. */
static void restore_cleared(struct call *call, json_t *answers)
{
	const struct rulebase *base = call->pack->base;
	char room[CELL_ROOM];

	for (unsigned i = 0; i < base->nquestions; i++) {
		json_t *value = json_object_get(answers, base->questions[i].shown.name);
		const char *cell = value ? cell_of(&base->questions[i], value, room) : NULL;
		struct value read;

		if (!cell || base->questions[i].shown.type == SCAP_FREE_TEXT)
			continue;
		if (!scap__value_read(&base->questions[i], cell, strlen(cell), &read))
			scap__answers_put(call->answers, i, &read);
	}
}

/* What was heard in a text, and is said to be wrong. That it is not heard at all may be
 * the work of another version, and harms nobody. */
static void take_corrections(struct call *call, json_t *list)
{
	json_t *item;
	size_t i;

	if (list && !json_is_array(list))
		refuse(call, "'not_meant' is a list of concepts", "");
	json_array_foreach(list, i, item) {
		if (json_is_string(item))
			scap_answers_correct(call->answers, json_string_value(item));
		else
			refuse(call, "'not_meant' is a list of concepts", "");
	}
}

static json_t *result(struct call *call)
{
	struct scap_screen screen;
	scap_decision *decision;
	json_t *out;
	bool ok;

	if (json_array_size(call->errors)) {
		out = envelope(call->pack, "scapula.errors/1");
		ok = scap__data_set(out, "errors", json_incref(call->errors)) &&
		     scap__data_set(out, "more", json_integer((json_int_t)call->more));
	} else if (scap_interview_next(call->answers, &screen)) {
		decision = scap_decide(call->answers);
		out = envelope(call->pack, "scapula.screen/1");
		ok = decision && scap__data_set(out, "next", scap__data_screen(call->pack, &screen)) &&
		     scap__data_set(out, "so_far", scap__data_decision(decision));
		scap_decision_free(decision);
	} else {
		decision = scap_decide(call->answers);
		out = envelope(call->pack, "scapula.decision/1");
		ok = decision && scap__data_set(out, "decision", scap__data_decision(decision));
		scap_decision_free(decision);
	}
	if (ok && !call->no_memory)
		return out;
	json_decref(out);
	return NULL;
}

static void take_request(struct call *call, const char *request, size_t size)
{
	json_error_t where;
	json_t *root, *answers;
	const char *key;
	json_t *value;

	if (size > LIMIT_JSON_BYTES) {
		refuse(call, "the request is over 1 MiB", "");
		return;
	}
	root = json_loadb(request, size, JSON_REJECT_DUPLICATES, &where);
	if (!root && !where.text[0]) /* jansson has a text for all else */
		call->no_memory = true;
	else if (!root)
		refuse(call, "the request is not JSON: ", where.text);
	answers = json_object_get(root, "answers");
	if (root && !json_is_object(answers))
		refuse(call, "the request needs an object 'answers'", "");
	json_object_foreach(root, key, value)
		if (strcmp(key, "answers") != 0 && strcmp(key, "not_meant") != 0)
			refuse(call, "the request has an unknown key: ", key);
	if (json_is_object(answers)) {
		take_answers(call, answers);
		restore_cleared(call, answers);
		take_corrections(call, json_object_get(root, "not_meant"));
	}
	json_decref(root);
}

unsigned scap_json(const scap_pack *pack, const char *request, size_t size,
                   scap_write_fn *write, void *ctx)
{
	struct call call = {.pack = pack, .answers = scap_answers_new(pack),
	                    .errors = json_array()};
	json_t *out = NULL;

	if (call.answers && call.errors) {
		take_request(&call, request, size);
		if (!call.no_memory)
			out = result(&call);
	}
	json_decref(call.errors);
	scap_answers_free(call.answers);
	return scap__data_send(out, write, ctx);
}
