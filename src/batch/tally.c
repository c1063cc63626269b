/* SPDX-License-Identifier: MIT
 *
 * Counted from the planes of the block, 64 people at a time, so that it costs next to
 * nothing beside reading their rows.
 */
#include "batch/tally.h"

#include <string.h>

#include "batch/scoring.h"

#define EACH_WORD(w) for (unsigned w = 0; w < BLOCK_WORDS; w++)

struct counting {
	struct tally *tally;
	const struct scoring *scoring;
	const struct judge *judge;
	const struct block *block;
	const struct rulebase *base;
	struct plane rows; /* lanes with a decision */
};

/* Adds the bits of four words without a call: pairs, fours and bytes side by side. */
static uint64_t count(const struct plane *plane)
{
	uint64_t sum = 0;

	EACH_WORD(w) {
		uint64_t bits = plane->bits[w];

		bits -= bits >> 1 & UINT64_C(0x5555555555555555);
		bits = (bits & UINT64_C(0x3333333333333333)) +
		       (bits >> 2 & UINT64_C(0x3333333333333333));
		sum += (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	}
	sum = (sum & UINT64_C(0x00ff00ff00ff00ff)) + (sum >> 8 & UINT64_C(0x00ff00ff00ff00ff));
	return sum * UINT64_C(0x0001000100010001) >> 48;
}

static struct plane both(const struct plane *a, const struct plane *b)
{
	struct plane out;

	EACH_WORD(w)
		out.bits[w] = a->bits[w] & b->bits[w];
	return out;
}

/* A without B. */
static struct plane without(const struct plane *a, const struct plane *b)
{
	struct plane out;

	EACH_WORD(w)
		out.bits[w] = a->bits[w] & ~b->bits[w];
	return out;
}

static uint64_t count_among(const struct plane *plane, const struct plane *rows)
{
	struct plane here = both(plane, rows);

	return count(&here);
}

static void add_truth(uint64_t *counts, const struct truth *truth,
                      const struct plane *rows)
{
	struct plane undecided = without(&truth->possible, &truth->certain);

	counts[TRUTH_CERTAIN] += count_among(&truth->certain, rows);
	counts[TRUTH_NOT_RULED_OUT] += count_among(&undecided, rows);
}

/* ---- Levels and bands --------------------------------------------------------------------- */

/* Rows in which no escalation can still raise the level. */
static struct plane certain_rows(const struct counting *c)
{
	const struct layout *layout = c->judge->layout;
	struct plane certain = c->rows;

	for (size_t i = 0; i < layout->nreasons; i++)
		if (!layout->reasons[i].certain)
			certain = without(&certain, &c->judge->head[i]);
	return certain;
}

static void count_levels(const struct counting *c)
{
	const struct scoring *s = c->scoring;
	struct plane certain = certain_rows(c), rejected = {{0}};

	for (size_t i = 0; i < s->nrejects; i++)
		rejected.bits[s->rejects[i].lane / 64] |= UINT64_C(1) << s->rejects[i].lane % 64;
	for (size_t k = 0; k < c->base->nlevels; k++) {
		uint64_t *counts = tally_row(c->tally, TALLY_LEVELS, k);
		const struct plane *level = &c->judge->level_at[k];
		struct plane sure = both(level, &certain), forced = c->judge->forced[k];
		uint64_t nsure = count_among(&sure, &c->rows);

		counts[LEVEL_CERTAIN] += nsure;
		counts[LEVEL_NOT_CERTAIN] += count_among(level, &c->rows) - nsure;
		if (!s->nrejects)
			continue;
		if (k + 1 < c->base->nlevels)
			forced = without(&forced, &c->judge->forced[k + 1]);
		counts[LEVEL_AT_LEAST] += count_among(&forced, &rejected);
		counts[LEVEL_NOT_RULED_OUT] += count_among(level, &rejected);
	}
	tally_row(c->tally, TALLY_TOTALS, 0)[TOTAL_PERMITTED] +=
		count_among(&c->judge->routine, &c->rows);
}

static void count_band(const struct counting *c, size_t band, const struct plane *rows)
{
	uint64_t *counts = tally_row(c->tally, TALLY_BANDS, band);

	for (size_t k = 0; k < c->base->nlevels; k++)
		counts[k] += count_among(&c->judge->level_at[k], rows);
}

/* What is not in a band is in one above it, or not known. */
static void count_bands(const struct counting *c)
{
	size_t nbands = c->base->settings.nbands;
	struct plane left = c->rows;

	for (size_t i = 0; i < nbands; i++) {
		const struct truth *above =
			&c->block->truth[c->judge->layout->net->band_answer[i]];
		struct plane here = without(&left, &above->possible);

		count_band(c, i, &here);
		left = without(&left, &here);
	}
	if (nbands) {
		const struct truth *last =
			&c->block->truth[c->judge->layout->net->band_answer[nbands - 1]];
		struct plane here = both(&left, &last->certain);

		count_band(c, nbands, &here);
		left = without(&left, &here);
		count_band(c, nbands + 1, &left);
	}
}

/* ---- Rules ---------------------------------------------------------------------------------- */

static void count_reasons(const struct counting *c)
{
	const struct layout *layout = c->judge->layout;
	size_t first = c->base->first_rule[RULE_ESCALATION];

	for (size_t i = 0; i < c->tally->shape[TALLY_REASONS].rows; i++)
		add_truth(tally_row(c->tally, TALLY_REASONS, i),
		          &c->block->truth[layout->net->rule_node[first + i]], &c->rows);
	for (size_t i = 0; i < layout->nreasons; i++)
		if (!layout->reasons[i].certain)
			tally_row(c->tally, TALLY_REASONS, layout->reasons[i].rule - first)
				[TRUTH_OPEN] += count_among(&c->judge->head[i], &c->rows);
}

static void count_findings(const struct counting *c)
{
	for (size_t i = 0; i < c->base->nfindings; i++)
		add_truth(tally_row(c->tally, TALLY_FINDINGS, i),
		          &c->block->truth[c->judge->layout->net->finding_node[i]], &c->rows);
}

/* Puts the lanes in which an exclusion is not ruled out to each exercise it names. */
static void bar_exercises(const struct counting *c)
{
	const struct layout *layout = c->judge->layout;
	struct plane *left_out = c->tally->left_out;

	memset(left_out, 0, c->base->nexercises * sizeof(*left_out));
	for (size_t i = 0; i < layout->nexclusions; i++) {
		const struct rule *rule = &c->base->rules[layout->first_exclusion + i];
		const struct plane *possible =
			&c->block->truth[layout->net->rule_node[layout->first_exclusion + i]].possible;

		for (size_t j = 0; j < rule->ntargets; j++)
			EACH_WORD(w)
				left_out[rule->targets[j]].bits[w] |= possible->bits[w];
	}
}

/* Whoever may have no routine is left out of nothing. */
static void count_exclusions(const struct counting *c)
{
	const struct layout *layout = c->judge->layout;
	struct plane rows = both(&c->rows, &c->judge->routine);

	for (size_t i = 0; i < layout->nexclusions; i++)
		add_truth(tally_row(c->tally, TALLY_EXCLUSIONS, i),
		          &c->block->truth[layout->net->rule_node[layout->first_exclusion + i]],
		          &rows);
	bar_exercises(c);
	for (size_t i = 0; i < c->base->nexercises; i++)
		tally_row(c->tally, TALLY_EXERCISES, i)[0] +=
			count_among(&c->tally->left_out[i], &rows);
}

/* ---- Questions -------------------------------------------------------------------------------- */

/* Which questions the file has a column for; texts that are read answer others, which
 * then still have none. */
static void bind(struct tally *tally, const struct intake *intake)
{
	for (size_t i = 0; i < intake->ncolumns; i++)
		if (intake->bindings[i].kind >= BIND_TEXT)
			tally->column[intake->bindings[i].question] = true;
	tally->bound = true;
}

static void count_blanks(const struct counting *c, size_t question, uint64_t *counts)
{
	const struct network *net = c->judge->layout->net;
	unsigned first = net->first_answer[question], end = net->first_answer[question + 1];
	int relevance = net->relevance[question];
	struct plane asked = c->rows, blank;

	if (first == end)
		return;
	if (relevance != NONE)
		asked = both(&asked, &c->block->truth[relevance].possible);
	blank = asked;
	for (unsigned i = first; i < end; i++) {
		struct plane unknown = without(&c->block->truth[i].possible,
		                               &c->block->truth[i].certain);

		blank = both(&blank, &unknown);
	}
	counts[QUESTION_ASKED] += count(&asked);
	counts[QUESTION_BLANK] += count(&blank);
}

static void count_questions(const struct counting *c)
{
	for (size_t i = 0; i < c->base->nquestions; i++) {
		uint64_t *counts = tally_row(c->tally, TALLY_QUESTIONS, i);

		if (c->tally->column[i])
			count_blanks(c, i, counts);
		else
			counts[QUESTION_NO_COLUMN] += count(&c->rows);
		counts[QUESTION_MISSING] += count_among(&c->block->missing[i], &c->rows);
		counts[QUESTION_CONFLICT] += count_among(&c->block->conflict[i], &c->rows);
	}
}

void scap__tally_block(struct tally *tally, const struct scoring *scoring)
{
	const struct judge *judge = scoring->judge;
	struct counting c = {tally, scoring, judge, judge->block, judge->layout->net->base,
	                     scoring->judged};

	if (!tally->bound)
		bind(tally, &scoring->reader.intake);
	count_levels(&c);
	count_bands(&c);
	count_reasons(&c);
	count_findings(&c);
	count_exclusions(&c);
	count_questions(&c);
}

/* ---- Rejected rows ------------------------------------------------------------------------------ */

static bool told_before(const struct reader *r, size_t fault)
{
	for (size_t i = 0; i < fault; i++)
		if (r->faults[i].code == r->faults[fault].code)
			return true;
	return false;
}

/* The question that a fault is about; NONE where it is the id or the whole row. */
static int question_of(const struct reader *r, size_t fault)
{
	size_t column = r->faults[fault].column;

	if (r->faults[fault].code == E_CELL_COUNT || column >= r->intake.ncolumns ||
	    r->intake.bindings[column].kind < BIND_TEXT)
		return NONE;
	return (int)r->intake.bindings[column].question;
}

static bool asked_before(const struct reader *r, size_t fault)
{
	for (size_t i = 0; i < fault; i++)
		if (question_of(r, i) == question_of(r, fault))
			return true;
	return false;
}

/* Of a row with many mistakes the first ones count, as they are told. */
void scap__tally_reject(struct tally *tally, const struct reader *r,
                        const struct scap_error *broken)
{
	if (broken)
		tally_row(tally, TALLY_CODES, scap__tally_code(broken->code))[0]++;
	for (size_t i = 0; i < r->nfaults && i < FAULTS_TOLD; i++) {
		int question = question_of(r, i);

		if (!told_before(r, i) && !(broken && broken->code == r->faults[i].code))
			tally_row(tally, TALLY_CODES, scap__tally_code(r->faults[i].code))[0]++;
		if (question != NONE && !asked_before(r, i))
			tally_row(tally, TALLY_QUESTIONS, (size_t)question)[QUESTION_REJECTED]++;
	}
}
