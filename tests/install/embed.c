/* SPDX-License-Identifier: MIT
 *
 * Scapula inside another program: a pack, one person's answers, a decision.
 *	cc embed.c $(pkg-config --cflags --libs scapula) -o embed && ./embed RULES DATA
 */
#include <scapula.h>
#include <stdio.h>

static const char *const known[][2] = {{"age", "44"}, {"sex", "male"}, {"pain", "3"},
                                       {"duration_weeks", "2"}, {"equipment", "mat"}};

static int answer(scap_answers *answers)
{
	struct scap_screen screen;
	int wrong = 0;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		wrong |= scap_answers_set(answers, known[i][0], known[i][1], NULL) != 0;
	while (!wrong && scap_interview_next(answers, &screen)) { /* "no", as each type has it */
		static const char *const no[] = {"no", "none", "not_sure"};
		int i = 0;

		while (i < 3 && scap_answers_set(answers, screen.questions[0]->name, no[i], NULL))
			i++;
		wrong = i == 3;
	}
	return !wrong;
}

int main(int argc, char **argv)
{
	scap_report *report = scap_report_new(); /* of the pack's mistakes */
	scap_pack *pack = argc == 3 && report ? scap_pack_load(argv[1], argv[2], report) : NULL;
	scap_answers *answers = pack ? scap_answers_new(pack) : NULL;
	scap_decision *decision = answers && answer(answers) ? scap_decide(answers) : NULL;

	puts(decision ? scap_decision_level(decision)->name : "no decision");
	for (size_t i = 0; decision && scap_decision_exercise(decision, i); i++)
		puts(scap_decision_exercise(decision, i));
	scap_decision_free(decision);
	scap_answers_free(answers);
	scap_pack_free(pack);
	scap_report_free(report);
	return !decision;
}
