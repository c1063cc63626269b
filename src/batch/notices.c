/* SPDX-License-Identifier: MIT */
#include "batch/scoring.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* LINE: that it is about, or 0. */
static void __attribute__((format(printf, 5, 0))) fill(struct scap_error *error, const char *file,
                                                       enum code code, unsigned line,
                                                       const char *format, va_list args)
{
	struct source source = {.file = file, .first_line = line};
	char message[256];

	vsnprintf(message, sizeof(message), format, args);
	scap__error_fill(error, code, (struct place){.source = &source}, "%s", message);
}

static void __attribute__((format(printf, 4, 5))) warn(const struct scap_score_options *options,
                                                       enum code code, unsigned line,
                                                       const char *format, ...)
{
	struct scap_error error;
	va_list args;

	if (!options->problem)
		return;
	va_start(args, format);
	fill(&error, options->file, code, line, format, args);
	va_end(args);
	options->problem(options->ctx, &error);
}

/* The same of a row of the block, when it is its turn. */
static void __attribute__((format(printf, 5, 6))) warn_row(struct scoring *s, unsigned lane,
                                                           enum code code, unsigned line,
                                                           const char *format, ...)
{
	struct scap_error error;
	va_list args;

	if (!s->options->problem)
		return;
	va_start(args, format);
	fill(&error, s->options->file, code, line, format, args);
	va_end(args);
	scap__tape_problem(&s->chunk->tape, s->row + lane, &error);
}

void scap__count_rows(struct scoring *s)
{
	size_t nlevels = s->judge->layout->net->base->nlevels;
	unsigned lanes = s->reader.lane;

	for (unsigned w = 0; w < BLOCK_WORDS; w++, lanes -= lanes < 64 ? lanes : 64)
		s->judged.bits[w] = lanes < 64 ? (UINT64_C(1) << lanes) - 1 : ~UINT64_C(0);
	for (size_t i = 0; i < s->nrejects; i++)
		s->judged.bits[s->rejects[i].lane / 64] &=
			~(UINT64_C(1) << s->rejects[i].lane % 64);
	for (unsigned w = 0; w < BLOCK_WORDS; w++) {
		s->chunk->counts.scored += (unsigned)__builtin_popcountll(s->judged.bits[w]);
		for (size_t k = 0; k < nlevels; k++)
			s->chunk->counts.levels[k] += (unsigned)__builtin_popcountll(
				s->judge->level_at[k].bits[w] & s->judged.bits[w]);
	}
}

void scap__tell_conflicts(struct scoring *s)
{
	const struct block *block = s->judge->block;
	const struct rulebase *base = block->net->base;

	for (unsigned word = 0; word < BLOCK_WORDS; word++) {
		uint64_t use = s->judged.bits[word], rows = 0;

		for (size_t q = 0; q < base->nquestions; q++) {
			uint64_t clash = block->conflict[q].bits[word] & use;

			rows |= clash;
			for (; clash; clash &= clash - 1) {
				unsigned lane = word * 64 + (unsigned)__builtin_ctzll(clash);
				const char *id;
				size_t size;

				scap__lane_id(s, lane, &id, &size);
				warn_row(s, lane, E_CONFLICT, s->lines[lane],
				     "row '%.*s': '%s' is yes although the row's other answers rule "
				     "it out; it counts as unknown",
				     (int)size, id, base->questions[q].shown.name);
			}
		}
		rows |= s->disagree.bits[word] & use;
		s->chunk->counts.conflicts += (unsigned)__builtin_popcountll(rows);
		s->disagree.bits[word] = 0;
	}
}

static void tell_disagreement(struct scoring *s, unsigned line, const char *id, size_t size,
                              const struct concept *concept, const char *words)
{
	s->disagree.bits[s->reader.lane / 64] |= UINT64_C(1) << s->reader.lane % 64;
	warn_row(s, s->reader.lane, E_TEXT_CONFLICT, line,
	     "row '%.*s': the text says '%s' (%.80s), the answer says no; it counts as %s",
	     (int)size, id, concept->name, words, concept->red_flag ? "yes" : "unknown");
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Writes `concept: "words"` for each; a `?` behind the name where it is to be asked, a
 * `!` where an answer says otherwise, `not` before it where it is denied. */
static void write_evidence(struct hearing *hearing, struct buffer *out)
{
	const struct concept *concepts = hearing->scan->lexicon->base->concepts;

	if (hearing->nspoken)
		qsort(hearing->spoken, hearing->nspoken, sizeof(*hearing->spoken), by_number);
	for (size_t i = 0; i < hearing->nspoken; i++) {
		uint32_t concept = hearing->spoken[i];
		const struct said_of *said = &hearing->said[concept];
		enum sense sense = scap__hearing_sense(hearing, concept);

		scap__buffer_printf(out, "%s%s%s%s: \"%.*s\"", i ? "; " : "",
		                    sense == SENSE_DENIED ? "not " : "", concepts[concept].name,
		                    sense == SENSE_ASK ? "?" : said->conflict ? "!" : "",
		                    (int)said->size, scap__hearing_words(hearing, concept));
	}
	if (hearing->unread)
		scap__buffer_text(out, hearing->nspoken ? "; not read to its end"
		                                        : "not read to its end");
}

void scap__hear_row(struct scoring *s, const char *id, size_t size)
{
	struct reader *r = &s->reader;
	const struct rulebase *base = s->judge->layout->net->base;
	struct hearing *hearing = s->hearing;
	unsigned line = 0;

	for (size_t i = 0; i < hearing->nspoken; i++) {
		const struct concept *concept = &base->concepts[hearing->spoken[i]];

		if (hearing->said[hearing->spoken[i]].sense != SENSE_PRESENT ||
		    concept->question == NONE ||
		    !scap__block_hear(r->block, r->lane, (unsigned)concept->question,
		                      concept->choice, concept->red_flag))
			continue;
		hearing->said[hearing->spoken[i]].conflict = true;
		line = scap__stream_record(&r->stream).first_line;
		tell_disagreement(s, line, id, size, concept,
		                  scap__hearing_words(hearing, hearing->spoken[i]));
	}
	if (hearing->unread && s->tally)
		tally_row(s->tally, TALLY_TOTALS, 0)[TOTAL_UNREAD]++;
	if (hearing->unread)
		warn_row(s, r->lane, E_TEXT_UNREAD, scap__stream_record(&r->stream).first_line,
		         "row '%.*s': a text can't be read to its end", (int)size, id);
	if (hearing->failed)
		s->failed = E_NO_MEMORY;
	if (s->options->evidence)
		write_evidence(hearing, &s->evidence);
	scap__hearing_next(hearing);
}

bool scap__find_suspects(struct scoring *s)
{
	const struct network *net = s->judge->layout->net;

	s->suspects = calloc(net->answer_words + 1, sizeof(*s->suspects));
	s->applies = calloc(net->answer_words * ANSWERS_IN_WORD + 1, sizeof(*s->applies));
	for (size_t q = 0; s->suspects && s->applies && q < net->base->nquestions; q++) {
		unsigned answer = net->first_answer[q], bit;
		int relevance = net->relevance[q];

		if (net->base->questions[q].shown.type != SCAP_YES_NO || relevance == NONE ||
		    answer == net->first_answer[q + 1])
			continue;
		bit = net->answer_bit[answer];
		s->suspects[bit / ANSWERS_IN_WORD] |= UINT64_C(1) << bit % ANSWERS_IN_WORD;
		s->applies[bit] = (unsigned)relevance;
	}
	return s->suspects && s->applies;
}

/* To find a line costs a look at the bytes before it, so only rows that say yes to
 * something that may not apply ask. */
void scap__note_line(struct scoring *s)
{
	struct reader *r = &s->reader;

	s->lines[r->lane] = 0;
	for (size_t w = 0; w < r->block->net->answer_words; w++)
		for (uint64_t yes = r->said[w] & s->suspects[w]; yes; yes &= yes - 1)
			if (!scap__block_surely(r->block, r->lane,
			                        s->applies[w * ANSWERS_IN_WORD +
			                                   (size_t)__builtin_ctzll(yes)])) {
				s->lines[r->lane] = scap__stream_record(&r->stream).first_line;
				return;
			}
}

static struct place id_place(const struct reader *r, const struct source *record)
{
	size_t column = 0;

	while (column < r->intake.ncolumns && r->intake.bindings[column].kind != BIND_ID)
		column++;
	return column < r->intake.ncolumns ? scap__stream_cell(&r->stream, record, column)
	                                   : (struct place){record, 0, record->size};
}

void scap__note_id(struct scoring *s, const char *id, size_t size)
{
	struct reader *r = &s->reader;
	struct seen *seen = s->seen ? s->seen : &s->chunk->ids;
	bool was_full = seen->full, twice = scap__seen_twice(seen, id, size);
	struct source record;
	struct scap_error error;

	if (!s->seen)
		return;
	if (twice && s->tally)
		tally_row(s->tally, TALLY_TOTALS, 0)[TOTAL_DUPLICATES]++;
	if (twice && s->options->problem) {
		record = scap__stream_record(&r->stream);
		scap__error_fill(&error, E_DUPLICATE_ROW_ID, id_place(r, &record),
		                 "the id '%.*s' stands twice", (int)size, id);
		scap__tape_problem(&s->chunk->tape, s->row + r->lane, &error);
	}
	if (seen->full && !was_full)
		warn_row(s, r->lane, E_IDS_UNCHECKED, 0,
		         "too many rows: from '%.*s' on, ids that stand twice are not found",
		         (int)size, id);
}

/* How many rows have their level raised only because red flags have no column:
 * judged once more as if those were denied. */
void scap__keep_denied(struct scoring *s)
{
	const struct intake *intake = &s->reader.intake;
	struct block *block = s->judge->block;
	size_t bytes = BLOCK_LANES * block->net->answer_words * sizeof(*block->said);

	memcpy(s->kept, block->said, bytes);
	for (size_t i = 0; i < intake->nabsent; i++)
		scap__block_deny(block, intake->absent[i]);
	scap__block_run(block);
	scap__judge_levels(s->judge);
	memcpy(s->denied, s->judge->level_at, block->net->base->nlevels * sizeof(struct plane));
	memcpy(block->said, s->kept, bytes);
}

void scap__count_raised(struct scoring *s)
{
	size_t nlevels = s->judge->layout->net->base->nlevels;

	for (unsigned word = 0; word < BLOCK_WORDS; word++) {
		uint64_t same = 0;

		for (size_t k = 0; k < nlevels; k++)
			same |= s->denied[k].bits[word] & s->judge->level_at[k].bits[word];
		s->chunk->counts.raised += (unsigned)__builtin_popcountll(~same & s->judged.bits[word]);
	}
}

void scap__count_blank(struct scoring *s)
{
	struct source record = scap__stream_record(&s->reader.stream);
	struct blanks *blanks = &s->chunk->blanks;

	for (size_t i = 0; i < record.size; i++)
		if (record.bytes[i] != s->reader.stream.separator &&
		    !strchr(" \t\r\n\"", record.bytes[i]))
			return;
	if (!blanks->count++)
		blanks->first = record.first_line;
	blanks->last = record.first_line;
}

void scap__tell_absent(const struct scap_score_options *options, const struct reader *head,
                       unsigned long long rows)
{
	for (size_t i = 0; i < head->intake.nabsent; i++)
		warn(options, E_NO_RED_FLAG, head->header_line,
		     "no column for the red flag '%s': it is unknown in every row",
		     head->pack->base->questions[head->intake.absent[i]].shown.name);
	if (!rows)
		warn(options, E_NO_RECORDS, 0, "the file has a header line and no rows");
}

void scap__tell_blanks(const struct scap_score_options *options, const struct blanks *blanks)
{
	if (blanks->count == 1)
		warn(options, E_BLANK_ROWS, blanks->first,
		     "this row is blank; it counts as a person of whom nothing is known");
	else if (blanks->count)
		warn(options, E_BLANK_ROWS, blanks->first,
		     "%llu rows are blank, the first here, the last in line %u; they count as "
		     "people of whom nothing is known", blanks->count, blanks->last);
}
