/* SPDX-License-Identifier: MIT
 *
 * Texts in, what they say out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "batch/lines.h"
#include "engine/pack.h"
#include "report/data.h"
#include "report/heard.h"

enum { OUT_BYTES = 64 << 10, OUT_MOST = 64 << 20 };
enum { TEXTS = 1 << 15, WAYS = 4, TEXT_MOST = 192, FACTS_MOST = 184 };

/* A short text that was read, and what it said: many people say the same. */
struct known {
	uint32_t text_size, facts_size;
	char text[TEXT_MOST];
	char facts[FACTS_MOST];
};

struct reading {
	struct scan *scan;
	enum scap_reading format;
	struct buffer out;
	scap_write_fn *write;
	void *write_ctx;
	struct scap_read_counts *counts;
	struct known *known; /* TEXTS of them, WAYS for each hash */
	uint32_t *marks;     /* of each, another part of the hash; 0: nobody yet */
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

static enum code put_data(struct reading *r, const struct line *line)
{
	json_t *data = scap__heard_data(r->scan, line->text);

	scap__buffer_text(&r->out, r->counts->texts > 1 ? ",\n" : "\n");
	return (enum code)scap__data_send(data, to_buffer, &r->out);
}

static bool is_known(const struct known *known, const struct line *line)
{
	return known->text_size == line->size && !memcmp(known->text, line->text, line->size);
}

/* Keeps a text in place of the one that was kept there WAYS texts before. */
static void keep(struct reading *r, size_t home, uint32_t mark, const struct line *line,
                 const char *facts, size_t size)
{
	size_t at = home + r->counts->texts % WAYS;
	struct known *known = &r->known[at];

	r->marks[at] = mark;
	known->text_size = (uint32_t)line->size;
	known->facts_size = (uint32_t)size;
	memcpy(known->text, line->text, line->size);
	memcpy(known->facts, facts, size);
}

/* Writes what a text says that was just read, or still is known. */
static enum code put_facts(struct reading *r, const struct line *line)
{
	uint64_t hash = scap__text_hash(line->text, line->size);
	uint32_t mark = (uint32_t)hash | 1;
	size_t home = hash >> 40 & (TEXTS - WAYS), before = r->out.size;

	for (size_t i = home; i < home + WAYS; i++)
		if (r->marks[i] == mark && is_known(&r->known[i], line)) {
			scap__buffer_add(&r->out, r->known[i].facts, r->known[i].facts_size);
			return 0;
		}
	if (!scap__scan_text(r->scan, line->text, line->size))
		return E_NO_MEMORY;
	scap__heard_facts(r->scan, &r->out);
	r->counts->unread += r->scan->unread;
	if (!r->out.failed && !r->scan->unread && r->out.size - before <= FACTS_MOST)
		keep(r, home, mark, line, r->out.data + before, r->out.size - before);
	return 0;
}

/* Reads a text of any size, and writes it in any form. */
static enum code put_text(struct reading *r, const struct line *line)
{
	size_t kept = line->size < LIMIT_CELL_BYTES ? line->size : LIMIT_CELL_BYTES;

	if (!scap__scan_text(r->scan, line->text, line->size))
		return E_NO_MEMORY;
	r->counts->unread += r->scan->unread;
	if (r->format == SCAP_READ_JSON)
		return put_data(r, line);
	if (r->format == SCAP_READ_EXPLAIN)
		scap__heard_explain(r->scan, line->text, kept, &r->out);
	else
		scap__heard_facts(r->scan, &r->out);
	return 0;
}

static enum code take_line(void *ctx, const struct line *line)
{
	struct reading *r = ctx;
	enum code code;

	r->counts->texts++;
	code = r->format == SCAP_READ_FACTS && line->size <= TEXT_MOST ? put_facts(r, line)
	                                                               : put_text(r, line);
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
	if (format == SCAP_READ_FACTS) {
		r.known = malloc(TEXTS * sizeof(*r.known));
		r.marks = calloc(TEXTS, sizeof(*r.marks));
	}
	if (r.scan && ((r.known && r.marks) || format != SCAP_READ_FACTS)) {
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
	free(r.known);
	free(r.marks);
	scap__scan_free(r.scan);
	return code;
}
