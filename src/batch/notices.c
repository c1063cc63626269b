/* SPDX-License-Identifier: MIT */
#include "batch/scoring.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void __attribute__((format(printf, 3, 4))) warn(struct scoring *s, enum code code,
                                                       const char *format, ...)
{
	struct source file = {.file = s->options->file};
	struct scap_error error;
	char message[256];
	va_list args;

	if (!s->options->problem)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	scap__error_fill(&error, code, (struct place){.source = &file}, "%s", message);
	s->options->problem(s->options->ctx, &error);
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
		s->counts->scored += (unsigned)__builtin_popcountll(s->judged.bits[w]);
		for (size_t k = 0; k < nlevels; k++)
			s->counts->levels[k] += (unsigned)__builtin_popcountll(
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
				const char *id;
				size_t size;

				scap__lane_id(s, word * 64 + (unsigned)__builtin_ctzll(clash), &id, &size);
				warn(s, E_CONFLICT,
				     "row '%.*s': '%s' is yes although the row's other answers rule "
				     "it out; it counts as unknown",
				     (int)size, id, base->questions[q].shown.name);
			}
		}
		s->counts->conflicts += (unsigned)__builtin_popcountll(rows);
	}
}

void scap__tell_twice(struct scoring *s)
{
	for (unsigned lane = 0; lane < s->reader.lane; lane++) {
		bool was_full = s->seen.full;
		const char *id;
		size_t size;

		scap__lane_id(s, lane, &id, &size);
		if (scap__seen_twice(&s->seen, id, size))
			warn(s, E_DUPLICATE_ROW_ID, "the id '%.*s' stands twice", (int)size, id);
		if (s->seen.full && !was_full)
			warn(s, E_IDS_UNCHECKED,
			     "too many rows: from '%.*s' on, ids that stand twice are not found",
			     (int)size, id);
	}
}

/* How many rows have their level raised only because red flags have no column:
 * judged once more as if those were denied. */
void scap__keep_denied(struct scoring *s)
{
	const struct intake *intake = &s->reader.intake;
	struct block *block = s->judge->block;

	for (size_t i = 0; i < intake->nabsent; i++)
		scap__block_deny(block, intake->absent[i]);
	scap__block_run(block);
	scap__judge_levels(s->judge);
	memcpy(s->denied, s->judge->level_at, block->net->base->nlevels * sizeof(struct plane));
	for (size_t i = 0; i < intake->nabsent; i++)
		scap__block_forget(block, intake->absent[i]);
}

void scap__count_raised(struct scoring *s)
{
	size_t nlevels = s->judge->layout->net->base->nlevels;

	for (unsigned word = 0; word < BLOCK_WORDS; word++) {
		uint64_t same = 0;

		for (size_t k = 0; k < nlevels; k++)
			same |= s->denied[k].bits[word] & s->judge->level_at[k].bits[word];
		s->counts->raised += (unsigned)__builtin_popcountll(~same & s->judged.bits[word]);
	}
}

void scap__tell_absent(struct scoring *s)
{
	const struct intake *intake = &s->reader.intake;

	for (size_t i = 0; i < intake->nabsent; i++)
		warn(s, E_NO_RED_FLAG,
		     "no column for the red flag '%s': it is unknown in every row",
		     s->judge->layout->net->base->questions[intake->absent[i]].shown.name);
	if (!s->counts->rows)
		warn(s, E_NO_RECORDS, "the file has a header line and no rows");
}
