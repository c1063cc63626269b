/* SPDX-License-Identifier: MIT
 *
 * The words of a condition.
 */
#ifndef SCAP_RULEBASE_LEXER_H
#define SCAP_RULEBASE_LEXER_H

#include <stddef.h>

enum token_kind {
	TOKEN_END,
	TOKEN_NAME,   /* age */
	TOKEN_DOTTED, /* equipment.mat */
	TOKEN_NUMBER,
	TOKEN_RANGE,  /* .. */
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_BRACE_OPEN,
	TOKEN_BRACE_CLOSE,
	TOKEN_COMMA,
	TOKEN_EQ,
	TOKEN_NE,
	TOKEN_LT,
	TOKEN_LE,
	TOKEN_GT,
	TOKEN_GE,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_AT,
	TOKEN_LEAST,
	TOKEN_OF,
	TOKEN_IN,
	TOKEN_ALWAYS,
	TOKEN_WRONG, /* `hint` says what was meant */
};

struct token {
	enum token_kind kind;
	size_t at, size;  /* within the text */
	size_t dot;       /* TOKEN_DOTTED: where the dot stands, from `at` */
	const char *hint; /* TOKEN_WRONG: may be NULL */
};

/* The token that starts at or after byte AT of a text. */
struct token scap__lexer_next(const char *text, size_t size, size_t at);

/* True for a word that has a meaning of its own, so can't be a name. */
int scap__lexer_reserved(const char *text, size_t size);

#endif
