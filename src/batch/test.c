/* SPDX-License-Identifier: MIT
 *
 * Runs a clinician's cases: what is not as it should be, and what no case tries.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "batch/aims.h"
#include "batch/suggest.h"

struct testing {
	struct cases cases;
	struct tested tested;
	struct arena *arena;
	size_t nfaults;      /* of the case under way */
	const char **faults;
	bool no_memory;
};

/* Something that is not as the case has it. */
static void __attribute__((format(printf, 2, 3))) fault(struct testing *t, const char *format, ...)
{
	char text[512];
	const char **list = scap__arena_grow(t->arena, t->faults, t->nfaults, sizeof(*list));
	va_list args;

	t->no_memory |= !list;
	if (!list)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	t->faults = list;
	list[t->nfaults] = scap__arena_copy(t->arena, text, strlen(text));
	t->no_memory |= !list[t->nfaults];
	t->nfaults++;
}

static const char *truth_text(enum truth_word truth)
{
	return truth == TRUTH_YES ? "holds" : truth == TRUTH_NO ? "does not hold" : "is not known";
}

static void check_level(struct testing *t, const struct scenario *s, const scap_decision *decision)
{
	const struct rulebase *base = t->tested.pack->base;
	unsigned level = scap__verdict_level(&decision->verdict);

	if (s->level != NONE && (unsigned)s->level != level)
		fault(t, "the level is %s, not %s", base->levels[level].shown.name,
		      base->levels[s->level].shown.name);
	if (s->routine == 1 && !decision->session->count)
		fault(t, "there is no routine");
	if (s->routine == 0 && decision->session->count)
		fault(t, "there is a routine");
}

static enum truth_word truth_of(const struct testing *t, const scap_decision *decision, unsigned rule)
{
	return scap__decision_truth(decision, t->tested.pack->net->rule_node[rule]);
}

static void check_rules(struct testing *t, const struct scenario *s, const scap_decision *decision)
{
	const struct rule *rules = t->tested.pack->base->rules;

	for (size_t i = 0; i < s->nrules; i++) {
		enum truth_word truth = truth_of(t, decision, s->rules[i].rule);

		if (truth != (s->rules[i].possible ? TRUTH_UNKNOWN : TRUTH_YES))
			fault(t, "rule %s %s", rules[s->rules[i].rule].id,
			      truth_text(truth));
	}
	for (size_t i = 0; i < s->nnot; i++) {
		enum truth_word truth = truth_of(t, decision, s->not_rules[i]);

		if (truth != TRUTH_NO)
			fault(t, "rule %s %s, and must not", rules[s->not_rules[i]].id,
			      truth_text(truth));
	}
}

static void check_exercises(struct testing *t, const struct scenario *s,
                            const scap_decision *decision)
{
	const struct rulebase *base = t->tested.pack->base;

	for (size_t i = 0; i < base->nexercises; i++) {
		bool excluded = decision->selection->excluded[i];
		const char *name = base->exercises[i].name;

		if (s->excluded[i] && !excluded)
			fault(t, "%s is not left out", name);
		if ((s->allowed[i] || s->nothing_excluded) && excluded)
			fault(t, "%s is left out", name);
	}
}

/* What the case tries. */
static void note_aims(struct testing *t, const scap_decision *decision)
{
	struct aims *aims = &t->tested.aims;

	for (size_t i = 0; i < aims->count; i++) {
		struct aim *aim = &aims->list[i];

		if (!scap__aim_met(aims, aim, decision))
			continue;
		if (aim->count < AIM_CASES)
			aim->first[aim->count] = (unsigned)t->tested.ncases;
		aim->count++;
	}
}

/* The escalations that are certain, or open (`?`), the most urgent first. */
static const char *reasons_of(struct testing *t, const scap_decision *decision)
{
	const struct layout *layout = decision->verdict.layout;
	struct buffer out;
	const char *text;

	scap__buffer_init(&out, TEXT_LIMIT);
	for (size_t i = 0; i < layout->nreasons; i++)
		if (scap__verdict_reason(&decision->verdict, i))
			scap__buffer_printf(&out, "%s%s%s", out.size ? ";" : "",
			                    t->tested.pack->base->rules[layout->reasons[i].rule].id,
			                    layout->reasons[i].certain ? "" : "?");
	text = out.failed ? NULL : scap__arena_copy(t->arena, out.data ? out.data : "", out.size);
	scap__buffer_free(&out);
	t->no_memory |= !text;
	return text;
}

static void keep_case(struct testing *t, const struct scenario *s, const scap_decision *decision)
{
	t->tested.cases[t->tested.ncases++] = (struct told_case){
		.id = s->id, .story = s->story, .line = s->line,
		.answers = s->answers_text, .others = s->others,
		.rules = s->rules_text, .not_rules = s->not_text,
		.excluded = s->excluded_text, .allowed = s->allowed_text,
		.expected = s->level, .routine = s->routine,
		.level = scap__verdict_level(&decision->verdict),
		.nexercises = decision->session->count,
		.reasons = reasons_of(t, decision),
		.nfaults = t->nfaults, .faults = t->faults,
	};
	t->tested.nfailed += t->nfaults > 0;
}

static void run_case(struct testing *t, const struct scenario *s)
{
	scap_decision *decision = scap_decide(s->answers);

	t->nfaults = 0;
	t->faults = NULL;
	if (!decision) {
		t->no_memory = true;
		return;
	}
	check_level(t, s, decision);
	check_rules(t, s, decision);
	check_exercises(t, s, decision);
	note_aims(t, decision);
	keep_case(t, s, decision);
	scap_decision_free(decision);
}

/* ---- The whole run -------------------------------------------------------------------- */

/* The columns of the file and the sign between them: new cases are to go behind it. */
static bool keep_columns(struct testing *t)
{
	const struct table *table = &t->cases.table;
	struct tested *tested = &t->tested;
	size_t from;

	tested->separator = ',';
	tested->columns = scap__arena_array(t->arena, table->ncolumns + 1,
	                                    sizeof(*tested->columns));
	if (!tested->columns || !table->header)
		return tested->columns != NULL;
	for (size_t i = 0; i < table->ncolumns; i++)
		tested->columns[tested->ncolumns++] = table->header[i].text;
	from = table->header[0].at + table->header[0].size;
	while (from < table->source.size && !strchr(",;\n", table->source.bytes[from]))
		from++;
	if (from < table->source.size && table->source.bytes[from] == ';')
		tested->separator = ';';
	return true;
}

static bool prepare(struct testing *t)
{
	t->tested.cases = scap__arena_array(t->arena, t->cases.count + 1,
	                                    sizeof(*t->tested.cases));
	return t->tested.cases && keep_columns(t) &&
	       scap__aims_make(&t->tested.aims, t->arena, t->tested.pack);
}

static void count(const struct tested *tested, struct scap_test_counts *counts)
{
	const struct aims *aims = &tested->aims;

	*counts = (struct scap_test_counts){
		.cases = tested->ncases,
		.failed = tested->nfailed,
		.unfired = scap__aims_unmet(aims, AIM_RULE),
		.unoffered = scap__aims_unmet(aims, AIM_OFFERED),
		.unexcluded = scap__aims_unmet(aims, AIM_LEFT_OUT),
		.undecided = scap__aims_left(aims, AIM_PART),
		.onesided = scap__aims_left(aims, AIM_SIDE),
		.unbordered = scap__aims_left(aims, AIM_BORDER),
		.suggested = tested->nsuggestions,
	};
}

static unsigned send(const struct tested *tested, void (*make)(const struct tested *, struct buffer *),
                     scap_write_fn *write, void *ctx)
{
	struct buffer out;

	scap__buffer_init(&out, TEXT_LIMIT);
	make(tested, &out);
	return scap__buffer_send(&out, write, ctx);
}

static unsigned send_all(const struct tested *tested, const struct scap_test_options *options,
                         scap_write_fn *write, void *ctx)
{
	unsigned code = options->format == SCAP_TEXT
	                        ? send(tested, scap__tested_text, write, ctx)
	                        : scap__data_send(scap__tested_data(tested), write, ctx);

	if (!code && options->page)
		code = send(tested, scap__tested_page, options->page, options->page_ctx);
	if (!code && options->rows)
		code = send(tested, scap__tested_rows, options->rows, options->rows_ctx);
	return code;
}

static unsigned run(struct testing *t, const struct scap_test_options *options,
                    scap_write_fn *write, void *ctx, struct scap_test_counts *counts)
{
	if (!prepare(t))
		return E_NO_MEMORY;
	t->tested.nmistakes = scap_report_errors(t->cases.report);
	for (size_t i = 0; i < t->cases.count && !t->no_memory; i++)
		run_case(t, &t->cases.list[i]);
	if (t->no_memory || !scap__suggest(&t->tested, &t->cases, t->arena))
		return E_NO_MEMORY;
	count(&t->tested, counts);
	return send_all(&t->tested, options, write, ctx);
}

unsigned scap_test(const scap_pack *pack, const struct scap_test_options *options,
                   const char *bytes, size_t size, scap_write_fn *write, void *ctx,
                   scap_report *report, struct scap_test_counts *counts)
{
	struct testing t = {.tested = {.pack = pack, .file = options->file, .all = options->all}};
	unsigned code = E_NO_MEMORY;

	*counts = (struct scap_test_counts){0};
	t.arena = scap__arena_new();
	if (scap__cases_read(&t.cases, pack, options->file, bytes, size, report) && t.arena)
		code = run(&t, options, write, ctx, counts);
	scap__report_sort(report);
	scap__cases_free(&t.cases);
	scap__arena_free(t.arena);
	return code;
}
