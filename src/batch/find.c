/* SPDX-License-Identifier: MIT
 *
 * One row of an intake file, by its id.
 */
#include <string.h>

#include "batch/reader.h"

struct search {
	struct reader reader;
	const char *id;
	bool found;
	scap_report *report; /* why the row can't be read */
};

static void forget(struct reader *r)
{
	for (size_t i = 0; i < r->pack->base->nquestions; i++)
		r->answers->list[i].value = (struct value){.state = VALUE_NONE};
}

/* Everything that is wrong with the row being read. */
static void tell_faults(struct reader *r, scap_report *report)
{
	struct source record = scap__stream_record(&r->stream);
	struct scap_error error;

	for (size_t i = 0; i < r->nfaults && i < FAULTS_TOLD; i++) {
		scap__reader_describe(r, &record, &r->faults[i], &error);
		scap__report_push(report, &error);
	}
	if (r->nfaults > FAULTS_TOLD)
		scap__report_more(report, r->nfaults - FAULTS_TOLD);
}

static void on_row(struct reader *r, const struct scap_error *broken)
{
	struct search *search = r->ctx;
	const char *id;
	size_t size;

	scap__reader_id(r, &id, &size);
	search->found = strlen(search->id) == size && !memcmp(search->id, id, size);
	if (search->found) {
		if (broken)
			scap__report_push(search->report, broken);
		if (r->nfaults)
			tell_faults(r, search->report);
		r->stream.stop = true;
		return;
	}
	forget(r);
	r->ids.size = 0;
	scap__reader_next(r);
}

/* Mistakes of the header end the search. */
static void on_problem(void *ctx, const struct scap_error *error)
{
	struct search *search = ctx;

	if (error->severity == SCAP_ERROR)
		scap__report_push(search->report, error);
}

scap_answers *scap_answers_read(const scap_pack *pack, const char *id, const char *file,
                                const char *const *ignore, scap_read_fn *read, void *ctx,
                                scap_report *report)
{
	size_t before = scap_report_errors(report);
	struct search search = {.id = id, .report = report};
	struct scap_score_options options = {.file = file, .ignore = ignore,
	                                     .problem = on_problem, .ctx = &search};
	scap_answers *answers = scap_answers_new(pack);
	struct source nowhere = {.file = file};
	struct place place = {.source = &nowhere};
	struct scap_error ended = {0};
	enum code code;

	if (!answers) {
		scap__report_add(report, E_NO_MEMORY, place, "memory is out");
		return NULL;
	}
	search.reader = (struct reader){.pack = pack, .options = &options, .answers = answers,
	                                .row = on_row, .ctx = &search};
	code = scap__reader_run(&search.reader, file, read, ctx, &ended);
	scap__reader_free(&search.reader);
	if (code && ended.code)
		scap__report_push(report, &ended);
	else if (!search.found && scap_report_errors(report) == before)
		scap__report_add(report, E_NO_SUCH_ROW, place, "no row has the id '%.64s'", id);
	if (scap_report_errors(report) == before)
		return answers;
	scap_answers_free(answers);
	return NULL;
}
