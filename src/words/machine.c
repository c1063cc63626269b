/* SPDX-License-Identifier: MIT
 *
 * A pattern that scap__pattern_refused lets pass holds signs and sets of them, groups
 * of alternatives, repeats with an end, and looks ahead. Whatever is left out here lets
 * it match more, never less; then it is not exact.
 */
#include "words/machine.h"

#include <stdlib.h>
#include <string.h>

#include "words/normal.h"

enum { STEPS_MAX = 1 << 24, PATTERN_STEPS = 1 << 14, COPIES_MAX = 8 };
enum { AHEAD_STEPS = 60 }; /* where more must not stand ahead PCRE2 looks itself */
enum { SETS_MAX = 1 << 10, ASKED_MAX = 1 << 9, ASKED_BYTES = 64 };

/* The first sets: of all signs, of each sign, of what is no sign, of none. */
enum { SET_ALL = 0, SET_OTHER = SIGNS + 1, SET_NONE, SETS_KNOWN };

/* What PCRE2 said of a set: it is asked once for each way to write one. */
struct asked {
	char text[ASKED_BYTES];
	uint32_t set;
	bool exact;
};

struct maker {
	struct machine *m;
	const char *at;   /* in the pattern */
	unsigned ahead;   /* groups around it that look ahead */
	size_t most;      /* so many steps there may be */
	bool exact;
	bool strange;     /* not understood, or too large */
	bool memory_out;
	struct asked *asked;
	size_t nasked;
	pcre2_match_data *data;
};

/* What can be repeated. */
struct atom {
	size_t begin; /* its first step; it goes on to the last one made */
	bool sign;    /* a single STEP_SIGN */
	bool ahead;   /* it only looks ahead */
};

static bool going_on(const struct maker *k)
{
	return !k->strange && !k->memory_out;
}

/* Something is read as if it let the pattern match more. What looks ahead may: it only
 * tells of a doubt too many. */
static void not_exact(struct maker *k)
{
	k->exact &= k->ahead > 0;
}

/* ---- Steps ------------------------------------------------------------------------- */

static bool room_for(struct maker *k, size_t more)
{
	struct machine *m = k->m;
	size_t room = m->room ? m->room : 4096;
	void *moved;

	k->strange |= m->nsteps + more > k->most;
	if (!going_on(k))
		return false;
	while (room < m->nsteps + more)
		room *= 2;
	if (room == m->room)
		return true;
	moved = realloc(m->steps, room * sizeof(*m->steps));
	k->memory_out |= !moved;
	if (!moved)
		return false;
	m->steps = moved;
	m->room = room;
	return true;
}

static void add_step(struct maker *k, enum step_kind kind, size_t to)
{
	if (room_for(k, 1))
		k->m->steps[k->m->nsteps++] = (struct step){kind, (int32_t)to};
}

/* Puts a step before what begins at a place. Steps lead on by how far, so that they can
 * be moved. */
static void put_before(struct maker *k, size_t begin, enum step_kind kind, size_t to)
{
	struct step *steps;

	if (!room_for(k, 1))
		return;
	steps = k->m->steps;
	memmove(steps + begin + 1, steps + begin, (k->m->nsteps++ - begin) * sizeof(*steps));
	steps[begin] = (struct step){kind, (int32_t)to};
}

static void copy_steps(struct maker *k, size_t begin, size_t count)
{
	if (!room_for(k, count))
		return;
	memcpy(k->m->steps + k->m->nsteps, k->m->steps + begin, count * sizeof(*k->m->steps));
	k->m->nsteps += count;
}

/* ---- Sets of signs ------------------------------------------------------------------ */

/* The number of a set, which is the same for the same signs. */
static uint32_t set_number(struct maker *k, uint64_t signs)
{
	struct machine *m = k->m;
	size_t i = 0;

	while (i < m->nsets && m->sets[i] != signs)
		i++;
	k->strange |= i == SETS_MAX;
	if (i == SETS_MAX)
		return SET_ALL;
	m->sets[i] = signs;
	m->nsets += i == m->nsets;
	return (uint32_t)i;
}

static bool is_sign(unsigned byte)
{
	return byte && (byte >= 0x80 || scap__sign_of[byte] != SIGN_OTHER);
}

/* Asks PCRE2 which signs an atom stands for. Several bytes may be one sign: if not all
 * of them match, it is not exact. */
static uint64_t ask_signs(struct maker *k, const pcre2_code *code, bool *exact)
{
	uint64_t some = 0, not_all = 0;

	for (unsigned byte = 0; byte < 256; byte++) {
		unsigned char text = (unsigned char)byte;
		uint64_t bit = UINT64_C(1) << scap__sign_of[byte];
		int result;

		if (!is_sign(byte))
			continue;
		result = pcre2_match(code, &text, 1, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED,
		                     k->data, NULL);
		k->memory_out |= result < 0 && result != PCRE2_ERROR_NOMATCH;
		some |= result > 0 ? bit : 0;
		not_all |= result > 0 ? 0 : bit;
	}
	*exact = !(some & not_all);
	return some;
}

/* What an atom as \d or [a-z] stands for. */
static const struct asked *ask(struct maker *k, const char *text, size_t size)
{
	struct asked *asked = k->asked;
	pcre2_code *code;
	PCRE2_SIZE at;
	int error;

	for (size_t i = 0; i < k->nasked; i++, asked++)
		if (!strncmp(asked->text, text, size) && !asked->text[size])
			return asked;
	if (k->nasked == ASKED_MAX)
		return NULL;
	code = pcre2_compile((PCRE2_SPTR)text, size, PCRE2_NEVER_UTF | PCRE2_NEVER_UCP, &error,
	                     &at, NULL);
	if (!code) {
		k->memory_out |= error == PCRE2_ERROR_NOMEMORY || error == COMPILE_NO_MEMORY;
		return NULL;
	}
	memcpy(asked->text, text, size);
	asked->text[size] = '\0';
	asked->set = set_number(k, ask_signs(k, code, &asked->exact));
	pcre2_code_free(code);
	return &k->asked[k->nasked++];
}

static void add_set(struct maker *k, const char *text, size_t size)
{
	const struct asked *asked = size < ASKED_BYTES ? ask(k, text, size) : NULL;

	if (!asked) {
		k->strange = true;
		return;
	}
	if (!asked->exact)
		not_exact(k);
	add_step(k, STEP_SIGN, asked->set);
}

/* A byte that stands for itself. One that no normal text holds matches nothing. */
static void add_byte(struct maker *k, unsigned char byte)
{
	uint8_t sign = scap__sign_of[byte];

	if (byte >= 0x80)
		not_exact(k);
	add_step(k, STEP_SIGN, sign ? sign : byte < 0x80 ? SET_NONE : SET_OTHER);
}

/* ---- Reading ------------------------------------------------------------------------- */

static void read_alternatives(struct maker *k);

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
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

/* What must stand ahead is read instead of the rest of the pattern; where what must not is
 * found, PCRE2 has to see. */
static void look_ahead(struct maker *k, size_t begin, char kind)
{
	bool long_not = kind == '!' && k->m->nsteps - begin > AHEAD_STEPS;

	if (long_not)
		not_exact(k);
	if (k->ahead || long_not) {
		k->m->nsteps = begin;
	} else if (kind == '=') {
		add_step(k, STEP_MAYBE, k->m->npatterns);
	} else {
		add_step(k, STEP_DOUBT, k->m->npatterns);
		put_before(k, begin, STEP_FORK, k->m->nsteps - begin + 1);
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
		not_exact(k);
	else if (c == 'd' || c == 's' || c == 'w')
		add_set(k, k->at, 2);
	else if (c && !is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'))
		add_byte(k, (unsigned char)c);
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
	k->strange |= strchr("*+?{", *k->at) != NULL;
	if (*k->at == '[')
		size = class_size(k->at);
	if (*k->at == '[' || *k->at == '.')
		add_set(k, k->at, size);
	else
		add_byte(k, (unsigned char)*k->at);
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
		k->strange |= *k->at == '{' || *k->at == '*' || *k->at == '+';
		return false;
	}
	if (*k->at == '+') /* possessive: it gives nothing back */
		not_exact(k);
	k->at += *k->at == '?' || *k->at == '+';
	return true;
}

/* A repeat of single signs that is long is made endless: how long words are is not worth
 * to be told apart. */
static void repeat_endlessly(struct maker *k, const struct atom *atom, unsigned long least)
{
	not_exact(k);
	for (unsigned long i = 1; i < least; i++)
		copy_steps(k, atom->begin, 1);
	add_step(k, STEP_FORK, (size_t)-1);
	if (!least)
		put_before(k, atom->begin, STEP_FORK, 3);
}

static void repeat(struct maker *k, const struct atom *atom, unsigned long least,
                   unsigned long most)
{
	size_t size = k->m->nsteps - atom->begin, left = (most - least) * (size + 1);

	if (atom->ahead || !most) {
		if (atom->ahead)
			not_exact(k);
		k->m->nsteps = atom->begin;
		return;
	}
	if (atom->sign && most > COPIES_MAX) {
		repeat_endlessly(k, atom, least);
		return;
	}
	for (unsigned long i = 1; i < least; i++)
		copy_steps(k, atom->begin, size);
	for (unsigned long i = least; i < most && going_on(k); i++, left -= size + 1) {
		if (!i) {
			put_before(k, atom->begin, STEP_FORK, left);
			continue;
		}
		add_step(k, STEP_FORK, left);
		copy_steps(k, atom->begin + !least, size);
	}
}

static void read_sequence(struct maker *k)
{
	while (going_on(k) && *k->at && *k->at != '|' && *k->at != ')') {
		struct atom atom = read_atom(k);
		unsigned long least, most;

		if (read_repeat(k, &least, &most) && going_on(k))
			repeat(k, &atom, least, most);
	}
}

/* How many alternatives stand here up to the end of their group. */
static size_t count_alternatives(const char *at)
{
	size_t count = 1, depth = 0;

	for (; *at && (depth || *at != ')'); at++) {
		if (*at == '[')
			at += class_size(at) - 1;
		else if (*at == '\\' && at[1])
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')')
			depth--;
		else if (*at == '|' && !depth)
			count++;
	}
	return count;
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
	put_before(k, begin, STEP_FORK, k->m->nsteps - begin + 2);
	jump = k->m->nsteps;
	add_step(k, STEP_JUMP, 0);
	read_some(k, count - count / 2);
	if (going_on(k))
		k->m->steps[jump].to = (int32_t)(k->m->nsteps - jump);
}

static void read_alternatives(struct maker *k)
{
	read_some(k, count_alternatives(k->at));
}

/* ---- All of them ----------------------------------------------------------------------- */

/* "Do" is no part of "don't". */
static void add_end(struct maker *k, size_t number)
{
	add_step(k, STEP_FORK, 4);
	add_byte(k, '\'');
	add_byte(k, 't');
	add_step(k, STEP_DOUBT, number);
	add_step(k, STEP_END, number);
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
	read_alternatives(k);
	k->strange |= *k->at != '\0';
	add_end(k, number);
	if (k->strange) {
		k->strange = k->exact = false;
		k->most = SIZE_MAX;
		m->nsteps = begin;
		add_step(k, STEP_MAYBE, number);
	}
	if (k->exact)
		m->exact[number / 64] |= UINT64_C(1) << number % 64;
}

static bool make_sets(struct machine *m)
{
	m->sets = calloc(SETS_MAX, sizeof(*m->sets));
	if (!m->sets)
		return false;
	for (unsigned sign = 1; sign < SIGN_END; sign++) {
		m->sets[sign] = UINT64_C(1) << sign;
		m->sets[SET_ALL] |= UINT64_C(1) << sign;
	}
	m->sets[SET_OTHER] = 1 << SIGN_OTHER;
	m->sets[SET_ALL] |= 1 << SIGN_OTHER;
	m->nsets = SETS_KNOWN;
	return true;
}

/* The signs with which each step can go on: few are worth to be followed. All steps but
 * those of endless repeats lead forward. */
static bool find_signs(struct machine *m)
{
	m->signs = malloc((m->nsteps + 1) * sizeof(*m->signs));
	for (size_t i = m->nsteps; m->signs && i-- > 0;) {
		const struct step *step = &m->steps[i];

		if (step->kind == STEP_SIGN)
			m->signs[i] = m->sets[step->to];
		else if (step->kind == STEP_JUMP)
			m->signs[i] = m->signs[i + (size_t)step->to];
		else if (step->kind == STEP_FORK)
			m->signs[i] = m->signs[i + 1] |
			              (step->to < 0 ? m->sets[m->steps[i - 1].to]
			                            : m->signs[i + (size_t)step->to]);
		else
			m->signs[i] = UINT64_MAX;
	}
	return m->signs != NULL;
}

static bool make(struct maker *k, const struct lexicon *lexicon)
{
	struct machine *m = k->m;

	k->asked = calloc(ASKED_MAX, sizeof(*k->asked));
	k->data = pcre2_match_data_create(2, NULL);
	m->begins = calloc(lexicon->count + 1, sizeof(*m->begins));
	m->exact = calloc(lexicon->count / 64 + 1, sizeof(*m->exact));
	if (!k->asked || !k->data || !m->begins || !m->exact || !make_sets(m))
		return false;
	for (; m->npatterns < lexicon->count && !k->memory_out; m->npatterns++) {
		m->begins[m->npatterns] = (uint32_t)m->nsteps;
		if (lexicon->patterns[m->npatterns].code)
			add_pattern(k, lexicon->base, m->npatterns);
	}
	m->begins[lexicon->count] = (uint32_t)m->nsteps;
	return !k->memory_out && find_signs(m);
}

struct machine *scap__machine_new(const struct lexicon *lexicon)
{
	struct maker maker = {.m = calloc(1, sizeof(*maker.m))};
	bool ok = maker.m && make(&maker, lexicon);

	free(maker.asked);
	pcre2_match_data_free(maker.data);
	if (ok)
		return maker.m;
	scap__machine_free(maker.m);
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
