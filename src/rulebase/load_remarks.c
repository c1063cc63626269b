/* SPDX-License-Identifier: MIT
 *
 * What the sources say besides rules and exercises: facts, and where they
 * contradict each other, with what was decided.
 */
#include <stdlib.h>
#include <string.h>

#include "rulebase/loader.h"

static bool add_remark(const struct record *record, struct remark remark, size_t sources)
{
	struct rulebase *base = record->loader->base;
	struct remark *list = scap__arena_grow(base->arena, base->remarks, base->nremarks,
	                                       sizeof(*list));
	struct name *name;

	if (!list || !scap__record_define(record, 0, base->remarks_by_name, NAME_REMARK,
	                                  base->nremarks, &name) ||
	    !scap__record_sources(record, sources, &remark.cited))
		return false;
	base->remarks = list;
	remark.origin = scap__record_origin(record);
	if (name) {
		remark.name = name->text;
		list[base->nremarks++] = remark;
	}
	return true;
}

static bool load_fact(const struct record *record)
{
	return add_remark(record, (struct remark){
		.what = scap__record_text(record, 1),
		.text = scap__record_text(record, 2),
		.note = scap__record_text(record, 4),
		.resolution = "",
		.rows = "",
	}, 3);
}

static bool load_conflict(const struct record *record)
{
	return add_remark(record, (struct remark){
		.conflict = true,
		.what = "conflict",
		.text = scap__record_text(record, 2),
		.resolution = scap__record_text(record, 3),
		.note = scap__record_text(record, 4),
		.rows = scap__record_text(record, 5),
	}, 1);
}

static int remark_order(const void *a, const void *b)
{
	return strcmp(((const struct remark *)a)->name, ((const struct remark *)b)->name);
}

bool scap__load_remarks(struct loader *loader)
{
	struct rulebase *base = loader->base;

	if (!scap__load_rows(loader, FILE_FACTS, load_fact) ||
	    !scap__load_rows(loader, FILE_CONFLICTS, load_conflict))
		return false;
	scap__load_sort(base->remarks_by_name, base->remarks, base->nremarks,
	                sizeof(*base->remarks), remark_order);
	return true;
}
