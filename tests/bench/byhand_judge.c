/* SPDX-License-Identifier: MIT
 *
 * The rules of the small pack by hand: from a row to the rules that hold or may
 * hold, and what is missing. See byhand.c.
 */
#include <string.h>

#include "byhand.h"

/* Without a yes or an unknown to one of these, no rule about red flags can stand:
 * the other two are asked only of those who have some. But a yes to them that
 * can't apply counts. */
#define RED_FLAGS                                                                        \
	(BIT(BLADDER_BOWEL) | BIT(BREATHLESS) | BIT(CANCER_HISTORY) | BIT(CHEST_PAIN) |  \
	 BIT(FEVER_CHILLS) | BIT(LIMB_WEAKNESS) | BIT(NUMBNESS_TINGLING) |               \
	 BIT(RECENT_INJURY) | BIT(SEVERE_PAIN) | BIT(NIGHT_PAIN) | BIT(WEIGHT_LOSS))

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

/* A question that can't apply: yes is a conflict, so not ruled out. */
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
	now.pregnant = flag(now.relevant, said(PREGNANCY), &now.pregnancy_conflict);
	now.nerves = said(NUMBNESS_TINGLING) | said(LIMB_WEAKNESS);
	now.bones = said(OSTEOPOROSIS) | at_least(row.age, 65);
	now.persistent = at_least(row.weeks, 7);
	now.lasting = now.persistent & at_least(row.pain, 6);
	now.tender = at_least(row.weeks, 13) | now.lasting;
	now.fell = said(RECENT_INJURY) & now.bones;
	now.given_way = said(OSTEOPOROSIS) & at_least(row.age, 50) & not(now.persistent);
	now.broken = now.fell | now.given_way;
}

static inline void escalate_red_flags(void)
{
	now.sudden = flag(said(SEVERE_PAIN), said(SUDDEN_START), &now.sudden_conflict);
	now.major = flag(said(RECENT_INJURY), said(MAJOR_INJURY), &now.major_conflict);
	escalate(CHEST_PAIN_NOW, said(CHEST_PAIN));
	escalate(SHORT_OF_BREATH, said(BREATHLESS));
	escalate(SUDDEN_SEVERE_PAIN, now.sudden);
	escalate(BLADDER_OR_BOWEL, said(BLADDER_BOWEL));
	escalate(HARD_INJURY, now.major);
	escalate(FEVER_AND_SEVERE_PAIN, said(FEVER_CHILLS) & said(SEVERE_PAIN));
	escalate(CANCER_AND_NERVE_SIGNS, said(CANCER_HISTORY) & now.nerves);
	escalate(WEAK_ARM_OR_LEG, said(LIMB_WEAKNESS));
	escalate(PAIN_TOO_BAD, said(SEVERE_PAIN));
	escalate(FEVER_WITH_BACK_PAIN, said(FEVER_CHILLS));
	escalate(PAST_CANCER, said(CANCER_HISTORY));
	escalate(TWO_SLOW_SIGNS,
	         two_of(said(WEIGHT_LOSS), said(NIGHT_PAIN), at_least(row.age, 50)));
	escalate(NUMB_OR_TINGLING, said(NUMBNESS_TINGLING));
	escalate(LOSING_WEIGHT, said(WEIGHT_LOSS));
	escalate(PAIN_AT_NIGHT, said(NIGHT_PAIN));
	escalate(SMALL_INJURY, said(RECENT_INJURY));
}

static inline void escalate_others(void)
{
	escalate(BONE_MAY_BE_BROKEN, now.broken);
	escalate(VERY_STRONG_PAIN, at_least(row.pain, 8));
	escalate(THIN_BONES, said(OSTEOPOROSIS));
	escalate(LONG_PAIN_UNEXAMINED, now.persistent & not(said(CHRONIC_EXAMINED)));
	escalate(PREGNANT, now.pregnant);
	escalate(UNDER_18, not(at_least(row.age, 18)));
}

static inline void avoid_movements(void)
{
	avoid(AVOID_CHRONIC, now.tender);
	avoid(AVOID_DISC, said(HERNIATED_DISC));
	avoid(AVOID_INJURY, said(RECENT_INJURY));
	avoid(AVOID_NECK, said(NECK_PROBLEM));
	avoid(AVOID_PREGNANCY, now.pregnant);
	avoid(AVOID_STRONG_PAIN, at_least(row.pain, 8));
	avoid(AVOID_THIN_BONES, said(OSTEOPOROSIS));
	avoid(AVOID_UNDER_18, not(at_least(row.age, 18)));
	avoid(AVOID_WEAK_BONES, now.bones);
}

/* ---- What is missing ----------------------------------------------------------------- */

/* Questions whose answers an undecided finding hangs on. */
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

static uint32_t under_tender(void)
{
	return BIT(DURATION_WEEKS) | (now.lasting == MAYBE ? BIT(PAIN) : 0);
}

static uint32_t under_broken(void)
{
	return (now.fell == MAYBE ? BIT(RECENT_INJURY) | under_bones() : 0) |
	       (now.given_way == MAYBE ? BIT(OSTEOPOROSIS) | BIT(AGE) | BIT(DURATION_WEEKS) : 0);
}

static uint32_t under_escalation(enum escalation rule)
{
	switch (rule) {
	case CHEST_PAIN_NOW: return BIT(CHEST_PAIN);
	case SHORT_OF_BREATH: return BIT(BREATHLESS);
	case SUDDEN_SEVERE_PAIN: return BIT(SEVERE_PAIN) | BIT(SUDDEN_START);
	case BLADDER_OR_BOWEL: return BIT(BLADDER_BOWEL);
	case HARD_INJURY: return BIT(RECENT_INJURY) | BIT(MAJOR_INJURY);
	case FEVER_AND_SEVERE_PAIN: return BIT(FEVER_CHILLS) | BIT(SEVERE_PAIN);
	case CANCER_AND_NERVE_SIGNS: return BIT(CANCER_HISTORY) | under_nerves();
	case WEAK_ARM_OR_LEG: return BIT(LIMB_WEAKNESS);
	case PAIN_TOO_BAD: return BIT(SEVERE_PAIN);
	case FEVER_WITH_BACK_PAIN: return BIT(FEVER_CHILLS);
	case PAST_CANCER: return BIT(CANCER_HISTORY);
	case TWO_SLOW_SIGNS: return BIT(WEIGHT_LOSS) | BIT(NIGHT_PAIN) | BIT(AGE);
	case BONE_MAY_BE_BROKEN: return under_broken();
	case NUMB_OR_TINGLING: return BIT(NUMBNESS_TINGLING);
	case LOSING_WEIGHT: return BIT(WEIGHT_LOSS);
	case PAIN_AT_NIGHT: return BIT(NIGHT_PAIN);
	case VERY_STRONG_PAIN: return BIT(PAIN);
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
	case AVOID_CHRONIC: return under_tender();
	case AVOID_DISC: return BIT(HERNIATED_DISC);
	case AVOID_INJURY: return BIT(RECENT_INJURY);
	case AVOID_NECK: return BIT(NECK_PROBLEM);
	case AVOID_PREGNANCY: return under_pregnancy();
	case AVOID_STRONG_PAIN: return BIT(PAIN);
	case AVOID_THIN_BONES: return BIT(OSTEOPOROSIS);
	case AVOID_WEAK_BONES: return under_bones();
	default: return BIT(AGE);
	}
}

static void find_missing(void)
{
	uint32_t asked = 0;

	for (uint32_t left = now.open; left; left &= left - 1)
		asked |= under_escalation((enum escalation)__builtin_ctz(left));
	for (uint32_t left = mattering_avoidances(); left; left &= left - 1)
		asked |= under_avoidance((enum avoidance)__builtin_ctz(left));
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
	find_level();
	if ((now.may_escalate ^ now.escalates) | (now.may_avoid ^ now.avoids))
		find_missing();
}
