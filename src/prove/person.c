/* SPDX-License-Identifier: MIT */
#include "prove/person.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "engine/answers.h"
#include "prove/memory.h"
#include "report/row.h"

static bool is_number(const struct question *question)
{
	return question->shown.type == SCAP_INTEGER || question->shown.type == SCAP_DECIMAL;
}

/* Without a word in the pack: no, none, the lowest number, the first choice. */
struct value prove_usual_answer(const struct question *question)
{
	struct value value;

	if (question->typical[0] &&
	    !scap__value_read(question, question->typical, strlen(question->typical), &value) &&
	    value.state == VALUE_GIVEN)
		return value;
	value = (struct value){.state = VALUE_GIVEN};
	if (is_number(question))
		value.number = question->low;
	if (question->shown.type == SCAP_SELECT_ONE)
		value.choices = 1;
	if (question->shown.type == SCAP_FREE_TEXT)
		value.state = VALUE_NONE;
	return value;
}

/* ---- As usual as it can be ---------------------------------------------------------- */

/* Literals that are wished for, the most wanted first. */
struct wishes {
	size_t count;
	int *list;
};

static void wish(struct wishes *wishes, int literal)
{
	wishes->list = prove_grow(wishes->list, wishes->count, sizeof(int));
	wishes->list[wishes->count++] = literal;
}

static void wish_number(struct wishes *wishes, const struct domain *domain, int64_t usual)
{
	wish(wishes, domain->known);
	for (size_t i = 0; i < domain->ncuts; i++)
		wish(wishes, domain->cuts[i] <= usual ? domain->from[i] : -domain->from[i]);
}

/* The usual answer, or ELSE_: any that is known. */
static void wish_answer(struct wishes *wishes, const struct question *question,
                        const struct domain *domain, bool else_)
{
	struct value usual = prove_usual_answer(question);
	uint64_t taken = question->shown.type == SCAP_YES_NO ? usual.number != 0 : usual.choices;

	if (is_number(question)) {
		wish_number(wishes, domain, usual.number);
		return;
	}
	if (question->shown.type == SCAP_SELECT_ONE)
		wish(wishes, domain->known);
	for (size_t i = 0; i < domain->neach; i++) {
		const struct truth_pair *each = &domain->each[i];
		bool yes = (taken >> i & 1) != else_;

		if (yes || question->shown.type != SCAP_SELECT_ONE)
			wish(wishes, yes ? each->certain : -each->possible);
	}
}

/* What was granted so far, and what is asked now. */
struct granting {
	struct sat *sat;
	size_t count;
	int *granted;
};

static void grant(struct granting *g, int literal)
{
	g->granted = prove_grow(g->granted, g->count, sizeof(int));
	g->granted[g->count++] = literal;
}

/* Asks for all wishes at once. Where they can't all be granted, the least wanted of those
 * that stand in each other's way is put back, until the rest can; then each that was put
 * back is tried once more. So it takes few questions, as most people are mostly usual. */
static void grant_all(struct granting *g, const struct wishes *wishes)
{
	size_t before = g->count, kept = wishes->count, nback = 0;
	int *open = prove_alloc(wishes->count, sizeof(int));
	int *back = prove_alloc(wishes->count, sizeof(int));

	for (size_t i = 0; i < wishes->count; i++)
		open[i] = wishes->list[i];
	for (;;) {
		size_t last;

		g->count = before;
		for (size_t i = 0; i < kept; i++)
			grant(g, open[i]);
		if (prove_sat_solve(g->sat, g->granted, g->count))
			break;
		for (last = kept; last-- > 0 && !prove_sat_failed(g->sat, open[last]);)
			;
		back[nback++] = open[last];
		for (kept--; last < kept; last++)
			open[last] = open[last + 1];
	}
	while (nback-- > 0) {
		grant(g, back[nback]);
		if (!prove_sat_solve(g->sat, g->granted, g->count))
			g->count--;
	}
	free(open);
	free(back);
}

/* ---- Reading it back ---------------------------------------------------------------- */

static int64_t step_of(const struct question *question)
{
	return question->shown.type == SCAP_INTEGER ? NUMBER_ONE : 1;
}

static struct value number_of(struct sat *sat, const struct question *question,
                              const struct domain *domain, int64_t usual)
{
	int64_t low = question->low, high = question->high;

	if (!prove_sat_value(sat, domain->known))
		return (struct value){.state = VALUE_NONE};
	for (size_t i = domain->ncuts; i-- > 0;)
		if (!prove_sat_value(sat, domain->from[i]))
			high = domain->cuts[i] - step_of(question);
	for (size_t i = 0; i < domain->ncuts; i++)
		if (prove_sat_value(sat, domain->from[i]))
			low = domain->cuts[i];
	return (struct value){.state = VALUE_GIVEN,
	                      .number = usual < low ? low : usual > high ? high : usual};
}

static struct value choices_of(struct sat *sat, const struct domain *domain, bool yes_no)
{
	struct value value = {.state = VALUE_GIVEN};
	uint64_t all = domain->neach < 64 ? (UINT64_C(1) << domain->neach) - 1 : UINT64_MAX;

	for (size_t i = 0; i < domain->neach; i++) {
		bool certain = prove_sat_value(sat, domain->each[i].certain);
		bool possible = prove_sat_value(sat, domain->each[i].possible);

		value.choices |= (uint64_t)certain << i;
		value.unsure |= (uint64_t)(possible && !certain) << i;
	}
	if (yes_no) {
		value.number = value.choices & 1;
		value.choices = 0;
	}
	if (value.unsure == all)
		value = (struct value){.state = VALUE_NONE};
	return value;
}

static struct value answer_of(struct sat *sat, const struct question *question,
                              const struct domain *domain)
{
	struct value value = {.state = VALUE_NONE}, usual = prove_usual_answer(question);

	if (is_number(question))
		return number_of(sat, question, domain, usual.number);
	if (domain->neach)
		value = choices_of(sat, domain, question->shown.type == SCAP_YES_NO);
	if (question->shown.type == SCAP_SELECT_ONE)
		value.unsure = 0;
	if (question->shown.type == SCAP_SELECT_ONE && !value.choices)
		value.state = VALUE_NONE;
	return value;
}

static bool same(const struct value *a, const struct value *b)
{
	return a->state == b->state && a->number == b->number && a->choices == b->choices &&
	       a->unsure == b->unsure;
}

bool prove_person_same(const struct person *a, const struct person *b)
{
	for (size_t i = 0; i < a->pack->base->nquestions; i++)
		if (!same(&a->answers[i], &b->answers[i]))
			return false;
	return true;
}

struct person *prove_person_read(struct sat *sat, const struct coding *coding)
{
	const struct rulebase *base = coding->pack->base;
	struct person *person = prove_alloc(1, sizeof(*person));

	person->pack = coding->pack;
	person->answers = prove_alloc(base->nquestions, sizeof(*person->answers));
	person->usual = prove_alloc(base->nquestions, sizeof(*person->usual));
	for (size_t i = 0; i < base->nquestions; i++) {
		struct value usual = prove_usual_answer(&base->questions[i]);

		person->answers[i] = answer_of(sat, &base->questions[i], &coding->domains[i]);
		person->usual[i] = same(&person->answers[i], &usual);
	}
	return person;
}

static void grant_answers(struct granting *g, const struct coding *coding, bool else_)
{
	const struct rulebase *base = coding->pack->base;
	struct wishes wishes = {0};

	for (size_t i = 0; i < base->nquestions; i++)
		wish_answer(&wishes, &base->questions[i], &coding->domains[i], else_);
	grant_all(g, &wishes);
	free(wishes.list);
}

struct person *prove_person_find(struct sat *sat, const struct coding *coding, const int *assumed,
                                 size_t count)
{
	struct granting g = {.sat = sat};
	struct wishes plain = {0};
	struct person *person;

	if (!prove_sat_solve(sat, assumed, count))
		return NULL;
	for (size_t i = 0; i < count; i++)
		grant(&g, assumed[i]);
	for (size_t i = 0; i < coding->pack->base->nquestions; i++)
		wish(&plain, coding->domains[i].plain); /* as most intake files have it */
	grant_all(&g, &plain);
	grant_answers(&g, coding, false);
	grant_answers(&g, coding, true);
	prove_sat_solve(sat, g.granted, g.count);
	person = prove_person_read(sat, coding);
	free(g.granted);
	free(plain.list);
	return person;
}

void prove_person_free(struct person *person)
{
	if (!person)
		return;
	free(person->answers);
	free(person->usual);
	free(person);
}

scap_answers *prove_person_answers(const struct person *person)
{
	scap_answers *answers = scap_answers_new(person->pack);

	for (unsigned i = 0; answers && i < person->pack->base->nquestions; i++)
		scap__answers_put(answers, i, &person->answers[i]);
	return answers;
}

/* ---- As text ------------------------------------------------------------------------ */

static void write_value(const struct question *question, const struct value *value,
                        struct buffer *out)
{
	struct answer answer = {.value = *value};

	scap__answer_write(question, &answer, out);
}

static void write_unsure(const struct question *question, uint64_t unsure, struct buffer *out)
{
	for (size_t i = 0; i < question->shown.nchoices; i++)
		if (unsure >> i & 1)
			scap__buffer_printf(out, "; %s/%s=not_sure", question->shown.name,
			                    question->shown.choices[i].name);
}

void prove_person_write(const struct person *person, struct buffer *out)
{
	const struct rulebase *base = person->pack->base;
	bool more = false;

	for (size_t i = 0; i < base->nquestions; i++) {
		const struct value *value = &person->answers[i];

		if (person->usual[i])
			continue;
		scap__buffer_printf(out, "%s%s=", more ? "; " : "", base->questions[i].shown.name);
		more = true;
		if (value->state == VALUE_GIVEN)
			write_value(&base->questions[i], value, out);
		else
			scap__buffer_text(out, "not_sure");
		write_unsure(&base->questions[i], value->unsure, out);
	}
	if (!more)
		scap__buffer_text(out, "nothing but usual answers");
}

static bool by_choices(const struct question *question)
{
	return question->shown.type == SCAP_SELECT_MULTIPLE;
}

/* A select_multiple has a column for each choice, as some may be unknown by themselves. */
void prove_person_header(const scap_pack *pack, struct buffer *out)
{
	scap__buffer_text(out, "id");
	for (size_t i = 0; i < pack->base->nquestions; i++) {
		const struct question *question = &pack->base->questions[i];

		if (!by_choices(question)) {
			scap__buffer_printf(out, ",%s", question->shown.name);
			continue;
		}
		for (size_t j = 0; j < question->shown.nchoices; j++)
			scap__buffer_printf(out, ",%s/%s", question->shown.name,
			                    question->shown.choices[j].name);
		scap__buffer_printf(out, ",%s/none", question->shown.name);
	}
	scap__buffer_char(out, '\n');
}

static void write_choices(const struct question *question, const struct value *value,
                          struct buffer *out)
{
	bool given = value->state == VALUE_GIVEN;

	for (size_t i = 0; i < question->shown.nchoices; i++)
		scap__buffer_text(out, !given                      ? ","
		                       : value->choices >> i & 1 ? ",1"
		                       : value->unsure >> i & 1  ? ",not_sure" : ",0");
	scap__buffer_text(out, given && !value->choices && !value->unsure ? ",1" : ",");
}

void prove_person_row(const struct person *person, const char *id, struct buffer *out)
{
	const struct rulebase *base = person->pack->base;

	scap__row_cell(out, id, strlen(id));
	for (size_t i = 0; i < base->nquestions; i++) {
		const struct question *question = &base->questions[i];
		const struct value *value = &person->answers[i];

		if (by_choices(question)) {
			write_choices(question, value, out);
			continue;
		}
		scap__buffer_char(out, ',');
		if (value->state == VALUE_GIVEN)
			write_value(question, value, out);
	}
	scap__buffer_char(out, '\n');
}
