/* SPDX-License-Identifier: MIT
 *
 * The files of a pack and their columns: the contract of doc/pack.md.
 */
#include "rulebase/loader.h"

#define FILLED(column) {column, COLUMN_FILLED}
#define BLANK(column) {column, COLUMN_BLANK_ALLOWED}
#define MAY_MISS(column) {column, COLUMN_MAY_MISS}
#define CITED FILLED("source"), BLANK("reviewed_by"), BLANK("reviewed_on")

const struct file_spec scap__pack_files[PACK_FILES] = {
	[FILE_PACK] = {"rules", "pack.csv", FILE_NEEDS_ROWS, {FILLED("key"), FILLED("value")}},
	[FILE_QUESTIONS] = {"rules", "questions.csv", FILE_NEEDS_ROWS,
		{FILLED("type"), FILLED("name"), FILLED("label"), BLANK("hint"), BLANK("relevant"),
		 BLANK("constraint"), BLANK("constraint_message"), BLANK("section"),
		 BLANK("screen"), BLANK("red_flag")}},
	[FILE_CHOICES] = {"rules", "choices.csv", FILE_MAY_BE_EMPTY,
		{FILLED("list_name"), FILLED("name"), FILLED("label")}},
	[FILE_LEVELS] = {"rules", "levels.csv", FILE_NEEDS_ROWS,
		{FILLED("name"), FILLED("label"), FILLED("urgency"), FILLED("routine"),
		 FILLED("action")}},
	[FILE_FINDINGS] = {"rules", "findings.csv", FILE_MAY_BE_EMPTY,
		{FILLED("id"), FILLED("when"), FILLED("then"), FILLED("because"), CITED}},
	[FILE_ESCALATIONS] = {"rules", "escalations.csv", FILE_NEEDS_ROWS,
		{FILLED("id"), FILLED("when"), FILLED("level"), BLANK("if_unknown"),
		 FILLED("because"), BLANK("advice"), CITED}},
	[FILE_CONTRAINDICATIONS] = {"rules", "contraindications.csv", FILE_MAY_BE_EMPTY,
		{FILLED("id"), FILLED("when"), FILLED("avoid"), BLANK("instead"),
		 FILLED("because"), CITED}},
	[FILE_ADJUSTMENTS] = {"rules", "adjustments.csv", FILE_MAY_BE_EMPTY,
		{FILLED("id"), FILLED("when"), FILLED("applies_to"), BLANK("hold_max"),
		 BLANK("reps_max"), BLANK("sets_max"), BLANK("scale"), BLANK("change"),
		 FILLED("because"), CITED}},
	[FILE_PREFERENCES] = {"rules", "preferences.csv", FILE_MAY_BE_EMPTY,
		{FILLED("id"), FILLED("when"), FILLED("prefer"), FILLED("weight"),
		 FILLED("because"), CITED}},
	[FILE_WATCH] = {"rules", "watch.csv", FILE_MAY_BE_EMPTY,
		{FILLED("id"), FILLED("when"), FILLED("watch_for"), FILLED("then_do"), CITED,
		 MAY_MISS("up_to")}},
	[FILE_EXERCISES] = {"data", "exercises.csv", FILE_NEEDS_ROWS,
		{FILLED("name"), FILLED("label"), FILLED("category"), FILLED("position"),
		 BLANK("tags"), BLANK("equipment"), BLANK("muscles"), BLANK("eases"),
		 BLANK("variant_of"), FILLED("seconds"), FILLED("source"),
		 MAY_MISS("benefit"), MAY_MISS("caution")}},
	[FILE_STEPS] = {"data", "steps.csv", FILE_NEEDS_ROWS,
		{FILLED("exercise"), FILLED("step"), FILLED("text")}},
	[FILE_DOSES] = {"data", "doses.csv", FILE_NEEDS_ROWS,
		{FILLED("exercise"), FILLED("source"), BLANK("sets_min"), BLANK("sets_max"),
		 BLANK("reps_min"), BLANK("reps_max"), BLANK("hold_min"), BLANK("hold_max"),
		 BLANK("sides"), BLANK("per_week"), BLANK("per_day")}},
	[FILE_PLAN] = {"data", "plan.csv", FILE_NEEDS_ROWS,
		{FILLED("part"), FILLED("order"), FILLED("label"), MAY_MISS("least"),
		 MAY_MISS("most"), MAY_MISS("share"), MAY_MISS("worth"), MAY_MISS("rest_days")}},
	[FILE_WEEK] = {"data", "week.csv", FILE_MAY_MISS,
		{FILLED("day"), FILLED("label"), BLANK("parts"), FILLED("text"), FILLED("source")}},
	[FILE_WEEKS] = {"data", "weeks.csv", FILE_MAY_MISS,
		{FILLED("week"), FILLED("share"), FILLED("label"), FILLED("text"), BLANK("check"),
		 FILLED("source")}},
	[FILE_SIGNALS] = {"data", "signals.csv", FILE_MAY_MISS,
		{FILLED("signal"), FILLED("order"), FILLED("label"), FILLED("sign"),
		 FILLED("action"), FILLED("source")}},
	[FILE_TAGS] = {"data", "tags.csv", FILE_NEEDS_ROWS, {FILLED("name"), FILLED("label"), FILLED("because")}},
	[FILE_SOURCES] = {"data", "sources.csv", FILE_NEEDS_ROWS,
		{FILLED("name"), FILLED("title"), BLANK("year"), BLANK("address"), FILLED("kind")}},
};
