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
	[FILE_PACK] = {"rules", "pack.csv", false, {FILLED("key"), FILLED("value")}},
	[FILE_QUESTIONS] = {"rules", "questions.csv", false,
		{FILLED("type"), FILLED("name"), FILLED("label"), BLANK("hint"), BLANK("relevant"),
		 BLANK("constraint"), BLANK("constraint_message"), BLANK("section"),
		 BLANK("screen"), BLANK("red_flag")}},
	[FILE_CHOICES] = {"rules", "choices.csv", true,
		{FILLED("list_name"), FILLED("name"), FILLED("label")}},
	[FILE_LEVELS] = {"rules", "levels.csv", false,
		{FILLED("name"), FILLED("label"), FILLED("urgency"), FILLED("routine"),
		 FILLED("action")}},
	[FILE_FINDINGS] = {"rules", "findings.csv", true,
		{FILLED("id"), FILLED("when"), FILLED("then"), FILLED("because"), CITED}},
	[FILE_ESCALATIONS] = {"rules", "escalations.csv", false,
		{FILLED("id"), FILLED("when"), FILLED("level"), BLANK("if_unknown"),
		 FILLED("because"), BLANK("advice"), CITED}},
	[FILE_CONTRAINDICATIONS] = {"rules", "contraindications.csv", true,
		{FILLED("id"), FILLED("when"), FILLED("avoid"), BLANK("instead"),
		 FILLED("because"), CITED}},
	[FILE_ADJUSTMENTS] = {"rules", "adjustments.csv", true,
		{FILLED("id"), FILLED("when"), FILLED("applies_to"), BLANK("hold_max"),
		 BLANK("reps_max"), BLANK("sets_max"), BLANK("scale"), BLANK("change"),
		 FILLED("because"), CITED}},
	[FILE_PREFERENCES] = {"rules", "preferences.csv", true,
		{FILLED("id"), FILLED("when"), FILLED("prefer"), FILLED("weight"),
		 FILLED("because"), CITED}},
	[FILE_WATCH] = {"rules", "watch.csv", true,
		{FILLED("id"), FILLED("when"), FILLED("watch_for"), FILLED("then_do"), CITED,
		 MAY_MISS("up_to")}},
	[FILE_EXERCISES] = {"data", "exercises.csv", false,
		{FILLED("name"), FILLED("label"), FILLED("category"), FILLED("position"),
		 BLANK("tags"), BLANK("equipment"), BLANK("muscles"), BLANK("eases"),
		 BLANK("variant_of"), FILLED("seconds"), FILLED("source")}},
	[FILE_STEPS] = {"data", "steps.csv", false,
		{FILLED("exercise"), FILLED("step"), FILLED("text")}},
	[FILE_DOSES] = {"data", "doses.csv", false,
		{FILLED("exercise"), FILLED("source"), BLANK("sets_min"), BLANK("sets_max"),
		 BLANK("reps_min"), BLANK("reps_max"), BLANK("hold_min"), BLANK("hold_max"),
		 BLANK("sides"), BLANK("per_week"), BLANK("per_day")}},
	[FILE_PLAN] = {"data", "plan.csv", false, {FILLED("part"), FILLED("order"), FILLED("label")}},
	[FILE_TAGS] = {"data", "tags.csv", false, {FILLED("name"), FILLED("label"), FILLED("because")}},
	[FILE_SOURCES] = {"data", "sources.csv", false,
		{FILLED("name"), FILLED("title"), BLANK("year"), BLANK("address"), FILLED("kind")}},
};
