/* SPDX-License-Identifier: MIT
 *
 * Lists that grow up to a limit.
 */
#ifndef SCAP_WORDS_ROOM_H
#define SCAP_WORDS_ROOM_H

#include <stdbool.h>
#include <stdlib.h>

/* Makes room for LEAST items of SIZE bytes in *(void **)LIST, which has *ROOM. False, with
 * all as it was, where memory is out or more than MOST would be needed. */
static inline bool scap__make_room(void *list, size_t *room, size_t size, size_t least, size_t most)
{
	void **items = list, *moved;
	size_t more = *room ? *room : 64;

	if (least <= *room)
		return true;
	while (more < least)
		more *= 2;
	moved = more <= most ? realloc(*items, more * size) : NULL;
	if (!moved)
		return false;
	*items = moved;
	*room = more;
	return true;
}

#endif
