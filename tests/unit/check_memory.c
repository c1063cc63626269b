/* SPDX-License-Identifier: MIT
 *
 * Memory and what is kept in it, tried to its limits: buffers, arenas, names.
 */
#include <stdalign.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/names.h"
#include "unit.h"

/* A text with its size, so that NULs can stand in it. */
#define T(literal) literal, sizeof(literal) - 1
#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

/* ---- buffer.h ---------------------------------------------------------------------- */

START_TEST(buffer_grows)
{
	struct buffer buffer;

	scap__buffer_init(&buffer, 1 << 20);
	ck_assert_ptr_null(buffer.data);
	scap__buffer_text(&buffer, "ab");
	scap__buffer_char(&buffer, '\0');
	scap__buffer_printf(&buffer, "%d-%s", 12, "x");
	scap__buffer_add(&buffer, NULL, 0);
	ck_assert_uint_eq(buffer.size, 7);
	ck_assert_mem_eq(buffer.data, "ab\00012-x", 7);
	for (unsigned i = 0; i < 10000; i++)
		scap__buffer_printf(&buffer, "%04u", i);
	ck_assert_uint_eq(buffer.size, 40007);
	ck_assert_mem_eq(buffer.data + 40003, "9999", 4);
	ck_assert_str_eq(scap__buffer_string(&buffer), "ab");
	ck_assert_uint_eq(buffer.size, 40007); /* the NUL behind does not count */
	scap__buffer_free(&buffer);
	ck_assert_ptr_null(buffer.data);
	ck_assert_uint_eq(buffer.size, 0);
	scap__buffer_text(&buffer, "again");
	ck_assert_str_eq(scap__buffer_string(&buffer), "again");
	scap__buffer_free(&buffer);
}
END_TEST

/* At its limit a buffer fails, keeps what it has, and stays failed. */
START_TEST(buffer_limit)
{
	struct buffer buffer;

	scap__buffer_init(&buffer, 10);
	scap__buffer_text(&buffer, "0123456789");
	ck_assert(!buffer.failed);
	scap__buffer_char(&buffer, 'x');
	ck_assert(buffer.failed);
	ck_assert_uint_eq(buffer.size, 10);
	ck_assert_mem_eq(buffer.data, "0123456789", 10);
	buffer.size = 0;
	ck_assert(!scap__buffer_reserve(&buffer, 11));
	ck_assert_ptr_null(scap__buffer_string(&buffer));
	scap__buffer_free(&buffer);
	ck_assert(!buffer.failed);
	scap__buffer_text(&buffer, "0123456789ab");
	ck_assert(buffer.failed);
	ck_assert_uint_eq(buffer.size, 0); /* all or nothing */
	scap__buffer_free(&buffer);
	scap__buffer_printf(&buffer, "%s", "0123456789"); /* needs a NUL while printing */
	ck_assert(buffer.failed);
	scap__buffer_free(&buffer);
	scap__buffer_text(&buffer, "012345678");
	ck_assert_str_eq(scap__buffer_string(&buffer), "012345678");
	scap__buffer_free(&buffer);
}
END_TEST

/* A size that would wrap around is refused, not added. */
START_TEST(buffer_overflow)
{
	struct buffer buffer;

	scap__buffer_init(&buffer, SIZE_MAX);
	scap__buffer_text(&buffer, "abc");
	ck_assert(!scap__buffer_reserve(&buffer, SIZE_MAX - 2));
	ck_assert(buffer.failed);
	scap__buffer_text(&buffer, "def");
	ck_assert_ptr_null(scap__buffer_string(&buffer));
	ck_assert_mem_eq(buffer.data, "abc", 3);
	scap__buffer_free(&buffer);
}
END_TEST

/* ---- arena.h ----------------------------------------------------------------------- */

START_TEST(arena_alloc)
{
	struct arena *arena = scap__arena_new();
	static const size_t sizes[] = {1, 3, 8, 17, 1000, 32 << 10, (32 << 10) + 1, 1 << 20, 5, 0};
	static const unsigned char zeros[1 << 20];

	for (size_t i = 0; i < ROWS(sizes); i++) {
		unsigned char *bytes = scap__arena_alloc(arena, sizes[i]);

		ck_assert_ptr_nonnull(bytes);
		ck_assert_uint_eq((uintptr_t)bytes % alignof(max_align_t), 0);
		ck_assert(!memcmp(bytes, zeros, sizes[i]));
		memset(bytes, 0xee, sizes[i]); /* the next ones must not see it */
	}
	scap__arena_free(arena);
	scap__arena_free(NULL);
}
END_TEST

/* Pieces never overlap: each keeps what was written into it. */
START_TEST(arena_apart)
{
	enum { COUNT = 5000 };
	static unsigned char *pieces[COUNT];
	struct arena *arena = scap__arena_new();
	unsigned char expected[97];

	for (unsigned i = 0; i < COUNT; i++) {
		pieces[i] = scap__arena_alloc(arena, i % 97 + 1);
		memset(pieces[i], (int)(i % 251), i % 97 + 1);
	}
	for (unsigned i = 0; i < COUNT; i++) {
		memset(expected, (int)(i % 251), i % 97 + 1);
		ck_assert(!memcmp(pieces[i], expected, i % 97 + 1));
	}
	scap__arena_free(arena);
}
END_TEST

START_TEST(arena_overflow)
{
	struct arena *arena = scap__arena_new();

	ck_assert_ptr_null(scap__arena_alloc(arena, SIZE_MAX));
	ck_assert_ptr_null(scap__arena_alloc(arena, SIZE_MAX / 2 + 1));
	ck_assert_ptr_null(scap__arena_array(arena, SIZE_MAX, 2));
	ck_assert_ptr_null(scap__arena_array(arena, 2, SIZE_MAX));
	ck_assert_ptr_null(scap__arena_array(arena, SIZE_MAX / 8 + 2, 8));
	ck_assert_ptr_null(scap__arena_array(arena, (size_t)1 << 32, (size_t)1 << 32));
	ck_assert_ptr_nonnull(scap__arena_array(arena, 0, 8));
	ck_assert_ptr_nonnull(scap__arena_array(arena, 8, 0));
	ck_assert_ptr_nonnull(scap__arena_alloc(arena, 8)); /* it still works */
	scap__arena_free(arena);
}
END_TEST

START_TEST(arena_copy)
{
	struct arena *arena = scap__arena_new();
	char *copy = scap__arena_copy(arena, "a\0bc!", 4);

	ck_assert_mem_eq(copy, "a\0bc\0", 5); /* a NUL behind it, and no more than SIZE */
	ck_assert_str_eq(scap__arena_copy(arena, NULL, 0), "");
	scap__arena_free(arena);
}
END_TEST

START_TEST(arena_grow)
{
	struct arena *arena = scap__arena_new();
	unsigned *items = NULL;

	for (unsigned count = 0; count < 3000; count++) {
		unsigned *more = scap__arena_grow(arena, items, count, sizeof(*items));

		ck_assert_ptr_nonnull(more);
		items = more;
		items[count] = count * 3;
	}
	for (unsigned i = 0; i < 3000; i++)
		ck_assert_uint_eq(items[i], i * 3);
	scap__arena_free(arena);
}
END_TEST

/* ---- names.h ----------------------------------------------------------------------- */

START_TEST(names_many)
{
	struct arena *arena = scap__arena_new();
	struct names *names = scap__names_new(arena);
	char text[32];

	ck_assert_ptr_null(scap__names_find(names, T("name_0")));
	for (unsigned i = 0; i < 3000; i++) {
		size_t size = (size_t)snprintf(text, sizeof(text), "name_%u", i);
		struct name *name = scap__names_add(names, text, size);

		ck_assert_ptr_nonnull(name);
		name->index = i;
	}
	ck_assert_uint_eq(scap__names_count(names), 3000);
	for (unsigned i = 0; i < 3000; i++) {
		size_t size = (size_t)snprintf(text, sizeof(text), "name_%u", i);

		ck_assert_uint_eq(scap__names_find(names, text, size)->index, i);
		ck_assert_str_eq(scap__names_at(names, i)->text, text); /* as they were added */
	}
	ck_assert_ptr_null(scap__names_find(names, T("name_3000")));
	ck_assert_ptr_null(scap__names_find(names, T("name_")));
	ck_assert_ptr_null(scap__names_find(names, T("")));
	scap__arena_free(arena);
}
END_TEST

/* One name may begin another; only SIZE bytes count. */
START_TEST(names_prefixes)
{
	struct arena *arena = scap__arena_new();
	struct names *names = scap__names_new(arena);

	scap__names_add(names, "painful", 4);
	ck_assert_str_eq(scap__names_find(names, "pain?", 4)->text, "pain");
	ck_assert_ptr_null(scap__names_find(names, "pain", 3));
	ck_assert_ptr_null(scap__names_find(names, "painful", 7));
	scap__names_add(names, "painful", 7);
	ck_assert_str_eq(scap__names_find(names, "painful", 7)->text, "painful");
	ck_assert_str_eq(scap__names_find(names, "painful", 4)->text, "pain");
	scap__arena_free(arena);
}
END_TEST

static const struct near {
	const char *text;
	unsigned kinds;
	const char *nearest; /* NULL: none is near */
} nears[] = {
	{"nigth_pain", 1, "night_pain"},
	{"nightpain", 1, "night_pain"},
	{"night", 1, NULL},
	{"aeg", 1, "age"},
	{"ages", 1, "age"},
	{"agess", 1, "age"},      /* five letters may be two off */
	{"xy", 1, NULL},
	{"sax", 1, "sex"},
	{"sxe", 1, "sex"},
	{"levle", 1, NULL},       /* of another kind */
	{"levle", 2, "level"},
	{"levle", 3, "level"},
	{"levle", 0, NULL},
	{"cat", 4, "bat"},        /* as near as `rat`: the first by name */
	{"", 1, NULL},
};

START_TEST(names_near)
{
	static const struct {
		const char *text;
		unsigned kind;
	} known[] = {{"night_pain", 0}, {"age", 0}, {"sex", 0}, {"level", 1}, {"rat", 2}, {"bat", 2}};
	struct arena *arena = scap__arena_new();
	struct names *names = scap__names_new(arena);
	const struct near *row = &nears[_i];
	const struct name *near;

	for (size_t i = 0; i < ROWS(known); i++)
		scap__names_add(names, known[i].text, strlen(known[i].text))->kind = known[i].kind;
	near = scap__names_near(names, row->text, strlen(row->text), row->kinds);
	if (row->nearest)
		ck_assert_msg(near && !strcmp(near->text, row->nearest), "'%s': %s, not %s",
		              row->text, near ? near->text : "none", row->nearest);
	else
		ck_assert_msg(!near, "'%s': %s", row->text, near ? near->text : "");
	scap__arena_free(arena);
}
END_TEST

/* ---- All of it --------------------------------------------------------------------------- */

static Suite *make_suite(void)
{
	Suite *suite = suite_create("memory");
	TCase *memory = unit_case("memory");

	tcase_add_test(memory, buffer_grows);
	tcase_add_test(memory, buffer_limit);
	tcase_add_test(memory, buffer_overflow);
	tcase_add_test(memory, arena_alloc);
	tcase_add_test(memory, arena_apart);
	tcase_add_test(memory, arena_overflow);
	tcase_add_test(memory, arena_copy);
	tcase_add_test(memory, arena_grow);
	tcase_add_test(memory, names_many);
	tcase_add_test(memory, names_prefixes);
	tcase_add_loop_test(memory, names_near, 0, ROWS(nears));
	suite_add_tcase(suite, memory);
	return suite;
}

int main(void)
{
	return unit_main(make_suite());
}
