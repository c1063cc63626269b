/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void scap__buffer_init(struct buffer *buffer, size_t limit)
{
	*buffer = (struct buffer){.limit = limit};
}

void scap__buffer_free(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){.limit = buffer->limit};
}

bool scap__buffer_reserve(struct buffer *buffer, size_t size)
{
	size_t need, room;
	char *data;

	if (buffer->failed)
		return false;
	if (buffer->room - buffer->size >= size)
		return true;
	need = buffer->size + size;
	if (need < size || need > buffer->limit) {
		buffer->failed = true;
		return false;
	}
	for (room = buffer->room ? buffer->room : 256; room < need;)
		room *= 2;
	if (room > buffer->limit)
		room = buffer->limit;
	data = realloc(buffer->data, room);
	if (!data) {
		buffer->failed = true;
		return false;
	}
	buffer->data = data;
	buffer->room = room;
	return true;
}

void scap__buffer_text(struct buffer *buffer, const char *text)
{
	scap__buffer_add(buffer, text, strlen(text));
}

void scap__buffer_char(struct buffer *buffer, char c)
{
	scap__buffer_add(buffer, &c, 1);
}

void scap__buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list args, again;
	int size;

	va_start(args, format);
	va_copy(again, args);
	size = vsnprintf(NULL, 0, format, args);
	if (size < 0) {
		buffer->failed = true;
	} else if (scap__buffer_reserve(buffer, (size_t)size + 1)) {
		vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
		buffer->size += (size_t)size;
	}
	va_end(again);
	va_end(args);
}

const char *scap__buffer_string(struct buffer *buffer)
{
	scap__buffer_char(buffer, '\0');
	if (buffer->failed)
		return NULL;
	buffer->size--;
	return buffer->data;
}
