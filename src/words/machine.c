/* SPDX-License-Identifier: MIT
 *
 * A pattern that scap__pattern_refused lets pass holds signs and sets of them, groups
 * of alternatives, repeats with an end, and looks ahead. Whatever is left out here lets
 * it match more, never less; then it is not exact.
 */
#include "words/machine.h"

#include <stdlib.h>
#include <string.h>

#include "words/maker.h"
#include "words/room.h"

enum { PATTERN_STEPS = 1 << 14, COPIES_MAX = 9, DEPTH_MAX = 16 };
enum { GROUPS_MAX = 1 << 20 };
enum { AHEAD_STEPS = 60 }; /* where more must not stand ahead PCRE2 looks itself */

/* What can be repeated. */
struct atom {
	size_t begin; /* its first step; it goes on to the last one made */
	bool sign;    /* a single STEP_SIGN */
	bool ahead;   /* it only looks ahead */
};

/* ---- Reading ------------------------------------------------------------------------- */

static void read_alternatives(struct maker *k);

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_repeat(char c)
{
	return c == '?' || c == '{' || c == '*' || c == '+';
}

/* The size of a class as [a-z]; if PCRE2 takes it for longer it refuses this much of it. */
static size_t class_size(const char *text)
{
	size_t i = 1 + (text[1] == '^');

	i += text[i] == ']';
	while (text[i] && text[i] != ']')
		i += 1 + (text[i] == '\\' && text[i + 1]);
	return i + (text[i] == ']');
}

static void add_count(struct maker *k)
{
	if (scap__make_room(&k->counts, &k->counts_room, sizeof(*k->counts), k->ncounts + 1,
	                    GROUPS_MAX))
		k->counts[k->ncounts++] = 1;
	else
		k->memory_out = true;
}

/* How many alternatives the pattern, and each of its groups in their order, have. */
static void count_alternatives(struct maker *k)
{
	uint32_t open[DEPTH_MAX + 1] = {0};
	size_t depth = 0;

	k->ncounts = k->group = 0;
	add_count(k);
	for (const char *at = k->at; *at && scap__maker_well(k); at++) {
		switch (*at) {
		case '[':
			at += class_size(at) - 1;
			break;
		case '\\':
			at += at[1] != '\0';
			break;
		case '(':
			k->strange |= depth == DEPTH_MAX;
			depth += depth < DEPTH_MAX;
			open[depth] = (uint32_t)k->ncounts;
			add_count(k);
			break;
		case ')':
			k->strange |= !depth;
			depth -= depth > 0;
			break;
		case '|':
			k->counts[open[depth]]++;
		}
	}
}

/* What must stand ahead is read instead of the rest of the pattern; where what must not is
 * found, PCRE2 has to see. */
static void look_ahead(struct maker *k, size_t begin, char kind)
{
	bool long_not = kind == '!' && k->m->nsteps - begin > AHEAD_STEPS;

	if (long_not)
		scap__maker_not_exact(k);
	if (k->ahead || long_not) {
		k->m->nsteps = begin;
	} else if (kind == '=') {
		scap__maker_step(k, STEP_MAYBE, k->m->npatterns);
	} else {
		scap__maker_step(k, STEP_DOUBT, k->m->npatterns);
		scap__maker_put_before(k, begin, STEP_FORK, k->m->nsteps - begin + 1);
	}
}

static void read_group(struct maker *k, struct atom *atom)
{
	char kind = k->at[2];

	atom->ahead = kind != ':';
	k->ahead += atom->ahead;
	k->at += 3;
	read_alternatives(k);
	k->strange |= *k->at != ')';
	k->at += *k->at == ')';
	k->ahead -= atom->ahead;
	if (atom->ahead)
		look_ahead(k, atom->begin, kind);
}

static void read_escape(struct maker *k, struct atom *atom)
{
	char c = k->at[1];

	atom->ahead = c == 'b';
	if (c == 'b')
		scap__maker_step(k, STEP_EDGE, 0);
	else if (c == 'd' || c == 's' || c == 'w')
		scap__maker_set(k, k->at, 2);
	else if (c && !is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'))
		scap__maker_byte(k, (unsigned char)c);
	else
		k->strange = true;
	k->at += 1 + (c != '\0');
}

static struct atom read_atom(struct maker *k)
{
	struct atom atom = {.begin = k->m->nsteps, .sign = *k->at != '('};
	size_t size = 1;

	if (*k->at == '(') {
		read_group(k, &atom);
		return atom;
	}
	if (*k->at == '\\') {
		read_escape(k, &atom);
		return atom;
	}
	k->strange |= is_repeat(*k->at);
	if (*k->at == '[')
		size = class_size(k->at);
	if (*k->at == '[' || *k->at == '.')
		scap__maker_set(k, k->at, size);
	else
		scap__maker_byte(k, (unsigned char)*k->at);
	k->at += size;
	return atom;
}

/* How often at least and at most what stands before is repeated; false where it is not. */
static bool read_repeat(struct maker *k, unsigned long *least, unsigned long *most)
{
	char *end;

	if (*k->at == '?') {
		*least = 0;
		*most = 1;
		k->at++;
	} else if (*k->at == '{' && is_digit(k->at[1])) {
		*least = *most = strtoul(k->at + 1, &end, 10);
		if (*end == ',' && is_digit(end[1]))
			*most = strtoul(end + 1, &end, 10);
		k->strange |= *end != '}' || *most < *least || *most > 1000;
		k->at = end + (*end == '}');
	} else {
		k->strange |= is_repeat(*k->at);
		return false;
	}
	if (*k->at == '+') /* possessive: it gives nothing back */
		scap__maker_not_exact(k);
	k->at += *k->at == '?' || *k->at == '+';
	return true;
}

/* A repeat of single signs that is long is made endless: how long words are is not worth
 * to be told apart. */
static void repeat_endlessly(struct maker *k, const struct atom *atom, unsigned long least)
{
	scap__maker_not_exact(k);
	for (unsigned long i = 1; i < least; i++)
		scap__maker_copy(k, atom->begin, 1);
	scap__maker_step(k, STEP_FORK, (size_t)-1);
	if (!least)
		scap__maker_put_before(k, atom->begin, STEP_FORK, 3);
}

static void repeat(struct maker *k, const struct atom *atom, unsigned long least,
                   unsigned long most)
{
	size_t size = k->m->nsteps - atom->begin, left = (most - least) * (size + 1);

	if (atom->ahead || !most) {
		if (atom->ahead)
			scap__maker_not_exact(k);
		k->m->nsteps = atom->begin;
		return;
	}
	if (atom->sign && most > COPIES_MAX) {
		repeat_endlessly(k, atom, least);
		return;
	}
	for (unsigned long i = 1; i < least; i++)
		scap__maker_copy(k, atom->begin, size);
	for (unsigned long i = least; i < most && scap__maker_well(k); i++, left -= size + 1) {
		if (!i) {
			scap__maker_put_before(k, atom->begin, STEP_FORK, left);
			continue;
		}
		scap__maker_step(k, STEP_FORK, left);
		scap__maker_copy(k, atom->begin + !least, size);
	}
}

static void read_sequence(struct maker *k)
{
	while (scap__maker_well(k) && *k->at && *k->at != '|' && *k->at != ')') {
		struct atom atom = read_atom(k);
		unsigned long least, most;

		if (read_repeat(k, &least, &most) && scap__maker_well(k))
			repeat(k, &atom, least, most);
	}
}

/* Alternatives fork in halves, so that few forks lead to each. */
static void read_some(struct maker *k, size_t count)
{
	size_t begin = k->m->nsteps, jump;

	if (count == 1) {
		read_sequence(k);
		return;
	}
	read_some(k, count / 2);
	k->strange |= *k->at != '|';
	k->at += *k->at == '|';
	scap__maker_put_before(k, begin, STEP_FORK, k->m->nsteps - begin + 2);
	jump = k->m->nsteps;
	scap__maker_step(k, STEP_JUMP, 0);
	read_some(k, count - count / 2);
	if (scap__maker_well(k))
		k->m->steps[jump].to = (int32_t)(k->m->nsteps - jump);
}

static void read_alternatives(struct maker *k)
{
	read_some(k, k->counts[k->group++]);
}

/* ---- All of them ----------------------------------------------------------------------- */

/* "Do" is no part of "don't". */
static void add_end(struct maker *k, size_t number)
{
	scap__maker_step(k, STEP_FORK, 4);
	scap__maker_byte(k, '\'');
	scap__maker_byte(k, 't');
	scap__maker_step(k, STEP_DOUBT, number);
	scap__maker_step(k, STEP_END, number);
}

static void add_pattern(struct maker *k, const struct rulebase *base, size_t number)
{
	struct machine *m = k->m;
	size_t begin = m->nsteps;

	k->most = begin + PATTERN_STEPS < STEPS_MAX ? begin + PATTERN_STEPS : STEPS_MAX;
	k->ahead = 0;
	k->strange = false;
	k->exact = true;
	k->at = number < base->nphrases ? base->phrases[number].pattern
	                                : base->cues[number - base->nphrases].pattern;
	count_alternatives(k);
	if (scap__maker_well(k))
		read_alternatives(k);
	k->strange |= *k->at != '\0';
	add_end(k, number);
	if (k->strange) {
		k->strange = k->exact = false;
		k->most = SIZE_MAX;
		m->nsteps = begin;
		scap__maker_step(k, STEP_MAYBE, number);
	}
	if (k->exact)
		m->exact[number / 64] |= UINT64_C(1) << number % 64;
}

static uint16_t signs_of(struct maker *k, size_t at)
{
	const struct machine *m = k->m;
	const struct step *step = &m->steps[at];
	uint16_t one, other;

	switch (step->kind) {
	case STEP_SIGN:
		return (uint16_t)step->to;
	case STEP_EDGE:
		return m->signs[at + 1];
	case STEP_JUMP:
		return m->signs[at + (size_t)step->to];
	case STEP_FORK:
		one = m->signs[at + 1];
		other = step->to < 0 ? (uint16_t)step[-1].to : m->signs[at + (size_t)step->to];
		return one == other ? one
		                    : scap__maker_set_number(k, m->sets[one] | m->sets[other]);
	default:
		return SET_ANY;
	}
}

/* All steps but those of endless repeats of a sign lead forward. */
static bool find_signs(struct maker *k)
{
	struct machine *m = k->m;

	m->signs = malloc((m->nsteps + 1) * sizeof(*m->signs));
	for (size_t i = m->nsteps; m->signs && i-- > 0;)
		m->signs[i] = signs_of(k, i);
	return m->signs != NULL;
}

static bool make(struct machine *m, const struct lexicon *lexicon)
{
	struct maker maker;
	bool ok = scap__maker_begin(&maker, m);

	m->begins = calloc(lexicon->count + 1, sizeof(*m->begins));
	m->exact = calloc(lexicon->count / 64 + 1, sizeof(*m->exact));
	ok = ok && m->begins && m->exact;
	for (; ok && m->npatterns < lexicon->count; m->npatterns++) {
		m->begins[m->npatterns] = (uint32_t)m->nsteps;
		if (lexicon->patterns[m->npatterns].code)
			add_pattern(&maker, lexicon->base, m->npatterns);
		ok = !maker.memory_out;
	}
	ok = ok && find_signs(&maker);
	scap__maker_end(&maker);
	if (ok)
		m->begins[lexicon->count] = (uint32_t)m->nsteps;
	return ok;
}

struct machine *scap__machine_new(const struct lexicon *lexicon)
{
	struct machine *machine = calloc(1, sizeof(*machine));

	if (machine && make(machine, lexicon))
		return machine;
	scap__machine_free(machine);
	return NULL;
}

void scap__machine_free(struct machine *machine)
{
	if (!machine)
		return;
	free(machine->steps);
	free(machine->sets);
	free(machine->signs);
	free(machine->begins);
	free(machine->exact);
	free(machine);
}
