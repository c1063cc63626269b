/* SPDX-License-Identifier: MIT
 *
 * The interview in the terminal. Questions go to stderr and the outcome to
 * stdout, so `scapula ask > plan.txt` keeps the plan.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/talk.h"

/* ---- Words on the screen ------------------------------------------------------- */

void talk_say(unsigned indent, const char *first, const char *text)
{
	size_t column = indent;

	fprintf(stderr, "%-*s", (int)indent, first);
	while (*text) {
		size_t space = strspn(text, " \n"), size = strcspn(text + space, " \n");

		if (column > indent && column + 1 + size > WIDTH) {
			fprintf(stderr, "\n%*s", (int)indent, "");
			column = indent;
		} else if (column > indent && size) {
			fputc(' ', stderr);
			column++;
		}
		fprintf(stderr, "%.*s", (int)size, text + space);
		column += size;
		text += space + size;
	}
	fputc('\n', stderr);
}

void talk_say_item(size_t number, const char *label, const char *hint)
{
	char mark[24];

	snprintf(mark, sizeof(mark), "%4zu", number);
	talk_say(6, mark, label);
	if (hint[0])
		talk_say(8, "", hint);
}

bool talk_read_line(struct talk *talk)
{
	size_t size;
	int c;

	fputs("> ", stderr);
	fflush(stderr);
	if (!fgets(talk->line, sizeof(talk->line), stdin))
		return false;
	size = strlen(talk->line);
	if (size && talk->line[size - 1] != '\n')
		while ((c = getchar()) != EOF && c != '\n')
			;
	while (size && isspace((unsigned char)talk->line[size - 1]))
		talk->line[--size] = '\0';
	return true;
}

static int to_stderr(void *ctx, const char *bytes, size_t size)
{
	(void)ctx;
	return fwrite(bytes, 1, size, stderr) != size;
}

static void say_why(struct talk *talk)
{
	for (size_t i = 0; i < talk->count; i++) {
		talk_say(2, "", talk->list[i]->label);
		scap_interview_why(talk->answers, talk->list[i]->name, SCAP_TEXT, to_stderr, NULL);
	}
}

/* ---- Taking answers --------------------------------------------------------------- */

static bool give(struct talk *talk, const struct scap_question *question, const char *value)
{
	struct scap_error error;
	const struct scap_question *cleared;

	if (scap_answers_set(talk->answers, question->name, value, &error)) {
		talk_say(2, "", error.message);
		if (question->constraint_message[0])
			talk_say(2, "", question->constraint_message);
		return false;
	}
	for (size_t i = 0; (cleared = scap_answers_cleared(talk->answers, i)); i++) {
		fputs("  No longer asked, and taken back:\n", stderr);
		talk_say(4, "", cleared->label);
	}
	return true;
}

static enum reply give_all(struct talk *talk, const char *value)
{
	for (size_t i = 0; i < talk->count; i++)
		if (!give(talk, talk->list[i], value))
			return REPLY_AGAIN;
	return REPLY_TAKEN;
}

static bool is_word(const char *line, const char *letter, const char *word)
{
	return !strcasecmp(line, letter) || !strcasecmp(line, word);
}

/* Words that mean the same everywhere. */
static enum reply common_reply(struct talk *talk, bool *known)
{
	const char *line = talk->line;

	*known = true;
	if (is_word(line, "q", "quit"))
		return REPLY_STOP;
	if (is_word(line, "b", "back"))
		return REPLY_BACK;
	if (is_word(line, "?", "not sure"))
		return give_all(talk, "not_sure");
	if (is_word(line, "w", "why")) {
		say_why(talk);
		return REPLY_AGAIN;
	}
	*known = line[0] == '\0' && talk->list[0]->type != SCAP_FREE_TEXT;
	return REPLY_AGAIN;
}

/* Reads numbers like `1 3` or `1,3?` and marks them: 'y', '?' where a `?` follows,
 * '!' where one is said to be both. False at anything else. */
static bool read_numbers(const char *line, size_t most, char *marks)
{
	bool any = false;

	memset(marks, 0, most);
	for (;;) {
		unsigned long number;
		char *end, *mark, told;

		line += strspn(line, " ,;");
		if (!*line)
			return any;
		if (!isdigit((unsigned char)*line))
			return false;
		number = strtoul(line, &end, 10);
		if (!number || number > most)
			return false;
		mark = &marks[number - 1];
		told = *end == '?' ? '?' : 'y';
		*mark = *mark && *mark != told ? '!' : told;
		line = end + (*end == '?');
		any = true;
	}
}

static bool is_none(const char *line)
{
	return !strcmp(line, "0") || is_word(line, "n", "no") || !strcasecmp(line, "none");
}

/* Refuses a number that is said to be true and not sure. */
static bool is_plain(const char *marks, size_t count)
{
	char text[80];

	for (size_t i = 0; i < count; i++)
		if (marks[i] == '!') {
			snprintf(text, sizeof(text),
			         "You gave %zu as true and as not sure. Which of the two is it?",
			         i + 1);
			talk_say(2, "", text);
			return false;
		}
	return true;
}

/* Several yes/no questions at once. What is not ticked stays unknown. */
static enum reply take_checklist(struct talk *talk)
{
	char marks[LIST_MAX];

	if (is_none(talk->line))
		return give_all(talk, "no");
	if (!read_numbers(talk->line, talk->count, marks)) {
		talk_say(2, "", "Please type numbers from the list, 0, or one of the letters.");
		return REPLY_AGAIN;
	}
	if (!is_plain(marks, talk->count))
		return REPLY_AGAIN;
	for (size_t i = 0; i < talk->count; i++)
		if (marks[i] && !give(talk, talk->list[i], marks[i] == '?' ? "not_sure" : "yes"))
			return REPLY_AGAIN;
	return REPLY_TAKEN;
}

static enum reply take_choices(struct talk *talk, const struct scap_question *question)
{
	bool one = question->type == SCAP_SELECT_ONE;
	char marks[LIST_MAX] = "", value[VALUE_BYTES] = "";
	size_t ticked = 0, used = 0;
	bool none = !one && is_none(talk->line);

	if (none && !talk_heard_any(talk->answers, question))
		return give(talk, question, "none") ? REPLY_TAKEN : REPLY_AGAIN;
	if (!none && !read_numbers(talk->line, question->nchoices, marks)) {
		talk_say(2, "", one ? "Please type one number from the list."
		               : "Please type numbers from the list, or 0 for none.");
		return REPLY_AGAIN;
	}
	if (memchr(marks, '?', question->nchoices) || memchr(marks, '!', question->nchoices)) {
		talk_say(2, "", "Here a ? stands alone, and means that you are not sure of any of it.");
		return REPLY_AGAIN;
	}
	for (size_t i = 0; i < question->nchoices; i++)
		if (marks[i] || talk_heard(talk->answers, question, i)) {
			used += (size_t)snprintf(value + used, sizeof(value) - used, "%s%s",
			                         ticked ? " " : "", question->choices[i].name);
			if (used >= sizeof(value))
				return REPLY_AGAIN;
			ticked++;
		}
	if (one && ticked > 1) {
		talk_say(2, "", "Please type one number only.");
		return REPLY_AGAIN;
	}
	return give(talk, question, value) ? REPLY_TAKEN : REPLY_AGAIN;
}

/* A person's own words; none is an answer as well. */
static enum reply take_words(struct talk *talk, const struct scap_question *question)
{
	if (!give(talk, question, talk->line[0] ? talk->line : "not_sure"))
		return REPLY_AGAIN;
	return talk_confirm(talk, question);
}

static enum reply take_one(struct talk *talk)
{
	const struct scap_question *question = talk->list[0];

	if (question->type == SCAP_SELECT_ONE || question->type == SCAP_SELECT_MULTIPLE)
		return take_choices(talk, question);
	if (question->type == SCAP_FREE_TEXT)
		return take_words(talk, question);
	return give(talk, question, talk->line) ? REPLY_TAKEN : REPLY_AGAIN;
}

/* ---- Asking -------------------------------------------------------------------------- */

static bool is_checklist(const struct talk *talk)
{
	return talk->count > 1;
}

/* Yes/no questions of a screen come together, any other alone. */
static void choose_questions(struct talk *talk)
{
	const struct scap_question *const *questions = talk->screen.questions;

	talk->count = 0;
	if (questions[0]->type != SCAP_YES_NO) {
		talk->list[talk->count++] = questions[0];
		return;
	}
	for (size_t i = 0; i < talk->screen.count && talk->count < LIST_MAX; i++)
		if (questions[i]->type == SCAP_YES_NO)
			talk->list[talk->count++] = questions[i];
}

/* `Type a number from 0 to 10.`, where the constraint is 0..10. */
static void ask_for_value(const struct scap_question *question)
{
	const char *dots = strstr(question->constraint, "..");

	if (question->type == SCAP_FREE_TEXT)
		fputs("  Type your answer, or just Enter to go on without.\n  ", stderr);
	else if (dots)
		fprintf(stderr, "  Type a number from %.*s to %s.   ",
		        (int)(dots - question->constraint), question->constraint, dots + 2);
	else
		fputs("  Type a number.   ", stderr);
}

static void show_questions(const struct talk *talk)
{
	const struct scap_question *question = talk->list[0];

	fputc('\n', stderr);
	if (talk->screen.section[0])
		fprintf(stderr, "-- %s --\n", talk->screen.section);
	if (is_checklist(talk)) {
		for (size_t i = 0; i < talk->count; i++)
			talk_say_item(i + 1, talk->list[i]->label, talk->list[i]->hint);
		if (talk->again)
			talk_say(2, "", "These were not ticked before. Is any of them true?");
		talk_say(2, "", "Type the numbers of all that are true, or 0 for none of these.");
		fputs("  ? not sure   2? not sure of number 2   w why   b back   q stop\n", stderr);
		return;
	}
	talk_say(2, "", question->label);
	if (question->hint[0])
		talk_say(4, "", question->hint);
	for (size_t i = 0; i < question->nchoices; i++)
		talk_say_item(i + 1, question->choices[i].label,
		              talk_heard(talk->answers, question, i) ? "(from your words)" : "");
	if (question->type == SCAP_YES_NO)
		fputs("  y yes   n no   ", stderr);
	else if (question->type == SCAP_SELECT_ONE)
		fputs("  Type one number.   ", stderr);
	else if (question->type == SCAP_SELECT_MULTIPLE)
		fputs("  Type the numbers, or 0 for none.   ", stderr);
	else
		ask_for_value(question);
	fputs("? not sure   w why   b back   q stop\n", stderr);
}

static enum reply ask_screen(struct talk *talk)
{
	enum reply reply = REPLY_AGAIN;
	bool known;

	choose_questions(talk);
	talk->again = talk->ticked && !strcmp(talk->ticked, talk->screen.name);
	show_questions(talk);
	while (reply == REPLY_AGAIN) {
		if (!talk_read_line(talk))
			return REPLY_STOP;
		reply = common_reply(talk, &known);
		if (!known)
			reply = is_checklist(talk) ? take_checklist(talk) : take_one(talk);
	}
	return reply;
}

static void greet(const scap_pack *pack)
{
	const struct scap_pack_info *info = scap_pack_info(pack);

	fprintf(stderr, "\n%s\n\n", info->title);
	talk_say(0, "", info->disclaimer);
	talk_say(0, "", info->emergency);
}

/* Asks until no question is left. False: stopped before. */
static bool ask_all(struct talk *talk)
{
	while (scap_interview_next(talk->answers, &talk->screen)) {
		enum reply reply = ask_screen(talk);

		if (reply == REPLY_STOP)
			return false;
		talk->ticked = reply == REPLY_TAKEN && is_checklist(talk) ? talk->screen.name : NULL;
		if (reply == REPLY_BACK && !scap_interview_back(talk->answers))
			talk_say(2, "", "This is the first question.");
	}
	return true;
}

/* What matters most, where the person looks. */
static void say_outcome(const scap_decision *decision)
{
	const struct scap_level *level = scap_decision_level(decision);

	fputc('\n', stderr);
	talk_say(0, "", level->label);
	talk_say(0, "", level->action);
}

/* The last screen that can be gone back from: one key may have been a slip. */
static bool goes_back(struct talk *talk)
{
	fputs("\n  b back, to correct an answer   Enter for the whole plan\n", stderr);
	return talk_read_line(talk) && is_word(talk->line, "b", "back") &&
	       scap_interview_back(talk->answers);
}

static int tell_plan(const scap_decision *decision)
{
	unsigned code;

	fputc('\n', stderr);
	code = scap_render(decision, SCAP_TEXT, cli_write, stdout);
	cli_flush_stdout();
	return cli_exit_of(code);
}

/* On a terminal the outcome comes first, and once more below a plan that scrolled. */
static int interview(const scap_pack *pack, struct talk *talk)
{
	bool whole, told, again;
	scap_decision *decision;
	int code;

	greet(pack);
	do {
		whole = ask_all(talk);
		decision = scap_decide(talk->answers);
		if (!decision)
			return cli_exit_of(901);
		told = whole && isatty(STDIN_FILENO);
		if (told)
			say_outcome(decision);
		again = told && goes_back(talk);
		if (again)
			scap_decision_free(decision);
	} while (again);
	if (!whole)
		fputs("\nYou stopped early. This is what is known so far:\n", stderr);
	code = tell_plan(decision);
	if (!told || isatty(STDOUT_FILENO))
		say_outcome(decision);
	scap_decision_free(decision);
	return code;
}

int cli_ask(const struct options *options)
{
	struct talk talk = {0};
	int code;
	scap_pack *pack = cli_load(options, &code);

	if (!pack)
		return code;
	talk.answers = scap_answers_new(pack);
	cli_say_proved(options, pack);
	code = talk.answers ? interview(pack, &talk) : cli_exit_of(901);
	scap_answers_free(talk.answers);
	scap_pack_free(pack);
	return code;
}
