/* SPDX-License-Identifier: MIT
 *
 * What a person's truth values come to. All that a decision row shows is a
 * string of bits, the verdict: which reasons stand, what is missing, which
 * exclusions apply. People with equal bits get equal rows.
 */
#ifndef SCAP_ENGINE_VERDICT_H
#define SCAP_ENGINE_VERDICT_H

#include "engine/block.h"

/* A reason that may stand: an escalation that is certain, or one that is open
 * (it can still raise the level). */
struct reason {
	unsigned rule;
	bool certain;
	unsigned level; /* it counts with: `level`, or `if_unknown` when open */
};

/* The bits in their order: the head is reasons (most urgent first) and missing
 * questions; the tail is what the routine hangs on. The tail's first words hold what
 * is left out, and nothing else. */
struct layout {
	const struct network *net;
	size_t nreasons;
	struct reason *reasons;
	size_t nexclusions, first_exclusion; /* contraindications */
	size_t npreferences, first_preference;
	size_t nadjustments, first_adjustment;
	size_t nequipment; /* choices of the equipment question */
	size_t nminutes;   /* lengths of a session that are told apart */
	uint64_t needed;   /* of them: those that an exercise needs */
	size_t head_bits, head_words;
	size_t excluded_words; /* the tail's first: may there be a routine, what is left out */
	size_t tail_bits, tail_words;
};

struct verdict {
	const struct layout *layout;
	const uint64_t *head, *tail;
};

/* The layout for a network, in the rule base's arena; NULL: memory is out. */
struct layout *scap__layout_new(struct arena *arena, const struct network *net);

/* One plane for each bit of the head, then of the tail. */
struct judge {
	const struct layout *layout;
	struct block *block;
	struct plane *head, *tail;
	struct plane *forced;   /* of each level: a certain escalation reaches it */
	struct plane *level_at; /* of each level: the level is this one */
	struct plane routine;   /* the level permits a routine */
	struct plane *barred;   /* of each exercise: certainly left out */
};

/* Judges blocks; NULL when memory is out. */
struct judge *scap__judge_new(const struct layout *layout);
void scap__judge_free(struct judge *judge);

/* Fills head and tail from a block that has run. */
void scap__judge_run(struct judge *judge);

/* Works out only `forced` and `level_at`. */
void scap__judge_levels(struct judge *judge);

/* Copies the bits of one lane: head_words, tail_words. */
void scap__judge_lane(const struct judge *judge, unsigned lane, uint64_t *head, uint64_t *tail);

/* The same for all lanes at once: words of lane i at head + i * head_words. */
void scap__judge_lanes(const struct judge *judge, uint64_t *head, uint64_t *tail);

/* Seeds `matters` of a block with the rules that matter, and nothing else. With
 * PLANS those are also adjustments and preferences. */
void scap__judge_seed(struct judge *judge, bool plans);

/* Lanes in which a rule matters: an escalation that is open, another rule that
 * is undecided and bears on exercises still in play. After scap__judge_run. */
struct plane scap__judge_matters(const struct judge *judge, size_t rule);

/* Reading a verdict. */
/* The first bit from FROM on, before END, that is set; or END. */
static inline size_t scap__verdict_next(const uint64_t *bits, size_t from, size_t end)
{
	while (from < end) {
		uint64_t left = bits[from / 64] >> (from % 64);

		if (left) {
			from += (size_t)__builtin_ctzll(left);
			break;
		}
		from += 64 - from % 64;
	}
	return from < end ? from : end;
}

static inline bool verdict_bit(const uint64_t *bits, size_t i)
{
	return bits[i / 64] >> (i % 64) & 1;
}

static inline bool scap__verdict_reason(const struct verdict *verdict, size_t i)
{
	return verdict_bit(verdict->head, i);
}

/* The I-th in missing_order. */
static inline bool scap__verdict_missing(const struct verdict *verdict, size_t i)
{
	return verdict_bit(verdict->head, verdict->layout->nreasons + i);
}

/* The level permits a routine. */
static inline bool scap__verdict_routine(const struct verdict *verdict)
{
	return verdict_bit(verdict->tail, 0);
}

static inline bool scap__verdict_excludes(const struct verdict *verdict, size_t i, bool *certain)
{
	*certain = verdict_bit(verdict->tail, 2 + 2 * i);
	return verdict_bit(verdict->tail, 1 + 2 * i);
}

/* The first exclusion from I on that is not ruled out; or their number. */
static inline size_t scap__verdict_exclusion(const struct verdict *verdict, size_t i)
{
	size_t end = 1 + 2 * verdict->layout->nexclusions;

	return (scap__verdict_next(verdict->tail, 1 + 2 * i, end) - 1) / 2;
}

static inline bool scap__verdict_prefers(const struct verdict *verdict, size_t i)
{
	return verdict_bit(verdict->tail, 64 * verdict->layout->excluded_words + i);
}

/* An adjustment that is not ruled out. */
static inline bool scap__verdict_adjusts(const struct verdict *verdict, size_t i)
{
	return scap__verdict_prefers(verdict, verdict->layout->npreferences + i);
}

unsigned scap__verdict_level(const struct verdict *verdict);
unsigned scap__verdict_forced(const struct verdict *verdict);
bool scap__verdict_certain(const struct verdict *verdict);
uint64_t scap__verdict_equipment(const struct verdict *verdict); /* choices surely owned, if needed */
unsigned scap__verdict_minutes(const struct verdict *verdict);   /* for a session */

#endif
