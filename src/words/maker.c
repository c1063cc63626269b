/* SPDX-License-Identifier: MIT */
#include "words/maker.h"

#include <stdlib.h>
#include <string.h>

#include "words/normal.h"

enum { SETS_MAX = 1 << 15, SLOTS = 2 * SETS_MAX, ASKED_MAX = 1 << 9, ASKED_BYTES = 64 };

/* The first sets: of all there is, of each sign, of what is no sign, of none. */
enum { SET_OTHER = SIGNS + 1, SET_NONE, SETS_KNOWN };

/* What PCRE2 said of a set: it is asked once for each way to write one. */
struct asked {
	char text[ASKED_BYTES];
	uint32_t set;
	bool exact;
};

static bool make_sets(struct machine *m)
{
	m->sets = calloc(SETS_MAX, sizeof(*m->sets));
	if (!m->sets)
		return false;
	for (unsigned sign = 1; sign < SIGN_END; sign++)
		m->sets[sign] = UINT64_C(1) << sign;
	m->sets[SET_ANY] = UINT64_MAX;
	m->sets[SET_OTHER] = 1 << SIGN_OTHER;
	m->nsets = SETS_KNOWN;
	return true;
}

bool scap__maker_begin(struct maker *maker, struct machine *machine)
{
	*maker = (struct maker){.m = machine};
	maker->asked = calloc(ASKED_MAX, sizeof(*maker->asked));
	maker->slots = calloc(SLOTS, sizeof(*maker->slots));
	maker->data = pcre2_match_data_create(2, NULL);
	return maker->asked && maker->slots && maker->data && make_sets(machine);
}

void scap__maker_end(struct maker *maker)
{
	free(maker->asked);
	free(maker->slots);
	free(maker->counts);
	pcre2_match_data_free(maker->data);
}

/* ---- Steps ------------------------------------------------------------------------- */

static bool room_for(struct maker *k, size_t more)
{
	struct machine *m = k->m;
	size_t room = m->room ? m->room : 4096;
	void *moved;

	k->strange |= m->nsteps + more > k->most;
	if (!scap__maker_well(k))
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

void scap__maker_step(struct maker *k, enum step_kind kind, size_t to)
{
	if (room_for(k, 1))
		k->m->steps[k->m->nsteps++] = (struct step){kind, (int32_t)to};
}

void scap__maker_put_before(struct maker *k, size_t begin, enum step_kind kind, size_t to)
{
	struct step *steps;

	if (!room_for(k, 1))
		return;
	steps = k->m->steps;
	memmove(steps + begin + 1, steps + begin, (k->m->nsteps++ - begin) * sizeof(*steps));
	steps[begin] = (struct step){kind, (int32_t)to};
}

void scap__maker_copy(struct maker *k, size_t begin, size_t count)
{
	if (!room_for(k, count))
		return;
	memcpy(k->m->steps + k->m->nsteps, k->m->steps + begin, count * sizeof(*k->m->steps));
	k->m->nsteps += count;
}

/* ---- Sets of signs ------------------------------------------------------------------ */

uint16_t scap__maker_set_number(struct maker *k, uint64_t signs)
{
	struct machine *m = k->m;
	size_t slot = signs * UINT64_C(0x9e3779b97f4a7c15) >> 40 & (SLOTS - 1);

	for (; k->slots[slot]; slot = (slot + 1) & (SLOTS - 1))
		if (m->sets[k->slots[slot]] == signs)
			return k->slots[slot];
	if (m->nsets == SETS_MAX)
		return SET_ANY;
	k->slots[slot] = (uint16_t)m->nsets;
	m->sets[m->nsets] = signs;
	return (uint16_t)m->nsets++;
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
	asked->set = scap__maker_set_number(k, ask_signs(k, code, &asked->exact));
	pcre2_code_free(code);
	asked->exact &= asked->set != SET_ANY;
	return &k->asked[k->nasked++];
}

void scap__maker_set(struct maker *k, const char *text, size_t size)
{
	const struct asked *asked = size < ASKED_BYTES ? ask(k, text, size) : NULL;

	if (!asked) {
		k->strange = true;
		return;
	}
	if (!asked->exact)
		scap__maker_not_exact(k);
	scap__maker_step(k, STEP_SIGN, asked->set);
}

void scap__maker_byte(struct maker *k, unsigned char byte)
{
	uint8_t sign = scap__sign_of[byte];

	if (byte >= 0x80)
		scap__maker_not_exact(k);
	scap__maker_step(k, STEP_SIGN, sign ? sign : byte < 0x80 ? SET_NONE : SET_OTHER);
}
