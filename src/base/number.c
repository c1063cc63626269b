/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WHOLE_DIGITS = 9, DECIMALS = 6 };

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Names what stands where a number should: the usual slips of spreadsheets. */
static enum number_fault fault_of(const char *text, size_t size)
{
	size_t digits = 0, commas = 0, dashes = 0, others = 0;

	for (size_t i = 0; i < size; i++) {
		if (digit(text[i]))
			digits++;
		else if (text[i] == ',')
			commas++;
		else if (text[i] == '/' || (text[i] == '-' && i) || (text[i] == '.' && i))
			dashes++;
		else if (!(i == 0 && (text[i] == '-' || text[i] == '+')))
			others++;
	}
	if (digits && commas == 1 && !dashes && !others)
		return NUMBER_COMMA;
	if (digits >= 3 && dashes == 2 && !commas && !others)
		return NUMBER_DATE;
	return NUMBER_NONE;
}

enum number_fault scap__number_read(const char *text, size_t size, int64_t *value)
{
	size_t i = 0, start, whole, decimals = 0;
	int64_t sum = 0;

	if (size && (text[0] == '-' || text[0] == '+'))
		i++;
	for (start = i; i < size && digit(text[i]) && i - start <= WHOLE_DIGITS; i++)
		sum = sum * 10 + (text[i] - '0');
	whole = i - start;
	if (whole && i + 1 < size && text[i] == '.')
		for (i++; i < size && digit(text[i]) && decimals <= DECIMALS; i++, decimals++)
			sum = sum * 10 + (text[i] - '0');
	if (whole > WHOLE_DIGITS || decimals > DECIMALS)
		return NUMBER_DIGITS;
	if (!whole || i < size)
		return fault_of(text, size);
	for (; decimals < DECIMALS; decimals++)
		sum *= 10;
	*value = text[0] == '-' ? -sum : sum;
	return NUMBER_OK;
}

bool scap__number_whole(int64_t value)
{
	return value % NUMBER_ONE == 0;
}

void scap__number_write(int64_t value, char out[24])
{
	int64_t size = value < 0 ? -value : value;
	size_t end;

	end = (size_t)snprintf(out, 24, "%s%" PRId64 ".%06" PRId64, value < 0 ? "-" : "",
	                       size / NUMBER_ONE, size % NUMBER_ONE);
	while (out[end - 1] == '0')
		end--;
	if (out[end - 1] == '.')
		end--;
	out[end] = '\0';
}
