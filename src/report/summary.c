/* SPDX-License-Identifier: MIT
 *
 * A summary: the counts, and which files they are of.
 */
#include "report/summary.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/report.h"

enum { NAME_BYTES = 1024 };

scap_summary *scap_summary_new(const scap_pack *pack)
{
	scap_summary *summary = calloc(1, sizeof(*summary));

	if (!summary)
		return NULL;
	summary->tally = scap__tally_new(pack);
	summary->inputs = json_array();
	if (summary->tally && summary->inputs)
		return summary;
	scap_summary_free(summary);
	return NULL;
}

void scap_summary_free(scap_summary *summary)
{
	if (!summary)
		return;
	scap__tally_free(summary->tally);
	json_decref(summary->inputs);
	free(summary);
}

/* ---- Inputs ------------------------------------------------------------------------------- */

/* Files and columns may be called anything. */
static json_t *any_text(const char *text)
{
	char shown[NAME_BYTES];

	scap_printable(text, shown, sizeof(shown));
	return scap__data_text(shown);
}

static json_t *count_data(uint64_t count)
{
	return json_integer((json_int_t)count);
}

json_t *scap__summary_input(const struct summary_input *input)
{
	json_t *out = json_object(), *options = json_object();
	bool ok = scap__data_set(options, "no_routines", json_boolean(input->no_routines)) &&
	          scap__data_set(options, "worklist", json_boolean(input->worklist)) &&
	          scap__data_set(options, "evidence", json_boolean(input->evidence)) &&
	          scap__data_set(options, "raw", json_boolean(input->raw)) &&
	          scap__data_set(options, "map", any_text(input->map)) &&
	          scap__data_set(options, "id", any_text(input->id)) &&
	          scap__data_set(options, "part", count_data(input->part)) &&
	          scap__data_set(options, "ignored", json_copy(input->ignored)) &&
	          scap__data_set(options, "kept", json_copy(input->kept)) &&
	          scap__data_set(options, "blank_no", json_copy(input->blank_no));

	ok = scap__data_set(out, "name", any_text(input->name)) &&
	     scap__data_set(out, "program", any_text(input->program)) &&
	     scap__data_set(out, "started", any_text(input->started)) &&
	     scap__data_set(out, "milliseconds", count_data(input->milliseconds)) &&
	     scap__data_set(out, "proved", json_boolean(input->proved)) &&
	     scap__data_set(out, "rows", count_data(input->rows)) &&
	     scap__data_set(out, "scored", count_data(input->scored)) &&
	     scap__data_set(out, "rejected", count_data(input->rejected)) &&
	     scap__data_set(out, "conflicts", count_data(input->conflicts)) &&
	     scap__data_set(out, "raised", count_data(input->raised)) && ok;
	return scap__data_whole(out, scap__data_set(out, "options", options) && ok);
}

static json_t *columns(const char *const *names)
{
	json_t *out = json_array();
	bool ok = out != NULL;

	for (; ok && names && *names; names++)
		ok = scap__data_add(out, any_text(*names));
	return scap__data_whole(out, ok);
}

static const char *told(const char *text)
{
	return text ? text : "";
}

static json_t *input_of(const struct scap_score_options *options,
                        const struct scap_score_counts *counts,
                        const struct summary_source *source)
{
	struct summary_input input = {
		.name = told(options->file),
		.program = scap_version(),
		.started = "",
		.rows = counts->rows,
		.scored = counts->scored,
		.rejected = counts->rejected,
		.conflicts = counts->conflicts,
		.raised = counts->raised,
		.no_routines = options->no_routines,
		.worklist = options->listed != NULL,
		.evidence = options->evidence,
		.raw = options->raw,
		.map = told(source->map),
		.id = told(options->id),
		.part = options->share ? options->share->record + 1 : 0,
		.ignored = columns(options->ignore),
		.kept = columns(options->keep),
		.blank_no = columns(source->blank_no),
	};
	json_t *out = input.ignored && input.kept && input.blank_no ? scap__summary_input(&input)
	                                                            : NULL;

	json_decref(input.ignored);
	json_decref(input.kept);
	json_decref(input.blank_no);
	return out;
}

enum code scap__summary_take(scap_summary *summary, const struct scap_score_options *options,
                             const struct scap_score_counts *counts, const struct tally *tally,
                             const struct summary_source *source)
{
	uint64_t *totals = tally_row(summary->tally, TALLY_TOTALS, 0);

	if (!scap__data_add(summary->inputs, input_of(options, counts, source)))
		return E_NO_MEMORY;
	scap__tally_add(summary->tally, tally);
	totals[TOTAL_ROWS] += counts->rows;
	totals[TOTAL_SCORED] += counts->scored;
	totals[TOTAL_REJECTED] += counts->rejected;
	totals[TOTAL_CONFLICTS] += counts->conflicts;
	totals[TOTAL_RAISED] += counts->raised;
	return 0;
}

unsigned scap_summary_stamp(scap_summary *summary, const char *started,
                            unsigned long long milliseconds, int proved)
{
	size_t count = json_array_size(summary->inputs);
	json_t *last = count ? json_array_get(summary->inputs, count - 1) : NULL;
	json_int_t before = json_integer_value(json_object_get(last, "milliseconds"));

	if (!last)
		return 0;
	if (!scap__data_set(last, "started", any_text(started)) ||
	    !scap__data_set(last, "milliseconds", count_data(milliseconds)) ||
	    !scap__data_set(last, "proved", json_boolean(proved)))
		return E_NO_MEMORY;
	summary->milliseconds += milliseconds - (uint64_t)before;
	return 0;
}

void scap_summary_counts(const scap_summary *summary, struct scap_score_counts *counts)
{
	const struct tally *tally = summary->tally;

	*counts = (struct scap_score_counts){
		.rows = tally_total(tally, TOTAL_ROWS),
		.scored = tally_total(tally, TOTAL_SCORED),
		.rejected = tally_total(tally, TOTAL_REJECTED),
		.conflicts = tally_total(tally, TOTAL_CONFLICTS),
		.raised = tally_total(tally, TOTAL_RAISED),
	};
	for (size_t k = 0; k < tally->shape[TALLY_LEVELS].rows; k++) {
		const uint64_t *level = tally_row(tally, TALLY_LEVELS, k);

		counts->levels[k] = level[LEVEL_CERTAIN] + level[LEVEL_NOT_CERTAIN];
	}
}

/* ---- Sums ----------------------------------------------------------------------------------- */

static void __attribute__((format(printf, 3, 4))) fail(struct scap_error *error, enum code code,
                                                       const char *format, ...)
{
	char message[sizeof(error->message)];
	va_list args;

	if (!error)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	scap__error_fill(error, code, (struct place){0}, "%s", message);
}

/* The input that both have: it has the same name, began at the same moment, and is equal
 * in all else. Where no moment is told, nobody can say. NULL: none. */
static const json_t *common_input(const json_t *a, const json_t *b)
{
	size_t i, j;
	json_t *x, *y;

	json_array_foreach(a, i, x) {
		const char *started = json_string_value(json_object_get(x, "started"));

		json_array_foreach(b, j, y)
			if (*started &&
			    !strcmp(started, json_string_value(json_object_get(y, "started"))) &&
			    json_equal(x, y))
				return x;
	}
	return NULL;
}

unsigned scap_summary_add(scap_summary *into, const scap_summary *from, struct scap_error *error)
{
	const struct scap_pack_info *a = &into->tally->pack->info, *b = &from->tally->pack->info;
	const json_t *twice;
	json_t *inputs;

	if (strcmp(a->sha256, b->sha256) != 0) {
		fail(error, E_OTHER_PACK, "it is of pack %s %s (%.8s), the sum of %s %s (%.8s)",
		     b->name, b->version, b->sha256, a->name, a->version, a->sha256);
		return E_OTHER_PACK;
	}
	twice = common_input(from->inputs, into->inputs);
	if (twice) {
		fail(error, E_SUMMED_TWICE, "the run of '%.80s' at %s is in the sum already",
		     json_string_value(json_object_get(twice, "name")),
		     json_string_value(json_object_get(twice, "started")));
		return E_SUMMED_TWICE;
	}
	if (tally_total(into->tally, TOTAL_ROWS) + tally_total(from->tally, TOTAL_ROWS) >
	            TALLY_MOST ||
	    into->milliseconds + from->milliseconds > TALLY_MOST ||
	    json_array_size(into->inputs) + json_array_size(from->inputs) > LIMIT_SUMMARY_INPUTS) {
		fail(error, E_TOO_MANY, "the sum gets too large");
		return E_TOO_MANY;
	}
	inputs = json_deep_copy(from->inputs);
	if (!inputs || json_array_extend(into->inputs, inputs)) {
		json_decref(inputs);
		fail(error, E_NO_MEMORY, "memory is out");
		return E_NO_MEMORY;
	}
	json_decref(inputs);
	scap__tally_add(into->tally, from->tally);
	into->milliseconds += from->milliseconds;
	return 0;
}
