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
	bool repeats; /* holds a group that is repeated, however deep */
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

struct walk {
	struct group groups[DEPTH_MAX + 1]; /* the first is the whole pattern */
	size_t depth;
};

/* What stands at one place of a pattern. */
struct element {
	size_t size;
	bool atom;                  /* it can be repeated */
	const struct group *closed; /* by this bracket, or NULL */
};

static const char *open_group(struct walk *walk, const char *text, struct element *element)
{
	*element = (struct element){.size = 3};
	if (walk->depth == DEPTH_MAX)
		return "groups stand too deep inside each other";
	walk->groups[++walk->depth] = (struct group){false};
	return refuse_group(text);
}

static const char *close_group(struct walk *walk, struct element *element)
{
	if (!walk->depth)
		return "this ) closes no group";
	element->closed = &walk->groups[walk->depth--];
	return NULL;
}

static const char *take_element(struct walk *walk, const char *text, struct element *element)
{
	*element = (struct element){.size = 1, .atom = *text != '|'};
	switch (*text) {
	case '\\':
		element->size += text[1] != '\0';
		return refuse_escape(text[1]);
	case '[':
		element->size = class_size(text);
		return refuse_class(text, element->size);
	case '(':
		return open_group(walk, text, element);
	case ')':
		return close_group(walk, element);
	case '^':
	case '$':
		return "a pattern is tried at every word, so ^ and $ mean nothing here";
	default:
		return NULL;
	}
}

/* The repeat behind an element, if there is one. *SIZE is how long it is. */
static const char *take_repeat(struct walk *walk, const char *text, const struct element *element,
                               size_t *size)
{
	unsigned long most = repeat_at(text, size);
	const char *why = *size ? refuse_repeat(element->closed, most) : NULL;

	if (why)
		return why;
	if (element->closed)
		walk->groups[walk->depth].repeats |= most != 1 || element->closed->repeats;
	if (!*size)
		return NULL;
	*size += text[*size] == '?' || text[*size] == '+'; /* lazy, possessive */
	return NULL;
}

const char *scap__pattern_refused(const char *pattern, size_t *at)
{
	struct walk walk = {.depth = 0};
	struct element element;
	const char *why;
	size_t size;

	for (*at = 0; pattern[*at]; *at += size) {
		why = take_element(&walk, pattern + *at, &element);
		if (why)
			return why;
		*at += element.size;
		size = 0;
		if (element.atom)
			why = take_repeat(&walk, pattern + *at, &element, &size);
		if (why)
			return why;
	}
	*at = 0;
	return walk.depth ? "a group is not closed" : NULL;
}
