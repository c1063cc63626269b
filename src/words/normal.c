/* SPDX-License-Identifier: MIT */
#include "words/normal.h"

#include "base/text.h"

const uint8_t scap__sign_of[256] = {
	[' '] = 1, ['a'] = 2, ['b'] = 3, ['c'] = 4, ['d'] = 5, ['e'] = 6, ['f'] = 7, ['g'] = 8,
	['h'] = 9, ['i'] = 10, ['j'] = 11, ['k'] = 12, ['l'] = 13, ['m'] = 14, ['n'] = 15,
	['o'] = 16, ['p'] = 17, ['q'] = 18, ['r'] = 19, ['s'] = 20, ['t'] = 21, ['u'] = 22,
	['v'] = 23, ['w'] = 24, ['x'] = 25, ['y'] = 26, ['z'] = 27, ['0'] = 28, ['1'] = 29,
	['2'] = 30, ['3'] = 31, ['4'] = 32, ['5'] = 33, ['6'] = 34, ['7'] = 35, ['8'] = 36,
	['9'] = 37, ['\''] = 38, [','] = 39, ['.'] = 40, ['-'] = 41, ['/'] = 42, ['&'] = 43,
	['+'] = 44, ['?'] = 45, ['%'] = 46, ['\n'] = 47, [':'] = 48,
	['\0'] = SIGN_END,
};

const bool scap__in_word[256] = {
	['0' ... '9'] = true, ['a' ... 'z'] = true, ['\''] = true, [0x80 ... 0xff] = true,
};

/* What becomes of each ASCII byte: itself in lower case, another sign, or a space. */
static const char plain[129] =
	"          \n\n\n\n                  "
	" .   %&',, +,-./0123456789:, : ?"
	" abcdefghijklmnopqrstuvwxyz, ,  "
	"'abcdefghijklmnopqrstuvwxyz :   ";

static uint32_t code_point(const char *text, size_t size)
{
	const unsigned char *b = (const unsigned char *)text;

	if (size == 2)
		return (b[0] & 0x1fu) << 6 | (b[1] & 0x3fu);
	if (size == 3)
		return (b[0] & 0x0fu) << 12 | (b[1] & 0x3fu) << 6 | (b[2] & 0x3fu);
	return (b[0] & 0x07u) << 18 | (b[1] & 0x3fu) << 12 | (b[2] & 0x3fu) << 6 | (b[3] & 0x3fu);
}

/* Signs that turn the writing. */
static bool is_mark(uint32_t code)
{
	return code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069);
}

/* Letters of any writing, roughly; all else, as signs and pictures, parts words. */
static bool is_letter_code(uint32_t code)
{
	return (code >= 0xc0 && code < 0x2000 && code != 0xd7 && code != 0xf7) || code == 0xaa ||
	       code == 0xb5 || code == 0xba || (code >= 0x2c00 && code < 0x2e00) ||
	       (code >= 0x3040 && code < 0xd800) || (code >= 0xf900 && code < 0xfe00) ||
	       (code >= 0xfe70 && code < 0xff00) || (code >= 0xff66 && code < 0xffe0) ||
	       (code >= 0x10000 && code < 0x1f000) || (code >= 0x20000 && code < 0x40000);
}

/* What a character beyond ASCII becomes: a sign, 0 to leave it out, or -1 to keep it. */
static int sign_for(uint32_t code)
{
	if (code >= 0xff01 && code <= 0xff5e) /* full width */
		return plain[code - 0xfee0];
	switch (code) {
	case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x2032: case 0x00b4: case 0x02bc:
		return '\'';
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
		return '-';
	case 0x2026: case 0x3002:
		return '.';
	case 0x00ad: case 0x200b: case 0x200c: case 0x200d: case 0x2060: case 0xfeff:
	case 0xfe0e: case 0xfe0f:
		return 0; /* stand inside words and can't be seen */
	case 0x0085: case 0x2028: case 0x2029:
		return '\n';
	case 0x00bf:
		return ' ';
	case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x00ab: case 0x00bb:
	case 0x00a0: case 0x1680: case 0x202f: case 0x205f: case 0x3000: case 0x2022: case 0x00b7:
		return ' ';
	default:
		return is_mark(code) ? 0 : is_letter_code(code) ? -1 : ' ';
	}
}

/* A quote of Windows-1252, which many a spreadsheet leaves behind. */
static char stray_byte(unsigned char byte)
{
	return byte == 0x91 || byte == 0x92 ? '\'' : byte == 0x96 || byte == 0x97 ? '-' : ' ';
}

struct writer {
	char *out;
	uint32_t *offsets;
	size_t size;
};

static inline void put(struct writer *w, char c, size_t at)
{
	if (w->offsets)
		w->offsets[w->size] = (uint32_t)at;
	w->out[w->size++] = c;
}

static inline bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c & 0x80);
}

/* Spaces come one at a time, and none at the beginning. */
static inline void put_sign(struct writer *w, char c, size_t at)
{
	if (c == ' ' && (!w->size || w->out[w->size - 1] == ' '))
		return;
	put(w, c, at);
}

static inline bool letter_follows(const char *text, size_t size, size_t at)
{
	unsigned char next = at < size ? (unsigned char)text[at] : ' ';

	return next & 0x80 || (plain[next] >= 'a' && plain[next] <= 'z');
}

/* An apostrophe stays, and a dash becomes a space, between letters. */
static void put_joiner(struct writer *w, const char *text, size_t size, size_t at, size_t end,
                       char c)
{
	bool inside = w->size && is_letter(w->out[w->size - 1]) &&
	              letter_follows(text, size, end);

	if (c == '-')
		put_sign(w, inside ? ' ' : '-', at);
	else
		put_sign(w, inside && c == '\'' ? '\'' : ' ', at);
}

static size_t put_wide(struct writer *w, const char *text, size_t size, size_t at, bool *odd)
{
	size_t width = scap__text_char_size(text + at, size - at);
	int sign;

	if (scap__text_invalid(text + at, width) != width) {
		*odd = true;
		put_joiner(w, text, size, at, at + 1, stray_byte((unsigned char)text[at]));
		return 1;
	}
	sign = sign_for(code_point(text + at, width));
	if (sign == '\'' || sign == '-')
		put_joiner(w, text, size, at, at + width, (char)sign);
	else if (sign > 0)
		put_sign(w, (char)sign, at);
	for (size_t i = 0; sign < 0 && i < width; i++)
		put(w, text[at + i], at + i);
	return width;
}

struct normal scap__normal_write(const char *text, size_t size, char *out, uint32_t *offsets)
{
	struct writer w = {out, offsets, 0};
	bool odd = false, binary = false;

	for (size_t at = 0; at < size;) {
		unsigned char byte = (unsigned char)text[at];
		char c;

		binary |= !byte;

		if (byte & 0x80) {
			at += put_wide(&w, text, size, at, &odd);
			continue;
		}
		c = plain[byte];
		if (c == '\'' || c == '-')
			put_joiner(&w, text, size, at, at + 1, c);
		else
			put_sign(&w, c, at);
		at++;
	}
	if (offsets)
		offsets[w.size] = (uint32_t)size;
	out[w.size] = '\n';
	out[w.size + 1] = '\0';
	return (struct normal){w.size, odd, binary};
}
