/* SPDX-License-Identifier: MIT
 *
 * A growing run of bytes with a cap. Failure is sticky: append as you like, ask
 * once at the end.
 */
#ifndef SCAP_BASE_BUFFER_H
#define SCAP_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct buffer {
	char *data;   /* owned; not NUL-terminated unless asked for */
	size_t size;  /* bytes in use */
	size_t room;  /* bytes there are */
	size_t limit; /* never more than this */
	bool failed;  /* out of memory or over the limit */
};

/* An empty buffer that may grow to LIMIT bytes. Allocates nothing yet. */
void scap__buffer_init(struct buffer *buffer, size_t limit);
void scap__buffer_free(struct buffer *buffer);

/* Room for SIZE more bytes behind `size`; false when there is none. */
bool scap__buffer_reserve(struct buffer *buffer, size_t size);

static inline void scap__buffer_add(struct buffer *buffer, const char *bytes, size_t size)
{
	if (!size || (size > buffer->room - buffer->size && !scap__buffer_reserve(buffer, size)))
		return;
	memcpy(buffer->data + buffer->size, bytes, size);
	buffer->size += size;
}

static inline void scap__buffer_swap(struct buffer *a, struct buffer *b)
{
	struct buffer c = *a;

	*a = *b;
	*b = c;
}

void scap__buffer_text(struct buffer *buffer, const char *text);
void scap__buffer_char(struct buffer *buffer, char c);
void scap__buffer_printf(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The bytes as a string, or NULL if anything failed. */
const char *scap__buffer_string(struct buffer *buffer);

#endif
