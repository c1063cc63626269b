/* SPDX-License-Identifier: MIT
 *
 * One row of an intake file, by its id or its number. The file is read to its end:
 * an id that stands twice names nobody.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/reader.h"
#include "routine/decision.h"

enum { ROWS_TOLD = 5 };

struct search {
	struct reader reader;
	const char *id;
	unsigned long long number; /* asked for as `#number`; 0: none */
	size_t found;
	scap_answers *answers; /* of the first row found */
	scap_report *wrong;    /* with that row */
	unsigned line;         /* that it is in */
	unsigned kept_forced, kept_level; /* levels that a rejects file gives it: index and 1 */
	struct buffer rows;    /* those found, in words */
	scap_report *report;
};

static void forget(struct reader *r)
{
	for (size_t i = 0; i < r->pack->base->nquestions; i++) {
		free(r->answers->list[i].text);
		r->answers->list[i] = (struct answer){.value = {.state = VALUE_NONE}};
	}
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

/* Notes that a row was found; the first is kept. */
static void take_row(struct search *search, const struct scap_error *broken)
{
	struct reader *r = &search->reader;
	unsigned line = scap__stream_record(&r->stream).first_line;
	scap_answers *spare = search->answers;

	if (++search->found <= ROWS_TOLD)
		scap__buffer_printf(&search->rows, "%s#%llu (line %u)",
		                    search->found > 1 ? ", " : "", r->records, line);
	if (search->found > 1)
		return;
	if (broken)
		scap__report_push(search->wrong, broken);
	tell_faults(r, search->wrong);
	if (!scap__answers_hear(r->answers))
		scap__report_add(search->wrong, E_NO_MEMORY, (struct place){0}, "memory is out");
	search->line = line;
	search->kept_forced = r->kept_row ? r->kept_forced : 0;
	search->kept_level = r->kept_row ? r->kept_level : 0;
	search->answers = r->answers;
	r->answers = spare;
}

static void on_row(struct reader *r, const struct scap_error *broken)
{
	struct search *search = r->ctx;
	const char *id;
	size_t size;

	scap__reader_id(r, &id, &size);
	if ((strlen(search->id) == size && !memcmp(search->id, id, size)) ||
	    r->records == search->number)
		take_row(search, broken);
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

/* The row was found once, and can't be read whole: what is wrong, and what can be
 * said of it all the same. */
static void tell_wrong(struct search *search, struct place place)
{
	size_t told = scap_report_count(search->wrong);
	scap_decision *decision = scap_decide(search->answers);
	const struct level *levels = search->reader.pack->base->levels;
	unsigned forced, level;

	for (size_t i = 0; i < told; i++)
		scap__report_push(search->report, scap_report_at(search->wrong, i));
	scap__report_more(search->report, scap_report_errors(search->wrong) - told);
	if (!decision) {
		scap__report_add(search->report, E_NO_MEMORY, place, "memory is out");
		return;
	}
	forced = scap__verdict_forced(&decision->verdict);
	level = scap__verdict_level(&decision->verdict);
	forced = search->kept_forced > forced + 1 ? search->kept_forced - 1 : forced;
	level = search->kept_level > level + 1 ? search->kept_level - 1 : level;
	scap__report_add(search->report, E_ROW_NOT_WHOLE, place,
	                 "row '%.64s' can't be read whole; at_least %s%s%s", search->id,
	                 levels[forced].shown.name, level == forced ? "" : ", not ruled out: ",
	                 level == forced ? "" : levels[level].shown.name);
	scap_decision_free(decision);
}

static void tell_found(struct search *search, const char *file)
{
	struct source source = {.file = file};
	struct place place = {.source = &source};
	char more[40] = "";

	if (!search->found) {
		scap__report_add(search->report, E_NO_SUCH_ROW, place, "no row has the id '%.64s'",
		                 search->id);
	} else if (search->found > 1) {
		if (search->found > ROWS_TOLD)
			snprintf(more, sizeof(more), " and %zu more", search->found - ROWS_TOLD);
		scap__report_add(search->report, E_ID_OF_MANY, place,
		                 "'%.64s' means %zu rows: %s%s; ask for one of them by its number, "
		                 "with the #", search->id, search->found,
		                 scap__buffer_string(&search->rows) ? search->rows.data : "", more);
	} else if (scap_report_errors(search->wrong)) {
		source.first_line = search->line;
		tell_wrong(search, place);
	}
}

/* Reads the file; true if the row stands in `answers`, else the report says why not. */
static bool search_file(struct search *search, const char *file, scap_read_fn *read, void *ctx)
{
	size_t before = scap_report_errors(search->report);
	struct scap_error ended = {0};
	enum code code = scap__reader_run(&search->reader, file, read, ctx, &ended);

	if (code && ended.code)
		scap__report_push(search->report, &ended);
	else if (scap_report_errors(search->report) == before)
		tell_found(search, file);
	return scap_report_errors(search->report) == before;
}

static unsigned long long number_of(const char *id)
{
	return id[0] == '#' && id[1] >= '1' && id[1] <= '9' &&
	                       !id[1 + strspn(id + 1, "0123456789")]
	               ? strtoull(id + 1, NULL, 10)
	               : 0;
}

scap_answers *scap_answers_read(const scap_pack *pack, const char *id,
                                const struct scap_score_options *how, scap_read_fn *read,
                                void *ctx, scap_report *report)
{
	struct search search = {.id = id, .number = number_of(id), .report = report,
	                        .answers = scap_answers_new(pack), .wrong = scap_report_new()};
	struct scap_score_options options = {.file = how->file, .ignore = how->ignore,
	                                     .map = how->map, .id = how->id,
	                                     .problem = on_problem, .ctx = &search};
	scap_answers *first = scap_answers_new(pack);
	bool found = false;

	scap__buffer_init(&search.rows, 4096);
	search.reader = (struct reader){.pack = pack, .options = &options, .answers = first,
	                                .row = on_row, .ctx = &search};
	if (first && search.answers && search.wrong) {
		found = search_file(&search, how->file, read, ctx);
		scap__reader_free(&search.reader);
		first = search.reader.answers; /* another one once the row was found */
	} else {
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
	}
	scap__buffer_free(&search.rows);
	scap_report_free(search.wrong);
	scap_answers_free(first);
	if (found)
		return search.answers;
	scap_answers_free(search.answers);
	return NULL;
}
