/* SPDX-License-Identifier: MIT
 *
 * Columns of the input that go along behind each row of the result.
 */
#include "batch/scoring.h"
#include "report/row.h"

void scap__keep_header(const char *const *keep, struct buffer *header)
{
	if (!keep || !keep[0] || header->failed)
		return;
	header->size--; /* the line end */
	for (; *keep; keep++) {
		scap__buffer_char(header, ',');
		scap__row_cell(header, *keep, strlen(*keep));
	}
	scap__buffer_char(header, '\n');
}

void scap__keep_row(struct scoring *s, bool broken)
{
	const struct reader *r = &s->reader;
	bool whole = !broken && !r->beyond &&
	             r->next == r->intake.bindings + r->intake.ncolumns;

	s->along_at[r->lane] = s->along.size;
	for (size_t i = 0; i < r->nkeeps; i++) {
		const struct span_kept *keep = &r->keeps[i];

		scap__buffer_char(&s->along, ',');
		if (whole && !r->kept.failed) /* else it may be the cell of another column */
			scap__row_text(&s->along, r->kept.data + keep->at, keep->size,
			               s->options->raw);
	}
	s->along_at[r->lane + 1] = s->along.size;
}

void scap__add_kept(struct scoring *s, unsigned lane)
{
	size_t from = s->along_at[lane], to = s->along_at[lane + 1];

	if (from == to || s->out.failed)
		return;
	s->out.size--; /* the line end */
	scap__buffer_add(&s->out, s->along.data + from, to - from);
	scap__buffer_char(&s->out, '\n');
}
