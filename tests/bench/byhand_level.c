/* SPDX-License-Identifier: MIT
 *
 * What is left when the rules of the small pack have been judged: the level, and
 * what of the undecided still matters. The same for byhand and the CLIPS contestant.
 */
#include "byhand.h"

/* Where no escalation stands, the level is the least urgent. */
const unsigned first_of[] = {ESCALATIONS, LONG_PAIN_UNEXAMINED, LOSING_WEIGHT,
                             BONE_MAY_BE_BROKEN, BLADDER_OR_BOWEL};

const struct if_unknown if_unknown[] = {
	{BLADDER_OR_BOWEL, SAME_DAY}, {CANCER_AND_NERVE_SIGNS, SAME_DAY},
	{CHEST_PAIN_NOW, SAME_DAY}, {FEVER_AND_SEVERE_PAIN, SAME_DAY},
	{FEVER_WITH_BACK_PAIN, SAME_DAY}, {HARD_INJURY, SAME_DAY}, {PAIN_TOO_BAD, SAME_DAY},
	{PAST_CANCER, SAME_DAY}, {SHORT_OF_BREATH, SAME_DAY}, {SUDDEN_SEVERE_PAIN, SAME_DAY},
	{TWO_SLOW_SIGNS, SAME_DAY}, {WEAK_ARM_OR_LEG, SAME_DAY}, {BONE_MAY_BE_BROKEN, SOON},
	{LOSING_WEIGHT, SOON}, {NUMB_OR_TINGLING, SOON}, {PAIN_AT_NIGHT, SOON},
	{LONG_PAIN_UNEXAMINED, VISIT}, {PREGNANT, VISIT}, {SMALL_INJURY, VISIT},
	{THIN_BONES, VISIT}, {UNDER_18, VISIT}, {VERY_STRONG_PAIN, VISIT}
};

const uint32_t avoided_by[AVOIDANCES] = {
	[AVOID_CHRONIC] = BIT(CHILDS_POSE) | BIT(SEATED_TWIST) | BIT(THREAD_NEEDLE),
	[AVOID_DISC] = BIT(CAT_COW) | BIT(CHILDS_POSE) | BIT(SEATED_TWIST) |
                       BIT(THORACIC_ROTATION) | BIT(THREAD_NEEDLE),
	[AVOID_INJURY] = BIT(CAT_COW) | BIT(CHILDS_POSE) | BIT(FOAM_ROLL) |
                         BIT(PRONE_EXTENSION) | BIT(SEATED_ROW) | BIT(SEATED_TWIST) |
                         BIT(THORACIC_EXT) | BIT(THORACIC_ROTATION) | BIT(THREAD_NEEDLE),
	[AVOID_NECK] = BIT(FOAM_ROLL) | BIT(REVERSE_PLANK) | BIT(THORACIC_EXT) |
                       BIT(THORACIC_ROTATION) | BIT(THREAD_NEEDLE),
	[AVOID_PREGNANCY] = BIT(DOORWAY_PEC) | BIT(FOAM_ROLL) | BIT(PRONE_EXTENSION) |
                            BIT(REVERSE_PLANK) | BIT(SEATED_ROW) | BIT(WARMUP_WALK),
	[AVOID_STRONG_PAIN] = ALL_EXERCISES,
	[AVOID_THIN_BONES] = BIT(CAT_COW) | BIT(CHILDS_POSE) | BIT(FOAM_ROLL) |
                             BIT(SEATED_TWIST) | BIT(THORACIC_ROTATION) | BIT(THREAD_NEEDLE),
	[AVOID_UNDER_18] = ALL_EXERCISES,
	[AVOID_WEAK_BONES] = BIT(FOAM_ROLL) | BIT(PRONE_EXTENSION) | BIT(REVERSE_PLANK) |
                             BIT(SEATED_ROW) | BIT(THORACIC_EXT) | BIT(THORACIC_ROTATION) |
                             BIT(THREAD_NEEDLE),
};

struct outcome now;

static enum level level_of(uint32_t escalations)
{
	unsigned first = escalations ? (unsigned)__builtin_ctz(escalations) : ESCALATIONS;
	enum level level = EMERGENCY;

	while (level && !(first >= first_of[level] && first < first_of[level - 1]))
		level--;
	return level;
}

static void find_open(void)
{
	now.open = now.may_escalate & ~now.escalates & (BIT(first_of[now.forced]) - 1);
	for (size_t i = 0; i < ESCALATIONS; i++)
		if (now.open & BIT(if_unknown[i].rule)) {
			if (if_unknown[i].level > now.level)
				now.level = if_unknown[i].level;
			return;
		}
}

void find_level(void)
{
	now.level = now.forced = level_of(now.escalates);
	if (now.may_escalate != now.escalates)
		find_open();
}

uint32_t unknown_questions(void)
{
	uint32_t unknown = row.unknown;

	unknown |= row.age == NUMBER_UNKNOWN ? BIT(AGE) : 0;
	unknown |= row.pain == NUMBER_UNKNOWN ? BIT(PAIN) : 0;
	unknown |= row.weeks == NUMBER_UNKNOWN ? BIT(DURATION_WEEKS) : 0;
	unknown |= row.sex == SEX_UNKNOWN ? BIT(SEX) : 0;
	unknown |= now.sudden_conflict ? BIT(SUDDEN_START) : 0;
	unknown |= now.major_conflict ? BIT(MAJOR_INJURY) : 0;
	unknown |= now.pregnancy_conflict ? BIT(PREGNANCY) : 0;
	return unknown;
}

uint32_t exercises_under(uint32_t avoidances)
{
	uint32_t avoided = 0;

	for (; avoidances; avoidances &= avoidances - 1)
		avoided |= avoided_by[__builtin_ctz(avoidances)];
	return avoided;
}

uint32_t mattering_avoidances(void)
{
	uint32_t matter = 0, barred;

	if (now.level > VISIT || now.may_avoid == now.avoids)
		return 0;
	barred = exercises_under(now.avoids);
	for (uint32_t left = now.may_avoid & ~now.avoids; left; left &= left - 1)
		if (avoided_by[__builtin_ctz(left)] & ~barred)
			matter |= left & -left;
	return matter;
}
