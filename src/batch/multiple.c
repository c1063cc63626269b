/* SPDX-License-Identifier: MIT
 *
 * A select_multiple that comes in several columns: what a row says of it, put together.
 */
#include "batch/intake.h"

/* Reads one of a select_multiple's columns into its bits. */
static enum code take_box(struct multiple *multiple, uint64_t bit, const char *text, size_t size)
{
	struct question any = {.shown = {.type = SCAP_YES_NO}};
	struct value value;
	enum code code = scap__value_read(&any, text, size, &value);

	multiple->reached |= bit;
	if (code || value.state == VALUE_NOT_SURE)
		multiple->unsure |= bit;
	else if (value.state == VALUE_GIVEN && value.number)
		multiple->ticked |= bit;
	else if (value.state == VALUE_GIVEN)
		multiple->denied |= bit;
	return code;
}

enum code scap__multiple_take(const struct intake *intake, const struct binding *binding,
                              const char *text, size_t size)
{
	struct multiple *multiple = &intake->multiples[binding->multiple];
	struct multiple none = {0};
	enum code code;

	if (binding->kind == BIND_CHOICE)
		return take_box(multiple, UINT64_C(1) << binding->choice, text, size);
	if (binding->kind == BIND_NONE) {
		code = take_box(&none, 1, text, size);
		multiple->none |= none.ticked;
		multiple->unsure |= none.unsure ? ~UINT64_C(0) : 0;
		return code;
	}
	code = scap__value_read(&intake->pack->base->questions[binding->question], text, size,
	                        &multiple->cell);
	multiple->faulty |= code != 0;
	return code;
}

/* A choice that was not ticked is a no where the row says so: by a cell for all
 * choices, by `none`, by a column of the choice that is not "not sure", or by a blank
 * that means no. */
static uint64_t unsure_of(const struct multiple *row, uint64_t firm)
{
	uint64_t unsure = row->unsure;

	if (row->faulty)
		unsure = ~UINT64_C(0);
	else if (row->cell.state != VALUE_GIVEN && !row->none)
		unsure |= row->ticked ? ~row->reached : ~firm;
	return unsure & ~(row->ticked | row->cell.choices);
}

enum code scap__multiple_close(struct multiple *multiple, bool firm, struct value *value)
{
	struct multiple row = *multiple;
	bool boxes = row.ticked || row.none;
	uint64_t denied = firm && row.cell.state == VALUE_NONE ? row.firm & ~row.unsure : 0;

	*multiple = (struct multiple){.question = row.question, .column = row.column,
	                              .firm = row.firm};
	*value = row.cell;
	if (row.none && row.ticked)
		return E_NONE_NOT_ALONE;
	if (row.cell.state != VALUE_GIVEN && (boxes || denied))
		*value = (struct value){VALUE_GIVEN, 0, row.ticked, 0};
	else if (row.cell.state == VALUE_GIVEN &&
	         ((row.cell.choices & row.denied) || (row.ticked & ~row.cell.choices) ||
	          (row.none && row.cell.choices)))
		return E_DISAGREE;
	value->unsure = unsure_of(&row, denied);
	return 0;
}
