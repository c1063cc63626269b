/* SPDX-License-Identifier: MIT
 *
 * JSON calls by hand: json_call RULES DATA <request >answer, or with --lines behind
 * them a request on each line, answered one after the other. For the tests of what
 * scap_json says; it knows scapula.h only.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scapula.h"

static int to_stream(void *stream, const char *bytes, size_t size)
{
	return fwrite(bytes, 1, size, stream) != size;
}

/* All of stdin; NULL when memory is out or reading fails. */
static char *read_all(size_t *size)
{
	char *text = NULL;
	size_t got;

	*size = 0;
	do {
		char *more = realloc(text, *size + 65536);

		if (!more)
			break;
		text = more;
		got = fread(text + *size, 1, 65536, stdin);
		*size += got;
		if (!got && !ferror(stdin))
			return text;
	} while (got);
	free(text);
	return NULL;
}

static scap_pack *load(const char *rules, const char *data)
{
	scap_report *report = scap_report_new();
	scap_pack *pack = report ? scap_pack_load(rules, data, report) : NULL;

	for (size_t i = 0; report && i < scap_report_count(report); i++)
		scap_error_print(scap_report_at(report, i), to_stream, stderr);
	scap_report_free(report);
	return pack;
}

static unsigned answer(const scap_pack *pack, const char *request, size_t size)
{
	unsigned code = scap_json(pack, request, size, to_stream, stdout);

	if (code)
		fprintf(stderr, "json_call: no answer [SCAP%u]\n", code);
	return code;
}

static unsigned answer_lines(const scap_pack *pack, const char *request, size_t size)
{
	const char *end = request + size;
	unsigned code = 0;

	while (!code && request < end) {
		const char *line = memchr(request, '\n', (size_t)(end - request));

		line = line ? line : end;
		code = answer(pack, request, (size_t)(line - request));
		request = line + 1;
	}
	return code;
}

int main(int argc, char **argv)
{
	int lines = argc == 4 && !strcmp(argv[3], "--lines");
	scap_pack *pack = argc == 3 || lines ? load(argv[1], argv[2]) : NULL;
	unsigned code = 1;
	size_t size = 0;
	char *request;

	if (!pack) {
		fputs("usage: json_call RULES DATA [--lines] <request, with a pack that loads\n",
		      stderr);
		return 2;
	}
	if (!lines) /* what can't be written is told by the call itself */
		setvbuf(stdout, NULL, _IONBF, 0);
	request = read_all(&size);
	if (request)
		code = lines ? answer_lines(pack, request, size) : answer(pack, request, size);
	free(request);
	scap_pack_free(pack);
	return code || fflush(stdout);
}
