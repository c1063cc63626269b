/* SPDX-License-Identifier: MIT
 *
 * Numbers as exact millionths: an answer and a threshold compare the same on
 * every machine.
 */
#ifndef SCAP_BASE_NUMBER_H
#define SCAP_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NUMBER_ONE INT64_C(1000000)

enum number_fault {
	NUMBER_OK,
	NUMBER_NONE,    /* not a number at all */
	NUMBER_COMMA,   /* a decimal comma */
	NUMBER_DATE,    /* looks like a date */
	NUMBER_DIGITS,  /* more than nine digits, or than six decimals */
};

/* Reads `-12.5`; nothing may follow. */
enum number_fault scap__number_read(const char *text, size_t size, int64_t *value);

/* True for a whole number. */
bool scap__number_whole(int64_t value);

/* Writes it without needless zeros; OUT holds 24 bytes. */
void scap__number_write(int64_t value, char out[24]);

#endif
