/* SPDX-License-Identifier: MIT
 *
 * Files whose name says that they are compressed: .gz (zlib) and .zst (libzstd).
 * Both libraries are optional; without one, such a name is refused.
 */
#ifndef SCAP_CLI_PACKING_H
#define SCAP_CLI_PACKING_H

#include <stdbool.h>
#include <stdio.h>

enum packing { PACKED_NOT, PACKED_GZ, PACKED_ZST };

/* How a file of this name is compressed; `-` is not. */
enum packing cli_packing_of(const char *name);

/* What a build lacks for it, as words for a person; NULL if it has it. */
const char *cli_packing_lacks(enum packing packing);

/* ---- Out of a compressed file ---- */

struct inflate;

/* NULL when memory is out. */
struct inflate *cli_inflate_new(enum packing packing);
void cli_inflate_free(struct inflate *inflate);

/* Takes compressed bytes from *FROM, of which there are *LEFT, and moves both on.
 * Returns how many plain bytes stand in OUT; 0: it wants more; -1: *WRONG says why not. */
long cli_inflate(struct inflate *inflate, const unsigned char **from, size_t *left, char *out,
                 size_t room, const char **wrong);

/* True if the file may end here: behind a whole member, and nothing is missing. */
bool cli_inflate_whole(const struct inflate *inflate);

/* ---- Into one ---- */

struct deflate;

/* Compresses into a descriptor, which stays the caller's. NULL when memory is out. */
struct deflate *cli_deflate_new(enum packing packing, int fd);

/* A file whose bytes go there; closing it does not finish. NULL when memory is out. */
FILE *cli_deflate_file(struct deflate *deflate);

/* Ends the compressed data, once. False when they can't be written: see errno. */
bool cli_deflate_finish(struct deflate *deflate);
void cli_deflate_free(struct deflate *deflate);

#endif
