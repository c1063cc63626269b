/* SPDX-License-Identifier: MIT */
#include "prove/diff.h"

#include <stdlib.h>
#include <string.h>

#include "prove/memory.h"

static void add_change(struct difference *d, struct change change)
{
	d->changes = prove_grow(d->changes, d->nchanges, sizeof(change));
	d->changes[d->nchanges++] = change;
}

static void add_row(struct difference *d, enum row_kind kind, const char *name,
                    struct origin origin)
{
	d->rows = prove_grow(d->rows, d->nrows, sizeof(*d->rows));
	d->rows[d->nrows++] = (struct row_change){kind, name, origin};
}

/* ---- People ------------------------------------------------------------------------- */

struct looking {
	struct difference *difference;
	struct sat *sat;
};

/* Adds the change if there is somebody for whom WHEN holds. */
static void look(struct looking *l, int when, struct change change)
{
	change.person = when == LIT_FALSE ? NULL
	                                  : prove_person_find(l->sat, l->difference->pair->after,
	                                                      &when, 1);
	if (change.person)
		add_change(l->difference, change);
}

/* All gates are made before the solver is: it must know them. */
struct question_of {
	int when;
	struct change change;
};

struct agenda {
	size_t count;
	struct question_of *list;
};

static void plan(struct agenda *agenda, int when, struct change change)
{
	agenda->list = prove_grow(agenda->list, agenda->count, sizeof(*agenda->list));
	agenda->list[agenda->count++] = (struct question_of){when, change};
}

static void plan_levels(struct agenda *agenda, struct pair *pair, bool down)
{
	const struct rulebase *before = pair->before->pack->base, *after = pair->after->pack->base;

	for (size_t i = before->nlevels; i-- > 0;)
		for (size_t j = 0; j < after->nlevels; j++) {
			const struct scap_level *from = &before->levels[i].shown;
			const struct scap_level *to = &after->levels[j].shown;

			if (down ? to->urgency < from->urgency : to->urgency > from->urgency)
				plan(agenda, prove_pair_moves(pair, i, j),
				     (struct change){.kind = down ? CHANGE_LEVEL_DOWN : CHANGE_LEVEL_UP,
				                     .what = "", .from = from->name, .to = to->name});
		}
}

static void plan_exercises(struct agenda *agenda, struct pair *pair, bool gained)
{
	const struct rulebase *after = pair->after->pack->base;

	for (size_t i = 0; i < after->nexercises; i++)
		plan(agenda, gained ? pair->gained[i] : pair->lost[i],
		     (struct change){.kind = gained ? CHANGE_GAINED : CHANGE_LOST, .from = "",
		                     .to = "",
		                     .what = after->exercises[i].name});
}

/* A rule of both packs that is certain, or open, in one only. */
static void plan_rules(struct agenda *agenda, struct pair *pair)
{
	const struct scap_pack *before = pair->before->pack, *after = pair->after->pack;

	for (size_t i = 0; i < after->base->nrules; i++) {
		struct truth_pair now, then;
		int differs[4];

		if (pair->rules[i] == NONE)
			continue;
		now = pair->after->nodes[after->net->rule_node[i]];
		then = pair->before->nodes[before->net->rule_node[pair->rules[i]]];
		differs[0] = prove_both(pair->model, now.certain, -then.certain);
		differs[1] = prove_both(pair->model, then.certain, -now.certain);
		differs[2] = prove_both(pair->model, now.possible, -then.possible);
		differs[3] = prove_both(pair->model, then.possible, -now.possible);
		plan(agenda, prove_or(pair->model, differs, 4),
		     (struct change){.kind = CHANGE_REASON, .from = "", .to = "",
		                     .what = after->base->rules[i].id});
	}
}

static void find_people(struct difference *d)
{
	struct agenda agenda = {0};
	struct looking l = {.difference = d};

	plan_levels(&agenda, d->pair, true);
	plan_exercises(&agenda, d->pair, true);
	plan_levels(&agenda, d->pair, false);
	plan_exercises(&agenda, d->pair, false);
	plan_rules(&agenda, d->pair);
	l.sat = prove_model_load(d->pair->model);
	for (size_t i = 0; i < agenda.count; i++)
		look(&l, agenda.list[i].when, agenda.list[i].change);
	prove_sat_free(l.sat);
	free(agenda.list);
}

/* ---- Rows --------------------------------------------------------------------------- */

static bool same_list(const struct rulebase *a, const unsigned *x, size_t nx,
                      const struct rulebase *b,
                      const unsigned *y, size_t ny)
{
	for (size_t i = 0; nx == ny && i < nx; i++)
		if (strcmp(a->exercises[x[i]].name, b->exercises[y[i]].name))
			return false;
	return nx == ny;
}

static bool same_level(const struct rulebase *a, unsigned x, const struct rulebase *b, unsigned y)
{
	if (x >= a->nlevels || y >= b->nlevels) /* no limit */
		return x >= a->nlevels && y >= b->nlevels;
	return !strcmp(a->levels[x].shown.name, b->levels[y].shown.name);
}

static const char *finding_of(const struct rulebase *base, const struct rule *rule)
{
	return rule->kind == RULE_FINDING ? base->findings[rule->finding].name : "";
}

/* What a reviewer has read. */
static bool same_words(const struct rulebase *a, const struct rule *x, const struct rulebase *b,
                       const struct rule *y)
{
	bool escalation = x->kind == RULE_ESCALATION;

	return !strcmp(x->when_text, y->when_text) && !strcmp(x->because, y->because) &&
	       !strcmp(x->advice ? x->advice : "", y->advice ? y->advice : "") &&
	       !strcmp(x->targets_text ? x->targets_text : "",
	               y->targets_text ? y->targets_text : "") &&
	       !strcmp(finding_of(a, x), finding_of(b, y)) &&
	       (!escalation || (same_level(a, x->level, b, y->level) &&
	                        same_level(a, x->if_unknown, b, y->if_unknown))) &&
	       (x->kind != RULE_WATCH || same_level(a, x->up_to, b, y->up_to)) &&
	       x->weight == y->weight && x->caps.hold_max == y->caps.hold_max &&
	       x->caps.reps_max == y->caps.reps_max && x->caps.sets_max == y->caps.sets_max &&
	       x->caps.scale == y->caps.scale &&
	       same_list(a, x->instead, x->ninstead, b, y->instead, y->ninstead);
}

static void compare_rules(struct difference *d, const struct rulebase *before,
                          const struct rulebase *after)
{
	bool *found = prove_alloc(before->nrules, sizeof(*found));

	for (size_t i = 0; i < after->nrules; i++) {
		const struct rule *now = &after->rules[i], *then;

		if (d->pair->rules[i] == NONE) {
			add_row(d, ROW_NEW, now->id, now->origin);
			continue;
		}
		found[d->pair->rules[i]] = true;
		then = &before->rules[d->pair->rules[i]];
		if (!same_words(before, then, after, now))
			add_row(d, now->cited.reviewed_on[0] &&
			                !strcmp(now->cited.reviewed_on, then->cited.reviewed_on)
			        ? ROW_UNSIGNED : ROW_REWORDED, now->id, now->origin);
	}
	for (size_t i = 0; i < before->nrules; i++)
		if (!found[i])
			add_row(d, ROW_GONE, before->rules[i].id, before->rules[i].origin);
	free(found);
}

static bool same_tags(const struct rulebase *a, const struct exercise *x, const struct rulebase *b,
                      const struct exercise *y)
{
	for (size_t i = 0; x->ntags == y->ntags && i < x->ntags; i++)
		if (strcmp(a->tags[x->tags[i]].name, b->tags[y->tags[i]].name))
			return false;
	return x->ntags == y->ntags;
}

static bool same_steps(const struct exercise *x, const struct exercise *y)
{
	for (size_t i = 0; x->nsteps == y->nsteps && i < x->nsteps; i++)
		if (strcmp(x->steps[i], y->steps[i]))
			return false;
	return x->nsteps == y->nsteps;
}

static void compare_exercises(struct difference *d, const struct rulebase *before,
                              const struct rulebase *after)
{
	bool *found = prove_alloc(before->nexercises, sizeof(*found));

	for (size_t i = 0; i < after->nexercises; i++) {
		const struct exercise *now = &after->exercises[i], *then;

		if (d->pair->exercises[i] == NONE) {
			add_row(d, ROW_NEW, now->name, now->origin);
			continue;
		}
		found[d->pair->exercises[i]] = true;
		then = &before->exercises[d->pair->exercises[i]];
		if (!same_tags(before, then, after, now) || !same_steps(then, now) ||
		    strcmp(then->equipment_text, now->equipment_text) ||
		    memcmp(&then->merged, &now->merged, sizeof(now->merged)))
			add_row(d, ROW_REWORDED, now->name, now->origin);
	}
	for (size_t i = 0; i < before->nexercises; i++)
		if (!found[i])
			add_row(d, ROW_GONE, before->exercises[i].name,
			        before->exercises[i].origin);
	free(found);
}

static bool same_question(const struct question *a, const struct question *b)
{
	return !strcmp(a->shown.label, b->shown.label) && !strcmp(a->shown.hint, b->shown.hint) &&
	       !strcmp(a->relevant_text, b->relevant_text) &&
	       !strcmp(a->shown.constraint, b->shown.constraint) &&
	       a->shown.red_flag == b->shown.red_flag;
}

/* A question that takes other answers than before is a new one, and the old one is gone. */
static void compare_questions(struct difference *d, const struct rulebase *before,
                              const struct rulebase *after)
{
	bool *found = prove_alloc(before->nquestions, sizeof(*found));

	for (size_t i = 0; i < after->nquestions; i++) {
		const struct question *now = &after->questions[i];
		int then = d->pair->questions[i];

		if (then == NONE)
			add_row(d, ROW_NEW, now->shown.name, now->origin);
		else if (!same_question(&before->questions[then], now))
			add_row(d, ROW_REWORDED, now->shown.name, now->origin);
		if (then != NONE)
			found[then] = true;
	}
	for (size_t i = 0; i < before->nquestions; i++)
		if (!found[i])
			add_row(d, ROW_GONE, before->questions[i].shown.name,
			        before->questions[i].origin);
	free(found);
}

static void compare_rows(struct difference *d)
{
	const struct rulebase *before = d->pair->before->pack->base;
	const struct rulebase *after = d->pair->after->pack->base;

	compare_questions(d, before, after);
	compare_rules(d, before, after);
	compare_exercises(d, before, after);
}

/* ---- The whole ---------------------------------------------------------------------- */

struct difference *prove_difference_new(const scap_pack *before, const scap_pack *after)
{
	struct difference *d = prove_alloc(1, sizeof(*d));

	d->pair = prove_pair_new(before, after);
	find_people(d);
	compare_rows(d);
	return d;
}

void prove_difference_free(struct difference *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->nchanges; i++)
		prove_person_free(d->changes[i].person);
	free(d->changes);
	free(d->rows);
	prove_pair_free(d->pair);
	free(d);
}

bool prove_difference_safe(const struct difference *d)
{
	for (size_t i = 0; i < d->nchanges; i++)
		if (d->changes[i].kind == CHANGE_LEVEL_DOWN || d->changes[i].kind == CHANGE_GAINED)
			return false;
	return true;
}
