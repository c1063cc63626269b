/* SPDX-License-Identifier: MIT
 *
 * The order in which findings can be worked out. What rests on what: a finding
 * on the questions and findings of its rules, a question on those of its
 * `relevant` cell. A circle is an error that prints itself.
 */
#include <stdio.h>
#include <string.h>

#include "rulebase/loader.h"

/* Things are numbered: questions first, findings behind them. */
struct walk {
	struct loader *loader;
	unsigned char *state; /* 0 new, 1 on the path, 2 done */
	unsigned *path;
	size_t depth, ordered;
	bool no_memory;
};

static void visit(struct walk *walk, unsigned thing);

static void visit_cond(struct walk *walk, const struct cond *cond)
{
	if (!cond || walk->no_memory)
		return;
	if (cond->op == COND_TEST)
		visit(walk, cond->test.question);
	else if (cond->op == COND_FINDING)
		visit(walk, (unsigned)walk->loader->base->nquestions + cond->finding);
	for (size_t i = 0; i < cond->nitems; i++)
		visit_cond(walk, cond->items[i]);
}

static const char *name_of(const struct rulebase *base, unsigned thing)
{
	return thing < base->nquestions ? base->questions[thing].shown.name
	                                : base->findings[thing - base->nquestions].name;
}

static bool rests_on(const struct rulebase *base, const struct cond *cond, unsigned thing)
{
	if (!cond)
		return false;
	if (cond->op == COND_TEST)
		return cond->test.question == thing;
	if (cond->op == COND_FINDING)
		return base->nquestions + cond->finding == thing;
	for (size_t i = 0; i < cond->nitems; i++)
		if (rests_on(base, cond->items[i], thing))
			return true;
	return false;
}

/* The row that makes one thing rest on another. */
static struct origin link_origin(const struct rulebase *base, unsigned thing, unsigned on)
{
	const struct finding *finding;

	if (thing < base->nquestions)
		return base->questions[thing].origin;
	finding = &base->findings[thing - base->nquestions];
	for (size_t i = 0; i < finding->nrules; i++)
		if (rests_on(base, base->rules[finding->rules[i]].when, on))
			return base->rules[finding->rules[i]].origin;
	return (struct origin){"", 0};
}

/* The `relevant` or `when` cell of that row. */
static struct place link_place(const struct loader *loader, unsigned thing, unsigned on)
{
	bool question = thing < loader->base->nquestions;

	return scap__load_place(loader, question ? FILE_QUESTIONS : FILE_FINDINGS,
	                        link_origin(loader->base, thing, on).line, question ? 4 : 1);
}

/* `red (findings.csv:5) -> `; 0 if there is no room for it. */
static size_t write_link(const struct rulebase *base, unsigned thing, unsigned on, char *out,
                         size_t room)
{
	struct origin origin = link_origin(base, thing, on);
	const char *slash = strrchr(origin.file, '/');
	int size = snprintf(out, room, "%s (%s:%u) -> ", name_of(base, thing),
	                    slash ? slash + 1 : origin.file, origin.line);

	return size > 0 && (size_t)size < room ? (size_t)size : 0;
}

/* Tells of the circle at the end of the path that THING closes: as many of its
 * rows as a message holds, and how many more there are. */
static void report_circle(struct walk *walk, unsigned thing)
{
	const struct rulebase *base = walk->loader->base;
	char text[sizeof(((struct scap_error *)0)->message)] = "a circle: ";
	size_t room = sizeof(text) - sizeof("... and 99999 more -> ") - LIMIT_NAME_BYTES;
	size_t used = strlen(text), i = walk->depth, first;

	while (walk->path[i - 1] != thing)
		i--;
	for (first = --i; i < walk->depth; i++) {
		unsigned next = i + 1 < walk->depth ? walk->path[i + 1] : thing;
		size_t size = write_link(base, walk->path[i], next, text + used, room - used);

		if (!size)
			break;
		used += size;
	}
	if (i < walk->depth)
		used += (size_t)sprintf(text + used, "... and %zu more -> ", walk->depth - i);
	snprintf(text + used, sizeof(text) - used, "%s", name_of(base, thing));
	scap__report_add(walk->loader->report, E_CYCLE,
	                 link_place(walk->loader, thing,
	                            first + 1 < walk->depth ? walk->path[first + 1] : thing),
	                 "%s", text);
}

static void visit_parts(struct walk *walk, unsigned thing)
{
	const struct rulebase *base = walk->loader->base;

	if (thing < base->nquestions) {
		visit_cond(walk, base->questions[thing].relevant);
		return;
	}
	for (size_t i = 0; i < base->findings[thing - base->nquestions].nrules; i++)
		visit_cond(walk,
		           base->rules[base->findings[thing - base->nquestions].rules[i]].when);
}

static void visit(struct walk *walk, unsigned thing)
{
	struct rulebase *base = walk->loader->base;

	if (walk->state[thing] == 1)
		report_circle(walk, thing);
	if (walk->state[thing])
		return;
	if (walk->depth == LIMIT_FINDING_DEPTH) {
		scap__report_add(walk->loader->report, E_TOO_MANY,
		                 link_place(walk->loader, walk->path[walk->depth - 1], thing),
		                 "findings rest on each other over %d deep", LIMIT_FINDING_DEPTH);
		walk->state[thing] = 2;
		return;
	}
	walk->state[thing] = 1;
	walk->path[walk->depth++] = thing;
	visit_parts(walk, thing);
	walk->depth--;
	walk->state[thing] = 2;
	if (thing >= base->nquestions)
		base->finding_order[walk->ordered++] = thing - (unsigned)base->nquestions;
}

bool scap__load_order(struct loader *loader)
{
	struct rulebase *base = loader->base;
	size_t things = base->nquestions + base->nfindings;
	struct walk walk = {.loader = loader};

	walk.state = scap__arena_alloc(loader->arena, things + 1);
	walk.path = scap__arena_array(loader->arena, things + 1, sizeof(*walk.path));
	base->finding_order = scap__arena_array(loader->arena, base->nfindings + 1,
	                                        sizeof(*base->finding_order));
	if (!walk.state || !walk.path || !base->finding_order)
		return false;
	for (unsigned i = 0; i < things; i++)
		visit(&walk, i);
	return true;
}
