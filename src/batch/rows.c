/* SPDX-License-Identifier: MIT */
#include "batch/scoring.h"

#include "batch/worklist.h"
#include "report/row.h"

enum { OUT_BYTES = 64 << 10 };

void scap__lane_id(const struct scoring *s, unsigned lane, const char **id, size_t *size)
{
	*id = s->reader.ids.data + s->id_at[lane];
	*size = s->id_at[lane + 1] - s->id_at[lane];
}

void scap__flush_out(struct scoring *s)
{
	if (s->out.failed)
		s->failed = E_NO_MEMORY;
	if (s->out.size && !s->failed && s->write(s->write_ctx, s->out.data, s->out.size))
		s->failed = E_WRITE_FAILED;
	s->out.size = 0;
}

static const struct buffer *text_of_head(struct scoring *s, const struct verdict *verdict)
{
	bool found;
	struct buffer *text = scap__cache_slot(s->heads, verdict->head, &found);

	if (found)
		return text;
	if (s->options->listed)
		scap__worklist_row(verdict, text);
	else
		scap__row_head(verdict, text);
	return text;
}

static const struct buffer *text_of_tail(struct scoring *s, const struct verdict *verdict)
{
	bool found;
	struct buffer *text = scap__cache_slot(s->tails, verdict->tail, &found);

	if (found)
		return text;
	scap__selection_make(s->selection, verdict);
	scap__row_tail(verdict, s->selection, text);
	return text;
}

static void list_row(struct scoring *s, const struct verdict *verdict, const char *id, size_t size,
                     const struct buffer *head)
{
	const struct rulebase *base = verdict->layout->net->base;

	s->spare.size = 0;
	scap__row_cell(&s->spare, id, size);
	scap__buffer_add(&s->spare, head->data, head->size);
	if (s->spare.failed || head->failed)
		s->failed = E_NO_MEMORY;
	else if (s->options->listed(s->options->ctx, &base->levels[scap__verdict_level(verdict)].shown,
	                            s->spare.data, s->spare.size))
		s->failed = E_WRITE_FAILED;
}

void scap__write_row(struct scoring *s, unsigned lane)
{
	const struct layout *layout = s->judge->layout;
	struct verdict verdict = {layout, s->head + lane * layout->head_words,
	                          s->tail + lane * layout->tail_words};
	const struct buffer *head = text_of_head(s, &verdict), *tail;
	const char *id;
	size_t size;

	s->counts->scored++;
	s->counts->levels[scap__verdict_level(&verdict)]++;
	scap__lane_id(s, lane, &id, &size);
	if (s->options->listed) {
		list_row(s, &verdict, id, size, head);
		return;
	}
	tail = text_of_tail(s, &verdict);
	scap__row_cell(&s->out, id, size);
	scap__buffer_add(&s->out, head->data, head->size);
	scap__buffer_add(&s->out, tail->data, tail->size);
	if (head->failed || tail->failed)
		s->failed = E_NO_MEMORY;
	if (s->out.size >= OUT_BYTES || s->out.failed)
		scap__flush_out(s);
}
