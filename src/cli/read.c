/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "cli/cli.h"
#include "cli/input.h"

int cli_read_texts(const struct options *options)
{
	enum scap_reading format = options->json      ? SCAP_READ_JSON
	                           : options->explain ? SCAP_READ_EXPLAIN
	                                              : SCAP_READ_FACTS;
	struct scap_read_counts counts;
	unsigned result;
	int code;
	scap_pack *pack = cli_load(options, &code);
	const char *name = options->nargs ? options->args[0] : "-";
	struct input in;

	if (!pack || !cli_input_open(&in, name, &code)) {
		scap_pack_free(pack);
		return code;
	}
	if (in.fd == STDIN_FILENO && isatty(STDIN_FILENO))
		fputs("Type a text, a line each; Ctrl-D ends it.\n", stderr);
	result = scap_read(pack, format, cli_input_read, &in, cli_write, stdout, &counts);
	if (result == 902)
		fprintf(stderr, "scapula: %s: %s; what was read is above\n", in.name, in.wrong);
	if (counts.unread)
		fprintf(stderr, "scapula: %llu of %llu texts could not be read to their end; what "
		                "they do not surely say is to be asked\n",
		        counts.unread, counts.texts);
	cli_input_close(&in);
	scap_pack_free(pack);
	return cli_exit_of(result);
}
