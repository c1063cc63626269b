/* SPDX-License-Identifier: MIT
 *
 * Truth tables worked out a word at a time: 64 combinations at once.
 */
#include "rulebase/truth.h"

#include <string.h>

#include "base/number.h"
#include "rulebase/truth_vars.h"

enum { POOL_WORDS = 1 << 16, WORD_BITS = 64 };

bool scap__truth_init(struct truth_table *truth, const struct rulebase *base, struct arena *arena)
{
	size_t things = base->nquestions + base->nfindings + 1;

	truth->base = base;
	truth->stamp = 0;
	truth->seen = scap__arena_array(arena, things, sizeof(*truth->seen));
	truth->memo = scap__arena_array(arena, things, sizeof(*truth->memo));
	truth->pool = scap__arena_array(arena, POOL_WORDS, sizeof(*truth->pool));
	return truth->seen && truth->memo && truth->pool;
}

bool scap__truth_begin(struct truth_table *truth, const struct cond *const *conds, size_t count,
                       unsigned bits)
{
	for (int whole = 1; whole >= 0; whole--) {
		truth->whole = whole;
		truth->too_big = false;
		truth->nvars = 0;
		truth->stamp++;
		for (size_t i = 0; i < count && !truth->too_big; i++)
			scap__truth_take(truth, conds[i]);
		if (truth->too_big || !scap__truth_place(truth, bits))
			continue;
		truth->nwords = truth->nbits <= 6 ? 1 : (size_t)1 << (truth->nbits - 6);
		truth->low = 0;
		truth->high = POOL_WORDS;
		memset(truth->memo, 0, (truth->base->nquestions + truth->base->nfindings) *
		                               sizeof(*truth->memo));
		return true;
	}
	return false;
}

static uint64_t *below(struct truth_table *truth)
{
	uint64_t *out = truth->pool + truth->low;

	if (truth->low + truth->nwords > truth->high)
		return NULL;
	truth->low += truth->nwords;
	return out;
}

static uint64_t *above(struct truth_table *truth)
{
	if (truth->low + truth->nwords > truth->high)
		return NULL;
	truth->high -= truth->nwords;
	return truth->pool + truth->high;
}

/* The combinations in which a variable has one of the values that are OK. Its
 * codes repeat with a period; within it they are put together bit by bit. */
static void fill_values(const struct truth_table *truth, const struct truth_var *var,
                        const bool *ok, uint64_t *out)
{
	unsigned mask = (1u << var->nbits) - 1, end = var->bit + var->nbits;
	size_t period = end <= 6 ? 1 : (size_t)1 << (end - 6);

	for (size_t i = 0; i < truth->nwords; i++) {
		if (i >= period) {
			out[i] = out[i - period];
		} else if (var->bit >= 6) {
			out[i] = ok[i >> (var->bit - 6) & mask] ? UINT64_MAX : 0;
		} else {
			out[i] = 0;
			for (size_t j = 0; j < WORD_BITS; j++)
				if (ok[(i * WORD_BITS + j) >> var->bit & mask])
					out[i] |= UINT64_C(1) << j;
		}
	}
}

static void combine(const struct truth_table *truth, enum cond_op op, uint64_t *out,
                    const uint64_t *item)
{
	for (size_t i = 0; i < truth->nwords; i++)
		out[i] = op == COND_OR ? out[i] | item[i] : out[i] & item[i];
}

static bool work_out(struct truth_table *truth, const struct cond *cond,
                     const struct cond *left_out, uint64_t *out);

const uint64_t *scap__truth_relevance(struct truth_table *truth, unsigned question)
{
	uint64_t **memo = &truth->memo[question], *out;

	if (*memo)
		return *memo;
	out = above(truth);
	if (out && work_out(truth, truth->base->questions[question].relevant, NULL, out))
		*memo = out;
	return *memo;
}

static bool test_table(struct truth_table *truth, const struct test *test, uint64_t *out)
{
	const struct truth_var *var = scap__truth_var_of(truth, test);
	const uint64_t *relevance;
	bool ok[1 << 7] = {false};

	for (unsigned code = 0; code < 1u << var->nbits; code++)
		ok[code] = scap__truth_holds(
			truth, var, code < var->nvalues ? code : var->nvalues - 1, test);
	fill_values(truth, var, ok, out);
	if (!truth->whole || !truth->base->questions[test->question].relevant)
		return true;
	relevance = scap__truth_relevance(truth, test->question);
	if (relevance)
		combine(truth, COND_AND, out, relevance);
	return relevance != NULL;
}

/* A finding is the `or` of its rules' conditions. */
static bool finding_rules(struct truth_table *truth, const struct finding *finding, uint64_t *out)
{
	size_t mark = truth->low;
	uint64_t *item = below(truth);
	bool ok = item != NULL;

	memset(out, 0, truth->nwords * sizeof(*out));
	for (size_t i = 0; i < finding->nrules && ok; i++) {
		ok = work_out(truth, truth->base->rules[finding->rules[i]].when, NULL, item);
		if (ok)
			combine(truth, COND_OR, out, item);
	}
	truth->low = mark;
	return ok;
}

static bool finding_table(struct truth_table *truth, unsigned finding, uint64_t *out)
{
	uint64_t **memo = &truth->memo[truth->base->nquestions + finding], *made;
	static const bool yes[2] = {false, true};

	if (!truth->whole) {
		fill_values(truth, scap__truth_var_open(truth, finding), yes, out);
		return true;
	}
	if (!*memo) {
		made = above(truth);
		if (!made || !finding_rules(truth, &truth->base->findings[finding], made))
			return false;
		*memo = made;
	}
	memcpy(out, *memo, truth->nwords * sizeof(*out));
	return true;
}

/* counts[j] holds where at least j + 1 of the items so far do. */
static bool at_least(struct truth_table *truth, const struct cond *cond,
                     const struct cond *left_out, uint64_t *out)
{
	size_t mark = truth->low, words = truth->nwords;
	uint64_t *item = below(truth), *counts = truth->pool + truth->low;
	bool ok = item && truth->low + cond->n * words <= truth->high;

	if (ok) {
		truth->low += cond->n * words;
		memset(counts, 0, cond->n * words * sizeof(*counts));
	}
	for (size_t i = 0; i < cond->nitems && ok; i++) {
		if (cond->items[i] == left_out)
			continue;
		ok = work_out(truth, cond->items[i], left_out, item);
		for (size_t j = cond->n; ok && j-- > 0;)
			for (size_t w = 0; w < words; w++)
				counts[j * words + w] |=
					item[w] & (j ? counts[(j - 1) * words + w] : UINT64_MAX);
	}
	if (ok)
		memcpy(out, counts + (cond->n - 1) * words, words * sizeof(*out));
	truth->low = mark;
	return ok;
}

static bool chain(struct truth_table *truth, const struct cond *cond, const struct cond *left_out,
                  uint64_t *out)
{
	size_t mark = truth->low;
	uint64_t *item = below(truth);
	bool ok = item != NULL;

	memset(out, cond->op == COND_OR ? 0 : 0xff, truth->nwords * sizeof(*out));
	for (size_t i = 0; i < cond->nitems && ok; i++) {
		if (cond->items[i] == left_out)
			continue;
		ok = work_out(truth, cond->items[i], left_out, item);
		if (ok)
			combine(truth, cond->op, out, item);
	}
	truth->low = mark;
	return ok;
}

static bool work_out(struct truth_table *truth, const struct cond *cond,
                     const struct cond *left_out, uint64_t *out)
{
	bool ok = true;

	switch (cond->op) {
	case COND_ALWAYS:
		memset(out, 0xff, truth->nwords * sizeof(*out));
		break;
	case COND_TEST:
		ok = test_table(truth, &cond->test, out);
		break;
	case COND_FINDING:
		ok = finding_table(truth, cond->finding, out);
		break;
	case COND_NOT:
		ok = work_out(truth, cond->items[0], left_out, out);
		for (size_t i = 0; i < truth->nwords && ok; i++)
			out[i] = ~out[i];
		break;
	case COND_AT_LEAST:
		ok = at_least(truth, cond, left_out, out);
		break;
	default:
		ok = chain(truth, cond, left_out, out);
	}
	return ok;
}

uint64_t *scap__truth_of(struct truth_table *truth, const struct cond *cond,
                         const struct cond *left_out)
{
	uint64_t *out = below(truth);

	return out && work_out(truth, cond, left_out, out) ? out : NULL;
}

int scap__truth_first(const struct truth_table *truth, const uint64_t *a, const uint64_t *b)
{
	for (size_t i = 0; i < truth->nwords; i++) {
		uint64_t left = b ? a[i] & ~b[i] : a[i];

		if (left)
			return (int)(i * WORD_BITS) + __builtin_ctzll(left);
	}
	return NONE;
}

bool scap__truth_always(const struct truth_table *truth, const uint64_t *table)
{
	for (size_t i = 0; i < truth->nwords; i++)
		if (~table[i])
			return false;
	return true;
}
