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
	const struct search *search = session->search;

	for (size_t i = 0; i < search->count; i++) {
		if (!search->best_in[i])
			continue;
		session->list[session->count++] = search->portions[search->list[i].exercise];
		session->seconds += search->list[i].seconds;
	}
	session->value = (unsigned long long)search->best;
	session->best = search->work < LIMIT_SESSION_STEPS;
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
	if (!session->why_not) {
		scap__search_run(session->search, selection);
		take_over(session);
	}
	if (!session->why_not && session->count < fewest) {
		session->why_not = ROUTINE_NO_TIME;
		session->count = 0;
		session->seconds = 0;
	}
}

/* ---- Why each is in it, or not ------------------------------------------------------ */

static void mark_chosen(struct session *session)
{
	const struct rulebase *base = session->layout->net->base;

	memset(session->taken, 0, base->nparts * sizeof(*session->taken));
	memset(session->family_used, 0, base->nexercises * sizeof(*session->family_used));
	memset(session->place, 0, base->nexercises * sizeof(*session->place));
	for (size_t i = 0; i < session->count; i++) {
		const struct exercise *exercise = &base->exercises[session->list[i].exercise];

		session->place[session->list[i].exercise] = SESSION_CHOSEN;
		session->taken[exercise->part]++;
		session->family_used[exercise->family] = true;
	}
}

static bool full(const struct session *session, unsigned part)
{
	unsigned most = session->layout->net->base->parts[part].most;

	return most && session->taken[part] == most;
}

/* Every candidate is worth something, so one that is left out did not fit. */
static enum place_in_session place_of(const struct session *session,
                                      const struct selection *selection, size_t index)
{
	const struct exercise *exercise = &session->layout->net->base->exercises[index];

	if (selection->excluded[index])
		return SESSION_EXCLUDED;
	if (selection->unequipped[index])
		return SESSION_UNEQUIPPED;
	if (session->why_not)
		return SESSION_NONE;
	if (session->family_used[exercise->family])
		return SESSION_VARIANT;
	return full(session, exercise->part) ? SESSION_FULL : SESSION_NO_TIME;
}

void scap__session_explain(struct session *session, const struct selection *selection)
{
	mark_chosen(session);
	for (size_t i = 0; i < session->layout->net->base->nexercises; i++)
		if (session->place[i] != SESSION_CHOSEN)
			session->place[i] = place_of(session, selection, i);
}
