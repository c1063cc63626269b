/* SPDX-License-Identifier: MIT */
#include "prove/domain.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "prove/memory.h"

/* ---- Cuts --------------------------------------------------------------------------- */

static int64_t step_of(const struct question *question)
{
	return question->shown.type == SCAP_INTEGER ? NUMBER_ONE : 1;
}

/* The least answer that is no less than VALUE. */
static int64_t round_up(const struct question *question, int64_t value)
{
	int64_t step = step_of(question), rest = value % step;

	return rest ? value - rest + (rest > 0 ? step : 0) : value;
}

/* The least answer above VALUE. */
static int64_t next_above(const struct question *question, int64_t value)
{
	return round_up(question, value + 1);
}

static bool is_number(const struct question *question)
{
	return question->shown.type == SCAP_INTEGER || question->shown.type == SCAP_DECIMAL;
}

/* What is true at the constraint's low end or nowhere needs no cut. */
static void add_cut(const struct question *question, struct domain *domain, int64_t value)
{
	if (value <= question->low || value > question->high)
		return;
	domain->cuts = prove_grow(domain->cuts, domain->ncuts, sizeof(*domain->cuts));
	domain->cuts[domain->ncuts++] = value;
}

static void cut_at(const struct rulebase *base, struct domain *domains, const struct test *test)
{
	const struct question *question = &base->questions[test->question];
	struct domain *domain = &domains[test->question];

	if (!is_number(question))
		return;
	add_cut(question, domain, round_up(question, test->low));
	add_cut(question, domain, next_above(question, test->low));
	if (test->compare == COMPARE_IN)
		add_cut(question, domain, next_above(question, test->high));
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* ---- Variables ---------------------------------------------------------------------- */

static void order_cuts(struct domain *domain)
{
	size_t kept = 0;

	if (domain->ncuts)
		qsort(domain->cuts, domain->ncuts, sizeof(*domain->cuts), by_size);
	for (size_t i = 0; i < domain->ncuts; i++)
		if (!i || domain->cuts[i] != domain->cuts[kept - 1])
			domain->cuts[kept++] = domain->cuts[i];
	domain->ncuts = kept;
}

static void make_number(struct model *model, struct domain *domain)
{
	order_cuts(domain);
	domain->known = prove_variable(model);
	domain->from = prove_alloc(domain->ncuts, sizeof(*domain->from));
	for (size_t i = 0; i < domain->ncuts; i++) {
		domain->from[i] = prove_variable(model);
		prove_implies(model, domain->from[i], i ? domain->from[i - 1] : domain->known);
	}
}

/* Of each choice by itself: yes, no or unknown. */
static void make_free(struct model *model, struct domain *domain)
{
	for (size_t i = 0; i < domain->neach; i++) {
		struct truth_pair *each = &domain->each[i];

		each->certain = prove_variable(model);
		each->possible = prove_variable(model);
		prove_implies(model, each->certain, each->possible);
	}
}

/* One and no other, where anything is said. */
static void make_one_of(struct model *model, struct domain *domain)
{
	int *some = prove_alloc(domain->neach + 1, sizeof(*some));

	domain->known = prove_variable(model);
	for (size_t i = 0; i < domain->neach; i++) {
		some[i] = domain->each[i].certain = prove_variable(model);
		prove_implies(model, some[i], domain->known);
		for (size_t j = 0; j < i; j++)
			prove_implies(model, some[i], -some[j]);
	}
	some[domain->neach] = -domain->known;
	prove_clause(model, some, domain->neach + 1);
	free(some);
}

/* Gates over what is free. */
static void finish(struct model *model, const struct question *question, struct domain *domain)
{
	int *told = prove_alloc(domain->neach, sizeof(*told));
	int any;

	for (size_t i = 0; i < domain->neach; i++) {
		struct truth_pair *each = &domain->each[i];

		if (question->shown.type == SCAP_SELECT_ONE)
			each->possible = -prove_both(model, domain->known, -each->certain);
		told[i] = prove_either(model, each->certain, -each->possible);
	}
	if (domain->neach && question->shown.type != SCAP_SELECT_ONE)
		domain->known = prove_and(model, told, domain->neach);
	any = prove_or(model, told, domain->neach);
	domain->plain = prove_either(model, domain->known, -any);
	free(told);
}

static void make(struct model *model, const struct question *question, struct domain *domain)
{
	enum scap_type type = question->shown.type;

	domain->known = LIT_FALSE; /* no rule asks what a text says */
	if (is_number(question))
		make_number(model, domain);
	domain->neach = type == SCAP_YES_NO ? 1
	                : type == SCAP_SELECT_ONE || type == SCAP_SELECT_MULTIPLE
	                        ? question->shown.nchoices : 0;
	domain->each = prove_alloc(domain->neach, sizeof(*domain->each));
	if (type == SCAP_SELECT_ONE)
		make_one_of(model, domain);
	else
		make_free(model, domain);
}

static void free_one(struct domain *domain)
{
	free(domain->each);
	free(domain->cuts);
	free(domain->from);
}

struct domain *prove_domains_new(struct model *model, const scap_pack *pack,
                                 const struct test *extra, size_t nextra)
{
	const struct rulebase *base = pack->base;
	struct domain *domains = prove_alloc(base->nquestions, sizeof(*domains));

	for (size_t i = 0; i < pack->net->nanswers; i++)
		cut_at(base, domains, &pack->net->tests[i]);
	for (size_t i = 0; i < nextra; i++)
		cut_at(base, domains, &extra[i]);
	for (size_t i = 0; i < base->nquestions; i++)
		make(model, &base->questions[i], &domains[i]);
	for (size_t i = 0; i < base->nquestions; i++)
		finish(model, &base->questions[i], &domains[i]);
	return domains;
}

/* Known, and no less than VALUE. */
static int no_less(const struct question *question, const struct domain *domain, int64_t value)
{
	size_t i = 0;

	if (value <= question->low)
		return domain->known;
	if (value > question->high)
		return LIT_FALSE;
	while (domain->cuts[i] != value)
		i++;
	return domain->from[i];
}

static const struct truth_pair *same_choice(const struct scap_question *question,
                                            const struct domain *domain, const char *name)
{
	for (size_t i = 0; i < question->nchoices; i++)
		if (!strcmp(question->choices[i].name, name))
			return &domain->each[i];
	return NULL;
}

/* A checklist may have other boxes in the other pack: those of the same name are the same. */
static void match_boxes(const struct question *question, struct domain *domain,
                        const struct question *other, const struct domain *others)
{
	for (size_t i = 0; i < domain->neach; i++) {
		const struct truth_pair *each = same_choice(&other->shown, others,
		                                            question->shown.choices[i].name);

		if (each)
			domain->each[i] = *each;
	}
}

/* Only numbers that both allow are looked at: nobody can give both packs another one. */
static void match_number(struct domain *domain, const struct question *other,
                         const struct domain *others)
{
	domain->known = others->known;
	domain->from = prove_alloc(domain->ncuts, sizeof(*domain->from));
	for (size_t i = 0; i < domain->ncuts; i++)
		domain->from[i] = no_less(other, others, domain->cuts[i]);
}

static void match_one(struct model *model, const struct question *question, struct domain *domain,
                      const struct question *other, const struct domain *others)
{
	if (is_number(question)) {
		order_cuts(domain);
		match_number(domain, other, others);
		return;
	}
	make(model, question, domain);
	if (question->shown.type == SCAP_YES_NO)
		domain->each[0] = others->each[0];
	else
		match_boxes(question, domain, other, others);
	if (question->shown.type == SCAP_SELECT_ONE)
		domain->known = others->known;
}

struct domain *prove_domains_match(struct model *model, const scap_pack *pack, const int *match,
                                   const scap_pack *other, const struct domain *others)
{
	const struct rulebase *base = pack->base;
	struct domain *domains = prove_alloc(base->nquestions, sizeof(*domains));

	for (size_t i = 0; i < pack->net->nanswers; i++)
		cut_at(base, domains, &pack->net->tests[i]);
	for (size_t i = 0; i < base->nquestions; i++) {
		if (match[i] == NONE)
			make(model, &base->questions[i], &domains[i]);
		else
			match_one(model, &base->questions[i], &domains[i],
			          &other->base->questions[match[i]], &others[match[i]]);
	}
	for (size_t i = 0; i < base->nquestions; i++)
		finish(model, &base->questions[i], &domains[i]);
	return domains;
}

void prove_domains_free(struct domain *domains, size_t count)
{
	for (size_t i = 0; domains && i < count; i++)
		free_one(&domains[i]);
	free(domains);
}

/* ---- Tests -------------------------------------------------------------------------- */

/* Known, and from LOW on but before END. */
static int between(struct model *model, const struct question *question,
                   const struct domain *domain, int64_t low, int64_t end)
{
	return prove_both(model, no_less(question, domain, low), -no_less(question, domain, end));
}

static int number_test(struct model *model, const struct question *question,
                       const struct domain *domain, const struct test *test)
{
	int64_t from = round_up(question, test->low), above = next_above(question, test->low);

	switch (test->compare) {
	case COMPARE_GE: return no_less(question, domain, from);
	case COMPARE_GT: return no_less(question, domain, above);
	case COMPARE_LT: return prove_both(model, domain->known, -no_less(question, domain, from));
	case COMPARE_LE: return prove_both(model, domain->known, -no_less(question, domain, above));
	case COMPARE_EQ: return between(model, question, domain, from, above);
	case COMPARE_NE:
		return prove_both(model, domain->known,
		                  -between(model, question, domain, from, above));
	default:
		return between(model, question, domain, from, next_above(question, test->high));
	}
}

struct truth_pair prove_test(struct model *model, const scap_pack *pack,
                             const struct domain *domains, const struct test *test)
{
	const struct question *question = &pack->base->questions[test->question];
	const struct domain *domain = &domains[test->question];
	struct truth_pair pair;

	switch (test->compare) {
	case COMPARE_YES:
		return domain->each[0];
	case COMPARE_CHOICE:
		return domain->each[test->low];
	case COMPARE_NOT_CHOICE:
		pair = domain->each[test->low];
		return (struct truth_pair){-pair.possible, -pair.certain};
	default:
		pair.certain = number_test(model, question, domain, test);
		pair.possible = -prove_both(model, domain->known, -pair.certain);
		return pair;
	}
}
