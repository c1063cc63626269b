/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "cli/cli.h"

int cli_read_texts(const struct options *options)
{
	enum scap_reading format = options->json      ? SCAP_READ_JSON
	                           : options->explain ? SCAP_READ_EXPLAIN
	                                              : SCAP_READ_FACTS;
	struct scap_read_counts counts;
	unsigned result;
	int code;
	scap_pack *pack = cli_load(options, &code);
	FILE *file = pack ? cli_open(options->nargs ? options->args[0] : "-", &code) : NULL;

	if (!file) {
		scap_pack_free(pack);
		return code;
	}
	if (file == stdin && isatty(STDIN_FILENO))
		fputs("Type a text, a line each; Ctrl-D ends it.\n", stderr);
	result = scap_read(pack, format, cli_read, file, cli_write, stdout, &counts);
	if (result == 902)
		fputs("scapula: reading failed before the end; what was read is above\n", stderr);
	if (counts.unread)
		fprintf(stderr, "scapula: %llu of %llu texts could not be read to their end; what "
		                "they do not surely say is to be asked\n",
		        counts.unread, counts.texts);
	if (file != stdin)
		fclose(file);
	scap_pack_free(pack);
	return cli_exit_of(result);
}
