/* SPDX-License-Identifier: MIT
 *
 * What the words around a phrase do to it. A span that stands inside a longer one gives
 * way; then each phrase is judged by the cues of its sentence that reach it.
 */
#include <string.h>

#include "words/scan.h"

/* So many bytes behind its "or" the last item of a list may begin. */
enum { LAST_ITEM = 40 };

static uint32_t length(const struct span *span)
{
	return span->end - span->at;
}

static bool overlap(const struct span *a, const struct span *b)
{
	return a->at < b->end && b->at < a->end;
}

static bool inside(const struct span *inner, const struct span *outer)
{
	return inner->at >= outer->at && inner->end <= outer->end;
}

static enum axis axis_of(const struct scan *scan, const struct span *cue)
{
	return scan->lexicon->base->cues[cue->row].axis;
}

static const struct phrase *phrase_of(const struct scan *scan, const struct span *span)
{
	return &scan->lexicon->base->phrases[span->row];
}

/* ---- Which spans stay ------------------------------------------------------------- */

/* Of two cues that overlap the longer stays; two of the same words both do. A word for
 * oneself only gives way to what makes it another's (`my mother`) or an idiom. */
static void thin_pair(const struct scan *scan, struct span *a, struct span *b)
{
	struct span *shorter = length(a) < length(b) ? a : b;
	struct span *longer = shorter == a ? b : a;
	enum axis kept = axis_of(scan, longer);

	if (kept == AXIS_LIMITED || axis_of(scan, shorter) == AXIS_LIMITED)
		return; /* they do nothing to each other */
	if (a->at == b->at && a->end == b->end)
		return;
	if (axis_of(scan, shorter) == AXIS_SELF && kept != AXIS_OTHER_PERSON && kept != AXIS_IDIOM)
		return;
	if (axis_of(scan, longer) != AXIS_SELF)
		shorter->gone = true;
}

static void thin_cues(struct scan *scan)
{
	struct span *cues = scan->cues.list;

	for (size_t i = 0; i < scan->cues.count; i++)
		for (size_t j = i + 1; j < scan->cues.count && cues[j].at < cues[i].end; j++)
			if (!cues[i].gone && !cues[j].gone)
				thin_pair(scan, &cues[i], &cues[j]);
}

/* A red flag is asked about all the same: an idiom's row may go too far. */
static void mask(struct scan *scan, struct span *phrase, int cue)
{
	if (scan->lexicon->base->concepts[phrase_of(scan, phrase)->concept].red_flag)
		phrase->masked = cue;
	else
		phrase->gone = true;
}

static void mask_idioms(struct scan *scan)
{
	for (size_t i = 0; i < scan->cues.count; i++) {
		const struct span *cue = &scan->cues.list[i];

		if (cue->gone || axis_of(scan, cue) != AXIS_IDIOM)
			continue;
		for (size_t j = 0; j < scan->phrases.count && scan->phrases.list[j].at < cue->end;
		     j++)
			if (overlap(&scan->phrases.list[j], cue) &&
			    length(&scan->phrases.list[j]) <= length(cue))
				mask(scan, &scan->phrases.list[j], (int)i);
	}
}

/* Of the same words for the same thing one is enough: the surer, else the first by id. */
static bool outdoes(const struct scan *scan, const struct span *a, const struct span *b)
{
	bool sure = phrase_of(scan, a)->sure;

	if (a->typo != b->typo)
		return b->typo;
	return sure == phrase_of(scan, b)->sure ? a->row < b->row : sure;
}

/* A phrase inside a longer one for the same thing says nothing new; a vague one inside
 * a plain one for another thing was not meant. */
static void thin_phrase(const struct scan *scan, struct span *inner, const struct span *outer)
{
	const struct phrase *in = phrase_of(scan, inner), *out = phrase_of(scan, outer);
	bool shorter = length(inner) < length(outer);

	if (outer->gone || !inside(inner, outer))
		return;
	if (in->concept == out->concept)
		inner->gone = shorter ? inner->typo || !outer->typo : outdoes(scan, outer, inner);
	else
		inner->gone = shorter && !in->sure && out->sure && !outer->typo;
}

static void thin_phrases(struct scan *scan)
{
	struct span *phrases = scan->phrases.list;

	for (size_t i = 0; i < scan->phrases.count; i++)
		for (size_t j = i + 1; j < scan->phrases.count && phrases[j].at < phrases[i].end; j++) {
			if (!phrases[j].gone)
				thin_phrase(scan, &phrases[j], &phrases[i]);
			if (!phrases[i].gone)
				thin_phrase(scan, &phrases[i], &phrases[j]);
		}
}

/* The "no" of "no feeling in my hand" is part of what is felt. */
static void drop_inner_cues(struct scan *scan)
{
	for (size_t i = 0; i < scan->phrases.count; i++) {
		const struct span *phrase = &scan->phrases.list[i];

		for (size_t j = 0; j < scan->cues.count && scan->cues.list[j].at < phrase->end; j++) {
			struct span *cue = &scan->cues.list[j];

			if (!phrase->gone && inside(cue, phrase) &&
			    axis_of(scan, cue) != AXIS_SELF && axis_of(scan, cue) != AXIS_LIMITED)
				cue->gone = true;
		}
	}
}

/* ---- Who is spoken of ------------------------------------------------------------- */

/* Another person is spoken of from where they are named until the writer speaks of
 * themself, even over the end of a sentence. */
struct person {
	size_t next; /* cue */
	int other;   /* cue that named them, or NONE */
};

static int other_person(const struct scan *scan, struct person *person, const struct span *phrase)
{
	const struct span *cues = scan->cues.list;

	for (; person->next < scan->cues.count && cues[person->next].at < phrase->at;
	     person->next++) {
		const struct span *cue = &cues[person->next];
		enum axis axis = axis_of(scan, cue);

		if (cue->gone)
			continue;
		if (axis == AXIS_SELF)
			person->other = NONE;
		else if (axis == AXIS_OTHER_PERSON &&
		         scan->lexicon->base->cues[cue->row].direction & CUE_FORWARD)
			person->other = (int)person->next;
	}
	for (size_t i = person->next; i < scan->cues.count && cues[i].at < phrase->end; i++)
		if (!cues[i].gone && axis_of(scan, &cues[i]) == AXIS_SELF)
			return NONE;
	return person->other;
}

/* ---- How far a "no" goes ----------------------------------------------------------- */

/* True where a comma, an "and" or another phrase stands between two places. */
static bool broken(const struct scan *scan, uint32_t from, uint32_t to)
{
	if (from < to && (memchr(scan->normal + from, ',', to - from) ||
	                  memchr(scan->normal + from, ':', to - from)))
		return true;
	for (size_t i = 0; i < scan->cues.count && scan->cues.list[i].at < to; i++) {
		const struct span *cue = &scan->cues.list[i];

		if (!cue->gone && cue->at >= from && axis_of(scan, cue) == AXIS_JOINT)
			return true;
	}
	for (size_t i = 0; i < scan->phrases.count && scan->phrases.list[i].at < to; i++) {
		const struct span *phrase = &scan->phrases.list[i];

		if (!phrase->gone && phrase->at >= from && phrase->end <= to)
			return true;
	}
	return false;
}

/* The "or" that closes the list behind a "no", or NULL: an "and" or a new beginning
 * before it makes it another list's. */
static const struct span *closing_or(const struct scan *scan, const struct span *no)
{
	const struct span *last = NULL;

	for (size_t i = (size_t)(no - scan->cues.list) + 1; i < scan->cues.count; i++) {
		const struct span *cue = &scan->cues.list[i];
		enum axis axis = axis_of(scan, cue);

		if (cue->sentence != no->sentence)
			break;
		if (cue->gone || cue->at < no->end)
			continue;
		if (axis == AXIS_TERMINATION || axis == AXIS_JOINT || axis == AXIS_NEGATED)
			break;
		if (axis == AXIS_EITHER)
			last = cue;
	}
	return last;
}

/* True where a phrase stands right behind a "no", so that it begins a list of such: "no
 * allergies, fever or chills since Monday" denies no fever. */
static bool begins_list(const struct scan *scan, const struct span *no)
{
	for (size_t i = 0; i < scan->phrases.count; i++) {
		const struct span *phrase = &scan->phrases.list[i];

		if (!phrase->gone && phrase->at >= no->end)
			return phrase->sentence == no->sentence && phrase->word <= no->last + 3 &&
			       !memchr(scan->normal + no->end, ',', phrase->at - no->end);
	}
	return false;
}

/* True where a denial surely reaches a phrase, so that it is not merely in doubt. */
static bool surely_denies(const struct scan *scan, const struct span *no, const struct span *phrase)
{
	const struct span *closing;

	if (no->at >= phrase->end)
		return !broken(scan, phrase->end, no->at);
	if (scan->lexicon->base->cues[no->row].list || !broken(scan, no->end, phrase->at))
		return true;
	closing = begins_list(scan, no) ? closing_or(scan, no) : NULL;
	return closing && (phrase->at < closing->at || !broken(scan, closing->end, phrase->at));
}

/* The first sign before a place that is no space; 0 at the beginning. */
static char sign_before(const struct scan *scan, uint32_t at)
{
	while (at && scan->normal[at - 1] == ' ')
		at--;
	return at ? scan->normal[at - 1] : '\0';
}

/* True for a "no" that may answer what stands before it: "smoker: no chest pain: yes",
 * "fever no numbness yes". */
static bool answers(const struct scan *scan, const struct span *no)
{
	char before = sign_before(scan, no->at);

	if (before == ':' || before == '?')
		return true;
	for (size_t i = 0; i < scan->phrases.count && scan->phrases.list[i].at < no->at; i++)
		if (!scan->phrases.list[i].gone && scan->phrases.list[i].last + 1 == no->word &&
		    before != ',' && before != '.' && before != '\n')
			return true;
	return false;
}

/* ---- One phrase --------------------------------------------------------------------- */

struct judgement {
	unsigned negations;
	bool doubt;
	int cue; /* that decides */
	const struct span *no;     /* the nearest on the side that is looked at */
	const struct span *denies; /* the nearest of all */
};

/* "No fever, my neck hurts": behind a comma the writer begins anew. */
static bool begins_anew(const struct scan *scan, const struct span *no, const struct span *phrase)
{
	const char *comma;

	if (no->at > phrase->at || no->end > phrase->at)
		return false;
	comma = memchr(scan->normal + no->end, ',', phrase->at - no->end);
	for (size_t i = 0; comma && i < scan->cues.count; i++) {
		const struct span *cue = &scan->cues.list[i];

		if (cue->at > phrase->at)
			return false;
		if (!cue->gone && axis_of(scan, cue) == AXIS_SELF &&
		    scan->normal + cue->at > comma)
			return true;
	}
	return false;
}

static void take(const struct scan *scan, struct judgement *judgement, const struct span *phrase,
                 const struct span *cue)
{
	int number = (int)(cue - scan->cues.list);

	switch (axis_of(scan, cue)) {
	case AXIS_NEGATED:
		/* A "no" behind another that has its own object does not reach this far. */
		if (begins_anew(scan, cue, phrase) ||
		    (judgement->no && judgement->no->at > cue->at &&
		     broken(scan, cue->end, judgement->no->at)))
			return;
		judgement->negations++;
		judgement->no = cue;
		judgement->denies = judgement->denies ? judgement->denies : cue;
		if (!surely_denies(scan, cue, phrase) || cue->typo ||
		    (cue->at < phrase->at && answers(scan, cue)))
			judgement->doubt = true;
		break;
	case AXIS_HISTORICAL:
		if (phrase_of(scan, phrase)->kind == PHRASE_CHRONIC)
			return;
		judgement->doubt = true;
		break;
	case AXIS_POSSIBLE:
	case AXIS_HYPOTHETICAL:
	case AXIS_RESOLVED:
	case AXIS_OTHER_PERSON:
		judgement->doubt = true;
		break;
	default:
		return;
	}
	judgement->cue = number;
}

/* True where a list of denials is so long that it ends beyond the cue's reach. */
static bool beyond_list(const struct scan *scan, const struct span *no, const struct span *phrase)
{
	const struct span *closing;

	if (scan->lexicon->base->cues[no->row].list)
		return true;
	closing = begins_list(scan, no) ? closing_or(scan, no) : NULL;
	return closing && phrase->at < closing->end + LAST_ITEM;
}

static void look_back(const struct scan *scan, struct judgement *judgement,
                      const struct span *phrase, size_t from)
{
	for (size_t i = from; i-- > 0;) {
		const struct span *cue = &scan->cues.list[i];
		const struct cue *row = &scan->lexicon->base->cues[cue->row];

		if (cue->sentence != phrase->sentence)
			return;
		if (cue->gone || cue->at == phrase->at || row->axis == AXIS_OTHER_PERSON)
			continue;
		if (row->axis == AXIS_TERMINATION)
			return;
		if (row->direction & CUE_FORWARD && phrase->word <= cue->last + row->reach)
			take(scan, judgement, phrase, cue);
		else if (row->axis == AXIS_NEGATED && row->direction & CUE_FORWARD &&
		         beyond_list(scan, cue, phrase))
			judgement->doubt = true;
	}
}

static void look_ahead(const struct scan *scan, struct judgement *judgement,
                       const struct span *phrase, size_t from)
{
	judgement->no = NULL;
	for (size_t i = from; i < scan->cues.count; i++) {
		const struct span *cue = &scan->cues.list[i];
		const struct cue *row = &scan->lexicon->base->cues[cue->row];

		if (cue->sentence != phrase->sentence)
			return;
		if (cue->gone || cue->at < phrase->end)
			continue;
		if (row->axis == AXIS_TERMINATION)
			return;
		if (row->direction & CUE_BACKWARD && cue->word <= phrase->last + row->reach)
			take(scan, judgement, phrase, cue);
	}
}

/* `?fracture`, `? fracture` */
static bool queried(const struct scan *scan, const struct span *phrase)
{
	size_t at = phrase->at;

	at -= at && scan->normal[at - 1] == ' ';
	return at && scan->normal[at - 1] == '?' && scap__scan_query(scan, at - 1);
}

/* "No fever?" */
static bool in_question(const struct scan *scan, const struct span *phrase)
{
	return scan->normal[phrase->end + strcspn(scan->normal + phrase->end, ".?\n")] == '?';
}

/* True where a comma parts a cue from the "no" behind it: "numb in my left hand, no fever". */
static bool apart(const struct scan *scan, const struct span *cue, const struct span *no)
{
	return no && cue->end < no->at &&
	       memchr(scan->normal + cue->end, ',', no->at - cue->end) != NULL;
}

static bool limits(const struct scan *scan, const struct span *cue, const struct span *phrase,
                   const struct span *no)
{
	const struct cue *row = &scan->lexicon->base->cues[cue->row];

	if (row->axis != AXIS_LIMITED || cue->gone || cue->sentence != phrase->sentence)
		return false;
	if (overlap(cue, phrase))
		return true;
	return cue->at < phrase->at
	               ? row->direction & CUE_FORWARD && phrase->word <= cue->last + row->reach &&
	                         !apart(scan, cue, no)
	               : row->direction & CUE_BACKWARD && cue->word <= phrase->last + row->reach;
}

/* True where words of the sentence say that a denial holds only here, or now, or so
 * far. Nothing stands in their way. */
static bool limited(const struct scan *scan, const struct span *phrase, const struct span *no,
                    size_t next)
{
	const struct span *cues = scan->cues.list;

	for (size_t i = next; i-- > 0 && cues[i].sentence == phrase->sentence;)
		if (limits(scan, &cues[i], phrase, no))
			return true;
	for (size_t i = next; i < scan->cues.count && cues[i].sentence == phrase->sentence; i++)
		if (limits(scan, &cues[i], phrase, no))
			return true;
	return false;
}

/* "Chest pain? No.", "fever: none" */
static bool answered(const struct scan *scan, const struct span *phrase, size_t next)
{
	uint32_t at = phrase->end;

	while (scan->normal[at] == ' ')
		at++;
	if (scan->normal[at] != ':' && scan->normal[at] != '?')
		return false;
	for (size_t i = next; i < scan->cues.count; i++) {
		const struct span *cue = &scan->cues.list[i];

		if (!cue->gone && cue->at > at)
			return cue->word == phrase->last + 1 && axis_of(scan, cue) == AXIS_NEGATED;
	}
	return false;
}

static void judge(const struct scan *scan, struct span *phrase, size_t next, int other)
{
	struct judgement judgement = {.cue = NONE};
	bool sure = phrase_of(scan, phrase)->sure;

	look_back(scan, &judgement, phrase, next);
	look_ahead(scan, &judgement, phrase, next);
	if (other != NONE) {
		judgement.doubt = true;
		judgement.cue = other;
	}
	phrase->cue = judgement.cue;
	phrase->queried = queried(scan, phrase) || answered(scan, phrase, next);
	judgement.doubt |= judgement.negations &&
	                   (limited(scan, phrase, judgement.denies, next) || in_question(scan, phrase));
	if (phrase->masked != NONE) {
		judgement.doubt = true;
		phrase->cue = phrase->masked;
	}
	/* A vague phrase may be but a part of what it hints at, so that it denies nothing. */
	if (!sure || judgement.doubt || phrase->typo || phrase->queried || judgement.negations > 1)
		phrase->sense = SENSE_ASK;
	else if (judgement.negations)
		phrase->sense = scan->odd ? SENSE_ASK : SENSE_DENIED;
	else
		phrase->sense = SENSE_PRESENT;
}

/* ---- All of them --------------------------------------------------------------------- */

/* The same words said and denied. */
static bool contradicted(const struct scan *scan, const struct span *phrase)
{
	for (size_t i = 0; i < scan->phrases.count; i++) {
		const struct span *other = &scan->phrases.list[i];

		if (!other->gone && other->row == phrase->row && other->sense == SENSE_DENIED)
			return true;
	}
	return false;
}

static void note_spoken(struct scan *scan, uint32_t concept)
{
	size_t i = scan->nspoken++;

	for (; i && scan->spoken[i - 1] > concept; i--)
		scan->spoken[i] = scan->spoken[i - 1];
	scan->spoken[i] = concept;
}

/* Said once is said; denied is what was denied each time. */
static void add_up(struct scan *scan, const struct span *phrase)
{
	unsigned concept = phrase_of(scan, phrase)->concept;
	uint8_t *sense = &scan->senses[concept];
	enum sense here = phrase->sense;

	if (here == SENSE_PRESENT && contradicted(scan, phrase))
		here = SENSE_ASK;
	if (*sense == SENSE_NONE) {
		note_spoken(scan, concept);
		*sense = (uint8_t)here;
	} else if (here == SENSE_PRESENT) {
		*sense = SENSE_PRESENT;
	} else if (*sense == SENSE_DENIED && here != SENSE_DENIED) {
		*sense = SENSE_ASK;
	}
}

void scap__scope(struct scan *scan)
{
	struct person person = {.other = NONE};
	size_t next = 0;

	thin_cues(scan);
	mask_idioms(scan);
	thin_phrases(scan);
	drop_inner_cues(scan);
	for (size_t i = 0; i < scan->phrases.count; i++) {
		struct span *phrase = &scan->phrases.list[i];

		while (next < scan->cues.count && scan->cues.list[next].at < phrase->at)
			next++;
		if (!phrase->gone)
			judge(scan, phrase, next, other_person(scan, &person, phrase));
	}
	for (size_t i = 0; i < scan->phrases.count; i++)
		if (!scan->phrases.list[i].gone)
			add_up(scan, &scan->phrases.list[i]);
}
