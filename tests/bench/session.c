/* SPDX-License-Identifier: MIT
 *
 * How long a session takes to build: random people whom nothing keeps from a
 * routine, with random conditions, equipment, wishes and minutes.
 *
 *	session RULES DATA [PEOPLE] [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/answers.h"
#include "routine/session.h"

static uint64_t roll(uint64_t *dice)
{
	*dice ^= *dice << 13;
	*dice ^= *dice >> 7;
	*dice ^= *dice << 17;
	return *dice;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* A verdict that permits a routine: each contraindication, preference and
 * adjustment applies now and then, things are at hand or not. */
static void roll_tail(const struct layout *layout, uint64_t *tail, uint64_t *dice)
{
	size_t first = layout->tail_bits - layout->nminutes;
	size_t reached = layout->nminutes ? roll(dice) % layout->nminutes : 0;

	memset(tail, 0, layout->tail_words * sizeof(*tail));
	for (size_t i = 0; i < layout->tail_bits; i++) {
		bool on = i == 0 ? true : i >= first ? i - first <= reached
		          : i < 64 * layout->excluded_words ? roll(dice) % 16 == 0 : roll(dice) % 3 == 0;

		tail[i / 64] |= (uint64_t)on << (i % 64);
	}
}

int main(int argc, char **argv)
{
	unsigned long people = argc > 3 ? strtoul(argv[3], NULL, 10) : 20000;
	uint64_t dice = argc > 4 ? strtoull(argv[4], NULL, 10) : 1;
	scap_report *report = scap_report_new();
	scap_pack *pack = argc > 2 ? scap_pack_load(argv[1], argv[2], report) : NULL;
	struct selection *selection = pack ? scap__selection_new(pack->layout) : NULL;
	struct session *session = pack ? scap__session_new(pack->layout) : NULL;
	uint64_t *tail = pack ? calloc(pack->layout->tail_words + 1, sizeof(*tail)) : NULL;
	unsigned long given = 0, unproved = 0, slow = 0;
	double sum = 0, most = 0;

	if (!selection || !session || !tail) {
		fputs("usage: session RULES DATA [PEOPLE] [SEED], with a pack that loads\n", stderr);
		return 2;
	}
	for (unsigned long i = 0; i < people; i++) {
		struct verdict verdict = {pack->layout, NULL, tail};
		double start, took;

		roll_tail(pack->layout, tail, &dice);
		took = 1e9;
		for (int again = 0; again < 3; again++) { /* the machine may look away once */
			start = now();
			scap__selection_make(selection, &verdict);
			scap__session_make(session, selection);
			took = now() - start < took ? now() - start : took;
		}
		given += !session->why_not;
		unproved += !session->best;
		sum += took;
		slow += took > 100;
		most = took > most ? took : most;
	}
	printf("session: %lu people, %lu with a routine, %.1f us on average, %.0f us at most, "
	       "%lu over 100 us, %lu not proved\n", people, given, sum / (double)people, most, slow,
	       unproved);
	free(tail);
	scap__session_free(session);
	scap__selection_free(selection);
	scap_pack_free(pack);
	scap_report_free(report);
	return 0;
}
