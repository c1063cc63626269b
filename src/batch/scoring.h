/* SPDX-License-Identifier: MIT
 *
 * Who judges chunks: rows gather in a block, the block is judged at once, and each
 * row's text is looked up by its verdict. Memory does not grow with the input.
 */
#ifndef SCAP_BATCH_SCORING_H
#define SCAP_BATCH_SCORING_H

#include "batch/cache.h"
#include "batch/chunk.h"
#include "batch/reader.h"
#include "batch/seen.h"
#include "batch/tally.h"
#include "routine/session.h"
#include "words/hearing.h"

/* What is told of a rejected row when its block is judged. */
struct reject {
	unsigned lane;
	unsigned kept_forced, kept_level; /* that a rejects file gives it: index and 1 */
	size_t nerrors;
	struct scap_error errors[FAULTS_TOLD];
	char *row;
	size_t size;
};

/* Where a row's texts are looked for. */
struct homes {
	struct slot *head, *routine, *excluded;
};

/* So many rows before a text is wanted it is sent for. */
enum { AHEAD = 6 };

struct scoring {
	struct reader reader;
	const struct scap_score_options *options;
	struct chunk *chunk; /* at hand */
	unsigned row;        /* rows of it before the block */
	struct judge *judge;
	struct selection *selection;
	struct session *session;
	struct cache *heads, *routines, *excluded;
	struct buffer out, spare;
	struct seen *seen; /* where ids that stand twice are told; else NULL */
	uint64_t *head, *tail; /* of each lane */
	struct homes homes[BLOCK_LANES + AHEAD];
	size_t id_at[BLOCK_LANES + 1];
	unsigned lines[BLOCK_LANES]; /* of rows that may be in conflict, else 0 */
	uint64_t *suspects; /* of each word of what is said: a yes that may not apply */
	unsigned *applies;  /* of each such bit: the node that says whether it does */
	struct hearing *hearing; /* of texts; NULL where the pack has no lexicon */
	struct buffer evidence;  /* cells of the block's rows, one behind the other */
	size_t evidence_at[BLOCK_LANES + 1];
	struct buffer along;     /* cells to keep of the block's rows, as they are written */
	size_t along_at[BLOCK_LANES + 1];
	struct plane disagree;   /* lanes whose words say what an answer denies */
	uint64_t *kept;          /* what was said, while red flags are denied for a moment */
	struct plane judged; /* lanes of the block with a decision */
	struct reject *rejects;
	size_t nrejects, held;
	struct plane *denied; /* levels as they were with absent red flags denied */
	struct tally *tally; /* NULL: nobody wants to see it */
	enum code failed;
};

/* One who judges chunks of the input whose header HEAD has read; its caches hold NPAIRS
 * pairs of texts, a power of 2. NULL when memory is out. */
struct scoring *scap__scoring_new(const struct reader *head,
                                  const struct scap_score_options *options, size_t npairs);
void scap__scoring_free(struct scoring *scoring);

/* Judges the rows of a chunk. */
void scap__scoring_run(struct scoring *scoring, struct chunk *chunk);

/* How large the caches and the chunks are to be; and how often a text had to be written
 * because it was not in a cache. */
struct scoring_use {
	size_t npairs, chunk_bytes;
	unsigned long long heads, routines, excluded;
};

/* Adds how often SCORING wrote texts. */
void scap__scoring_use(const struct scoring *scoring, struct scoring_use *use);

/* scap_score with a word on these; what is 0 is as usual. */
enum code scap__score(const scap_pack *pack, const struct scap_score_options *options,
                      scap_read_fn *read, void *read_ctx, scap_write_fn *write, void *write_ctx,
                      struct scap_score_counts *counts, struct scoring_use *use);

/* The id of a row of the block. */
void scap__lane_id(const struct scoring *scoring, unsigned lane, const char **id, size_t *size);

/* ---- Rows out ---- */

/* Finds where the texts of all rows of the block are to be looked for, and has that
 * memory come nearer. */
void scap__find_homes(struct scoring *scoring);

/* Writes a judged row, or hands it to the worklist. */
void scap__write_row(struct scoring *scoring, unsigned lane);

/* ---- Cells to keep ---- */

/* Writes the names of the columns to keep behind those of the result. */
void scap__keep_header(const char *const *keep, struct buffer *header);

/* Takes over the cells to keep of the row being read; blank ones where it is not sure
 * which cell is whose. */
void scap__keep_row(struct scoring *scoring, bool broken);

/* Puts them behind a row of the block that is written already. */
void scap__add_kept(struct scoring *scoring, unsigned lane);

/* ---- Rejected rows ---- */

/* Keeps what is to be told of the row being read. */
void scap__hold_reject(struct scoring *scoring, const struct scap_error *broken);

/* Tells the rejects of the block, with the level that each is at least at. */
void scap__tell_rejects(struct scoring *scoring);

/* ---- Warnings about rows ---- */

/* Notes which lanes get a decision, and counts them by level. */
void scap__count_rows(struct scoring *scoring);

void scap__tell_conflicts(struct scoring *scoring);

/* Enters the id of the row being read, and warns when it stood before. */
void scap__note_id(struct scoring *scoring, const char *id, size_t size);

/* Which answers may be in conflict; false: memory is out. */
bool scap__find_suspects(struct scoring *scoring);

/* Keeps the line of the row being read, if it may be in conflict. */
void scap__note_line(struct scoring *scoring);

/* Takes over what the texts of the row being read say, and tells where they and the
 * answers disagree. */
void scap__hear_row(struct scoring *scoring, const char *id, size_t size);

/* Counts the row being read if it is one of blank cells; it has no id. */
void scap__count_blank(struct scoring *scoring);

/* Warns of what is told once for all rows. */
void scap__tell_absent(const struct scap_score_options *options, const struct reader *head,
                       unsigned long long rows);
void scap__tell_blanks(const struct scap_score_options *options, const struct blanks *blanks);

/* How many rows have their level raised only because red flags have no column:
 * judges the block once as if those were denied, and later compares. */
void scap__keep_denied(struct scoring *scoring);
void scap__count_raised(struct scoring *scoring);

#endif
