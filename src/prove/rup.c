/* SPDX-License-Identifier: MIT */
#include "prove/rup.h"

#include <stdlib.h>

#include "prove/memory.h"

/* A clause in the lists of its two watched literals, which stand first in it. */
struct watcher {
	size_t clause; /* where it begins in `literals` */
	size_t next;   /* index + 1 of the next one of the list, or 0 */
};

struct rup {
	int nvars;
	signed char *values; /* of each variable: 1, -1, or 0 */
	int *trail;
	size_t ntrail, done; /* set so far; propagated so far */
	int *literals;       /* clause after clause, each ended by 0 */
	size_t nliterals;
	struct watcher *watchers;
	size_t nwatchers;
	size_t *first;       /* of each literal: its list */
	bool conflict;       /* at the root */
};

static size_t list_of(const struct rup *r, int literal)
{
	return (size_t)(literal + r->nvars);
}

static int value_of(const struct rup *r, int literal)
{
	return literal > 0 ? r->values[literal] : -r->values[-literal];
}

static void set(struct rup *r, int literal)
{
	r->values[abs(literal)] = literal > 0 ? 1 : -1;
	r->trail[r->ntrail++] = literal;
}

static void watch(struct rup *r, int literal, size_t clause)
{
	r->watchers = prove_grow(r->watchers, r->nwatchers, sizeof(*r->watchers));
	r->watchers[r->nwatchers++] = (struct watcher){clause, r->first[list_of(r, literal)]};
	r->first[list_of(r, literal)] = r->nwatchers;
}

/* Finds another literal to watch in the place of the second one, which is false. */
static bool watch_other(struct rup *r, int *clause, size_t index)
{
	for (int *other = clause + 2; *other; other++)
		if (value_of(r, *other) >= 0) {
			int literal = *other;

			*other = clause[1];
			clause[1] = literal;
			r->watchers[index].next = r->first[list_of(r, literal)];
			r->first[list_of(r, literal)] = index + 1;
			return true;
		}
	return false;
}

/* Goes through the clauses that watch a literal which has become false. False: one of them
 * can't hold any more. */
static bool visit(struct rup *r, int literal)
{
	size_t *link = &r->first[list_of(r, literal)];

	while (*link) {
		size_t index = *link - 1;
		struct watcher *watcher = &r->watchers[index];
		int *clause = r->literals + watcher->clause;

		if (clause[0] == literal) {
			clause[0] = clause[1];
			clause[1] = literal;
		}
		if (value_of(r, clause[0]) <= 0) {
			size_t next = watcher->next;

			if (watch_other(r, clause, index)) {
				*link = next;
				continue;
			}
			if (value_of(r, clause[0]) < 0)
				return false;
			set(r, clause[0]);
		}
		link = &watcher->next;
	}
	return true;
}

static bool propagate(struct rup *r)
{
	while (r->done < r->ntrail)
		if (!visit(r, -r->trail[r->done++]))
			return false;
	return true;
}

static void put(struct rup *r, int literal)
{
	r->literals = prove_grow(r->literals, r->nliterals, sizeof(int));
	r->literals[r->nliterals++] = literal;
}

/* A literal that stands twice would be watched twice. */
static bool twice(const int *clause, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (clause[i] == clause[index])
			return true;
	return false;
}

/* Adds a clause at the root; what is false there is no good to watch. */
static void add(struct rup *r, const int *clause, size_t count)
{
	size_t at = r->nliterals, open = 0, end;

	for (size_t i = 0; i < count; i++)
		if (!twice(clause, i))
			put(r, clause[i]);
	end = r->nliterals;
	put(r, 0);
	for (size_t i = at; i < end && open < 2; i++)
		if (value_of(r, r->literals[i]) >= 0) {
			int literal = r->literals[i];

			r->literals[i] = r->literals[at + open];
			r->literals[at + open++] = literal;
		}
	if (open > 1) {
		watch(r, r->literals[at], at);
		watch(r, r->literals[at + 1], at);
	} else if (!open) {
		r->conflict = true;
	} else if (!value_of(r, r->literals[at])) {
		set(r, r->literals[at]);
	}
	r->conflict |= !propagate(r);
}

/* A clause follows when its opposite leads to a contradiction. */
static bool follows(struct rup *r, const int *clause, size_t count)
{
	size_t before = r->ntrail;
	bool contradiction = r->conflict;

	for (size_t i = 0; i < count && !contradiction; i++) {
		contradiction = value_of(r, clause[i]) > 0;
		if (!value_of(r, clause[i]))
			set(r, -clause[i]);
	}
	contradiction = contradiction || !propagate(r);
	while (r->ntrail > before)
		r->values[abs(r->trail[--r->ntrail])] = 0;
	r->done = r->ntrail;
	return contradiction;
}

static bool known_variables(const struct rup *r, const int *clause, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (clause[i] < -r->nvars || clause[i] > r->nvars)
			return false;
	return true;
}

static bool check(struct rup *r, const int *reason, size_t size)
{
	for (size_t at = 0, end; at < size && !r->conflict; at = end + 1) {
		for (end = at; end < size && reason[end]; end++)
			;
		if (end == size || !known_variables(r, reason + at, end - at) ||
		    !follows(r, reason + at, end - at))
			return false;
		add(r, reason + at, end - at);
	}
	return r->conflict;
}

bool prove_rup_check(const struct model *model, const int *claim, size_t count, const int *reason,
                     size_t size)
{
	struct rup r = {.nvars = model->nvars};
	bool sound;

	r.values = prove_alloc((size_t)r.nvars + 1, sizeof(*r.values));
	r.trail = prove_alloc((size_t)r.nvars + 1, sizeof(*r.trail));
	r.first = prove_alloc(2 * (size_t)r.nvars + 1, sizeof(*r.first));
	for (size_t at = 0, end; at < model->nliterals; at = end + 1) {
		for (end = at; model->literals[end]; end++)
			;
		add(&r, model->literals + at, end - at);
	}
	for (size_t i = 0; i < count; i++)
		add(&r, claim + i, 1);
	sound = check(&r, reason, size);
	free(r.values);
	free(r.trail);
	free(r.literals);
	free(r.watchers);
	free(r.first);
	return sound;
}
