/* SPDX-License-Identifier: MIT
 *
 * Texts in, what they say out.
 */
#include <stdlib.h>

#include "batch/lines.h"
#include "engine/pack.h"
#include "report/data.h"
#include "report/heard.h"

enum { OUT_BYTES = 64 << 10, OUT_MOST = 64 << 20 };

struct reading {
	struct scan *scan;
	enum scap_reading format;
	struct buffer out;
	scap_write_fn *write;
	void *write_ctx;
	struct scap_read_counts *counts;
};

static enum code flush(struct reading *r)
{
	if (r->out.failed)
		return E_NO_MEMORY;
	if (r->out.size && r->write(r->write_ctx, r->out.data, r->out.size))
		return E_WRITE_FAILED;
	r->out.size = 0;
	return 0;
}

static int to_buffer(void *ctx, const char *bytes, size_t size)
{
	scap__buffer_add(ctx, bytes, size);
	return 0;
}

static enum code put_data(struct reading *r, const struct line *line, size_t kept)
{
	json_t *data = scap__heard_data(r->scan, line->text, kept);

	scap__buffer_text(&r->out, r->counts->texts > 1 ? ",\n" : "\n");
	return (enum code)scap__data_send(data, to_buffer, &r->out);
}

static enum code take_line(void *ctx, const struct line *line)
{
	struct reading *r = ctx;
	size_t kept = line->size < LIMIT_CELL_BYTES ? line->size : LIMIT_CELL_BYTES;
	enum code code = 0;

	if (!scap__scan_text(r->scan, line->text, line->size))
		return E_NO_MEMORY;
	r->counts->texts++;
	r->counts->unread += r->scan->unread;
	if (r->format == SCAP_READ_JSON)
		code = put_data(r, line, kept);
	else if (r->format == SCAP_READ_EXPLAIN)
		scap__heard_explain(r->scan, line->text, kept, &r->out);
	else
		scap__heard_facts(r->scan, &r->out);
	if (!code && r->out.size >= OUT_BYTES)
		code = flush(r);
	return code;
}

unsigned scap_read(const scap_pack *pack, enum scap_reading format, scap_read_fn *read,
                   void *read_ctx, scap_write_fn *write, void *write_ctx,
                   struct scap_read_counts *counts)
{
	struct reading r = {.scan = scap__scan_new(pack->lexicon), .format = format,
	                    .write = write, .write_ctx = write_ctx, .counts = counts};
	enum code code = E_NO_MEMORY;

	*counts = (struct scap_read_counts){0};
	scap__buffer_init(&r.out, OUT_MOST);
	if (r.scan) {
		if (format == SCAP_READ_JSON)
			scap__buffer_char(&r.out, '[');
		code = scap__lines_run(read, read_ctx, take_line, &r);
		if (format == SCAP_READ_JSON)
			scap__buffer_text(&r.out, "]\n");
		if (!code || code == E_READ_FAILED) {
			enum code last = flush(&r);

			code = code ? code : last;
		}
	}
	scap__buffer_free(&r.out);
	scap__scan_free(r.scan);
	return code;
}
