/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* A byte in each of the eight bytes of a word. */
#define ALL(byte) (UINT64_C(0x0101010101010101) * (byte))

static uint64_t word_at(const char *text)
{
	uint64_t word;

	memcpy(&word, text, 8);
	return word;
}

/* Nonzero where a byte of the word is zero (and perhaps in bytes above it). */
static uint64_t has_zero(uint64_t word)
{
	return (word - ALL(1)) & ~word & ALL(0x80);
}

/* True when no byte of the word is a control, DEL or beyond ASCII. */
static bool plain(uint64_t word)
{
	return !((word | (word - ALL(0x20)) | (word + ALL(1))) & ALL(0x80));
}

/* True when none is a comma or a quote either. */
static bool plain_cell(uint64_t word)
{
	return plain(word) && !has_zero(word ^ ALL(',')) && !has_zero(word ^ ALL('"'));
}

uint64_t scap__text_hash(const char *text, size_t size)
{
	uint64_t hash = size * UINT64_C(0x9e3779b97f4a7c15), word;

	for (; size >= 8; text += 8, size -= 8) {
		memcpy(&word, text, 8);
		hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	for (word = 0; size; text++, size--)
		word = word << 8 | (unsigned char)*text;
	hash = (hash ^ word) * UINT64_C(0xc4ceb9fe1a85ec53);
	return hash ^ hash >> 29;
}

/* Size of the valid character at S, or 0. */
static size_t valid_char(const unsigned char *s, size_t size)
{
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3
	         : s[0] < 0xf5 ? 4 : 0;

	if (n > size)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f))
		return 0;
	if ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

size_t scap__text_invalid(const char *text, size_t size)
{
	size_t i = 0;

	while (i < size) {
		size_t n;

		if (size - i >= 8 && !(word_at(text + i) & ALL(0x80))) {
			i += 8;
			continue;
		}
		n = valid_char((const unsigned char *)text + i, size - i);

		if (!n)
			return i;
		i += n;
	}
	return size;
}

size_t scap__text_char_size(const char *text, size_t size)
{
	size_t n = valid_char((const unsigned char *)text, size);

	return n ? n : 1;
}

size_t scap__text_length(const char *text, size_t size)
{
	size_t length = 0;

	for (size_t i = 0; i < size; length++)
		i += scap__text_char_size(text + i, size - i);
	return length;
}

bool scap__text_unsafe(const char *text, size_t size)
{
	const unsigned char *s = (const unsigned char *)text;

	if (size == 1)
		return s[0] < 0x20 || s[0] >= 0x7f;
	if (size == 2)
		return s[0] == 0xc2 && s[1] < 0xa0;
	if (size == 3 && s[0] == 0xe2) /* U+200E F, U+2028 to 2E, U+2066 to 69 */
		return (s[1] == 0x80 && ((s[2] >= 0x8e && s[2] <= 0x8f) ||
		                         (s[2] >= 0xa8 && s[2] <= 0xae))) ||
		       (s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9);
	return false;
}

unsigned scap__text_bytes(const char *text, size_t size)
{
	unsigned sorts = 0;

	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (size - i >= 8 && plain_cell(word_at(text + i))) {
			i += 7;
			continue;
		}
		if (c < '0' || c > 'z') /* digits and letters, mostly */
			sorts |= (c < 0x20 || c > 0x7e ? TEXT_ODD : 0) |
			         (c == ',' || c == '"' || c == '\n' || c == '\r' ? TEXT_QUOTE : 0);
	}
	return sorts;
}

bool scap__text_formula(char c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
}

bool scap__text_is_name(const char *text, size_t size)
{
	if (!size || text[0] < 'a' || text[0] > 'z')
		return false;
	for (size_t i = 1; i < size; i++) {
		char c = text[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return true;
}

static bool white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void scap__text_trim(const char **text, size_t *size)
{
	while (*size && white((*text)[0])) {
		++*text;
		--*size;
	}
	while (*size && white((*text)[*size - 1]))
		--*size;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool scap__text_same(const char *text, size_t size, const char *word)
{
	for (size_t i = 0; i < size; i++)
		if (!word[i] || lower(text[i]) != lower(word[i]))
			return false;
	return word[size] == '\0';
}

size_t scap__text_as_name(const char *text, size_t size, char *out, size_t room)
{
	if (size > room)
		return 0;
	for (size_t i = 0; i < size; i++)
		out[i] = text[i] == ' ' || text[i] == '-' ? '_' : lower(text[i]);
	return size;
}

enum { DISTANCE_MAX = 64 };

static unsigned least3(unsigned a, unsigned b, unsigned c)
{
	unsigned ab = a < b ? a : b;

	return ab < c ? ab : c;
}

unsigned scap__text_distance(const char *a, size_t asize, const char *b, size_t bsize)
{
	unsigned rows[3][DISTANCE_MAX + 1];
	unsigned *before = rows[0], *last = rows[1], *row = rows[2], *spare;

	if (asize > DISTANCE_MAX || bsize > DISTANCE_MAX)
		return UINT_MAX;
	for (size_t j = 0; j <= bsize; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= asize; i++) {
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= bsize; j++) {
			row[j] = least3(last[j] + 1, row[j - 1] + 1,
			                last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		spare = before;
		before = last;
		last = row;
		row = spare;
	}
	return last[bsize];
}

unsigned scap__text_near_limit(size_t size)
{
	return size < 5 ? 1 : size < 10 ? 2 : 3;
}

struct near scap__near_begin(const char *text, size_t size)
{
	return (struct near){text, size, NULL, scap__text_near_limit(size) + 1};
}

void scap__near_offer(struct near *near, const char *word)
{
	unsigned far = scap__text_distance(word, strlen(word), near->text, near->size);

	if (far >= near->far)
		return;
	near->far = far;
	near->word = word;
}

const char *scap__near_hint(const struct near *near, char room[96])
{
	room[0] = '\0';
	if (near->word)
		snprintf(room, 96, " (did you mean '%.64s'?)", near->word);
	return room;
}
