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
	struct scap_error error; /* why the row can't be read */
};

static void forget(struct reader *r)
{
	for (size_t i = 0; i < r->pack->base->nquestions; i++)
		r->answers->list[i].value = (struct value){.state = VALUE_NONE};
}

static void on_row(struct reader *r, const struct scap_error *broken)
{
	struct search *search = r->ctx;
	const char *id;
	size_t size;

	scap__reader_id(r, &id, &size);
	search->found = strlen(search->id) == size && !memcmp(search->id, id, size);
	if (search->found && broken) {
		search->error = *broken;
	} else if (search->found && r->nfaults) {
		struct source record = scap__stream_record(&r->stream);

		scap__reader_describe(r, &record, &r->faults[0], &search->error);
	}
	if (search->found) {
		r->stream.stop = true;
		return;
	}
	forget(r);
	r->ids.size = 0;
	scap__reader_next(r);
}

/* A header mistake ends the search; its first one is told. */
static void on_problem(void *ctx, const struct scap_error *error)
{
	struct search *search = ctx;

	if (error->severity == SCAP_ERROR && !search->error.code)
		search->error = *error;
}

scap_answers *scap_answers_read(const scap_pack *pack, const char *id, const char *file,
                                const char *const *ignore, scap_read_fn *read, void *ctx,
                                struct scap_error *error)
{
	struct search search = {.id = id};
	struct scap_score_options options = {.file = file, .ignore = ignore,
	                                     .problem = on_problem, .ctx = &search};
	scap_answers *answers = scap_answers_new(pack);
	struct source nowhere = {.file = file};
	struct place place = {.source = &nowhere};
	struct scap_error ended = {0};
	enum code code;

	if (!answers) {
		scap__error_fill(error, E_NO_MEMORY, place, "memory is out");
		return NULL;
	}
	search.reader = (struct reader){.pack = pack, .options = &options, .answers = answers,
	                                .row = on_row, .ctx = &search};
	code = scap__reader_run(&search.reader, file, read, ctx, &ended);
	scap__reader_free(&search.reader);
	if (search.found && !search.error.code)
		return answers;
	if (code && ended.code)
		search.error = ended;
	else if (!search.error.code)
		scap__error_fill(&search.error, E_NO_SUCH_ROW, place, "no row has the id '%.64s'", id);
	if (error)
		*error = search.error;
	scap_answers_free(answers);
	return NULL;
}
