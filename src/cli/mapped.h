/* SPDX-License-Identifier: MIT
 *
 * Exports of other systems: the map, the columns to keep, and what is told of them.
 */
#ifndef SCAP_CLI_MAPPED_H
#define SCAP_CLI_MAPPED_H

#include "cli/cli.h"

struct mapped {
	scap_map *map;         /* NULL: none was asked for */
	const char **keep;     /* the columns, ended by NULL; NULL: none */
	char *names;           /* their names, one behind the other */
	char *flags, *units;   /* what is to be told of the columns that are there */
};

/* Loads the map that the options ask for, if any: a file, or the name of one in the
 * folder maps of the pack's data. False after saying why. */
bool cli_map_load(const struct options *options, const scap_pack *pack, scap_map **map, int *code);

/* All of it. False after saying why; end it in any case. */
bool cli_mapped_begin(struct mapped *mapped, const struct options *options, const scap_pack *pack,
                      int *code);
void cli_mapped_end(struct mapped *mapped);

/* Notes a column that is in the input. */
void cli_mapped_note(struct mapped *mapped, const struct scap_map_column *column);

/* Says what was taken for granted: blanks that count as no for red flags, and units. */
void cli_mapped_tell(struct mapped *mapped, const struct scap_score_counts *counts);

#endif
