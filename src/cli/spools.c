/* SPDX-License-Identifier: MIT */
#include "cli/spools.h"

#include <errno.h>

void cli_spools_failed(struct spools *spools)
{
	if (!spools->reason)
		spools->reason = errno ? errno : EIO;
}

FILE *cli_spool(struct spools *spools, long urgency)
{
	size_t i = 0;

	while (i < spools->count && spools->list[i].urgency != urgency)
		i++;
	if (i == spools->count) {
		spools->list[i] = (struct spool){urgency, tmpfile()};
		if (!spools->list[i].file)
			cli_spools_failed(spools);
		spools->count++;
	}
	return spools->list[i].file;
}

/* rewind() would forget what it could not write, so that is written before. */
static void copy(struct spools *spools, FILE *file, scap_write_fn *write, void *ctx)
{
	char bytes[65536];
	size_t got;

	if (fflush(file))
		cli_spools_failed(spools);
	rewind(file);
	while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0)
		if (write(ctx, bytes, got))
			break;
	if (ferror(file))
		cli_spools_failed(spools);
	fclose(file);
}

void cli_spools_end(struct spools *spools, scap_write_fn *write, void *ctx)
{
	for (;;) {
		struct spool *best = NULL;

		for (size_t i = 0; i < spools->count; i++)
			if (spools->list[i].file && (!best || spools->list[i].urgency > best->urgency))
				best = &spools->list[i];
		if (!best)
			return;
		copy(spools, best->file, write, ctx);
		best->file = NULL;
	}
}
