/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"
#include "cli/output.h"

static int write_out(void *ctx, const char *bytes, size_t size)
{
	struct output *output = ctx;

	if (!cli_write(output->file, bytes, size))
		return 0;
	cli_output_failed(output);
	return 1;
}

int cli_template(const struct options *options)
{
	struct output output = {0};
	unsigned result = 903;
	int code;
	scap_pack *pack = cli_load(options, &code);

	if (!pack)
		return code;
	if (cli_output_open(&output, options->output)) {
		result = scap_template(pack, options->legend, write_out, &output);
		if (!cli_output_store(&output) && !result)
			result = 903;
		if (!cli_output_close(&output, !result) && !result)
			result = 903;
	}
	scap_pack_free(pack);
	return cli_exit_of(result);
}
