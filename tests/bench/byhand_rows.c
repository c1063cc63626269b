/* SPDX-License-Identifier: MIT
 *
 * The rows of byhand.c: what judge() worked out, as scapula writes it.
 */
#include <stdio.h>
#include <string.h>

#include "byhand.h"

enum { OUT_BYTES = 64 << 10, ROW_BYTES = 8 << 10 };

/* A word with its size; always copied whole, which is quicker. */
struct word {
	char text[31];
	unsigned char size;
};

#define WORD(text) {text, sizeof(text) - 1}

static const struct word level_words[] = {WORD(",self_care,"), WORD(",visit,"), WORD(",soon,"),
                                          WORD(",same_day,"), WORD(",emergency,")};

static const struct word escalation_words[] = {
	WORD("bladder_or_bowel"), WORD("cancer_and_nerve_signs"), WORD("chest_pain_now"),
	WORD("fever_and_severe_pain"), WORD("hard_injury"), WORD("short_of_breath"),
	WORD("sudden_severe_pain"), WORD("bone_may_be_broken"), WORD("fever_with_back_pain"),
	WORD("pain_too_bad"), WORD("past_cancer"), WORD("two_slow_signs"),
	WORD("weak_arm_or_leg"), WORD("losing_weight"), WORD("numb_or_tingling"),
	WORD("pain_at_night"), WORD("very_strong_pain"), WORD("long_pain_unexamined"),
	WORD("pregnant"), WORD("small_injury"), WORD("thin_bones"), WORD("under_18")
};

static const struct word avoidance_words[] = {
	WORD("avoid_chronic"), WORD("avoid_disc"), WORD("avoid_injury"), WORD("avoid_neck"),
	WORD("avoid_pregnancy"), WORD("avoid_strong_pain"), WORD("avoid_thin_bones"),
	WORD("avoid_under_18"), WORD("avoid_weak_bones")
};

static const struct word exercise_words[] = {
	WORD("arm_circles"), WORD("breathing_rib"), WORD("cat_cow"), WORD("chest_clasp"),
	WORD("childs_pose"), WORD("doorway_pec"), WORD("foam_roll_upper_back"),
	WORD("prone_extension"), WORD("reverse_plank"), WORD("scap_squeeze"),
	WORD("seated_row"), WORD("seated_twist"), WORD("shoulder_rolls"),
	WORD("table_lat_stretch"), WORD("thoracic_ext_chair"), WORD("thoracic_rotation"),
	WORD("thread_needle"), WORD("wall_angel"), WORD("wall_push_plus"), WORD("warmup_walk")
};

static char out[OUT_BYTES + 2 * ID_BYTES + ROW_BYTES];
static char *at = out;

const char *escalation_name(enum escalation escalation)
{
	return escalation_words[escalation].text;
}

const char *avoidance_name(enum avoidance avoidance)
{
	return avoidance_words[avoidance].text;
}

void put_text(const char *text)
{
	at = stpcpy(at, text);
}

void flush_rows(void)
{
	fwrite(out, 1, (size_t)(at - out), stdout);
	at = out;
}

static inline void put(const struct word *word)
{
	memcpy(at, word, sizeof(*word));
	at += word->size;
}

/* Takes back the separator behind the last item of a list, if there is one. */
static void end_list(const char *list)
{
	if (at > list)
		at--;
}

static void put_odd_id(unsigned long long number)
{
	bool quote;

	if (!row.id_size)
		row.id_size = (size_t)sprintf(row.id, "%llu", number);
	row.id[row.id_size] = '\0';
	quote = strpbrk(row.id, ",\"\n\r") != NULL;
	if (quote)
		*at++ = '"';
	if (memchr("=+-@\t\r", row.id[0], 6))
		*at++ = '\'';
	for (size_t i = 0; i < row.id_size; i++) {
		if (row.id[i] == '"')
			*at++ = '"';
		*at++ = row.id[i];
	}
	if (quote)
		*at++ = '"';
}

static void put_id(unsigned long long number)
{
	if (!row.plain_id) {
		put_odd_id(number);
		return;
	}
	memcpy(at, row.id, row.id_size);
	at += row.id_size;
}

static void put_open(enum level level)
{
	for (size_t i = 0; i < ESCALATIONS; i++)
		if (if_unknown[i].level == level && now.open & BIT(if_unknown[i].rule)) {
			put(&escalation_words[if_unknown[i].rule]);
			*at++ = '?';
			*at++ = ';';
		}
}

static void put_reasons(void)
{
	uint32_t left = now.escalates;
	const char *list = at;

	for (enum level level = EMERGENCY; level > SELF_CARE && (left | now.open); level--) {
		for (; left && (unsigned)__builtin_ctz(left) < first_of[level - 1]; left &= left - 1) {
			put(&escalation_words[__builtin_ctz(left)]);
			*at++ = ';';
		}
		if (now.open)
			put_open(level);
	}
	end_list(list);
	*at++ = ',';
}

static void put_missing(void)
{
	const char *list = at;

	for (uint32_t left = now.missing; left; left &= left - 1) {
		put_text(question_names[__builtin_ctz(left)]);
		*at++ = ';';
	}
	end_list(list);
	*at++ = ',';
}

static void put_entry(const struct word *name, uint32_t avoidances)
{
	if (!avoidances)
		return;
	put(name);
	for (char between = ':'; avoidances; avoidances &= avoidances - 1, between = '+') {
		unsigned rule = (unsigned)__builtin_ctz(avoidances);

		*at++ = between;
		put(&avoidance_words[rule]);
		if (!(now.avoids & BIT(rule)))
			*at++ = '?';
	}
	*at++ = ';';
}

static void put_excluded(uint32_t avoidances)
{
	static const struct word all = WORD("all");
	const char *list = at;

	put_entry(&all, avoidances & AVOIDS_ALL);
	avoidances &= ~AVOIDS_ALL;
	for (unsigned i = 0; avoidances && i < EXERCISES; i++) {
		uint32_t here = 0;

		for (uint32_t left = avoidances; left; left &= left - 1)
			if (avoided_by[__builtin_ctz(left)] & BIT(i))
				here |= left & -left;
		put_entry(&exercise_words[i], here);
	}
	end_list(list);
}

void put_row(unsigned long long number)
{
	static const struct word certain = WORD("yes,"), uncertain = WORD("no,");

	put_id(number);
	put(&level_words[now.level]);
	put(now.open ? &uncertain : &certain);
	put_reasons();
	put_missing();
	*at++ = ','; /* no routine */
	if (now.level <= VISIT)
		put_excluded(now.may_avoid);
	*at++ = '\n';
	if (at - out >= OUT_BYTES)
		flush_rows();
}
