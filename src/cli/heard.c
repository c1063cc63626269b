/* SPDX-License-Identifier: MIT
 *
 * What was understood of a person's own words: shown with the words, and corrected
 * with one key. A denial counts only where the person confirms it.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/cli.h"
#include "cli/talk.h"

bool talk_heard(const scap_answers *answers, const struct scap_question *question, size_t i)
{
	const struct scap_heard *heard;

	if (question->type != SCAP_SELECT_MULTIPLE)
		return false;
	for (size_t h = 0; (heard = scap_answers_heard(answers, h)); h++)
		if (heard->question == question && heard->sense == SCAP_PRESENT &&
		    !heard->corrected && !strcmp(heard->concept, question->choices[i].name))
			return true;
	return false;
}

bool talk_heard_any(const scap_answers *answers, const struct scap_question *question)
{
	for (size_t i = 0; i < question->nchoices; i++)
		if (talk_heard(answers, question, i))
			return true;
	return false;
}

/* A denial that can be confirmed: it answers a yes/no question. */
static bool offered(const struct scap_heard *heard)
{
	return heard->sense == SCAP_DENIED && heard->question &&
	       heard->question->type == SCAP_YES_NO;
}

static bool listed(const struct scap_heard *heard, enum scap_sense sense)
{
	if (heard->corrected || heard->sense != sense || !heard->question)
		return false;
	return sense != SCAP_DENIED || offered(heard);
}

/* What a yes/no question is answered with. */
static const char *reply_of(const struct scap_heard *heard)
{
	if (heard->question->type != SCAP_YES_NO || heard->sense == SCAP_ASK)
		return "";
	return heard->sense == SCAP_PRESENT ? "yes: " : "no: ";
}

/* Shows all of one sense, numbered from NUMBER on; those to be asked have no number. */
static size_t show(const struct talk *talk, enum scap_sense sense, const char *title, size_t number)
{
	const struct scap_heard *heard;
	char words[256], shown[200];
	bool any = false;

	for (size_t i = 0; (heard = scap_answers_heard(talk->answers, i)); i++) {
		if (!listed(heard, sense))
			continue;
		if (!any)
			talk_say(2, "", title);
		any = true;
		scap_printable(heard->words, shown, sizeof(shown));
		snprintf(words, sizeof(words), "%s\"%s\"", reply_of(heard), shown);
		if (sense == SCAP_ASK)
			talk_say(6, "   -", heard->label);
		else
			talk_say_item(++number, heard->label,
			              sense == SCAP_DENIED ? heard->question->hint : "");
		talk_say(8, "", words);
	}
	return number;
}

/* The concept with a number, as it was shown; NULL if there is none. */
static const char *numbered(const struct talk *talk, unsigned long number)
{
	static const enum scap_sense senses[] = {SCAP_PRESENT, SCAP_DENIED};
	const struct scap_heard *heard;

	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; (heard = scap_answers_heard(talk->answers, i)); i++)
			if (listed(heard, senses[s]) && !--number)
				return heard->concept;
	return NULL;
}

/* Answers no to what the person denied and has just confirmed. */
static void confirm_denials(struct talk *talk)
{
	const struct scap_heard *heard;

	for (size_t i = 0; (heard = scap_answers_heard(talk->answers, i)); i++)
		if (listed(heard, SCAP_DENIED))
			scap_answers_set(talk->answers, heard->question->name, "no", NULL);
}

static bool show_all(const struct talk *talk)
{
	size_t said, denied, asked;

	fputc('\n', stderr);
	said = show(talk, SCAP_PRESENT, "From your words we have taken:", 0);
	denied = show(talk, SCAP_DENIED, "You seem to say no to this:", said);
	asked = show(talk, SCAP_ASK, "We are not sure about this, and will ask:", denied);
	if (!said && !denied) {
		if (!asked && talk->line[0])
			talk_say(2, "", "Thank you. We will ask about the rest.");
		return false;
	}
	talk_say(2, "", denied > said
	                        ? "Type a number that is wrong, y if all of it is right, or just "
	                          "Enter: then we still ask about what you say no to."
	                        : "Type a number that is wrong, or just Enter to go on.");
	fputs("  b write it anew   q stop\n", stderr);
	return true;
}

enum reply talk_confirm(struct talk *talk, const struct scap_question *question)
{
	while (show_all(talk)) {
		const char *line = talk->line, *concept;

		if (!talk_read_line(talk))
			return REPLY_STOP;
		if (!line[0] || !strcmp(line, "0"))
			break;
		if (!strcasecmp(line, "q") || !strcasecmp(line, "quit"))
			return REPLY_STOP;
		if (!strcasecmp(line, "b") || !strcasecmp(line, "back")) {
			scap_answers_set(talk->answers, question->name, "", NULL);
			return REPLY_TAKEN;
		}
		if (!strcasecmp(line, "y") || !strcasecmp(line, "yes")) {
			confirm_denials(talk);
			break;
		}
		concept = strspn(line, "0123456789") == strlen(line)
		                  ? numbered(talk, strtoul(line, NULL, 10))
		                  : NULL;
		if (concept)
			scap_answers_correct(talk->answers, concept);
		else
			talk_say(2, "", "Please type a number from the list, or one of the letters.");
	}
	return REPLY_TAKEN;
}
