/* SPDX-License-Identifier: MIT */
#include "batch/heading.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define BLANKS " \t\r\n"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* Takes the next letter, or one space for any number of blanks; NUL at the end. */
static char next(const char **text)
{
	size_t blanks = strspn(*text, BLANKS);

	*text += blanks;
	if (!**text)
		return '\0';
	return blanks ? ' ' : lower(*(*text)++);
}

bool scap__heading_same(const char *heading, const char *name)
{
	heading += strspn(heading, BLANKS);
	name += strspn(name, BLANKS);
	for (;;) {
		char a = next(&heading), b = next(&name);

		if (a != b)
			return false;
		if (!a)
			return true;
	}
}

bool scap__heading_ends(const char *heading, const char *name)
{
	while (!scap__heading_same(heading, name)) {
		heading += strcspn(heading, "/-");
		if (!*heading)
			return false;
		heading++;
	}
	return true;
}

/* How much two texts have in common at both ends, of a hundred parts of the longer one. */
static size_t alike(const char *a, const char *b)
{
	size_t asize = strlen(a), bsize = strlen(b), head = 0, tail = 0;
	size_t least = asize < bsize ? asize : bsize, most = asize + bsize - least;

	while (head < least && lower(a[head]) == lower(b[head]))
		head++;
	while (tail < least - head && lower(a[asize - tail - 1]) == lower(b[bsize - tail - 1]))
		tail++;
	return most ? 100 * (head + tail) / most : 0;
}

/* Long ones, such as whole questions, are near where few words differ. */
static unsigned distance(const char *heading, const char *name)
{
	enum { ENOUGH = 80 };
	char a[2][64];
	size_t sizes[2] = {scap__text_as_name(heading, strlen(heading), a[0], sizeof(a[0])),
	                   scap__text_as_name(name, strlen(name), a[1], sizeof(a[1]))};
	unsigned far = UINT_MAX;

	if (sizes[0] && sizes[1])
		far = scap__text_distance(a[0], sizes[0], a[1], sizes[1]);
	if (far <= scap__text_near_limit(sizes[1]))
		return far;
	return strlen(name) > 20 && alike(heading, name) >= ENOUGH
	               ? 200 - (unsigned)alike(heading, name) : UINT_MAX;
}

const char *scap__heading_near(const char *const *headings, size_t count, const bool *among,
                               const char *name)
{
	const char *best = NULL;
	unsigned least = UINT_MAX;

	for (size_t i = 0; i < count; i++) {
		unsigned far = among && !among[i] ? UINT_MAX : distance(headings[i], name);
		unsigned last = among && !among[i]
		                        ? UINT_MAX : distance(scap__heading_last(headings[i]), name);

		far = last < far ? last : far;
		if (far < least) {
			least = far;
			best = headings[i];
		}
	}
	return best;
}

const char *scap__heading_last(const char *heading)
{
	const char *slash = strrchr(heading, '/');

	return slash ? slash + 1 : heading;
}

const char *scap__heading_shown(const char *heading, char room[HEADING_SHOWN])
{
	enum { CUT = HEADING_SHOWN - 5 };
	size_t size = strlen(heading);

	if (size > CUT) {
		for (size = CUT; size && ((unsigned char)heading[size] & 0xc0) == 0x80;)
			size--;
		snprintf(room, HEADING_SHOWN, "%.*s...", (int)size, heading);
	} else {
		snprintf(room, HEADING_SHOWN, "%s", heading);
	}
	for (char *c = room; *c; c++)
		if (strchr(BLANKS, *c))
			*c = ' ';
	return room;
}
