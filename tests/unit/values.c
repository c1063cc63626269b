/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "base/number.h"

static size_t put(char values[UNIT_VALUES][64], size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(values[i], text))
			return count;
	if (count == UNIT_VALUES)
		return count;
	snprintf(values[count], 64, "%s", text);
	return count + 1;
}

static size_t put_number(const struct question *question, char values[UNIT_VALUES][64],
                         size_t count, int64_t number)
{
	char text[24];

	if (number < question->low || number > question->high)
		return count;
	scap__number_write(number, text);
	return put(values, count, text);
}

static size_t numbers(const scap_pack *pack, unsigned index, char values[UNIT_VALUES][64])
{
	const struct question *question = &pack->base->questions[index];
	const struct network *net = pack->net;
	size_t count = put_number(question, values, 0, question->low);

	count = put_number(question, values, count, question->high);
	for (unsigned i = net->first_answer[index]; i < net->first_answer[index + 1]; i++)
		for (int step = -1; step <= 1; step++) {
			count = put_number(question, values, count,
			                   net->tests[i].low + step * NUMBER_ONE);
			count = put_number(question, values, count,
			                   net->tests[i].high + step * NUMBER_ONE);
		}
	return count;
}

size_t unit_values(const scap_pack *pack, unsigned index, char values[UNIT_VALUES][64])
{
	const struct scap_question *question = &pack->base->questions[index].shown;
	size_t count = 0;

	switch (question->type) {
	case SCAP_YES_NO:
		return put(values, put(values, 0, "yes"), "no");
	case SCAP_INTEGER:
	case SCAP_DECIMAL:
		return numbers(pack, index, values);
	case SCAP_FREE_TEXT:
		return 0;
	default:
		if (question->type == SCAP_SELECT_MULTIPLE)
			count = put(values, count, "none");
		for (size_t i = 0; i < question->nchoices; i++)
			count = put(values, count, question->choices[i].name);
		return count;
	}
}
