/* SPDX-License-Identifier: MIT
 *
 * The small pack judged by CLIPS: linked in place of byhand_judge.c, so cells are
 * read and rows are written as by hand, and only the rules are CLIPS's. They are made
 * by make.py; BENCH_CLIPS names that file.
 */
#include <clips/clips.h>
#include <stdlib.h>
#include <string.h>

#include "../byhand.h"

static void *engine;
static void *person, *asks, *answers[QUESTIONS], *unknown_answers[QUESTIONS];
static void *yes, *maybe, *sexes[OTHER + 1];
static void *rules[ESCALATIONS + AVOIDANCES];
static uint32_t asked;

static void __attribute__((noreturn)) die(const char *what)
{
	fprintf(stderr, "clips: %s\n", what);
	exit(2);
}

/* ---- What the rules call ----------------------------------------------------------- */

static uint32_t rule_bit(void *env)
{
	return BIT((unsigned)EnvRtnLong(env, 1));
}

static bool is_certain(void *env)
{
	return !strcmp(EnvRtnLexeme(env, 2), "yes");
}

static void on_escalate(void *env)
{
	now.may_escalate |= rule_bit(env);
	if (is_certain(env))
		now.escalates |= rule_bit(env);
}

static void on_avoid(void *env)
{
	now.may_avoid |= rule_bit(env);
	if (is_certain(env))
		now.avoids |= rule_bit(env);
}

static void on_conflict(void *env)
{
	now.sudden_conflict |= rule_bit(env) == BIT(SUDDEN_START);
	now.major_conflict |= rule_bit(env) == BIT(MAJOR_INJURY);
	now.pregnancy_conflict |= rule_bit(env) == BIT(PREGNANCY);
}

static void on_missing(void *env)
{
	asked |= rule_bit(env);
}

/* ---- Facts --------------------------------------------------------------------------- */

static void *symbol(const char *name)
{
	void *made = EnvAddSymbol(engine, name);

	IncrementSymbolCount(made);
	return made;
}

static void assert_fact(void *template, int type, void *value)
{
	struct fact *fact = EnvCreateFact(engine, template);
	DATA_OBJECT cell;

	if (!fact)
		die("memory is out");
	if (value) {
		SetType(cell, type);
		SetValue(cell, value);
		EnvPutFactSlot(engine, fact, template == asks ? "rule" : "is", &cell);
	}
	EnvAssert(engine, fact);
}

static void assert_number(enum question question, int number)
{
	if (number == NUMBER_UNKNOWN)
		assert_fact(unknown_answers[question], 0, NULL);
	else
		assert_fact(answers[question], INTEGER, EnvAddLong(engine, number));
}

static void assert_answers(void)
{
	for (uint32_t left = row.yes | row.unknown; left; left &= left - 1) {
		unsigned question = (unsigned)__builtin_ctz(left);

		assert_fact(answers[question], SYMBOL, row.yes >> question & 1 ? yes : maybe);
	}
	assert_number(AGE, row.age);
	assert_number(PAIN, row.pain);
	assert_number(DURATION_WEEKS, row.weeks);
	if (row.sex == SEX_UNKNOWN)
		assert_fact(unknown_answers[SEX], 0, NULL);
	else
		assert_fact(answers[SEX], SYMBOL, sexes[row.sex]);
	assert_fact(person, 0, NULL);
}

/* ---- Starting ------------------------------------------------------------------------ */

static void *template_of(const char *name)
{
	void *found = EnvFindDeftemplate(engine, name);

	if (!found)
		die("the rules lack a template");
	return found;
}

static void find_templates(void)
{
	static const enum question not_yes_no[] = {AGE, PAIN, DURATION_WEEKS, SEX};

	person = template_of("person");
	asks = template_of("asks");
	for (unsigned i = 0; i < QUESTIONS; i++)
		answers[i] = template_of(question_names[i]);
	for (size_t i = 0; i < sizeof(not_yes_no) / sizeof(not_yes_no[0]); i++) {
		char name[64];

		snprintf(name, sizeof(name), "%s_unknown", question_names[not_yes_no[i]]);
		unknown_answers[not_yes_no[i]] = template_of(name);
	}
}

static void start(void)
{
	const char *file = getenv("BENCH_CLIPS");

	engine = CreateEnvironment();
	if (!engine || !file)
		die("BENCH_CLIPS names no rules");
	EnvDefineFunction2(engine, "escalate", 'v', PTIEF on_escalate, "on_escalate", "22");
	EnvDefineFunction2(engine, "avoid", 'v', PTIEF on_avoid, "on_avoid", "22");
	EnvDefineFunction2(engine, "conflict", 'v', PTIEF on_conflict, "on_conflict", "11");
	EnvDefineFunction2(engine, "missing", 'v', PTIEF on_missing, "on_missing", "11");
	if (EnvLoad(engine, file) != 1)
		die("can't load the rules");
	find_templates();
	yes = symbol("yes");
	maybe = symbol("maybe");
	sexes[FEMALE] = symbol("female");
	sexes[MALE] = symbol("male");
	sexes[OTHER] = symbol("other");
	for (unsigned i = 0; i < ESCALATIONS; i++)
		rules[i] = symbol(escalation_name(i));
	for (unsigned i = 0; i < AVOIDANCES; i++)
		rules[ESCALATIONS + i] = symbol(avoidance_name(i));
}

/* ---- Judging ------------------------------------------------------------------------- */

/* The second round: rules that matter ask for what they miss. */
static void find_missing(void)
{
	uint32_t avoidances = mattering_avoidances();

	if (!now.open && !avoidances)
		return;
	for (uint32_t left = now.open; left; left &= left - 1)
		assert_fact(asks, SYMBOL, rules[__builtin_ctz(left)]);
	for (uint32_t left = avoidances; left; left &= left - 1)
		assert_fact(asks, SYMBOL, rules[ESCALATIONS + __builtin_ctz(left)]);
	EnvRun(engine, -1);
	now.missing = asked & unknown_questions();
}

static void forget(void)
{
	void *fact;

	while ((fact = EnvGetNextFact(engine, NULL)))
		EnvRetract(engine, fact);
}

void judge(void)
{
	if (!engine)
		start();
	memset(&now, 0, sizeof(now));
	asked = 0;
	assert_answers();
	EnvRun(engine, -1);
	find_level();
	find_missing();
	forget();
}
