/* SPDX-License-Identifier: MIT
 *
 * What is wrong with a pack, or weak, as JSON.
 */
#include <string.h>

#include "report/data.h"

/* The word that a message suggests: `... (did you mean 'night_pain'?)`. */
static json_t *suggestion(const char *message)
{
	static const char lead[] = "(did you mean '";
	const char *from = strstr(message, lead), *end;
	char word[LIMIT_NAME_BYTES + 1];

	from = from ? from + sizeof(lead) - 1 : "";
	end = strchr(from, '\'');
	snprintf(word, sizeof(word), "%.*s", end ? (int)(end - from) : 0, from);
	return scap__data_text(word);
}

static json_t *one(const struct scap_error *error)
{
	struct scap_code_info info = {.name = ""};
	json_t *out = json_object();
	char code[16];
	bool ok;

	for (size_t i = 0; scap_code_info(i, &info) && info.code != error->code;)
		i++;
	snprintf(code, sizeof(code), "SCAP%u", error->code);
	ok = scap__data_set(out, "code", scap__data_text(code)) &&
	     scap__data_set(out, "name", scap__data_text(info.name)) &&
	     scap__data_set(out, "severity",
	                    scap__data_text(error->severity == SCAP_ERROR ? "error" : "warning")) &&
	     scap__data_set(out, "file", scap__data_text(error->file)) &&
	     scap__data_set(out, "line", json_integer(error->line)) &&
	     scap__data_set(out, "column", json_integer(error->column)) &&
	     scap__data_set(out, "message", scap__data_text(error->message)) &&
	     scap__data_set(out, "example", scap__data_text(error->example)) &&
	     scap__data_set(out, "did_you_mean", suggestion(error->message));
	return scap__data_whole(out, ok);
}

static json_t *all(const scap_report *report)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < scap_report_count(report); i++)
		ok = scap__data_add(out, one(scap_report_at(report, i)));
	return scap__data_whole(out, ok);
}

unsigned scap_report_json(const scap_report *report, const scap_pack *pack, size_t set_aside,
                          scap_write_fn *write, void *ctx)
{
	size_t errors = scap_report_errors(report), warnings = scap_report_warnings(report);
	json_t *out = json_object();
	bool ok = scap__data_set(out, "schema", scap__data_text("scapula.lint/1")) &&
	          scap__data_set(out, "pack", pack ? scap__data_pack(pack) : json_null()) &&
	          scap__data_set(out, "mistakes", all(report)) &&
	          scap__data_set(out, "errors", json_integer((json_int_t)errors)) &&
	          scap__data_set(out, "warnings", json_integer((json_int_t)warnings)) &&
	          scap__data_set(out, "set_aside", json_integer((json_int_t)set_aside)) &&
	          scap__data_set(out, "more",
	                         json_integer((json_int_t)(errors + warnings -
	                                                   scap_report_count(report))));

	return scap__data_send(scap__data_whole(out, ok), write, ctx);
}
