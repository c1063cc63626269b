/* SPDX-License-Identifier: MIT */
#include "batch/lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Room for the longest line that is kept, and as much again to read into. */
enum { ROOM = 4 * LIMIT_CELL_BYTES };

struct lines {
	char *bytes;
	size_t from, to; /* what is there and not handed out yet */
	size_t dropped;  /* of the line at `from`: bytes that were not kept */
	enum code (*each)(void *, const struct line *);
	void *ctx;
};

static enum code hand_out(struct lines *lines, size_t size)
{
	struct line line = {lines->bytes + lines->from, size + lines->dropped};

	if (!lines->dropped && line.size && line.text[line.size - 1] == '\r')
		line.size--;
	lines->dropped = 0;
	return lines->each(lines->ctx, &line);
}

static enum code hand_out_all(struct lines *lines)
{
	const char *end;
	enum code code = 0;

	while (!code && (end = memchr(lines->bytes + lines->from, '\n', lines->to - lines->from))) {
		size_t size = (size_t)(end - lines->bytes) - lines->from;

		code = hand_out(lines, size);
		lines->from += size + 1;
	}
	return code;
}

/* Moves the line that has begun to the front, and cuts it where it is too long. */
static void make_room(struct lines *lines)
{
	size_t size = lines->to - lines->from;

	memmove(lines->bytes, lines->bytes + lines->from, size);
	lines->from = 0;
	lines->to = size;
	if (size > LIMIT_CELL_BYTES + 1) {
		lines->dropped += size - (LIMIT_CELL_BYTES + 1);
		lines->to = LIMIT_CELL_BYTES + 1;
	}
}

enum code scap__lines_run(scap_read_fn *read, void *read_ctx,
                          enum code (*each)(void *ctx, const struct line *line), void *ctx)
{
	struct lines lines = {.bytes = malloc(ROOM), .each = each, .ctx = ctx};
	enum code code = lines.bytes ? 0 : E_NO_MEMORY;
	long got = 1;

	while (!code) {
		make_room(&lines);
		got = read(read_ctx, lines.bytes + lines.to, ROOM - lines.to);
		if (got <= 0)
			break;
		lines.to += (size_t)got;
		code = hand_out_all(&lines);
	}
	if (!code && got < 0)
		code = E_READ_FAILED;
	if (!code && lines.to > lines.from)
		code = hand_out(&lines, lines.to - lines.from);
	free(lines.bytes);
	return code;
}
