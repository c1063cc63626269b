/* SPDX-License-Identifier: MIT */
#include "report/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/report.h"
#include "base/text.h"

static void put_word(struct buffer *out, const char *word, size_t size)
{
	for (size_t i = 0, n; i < size; i += n) {
		n = scap__text_char_size(word + i, size - i);
		if (scap__text_invalid(word + i, n) == 0 || scap__text_unsafe(word + i, n))
			scap__buffer_char(out, '?');
		else
			scap__buffer_add(out, word + i, n);
	}
}

void scap__text_item(struct buffer *out, unsigned indent, const char *first, const char *text)
{
	size_t column = indent;

	scap__buffer_printf(out, "%-*s", (int)indent, first);
	while (*text) {
		size_t space = strspn(text, " \n\r\t"), size = strcspn(text + space, " \n\r\t");
		size_t length = scap__text_length(text + space, size);

		if (column > indent && column + 1 + length > TEXT_WIDTH) {
			scap__buffer_printf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent && size) {
			scap__buffer_char(out, ' ');
			column++;
		}
		put_word(out, text + space, size);
		column += length;
		text += space + size;
	}
	scap__buffer_char(out, '\n');
}

void scap__text_itemf(struct buffer *out, unsigned indent, const char *first, const char *format,
                      ...)
{
	struct buffer text;
	va_list args;
	int size;

	scap__buffer_init(&text, TEXT_LIMIT);
	va_start(args, format);
	size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (size >= 0 && scap__buffer_reserve(&text, (size_t)size + 1)) {
		va_start(args, format);
		vsnprintf(text.data, (size_t)size + 1, format, args);
		va_end(args);
		scap__text_item(out, indent, first, text.data);
	} else {
		out->failed = true;
	}
	scap__buffer_free(&text);
}

void scap__text_field(struct buffer *out, const char *name, const char *text)
{
	char first[16];

	if (!text[0])
		return;
	snprintf(first, sizeof(first), "  %-9s", name);
	scap__text_item(out, 12, first, text);
}

void scap__text_heading(struct buffer *out, const char *heading)
{
	scap__buffer_printf(out, "\n%s\n", heading);
}

unsigned scap__buffer_send(struct buffer *out, scap_write_fn *write, void *ctx)
{
	unsigned code = 0;

	if (out->failed)
		code = E_NO_MEMORY;
	else if (out->size && write(ctx, out->data, out->size))
		code = E_WRITE_FAILED;
	scap__buffer_free(out);
	return code;
}

void scap__text_sources(const struct rulebase *base, const struct citation *cited,
                        struct buffer *out)
{
	for (size_t i = 0; i < cited->nsources; i++)
		scap__buffer_printf(out, "%s%s", i ? ", " : "",
		                    base->sources[cited->sources[i]].name);
}
