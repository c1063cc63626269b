/* SPDX-License-Identifier: MIT */
#include "words/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { SLOTS = 2 * TOKENS_MAX };

struct slot {
	uint32_t number; /* 0: free */
	uint8_t size;
	char bytes[TOKEN_BYTES - 1];
};

struct tokens {
	struct slot slots[SLOTS]; /* open addressing */
	uint32_t count;
};

struct tokens *scap__tokens_new(void)
{
	return calloc(1, sizeof(struct tokens));
}

void scap__tokens_free(struct tokens *tokens)
{
	free(tokens);
}

uint32_t scap__token_number(struct tokens *tokens, const char *bytes, size_t size)
{
	struct slot *slot;
	size_t at;

	if (size > sizeof(slot->bytes))
		return NO_TOKEN;
	at = scap__text_hash(bytes, size) >> 20 & (SLOTS - 1);
	for (slot = &tokens->slots[at]; slot->number; slot = &tokens->slots[at]) {
		if (slot->size == size && !memcmp(slot->bytes, bytes, size))
			return slot->number;
		at = (at + 1) & (SLOTS - 1);
	}
	slot->number = ++tokens->count;
	slot->size = (uint8_t)size;
	memcpy(slot->bytes, bytes, size);
	return slot->number;
}

bool scap__tokens_room(const struct tokens *tokens, size_t count)
{
	return tokens->count + count <= TOKENS_MAX;
}

void scap__tokens_forget(struct tokens *tokens)
{
	if (tokens->count)
		memset(tokens, 0, sizeof(*tokens));
}
