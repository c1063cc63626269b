/* SPDX-License-Identifier: MIT
 *
 * Counts and words that all tellings of a run of cases share.
 */
#include "report/tested.h"

#include "base/number.h"

size_t scap__aims_count(const struct aims *aims, enum aim_kind kind)
{
	return aims->first[kind + 1] - aims->first[kind];
}

size_t scap__aims_unmet(const struct aims *aims, enum aim_kind kind)
{
	size_t count = 0;

	for (size_t i = aims->first[kind]; i < aims->first[kind + 1]; i++)
		count += !aims->list[i].count;
	return count;
}

size_t scap__aims_left(const struct aims *aims, enum aim_kind kind)
{
	size_t count = 0;

	for (size_t i = aims->first[kind]; i < aims->first[kind + 1]; i++)
		count += !aims->list[i].count && aims->list[i].reach != REACH_NEVER;
	return count;
}

size_t scap__aims_pairs(const struct aims *aims, enum aim_kind kind)
{
	size_t count = 0;

	for (size_t i = aims->first[kind]; i < aims->first[kind + 1]; i += 2)
		count += aims->list[i].count && aims->list[i + 1].count;
	return count;
}

void scap__part_text(const struct aims *aims, const struct rulebase *base, size_t i,
                     struct buffer *out)
{
	const struct rule_part *part = &aims->parts[i];

	scap__buffer_add(out, base->rules[part->rule].when_text + part->cond->at, part->cond->size);
}

static void border_text(const struct border *border, const struct rulebase *base,
                        const struct aim *aim, struct buffer *out)
{
	bool over = border->first != border->at[1]; /* the threshold itself lies below */
	char number[24];

	scap__number_write(border->at[aim->kind == AIM_BORDER ? aim->upper : !over], number);
	scap__buffer_text(out, base->questions[border->question].shown.name);
	if (aim->kind == AIM_BORDER)
		scap__buffer_printf(out, " = %s", number);
	else if (aim->upper)
		scap__buffer_printf(out, over ? " over %s" : " %s or more", number);
	else
		scap__buffer_printf(out, over ? " up to %s" : " under %s", number);
}

void scap__aim_text(const struct aims *aims, const struct rulebase *base, const struct aim *aim,
                    struct buffer *out)
{
	switch (aim->kind) {
	case AIM_RULE:
		scap__buffer_printf(out, "%s holds", base->rules[aim->index].id);
		break;
	case AIM_PART:
		scap__buffer_printf(out, "%s: ", base->rules[aims->parts[aim->index].rule].id);
		scap__part_text(aims, base, aim->index, out);
		scap__buffer_text(out, aim->upper ? " is yes" : " is no");
		break;
	case AIM_SIDE:
	case AIM_BORDER:
		border_text(&aims->borders[aim->index], base, aim, out);
		break;
	case AIM_OFFERED:
	case AIM_LEFT_OUT:
		scap__buffer_printf(out, "%s is %s", base->exercises[aim->index].name,
		                    aim->kind == AIM_OFFERED ? "offered" : "left out");
	}
}
