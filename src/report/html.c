/* SPDX-License-Identifier: MIT */
#include "report/html.h"

#include "base/text.h"

static void put_char(struct buffer *out, const char *text, size_t size)
{
	switch (text[0]) {
	case '&': scap__buffer_text(out, "&amp;"); break;
	case '<': scap__buffer_text(out, "&lt;"); break;
	case '>': scap__buffer_text(out, "&gt;"); break;
	case '"': scap__buffer_text(out, "&quot;"); break;
	case '\'': scap__buffer_text(out, "&#39;"); break;
	case '\n':
	case '\r':
	case '\t': scap__buffer_char(out, ' '); break;
	default:
		if (scap__text_invalid(text, size) == 0 || scap__text_unsafe(text, size))
			scap__buffer_char(out, '?');
		else
			scap__buffer_add(out, text, size);
	}
}

void scap__html_text(struct buffer *out, const char *text)
{
	size_t left = strlen(text);

	for (size_t size; left; text += size, left -= size) {
		size = scap__text_char_size(text, left);
		put_char(out, text, size);
	}
}

void scap__html_item(struct buffer *out, const char *before, const char *text, const char *after)
{
	scap__buffer_text(out, before);
	scap__html_text(out, text);
	scap__buffer_text(out, after);
}

void scap__html_list(struct buffer *out, const char *names)
{
	size_t left = strlen(names);

	for (size_t size; left; names += size, left -= size) {
		size = scap__text_char_size(names, left);
		put_char(out, names, size);
		if (names[0] == ';' && left > 1 && names[1] != ' ')
			scap__buffer_char(out, ' ');
	}
}
