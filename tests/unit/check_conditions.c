/* SPDX-License-Identifier: MIT
 *
 * The condition language, group by group of tests/lang/conditions.test: each
 * condition stands alone in a small pack that is written, loaded and asked
 * through scapula.h. Limits, which would make long lines there, are tried here.
 */
#include <jansson.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "unit.h"

/* ---- The pack ---------------------------------------------------------------------- */

#define RULE_TAIL "because,source,reviewed_by,reviewed_on\n"

static const struct file {
	const char *name, *text;
} files[] = {
	{"rules/pack.csv",
	 "key,value\nname,words\nversion,1\nlanguage,en\ntitle,Words\ndefault_minutes,5\n"
	 "fewest_exercises,1\nfew_exercises_advice,None.\nreview_months,12\nemergency,Call.\n"
	 "disclaimer,For tests.\nunreviewed,Nobody signed.\n"},
	{"rules/questions.csv",
	 "type,name,label,hint,relevant,constraint,constraint_message,section,screen,red_flag\n"
	 "yes_no,numb,Numb?,,,,,,,\n"
	 "yes_no,weak,Weak?,,,,,,,\n"
	 "yes_no,fever,Fever?,,,,,,,\n"
	 "yes_no,tired,Tired?,,,,,,,\n"
	 "integer,age,Age?,,,0..120,,,,\n"
	 "integer,weeks,Weeks?,,,,,,,\n"
	 "decimal,temp,Temperature?,,,30..45,,,,\n"
	 "decimal,balance,Balance?,,,-10..10,,,,\n"
	 "select_one sexes,sex,Sex?,,,,,,,\n"
	 "select_one colours,colour,Colour?,,numb,,,,,\n"
	 "select_multiple things,gear,Gear?,,,,,,,\n"
	 "select_multiple boxes,tools,Tools?,,numb,,,,,\n"
	 "text,story,Story?,,,,,,,\n"
	 "yes_no,pregnant,Pregnant?,,sex = female,,,,,\n"
	 "integer,months,Months?,,pregnant,1..9,,,,\n"
	 "yes_no,bleeding,Bleeding?,,months >= 6 and not tired,,,,,\n"
	 "yes_no,worse,Worse?,,weak,,,,,yes\n"},
	{"rules/choices.csv",
	 "list_name,name,label\nsexes,female,F\nsexes,male,M\nsexes,other,O\ncolours,red,R\n"
	 "colours,blue,B\nthings,mat,M\nthings,chair,C\nthings,wall,W\nboxes,hammer,H\n"
	 "boxes,saw,S\n"},
	{"rules/levels.csv",
	 "name,label,urgency,routine,action\nlow,Low,0,yes,Rest.\nmiddle,Middle,1,no,Wait.\n"
	 "high,High,2,no,Go.\n"},
	{"rules/findings.csv",
	 "id,when,then," RULE_TAIL
	 "by_numb,numb,nerve,b,book,,\nby_weak,weak,nerve,b,book,,\nby_age,age >= 65,old,b,book,,\n"
	 "both,nerve and old,chain,b,book,,\nnone_of_it,not nerve,calm,b,book,,\n"
	 "by_question,pregnant,expecting,b,book,,\n"},
	{"rules/contraindications.csv", "id,when,avoid,instead," RULE_TAIL},
	{"rules/adjustments.csv",
	 "id,when,applies_to,hold_max,reps_max,sets_max,scale,change," RULE_TAIL},
	{"rules/preferences.csv", "id,when,prefer,weight," RULE_TAIL},
	{"rules/watch.csv", "id,when,watch_for,then_do,source,reviewed_by,reviewed_on\n"},
	{"data/exercises.csv",
	 "name,label,category,position,tags,equipment,muscles,eases,variant_of,seconds,source\n"
	 "bend,Bend,move,sitting,none,,,,,4,book\n"},
	{"data/steps.csv", "exercise,step,text\nbend,1,Bend.\n"},
	{"data/doses.csv",
	 "exercise,source,sets_min,sets_max,reps_min,reps_max,hold_min,hold_max,sides,per_week,"
	 "per_day\nbend,book,,,,,,,,,\n"},
	{"data/plan.csv", "part,order,label\nmove,1,Move\n"},
	{"data/tags.csv", "name,label,because\nfar,far,It is far.\n"},
	{"data/sources.csv", "name,title,year,address,kind\nbook,A book,,,book\n"},
};

/* `when` is the first column, so that a caret stands one place to the right of
 * where it would stand under the condition: behind the quote. */
#define ESCALATIONS "when,id,level,if_unknown,advice," RULE_TAIL

enum { FILES = sizeof(files) / sizeof(files[0]), PATH_BYTES = 4096 };

static char folder[PATH_BYTES - 64]; /* of the pack, made by main */

static const char *path_of(const char *name)
{
	static char path[PATH_BYTES];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static bool write_file(const char *name, const char *text)
{
	FILE *file = fopen(path_of(name), "wb");
	bool ok = file && fputs(text, file) >= 0;

	return file && !fclose(file) && ok;
}

static bool make_folder(void)
{
	const char *place = getenv("TMPDIR");

	snprintf(folder, sizeof(folder), "%s/check_conditions.XXXXXX",
	         place && *place ? place : "/tmp");
	if (!mkdtemp(folder) || mkdir(path_of("rules"), 0700) || mkdir(path_of("data"), 0700))
		return false;
	for (size_t i = 0; i < FILES; i++)
		if (!write_file(files[i].name, files[i].text))
			return false;
	return true;
}

static void remove_folder(void)
{
	for (size_t i = 0; i < FILES; i++)
		unlink(path_of(files[i].name));
	unlink(path_of("rules/escalations.csv"));
	rmdir(path_of("rules"));
	rmdir(path_of("data"));
	rmdir(folder);
}

/* The pack whose escalation `probe` has this condition; the other never holds,
 * and is there for the red flag, which must bear on one. */
static scap_pack *load(const char *condition, scap_report *report)
{
	char rules[PATH_BYTES], data[PATH_BYTES];
	struct buffer text;

	scap__buffer_init(&text, 1 << 20);
	scap__buffer_text(&text, ESCALATIONS "\"");
	for (const char *c = condition; *c; c++) {
		if (*c == '"')
			scap__buffer_char(&text, '"');
		scap__buffer_char(&text, *c);
	}
	scap__buffer_text(&text, "\",probe,high,middle,,b,book,,\n"
	                         "worse and not always,heed,middle,,,b,book,,\n");
	ck_assert(scap__buffer_string(&text) && write_file("rules/escalations.csv", text.data));
	scap__buffer_free(&text);
	snprintf(rules, sizeof(rules), "%s", path_of("rules"));
	snprintf(data, sizeof(data), "%s", path_of("data"));
	return scap_pack_load(rules, data, report);
}

/* ---- The groups -------------------------------------------------------------------- */

enum { LINES_MAX = 16, LINE_BYTES = 512 };

struct group {
	unsigned line; /* of its condition */
	bool fails;
	size_t count;
	char lines[LINES_MAX][LINE_BYTES];
};

static struct group *groups;
static size_t ngroups;

static bool open_group(unsigned line)
{
	struct group *more = realloc(groups, (ngroups + 1) * sizeof(*more));

	if (!more)
		return false;
	groups = more;
	groups[ngroups] = (struct group){.line = line};
	ngroups++;
	return true;
}

/* Reads the file into groups. False, having said why, when it is not like that. */
static bool read_groups(const char *name)
{
	FILE *file = fopen(name, "rb");
	char text[LINE_BYTES];
	bool inside = false;

	for (unsigned line = 1; file && fgets(text, sizeof(text), file); line++) {
		struct group *group;

		if (text[0] == '#')
			continue;
		text[strcspn(text, "\n")] = '\0';
		if (!text[0]) {
			inside = false;
			continue;
		}
		if (!inside && !open_group(line))
			return false;
		inside = true;
		group = &groups[ngroups - 1];
		if (!strcmp(text, "%%FAIL") && !group->count) {
			group->fails = true;
			group->line++;
		} else if (group->count < LINES_MAX) {
			memcpy(group->lines[group->count++], text, LINE_BYTES);
		}
	}
	if (file)
		fclose(file);
	return ngroups > 0;
}

/* ---- Conditions that hold or don't ------------------------------------------------- */

static const char *level_word(const scap_decision *decision)
{
	const char *name = scap_decision_level(decision)->name;

	return !strcmp(name, "high") ? "true" : !strcmp(name, "low") ? "false" : "unknown";
}

/* The truth of `probe` as scap_explain tells it: yes, no, unknown. */
static void read_truth(const scap_decision *decision, char word[16])
{
	struct buffer text;
	json_t *root, *condition;
	const char *truth = NULL;

	scap__buffer_init(&text, 1 << 24);
	ck_assert_uint_eq(0, scap_explain(decision, "probe", SCAP_JSON, unit_write, &text, NULL));
	root = json_loadb(text.data, text.size, 0, NULL);
	condition = json_object_get(json_object_get(root, "rule"), "condition");
	if (condition)
		truth = json_string_value(json_object_get(condition, "truth"));
	ck_assert_ptr_nonnull(truth);
	snprintf(word, 16, "%s",
	         !strcmp(truth, "yes") ? "true" : !strcmp(truth, "no") ? "false" : truth);
	json_decref(root);
	scap__buffer_free(&text);
}

/* Gives the answers of a line like `age=44; numb=yes`. */
static void give(scap_answers *answers, const char *line, unsigned number)
{
	char copy[LINE_BYTES], *save = NULL;
	struct scap_error error;

	snprintf(copy, sizeof(copy), "%s", strcmp(line, "nothing") ? line : "");
	for (char *each = strtok_r(copy, ";", &save); each; each = strtok_r(NULL, ";", &save)) {
		char *value = strchr(each, '=');

		ck_assert_msg(value, "line %u: '%s' is no answer", number + 1, each);
		*value++ = '\0';
		each += strspn(each, " ");
		ck_assert_msg(!scap_answers_set(answers, each, value, &error), "line %u: %s",
		              number + 1, error.message);
	}
}

/* What the condition is for the answers; the level must say the same. */
static void truth_for(const scap_pack *pack, const char *line, unsigned number, char word[16])
{
	scap_answers *answers = scap_answers_new(pack);
	scap_decision *decision;

	ck_assert_ptr_nonnull(answers);
	give(answers, line, number);
	decision = scap_decide(answers);
	ck_assert_ptr_nonnull(decision);
	read_truth(decision, word);
	ck_assert_msg(!strcmp(word, level_word(decision)), "line %u: %s, but the level is %s",
	              number, word, scap_decision_level(decision)->name);
	ck_assert_int_eq(scap_decision_certain(decision), strcmp(word, "unknown") != 0);
	scap_decision_free(decision);
	scap_answers_free(answers);
}

static void check_truth(const struct group *group)
{
	scap_report *report = scap_report_new();
	scap_pack *pack = load(group->lines[0], report);
	const struct scap_error *error = scap_report_at(report, 0);
	char word[16];

	ck_assert_msg(group->count == 3, "line %u: a group has three lines, this has %zu",
	              group->line, group->count);
	ck_assert_msg(pack, "line %u: '%s': %s", group->line, group->lines[0],
	              error ? error->message : "no memory");
	truth_for(pack, group->lines[1], group->line, word);
	ck_assert_msg(!strcmp(word, group->lines[2]), "line %u: '%s' with %s is %s, not %s",
	              group->line, group->lines[0], group->lines[1], word, group->lines[2]);
	scap_pack_free(pack);
	scap_report_free(report);
}

/* ---- Conditions that can't be read ------------------------------------------------- */

/* The message and the caret line of an error, as the file has them. */
static void tell(const struct scap_error *error, char out[2][LINE_BYTES])
{
	struct buffer text;
	char *line, *save = NULL;

	snprintf(out[0], LINE_BYTES, "%s [SCAP%u]", error->message, error->code);
	scap__buffer_init(&text, 1 << 16);
	scap_error_print(error, unit_write, &text);
	ck_assert_ptr_nonnull(scap__buffer_string(&text));
	line = strtok_r(text.data, "\n", &save);
	line = strtok_r(NULL, "\n", &save);
	line = strtok_r(NULL, "\n", &save);
	ck_assert_msg(line && strspn(line, " ") >= 3, "'%s' has no caret line", error->message);
	snprintf(out[1], LINE_BYTES, "%s", line + 3); /* two spaces and the quote */
	scap__buffer_free(&text);
}

static void check_failure(const struct group *group)
{
	scap_report *report = scap_report_new();
	scap_pack *pack = load(group->lines[0], report);
	size_t count = scap_report_count(report), expected = (group->count - 1) / 2;

	ck_assert_msg(!pack, "line %u: '%s' was read", group->line, group->lines[0]);
	ck_assert_msg(group->count % 2 && expected,
	              "line %u: a message and a caret line belong to each mistake", group->line);
	for (size_t i = 0; i < count; i++) {
		const struct scap_error *error = scap_report_at(report, i);
		char told[2][LINE_BYTES];

		tell(error, told);
		ck_assert_msg(i < expected && !strcmp(told[0], group->lines[1 + 2 * i]) &&
		                      !strcmp(told[1], group->lines[2 + 2 * i]),
		              "line %u: mistake %zu of %zu is\n#   %s\n#   %s\n#   %s", group->line,
		              i + 1, count, told[0], group->lines[0], told[1]);
		ck_assert_uint_eq(2, error->line);
		ck_assert_ptr_nonnull(strstr(error->file, "rules/escalations.csv"));
	}
	ck_assert_msg(count == expected, "line %u: %zu mistakes, not %zu", group->line, count,
	              expected);
	scap_report_free(report);
}

START_TEST(each_group)
{
	const struct group *group = &groups[_i];

	if (group->fails)
		check_failure(group);
	else
		check_truth(group);
}
END_TEST

/* ---- Limits ------------------------------------------------------------------------ */

/* Loads it; fills MESSAGE with the first mistake, "" if there is none. */
static void try(const char *condition, char message[LINE_BYTES])
{
	scap_report *report = scap_report_new();
	scap_pack *pack = load(condition, report);
	const struct scap_error *error = scap_report_at(report, 0);

	message[0] = '\0';
	if (error)
		snprintf(message, LINE_BYTES, "%s [SCAP%u]", error->message, error->code);
	ck_assert(pack ? !error : error != NULL);
	scap_pack_free(pack);
	scap_report_free(report);
}

/* COUNT times BEFORE, then MIDDLE, then COUNT times AFTER. */
static const char *nested(size_t count, const char *before, const char *middle, const char *after)
{
	static char text[1 << 16];
	size_t used = 0;

	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", before);
	used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", middle);
	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", after);
	return text;
}

static const struct nest {
	const char *what, *before, *middle, *after;
	size_t levels; /* that one BEFORE is */
} nests[] = {
	{"brackets", "(", "numb", ")", 1},
	{"not", "not ", "numb", "", 1},
	{"not and brackets", "not (", "numb", ")", 2},
	{"at least", "at least 1 of (", "numb", ")", 1},
};

START_TEST(nesting)
{
	const struct nest *nest = &nests[_i];
	size_t most = LIMIT_CONDITION_DEPTH / nest->levels;
	char message[LINE_BYTES];

	try(nested(most, nest->before, nest->middle, nest->after), message);
	ck_assert_msg(!message[0], "%zu times %s: %s", most, nest->what, message);
	try(nested(most + 1, nest->before, nest->middle, nest->after), message);
	ck_assert_str_eq(message, "over 32 brackets or 'not' in each other [SCAP115]");
	try(nested(2000, nest->before, nest->middle, nest->after), message);
	ck_assert_str_eq(message, "over 32 brackets or 'not' in each other [SCAP115]");
}
END_TEST

/* Brackets behind each other are not inside each other. */
START_TEST(brackets_in_a_row)
{
	char message[LINE_BYTES];

	try(nested(60, "(not numb) or ", "weak", ""), message);
	ck_assert_str_eq(message, "");
}
END_TEST

/* COUNT comparisons with `or` between them: COUNT + 1 parts. */
static const char *alternatives(size_t count, const char *head, const char *sign, const char *tail)
{
	static char text[1 << 16];
	size_t used = (size_t)snprintf(text, sizeof(text), "%s", head);

	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%sweeks = %zu",
		                         i ? sign : "", i);
	snprintf(text + used, sizeof(text) - used, "%s", tail);
	return text;
}

START_TEST(parts)
{
	char message[LINE_BYTES];

	try(alternatives(LIMIT_CONDITION_ITEMS - 1, "", " or ", ""), message);
	ck_assert_str_eq(message, "");
	try(alternatives(LIMIT_CONDITION_ITEMS, "", " or ", ""), message);
	ck_assert_str_eq(message, "the condition has over 256 parts [SCAP115]");
	try(alternatives(LIMIT_CONDITION_ITEMS - 1, "at least 255 of (", ", ", ")"), message);
	ck_assert_str_eq(message, "");
	try(alternatives(LIMIT_CONDITION_ITEMS, "at least 2 of (", ", ", ")"), message);
	ck_assert_str_eq(message, "the condition has over 256 parts [SCAP115]");
}
END_TEST

/* A long condition is not only read, it is right: one of 255 weeks. */
START_TEST(many_parts_hold)
{
	scap_report *report = scap_report_new();
	scap_pack *pack = load(alternatives(LIMIT_CONDITION_ITEMS - 1, "", " or ", ""), report);
	char word[16];

	ck_assert_ptr_nonnull(pack);
	truth_for(pack, "weeks=0", 0, word);
	ck_assert_str_eq(word, "true");
	truth_for(pack, "weeks=254", 0, word);
	ck_assert_str_eq(word, "true");
	truth_for(pack, "weeks=255", 0, word);
	ck_assert_str_eq(word, "false");
	scap_pack_free(pack);
	scap_report_free(report);
}
END_TEST

/* `sex in {female, female, ... male}` with COUNT choices. */
static void try_set(size_t count, char message[LINE_BYTES])
{
	struct buffer text;

	scap__buffer_init(&text, 1 << 16);
	scap__buffer_text(&text, "sex in {");
	scap__buffer_text(&text, nested(count - 1, "female, ", "male}", ""));
	ck_assert_ptr_nonnull(scap__buffer_string(&text));
	try(text.data, message);
	scap__buffer_free(&text);
}

START_TEST(choices_of_a_set)
{
	char message[LINE_BYTES];

	try_set(LIMIT_CHOICES, message);
	ck_assert_str_eq(message, "");
	try_set(LIMIT_CHOICES + 1, message);
	ck_assert_str_eq(message, "over 64 choices [SCAP115]");
}
END_TEST

START_TEST(cell_of_64_kib)
{
	static char text[LIMIT_CELL_BYTES + 2];
	char message[LINE_BYTES];

	memset(text, ' ', sizeof(text) - 1);
	memcpy(text + LIMIT_CELL_BYTES - 4, "numb", 4);
	text[LIMIT_CELL_BYTES] = '\0';
	try(text, message);
	ck_assert_str_eq(message, "");
	text[LIMIT_CELL_BYTES] = ' ';
	try(text, message);
	ck_assert_msg(strstr(message, "the cell is over 64 KiB [SCAP111]"), "%s", message);
}
END_TEST

/* Line breaks and tabs inside a cell are spaces; a mistake behind them is still
 * found in its line and column. */
START_TEST(line_breaks)
{
	scap_report *report = scap_report_new();
	scap_pack *pack = load("numb\n\tor\r\n weak", report);
	const struct scap_error *error;

	ck_assert_ptr_nonnull(pack);
	scap_pack_free(pack);
	ck_assert_ptr_null(load("numb\n  or waek", report));
	error = scap_report_at(report, 0);
	ck_assert_str_eq(error->message, "'waek' is no question and no finding (did you mean 'weak'?)");
	ck_assert_uint_eq(error->line, 3);
	ck_assert_uint_eq(error->column, 6);
	ck_assert_str_eq(error->text, "  or waek\",probe,high,middle,,b,book,,");
	scap_report_free(report);
}
END_TEST

/* Every mistake of a condition that can be read on is told, in its order. */
START_TEST(all_mistakes_at_once)
{
	scap_report *report = scap_report_new();

	ck_assert_ptr_null(load("nubm or age >= 200 or sex = mael or gear", report));
	ck_assert_uint_eq(4, scap_report_errors(report));
	ck_assert_uint_eq(201, scap_report_at(report, 0)->code);
	ck_assert_uint_eq(209, scap_report_at(report, 1)->code);
	ck_assert_uint_eq(207, scap_report_at(report, 2)->code);
	ck_assert_uint_eq(208, scap_report_at(report, 3)->code);
	scap_report_free(report);
}
END_TEST

/* ---- All of it --------------------------------------------------------------------- */

static Suite *make_suite(void)
{
	Suite *suite = suite_create("conditions");
	TCase *lang = unit_case("conditions.test"), *limits = unit_case("limits");

	tcase_add_loop_test(lang, each_group, 0, (int)ngroups);
	suite_add_tcase(suite, lang);
	tcase_add_loop_test(limits, nesting, 0, sizeof(nests) / sizeof(nests[0]));
	tcase_add_test(limits, brackets_in_a_row);
	tcase_add_test(limits, parts);
	tcase_add_test(limits, many_parts_hold);
	tcase_add_test(limits, choices_of_a_set);
	tcase_add_test(limits, cell_of_64_kib);
	tcase_add_test(limits, line_breaks);
	tcase_add_test(limits, all_mistakes_at_once);
	suite_add_tcase(suite, limits);
	return suite;
}

int main(void)
{
	const char *source = getenv("abs_srcdir");
	char name[PATH_BYTES];
	int status;

	snprintf(name, sizeof(name), "%s/tests/lang/conditions.test", source ? source : ".");
	if (!read_groups(name) || !make_folder()) {
		printf("Bail out! can't read %s, or can't write a pack\n", name);
		return EXIT_FAILURE;
	}
	status = unit_main(make_suite());
	remove_folder();
	free(groups);
	return status;
}
