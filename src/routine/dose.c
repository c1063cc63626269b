/* SPDX-License-Identifier: MIT */
#include "routine/dose.h"

static unsigned between(int low, int high, unsigned share)
{
	return (unsigned)(low + (high - low) * (int)share / 100);
}

static unsigned capped(unsigned value, unsigned cap)
{
	return cap && value > cap ? cap : value;
}

/* Never below one: an exercise that is given is done at least once. */
static unsigned scaled(unsigned value, unsigned scale)
{
	unsigned out = value * scale / FULL_SCALE;

	return value && !out ? 1 : out;
}

/* Repetitions that fit into the part's share of the session. */
static unsigned fitting(const struct selection *selection, const struct portion *portion)
{
	const struct rulebase *base = selection->layout->net->base;
	const struct exercise *exercise = &base->exercises[portion->exercise];
	unsigned share = base->parts[exercise->part].share;
	unsigned room = selection->minutes * 60 * share / 100;
	unsigned once = portion->sets * portion->sides * (portion->hold + exercise->seconds);
	unsigned fit;

	if (!share)
		return portion->reps;
	room -= room > base->settings.changeover_seconds ? base->settings.changeover_seconds : room;
	fit = room / once;
	return fit >= portion->reps ? portion->reps : fit ? fit : 1;
}

static struct portion dose_of(const struct rulebase *base, unsigned index,
                              const struct caps *caps, unsigned share)
{
	const struct dose *dose = &base->exercises[index].merged;
	struct portion out = {
		.exercise = index,
		.sets = capped(between(dose->sets_min, dose->sets_max, share), caps->sets_max),
		.reps = capped(between(dose->reps_min, dose->reps_max, share), caps->reps_max),
		.hold = capped(between(dose->hold_min, dose->hold_max, share), caps->hold_max),
		.sides = (unsigned)dose->sides,
	};

	if (out.reps > 1) /* half the repetitions are half the dose */
		out.reps = scaled(out.reps, caps->scale);
	else
		out.hold = scaled(out.hold, caps->scale);
	return out;
}

static struct portion timed(const struct rulebase *base, struct portion portion)
{
	portion.seconds = portion.sets * portion.sides * portion.reps *
	                  (portion.hold + base->exercises[portion.exercise].seconds);
	return portion;
}

struct portion scap__portion(const struct selection *selection, unsigned index, unsigned share)
{
	const struct rulebase *base = selection->layout->net->base;
	struct portion out = dose_of(base, index, &selection->caps[index], share);

	out.reps = fitting(selection, &out);
	return timed(base, out);
}

struct portion scap__portion_usual(const struct rulebase *base, unsigned index)
{
	static const struct caps none = {.scale = FULL_SCALE};

	return timed(base, dose_of(base, index, &none, 0));
}
