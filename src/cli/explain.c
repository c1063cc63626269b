/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"
#include "cli/input.h"
#include "cli/mapped.h"

/* Says why a row can't be explained; returns the code to end with. */
static unsigned tell(const scap_report *report, const struct input *in)
{
	size_t told = scap_report_count(report), errors = scap_report_errors(report);
	unsigned code = 0;

	for (size_t i = 0; i < told; i++) {
		const struct scap_error *error = scap_report_at(report, i);

		cli_input_complain(in, error);
		if (error->code > code)
			code = error->code;
	}
	if (errors > told)
		fprintf(stderr, "... and %zu more\n", errors - told);
	return told ? code : 901;
}

struct story {
	const char *id, *file;
	bool headed;
};

/* The heading waits for the story: there may be none. */
static int write_story(void *ctx, const char *bytes, size_t size)
{
	struct story *story = ctx;
	char shown[2][SHOWN_BYTES];

	if (!story->headed)
		printf("row %s of %s\n\n", cli_shown(story->id, shown[0]),
		       cli_shown(story->file, shown[1]));
	story->headed = true;
	return cli_write(stdout, bytes, size);
}

static unsigned explain(const scap_answers *answers, const struct options *options,
                        const char *file)
{
	scap_decision *decision = scap_decide(answers);
	struct story story = {options->args[1], file, options->json};
	struct scap_error error = {0};
	unsigned result;

	if (!decision)
		return 901;
	result = scap_explain(decision, options->rule, options->json ? SCAP_JSON : SCAP_TEXT,
	                      write_story, &story, &error);
	if (error.code)
		cli_complain(&error);
	scap_decision_free(decision);
	return result;
}

static int find(const scap_pack *pack, const struct options *options, const scap_map *map,
                struct input *in)
{
	struct scap_score_options how = {.file = in->name,
	                                 .ignore = (const char *const *)options->ignore,
	                                 .map = map, .id = options->id};
	scap_report *report = scap_report_new();
	scap_answers *answers;
	unsigned result;

	if (!report)
		return cli_exit_of(901);
	answers = scap_answers_read(pack, options->args[1], &how, cli_input_read, in, report);
	result = answers ? explain(answers, options, in->name) : tell(report, in);
	scap_answers_free(answers);
	scap_report_free(report);
	return cli_exit_of(result);
}

int cli_explain(const struct options *options)
{
	int code;
	scap_pack *pack = cli_load(options, &code);
	scap_map *map = NULL;
	struct input in;

	if (!pack)
		return code;
	if (cli_map_load(options, pack, &map, &code) &&
	    cli_input_open(&in, options->args[0], &code)) {
		code = find(pack, options, map, &in);
		if (code == EXIT_DONE && !options->json)
			cli_say_proved(options, pack);
		cli_input_close(&in);
	}
	scap_map_free(map);
	scap_pack_free(pack);
	return code;
}
