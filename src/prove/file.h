/* SPDX-License-Identifier: MIT
 *
 * Files as a whole.
 */
#ifndef SCAP_PROVE_FILE_H
#define SCAP_PROVE_FILE_H

#include <stddef.h>

/* All bytes of a file, a NUL behind them; NULL where it can't be read, is no ordinary file or
 * over 64 MiB. The caller frees it. */
char *prove_read_file(const char *path, size_t *size);

#endif
