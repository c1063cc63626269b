/* SPDX-License-Identifier: MIT
 *
 * caches RULES DATA FILE [PAIRS]: scores a file as `scapula score` does, with caches
 * of so many pairs of slots (1: as good as none), throws the rows away and says how
 * often a text was found that had been written before.
 */
#include <stdio.h>
#include <stdlib.h>

#include "batch/scoring.h"

static long read_file(void *ctx, char *bytes, size_t size)
{
	size_t got = fread(bytes, 1, size, ctx);

	return got || !ferror((FILE *)ctx) ? (long)got : -1;
}

static int write_nothing(void *ctx, const char *bytes, size_t size)
{
	(void)ctx;
	(void)bytes;
	(void)size;
	return 0;
}

static double found(unsigned long long written, unsigned long long rows)
{
	return rows ? 100 - 100 * (double)written / (double)rows : 0;
}

int main(int argc, char **argv)
{
	struct scoring_use use = {.npairs = argc > 4 ? strtoul(argv[4], NULL, 10) : 0};
	scap_report *report = scap_report_new();
	scap_pack *pack = argc > 3 ? scap_pack_load(argv[1], argv[2], report) : NULL;
	FILE *in = pack ? fopen(argv[3], "rb") : NULL;
	struct scap_score_options options = {.file = argc > 3 ? argv[3] : ""};
	struct scap_score_counts counts;

	if (!in || scap__score(pack, &options, read_file, in, write_nothing, NULL, &counts, &use)) {
		fputs("usage: caches RULES DATA FILE [PAIRS], with a pack that loads\n", stderr);
		return 2;
	}
	printf("texts found in the caches, of %llu rows: level to missing %.1f %%, "
	       "routine %.1f %%, excluded %.1f %%\n",
	       counts.rows, found(use.heads, counts.scored), found(use.routines, counts.scored),
	       found(use.excluded, counts.scored));
	fclose(in);
	scap_pack_free(pack);
	scap_report_free(report);
	return 0;
}
