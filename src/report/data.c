/* SPDX-License-Identifier: MIT */
#include "report/data.h"

#include "base/buffer.h"
#include "base/report.h"

bool scap__data_set(json_t *object, const char *key, json_t *value)
{
	if (!object) {
		json_decref(value);
		return false;
	}
	return !json_object_set_new(object, key, value);
}

bool scap__data_add(json_t *list, json_t *value)
{
	if (!list) {
		json_decref(value);
		return false;
	}
	return !json_array_append_new(list, value);
}

json_t *scap__data_whole(json_t *value, bool ok)
{
	if (ok)
		return value;
	json_decref(value);
	return NULL;
}

json_t *scap__data_text(const char *text)
{
	return json_string(text);
}

struct sending {
	scap_write_fn *write;
	void *ctx;
	bool failed;
};

static int send(const char *bytes, size_t size, void *data)
{
	struct sending *sending = data;

	if (sending->write(sending->ctx, bytes, size))
		sending->failed = true;
	return sending->failed ? -1 : 0;
}

unsigned scap__data_send(json_t *value, scap_write_fn *write, void *ctx)
{
	struct sending sending = {write, ctx, false};
	int bad;

	if (!value)
		return E_NO_MEMORY;
	bad = json_dump_callback(value, send, &sending, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(6));
	json_decref(value);
	if (bad)
		return sending.failed ? E_WRITE_FAILED : E_NO_MEMORY;
	return write(ctx, "\n", 1) ? E_WRITE_FAILED : 0;
}

json_t *scap__data_pack(const scap_pack *pack)
{
	json_t *out = json_object();
	bool ok = scap__data_set(out, "name", scap__data_text(pack->info.name)) &&
	          scap__data_set(out, "version", scap__data_text(pack->info.version)) &&
	          scap__data_set(out, "language", scap__data_text(pack->info.language)) &&
	          scap__data_set(out, "sha256", scap__data_text(pack->info.sha256)) &&
	          scap__data_set(out, "unreviewed_rules",
	                         json_integer((json_int_t)pack->info.unreviewed));

	return scap__data_whole(out, ok);
}

json_t *scap__data_error(const struct scap_error *error, const char *question)
{
	char code[16];
	json_t *out = json_object();
	bool ok;

	snprintf(code, sizeof(code), "SCAP%u", error->code);
	ok = scap__data_set(out, "code", scap__data_text(code)) &&
	     scap__data_set(out, "question", scap__data_text(question)) &&
	     scap__data_set(out, "message", scap__data_text(error->message));
	return scap__data_whole(out, ok);
}

json_t *scap__data_sources(const struct rulebase *base, const struct citation *cited)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < cited->nsources; i++)
		ok = scap__data_add(out, scap__data_text(base->sources[cited->sources[i]].name));
	return scap__data_whole(out, ok);
}

/* Rule, place, reason, sources: what every mention of a rule carries. */
json_t *scap__data_rule(const struct rulebase *base, const struct rule *rule)
{
	const struct citation *cited = &rule->cited;
	json_t *out = json_object();
	bool ok = scap__data_set(out, "rule", scap__data_text(rule->id)) &&
	          scap__data_set(out, "kind", scap__data_text(scap__rule_kind_word(rule->kind))) &&
	          scap__data_set(out, "when", scap__data_text(rule->when_text)) &&
	          scap__data_set(out, "because", scap__data_text(rule->because)) &&
	          scap__data_set(out, "file", scap__data_text(rule->origin.file)) &&
	          scap__data_set(out, "line", json_integer(rule->origin.line)) &&
	          scap__data_set(out, "sources", scap__data_sources(base, cited)) &&
	          scap__data_set(out, "reviewed",
	                         json_boolean(cited->reviewed_by[0] && cited->reviewed_on[0]));

	return scap__data_whole(out, ok);
}

json_t *scap__data_level(const struct scap_level *shown)
{
	json_t *out = json_object();
	bool ok = scap__data_set(out, "name", scap__data_text(shown->name)) &&
	          scap__data_set(out, "label", scap__data_text(shown->label)) &&
	          scap__data_set(out, "action", scap__data_text(shown->action)) &&
	          scap__data_set(out, "urgency", json_integer(shown->urgency)) &&
	          scap__data_set(out, "permits_routine", json_boolean(shown->routine));

	return scap__data_whole(out, ok);
}

json_t *scap__data_steps(const struct exercise *exercise)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < exercise->nsteps; i++)
		ok = scap__data_add(out, scap__data_text(exercise->steps[i]));
	return scap__data_whole(out, ok);
}

static json_t *choices(const struct scap_question *question)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < question->nchoices; i++) {
		json_t *one = json_object();

		ok = scap__data_set(one, "name", scap__data_text(question->choices[i].name)) &&
		     scap__data_set(one, "label", scap__data_text(question->choices[i].label));
		ok = ok ? scap__data_add(out, one) : (json_decref(one), false);
	}
	return scap__data_whole(out, ok);
}

json_t *scap__data_question(const struct scap_question *question)
{
	json_t *out = json_object();
	bool ok = scap__data_set(out, "name", scap__data_text(question->name)) &&
	          scap__data_set(out, "type", scap__data_text(scap__type_word(question->type))) &&
	          scap__data_set(out, "label", scap__data_text(question->label)) &&
	          scap__data_set(out, "hint", scap__data_text(question->hint)) &&
	          scap__data_set(out, "section", scap__data_text(question->section)) &&
	          scap__data_set(out, "screen", scap__data_text(question->screen)) &&
	          scap__data_set(out, "constraint", scap__data_text(question->constraint)) &&
	          scap__data_set(out, "constraint_message",
	                         scap__data_text(question->constraint_message)) &&
	          scap__data_set(out, "red_flag", json_boolean(question->red_flag)) &&
	          scap__data_set(out, "choices", choices(question));

	return scap__data_whole(out, ok);
}

json_t *scap__data_screen(const scap_pack *pack, const struct scap_screen *screen)
{
	json_t *out = json_object(), *questions = json_array();
	bool ok = out && questions;

	(void)pack;
	for (size_t i = 0; ok && i < screen->count; i++)
		ok = scap__data_add(questions, scap__data_question(screen->questions[i]));
	ok = ok && scap__data_set(out, "screen", scap__data_text(screen->name)) &&
	     scap__data_set(out, "section", scap__data_text(screen->section)) &&
	     scap__data_set(out, "gate", json_boolean(screen->gate));
	ok = scap__data_set(ok ? out : NULL, "questions", questions) && ok;
	return scap__data_whole(out, ok);
}
