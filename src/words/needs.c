/* SPDX-License-Identifier: MIT
 *
 * Each part of a pattern is either one of a few texts (exact), or anything that holds
 * one of some pieces. Texts that stand behind each other are joined while they are few;
 * where they become too many, what there is so far becomes a need. After the prefilter
 * of RE2 (Cox 2010).
 */
#include "words/needs.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 48, TEXT_BYTES = 47, PIECE_LEAST = 2, CANDIDATES = 8 };

struct text {
	char bytes[TEXT_BYTES + 1];
	size_t size;
};

/* What is known of a part. */
struct part {
	bool exact;
	struct text *texts; /* exact: it is one of these */
	size_t ntexts;
	struct need_set needs[CANDIDATES]; /* not exact */
	size_t nneeds;
};

struct reader {
	const char *at;
	bool failed;
};

static void part_free(struct part *part)
{
	free(part->texts);
	for (size_t i = 0; i < part->nneeds; i++)
		free(part->needs[i].pieces);
	*part = (struct part){0};
}

/* The part that matches nothing but the end of what stands before it. */
static struct part empty_part(struct reader *r)
{
	struct part part = {.exact = true, .texts = calloc(1, sizeof(*part.texts)), .ntexts = 1};

	r->failed |= !part.texts;
	part.ntexts = part.texts != NULL;
	return part;
}

/* ---- Needs ------------------------------------------------------------------------- */

/* ASCII alone: what a locale takes for a letter must not matter. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The longest run of letters and digits of a text: nothing else is sure to stand in the
 * text as it is here. */
static struct piece piece_of(const struct text *text)
{
	struct piece piece = {""};
	size_t best = 0, from = 0;

	for (size_t i = 0; i <= text->size; i++) {
		bool inside = i < text->size && is_plain(text->bytes[i]);

		if (inside)
			continue;
		if (i - from > best) {
			best = i - from < PIECE_BYTES ? i - from : PIECE_BYTES;
			memcpy(piece.text, text->bytes + from, best);
			piece.text[best] = '\0';
		}
		from = i + 1;
	}
	return piece;
}

/* Adds a piece to a set that has room. Of two of which one holds the other the shorter
 * says it all. */
static void add_piece(struct need_set *set, const struct piece *piece)
{
	size_t kept = 0;

	for (size_t i = 0; i < set->count; i++)
		if (strstr(piece->text, set->pieces[i].text))
			return;
	for (size_t i = 0; i < set->count; i++)
		if (!strstr(set->pieces[i].text, piece->text))
			set->pieces[kept++] = set->pieces[i];
	set->pieces[kept++] = *piece;
	set->count = kept;
}

/* True where a set is worth asking for. */
static bool telling(const struct need_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (strlen(set->pieces[i].text) < PIECE_LEAST)
			return false;
	return set->count > 0;
}

/* How much a set tells: long pieces are rare. */
static size_t worth(const struct need_set *set)
{
	size_t least = PIECE_BYTES;

	for (size_t i = 0; i < set->count; i++)
		if (strlen(set->pieces[i].text) < least)
			least = strlen(set->pieces[i].text);
	return least * 64 + (set->count < 63 ? 63 - set->count : 0);
}

/* Takes over a set, or frees it: of too many the least telling goes. */
static void add_need(struct part *part, struct need_set set)
{
	size_t least = 0;

	if (!telling(&set)) {
		free(set.pieces);
		return;
	}
	if (part->nneeds < CANDIDATES) {
		part->needs[part->nneeds++] = set;
		return;
	}
	for (size_t i = 1; i < CANDIDATES; i++)
		if (worth(&part->needs[i]) < worth(&part->needs[least]))
			least = i;
	if (worth(&set) > worth(&part->needs[least])) {
		free(part->needs[least].pieces);
		part->needs[least] = set;
	} else {
		free(set.pieces);
	}
}

static struct need_set need_of_texts(struct reader *r, const struct text *texts, size_t count)
{
	struct need_set set = {calloc(count + 1, sizeof(*set.pieces)), 0};

	r->failed |= !set.pieces;
	for (size_t i = 0; set.pieces && i < count; i++) {
		struct piece piece = piece_of(&texts[i]);

		add_piece(&set, &piece);
	}
	return set;
}

/* Both sets in one: a need of either. Frees what it is given; an empty one is none. */
static struct need_set either(struct reader *r, struct need_set a, struct need_set b)
{
	struct need_set both = {NULL, 0};

	if (a.count + b.count <= PIECES_MAX) {
		both.pieces = calloc(a.count + b.count + 1, sizeof(*both.pieces));
		r->failed |= !both.pieces;
	}
	for (size_t i = 0; both.pieces && i < a.count + b.count; i++)
		add_piece(&both, i < a.count ? &a.pieces[i] : &b.pieces[i - a.count]);
	free(a.pieces);
	free(b.pieces);
	return both;
}

/* The most telling need of a part, taken from it; none where it needs nothing. */
static struct need_set take_best(struct reader *r, struct part *part)
{
	struct need_set set = {NULL, 0};
	size_t best = 0;

	if (part->exact) {
		set = need_of_texts(r, part->texts, part->ntexts);
	} else if (part->nneeds) {
		for (size_t i = 1; i < part->nneeds; i++)
			if (worth(&part->needs[i]) > worth(&part->needs[best]))
				best = i;
		set = part->needs[best];
		part->needs[best] = part->needs[--part->nneeds];
	}
	if (telling(&set))
		return set;
	free(set.pieces);
	return (struct need_set){NULL, 0};
}

/* ---- Behind each other ----------------------------------------------------------------- */

/* All texts of A with those of B behind them; false where they are too many. */
static bool join_texts(struct reader *r, struct part *a, const struct part *b)
{
	struct text *texts;
	size_t count = 0;

	if (a->ntexts * b->ntexts > TEXTS_MAX)
		return false;
	for (size_t i = 0; i < a->ntexts; i++)
		for (size_t j = 0; j < b->ntexts; j++)
			if (a->texts[i].size + b->texts[j].size > TEXT_BYTES)
				return false;
	texts = calloc(a->ntexts * b->ntexts + 1, sizeof(*texts));
	r->failed |= !texts;
	for (size_t i = 0; texts && i < a->ntexts; i++)
		for (size_t j = 0; j < b->ntexts; j++) {
			struct text *text = &texts[count++];

			*text = a->texts[i];
			memcpy(text->bytes + text->size, b->texts[j].bytes, b->texts[j].size);
			text->size += b->texts[j].size;
		}
	free(a->texts);
	a->texts = texts;
	a->ntexts = count;
	return true;
}

/* A sequence: what is known of it for sure, and the texts of its last stretch. */
struct sequence {
	struct part sure; /* not exact: only its needs */
	struct part last; /* exact */
	bool broken;      /* there was something before `last` */
};

static void flush(struct reader *r, struct sequence *sequence)
{
	add_need(&sequence->sure, need_of_texts(r, sequence->last.texts, sequence->last.ntexts));
	part_free(&sequence->last);
	sequence->last = empty_part(r);
	sequence->broken = true;
}

static void append(struct reader *r, struct sequence *sequence, struct part *part)
{
	if (part->exact) {
		if (!join_texts(r, &sequence->last, part)) {
			flush(r, sequence);
			if (!join_texts(r, &sequence->last, part))
				flush(r, sequence);
		}
	} else {
		flush(r, sequence);
		for (size_t i = 0; i < part->nneeds; i++)
			add_need(&sequence->sure, part->needs[i]);
		part->nneeds = 0;
	}
	part_free(part);
}

static struct part finish(struct reader *r, struct sequence *sequence)
{
	struct part part;

	if (!sequence->broken) {
		part = sequence->last;
		part_free(&sequence->sure);
		return part;
	}
	add_need(&sequence->sure, need_of_texts(r, sequence->last.texts, sequence->last.ntexts));
	part_free(&sequence->last);
	return sequence->sure;
}

/* ---- Reading ---------------------------------------------------------------------------- */

static struct part read_alternatives(struct reader *r);

static struct part one_text(struct reader *r, char c)
{
	struct part part = empty_part(r);

	if (part.ntexts) {
		part.texts[0].bytes[0] = c;
		part.texts[0].size = 1;
	}
	return part;
}

/* A class is one of its letters, if they are few and each is named. */
static struct part read_class(struct reader *r)
{
	struct part part = {.exact = true};
	const char *at = r->at + 1;
	bool plain = *at != '^' && *at != ']';
	size_t count = 0;

	while (*at && (*at != ']' || at == r->at + 1)) {
		plain &= *at != '\\' && *at != '-' && *at != '[';
		at += 1 + (*at == '\\' && at[1]);
		count++;
	}
	if (plain && count <= 4) {
		part.texts = calloc(count + 1, sizeof(*part.texts));
		r->failed |= !part.texts;
		for (const char *c = r->at + 1; part.texts && c < at; c++) {
			part.texts[part.ntexts].bytes[0] = *c;
			part.texts[part.ntexts++].size = 1;
		}
	} else {
		part.exact = false;
	}
	r->at = at + (*at == ']');
	return part;
}

/* What must stand ahead is needed, but is no part of the text that matches; what must
 * not says nothing. */
static struct part read_group(struct reader *r)
{
	char kind = r->at[2];
	struct part part, ahead = {0};
	struct need_set best;

	r->at += 3;
	part = read_alternatives(r);
	r->at += *r->at == ')';
	if (kind == ':')
		return part;
	best = kind == '=' ? take_best(r, &part) : (struct need_set){NULL, 0};
	part_free(&part);
	if (!best.count)
		return empty_part(r);
	add_need(&ahead, best);
	return ahead;
}

static struct part read_atom(struct reader *r)
{
	char c = *r->at;

	if (c == '(')
		return read_group(r);
	if (c == '[')
		return read_class(r);
	if (c == '\\') {
		char next = r->at[1];

		r->at += 1 + (next != '\0');
		if (next == 'b')
			return empty_part(r);
		return (is_plain(next) || (next >= 'A' && next <= 'Z')) ? (struct part){0} : one_text(r, next);
	}
	r->at++;
	return c == '.' ? (struct part){0} : one_text(r, c);
}

/* How often at least and at most what stands before is repeated. */
static void read_repeat(struct reader *r, unsigned long *least, unsigned long *most)
{
	char *end;

	*least = *most = 1;
	if (*r->at == '*' || *r->at == '?')
		*least = 0;
	if (*r->at == '*' || *r->at == '+')
		*most = 0;
	if (*r->at == '{' && is_digit(r->at[1])) {
		*least = *most = strtoul(r->at + 1, &end, 10);
		if (*end == ',')
			*most = is_digit(end[1]) ? strtoul(end + 1, &end, 10) : 0;
		r->at = strchr(r->at, '}') ? strchr(r->at, '}') + 1 : r->at + strlen(r->at);
	} else if (*r->at && strchr("*+?", *r->at)) {
		r->at++;
	} else {
		return;
	}
	if (*r->at == '?' || *r->at == '+') /* lazy, possessive */
		r->at++;
}

static void make_optional(struct reader *r, struct part *part)
{
	struct text *texts = realloc(part->texts, (part->ntexts + 1) * sizeof(*texts));

	r->failed |= !texts;
	if (!texts)
		return;
	part->texts = texts;
	texts[part->ntexts++] = (struct text){.size = 0};
}

static struct part repeated(struct reader *r, struct part part, unsigned long least,
                            unsigned long most)
{
	struct need_set best;

	if (least == 1 && most == 1)
		return part;
	if (!least && most == 1 && part.exact) {
		make_optional(r, &part);
		return part;
	}
	best = least ? take_best(r, &part) : (struct need_set){NULL, 0};
	part_free(&part);
	if (best.count)
		add_need(&part, best);
	return part;
}

static struct part read_sequence(struct reader *r)
{
	struct sequence sequence = {.last = empty_part(r)};

	while (!r->failed && *r->at && *r->at != '|' && *r->at != ')') {
		struct part part = read_atom(r);
		unsigned long least, most;

		read_repeat(r, &least, &most);
		part = repeated(r, part, least, most);
		append(r, &sequence, &part);
	}
	return finish(r, &sequence);
}

/* One of two parts. */
static struct part choose(struct reader *r, struct part *a, struct part *b)
{
	struct part part = {0};
	struct need_set left, right;

	if (a->exact && b->exact && a->ntexts + b->ntexts <= TEXTS_MAX) {
		struct text *texts = realloc(a->texts, (a->ntexts + b->ntexts + 1) * sizeof(*texts));

		r->failed |= !texts;
		part = *a;
		part.texts = texts ? texts : a->texts;
		for (size_t i = 0; texts && i < b->ntexts; i++)
			part.texts[part.ntexts++] = b->texts[i];
		part_free(b);
		return part;
	}
	left = take_best(r, a);
	right = take_best(r, b);
	part_free(a);
	part_free(b);
	if (left.count && right.count)
		add_need(&part, either(r, left, right));
	else {
		free(left.pieces);
		free(right.pieces);
	}
	return part;
}

static struct part read_alternatives(struct reader *r)
{
	struct part part = read_sequence(r);

	while (!r->failed && *r->at == '|') {
		struct part other;

		r->at++;
		other = read_sequence(r);
		part = choose(r, &part, &other);
	}
	return part;
}

bool scap__needs_read(const char *pattern, struct needs *needs)
{
	struct reader r = {pattern, false};
	struct part part = read_alternatives(&r);

	*needs = (struct needs){.count = 0};
	while (!r.failed && needs->count < NEEDS_MAX) {
		struct need_set best = take_best(&r, &part);

		if (!best.count)
			break;
		needs->sets[needs->count++] = best;
		if (part.exact)
			break;
	}
	part_free(&part);
	if (!r.failed)
		return true;
	scap__needs_free(needs);
	return false;
}

void scap__needs_free(struct needs *needs)
{
	for (size_t i = 0; i < needs->count; i++)
		free(needs->sets[i].pieces);
	needs->count = 0;
}
