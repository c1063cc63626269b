/* SPDX-License-Identifier: MIT */
#include "routine/week.h"

#include <string.h>

bool scap__day_has(const struct session *session, const struct day *day, size_t i)
{
	const struct rulebase *base = session->layout->net->base;

	return day->parts >> base->exercises[session->list[i].exercise].part & 1;
}

static unsigned day_seconds(const struct session *session, const struct portion *portions,
                            const struct day *day)
{
	const struct settings *settings = &session->layout->net->base->settings;
	unsigned seconds = 0;

	for (size_t i = 0; i < session->count; i++)
		if (!day || scap__day_has(session, day, i))
			seconds += portions[i].seconds + settings->changeover_seconds;
	return seconds;
}

unsigned scap__week_seconds(const struct session *session, const struct portion *portions)
{
	const struct rulebase *base = session->layout->net->base;
	unsigned most = 0;

	if (!base->ndays)
		return day_seconds(session, portions, NULL);
	for (size_t i = 0; i < base->ndays; i++) {
		unsigned seconds = day_seconds(session, portions, &base->days[i]);

		most = seconds > most ? seconds : most;
	}
	return most;
}

void scap__week_make(const struct session *session, const struct selection *selection, size_t week,
                     struct portion *portions)
{
	const struct rulebase *base = session->layout->net->base;
	unsigned room = selection->minutes * 60;

	for (size_t i = week + 1; i-- > 0;) {
		for (size_t j = 0; j < session->count; j++)
			portions[j] = scap__portion(selection, session->list[j].exercise,
			                            base->weeks[i].share);
		if (scap__week_seconds(session, portions) <= room)
			return;
	}
	memcpy(portions, session->list, session->count * sizeof(*portions));
}

bool scap__week_held(const struct session *session, const struct selection *selection, size_t week,
                     const struct portion *portions)
{
	unsigned share = session->layout->net->base->weeks[week].share;

	for (size_t i = 0; i < session->count; i++)
		if (scap__portion(selection, portions[i].exercise, share).seconds !=
		    portions[i].seconds)
			return true;
	return false;
}
