/* SPDX-License-Identifier: MIT
 *
 * The order in which findings can be worked out. What rests on what: a finding
 * on the questions and findings of its rules, a question on those of its
 * `relevant` cell. A circle is an error that prints itself.
 */
#include <string.h>

#include "base/buffer.h"
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

/* The cell that makes one thing rest on another. */
static struct origin link_origin(const struct rulebase *base, unsigned thing, unsigned on,
                                 const char **rule)
{
	const struct finding *finding;

	*rule = "relevant";
	if (thing < base->nquestions)
		return base->questions[thing].origin;
	finding = &base->findings[thing - base->nquestions];
	for (size_t i = 0; i < finding->nrules; i++) {
		const struct rule *one = &base->rules[finding->rules[i]];

		*rule = one->id;
		if (rests_on(base, one->when, on))
			return one->origin;
	}
	return (struct origin){"", 0};
}

static void report_circle(struct walk *walk, unsigned thing)
{
	const struct rulebase *base = walk->loader->base;
	enum pack_file file = thing < base->nquestions ? FILE_QUESTIONS : FILE_FINDINGS;
	struct source where = {.file = walk->loader->tables[file].source.file};
	struct buffer text;
	size_t start = walk->depth;

	scap__buffer_init(&text, 1 << 16);
	while (walk->path[start - 1] != thing)
		start--;
	for (size_t i = start - 1; i < walk->depth; i++) {
		unsigned next = i + 1 < walk->depth ? walk->path[i + 1] : thing;
		const char *rule;
		struct origin origin = link_origin(base, walk->path[i], next, &rule);
		const char *slash = strrchr(origin.file, '/');

		scap__buffer_printf(&text, "%s (%s, %s:%u) -> ", name_of(base, walk->path[i]), rule,
		                    slash ? slash + 1 : origin.file, origin.line);
	}
	scap__buffer_text(&text, name_of(base, thing));
	scap__report_add(walk->loader->report, E_CYCLE, (struct place){.source = &where},
	                 "a circle: %s", scap__buffer_string(&text) ? text.data : "");
	scap__buffer_free(&text);
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
		struct source where = {.file = "rules/findings.csv"};

		scap__report_add(walk->loader->report, E_TOO_MANY,
		                 (struct place){.source = &where},
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
