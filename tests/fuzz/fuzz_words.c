/* SPDX-License-Identifier: MIT
 *
 * For a fuzzer: any bytes as a text, and as a pattern. `make fuzz` builds and runs it.
 *
 * The first byte chooses. A text must read the same twice, whatever was read before, with
 * spans that lie in it; a text that is not read to its end denies nothing. Of a pattern that
 * is let pass the machine must find the same as PCRE2.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/pack.h"
#include "report/heard.h"
#include "words/machine.h"
#include "words/normal.h"
#include "words/scan.h"
#include "words/starts.h"

/* A new reader is made now and then: it takes as long as many texts. */
enum { FRESH_EVERY = 100 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void fail(const char *what)
{
	fprintf(stderr, "fuzz_words: %s\n", what);
	abort();
}

static scap_pack *load(void)
{
	scap_report *report = scap_report_new();
	const char *top = getenv("abs_srcdir") ? getenv("abs_srcdir") : ".";
	char rules[4096], data[4096];
	scap_pack *pack;

	snprintf(rules, sizeof(rules), "%s/rules", top);
	snprintf(data, sizeof(data), "%s/data", top);
	pack = scap_pack_load(rules, data, report);
	if (!pack)
		fail("the shipped pack can't be loaded; set abs_srcdir");
	scap_report_free(report);
	return pack;
}

/* ---- A text ---------------------------------------------------------------------- */

static void check_spans(const struct scan *scan, const char *text, size_t size)
{
	for (size_t i = 0; i < scan->phrases.count; i++) {
		const struct span *span = &scan->phrases.list[i];
		struct quote quote;

		if (span->at >= span->end || span->end > scan->size)
			fail("a span lies outside the text");
		quote = scap__scan_quote(scan, text, span);
		if (!quote.size || quote.words < text || quote.words + quote.size > text + size)
			fail("a quote lies outside the text");
	}
}

static void check_text(struct scan *used, struct scan *fresh, const char *text, size_t size)
{
	size_t count = used->lexicon->base->nconcepts;

	if (!scap__scan_text(used, text, size) || !scap__scan_text(fresh, text, size))
		fail("memory is out");
	for (size_t i = 0; i < count; i++) {
		if (scap__scan_sense(used, i) != scap__scan_sense(fresh, i))
			fail("the same text says two things");
		if ((used->unread || used->odd) && scap__scan_sense(used, i) == SENSE_DENIED)
			fail("something is denied in a text that was not read well");
	}
	check_spans(used, text, size);
}

/* ---- A pattern -------------------------------------------------------------------- */

/* What the machine finds where a word starts is what PCRE2 finds there. */
static void compare(struct starts *starts, size_t word, int result, size_t size)
{
	const struct hit *hits;
	size_t count = scap__starts_find(starts, word, &hits);

	if (result != PCRE2_ERROR_NOMATCH && result < 0)
		return; /* it gave up */
	if (count != (result > 0))
		fail(count ? "the machine finds what PCRE2 does not" : "the machine misses a match");
	if (count && hits[0].size != size)
		fail("the machine finds another end");
}

static void check_words(struct lexicon *lexicon, const char *text, size_t size)
{
	struct word *words = calloc(size + 1, sizeof(*words));
	struct starts *starts = scap__starts_new(lexicon);
	pcre2_match_data *data = pcre2_match_data_create(2, NULL);
	pcre2_match_context *limits = scap__lexicon_limits();
	size_t nwords = 0;

	if (!words || !starts || !data || !limits)
		fail("memory is out");
	for (size_t at = 0; at < size; at++)
		if (scap__in_word[(unsigned char)text[at]] &&
		    (!at || !scap__in_word[(unsigned char)text[at - 1]]))
			words[nwords++].at = (uint32_t)at;
	if (!scap__starts_text(starts, text, size, words, nwords))
		fail("memory is out");
	for (size_t w = 0; w < nwords; w++) {
		int result = pcre2_match(lexicon->patterns[0].code, (PCRE2_SPTR)text, size + 1,
		                         words[w].at, 0, data, limits);

		compare(starts, w, result, pcre2_get_ovector_pointer(data)[1] - words[w].at);
	}
	pcre2_match_context_free(limits);
	pcre2_match_data_free(data);
	scap__starts_free(starts);
	free(words);
}

static void check_pattern(const char *pattern, const char *text, size_t size)
{
	struct phrase phrase = {.pattern = pattern};
	struct rulebase base = {.phrases = &phrase, .nphrases = 1};
	struct pattern compiled = {NULL};
	struct lexicon lexicon = {.base = &base, .count = 1, .patterns = &compiled};
	size_t at = 0;
	int error;

	if (scap__pattern_refused(pattern, &at))
		return;
	compiled.code = scap__pattern_compile(pattern, &error, &at);
	if (!compiled.code)
		return;
	lexicon.machine = scap__machine_new(&lexicon);
	if (!lexicon.machine)
		fail("memory is out");
	check_words(&lexicon, text, size);
	scap__lexicon_free(&lexicon);
}

/* The pattern up to a line end, the text behind it. */
static void split_pattern(const char *bytes, size_t size)
{
	const char *end = memchr(bytes, '\n', size);
	size_t head = end ? (size_t)(end - bytes) : size;
	char *pattern = strndup(bytes, head);
	char *normal = malloc(size - head + NORMAL_SPARE);

	if (!pattern || !normal)
		fail("memory is out");
	check_pattern(pattern, normal,
	              scap__normal_write(bytes + head, size - head, normal, NULL).size);
	free(pattern);
	free(normal);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static scap_pack *pack;
	static struct scan *used, *fresh;
	static unsigned long runs;

	if (!size)
		return 0;
	if (!pack) {
		pack = load();
		used = scap__scan_new(pack->lexicon);
	}
	if (bytes[0] & 1) {
		split_pattern((const char *)bytes + 1, size - 1);
		return 0;
	}
	if (runs++ % FRESH_EVERY == 0) {
		scap__scan_free(fresh);
		fresh = scap__scan_new(pack->lexicon);
	}
	if (!used || !fresh)
		fail("memory is out");
	check_text(used, fresh, (const char *)bytes + 1, size - 1);
	return 0;
}
