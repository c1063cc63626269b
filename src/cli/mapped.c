/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/mapped.h"

/* ---- The map ----------------------------------------------------------------------------------- */

/* A name without folders and ending that is no file: one of the maps in the pack's data. */
static const char *find_map(const struct options *options, char path[8192])
{
	char rules[4096], data[4096];
	struct stat info;

	if (strchr(options->map, '/') || strchr(options->map, '.') || !strcmp(options->map, "-") ||
	    !stat(options->map, &info))
		return options->map;
	cli_folders(options, rules, data);
	snprintf(path, 8192, "%s/maps/%s.csv", data, options->map);
	return stat(path, &info) ? options->map : path;
}

static scap_map *parse_map(const scap_pack *pack, const char *path, const char *bytes, size_t size,
                           int *code)
{
	scap_report *report = scap_report_new();
	scap_map *map = report ? scap_map_load(pack, path, bytes, size, report) : NULL;
	size_t told = report ? scap_report_count(report) : 0;

	for (size_t i = 0; i < told; i++)
		cli_complain(scap_report_at(report, i));
	if (report && scap_report_errors(report) + scap_report_warnings(report) > told)
		fprintf(stderr, "... and %zu more\n",
		        scap_report_errors(report) + scap_report_warnings(report) - told);
	if (!map)
		*code = report ? EXIT_NO : cli_exit_of(901);
	scap_report_free(report);
	return map;
}

bool cli_map_load(const struct options *options, const scap_pack *pack, scap_map **map, int *code)
{
	char path[8192];
	const char *name;
	char *bytes = NULL;
	size_t size;
	FILE *in;

	*map = NULL;
	if (!options->map)
		return true;
	if (!strcmp(options->map, "-")) {
		fputs("scapula: --map takes a file; standard input is for the intake\n", stderr);
		*code = EXIT_USAGE;
		return false;
	}
	name = find_map(options, path);
	in = cli_open(name, code);
	if (in)
		bytes = cli_read_whole(in, name, &size, code);
	if (in)
		fclose(in);
	if (bytes)
		*map = parse_map(pack, name, bytes, size, code);
	free(bytes);
	return *map != NULL;
}

/* ---- Columns to keep ------------------------------------------------------------------------------ */

/* Takes one name off a list: up to a comma, or in quotes. Writes it, with a NUL, to *OUT. */
static const char *take_name(const char *list, char **out)
{
	bool quoted = *list == '"';

	for (list += quoted; *list && (quoted || *list != ','); list++) {
		if (quoted && *list == '"' && list[1] != '"') {
			quoted = false;
			continue;
		}
		list += quoted && *list == '"';
		*(*out)++ = *list;
	}
	*(*out)++ = '\0';
	return *list == ',' ? list + 1 : list;
}

static bool read_keep(struct mapped *mapped, const struct options *options)
{
	size_t bytes = 1, names = 1, count = 0;
	char *out;

	for (size_t i = 0; i < options->nkept; i++) {
		bytes += strlen(options->keep[i]) + 1;
		for (const char *c = options->keep[i]; *c; c++)
			names += *c == ',';
		names++;
	}
	mapped->keep = calloc(names, sizeof(*mapped->keep));
	mapped->names = out = malloc(bytes);
	if (!mapped->keep || !mapped->names)
		return false;
	for (size_t i = 0; i < options->nkept; i++)
		for (const char *list = options->keep[i]; *list;) {
			mapped->keep[count] = out;
			list = take_name(list, &out);
			count += *mapped->keep[count] != '\0';
		}
	mapped->keep[count] = NULL;
	return true;
}

/* ---- All of it ------------------------------------------------------------------------------------- */

bool cli_mapped_begin(struct mapped *mapped, const struct options *options, const scap_pack *pack,
                      int *code)
{
	if (options->nkept && !read_keep(mapped, options)) {
		*code = cli_exit_of(901);
		return false;
	}
	return cli_map_load(options, pack, &mapped->map, code);
}

void cli_mapped_end(struct mapped *mapped)
{
	scap_map_free(mapped->map);
	free(mapped->keep);
	free(mapped->names);
	free(mapped->flags);
	free(mapped->units);
	*mapped = (struct mapped){0};
}

/* Adds to a list with commas. Without memory the list stays as it is. */
static void add(char **list, const char *text, const char *more)
{
	size_t size = (*list ? strlen(*list) : 0) + strlen(text) + strlen(more) + 3;
	char *longer = malloc(size);

	if (!longer)
		return;
	snprintf(longer, size, "%s%s%s%s", *list ? *list : "", *list ? ", " : "", text, more);
	free(*list);
	*list = longer;
}

void cli_mapped_note(struct mapped *mapped, const struct scap_map_column *column)
{
	char shown[SHOWN_BYTES], unit[SHOWN_BYTES + 4] = " in ";

	if (column->question && column->question->red_flag && column->blank_no)
		add(&mapped->flags, column->question->name, "");
	if (column->question && column->unit[0]) {
		strcat(unit, cli_shown(column->unit, shown));
		add(&mapped->units, column->question->name, unit);
	}
}

void cli_mapped_tell(struct mapped *mapped, const struct scap_score_counts *counts)
{
	if (mapped->units)
		fprintf(stderr, "units, as the map has them: %s\n", mapped->units);
	if (mapped->flags)
		fprintf(stderr, "a blank counts as no for these red flags, as the map says: %s "
		                "(%llu row%s)\n", mapped->flags, counts->blank_no,
		        counts->blank_no == 1 ? "" : "s");
}
