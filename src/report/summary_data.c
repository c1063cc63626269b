/* SPDX-License-Identifier: MIT
 *
 * A summary as JSON, scapula.summary/1 (doc/summary.md), there and back. What is read is
 * believed only as far as its counts agree with each other.
 */
#include <stdarg.h>
#include <string.h>

#include "base/report.h"
#include "report/summary.h"

/* ---- Out -------------------------------------------------------------------------------- */

static json_t *row_data(const struct tally *tally, enum tally_table table, size_t row)
{
	const uint64_t *counts = tally_row(tally, table, row);
	json_t *out = json_object();
	bool ok = out != NULL;

	for (size_t i = 0; ok && i < tally->shape[table].fields; i++)
		ok = scap__data_set(out, scap__tally_field_name(tally, table, i),
		                    json_integer((json_int_t)counts[i]));
	return scap__data_whole(out, ok);
}

/* Of all the codes that there are only those are told that occurred. */
static json_t *table_data(const struct tally *tally, enum tally_table table)
{
	json_t *out;
	bool ok;

	if (table == TALLY_TOTALS)
		return row_data(tally, table, 0);
	out = json_object();
	ok = out != NULL;
	for (size_t i = 0; ok && i < tally->shape[table].rows; i++) {
		char room[64];

		if (table != TALLY_CODES || tally_row(tally, table, i)[0])
			ok = scap__data_set(out, scap__tally_row_name(tally, table, i, room),
			                    row_data(tally, table, i));
	}
	return scap__data_whole(out, ok);
}

unsigned scap_summary_json(const scap_summary *summary, scap_write_fn *write, void *ctx)
{
	const struct tally *tally = summary->tally;
	json_t *out = json_object();
	bool ok = scap__data_set(out, "schema", scap__data_text("scapula.summary/1")) &&
	          scap__data_set(out, "program", scap__data_text(scap_version())) &&
	          scap__data_set(out, "pack", scap__data_pack(tally->pack)) &&
	          scap__data_set(out, "inputs", json_incref(summary->inputs)) &&
	          scap__data_set(out, "milliseconds",
	                         json_integer((json_int_t)summary->milliseconds));

	for (unsigned i = 0; ok && i < TALLY_TABLES; i++)
		ok = scap__data_set(out, scap__tally_table_name(i), table_data(tally, i));
	return scap__data_send(scap__data_whole(out, ok), write, ctx);
}

/* ---- In ---------------------------------------------------------------------------------- */

struct reading {
	const scap_pack *pack;
	struct source source;
	struct scap_error *error;
	enum code code; /* the first mistake */
};

static void __attribute__((format(printf, 3, 4))) fail(struct reading *r, enum code code,
                                                       const char *format, ...)
{
	char message[256];
	va_list args;

	if (r->code)
		return;
	r->code = code;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (r->error)
		scap__error_fill(r->error, code, (struct place){.source = &r->source}, "%s",
		                 message);
}

static bool read_count(const json_t *value, uint64_t *count)
{
	json_int_t number = json_integer_value(value);

	if (!json_is_integer(value) || number < 0 || (uint64_t)number > TALLY_MOST)
		return false;
	*count = (uint64_t)number;
	return true;
}

static void read_row(struct reading *r, struct tally *tally, enum tally_table table, size_t row,
                     const json_t *value)
{
	size_t fields = tally->shape[table].fields;
	char room[64];
	const char *name = table == TALLY_TOTALS ? scap__tally_table_name(table)
	                                         : scap__tally_row_name(tally, table, row, room);

	for (size_t i = 0; i < fields; i++)
		if (!read_count(json_object_get(value, scap__tally_field_name(tally, table, i)),
		                &tally_row(tally, table, row)[i]))
			fail(r, E_BAD_SUMMARY, "'%s' of '%s' is no count, or missing",
			     scap__tally_field_name(tally, table, i), name);
	if (json_object_size(value) != fields)
		fail(r, E_BAD_SUMMARY, "'%s' has a field that means nothing", name);
}

/* Every row must be there, but codes that did not occur; and nothing else. */
static void read_table(struct reading *r, struct tally *tally, enum tally_table table,
                       const json_t *value)
{
	size_t found = 0;

	if (!json_is_object(value)) {
		fail(r, E_BAD_SUMMARY, "'%s' is missing, or no object",
		     scap__tally_table_name(table));
		return;
	}
	if (table == TALLY_TOTALS) {
		read_row(r, tally, table, 0, value);
		return;
	}
	for (size_t i = 0; i < tally->shape[table].rows && !r->code; i++) {
		char room[64];
		const char *name = scap__tally_row_name(tally, table, i, room);
		const json_t *row = json_object_get(value, name);

		found += row != NULL;
		if (row)
			read_row(r, tally, table, i, row);
		else if (table != TALLY_CODES)
			fail(r, E_BAD_SUMMARY, "'%s' is missing in '%s'", name,
			     scap__tally_table_name(table));
	}
	if (found != json_object_size(value))
		fail(r, E_BAD_SUMMARY, "'%s' has a row that means nothing",
		     scap__tally_table_name(table));
}

static bool all_texts(const json_t *list)
{
	size_t i;
	json_t *item;

	json_array_foreach(list, i, item)
		if (!json_is_string(item))
			return false;
	return json_is_array(list);
}

/* The form of 2026-01-31T08:15:00.000Z; blank: not told. */
static bool is_moment(const char *text)
{
	static const char form[] = "dddd-dd-ddTdd:dd:dd.dddZ";

	if (!*text)
		return true;
	for (size_t i = 0; i < sizeof(form); i++)
		if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
			return false;
	return true;
}

bool scap__summary_input_read(json_t *value, struct summary_input *input)
{
	static const char *const names[] = {"milliseconds", "rows", "scored", "rejected",
	                                    "conflicts", "raised", "part"};
	uint64_t *const counts[] = {&input->milliseconds, &input->rows, &input->scored,
	                                      &input->rejected, &input->conflicts, &input->raised,
	                            &input->part};
	json_t *rest[7];

	*input = (struct summary_input){0};
	if (json_unpack(value,
	                "{s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o,"
	                " s:{s:b, s:b, s:b, s:b, s:s, s:s, s:o, s:o, s:o, s:o !} !}",
	                "name", &input->name, "program", &input->program, "started",
	                &input->started, "proved", &input->proved, names[0], &rest[0], names[1],
	                &rest[1], names[2], &rest[2], names[3], &rest[3], names[4], &rest[4],
	                names[5], &rest[5], "options", "no_routines", &input->no_routines,
	                "worklist", &input->worklist, "evidence", &input->evidence, "raw",
	                &input->raw, "map", &input->map, "id", &input->id, names[6], &rest[6],
	                "ignored", &input->ignored, "kept", &input->kept, "blank_no",
	                &input->blank_no))
		return false;
	for (size_t i = 0; i < 7; i++)
		if (!read_count(rest[i], counts[i]))
			return false;
	return all_texts(input->ignored) && all_texts(input->kept) &&
	       all_texts(input->blank_no) && is_moment(input->started) &&
	       input->rows == input->scored + input->rejected &&
	       input->conflicts <= input->scored && input->raised <= input->scored;
}

/* Built anew, so that it is written as this program writes it. */
static void read_inputs(struct reading *r, scap_summary *summary, const json_t *list)
{
	struct summary_input sum = {0}, one;
	const struct tally *t = summary->tally;
	size_t i;
	json_t *value;

	if (!json_is_array(list) || json_array_size(list) > LIMIT_SUMMARY_INPUTS)
		fail(r, E_BAD_SUMMARY, "'inputs' is missing, no list, or too long");
	json_array_foreach(list, i, value) {
		if (r->code)
			return;
		if (!scap__summary_input_read(value, &one))
			fail(r, E_BAD_SUMMARY, "number %zu of 'inputs' can't be read, or its "
			                       "counts contradict each other", i + 1);
		else if (!scap__data_add(summary->inputs, scap__summary_input(&one)))
			fail(r, E_NO_MEMORY, "memory is out");
		sum.rows += one.rows;
		sum.scored += one.scored;
		sum.conflicts += one.conflicts;
		sum.raised += one.raised;
		sum.milliseconds += one.milliseconds;
		if (sum.rows > TALLY_MOST || sum.milliseconds > TALLY_MOST)
			fail(r, E_BAD_SUMMARY, "its counts are too large");
	}
	if (sum.rows != tally_total(t, TOTAL_ROWS) || sum.scored != tally_total(t, TOTAL_SCORED) ||
	    sum.conflicts != tally_total(t, TOTAL_CONFLICTS) ||
	    sum.raised != tally_total(t, TOTAL_RAISED) ||
	    sum.milliseconds != summary->milliseconds)
		fail(r, E_BAD_SUMMARY, "'inputs' don't add up to 'totals'");
}

/* What it is, and of which pack. */
static void read_head(struct reading *r, const json_t *root)
{
	const struct scap_pack_info *own = &r->pack->info;
	const char *schema = json_string_value(json_object_get(root, "schema"));
	const json_t *pack = json_object_get(root, "pack");
	const char *name = json_string_value(json_object_get(pack, "name"));
	const char *version = json_string_value(json_object_get(pack, "version"));
	const char *sha256 = json_string_value(json_object_get(pack, "sha256"));

	if (!schema || strcmp(schema, "scapula.summary/1") != 0)
		fail(r, E_BAD_SUMMARY, "it is no summary: 'schema' is not scapula.summary/1");
	else if (!name || !version || !sha256 || json_object_size(pack) != 5 ||
	         !json_is_string(json_object_get(root, "program")))
		fail(r, E_BAD_SUMMARY, "'pack' or 'program' can't be read");
	else if (strcmp(sha256, own->sha256) != 0)
		fail(r, E_OTHER_PACK, "it was made with pack %.40s %.20s (%.8s), this is %.40s "
		                      "%.20s (%.8s)", name, version, sha256, own->name,
		     own->version, own->sha256);
	else if (json_object_size(root) != 5 + TALLY_TABLES)
		fail(r, E_BAD_SUMMARY, "something is missing, or means nothing");
}

static void read_all(struct reading *r, scap_summary *summary, const json_t *root)
{
	struct tally *tally = summary->tally;
	const char *fault;

	read_head(r, root);
	if (!r->code &&
	    !read_count(json_object_get(root, "milliseconds"), &summary->milliseconds))
		fail(r, E_BAD_SUMMARY, "'milliseconds' is no count");
	for (unsigned i = 0; i < TALLY_TABLES && !r->code; i++)
		read_table(r, tally, i, json_object_get(root, scap__tally_table_name(i)));
	if (r->code)
		return;
	fault = scap__tally_fault(tally);
	if (fault)
		fail(r, E_BAD_SUMMARY, "its counts contradict each other: %s", fault);
	else
		read_inputs(r, summary, json_object_get(root, "inputs"));
}

scap_summary *scap_summary_read(const scap_pack *pack, const char *file, const char *bytes,
                                size_t size, struct scap_error *error)
{
	struct reading r = {.pack = pack, .source = {.file = file}, .error = error};
	scap_summary *summary = scap_summary_new(pack);
	json_error_t bad;
	json_t *root = NULL;

	if (!summary)
		fail(&r, E_NO_MEMORY, "memory is out");
	else if (size > LIMIT_SUMMARY_BYTES)
		fail(&r, E_BAD_SUMMARY, "it is over %d MiB", LIMIT_SUMMARY_BYTES >> 20);
	else
		root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &bad);
	if (!root && !r.code)
		r.source.first_line = bad.line > 0 ? (unsigned)bad.line : 0;
	if (!root && !r.code)
		fail(&r, json_error_code(&bad) == json_error_out_of_memory ? E_NO_MEMORY
		                                                           : E_BAD_SUMMARY,
		     "it is not JSON: %s", bad.text);
	if (!r.code)
		read_all(&r, summary, root);
	json_decref(root);
	if (!r.code)
		return summary;
	scap_summary_free(summary);
	return NULL;
}
