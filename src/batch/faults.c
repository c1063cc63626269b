/* SPDX-License-Identifier: MIT */
#include "batch/cells.h"

#include <string.h>

#include "base/text.h"
#include "table/bytes.h"

void scap__note_fault(struct reader *r, enum code code, size_t column, const char *text,
                       size_t size)
{
	struct fault *fault;

	if (r->nfaults++ >= FAULTS_TOLD)
		return;
	fault = &r->faults[r->nfaults - 1];
	fault->code = code;
	fault->column = column;
	fault->size = size < FAULT_TEXT ? size : FAULT_TEXT;
	if (fault->size)
		memcpy(fault->text, text, fault->size);
}

void scap__note_value(struct reader *r, enum code code, size_t column, const char *text,
                       size_t size)
{
	size_t at;
	enum code bytes = scap__bytes_fault(text, size, &at);

	if (bytes)
		scap__note_fault(r, bytes, column, text + at, 1);
	else
		scap__note_fault(r, code, column, text, size);
}

void scap__reader_describe(struct reader *r, const struct source *record,
                           const struct fault *fault, struct scap_error *error)
{
	struct place place = scap__stream_cell(&r->stream, record, fault->column);
	const struct binding *binding = fault->column < r->intake.ncolumns
	                                        ? &r->intake.bindings[fault->column] : NULL;
	const char *text = fault->text;
	size_t size = fault->size, at;
	char what[96];

	const struct map_row *row = binding ? scap__intake_row(&r->intake, binding) : NULL;

	if (fault->code == E_NONE_NOT_ALONE && binding->kind == BIND_NONE) {
		scap__error_fill(error, fault->code, place,
		                 "'none' is ticked together with a choice, for '%s'",
		                 r->pack->base->questions[binding->question].shown.name);
		return;
	}
	if (fault->code == E_NONE_NOT_ALONE && row) {
		scap__error_fill(error, fault->code, place,
		                 "'%.*s': a value for none or unknown stands together with a choice, "
		                 "for '%s'", (int)size, text,
		                 r->pack->base->questions[binding->question].shown.name);
		return;
	}
	switch (fault->code) {
	case E_CELL_COUNT:
		place = (struct place){record, 0, record->size};
		scap__error_fill(error, fault->code, place,
		                 "the row has %zu cell%s, the header has %zu", fault->column,
		                 fault->column == 1 ? "" : "s", r->intake.ncolumns);
		break;
	case E_STILL_BROKEN:
		scap__error_fill(error, fault->code, place,
		                 "the row was rejected and is not filled in: put its id and answers "
		                 "into their columns");
		break;
	case E_CELL_TOO_LONG:
		scap__error_fill(error, fault->code, place, "the cell is over 64 KiB");
		break;
	case E_ID_OF_LINES:
		scap__error_fill(error, fault->code, place, "the id has a line break in it");
		break;
	case E_NOT_UTF8:
	case E_NUL_BYTE:
	case E_CONTROL:
		if (scap__bytes_fault(record->bytes + place.at, place.size, &at))
			place = (struct place){record, place.at + at, 1};
		scap__bytes_describe(fault->code, text, what);
		scap__error_fill(error, fault->code, place, "%s", what);
		break;
	case E_MAP_VALUE:
		scap__text_trim(&text, &size);
		scap__map_complain(error, r->options->map, row, text, size, place);
		break;
	case E_DISAGREE:
		scap__error_fill(error, fault->code, place,
		                 "the cell and the columns of '%s' disagree",
		                 r->pack->base->questions[binding->question].shown.name);
		break;
	default:
		scap__text_trim(&text, &size);
		scap__value_complain(error, fault->code,
		                     &r->pack->base->questions[binding->question], text, size,
		                     place);
	}
}
