/* SPDX-License-Identifier: MIT
 *
 * The rules of the shipped pack by hand: from a row to a level, its reasons, what
 * is left out and what is missing. See byhand.c.
 */
#include <string.h>

#include "byhand.h"

/* Without a yes or an unknown to one of these, no rule about red flags can stand:
 * the other two are asked only of those who have some. But a yes to them that
 * can't apply counts. */
#define RED_FLAGS                                                                        \
	(BIT(BLADDER_BOWEL) | BIT(BREATHLESS) | BIT(CANCER_HISTORY) | BIT(CHEST_PAIN) |  \
	 BIT(FEVER_CHILLS) | BIT(LIMB_WEAKNESS) | BIT(NUMBNESS_TINGLING) |               \
	 BIT(RECENT_INJURY) | BIT(SADDLE_NUMBNESS) | BIT(SEVERE_PAIN) |                  \
	 BIT(NIGHT_PAIN) | BIT(WEIGHT_LOSS))

/* Where no escalation stands, the level is the least urgent. */
const unsigned first_of[] = {ESCALATIONS, LONG_PAIN_UNEXAMINED, AFTER_SURGERY,
                             FEVER_WITH_BACK_PAIN, BLADDER_OR_BOWEL};

const struct if_unknown if_unknown[] = {
	{BLADDER_OR_BOWEL, SAME_DAY}, {CANCER_AND_NERVE_SIGNS, SAME_DAY},
	{CHEST_PAIN_NOW, SAME_DAY}, {FEVER_AND_SEVERE_PAIN, SAME_DAY},
	{FEVER_WITH_BACK_PAIN, SAME_DAY}, {HARD_INJURY, SAME_DAY},
	{NUMB_BETWEEN_LEGS, SAME_DAY}, {PAIN_TOO_BAD, SAME_DAY}, {PAST_CANCER, SAME_DAY},
	{SHORT_OF_BREATH, SAME_DAY}, {SUDDEN_SEVERE_PAIN, SAME_DAY}, {TWO_SLOW_SIGNS, SAME_DAY},
	{WEAK_ARM_OR_LEG, SAME_DAY}, {INJURY_AND_WEAK_BONES, SOON}, {LOSING_WEIGHT, SOON},
	{NEW_PAIN_AND_THIN_BONES, SOON}, {NUMB_OR_TINGLING, SOON}, {PAIN_AT_NIGHT, SOON},
	{SURGERY_AND_NIGHT_PAIN, SOON}, {AFTER_SURGERY, VISIT}, {LONG_PAIN_UNEXAMINED, VISIT},
	{PREGNANT, VISIT}, {SMALL_INJURY, VISIT}, {THIN_BONES, VISIT}, {UNDER_18, VISIT},
	{VERY_STRONG_PAIN, VISIT}
};

#define BENDS (BIT(CAT_COW) | BIT(CHILDS_POSE) | BIT(SEATED_TWIST) | BIT(THREAD_NEEDLE))

const uint32_t avoided_by[AVOIDANCES] = {
	[AVOID_CHRONIC] = BIT(CHILDS_POSE) | BIT(SEATED_TWIST) | BIT(THREAD_NEEDLE),
	[AVOID_DISC] = BENDS,
	[AVOID_INJURY] = BENDS | BIT(FOAM_ROLL),
	[AVOID_KNEE] = BIT(CHILDS_POSE),
	[AVOID_NECK] = BIT(THREAD_NEEDLE) | BIT(FOAM_ROLL),
	[AVOID_PREGNANCY] = BIT(WARMUP_WALK) | BIT(DOORWAY_PEC) | BIT(FOAM_ROLL),
	[AVOID_STRONG_PAIN] = ALL_EXERCISES,
	[AVOID_SURGERY] = ALL_EXERCISES,
	[AVOID_THIN_BONES] = BENDS | BIT(FOAM_ROLL),
	[AVOID_UNDER_18] = ALL_EXERCISES,
};

struct outcome now;

/* ---- The rules --------------------------------------------------------------- */

static inline enum truth not(enum truth a)
{
	return (a == NO) * YES + (a == MAYBE) * MAYBE;
}

static inline enum truth two_of(enum truth a, enum truth b, enum truth c)
{
	return (a & b) | (c & (a | b));
}

static inline enum truth is(bool holds)
{
	return holds ? YES : NO;
}

static inline enum truth at_least(int number, int limit)
{
	return number == NUMBER_UNKNOWN ? MAYBE : is(number >= limit);
}

/* A red flag that can't apply: yes is a conflict, so not ruled out. */
static inline enum truth flag(enum truth relevant, enum truth said, bool *conflict)
{
	*conflict = relevant == NO && said == YES;
	return *conflict ? MAYBE : relevant & said;
}

static inline enum truth said(enum question question)
{
	uint32_t yes = row.yes >> question & 1;

	return yes * YES | (row.unknown >> question & 1);
}

static inline void escalate(enum escalation rule, enum truth when)
{
	now.escalates |= (uint32_t)when >> 1 << rule;
	now.may_escalate |= (when & UINT32_C(1)) << rule;
}

static inline void avoid(enum avoidance rule, enum truth when)
{
	now.avoids |= (uint32_t)when >> 1 << rule;
	now.may_avoid |= (when & UINT32_C(1)) << rule;
}

static inline void find(void)
{
	enum truth of_sex = row.sex == SEX_UNKNOWN ? MAYBE : is(row.sex != MALE);

	now.relevant = of_sex & at_least(row.age, 12) & not(at_least(row.age, 56));
	now.pregnant = now.relevant & said(PREGNANCY);
	now.bones = said(OSTEOPOROSIS) | at_least(row.age, 65);
	now.persistent = at_least(row.weeks, 7);
	now.chronic = at_least(row.weeks, 13);
}

static inline void escalate_red_flags(void)
{
	now.sudden = flag(said(SEVERE_PAIN), said(SUDDEN_START), &now.sudden_conflict);
	now.major = flag(said(RECENT_INJURY), said(MAJOR_INJURY), &now.major_conflict);
	now.nerves = said(NUMBNESS_TINGLING) | said(LIMB_WEAKNESS);
	escalate(CHEST_PAIN_NOW, said(CHEST_PAIN));
	escalate(SHORT_OF_BREATH, said(BREATHLESS));
	escalate(SUDDEN_SEVERE_PAIN, now.sudden);
	escalate(BLADDER_OR_BOWEL, said(BLADDER_BOWEL));
	escalate(NUMB_BETWEEN_LEGS, said(SADDLE_NUMBNESS));
	escalate(HARD_INJURY, now.major);
	escalate(FEVER_AND_SEVERE_PAIN, said(FEVER_CHILLS) & said(SEVERE_PAIN));
	escalate(CANCER_AND_NERVE_SIGNS, said(CANCER_HISTORY) & now.nerves);
	escalate(WEAK_ARM_OR_LEG, said(LIMB_WEAKNESS));
	escalate(PAIN_TOO_BAD, said(SEVERE_PAIN));
	escalate(FEVER_WITH_BACK_PAIN, said(FEVER_CHILLS));
	escalate(PAST_CANCER, said(CANCER_HISTORY));
	escalate(TWO_SLOW_SIGNS,
	         two_of(said(WEIGHT_LOSS), said(NIGHT_PAIN), at_least(row.age, 50)));
	escalate(INJURY_AND_WEAK_BONES, said(RECENT_INJURY) & now.bones);
	escalate(SURGERY_AND_NIGHT_PAIN, said(RECENT_SURGERY) & said(NIGHT_PAIN));
	escalate(NUMB_OR_TINGLING, said(NUMBNESS_TINGLING));
	escalate(LOSING_WEIGHT, said(WEIGHT_LOSS));
	escalate(PAIN_AT_NIGHT, said(NIGHT_PAIN));
	escalate(SMALL_INJURY, said(RECENT_INJURY));
}

static inline void escalate_others(void)
{
	escalate(VERY_STRONG_PAIN, at_least(row.pain, 8));
	escalate(AFTER_SURGERY, said(RECENT_SURGERY));
	escalate(NEW_PAIN_AND_THIN_BONES,
	         said(OSTEOPOROSIS) & not(now.persistent) & at_least(row.age, 50));
	escalate(THIN_BONES, said(OSTEOPOROSIS));
	escalate(LONG_PAIN_UNEXAMINED, now.persistent & not(said(CHRONIC_EXAMINED)));
	escalate(PREGNANT, now.pregnant);
	escalate(UNDER_18, not(at_least(row.age, 18)));
}

static inline void avoid_movements(void)
{
	avoid(AVOID_CHRONIC, now.chronic);
	avoid(AVOID_DISC, said(HERNIATED_DISC));
	avoid(AVOID_INJURY, said(RECENT_INJURY));
	avoid(AVOID_KNEE, said(KNEE_PROBLEM));
	avoid(AVOID_NECK, said(NECK_PROBLEM));
	avoid(AVOID_PREGNANCY, now.pregnant);
	avoid(AVOID_STRONG_PAIN, at_least(row.pain, 8));
	avoid(AVOID_SURGERY, said(RECENT_SURGERY));
	avoid(AVOID_THIN_BONES, said(OSTEOPOROSIS));
	avoid(AVOID_UNDER_18, not(at_least(row.age, 18)));
}

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

/* ---- What is missing ----------------------------------------------------------------- */

static uint32_t unknown_questions(void)
{
	uint32_t unknown = row.unknown;

	unknown |= row.age == NUMBER_UNKNOWN ? BIT(AGE) : 0;
	unknown |= row.pain == NUMBER_UNKNOWN ? BIT(PAIN) : 0;
	unknown |= row.weeks == NUMBER_UNKNOWN ? BIT(DURATION_WEEKS) : 0;
	unknown |= row.sex == SEX_UNKNOWN ? BIT(SEX) : 0;
	unknown |= now.sudden_conflict ? BIT(SUDDEN_START) : 0;
	unknown |= now.major_conflict ? BIT(MAJOR_INJURY) : 0;
	return unknown;
}

/* Questions whose answers an undecided pregnancy, sign of a nerve or of weak
 * bones hangs on. */
static uint32_t under_pregnancy(void)
{
	return BIT(PREGNANCY) | (now.relevant == MAYBE ? BIT(SEX) | BIT(AGE) : 0);
}

static uint32_t under_nerves(void)
{
	return now.nerves == MAYBE ? BIT(NUMBNESS_TINGLING) | BIT(LIMB_WEAKNESS) : 0;
}

static uint32_t under_bones(void)
{
	return now.bones == MAYBE ? BIT(OSTEOPOROSIS) | BIT(AGE) : 0;
}

static uint32_t under_escalation(enum escalation rule)
{
	switch (rule) {
	case CHEST_PAIN_NOW: return BIT(CHEST_PAIN);
	case SHORT_OF_BREATH: return BIT(BREATHLESS);
	case SUDDEN_SEVERE_PAIN: return BIT(SEVERE_PAIN) | BIT(SUDDEN_START);
	case BLADDER_OR_BOWEL: return BIT(BLADDER_BOWEL);
	case NUMB_BETWEEN_LEGS: return BIT(SADDLE_NUMBNESS);
	case HARD_INJURY: return BIT(RECENT_INJURY) | BIT(MAJOR_INJURY);
	case FEVER_AND_SEVERE_PAIN: return BIT(FEVER_CHILLS) | BIT(SEVERE_PAIN);
	case CANCER_AND_NERVE_SIGNS: return BIT(CANCER_HISTORY) | under_nerves();
	case WEAK_ARM_OR_LEG: return BIT(LIMB_WEAKNESS);
	case PAIN_TOO_BAD: return BIT(SEVERE_PAIN);
	case FEVER_WITH_BACK_PAIN: return BIT(FEVER_CHILLS);
	case PAST_CANCER: return BIT(CANCER_HISTORY);
	case TWO_SLOW_SIGNS: return BIT(WEIGHT_LOSS) | BIT(NIGHT_PAIN) | BIT(AGE);
	case INJURY_AND_WEAK_BONES: return BIT(RECENT_INJURY) | under_bones();
	case SURGERY_AND_NIGHT_PAIN: return BIT(RECENT_SURGERY) | BIT(NIGHT_PAIN);
	case NUMB_OR_TINGLING: return BIT(NUMBNESS_TINGLING);
	case LOSING_WEIGHT: return BIT(WEIGHT_LOSS);
	case PAIN_AT_NIGHT: return BIT(NIGHT_PAIN);
	case VERY_STRONG_PAIN: return BIT(PAIN);
	case AFTER_SURGERY: return BIT(RECENT_SURGERY);
	case NEW_PAIN_AND_THIN_BONES: return BIT(OSTEOPOROSIS) | BIT(DURATION_WEEKS) | BIT(AGE);
	case THIN_BONES: return BIT(OSTEOPOROSIS);
	case SMALL_INJURY: return BIT(RECENT_INJURY);
	case LONG_PAIN_UNEXAMINED: return BIT(DURATION_WEEKS) | BIT(CHRONIC_EXAMINED);
	case PREGNANT: return under_pregnancy();
	default: return BIT(AGE);
	}
}

static uint32_t under_avoidance(enum avoidance rule)
{
	switch (rule) {
	case AVOID_CHRONIC: return BIT(DURATION_WEEKS);
	case AVOID_DISC: return BIT(HERNIATED_DISC);
	case AVOID_INJURY: return BIT(RECENT_INJURY);
	case AVOID_KNEE: return BIT(KNEE_PROBLEM);
	case AVOID_NECK: return BIT(NECK_PROBLEM);
	case AVOID_PREGNANCY: return under_pregnancy();
	case AVOID_STRONG_PAIN: return BIT(PAIN);
	case AVOID_SURGERY: return BIT(RECENT_SURGERY);
	case AVOID_THIN_BONES: return BIT(OSTEOPOROSIS);
	default: return BIT(AGE);
	}
}

uint32_t exercises_under(uint32_t avoidances)
{
	uint32_t avoided = 0;

	for (; avoidances; avoidances &= avoidances - 1)
		avoided |= avoided_by[__builtin_ctz(avoidances)];
	return avoided;
}

static void find_missing(void)
{
	uint32_t asked = 0, barred = exercises_under(now.avoids);

	for (uint32_t left = now.open; left; left &= left - 1)
		asked |= under_escalation((enum escalation)__builtin_ctz(left));
	if (now.level <= VISIT)
		for (uint32_t left = now.may_avoid & ~now.avoids; left; left &= left - 1) {
			unsigned rule = (unsigned)__builtin_ctz(left);

			if (avoided_by[rule] & ~barred)
				asked |= under_avoidance((enum avoidance)rule);
		}
	if (asked)
		now.missing = asked & unknown_questions();
}

void judge(void)
{
	memset(&now, 0, sizeof(now));
	find();
	if ((row.yes | row.unknown) & RED_FLAGS ||
	    row.yes & (BIT(SUDDEN_START) | BIT(MAJOR_INJURY)))
		escalate_red_flags();
	escalate_others();
	avoid_movements();
	now.level = now.forced = level_of(now.escalates);
	if (now.may_escalate != now.escalates)
		find_open();
	if ((now.may_escalate ^ now.escalates) | (now.may_avoid ^ now.avoids))
		find_missing();
}
