/* SPDX-License-Identifier: MIT
 *
 * Free text: how it is written plainly, where patterns are found, what the words
 * around them do, and what becomes of the answers.
 */
#include "batch/lines.h"
#include "report/heard.h"
#include "unit.h"
#include "words/hearing.h"
#include "words/machine.h"
#include "words/normal.h"
#include "words/scan.h"
#include "words/starts.h"
#include "words/typos.h"

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))
#define WORDS "tests/packs/words"

/* ---- The plain text ------------------------------------------------------------------ */

static const struct plain {
	const char *text, *plain;
	bool odd;
} plain[] = {
	{"", "", false},
	{"It HURTS", "it hurts", false},
	{"a  b\t\tc \r\nd", "a b c \n\nd", false},
	{"  a", "a", false},
	{"don't", "don't", false},
	{"don\xe2\x80\x99t", "don't", false},
	{"don`t", "don't", false},
	{"'numb'", "numb ", false},
	{"\xe2\x80\x9cnumb\xe2\x80\x9d", "numb ", false},
	{"low-back", "low back", false},
	{"low\xe2\x80\x93" "back", "low back", false},
	{"C5-C6", "c5-c6", false},
	{"a - b", "a - b", false},
	{"5'6", "5 6", false},
	{"no!(yes)", "no.,yes,", false},
	{"a;b:c", "a,b:c", false},
	{"a=b|c", "a:b:c", false},
	{"numb\xf0\x9f\x98\xa2", "numb ", false},
	{"\xe2\x80\x8enumb", "numb", false},
	{"\xd0\xb4\xd0\xb0", "\xd0\xb4\xd0\xb0", false},
	{"na\xc3\xafve", "na\xc3\xafve", false},
	{"nu\xc2\xadmb\xe2\x80\x8b", "numb", false},
	{"\xef\xbc\xae\xef\xbd\x8f", "no", false},
	{"don\x92t", "don't", true},
	{"a\xff" "b", "a b", true},
	{"a\xc3", "a ", true},
	{"wait\xe2\x80\xa6", "wait.", false},
};

START_TEST(plain_text)
{
	const struct plain *row = &plain[_i];
	size_t size = strlen(row->text);
	char *out = malloc(size + NORMAL_SPARE);
	uint32_t *offsets = malloc((size + NORMAL_SPARE) * sizeof(*offsets));
	struct normal normal = scap__normal_write(row->text, size, out, offsets);

	ck_assert_uint_eq(normal.size, strlen(row->plain));
	ck_assert_mem_eq(out, row->plain, normal.size);
	ck_assert_int_eq(out[normal.size], '\n');
	ck_assert(normal.odd == row->odd);
	ck_assert_uint_eq(offsets[normal.size], size);
	for (size_t i = 0; i < normal.size; i++)
		ck_assert_uint_lt(offsets[i], offsets[i + 1] + (offsets[i + 1] == offsets[i]));
	free(out);
	free(offsets);
}
END_TEST

/* ---- Where patterns are found ------------------------------------------------------------ */

/* A text of words that the examples use, in any order, with some noise. */
static size_t any_text(const struct rulebase *base, uint64_t *dice, char *text, size_t room)
{
	static const char *const noise[] = {", ", ". ", " ", " ", " ", "? ", "-", "'", "\xc3\xa9",
	                                    " 3.5 ", "(", "\n", "  ", "xq"};
	size_t size = 0;

	while (size + 40 < room && unit_roll(dice, 30)) {
		size_t i = unit_roll(dice, (unsigned)(base->nphrases + base->ncues));
		const char *from = i < base->nphrases ? base->phrases[i].example_yes
		                                      : base->cues[i - base->nphrases].example_yes;
		size_t part = unit_roll(dice, 40), skip = unit_roll(dice, 20);
		const char *gap = noise[unit_roll(dice, ROWS(noise))];

		skip = skip < strlen(from) ? skip : 0;
		from += unit_roll(dice, 3) ? 0 : skip;
		part = part < strlen(from) ? part : strlen(from);
		memcpy(text + size, from, part);
		size += part;
		if (size + strlen(gap) < room) {
			memcpy(text + size, gap, strlen(gap));
			size += strlen(gap);
		}
	}
	return size;
}

static bool is_hit(const struct hit *hits, size_t count, size_t pattern, size_t size)
{
	for (size_t i = 0; i < count; i++)
		if (hits[i].pattern == pattern && hits[i].size == size)
			return true;
	return false;
}

/* At every word the machine finds what each pattern finds by itself, and nothing more. */
static size_t compare_all(struct starts *starts, const struct lexicon *lexicon, const char *text,
                          size_t size, pcre2_match_data *data)
{
	struct word words[300] = {{0, 0, 0}};
	const struct hit *hits;
	size_t found = 0, nwords = 0;

	for (size_t at = 0; at < size; at++)
		if (scap__in_word[(unsigned char)text[at]]) {
			words[nwords].at = (uint32_t)at;
			while (scap__in_word[(unsigned char)text[at]])
				at++;
			words[nwords++].end = (uint32_t)at;
		}
	ck_assert(scap__starts_text(starts, text, size, words, nwords));
	for (size_t w = 0; w < nwords; w++) {
		size_t count, seen = 0, at = words[w].at;

		count = scap__starts_find(starts, w, &hits);
		for (size_t p = 0; p < lexicon->count; p++) {
			if (pcre2_match(lexicon->patterns[p].code, (PCRE2_SPTR)text, size + 1, at, 0,
			                data, NULL) < 0)
				continue;
			seen++;
			ck_assert_msg(is_hit(hits, count, p,
			                     pcre2_get_ovector_pointer(data)[1] - at),
			              "pattern %zu at %zu of '%.*s'", p, at, (int)size, text);
		}
		ck_assert_uint_eq(seen, count);
		found += seen;
	}
	return found;
}

static const char *const packs[] = {WORDS, "."};

START_TEST(machine_finds_all)
{
	scap_pack *pack = unit_good_pack(packs[_i]);
	struct starts *starts = scap__starts_new(pack->lexicon);
	pcre2_match_data *data = pcre2_match_data_create(2, NULL);
	uint64_t dice = 77 + (uint64_t)_i;
	char text[600], normal[600 + NORMAL_SPARE];
	size_t found = 0;

	for (int round = 0; round < 150; round++) {
		size_t size = any_text(pack->base, &dice, text, sizeof(text));

		size = scap__normal_write(text, size, normal, NULL).size;
		found += compare_all(starts, pack->lexicon, normal, size, data);
	}
	ck_assert_uint_gt(found, 500);
	pcre2_match_data_free(data);
	scap__starts_free(starts);
	scap_pack_free(pack);
}
END_TEST

/* Patterns of every kind; those that are exact leave PCRE2 nothing to do, unless they
 * could end in two places. */
static const struct machined {
	const char *pattern;
	bool exact;
} machined[] = {
	{"numb", true},
	{"numb(?:ness)?", true},
	{"(?:numb|tingly|) (?:hands?|feet|a|b|c)", true},
	{"a{0,8}b{2}c{1,3}", true},
	{"(?: ?a){0,3}b", true},
	{"(?:a(?:b|ab?){0,2}){1,4}", true},
	{"a{0}b", true},
	{"[ab]{1,9}", true},
	{"[ab]{1,10}", false},
	{"a{0,10}b", false},
	{"a{0,9}b", true},
	{"\\w{3,12}b", false},
	{"a\\b", true},
	{"\\ba\\b.\\b[bc]|ab\\bc", true},
	{"[^b]{1,3}", true},
	{"..", true},
	{"a\\.b", true},
	{"a(?! (?:b|c))", true},
	{"(?:a(?!b)|ab)[abc]?", true},
	{"(?!ab)[abc]{1,4}", true},
	{"a(?! [abc]{1,19} a)", true},
	{"a(?=b|c)", true},
	{"(?:b|a(?= b)) [abc]", true},
	{"a(?!b(?!c))[bc]{0,2}", true},
	{"a(?=.{1,20}c)", true},
	{"ab?+b", false},
	{"a{1,3}?", true},
	{"\\d{1,2}|[a\\d] b", true},
	{"caf\xc3\xa9", false},
	{"[[:alpha:]]b", false},
	{"A|a", true},
	{"a'b", true},
};

/* A lexicon of one pattern. */
static struct lexicon *lexicon_of(const char *text)
{
	static struct phrase phrase;
	static struct rulebase base;
	static struct pattern pattern;
	static struct lexicon lexicon;
	size_t at = 0;
	int error;

	phrase.pattern = text;
	base = (struct rulebase){.phrases = &phrase, .nphrases = 1};
	pattern.code = scap__pattern_compile(text, &error, &at);
	lexicon = (struct lexicon){.base = &base, .count = 1, .patterns = &pattern};
	lexicon.machine = scap__machine_new(&lexicon);
	ck_assert(pattern.code && lexicon.machine);
	return &lexicon;
}

START_TEST(machine_of_pattern)
{
	static const char signs[] = "aaabbbccc    ''t1,.\n\xc3\xa9numbtingyhadsfe";
	struct lexicon *lexicon = lexicon_of(machined[_i].pattern);
	struct starts *starts = scap__starts_new(lexicon);
	pcre2_match_data *data = pcre2_match_data_create(2, NULL);
	uint64_t dice = 5;
	char text[40], normal[40 + NORMAL_SPARE];

	ck_assert(scap__pattern_refused(machined[_i].pattern, &(size_t){0}) == NULL);
	ck_assert(scap__machine_exact(lexicon->machine, 0) == machined[_i].exact);
	for (int round = 0; round < 20000; round++) {
		size_t size = unit_roll(&dice, sizeof(text));
		unsigned kinds = unit_roll(&dice, 4) ? 13 : sizeof(signs) - 1;

		for (size_t i = 0; i < size; i++)
			text[i] = signs[unit_roll(&dice, kinds)];
		size = scap__normal_write(text, size, normal, NULL).size;
		compare_all(starts, lexicon, normal, size, data);
	}
	pcre2_match_data_free(data);
	scap__starts_free(starts);
	scap__lexicon_free(lexicon);
}
END_TEST

/* ---- What a text says -------------------------------------------------------------------- */

static const struct said {
	const char *text, *facts; /* present / denied / ask */
} said[] = {
	{"", "//"},
	{"My rash is spreading", "rash_spreads//"},
	{"hives are spreading", "rash_spreads//"},
	{"RASH SPREADS!", "rash_spreads//"},
	{"the crash spreads", "//"},
	/* Denials. */
	{"no blisters", "/blisters/"},
	{"No blisters, no spreading rash", "/blisters,rash_spreads/"},
	{"no blisters or spreading rash", "/blisters,rash_spreads/"},
	{"no blisters, ice or spreading rash", "/blisters,ice,rash_spreads/"},
	{"no ice, spreading rash", "/ice/rash_spreads"},
	{"no ice and spreading rash", "/ice/rash_spreads"},
	{"no ice spreading rash", "/ice/rash_spreads"},
	{"no ice or cream, blisters", "/cream,ice/blisters"},
	{"no ice or cream and blisters", "/cream,ice/blisters"},
	{"denies ice, cream and blisters", "/blisters,cream,ice/"},
	{"no ice but blisters", "blisters/ice/"},
	{"no ice. Blisters", "blisters/ice/"},
	{"no ice\nblisters", "blisters/ice/"},
	{"no, a b c d e blisters", "blisters//"},
	{"no a b c d blisters", "/blisters/"},
	{"no a b c d e f blisters", "blisters//"},
	{"blisters were absent", "/blisters/"},
	{"ice and blisters were absent", "/blisters/ice"},
	{"ice, blisters were absent", "/blisters/ice"},
	{"there is no end to my rash", "rash_spreads//"},
	{"no change in spreading rash", "rash_spreads//"},
	{"not only blisters", "blisters//"},
	{"not without blisters", "/blisters/"},
	{"no not without blisters", "//blisters"},
	{"no blisters were absent", "//blisters"},
	{"bigger", "//rash_spreads"},
	{"no bigger", "//rash_spreads"},
	/* Said and denied. */
	{"blisters. no blisters", "//blisters"},
	{"no blisters but I burnt my arm", "blisters//"},
	{"no blisters. maybe blisters", "//blisters"},
	/* Doubt. */
	{"maybe blisters", "//blisters"},
	{"blisters perhaps", "//blisters"},
	{"if blisters come", "//blisters"},
	{"maybe but blisters", "blisters//"},
	{"no blisters maybe", "//blisters"},
	{"?blisters", "//blisters"},
	{"ice, ? blisters", "ice//blisters"},
	{"ice? blisters", "blisters,ice//"},
	{"blisters two years ago", "//blisters"},
	{"I burnt my arm years ago", "//blisters"},
	{"allergic to bees two years ago", "rash_spreads//"},
	{"blisters are gone", "//blisters"},
	/* Others. */
	{"my sister has blisters", "//blisters"},
	{"my sister has blisters. And a spreading rash. I have ice", "ice//blisters,rash_spreads"},
	{"my sister has ice. I have ice", "ice//"},
	{"my sister said it but I have blisters", "blisters//"},
	{"a spreading rash runs in the family", "//rash_spreads"},
	{"my sister saw me burnt my arm", "blisters//"},
	/* Idioms. */
	{"the ice age", "//"},
	{"break the ice and blisters", "blisters//"},
	/* Misspelt. */
	{"blistres", "//blisters"},
	{"spraeding rash", "//rash_spreads"},
	{"my rash is spreeding", "//rash_spreads"},
	{"no blistres", "//blisters"},
	{"sreading books", "//"},
	{"lbisters", "//"},
	/* Bytes. */
	{"no bl\xc3\xa9" "isters", "//"},
	{"no\xff blisters", "//blisters"},
	{"blisters\xff", "blisters//"},
	{"ice\xc3\xa9", "//"},
};

static void tell(const struct scan *scan, struct buffer *out)
{
	scap__buffer_init(out, 4096);
	scap__heard_facts(scan, out);
	for (size_t i = 0; i < out->size; i++)
		out->data[i] = out->data[i] == '\t' ? '/' : out->data[i] == '\n' ? '\0' : out->data[i];
}

START_TEST(senses)
{
	scap_pack *pack = unit_good_pack(WORDS);
	struct scan *scan = scap__scan_new(pack->lexicon);
	struct buffer out;

	/* Again and again, so that the quick ways are tried, too. */
	for (int round = 0; round < 300; round++) {
		ck_assert(scap__scan_text(scan, said[_i].text, strlen(said[_i].text)));
		if (round % 100 && round != 299)
			continue;
		tell(scan, &out);
		ck_assert_msg(!strcmp(out.data, said[_i].facts), "'%s': %s, not %s", said[_i].text,
		              out.data, said[_i].facts);
		scap__buffer_free(&out);
	}
	scap__scan_free(scan);
	scap_pack_free(pack);
}
END_TEST

/* Whatever stands in a text: spans lie in it, and quotes can be cut out. */
START_TEST(any_bytes)
{
	scap_pack *pack = unit_good_pack(".");
	struct scan *scan = scap__scan_new(pack->lexicon);
	uint64_t dice = 4242;
	char text[400];

	for (int round = 0; round < 400; round++) {
		size_t size = any_text(pack->base, &dice, text, sizeof(text));

		for (unsigned i = unit_roll(&dice, 6); size && i > 0; i--)
			text[unit_roll(&dice, (unsigned)size)] = (char)unit_roll(&dice, 256);
		ck_assert(scap__scan_text(scan, text, size));
		for (size_t i = 0; i < scan->phrases.count; i++) {
			const struct span *span = &scan->phrases.list[i];

			struct quote quote = scap__scan_quote(scan, text, span);

			ck_assert(quote.size && quote.words >= text);
			ck_assert(quote.words + quote.size <= text + size);
			ck_assert(span->at < span->end && span->end <= scan->size);
			ck_assert(!i || span[-1].at <= span->at);
		}
	}
	scap__scan_free(scan);
	scap_pack_free(pack);
}
END_TEST

/* A text that is too long, or full, makes all be asked that it does not surely say. */
START_TEST(limits)
{
	static const struct {
		const char *word;
		size_t size;
		bool unread;
	} texts[] = {
		{"blisters and ", 10 << 20, true},
		{"ice ", 3 * LIMIT_TEXT_SPANS, false},
		{"ice ", 5 * LIMIT_TEXT_SPANS, true},
		{"a ", LIMIT_TEXT_BYTES, false},
		{"a ", LIMIT_TEXT_BYTES + 1, true},
		{"no ", 10 << 20, true},
		{"blistres ", 9 * 250, true},
	};
	scap_pack *pack = unit_good_pack(WORDS);
	struct scan *scan = scap__scan_new(pack->lexicon);
	size_t room = texts[_i].size, step = strlen(texts[_i].word);
	char *text = malloc(room + step);

	for (size_t i = 0; i < room; i += step)
		memcpy(text + i, texts[_i].word, step);
	ck_assert(scap__scan_text(scan, text, room));
	ck_assert(scan->unread == texts[_i].unread);
	for (size_t i = 0; i < pack->base->nconcepts; i++)
		ck_assert(!texts[_i].unread || scap__scan_sense(scan, i) == SENSE_ASK ||
		          scap__scan_sense(scan, i) == SENSE_PRESENT);
	free(text);
	scap__scan_free(scan);
	scap_pack_free(pack);
}
END_TEST

/* Several texts of one person, and what they come to; the last may be cut off. */
static const struct several {
	const char *first, *second;
	bool unread;
	enum sense sense; /* of a spreading rash */
	const char *words;
} several[] = {
	{"no spreading rash", "", false, SENSE_DENIED, "no spreading rash"},
	{"no spreading rash", "my rash is spreading", false, SENSE_PRESENT, "rash is spreading"},
	{"my rash is spreading", "no spreading rash", false, SENSE_PRESENT, "rash is spreading"},
	{"no spreading rash", "maybe a spreading rash", false, SENSE_ASK, "maybe a spreading rash"},
	{"no spreading rash", "nothing ", true, SENSE_ASK, "no spreading rash"},
	{"my rash is spreading", "nothing ", true, SENSE_PRESENT, "rash is spreading"},
	{"nothing", "nothing ", true, SENSE_ASK, ""},
	{"nothing", "nothing", false, SENSE_NONE, ""},
};

START_TEST(several_texts)
{
	const struct several *row = &several[_i];
	scap_pack *pack = unit_good_pack(WORDS);
	struct hearing *hearing = scap__hearing_new(pack->lexicon);
	size_t size = strlen(row->second), room = row->unread ? 2 * LIMIT_TEXT_BYTES : size;
	char *second = calloc(room + 1, 1);
	uint32_t concept = 0;

	while (strcmp(pack->base->concepts[concept].name, "rash_spreads") != 0)
		concept++;
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < room; i++)
			second[i] = row->second[i % size];
		scap__listen(hearing, row->first, strlen(row->first));
		scap__listen(hearing, second, room);
		ck_assert(!hearing->failed && hearing->unread == row->unread);
		ck_assert_int_eq(scap__hearing_sense(hearing, concept), row->sense);
		ck_assert_str_eq(scap__hearing_words(hearing, concept), row->words);
		scap__hearing_next(hearing);
	}
	free(second);
	scap__hearing_free(hearing);
	scap_pack_free(pack);
}
END_TEST

/* ---- What becomes of the answers ------------------------------------------------------------ */

static const struct given {
	const char *story, *question, *answer; /* an answer beside the text */
	const char *level;
	const char *heard; /* concept:sense, a `!` where it is in conflict */
} given[] = {
	{"my rash is spreading", NULL, NULL, "hospital", "rash_spreads:present"},
	{"my rash is spreading", "rash_spreads", "no", "hospital", "rash_spreads:present!"},
	{"my rash is spreading", "rash_spreads", "yes", "hospital", "rash_spreads:present"},
	{"my rash is spreading", "rash_spreads", "not_sure", "hospital", "rash_spreads:present"},
	{"no spreading rash", NULL, NULL, "clinic", "rash_spreads:denied"},
	{"no spreading rash", "rash_spreads", "yes", "hospital", "rash_spreads:denied"},
	{"maybe a spreading rash", NULL, NULL, "clinic", "rash_spreads:ask"},
	{"maybe a spreading rash", "rash_spreads", "no", "clinic", "rash_spreads:ask"},
	{"I have ice", "at_hand", "none", "clinic", "ice:present!"},
	{"I have ice", "at_hand", "ice cream", "clinic", "ice:present"},
	{"I have ice", "at_hand", "cream", "clinic", "ice:present!"},
	{"nothing", NULL, NULL, "clinic", ""},
};

static void tell_heard(const scap_answers *answers, char *out)
{
	static const char *const words[] = {"", "present", "denied", "ask"};
	const struct scap_heard *heard;

	*out = '\0';
	for (size_t i = 0; (heard = scap_answers_heard(answers, i)); i++)
		sprintf(out + strlen(out), "%s%s:%s%s", i ? " " : "", heard->concept,
		        words[heard->sense], heard->conflict ? "!" : "");
}

START_TEST(answers_hear)
{
	const struct given *row = &given[_i];
	scap_pack *pack = unit_good_pack(WORDS);
	scap_answers *answers = scap_answers_new(pack);
	scap_decision *decision;
	char heard[200];

	if (row->question) /* in either order */
		ck_assert_uint_eq(scap_answers_set(answers, row->question, row->answer, NULL), 0);
	ck_assert_uint_eq(scap_answers_set(answers, "story", row->story, NULL), 0);
	for (int round = 0; round < 2; round++) {
		decision = scap_decide(answers);
		ck_assert_str_eq(scap_decision_level(decision)->name, row->level);
		scap__answers_judge(answers);
		tell_heard(answers, heard);
		ck_assert_str_eq(heard, row->heard);
		scap_decision_free(decision);
		scap_answers_set(answers, "story", "", NULL);
		ck_assert_ptr_null(scap_answers_heard(answers, 0));
		scap_answers_set(answers, "story", row->story, NULL);
	}
	scap_answers_free(answers);
	scap_pack_free(pack);
}
END_TEST

START_TEST(corrections)
{
	scap_pack *pack = unit_good_pack(WORDS);
	scap_answers *answers = scap_answers_new(pack);
	scap_decision *decision;
	struct scap_screen screen;

	ck_assert(scap_interview_next(answers, &screen));
	ck_assert_str_eq(screen.questions[0]->name, "story");
	ck_assert_uint_eq(scap_answers_set(answers, "story", "spreading rash, blisters", NULL), 0);
	ck_assert_uint_ne(scap_answers_correct(answers, "ice"), 0);
	ck_assert_uint_eq(scap_answers_correct(answers, "rash_spreads"), 0);
	decision = scap_decide(answers);
	ck_assert_str_eq(scap_decision_level(decision)->name, "clinic");
	scap_decision_free(decision);
	ck_assert(scap_interview_next(answers, &screen)); /* it is asked */
	ck_assert_str_eq(screen.questions[0]->name, "rash_spreads");
	ck_assert(scap_interview_back(answers));
	ck_assert_ptr_null(scap_answers_heard(answers, 0));
	ck_assert(scap_interview_next(answers, &screen));
	ck_assert_str_eq(screen.questions[0]->name, "story");
	scap_answers_free(answers);
	scap_pack_free(pack);
}
END_TEST

static const struct call {
	const char *request, *holds;
} calls[] = {
	{"{\"answers\": {\"story\": \"My rash is spreading\"}}", "\"words\": \"rash is spreading\""},
	{"{\"answers\": {\"story\": \"My rash is spreading\"}}", "\"name\": \"hospital\""},
	{"{\"answers\": {\"story\": \"My rash is spreading\"}, \"not_meant\": [\"rash_spreads\"]}",
	 "\"not_meant\": true"},
	{"{\"answers\": {\"story\": \"My rash is spreading\"}, \"not_meant\": [\"rash_spreads\"]}",
	 "scapula.screen/1"},
	{"{\"answers\": {}, \"not_meant\": [\"nothing\"]}", "scapula.screen/1"},
	{"{\"answers\": {}, \"not_meant\": \"rash_spreads\"}", "'not_meant' is a list"},
	{"{\"answers\": {}, \"not_meant\": [1]}", "'not_meant' is a list"},
	{"{\"answers\": {}}", "\"story\""},
	{"{\"answers\": {\"story\": null}}", "rash_spreads"},
	{"{\"answers\": {\"story\": \"no spreading rash\"}}", "\"sense\": \"denied\""},
};

START_TEST(json_calls)
{
	scap_pack *pack = unit_good_pack(WORDS);
	struct buffer out;

	scap__buffer_init(&out, 1 << 20);
	ck_assert_uint_eq(scap_json(pack, calls[_i].request, strlen(calls[_i].request), unit_write,
	                            &out), 0);
	ck_assert_msg(strstr(scap__buffer_string(&out), calls[_i].holds) != NULL, "%s",
	              out.data);
	scap__buffer_free(&out);
	scap_pack_free(pack);
}
END_TEST

/* ---- Lines ---------------------------------------------------------------------------------- */

static const struct lines_row {
	const char *text, *lines; /* each with a `|` behind it */
} lines_rows[] = {
	{"", ""},
	{"\n", "|"},
	{"a", "a|"},
	{"a\nb", "a|b|"},
	{"a\r\n\nb\n", "a||b|"},
	{"a\rb\n", "a\rb|"},
};

static enum code keep_line(void *ctx, const struct line *line)
{
	scap__buffer_add(ctx, line->text, line->size);
	scap__buffer_char(ctx, '|');
	return 0;
}

START_TEST(lines_of_text)
{
	struct unit_input input = {lines_rows[_i].text, strlen(lines_rows[_i].text), 0};
	struct buffer out;

	scap__buffer_init(&out, 1000);
	ck_assert_int_eq(scap__lines_run(unit_read, &input, keep_line, &out), 0);
	ck_assert_str_eq(scap__buffer_string(&out), lines_rows[_i].lines);
	scap__buffer_free(&out);
}
END_TEST

static enum code count_line(void *ctx, const struct line *line)
{
	size_t *sizes = ctx;

	sizes[sizes[0]++] = line->size;
	return sizes[0] == 3 ? E_NO_MEMORY : 0;
}

/* A line of a megabyte is told by its size, and costs no memory; a code ends it all. */
START_TEST(long_lines)
{
	size_t size = 1 << 20, sizes[4] = {1};
	char *text = malloc(size + 8);
	struct unit_input input = {text, size + 8, 0};

	memset(text, 'a', size);
	memcpy(text + size, "\nbc\nd\ne\n", 8);
	ck_assert_int_eq(scap__lines_run(unit_read, &input, count_line, sizes), E_NO_MEMORY);
	ck_assert_uint_eq(sizes[1], size);
	ck_assert_uint_eq(sizes[2], 2);
	free(text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("words");
	TCase *tests = tcase_create("words");

	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, plain_text, 0, (int)ROWS(plain));
	tcase_add_loop_test(tests, machine_finds_all, 0, (int)ROWS(packs));
	tcase_add_loop_test(tests, machine_of_pattern, 0, (int)ROWS(machined));
	tcase_add_loop_test(tests, senses, 0, (int)ROWS(said));
	tcase_add_test(tests, any_bytes);
	tcase_add_loop_test(tests, limits, 0, 7);
	tcase_add_loop_test(tests, several_texts, 0, (int)ROWS(several));
	tcase_add_loop_test(tests, answers_hear, 0, (int)ROWS(given));
	tcase_add_test(tests, corrections);
	tcase_add_loop_test(tests, json_calls, 0, (int)ROWS(calls));
	tcase_add_loop_test(tests, lines_of_text, 0, (int)ROWS(lines_rows));
	tcase_add_test(tests, long_lines);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
