/* SPDX-License-Identifier: MIT
 *
 * The shape of a session, of a week and of the weeks that follow.
 */
#include <stdlib.h>
#include <string.h>

#include "rulebase/loader.h"

enum { UNREAD = 1001 }; /* the order of a row whose number can't be read */
enum { PART, ORDER, LABEL, LEAST, MOST, SHARE, WORTH, REST };
enum { DAYS = 7 };

static bool load_part(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct part *parts = scap__arena_grow(base->arena, base->parts, base->nparts,
	                                      sizeof(*parts));
	struct part part = {
		.label = scap__record_text(record, LABEL),
		.order = (unsigned)scap__record_number(record, ORDER, 0, 1000, UNREAD),
		.least = (unsigned)scap__record_number(record, LEAST, 0, 20, 0),
		.most = (unsigned)scap__record_number(record, MOST, 1, 20, 0),
		.share = (unsigned)scap__record_number(record, SHARE, 1, 100, 0),
		.worth = (unsigned)scap__record_number(record, WORTH, 1, 1000, 100),
		.rest_days = (unsigned)scap__record_number(record, REST, 0, DAYS - 1, 0),
	};
	struct name *name;

	if (base->nparts == LIMIT_PARTS) {
		scap__record_error(record, PART, E_TOO_MANY, "over %d parts", LIMIT_PARTS);
		return true;
	}
	if (!parts || !scap__record_define(record, PART, base->parts_by_name, NAME_PART,
	                                   base->nparts, &name))
		return false;
	base->parts = parts;
	for (size_t i = 0; i < base->nparts; i++)
		if (parts[i].order == part.order && part.order != UNREAD)
			scap__record_error(record, ORDER, E_DUPLICATE_ROW,
			                   "'%s' has the order %u, too", parts[i].name, part.order);
	if (part.most && part.least > part.most)
		scap__record_error(record, LEAST, E_BAD_RANGE, "the least is more than the most");
	if (name) {
		part.name = name->text;
		parts[base->nparts++] = part;
	}
	return true;
}

static int part_order(const void *a, const void *b)
{
	return (int)((const struct part *)a)->order - (int)((const struct part *)b)->order;
}

/* True when NUMBER is not yet the first cell of a row above; else reported. */
static bool first_time(const struct record *record, unsigned number, unsigned other)
{
	if (number != other)
		return true;
	scap__record_error(record, 0, E_DUPLICATE_ROW, "%u stands twice", number);
	return false;
}

static void read_parts(const struct record *record, size_t column, uint64_t *parts)
{
	const struct names *names = record->loader->base->parts_by_name;
	const struct cell *cell = scap__record_cell(record, column);
	struct item item;
	size_t at = 0;

	while (scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		const struct name *name = scap__names_find(names, item.text, item.size);

		if (name)
			*parts |= UINT64_C(1) << name->index;
		else
			scap__record_unknown(record, column, item.at, item.size, E_UNKNOWN_PART,
			                     "part of a session", names, 1u << NAME_PART);
	}
}

static bool load_day(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct day *days = scap__arena_grow(base->arena, base->days, base->ndays, sizeof(*days));
	struct day day = {
		.number = (unsigned)scap__record_number(record, 0, 1, DAYS, 0),
		.line = record->row->line,
		.label = scap__record_text(record, 1),
		.text = scap__record_text(record, 3),
	};

	read_parts(record, 2, &day.parts);
	if (!days || !scap__record_sources(record, 4, &day.cited))
		return false;
	base->days = days;
	for (size_t i = 0; i < base->ndays; i++)
		if (day.number && !first_time(record, day.number, days[i].number))
			return true;
	days[base->ndays++] = day;
	return true;
}

static bool load_week(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct week *weeks = scap__arena_grow(base->arena, base->weeks, base->nweeks,
	                                      sizeof(*weeks));
	struct week week = {
		.number = (unsigned)scap__record_number(record, 0, 1, 52, 0),
		.share = (unsigned)scap__record_number(record, 1, 0, 100, 0),
		.label = scap__record_text(record, 2),
		.text = scap__record_text(record, 3),
		.check = scap__record_text(record, 4),
	};

	if (!weeks || !scap__record_sources(record, 5, &week.cited))
		return false;
	base->weeks = weeks;
	for (size_t i = 0; i < base->nweeks; i++)
		if (week.number && !first_time(record, week.number, weeks[i].number))
			return true;
	weeks[base->nweeks++] = week;
	return true;
}

static bool load_signal(const struct record *record)
{
	struct rulebase *base = record->loader->base;
	struct signal *signals = scap__arena_grow(base->arena, base->signals, base->nsignals,
	                                          sizeof(*signals));
	struct signal signal = {
		.name = scap__record_text(record, 0),
		.order = (unsigned)scap__record_number(record, 1, 0, 1000, UNREAD),
		.label = scap__record_text(record, 2),
		.sign = scap__record_text(record, 3),
		.action = scap__record_text(record, 4),
	};

	if (!signals || !scap__record_sources(record, 5, &signal.cited))
		return false;
	base->signals = signals;
	for (size_t i = 0; i < base->nsignals; i++)
		if (signals[i].order == signal.order && signal.order != UNREAD)
			scap__record_error(record, 1, E_DUPLICATE_ROW, "'%s' has the order %u, too",
			                   signals[i].name, signal.order);
	signals[base->nsignals++] = signal;
	return true;
}

static int day_order(const void *a, const void *b)
{
	return (int)((const struct day *)a)->number - (int)((const struct day *)b)->number;
}

static int week_order(const void *a, const void *b)
{
	return (int)((const struct week *)a)->number - (int)((const struct week *)b)->number;
}

static int signal_order(const void *a, const void *b)
{
	return (int)((const struct signal *)a)->order - (int)((const struct signal *)b)->order;
}

/* True when PART comes back too soon after DAY, the week going round. */
static bool too_soon(const struct rulebase *base, const struct day *day, size_t part)
{
	for (size_t i = 0; i < base->ndays; i++) {
		unsigned gap = (base->days[i].number + DAYS - day->number) % DAYS;

		if (gap && base->days[i].parts >> part & 1 && gap <= base->parts[part].rest_days)
			return true;
	}
	return false;
}

static bool check_rest(const struct record *record)
{
	const struct rulebase *base = record->loader->base;

	for (size_t i = 0; i < base->ndays; i++)
		for (size_t part = 0; part < base->nparts; part++)
			if (base->days[i].line == record->row->line && base->days[i].parts >> part & 1 &&
			    too_soon(base, &base->days[i], part))
				scap__record_error(record, 2, E_NO_REST,
				                   "after day %u, '%s' comes back within %u "
				                   "day%s of rest", base->days[i].number, base->parts[part].name,
				                   base->parts[part].rest_days,
				                   base->parts[part].rest_days == 1 ? "" : "s");
	return true;
}

static void sort(void *rows, size_t count, size_t size, int (*order)(const void *, const void *))
{
	if (count)
		qsort(rows, count, size, order);
}

bool scap__load_plan(struct loader *loader)
{
	struct rulebase *base = loader->base;

	if (!scap__load_rows(loader, FILE_PLAN, load_part))
		return false;
	scap__load_sort(base->parts_by_name, base->parts, base->nparts, sizeof(*base->parts),
	                part_order);
	if (!scap__load_rows(loader, FILE_WEEK, load_day) ||
	    !scap__load_rows(loader, FILE_WEEKS, load_week) ||
	    !scap__load_rows(loader, FILE_SIGNALS, load_signal) ||
	    !scap__load_rows(loader, FILE_WEEK, check_rest))
		return false;
	sort(base->days, base->ndays, sizeof(*base->days), day_order);
	sort(base->weeks, base->nweeks, sizeof(*base->weeks), week_order);
	sort(base->signals, base->nsignals, sizeof(*base->signals), signal_order);
	return true;
}
