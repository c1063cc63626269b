/* SPDX-License-Identifier: MIT
 *
 * What scap_json takes for an answer and what it refuses, in any locale: the
 * knee pack and somebody who is fine but for the answers of a row.
 */
#include "unit.h"

#include <locale.h>

static const char fine[] = "\"knee_locked\": false, \"fell\": false, \"age\": 30, "
			   "\"side\": \"left\", \"at_hand\": []";

static const struct {
	const char *answers, *told;
} rows[] = {
	{"\"temperature\": 37.5", "\"name\": \"home\""},
	{"\"temperature\": 37.8", "\"name\": \"urgent\""},
	{"\"temperature\": 37.799999", "\"name\": \"home\""},
	{"\"temperature\": 37.7999990234375", "has too many digits"},
	{"\"temperature\": 3.78e1", "\"name\": \"urgent\""},
	{"\"temperature\": 1e300", "SCAP304"},
	{"\"temperature\": -1e9", "SCAP304"},
	{"\"temperature\": \"37,8\"", "it looks like a decimal comma"},
	{"\"temperature\": null", "\"name\": \"clinic\""},
	{"\"temperature\": [37]", "'temperature' takes no list"},
	{"\"temperature\": 36, \"letter_code\": null", "\"name\": \"home\""},
	{"\"temperature\": 36, \"letter_code\": \"Unknown\"", "\"name\": \"home\""},
	{"\"temperature\": 36, \"letter_code\": \"KN-0042\"", "\"name\": \"home\""},
	{"\"temperature\": 36, \"letter_code\": \"unknown code\"", "SCAP308"},
	{"\"temperature\": 36, \"letter_code\": []", "'letter_code' takes no list"},
};

static const char *const locales[] = {"C", "de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "nl_NL.UTF-8"};

static void call(const scap_pack *pack, const char *answers, struct buffer *out)
{
	char request[1024];

	snprintf(request, sizeof(request), "{\"answers\": {%s, %s}}", fine, answers);
	out->size = 0;
	ck_assert_uint_eq(scap_json(pack, request, strlen(request), unit_write, out), 0);
	ck_assert_ptr_nonnull(scap__buffer_string(out));
}

/* A locale that the machine lacks is one that it is not tested in. */
START_TEST(takes_the_same_in_any_locale)
{
	scap_pack *pack = unit_good_pack("tests/packs/knee");
	struct buffer out;

	scap__buffer_init(&out, 1 << 20);
	setlocale(LC_ALL, locales[_i]);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		call(pack, rows[i].answers, &out);
		ck_assert_msg(strstr(out.data, rows[i].told) != NULL, "%s: %s", rows[i].answers,
		              out.data);
	}
	scap__buffer_free(&out);
	scap_pack_free(pack);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("json");
	TCase *tests = tcase_create("json");

	tcase_add_loop_test(tests, takes_the_same_in_any_locale, 0,
	                    sizeof(locales) / sizeof(locales[0]));
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
