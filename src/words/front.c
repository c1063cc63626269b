/* SPDX-License-Identifier: MIT */
#include "words/front.h"

#include <stdlib.h>

#include "words/normal.h"

static bool set_init(struct set *set, size_t room)
{
	set->list = malloc((room + 1) * sizeof(*set->list));
	set->bits = calloc(room / 64 + 1, sizeof(*set->bits));
	return set->list && set->bits;
}

static void set_free(struct set *set)
{
	free(set->list);
	free(set->bits);
}

static inline bool set_add(struct set *set, uint32_t number)
{
	uint64_t bit = UINT64_C(1) << number % 64;

	if (set->bits[number / 64] & bit)
		return false;
	set->bits[number / 64] |= bit;
	set->list[set->count++] = number;
	return true;
}

static void set_clear(struct set *set)
{
	for (size_t i = 0; i < set->count; i++)
		set->bits[set->list[i] / 64] = 0;
	set->count = 0;
}

bool scap__front_init(struct front *front, const struct machine *machine)
{
	*front = (struct front){.machine = machine};
	front->stack = malloc((machine->nsteps + 1) * sizeof(*front->stack));
	return set_init(&front->ahead, machine->nsteps) &&
	       set_init(&front->visited, machine->nsteps) &&
	       set_init(&front->ended, machine->npatterns) &&
	       set_init(&front->doubted, machine->npatterns) && front->stack;
}

void scap__front_free(struct front *front)
{
	set_free(&front->ahead);
	set_free(&front->visited);
	set_free(&front->ended);
	set_free(&front->doubted);
	free(front->stack);
}

bool scap__front_letter(unsigned sign)
{
	return (sign >= scap__sign_of['a'] && sign <= scap__sign_of['z']) ||
	       (sign >= scap__sign_of['0'] && sign <= scap__sign_of['9']);
}

/* Goes on from a step without a sign, and over the sign. The stack has room for every
 * fork once. */
static void follow(struct front *front, uint32_t from, bool edge, unsigned sign)
{
	const struct machine *m = front->machine;
	bool word_ends = sign != SIGN_OTHER && !scap__front_letter(sign);
	size_t depth = 0;

	front->stack[depth++] = from;
	while (depth) {
		uint32_t at = front->stack[--depth];

		while (m->sets[m->signs[at]] >> sign & 1 && set_add(&front->visited, at)) {
			const struct step *step = &m->steps[at];

			if (step->kind == STEP_FORK) {
				front->stack[depth++] = at + (uint32_t)step->to;
				at++;
			} else if (step->kind == STEP_JUMP) {
				at += (uint32_t)step->to;
			} else if (step->kind == STEP_SIGN) {
				set_add(&front->ahead, at + 1);
			} else if (step->kind == STEP_EDGE) {
				at += edge;
			} else {
				if (step->kind == STEP_END ? word_ends : step->kind == STEP_MAYBE)
					set_add(&front->ended, (uint32_t)step->to);
				if (step->kind != STEP_END)
					set_add(&front->doubted, (uint32_t)step->to);
			}
		}
	}
}

/* A pattern that PCRE2 has to try need not be followed any further. */
static void drop_ended(struct front *front)
{
	const struct machine *m = front->machine;
	struct set *ahead = &front->ahead;

	for (size_t e = 0; e < front->ended.count; e++) {
		uint32_t pattern = front->ended.list[e];
		size_t kept = 0;

		if (scap__machine_exact(m, pattern))
			continue;
		for (size_t i = 0; i < ahead->count; i++) {
			uint32_t at = ahead->list[i];

			if (at < m->begins[pattern] || at >= m->begins[pattern + 1])
				ahead->list[kept++] = at;
			else
				ahead->bits[at / 64] = 0;
		}
		ahead->count = kept;
	}
}

void scap__front_take(struct front *front, const uint32_t *steps, size_t count,
                      bool behind_letter, unsigned sign)
{
	bool edge = behind_letter != scap__front_letter(sign);

	set_clear(&front->visited);
	set_clear(&front->ahead);
	set_clear(&front->ended);
	set_clear(&front->doubted);
	for (size_t i = 0; i < count; i++)
		follow(front, steps[i], edge, sign);
	drop_ended(front);
}
