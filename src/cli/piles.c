/* SPDX-License-Identifier: MIT */
#include "cli/piles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOLD_BYTES = 4 << 20 };

static int add_text(void *ctx, const char *bytes, size_t size)
{
	struct pile *pile = ctx;

	if (pile->size + size > pile->room) {
		size_t room = (pile->size + size) * 2;
		char *more = realloc(pile->text, room);

		if (!more)
			return 1;
		pile->text = more;
		pile->room = room;
	}
	memcpy(pile->text + pile->size, bytes, size);
	pile->size += size;
	return 0;
}

static struct pile *pile_of(struct piles *piles, long urgency)
{
	size_t i = 0;

	while (i < piles->count && piles->list[i].urgency != urgency)
		i++;
	if (i == piles->count)
		piles->list[piles->count++] = (struct pile){.urgency = urgency};
	return &piles->list[i];
}

void cli_piles_add(struct piles *piles, const struct scap_rejected *rejected)
{
	struct pile *pile = pile_of(piles, rejected->level->urgency);
	char line[512], id[81];
	int size;

	if (pile->size > TOLD_BYTES) {
		pile->left_out++;
		return;
	}
	for (size_t i = 0; i < rejected->nerrors; i++)
		scap_error_print(&rejected->errors[i], add_text, pile);
	scap_printable(rejected->id, id, sizeof(id));
	size = snprintf(line, sizeof(line), "  row '%s' is rejected; at_least %s%s%s\n", id,
	                rejected->at_least->name,
	                rejected->level == rejected->at_least ? "" : ", not ruled out: ",
	                rejected->level == rejected->at_least ? "" : rejected->level->name);
	if (add_text(pile, line, (size_t)size))
		pile->left_out++;
}

static int by_urgency(const void *a, const void *b)
{
	const struct pile *x = a, *y = b;

	return (x->urgency < y->urgency) - (x->urgency > y->urgency);
}

void cli_piles_end(struct piles *piles, bool tell, bool kept)
{
	unsigned long long left_out = 0;

	if (piles->count)
		qsort(piles->list, piles->count, sizeof(piles->list[0]), by_urgency);
	for (size_t i = 0; i < piles->count; i++) {
		if (tell)
			fwrite(piles->list[i].text, 1, piles->list[i].size, stderr);
		left_out += tell ? piles->list[i].left_out : 0;
		free(piles->list[i].text);
	}
	if (left_out)
		fprintf(stderr, "... and %llu more rejected rows%s\n", left_out,
		        kept ? "" : "; --rejects FILE keeps them all");
	piles->count = 0;
}
