/* SPDX-License-Identifier: MIT
 *
 * The small pack as plain C: a row as it was read, and what comes of it. See
 * byhand.c.
 */
#ifndef BENCH_BYHAND_H
#define BENCH_BYHAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ID_BYTES = 64 << 10, NUMBER_UNKNOWN = -1 };

#define BIT(n) (UINT32_C(1) << (n))

/* Strong Kleene in two bits, possible and certain: `and` is &, `or` is |. */
enum truth { NO = 0, MAYBE = 1, YES = 3 };

/* In the order in which `missing` lists them; those that can't be missing last. */
enum question {
	BLADDER_BOWEL, BREATHLESS, CANCER_HISTORY, CHEST_PAIN, FEVER_CHILLS, LIMB_WEAKNESS,
	MAJOR_INJURY, NUMBNESS_TINGLING, RECENT_INJURY, SEVERE_PAIN, SUDDEN_START, AGE,
	DURATION_WEEKS, NIGHT_PAIN, OSTEOPOROSIS, WEIGHT_LOSS, PAIN, CHRONIC_EXAMINED,
	PREGNANCY, SEX, HERNIATED_DISC, NECK_PROBLEM, EQUIPMENT, QUESTIONS, ID = QUESTIONS,
	BEYOND
};

enum { SEX_UNKNOWN, FEMALE, MALE, OTHER };

/* One row as it was read. */
struct row {
	uint32_t yes, unknown; /* bits of yes/no questions; the rest is no */
	int age, pain, weeks, sex;
	size_t id_size;
	bool plain_id; /* nothing in it wants a quote */
	bool bad;
	char id[ID_BYTES + 1];
};

/* Escalations, by level and id. */
enum escalation {
	BLADDER_OR_BOWEL, CANCER_AND_NERVE_SIGNS, CHEST_PAIN_NOW, FEVER_AND_SEVERE_PAIN,
	HARD_INJURY, SHORT_OF_BREATH, SUDDEN_SEVERE_PAIN, BONE_MAY_BE_BROKEN,
	FEVER_WITH_BACK_PAIN, PAIN_TOO_BAD, PAST_CANCER, TWO_SLOW_SIGNS, WEAK_ARM_OR_LEG,
	LOSING_WEIGHT, NUMB_OR_TINGLING, PAIN_AT_NIGHT, VERY_STRONG_PAIN,
	LONG_PAIN_UNEXAMINED, PREGNANT, SMALL_INJURY, THIN_BONES, UNDER_18, ESCALATIONS
};

enum level { SELF_CARE, VISIT, SOON, SAME_DAY, EMERGENCY };

/* Contraindications by id, exercises by name. */
enum avoidance {
	AVOID_CHRONIC, AVOID_DISC, AVOID_INJURY, AVOID_NECK, AVOID_PREGNANCY,
	AVOID_STRONG_PAIN, AVOID_THIN_BONES, AVOID_UNDER_18, AVOID_WEAK_BONES, AVOIDANCES
};

enum exercise {
	ARM_CIRCLES, BREATHING_RIB, CAT_COW, CHEST_CLASP, CHILDS_POSE, DOORWAY_PEC, FOAM_ROLL,
	PRONE_EXTENSION, REVERSE_PLANK, SCAP_SQUEEZE, SEATED_ROW, SEATED_TWIST,
	SHOULDER_ROLLS, TABLE_LAT, THORACIC_EXT, THORACIC_ROTATION, THREAD_NEEDLE,
	WALL_ANGEL, WALL_PUSH, WARMUP_WALK, EXERCISES
};

#define ALL_EXERCISES (BIT(EXERCISES) - 1)
#define AVOIDS_ALL (BIT(AVOID_STRONG_PAIN) | BIT(AVOID_UNDER_18))

/* What comes of it. Rules are bits. */
struct outcome {
	enum truth sudden, major, relevant, pregnant, nerves, bones, persistent, lasting;
	enum truth fell, given_way, broken, tender; /* findings of findings */
	bool sudden_conflict, major_conflict, pregnancy_conflict;
	uint32_t escalates, may_escalate; /* certain ones; those not ruled out */
	uint32_t open;
	enum level forced, level;
	uint32_t avoids, may_avoid;
	uint32_t missing; /* bits of questions */
};

/* The level while a rule is not ruled out. Sorted by it, and then by id: so they
 * are listed. */
struct if_unknown {
	enum escalation rule;
	enum level level;
};

extern const char *const question_names[]; /* `id` behind the last */
extern const unsigned first_of[];          /* escalation of each level */
extern const struct if_unknown if_unknown[ESCALATIONS];
extern const uint32_t avoided_by[AVOIDANCES]; /* bits of exercises */
extern struct row row;
extern struct outcome now;

/* Works `now` out from `row`. */
void judge(void);

/* From the escalations: the level, and those that could still raise it. */
void find_level(void);

/* Questions without a known answer, or in conflict; bits. */
uint32_t unknown_questions(void);

/* The contraindications of which it matters that they are undecided; bits. */
uint32_t mattering_avoidances(void);

/* The exercises that any of these contraindications leaves out; all are bits. */
uint32_t exercises_under(uint32_t avoidances);

/* As the pack names them. */
const char *escalation_name(enum escalation escalation);
const char *avoidance_name(enum avoidance avoidance);

/* Writes the row, its routine left out; NUMBER stands for its id where there is
 * none. Rows gather until they are flushed. */
void put_row(unsigned long long number);
void put_text(const char *text);
void flush_rows(void);

#endif
