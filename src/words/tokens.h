/* SPDX-License-Identifier: MIT
 *
 * Numbers for words with what stands behind them up to the next word. Texts may all
 * differ, and yet be made of the same few thousand of these.
 *
 * Belongs to one thread.
 */
#ifndef SCAP_WORDS_TOKENS_H
#define SCAP_WORDS_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOKENS_MAX = 1 << 15, TOKEN_BYTES = 28 };

/* Of what is too long to be kept. */
enum { NO_TOKEN = 0 };

struct tokens;

/* NULL when memory is out. */
struct tokens *scap__tokens_new(void);
void scap__tokens_free(struct tokens *tokens);

/* The number of a token, from 1; the same for the same bytes until all are forgotten.
 * There must be room. */
uint32_t scap__token_number(struct tokens *tokens, const char *bytes, size_t size);

/* False where not even COUNT more have room. */
bool scap__tokens_room(const struct tokens *tokens, size_t count);
void scap__tokens_forget(struct tokens *tokens);

#endif
