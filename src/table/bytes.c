/* SPDX-License-Identifier: MIT */
#include "table/bytes.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

size_t scap__bytes_mark(const char *bytes, size_t size)
{
	return size >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
}

bool scap__bytes_foreign(struct scap_report *report, const struct source *source)
{
	const unsigned char *s = (const unsigned char *)source->bytes;
	struct source nowhere = {.file = source->file};
	bool mark, bare;

	if (source->size < 2)
		return false;
	mark = (s[0] == 0xff && s[1] == 0xfe) || (s[0] == 0xfe && s[1] == 0xff);
	bare = source->size >= 4 && ((s[0] && !s[1] && s[2] && !s[3]) ||
	                             (!s[0] && s[1] && !s[2] && s[3]));
	if (mark || bare)
		scap__report_add(report, E_UTF16, (struct place){.source = &nowhere},
		                 "the file is UTF-16, not UTF-8; save it as \"CSV UTF-8 (comma delimited)\"");
	return mark || bare;
}

size_t scap__bytes_told_separator(const char *bytes, size_t size, char *separator)
{
	size_t at = size && bytes[0] == '"', told = at + 4;

	if (told >= size || !scap__text_same(bytes + at, 4, "sep=") ||
	    !strchr(",;\t", bytes[told]) || !bytes[told])
		return 0;
	at = told + 1;
	if (bytes[0] == '"' && (at == size || bytes[at++] != '"'))
		return 0;
	while (at < size && (bytes[at] == bytes[told] || bytes[at] == ' ')) /* saved once more */
		at++;
	if (at < size && bytes[at] != '\n' && bytes[at] != '\r')
		return 0;
	at += at + 1 < size && bytes[at] == '\r' && bytes[at + 1] == '\n';
	at += at < size;
	*separator = bytes[told];
	return at;
}

enum { TELLING_TABS = 8 };

char scap__bytes_separator(const char *bytes, size_t size)
{
	size_t commas = 0, semicolons = 0, tabs = 0;
	bool quoted = false;

	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '"')
			quoted = !quoted;
		else if (!quoted && (bytes[i] == '\n' || bytes[i] == '\r'))
			break;
		else if (!quoted && bytes[i] == ',')
			commas++;
		else if (!quoted && bytes[i] == ';')
			semicolons++;
		else if (!quoted && bytes[i] == '\t')
			tabs++;
	}
	if (semicolons > commas) /* a name may hold a comma: Size, in cm */
		return ';';
	if (tabs >= TELLING_TABS && tabs > commas) /* or many of them: names that are sentences */
		return '\t';
	return tabs && !commas ? '\t' : ',';
}

/* A control that is two bytes long: U+0080 to U+009F. */
static bool late_control(const char *bytes, size_t size)
{
	return size > 1 && (unsigned char)bytes[0] == 0xc2 && (unsigned char)bytes[1] < 0xa0;
}

enum code scap__bytes_fault(const char *bytes, size_t size, size_t *at)
{
	size_t invalid;

	if (!(scap__text_bytes(bytes, size) & TEXT_ODD))
		return 0;
	invalid = scap__text_invalid(bytes, size);
	for (size_t i = 0; i < invalid; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c >= 0x20 && c != 0x7f && !late_control(bytes + i, invalid - i))
			continue;
		if (c == '\t' || c == '\n' || c == '\r')
			continue;
		*at = i;
		return c ? E_CONTROL : E_NUL_BYTE;
	}
	*at = invalid;
	return invalid < size ? E_NOT_UTF8 : 0;
}

void scap__bytes_mend(char *bytes, size_t size)
{
	if (!(scap__text_bytes(bytes, size) & TEXT_ODD))
		return;
	for (size_t i = 0, n; i < size; i += n) {
		unsigned char c = (unsigned char)bytes[i];

		n = scap__text_char_size(bytes + i, size - i);
		if (late_control(bytes + i, n))
			bytes[i + 1] = '\xbf';
		else if (n == 1 && (c < 0x20 || c >= 0x7f) && c != '\t' && c != '\n' && c != '\r')
			bytes[i] = '?';
	}
}

/* What Windows-1252 means by a byte of 0x80 to 0x9f that people really type. */
static const char *windows_1252(unsigned char c)
{
	switch (c) {
	case 0x80: return "\xe2\x82\xac";
	case 0x85: return "\xe2\x80\xa6";
	case 0x91: return "\xe2\x80\x98";
	case 0x92: return "\xe2\x80\x99";
	case 0x93: return "\xe2\x80\x9c";
	case 0x94: return "\xe2\x80\x9d";
	case 0x96: return "\xe2\x80\x93";
	case 0x97: return "\xe2\x80\x94";
	default: return NULL;
	}
}

void scap__bytes_describe(enum code code, const char *at, char out[96])
{
	unsigned char c = (unsigned char)*at;
	const char *sign = windows_1252(c);
	char latin[3] = {(char)(0xc0 | c >> 6), (char)(0x80 | (c & 0x3f)), '\0'};

	if (code == E_NUL_BYTE)
		snprintf(out, 96, "a NUL byte");
	else if (code == E_CONTROL && c == 0xc2)
		snprintf(out, 96, "a control character (U+0080 to U+009F)");
	else if (code == E_CONTROL)
		snprintf(out, 96, "the control character 0x%02x", c);
	else if (sign || c >= 0xa0)
		snprintf(out, 96, "byte 0x%02x is not UTF-8 (in Windows-1252 it is '%s')", c,
		         sign ? sign : latin);
	else
		snprintf(out, 96, "byte 0x%02x is not UTF-8", c);
}
