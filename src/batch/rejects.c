/* SPDX-License-Identifier: MIT */
#include "batch/scoring.h"

#include <stdlib.h>
#include <string.h>

#include "table/bytes.h"

void scap__hold_reject(struct scoring *s, const struct scap_error *broken)
{
	struct reader *r = &s->reader;
	struct source record = scap__stream_record(&r->stream);
	struct reject *reject = &s->rejects[s->nrejects];

	if (s->tally)
		scap__tally_reject(s->tally, r, broken);
	*reject = (struct reject){.lane = r->lane, .size = record.size};
	if (r->kept_row) {
		reject->kept_forced = r->kept_forced;
		reject->kept_level = r->kept_level;
	}
	if (broken)
		reject->errors[reject->nerrors++] = *broken;
	for (size_t i = 0; i < r->nfaults && i < FAULTS_TOLD && reject->nerrors < FAULTS_TOLD; i++)
		scap__reader_describe(r, &record, &r->faults[i],
		                      &reject->errors[reject->nerrors++]);
	if (broken) { /* only the line it began in is given up, and of that a record's length */
		const char *end;

		if (record.size > LIMIT_RECORD_BYTES)
			record.size = LIMIT_RECORD_BYTES;
		end = memchr(record.bytes, '\n', record.size);

		reject->size = end ? (size_t)(end - record.bytes) : record.size;
		while (reject->size && record.bytes[reject->size - 1] == '\r')
			reject->size--;
	}
	reject->row = malloc(reject->size + 1);
	if (!reject->row) {
		s->failed = E_NO_MEMORY;
		return;
	}
	memcpy(reject->row, record.bytes, reject->size);
	scap__bytes_mend(reject->row, reject->size);
	reject->row[reject->size] = '\0';
	s->held += reject->size;
	s->nrejects++;
}

/* The more urgent of a level and the one that was kept, if any. */
static const struct scap_level *level_of(const struct rulebase *base, unsigned level, unsigned kept)
{
	return &base->levels[kept > level + 1 ? kept - 1 : level].shown;
}

void scap__tell_rejects(struct scoring *s)
{
	const struct rulebase *base = s->judge->layout->net->base;

	for (size_t i = 0; i < s->nrejects; i++) {
		struct reject *reject = &s->rejects[i];
		struct verdict verdict = {
			s->judge->layout,
			s->head + reject->lane * s->judge->layout->head_words, s->tail};
		struct scap_rejected told = {
			.at_least = level_of(base, scap__verdict_forced(&verdict),
			                     reject->kept_forced),
			.level = level_of(base, scap__verdict_level(&verdict), reject->kept_level),
			.nerrors = reject->nerrors,
			.errors = reject->errors,
			.row = reject->row,
			.size = reject->size,
			.kept = s->along.size ? s->along.data + s->along_at[reject->lane] : "",
			.kept_size = s->along_at[reject->lane + 1] - s->along_at[reject->lane],
		};
		const char *text;
		char *id;
		size_t size;

		scap__lane_id(s, reject->lane, &text, &size);
		id = strndup(text, size);
		told.id = id;
		if (!id)
			s->failed = E_NO_MEMORY;
		else if (s->options->rejected)
			scap__tape_rejected(&s->chunk->tape, s->row + reject->lane, &told);
		free(id);
		free(reject->row);
	}
	s->chunk->counts.rejected += s->nrejects;
	s->nrejects = s->held = 0;
}
