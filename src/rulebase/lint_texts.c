/* SPDX-License-Identifier: MIT
 *
 * Names that are taken for each other, texts that don't fit, exercises without
 * tags: what a reader of the tables or a person at a screen stumbles over.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "rulebase/lint.h"

/* A telephone shows some 40 characters in a line and 20 lines. A question with two
 * answers leaves room for 4 lines of it; a list of choices for 3 lines of each; what
 * is read by itself, for 6. */
enum { LABEL_LONG = 160, CHOICE_LONG = 120, TEXT_LONG = 240 };

/* Short names are all near each other. */
enum { NAME_SHORT = 4 };

/* True where the word around a byte of a name has a digit: such words are there to tell
 * names apart. */
static bool is_numbered(const char *name, size_t at)
{
	size_t end = at + strcspn(name + at, "_");

	while (at && name[at - 1] != '_')
		at--;
	return strcspn(name + at, "0123456789") < end - at;
}

/* True where two names differ by one letter, or two that changed places. */
static bool one_apart(const char *a, const char *b)
{
	size_t asize = strlen(a), bsize = strlen(b), head = 0, tail = 0;

	if (asize < NAME_SHORT || bsize < NAME_SHORT)
		return false;
	while (a[head] && a[head] == b[head])
		head++;
	while (tail < asize - head && tail < bsize - head &&
	       a[asize - tail - 1] == b[bsize - tail - 1])
		tail++;
	asize -= head + tail;
	bsize -= head + tail;
	if (is_numbered(a, head) || is_numbered(b, head))
		return false;
	return (asize <= 1 && bsize <= 1) ||
	       (asize == 2 && bsize == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]);
}

/* ---- Names that are near each other ---------------------------------------------------- */

/* In which column of its file a name stands. */
static size_t name_column(enum pack_file file, const struct name *name)
{
	if (file == FILE_QUESTIONS)
		return 1;
	return file == FILE_FINDINGS && name->kind == NAME_FINDING ? 2 : 0;
}

static struct place name_place(const struct lint *lint, const struct name *name)
{
	for (int file = 0; file < PACK_FILES; file++)
		if (lint->base->loader->tables[file].source.file == name->file)
			return scap__lint_place(lint, (enum pack_file)file, name->line,
			                        name_column((enum pack_file)file, name));
	return (struct place){0};
}

static void tell_near(struct lint *lint, const struct name *a, const struct name *b)
{
	bool later = strcmp(a->file, b->file) ? strcmp(a->file, b->file) > 0 : a->line > b->line;
	const struct name *told = later ? a : b, *other = later ? b : a;

	scap__lint_tell(lint, E_NEAR_NAMES, told->text, name_place(lint, told), "",
	                "'%s' is easily taken for '%s' in line %u of %s", told->text, other->text,
	                other->line, strrchr(other->file, '/') ? strrchr(other->file, '/') + 1
	                                                       : other->file);
}

static void look_at_names(struct lint *lint, const struct names *names)
{
	for (size_t i = 0; i < scap__names_count(names); i++)
		for (size_t j = i + 1; j < scap__names_count(names); j++) {
			const struct name *a = scap__names_at(names, i);
			const struct name *b = scap__names_at(names, j);

			if (one_apart(a->text, b->text))
				tell_near(lint, a, b);
		}
}

static void look_at_choices(struct lint *lint, const struct list *list)
{
	char where[2 * LIMIT_NAME_BYTES + 2];

	for (size_t i = 0; i < list->count; i++)
		for (size_t j = 0; j < i; j++) {
			unsigned line = scap__lint_line(lint, FILE_CHOICES, list->name,
			                                list->choices[i].name);

			if (!one_apart(list->choices[i].name, list->choices[j].name))
				continue;
			snprintf(where, sizeof(where), "%s.%s", list->name, list->choices[i].name);
			scap__lint_tell(lint, E_NEAR_NAMES, where,
			                scap__lint_place(lint, FILE_CHOICES, line, 1), "",
			                "'%s' is easily taken for '%s' of the same list",
			                list->choices[i].name, list->choices[j].name);
		}
}

/* ---- Texts ------------------------------------------------------------------------------- */

static void look_at_text(struct lint *lint, const char *where, const char *text, size_t most,
                         enum pack_file file, unsigned line, size_t column)
{
	size_t length = scap__text_length(text, strlen(text));

	if (length > most)
		scap__lint_tell(lint, E_LONG_TEXT, where,
		                scap__lint_place(lint, file, line, column), "",
		                "%zu characters are too long for a small screen: %zu fit", length,
		                most);
}

static void look_at_questions(struct lint *lint)
{
	for (size_t i = 0; i < lint->base->nquestions; i++) {
		const struct question *question = &lint->base->questions[i];
		const struct scap_question *shown = &question->shown;

		look_at_text(lint, shown->name, shown->label, LABEL_LONG, FILE_QUESTIONS,
		             question->origin.line, 2);
		look_at_text(lint, shown->name, shown->hint, TEXT_LONG, FILE_QUESTIONS,
		             question->origin.line, 3);
		look_at_text(lint, shown->name, shown->constraint_message, LABEL_LONG,
		             FILE_QUESTIONS, question->origin.line, 6);
	}
}

static void look_at_lists(struct lint *lint)
{
	char where[2 * LIMIT_NAME_BYTES + 2];

	for (size_t i = 0; i < lint->base->nlists; i++) {
		const struct list *list = &lint->base->lists[i];

		look_at_choices(lint, list);
		for (size_t j = 0; j < list->count; j++) {
			snprintf(where, sizeof(where), "%s.%s", list->name, list->choices[j].name);
			look_at_text(lint, where, list->choices[j].label, CHOICE_LONG, FILE_CHOICES,
			             scap__lint_line(lint, FILE_CHOICES, list->name,
			                             list->choices[j].name), 2);
		}
	}
}

/* What a person reads of a rule, and in which columns it stands. */
static void look_at_rules(struct lint *lint)
{
	static const struct {
		size_t because, advice;
	} columns[RULE_KINDS] = {
		[RULE_FINDING] = {3, 0},       [RULE_ESCALATION] = {4, 5},
		[RULE_CONTRAINDICATION] = {4, 0}, [RULE_ADJUSTMENT] = {8, 7},
		[RULE_PREFERENCE] = {4, 0},    [RULE_WATCH] = {2, 3},
	};

	for (size_t i = 0; i < lint->base->nrules; i++) {
		const struct rule *rule = &lint->base->rules[i];
		enum pack_file file = scap__rule_file(rule->kind);

		look_at_text(lint, rule->id, rule->because, TEXT_LONG, file, rule->origin.line,
		             columns[rule->kind].because);
		look_at_text(lint, rule->id, rule->advice, TEXT_LONG, file, rule->origin.line,
		             columns[rule->kind].advice);
	}
}

static void look_at_levels(struct lint *lint)
{
	for (size_t i = 0; i < lint->base->nlevels; i++) {
		const struct level *level = &lint->base->levels[i];

		look_at_text(lint, level->shown.name, level->shown.label, CHOICE_LONG, FILE_LEVELS,
		             level->origin.line, 1);
		look_at_text(lint, level->shown.name, level->shown.action, TEXT_LONG, FILE_LEVELS,
		             level->origin.line, 4);
	}
}

static void look_at_exercises(struct lint *lint)
{
	for (size_t i = 0; i < lint->base->nexercises; i++) {
		const struct exercise *exercise = &lint->base->exercises[i];
		unsigned line = exercise->origin.line;

		look_at_text(lint, exercise->name, exercise->label, CHOICE_LONG, FILE_EXERCISES,
		             line, 1);
		if (exercise->ntags || exercise->tagless)
			continue;
		scap__lint_tell(lint, E_NO_TAGS, exercise->name,
		                scap__lint_place(lint, FILE_EXERCISES, line, 4), "",
		                "'%s' has no tags: no rule that names tags can leave it out",
		                exercise->name);
	}
}

void scap__lint_texts(struct lint *lint)
{
	const struct rulebase *base = lint->base;

	look_at_names(lint, base->names);
	look_at_names(lint, base->rule_ids);
	look_at_names(lint, base->targets);
	look_at_names(lint, base->sources_by_name);
	look_at_questions(lint);
	look_at_lists(lint);
	look_at_rules(lint);
	look_at_levels(lint);
	look_at_exercises(lint);
}
