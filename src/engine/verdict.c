/* SPDX-License-Identifier: MIT */
#include "engine/verdict.h"

#include <stdlib.h>
#include <string.h>

#define EACH_WORD(w) for (unsigned w = 0; w < BLOCK_WORDS; w++)

/* ---- The order of the bits --------------------------------------------------- */

static int reason_order(const void *a, const void *b)
{
	const struct reason *x = a, *y = b;

	if (x->level != y->level)
		return x->level > y->level ? -1 : 1;
	if (x->certain != y->certain)
		return x->certain ? -1 : 1;
	return x->rule < y->rule ? -1 : x->rule > y->rule; /* rules of a kind are by id */
}

static size_t words(size_t bits)
{
	return (bits + 63) / 64;
}

/* A choice of equipment that no exercise needs changes nothing. */
static uint64_t needed_equipment(const struct rulebase *base)
{
	uint64_t needed = 0;

	for (size_t i = 0; i < base->nexercises; i++)
		for (size_t j = 0; j < base->exercises[i].nneeds; j++)
			needed |= base->exercises[i].needs[j].any;
	return needed;
}

struct layout *scap__layout_new(struct arena *arena, const struct network *net)
{
	const struct rulebase *base = net->base;
	const size_t *first = base->first_rule;
	struct layout *layout = scap__arena_alloc(arena, sizeof(*layout));
	size_t n = 0;

	if (!layout)
		return NULL;
	layout->net = net;
	layout->nreasons = 2 * (first[RULE_ESCALATION + 1] - first[RULE_ESCALATION]);
	layout->reasons = scap__arena_array(arena, layout->nreasons + 1, sizeof(struct reason));
	if (!layout->reasons)
		return NULL;
	for (size_t i = first[RULE_ESCALATION]; i < first[RULE_ESCALATION + 1]; i++) {
		const struct rule *rule = &base->rules[i];

		layout->reasons[n++] = (struct reason){(unsigned)i, true, rule->level};
		layout->reasons[n++] = (struct reason){(unsigned)i, false, rule->if_unknown};
	}
	qsort(layout->reasons, n, sizeof(struct reason), reason_order);
	layout->first_exclusion = first[RULE_CONTRAINDICATION];
	layout->nexclusions = first[RULE_CONTRAINDICATION + 1] - first[RULE_CONTRAINDICATION];
	layout->first_preference = first[RULE_PREFERENCE];
	layout->npreferences = first[RULE_PREFERENCE + 1] - first[RULE_PREFERENCE];
	layout->first_adjustment = first[RULE_ADJUSTMENT];
	layout->nadjustments = first[RULE_ADJUSTMENT + 1] - first[RULE_ADJUSTMENT];
	layout->nequipment = net->nequipment;
	layout->nminutes = net->nminutes;
	layout->needed = needed_equipment(base);
	layout->head_bits = layout->nreasons + base->nquestions;
	layout->excluded_words = words(1 + 2 * layout->nexclusions);
	layout->tail_bits = 64 * layout->excluded_words + layout->npreferences +
	                    layout->nadjustments + layout->nequipment + layout->nminutes;
	layout->head_words = words(layout->head_bits);
	layout->tail_words = words(layout->tail_bits);
	return layout;
}

/* ---- Judging a block ---------------------------------------------------------- */

struct judge *scap__judge_new(const struct layout *layout)
{
	const struct rulebase *base = layout->net->base;
	struct judge *judge = calloc(1, sizeof(*judge));

	if (!judge)
		return NULL;
	judge->layout = layout;
	judge->block = scap__block_new(layout->net);
	judge->head = calloc(layout->head_words * 64, sizeof(struct plane));
	judge->tail = calloc(layout->tail_words * 64, sizeof(struct plane));
	judge->forced = calloc(base->nlevels, sizeof(struct plane));
	judge->level_at = calloc(base->nlevels, sizeof(struct plane));
	judge->barred = calloc(base->nexercises + 1, sizeof(struct plane));
	if (judge->block && judge->head && judge->tail && judge->forced && judge->level_at &&
	    judge->barred)
		return judge;
	scap__judge_free(judge);
	return NULL;
}

void scap__judge_free(struct judge *judge)
{
	if (!judge)
		return;
	scap__block_free(judge->block);
	free(judge->head);
	free(judge->tail);
	free(judge->forced);
	free(judge->level_at);
	free(judge->barred);
	free(judge);
}

static const struct truth *truth_of(const struct judge *judge, size_t rule)
{
	return &judge->block->truth[judge->layout->net->rule_node[rule]];
}

void scap__judge_levels(struct judge *judge)
{
	const struct rulebase *base = judge->layout->net->base;
	size_t nlevels = base->nlevels;
	struct plane *level = judge->level_at;

	memset(judge->forced, 0, nlevels * sizeof(struct plane));
	memset(level, 0, nlevels * sizeof(struct plane));
	memset(&judge->forced[0], 0xff, sizeof(struct plane));
	memset(&level[0], 0xff, sizeof(struct plane));
	for (size_t i = base->first_rule[RULE_ESCALATION]; i < base->first_rule[RULE_ESCALATION + 1];
	     i++) {
		const struct rule *rule = &base->rules[i];
		const struct truth *truth = truth_of(judge, i);

		EACH_WORD(w) {
			judge->forced[rule->level].bits[w] |= truth->certain.bits[w];
			level[rule->level].bits[w] |= truth->certain.bits[w];
			level[rule->if_unknown].bits[w] |= truth->possible.bits[w];
		}
	}
	for (size_t k = nlevels - 1; k-- > 0;)
		EACH_WORD(w)
			judge->forced[k].bits[w] |= judge->forced[k + 1].bits[w];
	for (size_t k = nlevels - 1; k-- > 0;) /* keep the most urgent only */
		for (size_t above = k + 1; above < nlevels; above++)
			EACH_WORD(w)
				level[k].bits[w] &= ~level[above].bits[w];
	memset(&judge->routine, 0, sizeof(judge->routine));
	for (size_t k = 0; k < nlevels; k++)
		if (base->levels[k].shown.routine)
			EACH_WORD(w)
				judge->routine.bits[w] |= level[k].bits[w];
}

/* Lanes in which an escalation is open: undecided, and above the forced level. */
static struct plane open_lanes(const struct judge *judge, size_t rule)
{
	const struct truth *truth = truth_of(judge, rule);
	const struct plane *reached = &judge->forced[judge->layout->net->base->rules[rule].level];
	struct plane open;

	EACH_WORD(w)
		open.bits[w] = truth->possible.bits[w] & ~truth->certain.bits[w] & ~reached->bits[w];
	return open;
}

static void mark(struct judge *judge, size_t rule, const struct plane *lanes)
{
	struct plane *matters = &judge->block->matters[judge->layout->net->rule_node[rule]];

	EACH_WORD(w)
		matters->bits[w] |= lanes->bits[w];
}

static void bar_exercises(struct judge *judge)
{
	const struct layout *layout = judge->layout;
	const struct rulebase *base = layout->net->base;

	memset(judge->barred, 0, base->nexercises * sizeof(struct plane));
	for (size_t i = 0; i < layout->nexclusions; i++) {
		const struct rule *rule = &base->rules[layout->first_exclusion + i];
		const struct truth *truth = truth_of(judge, layout->first_exclusion + i);

		for (size_t j = 0; j < rule->ntargets; j++)
			EACH_WORD(w)
				judge->barred[rule->targets[j]].bits[w] |= truth->certain.bits[w];
	}
}

/* Lanes in which an undecided rule bears on an exercise that is still in play. */
static struct plane live_lanes(const struct judge *judge, size_t index)
{
	const struct rule *rule = &judge->layout->net->base->rules[index];
	const struct truth *truth = truth_of(judge, index);
	struct plane all, live;

	memset(&all, 0xff, sizeof(all));
	for (size_t j = 0; j < rule->ntargets; j++)
		EACH_WORD(w)
			all.bits[w] &= judge->barred[rule->targets[j]].bits[w];
	EACH_WORD(w)
		live.bits[w] = truth->possible.bits[w] & ~truth->certain.bits[w] &
		               judge->routine.bits[w] & ~all.bits[w];
	return live;
}

struct plane scap__judge_matters(const struct judge *judge, size_t rule)
{
	if (judge->layout->net->base->rules[rule].kind == RULE_ESCALATION)
		return open_lanes(judge, rule);
	return live_lanes(judge, rule);
}

static void seed_kind(struct judge *judge, enum rule_kind kind)
{
	const struct rulebase *base = judge->layout->net->base;

	for (size_t i = base->first_rule[kind]; i < base->first_rule[kind + 1]; i++) {
		struct plane live = live_lanes(judge, i);

		mark(judge, i, &live);
	}
}

void scap__judge_seed(struct judge *judge, bool plans)
{
	const struct network *net = judge->layout->net;
	const struct rulebase *base = net->base;

	memset(judge->block->matters, 0, net->nnodes * sizeof(struct plane));
	for (size_t i = base->first_rule[RULE_ESCALATION]; i < base->first_rule[RULE_ESCALATION + 1];
	     i++) {
		struct plane open = open_lanes(judge, i);

		mark(judge, i, &open);
	}
	bar_exercises(judge);
	seed_kind(judge, RULE_CONTRAINDICATION);
	if (plans) {
		seed_kind(judge, RULE_ADJUSTMENT);
		seed_kind(judge, RULE_PREFERENCE);
	}
}

static void fill_head(struct judge *judge)
{
	const struct layout *layout = judge->layout;
	const struct network *net = layout->net;

	for (size_t i = 0; i < layout->nreasons; i++) {
		const struct reason *reason = &layout->reasons[i];

		judge->head[i] = reason->certain ? truth_of(judge, reason->rule)->certain
		                                 : open_lanes(judge, reason->rule);
	}
	for (size_t i = 0; i < net->base->nquestions; i++)
		judge->head[layout->nreasons + i] = judge->block->missing[net->missing_order[i]];
}

/* Where the level permits no routine the tail is all zero, so that such people
 * share it. */
static void fill_tail(struct judge *judge)
{
	const struct layout *layout = judge->layout;
	const struct network *net = layout->net;
	struct plane *bit = judge->tail;

	*bit++ = judge->routine;
	for (size_t i = 0; i < layout->nexclusions; i++) {
		const struct truth *truth = truth_of(judge, layout->first_exclusion + i);

		*bit++ = truth->possible;
		*bit++ = truth->certain;
	}
	bit = judge->tail + 64 * layout->excluded_words;
	for (size_t i = 0; i < layout->npreferences; i++)
		*bit++ = truth_of(judge, layout->first_preference + i)->certain;
	for (size_t i = 0; i < layout->nadjustments; i++)
		*bit++ = truth_of(judge, layout->first_adjustment + i)->possible;
	for (size_t i = 0; i < layout->nequipment; i++, bit++)
		if (layout->needed >> i & 1)
			*bit = judge->block->truth[net->equipment_node[i]].certain;
	for (size_t i = 0; i < layout->nminutes; i++)
		*bit++ = judge->block->truth[net->minutes_node[i]].certain;
	for (struct plane *each = judge->tail; each < bit; each++)
		EACH_WORD(w)
			each->bits[w] &= judge->routine.bits[w];
}

void scap__judge_run(struct judge *judge)
{
	scap__judge_levels(judge);
	scap__judge_seed(judge, false);
	scap__block_trace(judge->block);
	fill_head(judge);
	fill_tail(judge);
}

/* ---- Bits of a person --------------------------------------------------------- */

static void one_lane(const struct plane *planes, size_t bits, unsigned lane, uint64_t *out)
{
	memset(out, 0, words(bits) * sizeof(*out));
	for (size_t i = 0; i < bits; i++)
		out[i / 64] |= (uint64_t)plane_bit(&planes[i], lane) << (i % 64);
}

void scap__judge_lane(const struct judge *judge, unsigned lane, uint64_t *head, uint64_t *tail)
{
	one_lane(judge->head, judge->layout->head_bits, lane, head);
	one_lane(judge->tail, judge->layout->tail_bits, lane, tail);
}

static void all_lanes(const struct plane *planes, size_t nwords, uint64_t *out)
{
	struct plane square[64];

	for (size_t word = 0; word < nwords; word++) {
		memcpy(square, planes + word * 64, sizeof(square));
		scap__planes_turn(square);
		EACH_WORD(w)
			for (size_t i = 0; i < 64; i++)
				out[(w * 64 + i) * nwords + word] = square[i].bits[w];
	}
}

void scap__judge_lanes(const struct judge *judge, uint64_t *head, uint64_t *tail)
{
	all_lanes(judge->head, judge->layout->head_words, head);
	all_lanes(judge->tail, judge->layout->tail_words, tail);
}

/* ---- Reading a verdict --------------------------------------------------------- */

/* Reasons are most urgent first, so the first that stands tells the level. */
unsigned scap__verdict_level(const struct verdict *verdict)
{
	size_t nreasons = verdict->layout->nreasons;

	for (size_t word = 0; word * 64 < nreasons; word++)
		if (verdict->head[word]) {
			size_t first = word * 64 + (size_t)__builtin_ctzll(verdict->head[word]);

			return first < nreasons ? verdict->layout->reasons[first].level : 0;
		}
	return 0;
}

unsigned scap__verdict_forced(const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->layout->nreasons; i++)
		if (verdict->layout->reasons[i].certain && verdict_bit(verdict->head, i))
			return verdict->layout->reasons[i].level;
	return 0;
}

bool scap__verdict_certain(const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->layout->nreasons; i++)
		if (!verdict->layout->reasons[i].certain && verdict_bit(verdict->head, i))
			return false;
	return true;
}

uint64_t scap__verdict_equipment(const struct verdict *verdict)
{
	const struct layout *layout = verdict->layout;
	size_t first = 64 * layout->excluded_words + layout->npreferences + layout->nadjustments;
	uint64_t owned = 0;

	for (size_t i = 0; i < layout->nequipment; i++)
		owned |= (uint64_t)verdict_bit(verdict->tail, first + i) << i;
	return owned;
}

/* Without an answer that tells the minutes, it is the pack's default. */
unsigned scap__verdict_minutes(const struct verdict *verdict)
{
	const struct layout *layout = verdict->layout;
	const struct network *net = layout->net;
	size_t first = layout->tail_bits - layout->nminutes, reached = 0;

	while (reached < layout->nminutes && verdict_bit(verdict->tail, first + reached))
		reached++;
	if (!reached)
		return net->base->settings.default_minutes;
	return net->minutes_first + (unsigned)(reached - 1) * net->minutes_step;
}
