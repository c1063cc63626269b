/* SPDX-License-Identifier: MIT */
#include "prove/census.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/codes.h"
#include "prove/memory.h"

/* One pack's judgement: its rows, and the ids of those that it rejects, in order. */
struct judgement {
	const scap_pack *pack;
	FILE *rows;
	size_t nrejected, passed;
	char **rejected;
};

static int to_file(void *file, const char *bytes, size_t size)
{
	return fwrite(bytes, 1, size, file) != size;
}

static void on_rejected(void *ctx, const struct scap_rejected *rejected)
{
	struct judgement *judgement = ctx;
	size_t size = strlen(rejected->id) + 1;

	judgement->rejected = prove_grow(judgement->rejected, judgement->nrejected, sizeof(char *));
	judgement->rejected[judgement->nrejected] = prove_alloc(size, 1);
	memcpy(judgement->rejected[judgement->nrejected++], rejected->id, size);
}

static unsigned judge(struct judgement *judgement, const char *file, scap_read_fn *read, void *ctx)
{
	struct scap_score_options options = {.file = file, .rejected = on_rejected,
	                                     .ctx = judgement};
	struct scap_score_counts counts;
	unsigned code;

	judgement->rows = tmpfile();
	if (!judgement->rows)
		return E_WRITE_FAILED;
	code = scap_score(judgement->pack, &options, read, ctx, to_file, judgement->rows, &counts);
	if (!code && (fflush(judgement->rows) || fseek(judgement->rows, 0, SEEK_SET)))
		code = E_WRITE_FAILED;
	return code;
}

static void close_judgement(struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->nrejected; i++)
		free(judgement->rejected[i]);
	free(judgement->rejected);
	if (judgement->rows)
		fclose(judgement->rows);
}

/* ---- Decision rows ------------------------------------------------------------------ */

enum { ID, LEVEL, CERTAIN, REASONS, MISSING, ROUTINE, EXCLUDED, CELLS };

struct decision_row {
	char *text;
	size_t room;
	char *cells[CELLS];
};

/* Only an id may be quoted. */
static char *end_of_cell(char *text)
{
	if (*text != '"')
		return text + strcspn(text, ",\n");
	for (text++; *text && (*text != '"' || text[1] == '"'); text++)
		text += *text == '"';
	return *text ? text + 1 : text;
}

/* The next row; false at the end. An id has no line break, so a row is a line. */
static bool next_row(const struct judgement *judgement, struct decision_row *row)
{
	char *at;

	if (getline(&row->text, &row->room, judgement->rows) < 0)
		return false;
	at = row->text;
	for (int i = 0; i < CELLS; i++) {
		row->cells[i] = at;
		at = end_of_cell(at);
		if (*at)
			*at++ = '\0';
	}
	return true;
}

static long urgency_of(const struct judgement *judgement, const char *level)
{
	const struct rulebase *base = judgement->pack->base;

	for (size_t i = 0; i < base->nlevels; i++)
		if (!strcmp(base->levels[i].shown.name, level))
			return base->levels[i].shown.urgency;
	return 0;
}

static void note(char first[CENSUS_ID], const char *id)
{
	if (!first[0])
		snprintf(first, CENSUS_ID, "%s", id);
}

static void compare_row(const struct judgement *then, const struct judgement *now,
                        const struct decision_row *a, const struct decision_row *b,
                        struct census *census)
{
	long was = urgency_of(then, a->cells[LEVEL]), is = urgency_of(now, b->cells[LEVEL]);
	bool same = true;

	census->rows++;
	for (int i = CERTAIN; i < CELLS; i++)
		same &= !strcmp(a->cells[i], b->cells[i]);
	if (is < was) {
		census->lower++;
		note(census->first_lower, b->cells[ID]);
	} else if (is > was) {
		census->higher++;
		note(census->first_higher, b->cells[ID]);
	} else if (strcmp(a->cells[ROUTINE], b->cells[ROUTINE])) {
		census->routine++;
	} else {
		census->explained += !same;
	}
}

/* True when the next row that a pack rejected has this id. */
static bool rejects(const struct judgement *judgement, const char *id)
{
	return judgement->passed < judgement->nrejected &&
	       !strcmp(judgement->rejected[judgement->passed], id);
}

/* Takes the next rows, and passes over those that the other pack rejected. */
static bool next_rows(struct judgement *then, struct judgement *now, struct decision_row *a,
                      struct decision_row *b)
{
	bool more = next_row(then, a) && next_row(now, b);

	while (more && strcmp(a->cells[ID], b->cells[ID])) {
		if (rejects(now, a->cells[ID])) {
			now->passed++;
			more = next_row(then, a);
		} else if (rejects(then, b->cells[ID])) {
			then->passed++;
			more = next_row(now, b);
		} else if (then->passed < then->nrejected &&
		           rejects(now, then->rejected[then->passed])) {
			then->passed++;
			now->passed++;
		} else {
			return false;
		}
	}
	return more;
}

static void compare(struct judgement *then, struct judgement *now, struct census *census)
{
	struct decision_row a = {0}, b = {0};

	next_row(then, &a); /* the header */
	next_row(now, &b);
	while (next_rows(then, now, &a, &b))
		compare_row(then, now, &a, &b, census);
	free(a.text);
	free(b.text);
}

unsigned prove_census(const scap_pack *before, const scap_pack *after, const char *file,
                      scap_read_fn *read, void *first_ctx, void *second_ctx, struct census *census)
{
	struct judgement then = {.pack = before}, now = {.pack = after};
	unsigned code = judge(&then, file, read, first_ctx);

	*census = (struct census){0};
	if (!code)
		code = judge(&now, file, read, second_ctx);
	if (!code)
		compare(&then, &now, census);
	census->rejected = then.nrejected > now.nrejected ? then.nrejected : now.nrejected;
	close_judgement(&then);
	close_judgement(&now);
	return code;
}
