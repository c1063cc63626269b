/* SPDX-License-Identifier: MIT
 *
 * Files that are not whole yet, where the system knows files without a name and where
 * it doesn't; and the count of the rows that went out.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/partial.h"
#include "cli/ledger.h"
#include "unit.h"

/* ---- A system to try ---------------------------------------------------------------- */

static bool nameless; /* it knows files without a name */
static int rename_reason; /* 0: renaming works */
static char folder[] = "/tmp/check_partial.XXXXXX";

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_rename(const char *old, const char *new);
int __wrap_rename(const char *old, const char *new);

int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode;

	if ((flags & O_TMPFILE) == O_TMPFILE && !nameless) {
		errno = EOPNOTSUPP;
		return -1;
	}
	va_start(args, flags);
	mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
	va_end(args);
	return __real_open(path, flags, mode);
}

int __wrap_rename(const char *old, const char *new)
{
	if (!rename_reason)
		return __real_rename(old, new);
	errno = rename_reason;
	return -1;
}

static char *in_folder(const char *name)
{
	static char path[4][128];
	static int next;

	next = (next + 1) % 4;
	snprintf(path[next], sizeof(path[next]), "%s/%s", folder, name);
	return path[next];
}

static void put(const char *name, const char *text)
{
	FILE *file = fopen(in_folder(name), "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static const char *text_of(const char *name)
{
	static char text[64];
	FILE *file = fopen(in_folder(name), "r");
	size_t size = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	text[size] = '\0';
	if (file)
		fclose(file);
	return file ? text : "(not there)";
}

static int files(void)
{
	DIR *open = opendir(folder);
	struct dirent *entry;
	int count = 0;

	while ((entry = readdir(open)))
		count += entry->d_name[0] != '.' || entry->d_name[1] == 'o';
	closedir(open);
	return count;
}

static void set_up(void)
{
	strcpy(strrchr(folder, '.') + 1, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	rename_reason = 0;
}

static void tear_down(void)
{
	DIR *open = opendir(folder);
	struct dirent *entry;

	while ((entry = readdir(open)))
		unlinkat(dirfd(open), entry->d_name, 0);
	closedir(open);
	rmdir(folder);
}

static struct partial begun(const char *name, bool exists)
{
	struct partial partial;

	ck_assert(cli_partial_open(&partial, in_folder(name), exists, 0640));
	ck_assert_int_eq(write(partial.fd, "new", 3), 3);
	return partial;
}

/* ---- Files ------------------------------------------------------------------------------ */

/* Row 0: without names, row 1: with. */
START_TEST(appears_whole)
{
	struct partial partial;
	struct stat info;

	nameless = _i == 0;
	partial = begun("out", false);
	ck_assert_int_eq(files(), _i);
	ck_assert_str_eq(text_of("out"), "(not there)");
	ck_assert(cli_partial_store(&partial));
	ck_assert(cli_partial_close(&partial, true));
	ck_assert_str_eq(text_of("out"), "new");
	ck_assert_int_eq(files(), 1);
	ck_assert(!stat(in_folder("out"), &info));
	ck_assert_uint_eq(info.st_mode & 0777, 0640);
}
END_TEST

START_TEST(takes_the_place)
{
	struct partial partial;

	nameless = _i == 0;
	put("out", "old");
	partial = begun("out", true);
	ck_assert_str_eq(text_of("out"), "old");
	ck_assert(cli_partial_close(&partial, true));
	ck_assert_str_eq(text_of("out"), "new");
	ck_assert_int_eq(files(), 1);
}
END_TEST

/* Somebody else was quicker to make a file of this name. */
START_TEST(takes_a_new_place)
{
	struct partial partial;

	nameless = _i == 0;
	partial = begun("out", false);
	put("out", "another");
	ck_assert(cli_partial_close(&partial, true));
	ck_assert_str_eq(text_of("out"), "new");
	ck_assert_int_eq(files(), 1);
}
END_TEST

START_TEST(vanishes)
{
	struct partial partial;

	nameless = _i == 0;
	put("out", "old");
	partial = begun("out", true);
	cli_partial_close(&partial, false);
	ck_assert_str_eq(text_of("out"), "old");
	ck_assert_int_eq(files(), 1);
}
END_TEST

START_TEST(fails_and_says_why)
{
	struct partial partial;

	nameless = _i == 0;
	put("out", "old");
	partial = begun("out", true);
	rename_reason = EROFS;
	ck_assert(!cli_partial_close(&partial, true));
	ck_assert_int_eq(errno, EROFS);
	ck_assert_str_eq(text_of("out"), "old");
	ck_assert_int_eq(files(), 1);
	ck_assert(!cli_partial_open(&partial, in_folder("no/out"), false, 0640));
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

/* What a run holds that is still at work is not what a killed one left. */
START_TEST(two_at_once)
{
	struct partial first, second;

	nameless = _i == 0;
	first = begun("out", false);
	put(".out.scapula-abcdef", "left");
	second = begun("out", false);
	ck_assert_str_eq(text_of(".out.scapula-abcdef"), "(not there)");
	ck_assert_int_eq(files(), 2 * _i);
	ck_assert(cli_partial_close(&first, true));
	ck_assert(cli_partial_close(&second, true));
	ck_assert_str_eq(text_of("out"), "new");
	ck_assert_int_eq(files(), 1);
}
END_TEST

/* ---- Rows ------------------------------------------------------------------------------- */

static struct ledger written(const char *text, size_t step)
{
	struct ledger ledger = {0};

	for (size_t size = strlen(text), at = 0; at < size; at += step)
		cli_ledger_bytes(&ledger, text + at, size - at < step ? size - at : step);
	return ledger;
}

START_TEST(counts_rows)
{
	static const char text[] = "id,level\na,b\n\"c\nd\"\"\n\",e\nf,\"g\"\n";

	for (size_t step = 1; step < sizeof(text); step++) {
		struct ledger ledger = written(text, step);

		ck_assert_uint_eq(ledger.lines, 4);
		ck_assert(!ledger.quoted);
	}
}
END_TEST

START_TEST(notices_lost_rows)
{
	struct ledger ledger = written("id\na\nb\n", 3);
	struct scap_score_counts counts = {.rows = 3, .scored = 2, .rejected = 1};

	ledger.rejected = 1;
	ck_assert(cli_ledger_agrees(&ledger, false, &counts));
	ck_assert(!cli_ledger_agrees(&ledger, true, &counts));
	ledger.lines++;
	ck_assert(!cli_ledger_agrees(&ledger, false, &counts));
	ck_assert(cli_ledger_agrees(&ledger, true, &counts));
	ledger.lines -= 2;
	ck_assert(!cli_ledger_agrees(&ledger, false, &counts));
	ledger.lines++;
	ledger.rejected = 0;
	ck_assert(!cli_ledger_agrees(&ledger, false, &counts));
	ledger.rejected = 1;
	counts.rows = 4;
	ck_assert(!cli_ledger_agrees(&ledger, false, &counts));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("partial");
	TCase *files_case = unit_case("files"), *rows = unit_case("rows");

	tcase_add_checked_fixture(files_case, set_up, tear_down);
	tcase_add_loop_test(files_case, appears_whole, 0, 2);
	tcase_add_loop_test(files_case, takes_the_place, 0, 2);
	tcase_add_loop_test(files_case, takes_a_new_place, 0, 2);
	tcase_add_loop_test(files_case, vanishes, 0, 2);
	tcase_add_loop_test(files_case, fails_and_says_why, 0, 2);
	tcase_add_loop_test(files_case, two_at_once, 0, 2);
	suite_add_tcase(suite, files_case);
	tcase_add_test(rows, counts_rows);
	tcase_add_test(rows, notices_lost_rows);
	suite_add_tcase(suite, rows);
	return unit_main(suite);
}
