/* SPDX-License-Identifier: MIT
 *
 * What patterns of free text may not use: all that looks back or at the ends of the
 * text, since they are tried word by word, and repeats without an end around repeats,
 * since they can run away.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "words/lexicon.h"

enum { DEPTH_MAX = 16, REPEATS_MAX = 12, GAP_MAX = 40, NESTED_MAX = 4 };

/* The repeat at TEXT: how many times at most, 0 for no end, 1 where there is none.
 * *SIZE is how long it is. */
static unsigned long repeat_at(const char *text, size_t *size)
{
	const char *end, *comma;
	unsigned long most;

	*size = *text == '*' || *text == '+' || *text == '?';
	if (*size)
		return *text == '?';
	end = *text == '{' && (isdigit((unsigned char)text[1]) || text[1] == ',') ? strchr(text, '}')
	                                                                          : NULL;
	if (!end)
		return 1;
	comma = memchr(text, ',', (size_t)(end - text));
	*size = (size_t)(end - text) + 1;
	if (comma && comma + 1 == end)
		return 0;
	most = strtoul(comma ? comma + 1 : text + 1, NULL, 10);
	return most ? most : 1;
}

static const char *refuse_escape(char c)
{
	if (isalnum((unsigned char)c) && !strchr("bdsw", c))
		return "of the escapes with a letter or digit only \\b, \\d, \\s and \\w can be used "
		       "here";
	return NULL;
}

/* The size of a class like [a-z], from its first bracket. */
static size_t class_size(const char *text)
{
	size_t i = 1 + (text[1] == '^');

	i += text[i] == ']';
	while (text[i] && text[i] != ']')
		i += 1 + (text[i] == '\\' && text[i + 1]);
	return i + (text[i] == ']');
}

/* Patterns match bytes, so a letter beyond ASCII is several of them. */
static const char *refuse_class(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (text[i] & 0x80)
			return "in brackets only ASCII can stand; write (?:e|...) for other letters";
	return NULL;
}

static const char *refuse_group(const char *text)
{
	if (text[1] == '*')
		return "a pattern can't hold verbs like (*...)";
	if (text[1] != '?')
		return "a group is written (?:...) here";
	if (!text[2] || !strchr(":=!", text[2]))
		return "only (?:...), (?=...) and (?!...) can be used here";
	return NULL;
}

struct group {
	bool repeats; /* holds a group that is repeated */
};

/* A repeat behind what ends at this place. GROUP: the inside, if it was a group. */
static const char *refuse_repeat(const struct group *group, unsigned long most)
{
	if (!most)
		return "a repeat needs an end, as in {0,20}";
	if (!group)
		return most > GAP_MAX ? "this repeat can run on for too long" : NULL;
	if (most > REPEATS_MAX)
		return "a group can be repeated 12 times at most";
	if (group->repeats && most > NESTED_MAX)
		return "a group that holds repeated groups can itself be repeated 4 times at most";
	return NULL;
}

const char *scap__pattern_refused(const char *pattern, size_t *at)
{
	struct group groups[DEPTH_MAX + 1] = {{false}};
	size_t depth = 0, i = 0;

	while (pattern[i]) {
		const char *why = NULL;
		struct group *closed = NULL;
		size_t size = 1;
		unsigned long most;
		bool atom = true;

		*at = i;
		switch (pattern[i]) {
		case '\\':
			why = refuse_escape(pattern[i + 1]);
			size = pattern[i + 1] ? 2 : 1;
			break;
		case '[':
			size = class_size(pattern + i);
			why = refuse_class(pattern + i, size);
			break;
		case '(':
			why = depth == DEPTH_MAX ? "groups stand too deep inside each other"
			                         : refuse_group(pattern + i);
			groups[depth < DEPTH_MAX ? ++depth : depth] = (struct group){false};
			size = 3;
			atom = false;
			break;
		case ')':
			why = depth ? NULL : "this ) closes no group";
			closed = &groups[depth];
			depth -= depth > 0;
			break;
		case '^':
		case '$':
			why = "a pattern is tried at every word, so ^ and $ mean nothing here";
			break;
		case '|':
			atom = false;
			break;
		}
		if (why)
			return why;
		i += size;
		most = atom ? repeat_at(pattern + i, &size) : 1;
		if (!atom || !size)
			continue;
		*at = i;
		why = refuse_repeat(closed, most);
		if (why)
			return why;
		groups[depth].repeats |= closed && (most != 1 || closed->repeats);
		i += size;
		i += pattern[i] == '?' || pattern[i] == '+'; /* lazy, possessive */
	}
	*at = 0;
	return depth ? "a group is not closed" : NULL;
}
