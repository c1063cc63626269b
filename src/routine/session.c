/* SPDX-License-Identifier: MIT */
#include "routine/session.h"

#include "routine/search.h"

#include <stdlib.h>
#include <string.h>

struct session *scap__session_new(const struct layout *layout)
{
	struct session *session = calloc(1, sizeof(*session));
	size_t count = layout->net->base->nexercises + 1;

	if (!session)
		return NULL;
	session->layout = layout;
	session->list = calloc(count, sizeof(*session->list));
	session->place = calloc(count, sizeof(*session->place));
	session->taken = calloc(layout->net->base->nparts + 1, sizeof(*session->taken));
	session->family_used = calloc(count, sizeof(*session->family_used));
	session->search = scap__search_new(layout->net->base);
	if (session->list && session->place && session->taken && session->family_used &&
	    session->search)
		return session;
	scap__session_free(session);
	return NULL;
}

void scap__session_free(struct session *session)
{
	if (!session)
		return;
	scap__search_free(session->search);
	free(session->list);
	free(session->place);
	free(session->taken);
	free(session->family_used);
	free(session);
}

static void take_over(struct session *session)
{
	const struct rulebase *base = session->layout->net->base;
	const struct search *search = session->search;

	memset(session->taken, 0, base->nparts * sizeof(*session->taken));
	memset(session->family_used, 0, base->nexercises * sizeof(*session->family_used));
	for (size_t i = 0; i < search->count; i++) {
		if (!search->best_in[i])
			continue;
		session->list[session->count++] = search->portions[search->list[i].exercise];
		session->seconds += search->list[i].seconds;
		session->place[search->list[i].exercise] = SESSION_CHOSEN;
		session->taken[search->list[i].part]++;
		session->family_used[search->list[i].family] = true;
	}
	session->value = (unsigned long long)search->best;
	session->best = search->work < LIMIT_SESSION_STEPS;
}

static bool full(const struct session *session, unsigned part)
{
	unsigned most = session->layout->net->base->parts[part].most;

	return most && session->taken[part] == most;
}

/* Every candidate is worth something, so one that is left out did not fit. */
static void explain_rest(struct session *session, const struct selection *selection)
{
	const struct rulebase *base = session->layout->net->base;

	for (size_t i = 0; i < base->nexercises; i++) {
		const struct exercise *exercise = &base->exercises[i];
		enum place_in_session *place = &session->place[i];

		if (!selection_open(selection, i))
			*place = selection->excluded[i] ? SESSION_EXCLUDED : SESSION_UNEQUIPPED;
		else if (session->why_not)
			*place = SESSION_NONE;
		else if (*place == SESSION_CHOSEN)
			continue;
		else if (session->family_used[exercise->family])
			*place = SESSION_VARIANT;
		else if (full(session, exercise->part))
			*place = SESSION_FULL;
		else
			*place = SESSION_NO_TIME;
	}
}

void scap__session_make(struct session *session, const struct selection *selection)
{
	const struct rulebase *base = session->layout->net->base;
	unsigned fewest = base->settings.fewest_exercises;

	session->count = 0;
	session->seconds = 0;
	session->value = 0;
	session->best = true;
	session->why_not = !selection->routine         ? ROUTINE_LEVEL
	                   : selection->all            ? ROUTINE_EXCLUDED
	                   : selection->count < fewest ? ROUTINE_TOO_FEW
	                                               : ROUTINE_GIVEN;
	for (size_t i = 0; i < base->nexercises; i++)
		session->place[i] = SESSION_NONE;
	if (!session->why_not) {
		scap__search_run(session->search, selection);
		take_over(session);
	}
	if (!session->why_not && session->count < fewest) {
		session->why_not = ROUTINE_NO_TIME;
		session->count = 0;
		session->seconds = 0;
	}
	explain_rest(session, selection);
}
