/* SPDX-License-Identifier: MIT */
#include "rulebase/lexer.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static const struct word {
	const char *text;
	enum token_kind kind;
	const char *hint;
} signs[] = {
	/* longer signs first; those with a hint belong to other languages */
	{"..", TOKEN_RANGE, NULL},
	{"==", TOKEN_WRONG, "write '='"},
	{"=>", TOKEN_WRONG, "write '>='"},
	{"=<", TOKEN_WRONG, "write '<='"},
	{"!=", TOKEN_NE, NULL},
	{"<>", TOKEN_WRONG, "write '!='"},
	{"<=", TOKEN_LE, NULL},
	{">=", TOKEN_GE, NULL},
	{"&&", TOKEN_WRONG, "write 'and'"},
	{"||", TOKEN_WRONG, "write 'or'"},
	{"\xe2\x89\xa5", TOKEN_WRONG, "write '>='"},
	{"\xe2\x89\xa4", TOKEN_WRONG, "write '<='"},
	{"\xe2\x89\xa0", TOKEN_WRONG, "write '!='"},
	{"(", TOKEN_OPEN, NULL},
	{")", TOKEN_CLOSE, NULL},
	{"{", TOKEN_BRACE_OPEN, NULL},
	{"}", TOKEN_BRACE_CLOSE, NULL},
	{",", TOKEN_COMMA, NULL},
	{"=", TOKEN_EQ, NULL},
	{"<", TOKEN_LT, NULL},
	{">", TOKEN_GT, NULL},
	{"&", TOKEN_WRONG, "write 'and'"},
	{"|", TOKEN_WRONG, "write 'or'"},
	{"!", TOKEN_WRONG, "write 'not'"},
	{"'", TOKEN_WRONG, "names of choices need no quotes"},
	{"\"", TOKEN_WRONG, "names of choices need no quotes"},
	{"$", TOKEN_WRONG, "write the bare name"},
	{"\xe2\x80\x98", TOKEN_WRONG, "names of choices need no quotes"}, /* typographic ones */
	{"\xe2\x80\x99", TOKEN_WRONG, "names of choices need no quotes"},
	{"\xe2\x80\x9c", TOKEN_WRONG, "names of choices need no quotes"},
	{"\xe2\x80\x9d", TOKEN_WRONG, "names of choices need no quotes"},
	{"\xe2\x80\x9e", TOKEN_WRONG, "names of choices need no quotes"},
	{"\xe2\x80\x93", TOKEN_WRONG, "write '..' for a range"},
	{"\xc2\xa0", TOKEN_WRONG, "a no-break space; type a plain one"},
	{"\xe2\x80\x8b", TOKEN_WRONG, "a sign that can't be seen; delete it"},
};

static const struct word words[] = {
	{"and", TOKEN_AND, NULL},       {"or", TOKEN_OR, NULL},   {"not", TOKEN_NOT, NULL},
	{"at", TOKEN_AT, NULL},         {"least", TOKEN_LEAST, NULL},
	{"of", TOKEN_OF, NULL},         {"in", TOKEN_IN, NULL},
	{"always", TOKEN_ALWAYS, NULL},
};

/* Words that mean something as an answer, or in a list. */
static const char *const answers[] = {"all", "none", "unknown", "not_sure", "yes", "no", "id"};

enum { SIGNS = sizeof(signs) / sizeof(signs[0]), WORDS = sizeof(words) / sizeof(words[0]) };

static bool same(const char *text, size_t size, const char *word)
{
	return strlen(word) == size && !memcmp(text, word, size);
}

int scap__lexer_reserved(const char *text, size_t size)
{
	for (size_t i = 0; i < WORDS; i++)
		if (same(text, size, words[i].text))
			return 1;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (same(text, size, answers[i]))
			return 1;
	return 0;
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t run_of_name(const char *text, size_t size, size_t at)
{
	size_t end = at;

	while (end < size && (letter(text[end]) || digit(text[end])))
		end++;
	return end - at;
}

static struct token name_token(const char *text, size_t size, size_t at)
{
	struct token token = {TOKEN_NAME, at, run_of_name(text, size, at), 0, NULL};
	size_t end = at + token.size;

	for (size_t i = at; i < end; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			return (struct token){TOKEN_WRONG, at, token.size, 0,
			                      "names and words are lower case"};
	for (size_t i = 0; i < WORDS; i++)
		if (same(text + at, token.size, words[i].text))
			token.kind = words[i].kind;
	if (end + 1 < size && text[end] == '.' && letter(text[end + 1])) {
		token.kind = TOKEN_DOTTED;
		token.dot = token.size;
		token.size += 1 + run_of_name(text, size, end + 1);
	}
	return token;
}

static struct token number_token(const char *text, size_t size, size_t at)
{
	size_t end = at + (text[at] == '-' || text[at] == '+');

	while (end < size && digit(text[end]))
		end++;
	if (end + 1 < size && text[end] == '.' && digit(text[end + 1]))
		for (end++; end < size && digit(text[end]);)
			end++;
	return (struct token){TOKEN_NUMBER, at, end - at, 0, NULL};
}

struct token scap__lexer_next(const char *text, size_t size, size_t at)
{
	while (at < size && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' ||
	                     text[at] == '\r'))
		at++;
	if (at == size)
		return (struct token){TOKEN_END, at, 0, 0, NULL};
	if (letter(text[at]))
		return name_token(text, size, at);
	if (digit(text[at]) || ((text[at] == '-' || text[at] == '+') && at + 1 < size &&
	                        digit(text[at + 1])))
		return number_token(text, size, at);
	for (size_t i = 0; i < SIGNS; i++) {
		size_t length = strlen(signs[i].text);

		if (size - at >= length && !memcmp(text + at, signs[i].text, length))
			return (struct token){signs[i].kind, at, length, 0, signs[i].hint};
	}
	return (struct token){TOKEN_WRONG, at, scap__text_char_size(text + at, size - at), 0, NULL};
}
