/* SPDX-License-Identifier: MIT
 *
 * What the unit tests share: packs to load, output to catch, dice.
 */
#ifndef UNIT_H
#define UNIT_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "engine/answers.h"
#include "scapula.h"

/* Loads a pack below the source folder, like "tests/packs/tiny" or ".". */
static inline scap_pack *unit_pack(const char *folder, scap_report *report)
{
	const char *top = getenv("abs_srcdir") ? getenv("abs_srcdir") : ".";
	char rules[4096], data[4096];

	snprintf(rules, sizeof(rules), "%s/%s/rules", top, folder);
	snprintf(data, sizeof(data), "%s/%s/data", top, folder);
	return scap_pack_load(rules, data, report);
}

/* The same, sure that it has no mistakes. */
static inline scap_pack *unit_good_pack(const char *folder)
{
	scap_report *report = scap_report_new();
	scap_pack *pack = unit_pack(folder, report);

	ck_assert_msg(pack != NULL, "%s: %s", folder,
	              scap_report_count(report) ? scap_report_at(report, 0)->message : "no pack");
	scap_report_free(report);
	return pack;
}

/* A scap_write_fn for a struct buffer. */
static inline int unit_write(void *ctx, const char *bytes, size_t size)
{
	struct buffer *buffer = ctx;

	scap__buffer_add(buffer, bytes, size);
	return buffer->failed;
}

/* Text as a scap_read_fn reads it. */
struct unit_input {
	const char *text;
	size_t size, at;
};

static inline long unit_read(void *ctx, char *bytes, size_t size)
{
	struct unit_input *input = ctx;
	size_t left = input->size - input->at;

	if (size > left)
		size = left;
	if (size)
		memcpy(bytes, input->text + input->at, size);
	input->at += size;
	return (long)size;
}

/* The same dice on every machine. */
static inline unsigned unit_roll(uint64_t *dice, unsigned sides)
{
	*dice ^= *dice << 13;
	*dice ^= *dice >> 7;
	*dice ^= *dice << 17;
	return (unsigned)((*dice >> 16) % sides);
}

/* A test case with time to spare: what is tested is never how fast, and machines are
 * slow under sanitizers or a load. */
static inline TCase *unit_case(const char *name)
{
	TCase *tests = tcase_create(name);

	tcase_set_timeout(tests, 120);
	return tests;
}

/* Runs a suite and speaks TAP. */
static inline int unit_main(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Values that make a difference to a question: every choice, and for numbers
 * the ends of the constraint and both sides of every threshold. Writes them as
 * cells; returns how many. */
enum { UNIT_VALUES = 64 };

size_t unit_values(const scap_pack *pack, unsigned question, char values[UNIT_VALUES][64]);

#endif
