/* SPDX-License-Identifier: MIT
 *
 * What is offered and cited: sources, tags, exercises with their steps and
 * doses.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "rulebase/loader.h"

enum { NAME, LABEL, CATEGORY, POSITION, TAGS, EQUIPMENT, MUSCLES, EASES, VARIANT, SECONDS, SOURCE,
       BENEFIT, CAUTION };

static bool load_source(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct source_row *rows = scap__arena_grow(base->arena, base->sources, base->nsources,
	                                           sizeof(*rows));
	struct name *name;

	if (!rows || !scap__record_define(record, 0, base->sources_by_name, NAME_SOURCE,
	                                  base->nsources, &name))
		return false;
	base->sources = rows;
	if (name)
		rows[base->nsources++] = (struct source_row){
			name->text, scap__record_text(record, 1), scap__record_text(record, 2),
			scap__record_text(record, 3), scap__record_text(record, 4),
			scap__record_origin(record),
		};
	return true;
}

static bool load_tag(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct tag *tags = scap__arena_grow(base->arena, base->tags, base->ntags, sizeof(*tags));
	struct name *name;

	if (!tags ||
	    !scap__record_define(record, 0, base->targets, NAME_TAG, base->ntags, &name))
		return false;
	base->tags = tags;
	if (name)
		tags[base->ntags++] = (struct tag){
			name->text, scap__record_text(record, 1), scap__record_text(record, 2),
			scap__record_origin(record),
		};
	return true;
}

static bool read_tags(const struct record *record, struct exercise *exercise)
{
	const struct cell *cell = scap__record_cell(record, TAGS);
	const struct rulebase *base = record->loader->base;
	struct item item;
	size_t at = 0;

	exercise->tagless = !strcmp(cell->text, "none");
	while (!exercise->tagless && scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		const struct name *name = scap__names_find(base->targets, item.text, item.size);

		if (item.size == 4 && !memcmp(item.text, "none", 4))
			scap__record_part_error(record, TAGS, item.at, item.size, E_UNKNOWN_TAG,
			                        "'none' stands alone");
		else if (!name || name->kind != NAME_TAG)
			scap__record_unknown(record, TAGS, item.at, item.size, E_UNKNOWN_TAG, "tag",
			                     base->targets, 1u << NAME_TAG);
		else if (!scap__push(record->loader, &exercise->tags, &exercise->ntags,
		                     name->index))
			return false;
	}
	return true;
}

static void read_part(const struct record *record, struct exercise *exercise)
{
	const struct cell *cell = scap__record_cell(record, CATEGORY);
	const struct names *names = record->loader->base->parts_by_name;
	const struct name *name = scap__names_find(names, cell->text, cell->size);

	if (name)
		exercise->part = name->index;
	else if (cell->size)
		scap__record_unknown(record, CATEGORY, 0, cell->size, E_UNKNOWN_PART,
		                     "part of a session", names, 1u << NAME_PART);
}

static bool load_exercise(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct exercise *list, exercise = {.variant_of = NONE};
	struct name *name;

	if (base->nexercises == LIMIT_EXERCISES) {
		scap__record_error(record, NAME, E_TOO_MANY, "over %d exercises", LIMIT_EXERCISES);
		return true;
	}
	list = scap__arena_grow(base->arena, base->exercises, base->nexercises, sizeof(*list));
	if (!list || !scap__record_define(record, NAME, base->targets, NAME_EXERCISE,
	                                  base->nexercises, &name))
		return false;
	base->exercises = list;
	exercise.name = name ? name->text : "";
	exercise.label = scap__record_text(record, LABEL);
	exercise.position = scap__record_text(record, POSITION);
	exercise.muscles = scap__record_text(record, MUSCLES);
	exercise.eases = scap__record_text(record, EASES);
	exercise.benefit = scap__record_text(record, BENEFIT);
	exercise.caution = scap__record_text(record, CAUTION);
	exercise.equipment_text = scap__record_text(record, EQUIPMENT);
	exercise.seconds = (unsigned)scap__record_number(record, SECONDS, 1, 3600, 1);
	exercise.origin = scap__record_origin(record);
	read_part(record, &exercise);
	if (!read_tags(record, &exercise) ||
	    !scap__record_sources(record, SOURCE, &exercise.cited))
		return false;
	if (name)
		list[base->nexercises++] = exercise;
	return true;
}

static int source_order(const void *a, const void *b)
{
	return strcmp(((const struct source_row *)a)->name, ((const struct source_row *)b)->name);
}

static int tag_order(const void *a, const void *b)
{
	return strcmp(((const struct tag *)a)->name, ((const struct tag *)b)->name);
}

static int exercise_order(const void *a, const void *b)
{
	return strcmp(((const struct exercise *)a)->name, ((const struct exercise *)b)->name);
}

/* The exercise that a cell names, or NULL (reported unless blank). */
static struct exercise *find_exercise(const struct record *record, size_t column)
{
	struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, column);
	const struct name *name = scap__names_find(base->targets, cell->text, cell->size);

	if (name && name->kind == NAME_EXERCISE)
		return &base->exercises[name->index];
	if (cell->size)
		scap__record_unknown(record, column, 0, cell->size, E_UNKNOWN_EXERCISE, "exercise",
		                     base->targets, 1u << NAME_EXERCISE);
	return NULL;
}

/* The exercise of a row of exercises.csv; NULL if its name was refused. */
static struct exercise *own_exercise(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, NAME);
	const struct name *name = scap__names_find(base->targets, cell->text, cell->size);

	return name && name->kind == NAME_EXERCISE && name->line == record->row->line
	               ? &base->exercises[name->index] : NULL;
}

static bool load_variant(const struct record *record)
{
	struct exercise *exercise, *of = find_exercise(record, VARIANT);

	if (!of)
		return true;
	exercise = own_exercise(record);
	if (exercise)
		exercise->variant_of = (int)(of - record->loader->base->exercises);
	return true;
}

static bool load_step(const struct record *record)
{
	struct exercise *exercise = find_exercise(record, 0);
	long step = scap__record_number(record, 1, 1, 99, 0);
	const char **steps;

	if (!exercise || !step)
		return true;
	while ((size_t)step > exercise->nsteps) {
		steps = scap__arena_grow(record->loader->arena, exercise->steps, exercise->nsteps,
		                         sizeof(*steps));
		if (!steps)
			return false;
		exercise->steps = steps;
		steps[exercise->nsteps++] = NULL;
	}
	if (exercise->steps[step - 1])
		scap__record_error(record, 1, E_DUPLICATE_ROW, "'%s' has a step %ld already",
		                   exercise->name, step);
	exercise->steps[step - 1] = scap__record_text(record, 2);
	return true;
}

/* Steps may be numbered with gaps; close them. */
static void close_gaps(struct exercise *exercise)
{
	size_t kept = 0;

	for (size_t i = 0; i < exercise->nsteps; i++)
		if (exercise->steps[i])
			exercise->steps[kept++] = exercise->steps[i];
	exercise->nsteps = kept;
}

static void read_dose(const struct record *record, struct dose *dose)
{
	int *const fields[] = {&dose->sets_min, &dose->sets_max, &dose->reps_min, &dose->reps_max,
	                       &dose->hold_min, &dose->hold_max, &dose->sides, &dose->per_week,
	                       &dose->per_day};
	static const struct {
		long low, high;
	} bounds[] = {{1, 20}, {1, 20}, {1, 200}, {1, 200}, {0, 600}, {0, 600}, {1, 2},
	              {1, 14}, {1, 10}};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		*fields[i] = (int)scap__record_number(record, 2 + i, bounds[i].low,
		                                      bounds[i].high, -1);
	for (size_t i = 0; i < 6; i += 2) {
		if (*fields[i] < 0)
			*fields[i] = *fields[i + 1];
		if (*fields[i + 1] < 0)
			*fields[i + 1] = *fields[i];
		if (*fields[i] > *fields[i + 1])
			scap__record_error(record, 2 + i, E_BAD_RANGE,
			                   "the least is more than the most");
	}
}

static bool load_dose(const struct record *record)
{
	struct exercise *exercise = find_exercise(record, 0);
	struct citation cited = {0};
	struct dose dose, *doses;

	if (!scap__record_sources(record, 1, &cited))
		return false;
	read_dose(record, &dose);
	if (!exercise || cited.nsources != 1) {
		if (cited.nsources > 1)
			scap__record_error(record, 1, E_DUPLICATE_ROW,
			                   "a dose has one source; write a row for each");
		return true;
	}
	dose.source = cited.sources[0];
	for (size_t i = 0; i < exercise->ndoses; i++)
		if (exercise->doses[i].source == dose.source)
			scap__record_error(record, 1, E_DUPLICATE_ROW,
			                   "'%s' has a dose from this source already",
			                   exercise->name);
	doses = scap__arena_grow(record->loader->arena, exercise->doses, exercise->ndoses,
	                         sizeof(*doses));
	if (!doses)
		return false;
	exercise->doses = doses;
	doses[exercise->ndoses++] = dose;
	return true;
}

static void merge(int *low, int *high, int from, int to)
{
	if (from < 0)
		return;
	if (*low < 0 || from < *low)
		*low = from;
	if (to > *high)
		*high = to;
}

/* The range over all sources; what none says is once, without a hold. */
static void merge_doses(struct exercise *exercise)
{
	struct dose *all = &exercise->merged;
	int sides = -1, week = -1, day = -1;

	*all = (struct dose){0, -1, -1, -1, -1, -1, -1, -1, -1, -1};
	for (size_t i = 0; i < exercise->ndoses; i++) {
		const struct dose *one = &exercise->doses[i];

		merge(&all->sets_min, &all->sets_max, one->sets_min, one->sets_max);
		merge(&all->reps_min, &all->reps_max, one->reps_min, one->reps_max);
		merge(&all->hold_min, &all->hold_max, one->hold_min, one->hold_max);
		merge(&sides, &all->sides, one->sides, one->sides);
		merge(&week, &all->per_week, one->per_week, one->per_week);
		merge(&day, &all->per_day, one->per_day, one->per_day);
	}
	if (all->sets_min < 0)
		all->sets_min = all->sets_max = 1;
	if (all->reps_min < 0)
		all->reps_min = all->reps_max = 1;
	if (all->hold_min < 0)
		all->hold_min = all->hold_max = 0;
	if (all->sides < 0)
		all->sides = 1;
}

/* The end of the chain of variants. A circle is reported by check_variant; here it
 * only has to come to an end. */
static unsigned head_of_family(const struct rulebase *base, size_t exercise)
{
	for (size_t i = 0; i < base->nexercises && base->exercises[exercise].variant_of != NONE; i++)
		exercise = (size_t)base->exercises[exercise].variant_of;
	return (unsigned)exercise;
}

/* The bit of a muscle; a new one is entered. *BIT is 0 when there are too many. */
static bool find_muscle(const struct record *record, const struct item *item, uint64_t *bit)
{
	struct rulebase *base = record->loader->base;
	const char **list;

	*bit = 0;
	for (size_t i = 0; i < base->nmuscles; i++)
		if (strlen(base->muscles[i]) == item->size &&
		    !memcmp(base->muscles[i], item->text, item->size)) {
			*bit = UINT64_C(1) << i;
			return true;
		}
	if (base->nmuscles == LIMIT_MUSCLES) {
		scap__record_part_error(record, MUSCLES, item->at, item->size, E_TOO_MANY,
		                        "exercises name over %d muscles", LIMIT_MUSCLES);
		return true;
	}
	list = scap__arena_grow(base->arena, base->muscles, base->nmuscles, sizeof(*list));
	if (!list)
		return false;
	base->muscles = list;
	list[base->nmuscles] = scap__arena_copy(base->arena, item->text, item->size);
	if (!list[base->nmuscles])
		return false;
	*bit = UINT64_C(1) << base->nmuscles++;
	return true;
}

/* An exercise that is a form of itself, alone or round a circle, has no head. */
static bool check_variant(const struct record *record)
{
	const struct rulebase *base = record->loader->base;
	const struct exercise *exercise = own_exercise(record), *at = exercise;

	for (size_t i = 0; at && at->variant_of != NONE && i < base->nexercises; i++) {
		at = &base->exercises[at->variant_of];
		if (at != exercise)
			continue;
		scap__record_error(record, VARIANT, E_CYCLE, "'%s' is a variant of itself",
		                   exercise->name);
		break;
	}
	return true;
}

static bool load_muscles(const struct record *record)
{
	struct exercise *exercise = own_exercise(record);
	const struct cell *cell = scap__record_cell(record, MUSCLES);
	struct item item;
	uint64_t bit;
	size_t at = 0;

	while (exercise && scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		if (!find_muscle(record, &item, &bit))
			return false;
		exercise->groups |= bit;
	}
	return true;
}

bool scap__load_catalogue(struct loader *loader)
{
	struct rulebase *base = loader->base;

	if (!scap__load_rows(loader, FILE_SOURCES, load_source) ||
	    !scap__load_rows(loader, FILE_TAGS, load_tag))
		return false;
	scap__load_sort(base->sources_by_name, base->sources, base->nsources, sizeof(*base->sources),
	          source_order);
	scap__load_sort(base->targets, base->tags, base->ntags, sizeof(*base->tags), tag_order);
	if (!scap__load_plan(loader))
		return false;
	if (!scap__load_rows(loader, FILE_EXERCISES, load_exercise))
		return false;
	scap__load_sort(base->targets, base->exercises, base->nexercises, sizeof(*base->exercises),
	          exercise_order);
	if (!scap__load_rows(loader, FILE_EXERCISES, load_variant) ||
	    !scap__load_rows(loader, FILE_STEPS, load_step) ||
	    !scap__load_rows(loader, FILE_DOSES, load_dose))
		return false;
	for (size_t i = 0; i < base->nexercises; i++) {
		close_gaps(&base->exercises[i]);
		merge_doses(&base->exercises[i]);
		base->exercises[i].family = head_of_family(base, i);
	}
	return scap__load_rows(loader, FILE_EXERCISES, check_variant) &&
	       scap__load_rows(loader, FILE_EXERCISES, load_muscles);
}

static void unknown_need(const struct record *record, const struct scap_question *question,
                         const struct item *item, size_t at)
{
	struct near near = scap__near_begin(item->text, item->size);
	char hint[96];

	for (size_t i = 0; i < question->nchoices; i++)
		scap__near_offer(&near, question->choices[i].name);
	scap__record_part_error(record, EQUIPMENT, at, item->size, E_UNKNOWN_CHOICE,
	                        "'%.*s' is no choice of '%s'%s", (int)item->size, item->text,
	                        question->name, scap__near_hint(&near, hint));
}

/* An item of the equipment list: `mat`, or `band|cable` where either will do. */
static void read_need(const struct record *record, const struct scap_question *question,
                      const struct item *need, struct need *out)
{
	struct item item;
	size_t at = 0;

	out->any = 0;
	while (scap__list_next(need->text, need->size, '|', &at, &item)) {
		size_t i = 0;

		while (i < question->nchoices &&
		       (strncmp(question->choices[i].name, item.text, item.size) != 0 ||
		        question->choices[i].name[item.size]))
			i++;
		if (i < question->nchoices)
			out->any |= UINT64_C(1) << i;
		else
			unknown_need(record, question, &item, need->at + item.at);
	}
}

static bool load_needs(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct exercise *exercise = own_exercise(record);
	const struct cell *cell = scap__record_cell(record, EQUIPMENT);
	struct need *needs;
	struct item item;
	size_t at = 0;

	if (!exercise || !cell->size)
		return true;
	if (base->settings.equipment_question == DOUBTFUL)
		return true;
	if (base->settings.equipment_question == NONE) {
		scap__record_error(record, EQUIPMENT, E_UNKNOWN_QUESTION,
		                   "pack.csv names no equipment_question");
		return true;
	}
	while (scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		needs = scap__arena_grow(base->arena, exercise->needs, exercise->nneeds,
		                         sizeof(*needs));
		if (!needs)
			return false;
		exercise->needs = needs;
		read_need(record, &base->questions[base->settings.equipment_question].shown, &item,
		          &needs[exercise->nneeds++]);
	}
	return true;
}

bool scap__load_equipment(struct loader *loader)
{
	return scap__load_rows(loader, FILE_EXERCISES, load_needs);
}
