/* SPDX-License-Identifier: MIT
 *
 * Runs a clinician's cases: what is not as it should be, and what no case tries.
 */
#include <stdlib.h>
#include <string.h>

#include "batch/cases.h"
#include "report/data.h"
#include "report/text.h"

struct testing {
	struct cases cases;
	struct scap_test_counts *counts;
	bool *fired;    /* of each rule: certain in some case */
	bool *offered;  /* of each exercise: in the session of some case */
	bool *left_out; /* of each exercise: excluded in some case, or by no rule at all */
	size_t excludable;
	struct buffer out;
	json_t *failures;
	bool no_memory;
};

/* Something that is not as the case has it. */
static void __attribute__((format(printf, 3, 4))) fault(struct testing *t, json_t *list,
                                                        const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	t->no_memory |= !scap__data_add(list, scap__data_text(text));
}

static const char *truth_text(enum truth_word truth)
{
	return truth == TRUTH_YES ? "holds" : truth == TRUTH_NO ? "does not hold" : "is not known";
}

static void check_level(struct testing *t, const struct scenario *s, const scap_decision *decision,
                        json_t *faults)
{
	const struct rulebase *base = t->cases.pack->base;
	unsigned level = scap__verdict_level(&decision->verdict);

	if (s->level != NONE && (unsigned)s->level != level)
		fault(t, faults, "the level is %s, not %s", base->levels[level].shown.name,
		      base->levels[s->level].shown.name);
	if (s->routine == 1 && !decision->session->count)
		fault(t, faults, "there is no routine");
	if (s->routine == 0 && decision->session->count)
		fault(t, faults, "there is a routine");
}

static enum truth_word truth_of(const struct testing *t, const scap_decision *decision, unsigned rule)
{
	return scap__decision_truth(decision, t->cases.pack->net->rule_node[rule]);
}

static void check_rules(struct testing *t, const struct scenario *s, const scap_decision *decision,
                        json_t *faults)
{
	const struct rule *rules = t->cases.pack->base->rules;

	for (size_t i = 0; i < s->nrules; i++) {
		enum truth_word truth = truth_of(t, decision, s->rules[i].rule);

		if (truth != (s->rules[i].possible ? TRUTH_UNKNOWN : TRUTH_YES))
			fault(t, faults, "rule %s %s", rules[s->rules[i].rule].id,
			      truth_text(truth));
	}
	for (size_t i = 0; i < s->nnot; i++) {
		enum truth_word truth = truth_of(t, decision, s->not_rules[i]);

		if (truth != TRUTH_NO)
			fault(t, faults, "rule %s %s, and must not", rules[s->not_rules[i]].id,
			      truth_text(truth));
	}
}

static void check_exercises(struct testing *t, const struct scenario *s,
                            const scap_decision *decision, json_t *faults)
{
	const struct rulebase *base = t->cases.pack->base;

	for (size_t i = 0; i < base->nexercises; i++) {
		bool excluded = decision->selection->excluded[i];
		const char *name = base->exercises[i].name;

		if (s->excluded[i] && !excluded)
			fault(t, faults, "%s is not left out", name);
		if ((s->allowed[i] || s->nothing_excluded) && excluded)
			fault(t, faults, "%s is left out", name);
		t->left_out[i] |= excluded;
		t->offered[i] |= decision->session->place[i] == SESSION_CHOSEN;
	}
}

static void note_rules(struct testing *t, const scap_decision *decision)
{
	for (unsigned i = 0; i < t->cases.pack->base->nrules; i++)
		t->fired[i] |= truth_of(t, decision, i) == TRUTH_YES;
}

static void tell_case(struct testing *t, const struct scenario *s, json_t *faults)
{
	json_t *one = json_object(), *text;
	size_t i;

	scap__buffer_printf(&t->out, "%s:%u: %s\n", t->cases.table.source.file, s->line, s->id);
	scap__text_item(&t->out, 2, "", s->story);
	json_array_foreach(faults, i, text)
		scap__text_item(&t->out, 4, "  -", json_string_value(text));
	if (!scap__data_set(one, "case", scap__data_text(s->id)) ||
	    !scap__data_set(one, "line", json_integer(s->line)) ||
	    !scap__data_set(one, "story", scap__data_text(s->story)) ||
	    !scap__data_set(one, "faults", json_incref(faults))) {
		json_decref(one);
		t->no_memory = true;
		return;
	}
	t->no_memory |= !scap__data_add(t->failures, one);
}

static void run_case(struct testing *t, const struct scenario *s)
{
	scap_decision *decision = scap_decide(s->answers);
	json_t *faults = json_array();

	if (!decision || !faults) {
		t->no_memory = true;
	} else {
		check_level(t, s, decision, faults);
		check_rules(t, s, decision, faults);
		check_exercises(t, s, decision, faults);
		note_rules(t, decision);
		if (json_array_size(faults)) {
			t->counts->failed++;
			tell_case(t, s, faults);
		}
	}
	json_decref(faults);
	scap_decision_free(decision);
}

/* ---- What no case tries ------------------------------------------------------------------ */

/* A line with the names that have no mark, and the same as a list. */
static json_t *tell_untried(struct testing *t, const char *what, const bool *marks, size_t count,
                            const char *(*name)(const struct rulebase *, size_t), size_t *untried)
{
	const struct rulebase *base = t->cases.pack->base;
	json_t *list = json_array();
	struct buffer text;

	scap__buffer_init(&text, TEXT_LIMIT);
	for (size_t i = 0; i < count; i++) {
		if (marks[i])
			continue;
		scap__buffer_printf(&text, "%s%s", (*untried)++ ? ", " : " ", name(base, i));
		t->no_memory |= !scap__data_add(list, scap__data_text(name(base, i)));
	}
	if (*untried && scap__buffer_string(&text))
		scap__text_itemf(&t->out, 2, "", "%s:%s", what, text.data);
	t->no_memory |= text.failed || !list;
	scap__buffer_free(&text);
	return list;
}

static const char *rule_name(const struct rulebase *base, size_t i)
{
	return base->rules[i].id;
}

static const char *exercise_name(const struct rulebase *base, size_t i)
{
	return base->exercises[i].name;
}

static json_t *tell_coverage(struct testing *t)
{
	const struct rulebase *base = t->cases.pack->base;
	struct scap_test_counts *counts = t->counts;
	json_t *out = json_object();
	bool ok = scap__data_set(out, "unfired_rules",
	                         tell_untried(t, "rules that no case fires", t->fired, base->nrules,
	                                      rule_name, &counts->unfired)) &&
	          scap__data_set(out, "unoffered_exercises",
	                         tell_untried(t, "exercises that no case offers", t->offered,
	                                      base->nexercises, exercise_name,
	                                      &counts->unoffered)) &&
	          scap__data_set(out, "unexcluded_exercises",
	                         tell_untried(t, "exercises that no case leaves out", t->left_out,
	                                      base->nexercises, exercise_name,
	                                      &counts->unexcluded));

	t->no_memory |= !ok;
	return out;
}

static unsigned send_text(struct testing *t, scap_write_fn *write, void *ctx)
{
	const struct scap_test_counts *counts = t->counts;
	const struct rulebase *base = t->cases.pack->base;

	scap__buffer_printf(&t->out,
	                    "%zu cases: %zu as they should be, %zu not; %zu of %zu rules fired, "
	                    "%zu of %zu exercises offered, %zu of %zu left out\n",
	                    counts->cases, counts->cases - counts->failed, counts->failed,
	                    base->nrules - counts->unfired, base->nrules,
	                    base->nexercises - counts->unoffered, base->nexercises,
	                    t->excludable - counts->unexcluded, t->excludable);
	return scap__buffer_send(&t->out, write, ctx);
}

static unsigned send_data(struct testing *t, json_t *coverage, scap_write_fn *write, void *ctx)
{
	json_t *out = json_object();
	bool ok = scap__data_set(out, "schema", scap__data_text("scapula.test/1")) &&
	          scap__data_set(out, "pack", scap__data_pack(t->cases.pack)) &&
	          scap__data_set(out, "cases", json_integer((json_int_t)t->counts->cases)) &&
	          scap__data_set(out, "failures", json_incref(t->failures)) &&
	          scap__data_set(out, "coverage", json_incref(coverage));

	if (!ok) {
		json_decref(out);
		out = NULL;
	}
	return scap__data_send(out, write, ctx);
}

/* What no rule leaves out needs no case that does. */
static void pass_over_harmless(struct testing *t)
{
	const struct rulebase *base = t->cases.pack->base;

	memset(t->left_out, true, base->nexercises);
	for (size_t i = base->first_rule[RULE_CONTRAINDICATION];
	     i < base->first_rule[RULE_CONTRAINDICATION + 1]; i++)
		for (size_t j = 0; j < base->rules[i].ntargets; j++)
			t->left_out[base->rules[i].targets[j]] = false;
	for (size_t i = 0; i < base->nexercises; i++)
		t->excludable += !t->left_out[i];
}

static bool prepare(struct testing *t, const scap_pack *pack)
{
	scap__buffer_init(&t->out, TEXT_LIMIT);
	t->fired = calloc(pack->base->nrules + 1, sizeof(bool));
	t->offered = calloc(pack->base->nexercises + 1, sizeof(bool));
	t->left_out = calloc(pack->base->nexercises + 1, sizeof(bool));
	t->failures = json_array();
	return t->fired && t->offered && t->left_out && t->failures;
}

static unsigned run(struct testing *t, enum scap_format format, scap_write_fn *write, void *ctx)
{
	json_t *coverage;
	unsigned code;

	pass_over_harmless(t);
	t->counts->cases = t->cases.count;
	for (size_t i = 0; i < t->cases.count && !t->no_memory; i++)
		run_case(t, &t->cases.list[i]);
	coverage = tell_coverage(t);
	code = t->no_memory              ? E_NO_MEMORY
	       : format == SCAP_TEXT ? send_text(t, write, ctx)
	                             : send_data(t, coverage, write, ctx);
	json_decref(coverage);
	return code;
}

unsigned scap_test(const scap_pack *pack, const char *file, const char *bytes, size_t size,
                   enum scap_format format, scap_write_fn *write, void *ctx, scap_report *report,
                   struct scap_test_counts *counts)
{
	struct testing t = {.counts = counts};
	unsigned code = E_NO_MEMORY;

	*counts = (struct scap_test_counts){0};
	if (scap__cases_read(&t.cases, pack, file, bytes, size, report) && prepare(&t, pack))
		code = run(&t, format, write, ctx);
	scap__report_sort(report);
	scap__cases_free(&t.cases);
	scap__buffer_free(&t.out);
	json_decref(t.failures);
	free(t.fired);
	free(t.offered);
	free(t.left_out);
	return code;
}
