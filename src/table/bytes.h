/* SPDX-License-Identifier: MIT
 *
 * What a file's bytes are before anyone looks for commas: is it UTF-8 text, is
 * there a byte order mark, which separator does its header use.
 */
#ifndef SCAP_TABLE_BYTES_H
#define SCAP_TABLE_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/report.h"

/* Bytes of a UTF-8 byte order mark at the start: 3 or 0. */
size_t scap__bytes_mark(const char *bytes, size_t size);

/* True (and reported) if the bytes are UTF-16 or another coding that no
 * separator can be found in. */
bool scap__bytes_foreign(struct scap_report *report, const struct source *source);

/* Bytes of a first line that names the separator as spreadsheets do, `sep=;`, with its
 * line end; *SEPARATOR is `,`, `;` or TAB. 0: there is no such line. */
size_t scap__bytes_told_separator(const char *bytes, size_t size, char *separator);

/* The separator of the header line: `,` or `;`, whichever stands there more often
 * outside quotes. TAB means a tab-separated file. */
char scap__bytes_separator(const char *bytes, size_t size);

/* The code for the first thing that must not stand in a cell (invalid UTF-8,
 * NUL, a control other than tab and line ends, U+0080 to U+009F among them), or 0. *AT is where. */
enum code scap__bytes_fault(const char *bytes, size_t size, size_t *at);

/* Overwrites all such things, each by one character, so that places stay true. */
void scap__bytes_mend(char *bytes, size_t size);

/* Describes that fault, for an error message. OUT holds 96 bytes. */
void scap__bytes_describe(enum code code, const char *at, char out[96]);

#endif
