/* SPDX-License-Identifier: MIT
 *
 * The tables of counts: how large they are, what their rows and fields are called, and
 * what must hold between them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "report/summary.h"

enum { FIELDS_MAX = 10 };

static const unsigned known_codes[] = {
#define CODE(number, name, severity, meaning, remedy) number,
#include "base/codes.def"
#undef CODE
};
enum { CODES = sizeof(known_codes) / sizeof(known_codes[0]) };

static const char *const fields[TALLY_TABLES][FIELDS_MAX] = {
	[TALLY_TOTALS] = {"rows", "scored", "rejected", "conflicts", "raised", "duplicates",
	                  "unread_texts", "routine_permitted", "routine_made", "routine_given"},
	[TALLY_LEVELS] = {"certain", "not_certain", "rejected_at_least", "rejected_not_ruled_out"},
	[TALLY_REASONS] = {"certain", "not_ruled_out", "open"},
	[TALLY_FINDINGS] = {"certain", "not_ruled_out"},
	[TALLY_QUESTIONS] = {"asked", "blank", "no_column", "missing", "conflict", "rejected"},
	[TALLY_EXCLUSIONS] = {"certain", "not_ruled_out"},
	[TALLY_EXERCISES] = {"left_out"},
	[TALLY_CODES] = {"rows"},
};

static size_t count_fields(const struct rulebase *base, enum tally_table table)
{
	size_t count = 0;

	if (table == TALLY_BANDS)
		return base->nlevels;
	while (count < FIELDS_MAX && fields[table][count])
		count++;
	return count;
}

static size_t count_rules(const struct rulebase *base, enum rule_kind kind)
{
	return base->first_rule[kind + 1] - base->first_rule[kind];
}

static size_t count_rows(const struct rulebase *base, enum tally_table table)
{
	switch (table) {
	case TALLY_TOTALS: return 1;
	case TALLY_LEVELS: return base->nlevels;
	case TALLY_BANDS: return base->settings.nbands ? base->settings.nbands + 2 : 0;
	case TALLY_REASONS: return count_rules(base, RULE_ESCALATION);
	case TALLY_FINDINGS: return base->nfindings;
	case TALLY_QUESTIONS: return base->nquestions;
	case TALLY_EXCLUSIONS: return count_rules(base, RULE_CONTRAINDICATION);
	case TALLY_EXERCISES: return base->nexercises;
	case TALLY_CODES: return CODES;
	}
	return 0;
}

struct tally *scap__tally_new(const scap_pack *pack)
{
	struct tally *tally = calloc(1, sizeof(*tally));

	if (!tally)
		return NULL;
	tally->pack = pack;
	for (unsigned i = 0; i < TALLY_TABLES; i++) {
		tally->shape[i] = (struct tally_shape){tally->size, count_rows(pack->base, i),
		                                       count_fields(pack->base, i)};
		tally->size += tally->shape[i].rows * tally->shape[i].fields;
	}
	tally->counts = calloc(tally->size, sizeof(*tally->counts));
	tally->column = calloc(pack->base->nquestions + 1, sizeof(*tally->column));
	tally->left_out = calloc(pack->base->nexercises + 1, sizeof(*tally->left_out));
	if (tally->counts && tally->column && tally->left_out)
		return tally;
	scap__tally_free(tally);
	return NULL;
}

void scap__tally_free(struct tally *tally)
{
	if (!tally)
		return;
	free(tally->counts);
	free(tally->column);
	free(tally->left_out);
	free(tally);
}

void scap__tally_clear(struct tally *tally)
{
	memset(tally->counts, 0, tally->size * sizeof(*tally->counts));
}

void scap__tally_add(struct tally *into, const struct tally *from)
{
	for (size_t i = 0; i < into->size; i++)
		into->counts[i] += from->counts[i];
}

/* ---- Names ------------------------------------------------------------------------------- */

size_t scap__tally_code(unsigned code)
{
	size_t i = 0;

	while (i < CODES - 1 && known_codes[i] != code)
		i++;
	return i;
}

const char *scap__tally_table_name(enum tally_table table)
{
	static const char *const names[] = {
		[TALLY_TOTALS] = "totals",         [TALLY_LEVELS] = "levels",
		[TALLY_BANDS] = "bands",           [TALLY_REASONS] = "reasons",
		[TALLY_FINDINGS] = "findings",     [TALLY_QUESTIONS] = "questions",
		[TALLY_EXCLUSIONS] = "exclusions", [TALLY_EXERCISES] = "exercises",
		[TALLY_CODES] = "rejected",
	};

	return names[table];
}

static const char *band_name(const struct settings *settings, size_t row, char room[64])
{
	char number[24];

	if (row > settings->nbands)
		return "unknown";
	scap__number_write(settings->bands[row ? row - 1 : 0], number);
	snprintf(room, 64, "%s_%s", row ? "from" : "below", number);
	return room;
}

const char *scap__tally_row_name(const struct tally *tally, enum tally_table table, size_t row,
                                 char room[64])
{
	const struct rulebase *base = tally->pack->base;

	switch (table) {
	case TALLY_TOTALS: break;
	case TALLY_LEVELS: return base->levels[row].shown.name;
	case TALLY_BANDS: return band_name(&base->settings, row, room);
	case TALLY_REASONS: return base->rules[base->first_rule[RULE_ESCALATION] + row].id;
	case TALLY_FINDINGS: return base->findings[row].name;
	case TALLY_QUESTIONS: return base->questions[row].shown.name;
	case TALLY_EXCLUSIONS: return base->rules[base->first_rule[RULE_CONTRAINDICATION] + row].id;
	case TALLY_EXERCISES: return base->exercises[row].name;
	case TALLY_CODES: snprintf(room, 64, "SCAP%u", known_codes[row]); return room;
	}
	return "";
}

const char *scap__tally_field_name(const struct tally *tally, enum tally_table table, size_t field)
{
	return table == TALLY_BANDS ? tally->pack->base->levels[field].shown.name
	                            : fields[table][field];
}

/* ---- What must hold ------------------------------------------------------------------------ */

static uint64_t sum_field(const struct tally *t, enum tally_table table, size_t field)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < t->shape[table].rows; i++)
		sum += tally_row(t, table, i)[field];
	return sum;
}

static const char *totals_fault(const struct tally *t)
{
	const uint64_t *n = tally_row(t, TALLY_TOTALS, 0);

	if (n[TOTAL_ROWS] != n[TOTAL_SCORED] + n[TOTAL_REJECTED])
		return "rows are not scored and rejected together";
	if (n[TOTAL_CONFLICTS] > n[TOTAL_SCORED] || n[TOTAL_RAISED] > n[TOTAL_SCORED])
		return "more rows are in conflict or raised than are scored";
	if (n[TOTAL_DUPLICATES] > n[TOTAL_ROWS] || n[TOTAL_UNREAD] > n[TOTAL_ROWS])
		return "more ids stand twice, or texts are unread, than there are rows";
	if (n[TOTAL_GIVEN] > n[TOTAL_MADE] || n[TOTAL_MADE] > n[TOTAL_PERMITTED])
		return "more routines are given than made, or made than permitted";
	return NULL;
}

static const char *levels_fault(const struct tally *t)
{
	const struct rulebase *base = t->pack->base;
	uint64_t scored = tally_total(t, TOTAL_SCORED);
	uint64_t rejected = tally_total(t, TOTAL_REJECTED), permitted = 0;

	if (sum_field(t, TALLY_LEVELS, LEVEL_CERTAIN) +
	    sum_field(t, TALLY_LEVELS, LEVEL_NOT_CERTAIN) != scored)
		return "the levels are not those of all scored rows";
	if (sum_field(t, TALLY_LEVELS, LEVEL_AT_LEAST) != rejected ||
	    sum_field(t, TALLY_LEVELS, LEVEL_NOT_RULED_OUT) != rejected)
		return "the levels are not those of all rejected rows";
	for (size_t k = 0; k < base->nlevels; k++) {
		const uint64_t *level = tally_row(t, TALLY_LEVELS, k);
		uint64_t here = level[LEVEL_CERTAIN] + level[LEVEL_NOT_CERTAIN];

		if (base->levels[k].shown.routine)
			permitted += here;
		if (base->settings.nbands && sum_field(t, TALLY_BANDS, k) != here)
			return "the bands don't add up to the levels";
	}
	return permitted != tally_total(t, TOTAL_PERMITTED)
	               ? "the levels that permit a routine don't add up" : NULL;
}

/* Rows that are certain, and others that are not ruled out, among MOST. */
static bool truths_fit(const struct tally *t, enum tally_table table, uint64_t most)
{
	for (size_t i = 0; i < t->shape[table].rows; i++) {
		const uint64_t *n = tally_row(t, table, i);

		if (n[TRUTH_CERTAIN] + n[TRUTH_NOT_RULED_OUT] > most ||
		    (table == TALLY_REASONS && n[TRUTH_OPEN] > n[TRUTH_NOT_RULED_OUT]))
			return false;
	}
	return true;
}

static bool questions_fit(const struct tally *t)
{
	uint64_t scored = tally_total(t, TOTAL_SCORED);

	for (size_t i = 0; i < t->shape[TALLY_QUESTIONS].rows; i++) {
		const uint64_t *n = tally_row(t, TALLY_QUESTIONS, i);

		if (n[QUESTION_BLANK] > n[QUESTION_ASKED] ||
		    n[QUESTION_ASKED] + n[QUESTION_NO_COLUMN] > scored ||
		    n[QUESTION_MISSING] > scored ||
		    n[QUESTION_CONFLICT] > tally_total(t, TOTAL_CONFLICTS) ||
		    n[QUESTION_REJECTED] > tally_total(t, TOTAL_REJECTED))
			return false;
	}
	return true;
}

/* Every rejected row has a first mistake, and none has one twice. */
static bool codes_fit(const struct tally *t)
{
	uint64_t rejected = tally_total(t, TOTAL_REJECTED);

	for (size_t i = 0; i < CODES; i++)
		if (tally_row(t, TALLY_CODES, i)[0] > rejected)
			return false;
	return sum_field(t, TALLY_CODES, 0) >= rejected;
}

const char *scap__tally_fault(const struct tally *t)
{
	uint64_t permitted = tally_total(t, TOTAL_PERMITTED);
	const char *fault = totals_fault(t);

	if (!fault)
		fault = levels_fault(t);
	if (!fault && (!truths_fit(t, TALLY_REASONS, tally_total(t, TOTAL_SCORED)) ||
	               !truths_fit(t, TALLY_FINDINGS, tally_total(t, TOTAL_SCORED))))
		fault = "a reason or finding is counted for more rows than are scored";
	if (!fault && !questions_fit(t))
		fault = "a question is counted for more rows than there are";
	if (!fault && !truths_fit(t, TALLY_EXCLUSIONS, permitted))
		fault = "an exclusion is counted for more rows than may have a routine";
	for (size_t i = 0; !fault && i < t->shape[TALLY_EXERCISES].rows; i++)
		if (tally_row(t, TALLY_EXERCISES, i)[0] > permitted)
			fault = "an exercise is left out for more rows than may have a routine";
	return !fault && !codes_fit(t) ? "the mistakes are not those of all rejected rows" : fault;
}
