/* SPDX-License-Identifier: MIT
 *
 * A stream in lines. Of a line that is too long only the beginning is kept.
 */
#ifndef SCAP_BATCH_LINES_H
#define SCAP_BATCH_LINES_H

#include "base/codes.h"
#include "base/limits.h"
#include "scapula.h"

struct line {
	const char *text; /* without its end */
	size_t size;      /* of the whole line: above LIMIT_CELL_BYTES no more is there */
};

/* Calls EACH for every line, the last one with or without an end; stops when it does
 * not return 0, with that. 0, or a code. */
enum code scap__lines_run(scap_read_fn *read, void *read_ctx,
                          enum code (*each)(void *ctx, const struct line *line), void *ctx);

#endif
