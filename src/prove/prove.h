/* SPDX-License-Identifier: MIT
 *
 * Proofs over all possible answers: what the commands see of this room. Memory that is
 * out ends the program with 74.
 */
#ifndef SCAP_PROVE_PROVE_H
#define SCAP_PROVE_PROVE_H

#include "scapula.h"

struct proving;

struct prove_request {
	const char *file;  /* what errors call the hazards */
	const char *bytes; /* the hazards (doc/pack.md) */
	size_t size;
	unsigned long long people, seed; /* random people whom the engine judges as well */
};

enum prove_form {
	PROVE_TEXT,
	PROVE_JSON,
	PROVE_EXAMPLES, /* those who stand against it, as an intake file */
	PROVE_STAMP,    /* that all of it holds; nothing where it does not, where there are
	                 * no hazards, or where under 1000 people were judged */
};

/* Proves what it can. NULL with mistakes of the hazards in REPORT. The pack keeps
 * conditions of the hazards, and must outlive it. */
struct proving *prove_run(scap_pack *pack, const struct prove_request *request,
                          scap_report *report);
void prove_free(struct proving *proving);

/* True when all is proved, and the engine does as the proof has it. */
int prove_holds(const struct proving *proving);

/* How many stand against it. */
size_t prove_examples(const struct proving *proving);

/* Writes what came of it. 0, or a SCAP code. */
unsigned prove_write(const struct proving *proving, enum prove_form form, scap_write_fn *write,
                     void *ctx);

/* True when the stamp in a file says that this very program proved this pack against the
 * hazards in a file. */
int prove_stamped(const char *stamp, const scap_pack *pack, const char *hazards);

/* Writes a certificate into a folder that is not there yet (WRITE), or checks one without the
 * solver. *CLAIMS: how many were written, or have a sound reason. WRONG: what is wrong, "" if
 * nothing. 0, or a SCAP code. */
unsigned prove_certificate(const struct proving *proving, const char *folder, int write,
                           size_t *claims, char wrong[256]);

/* ---- Mistakes on purpose ------------------------------------------------------------ */

struct prove_mutation {
	const char *rules, *data;          /* the folders of the pack */
	const char *hazards, *cases;       /* bytes of hazards.csv and cases.csv */
	size_t hazards_size, cases_size;
	size_t every;                      /* 1: every mistake; N: every Nth */
	int (*progress)(size_t done, size_t all); /* may be NULL; not 0: stop */
};

/* Makes small mistakes in the pack, one after the other, and writes who notices: hazards,
 * cases, nobody (doc/engine.md). *LEFT: how many nobody notices. 0, or a SCAP code. */
unsigned prove_mistakes(const scap_pack *pack, const struct prove_mutation *request,
                        scap_write_fn *write, void *ctx, size_t *left);

/* ---- Two packs ---------------------------------------------------------------------- */

struct differing;

/* Works out what changes for whom; both packs must outlive it. */
struct differing *prove_diff(const scap_pack *before, const scap_pack *after);
void prove_diff_free(struct differing *differing);

/* Judges an intake file by both packs, which reads it twice. 0, or a SCAP code. */
unsigned prove_diff_intake(struct differing *differing, const char *file, scap_read_fn *read,
                           void *first_ctx, void *second_ctx);

/* True when nobody gets a lower level, or an exercise that was left out. */
int prove_diff_safe(const struct differing *differing);

unsigned prove_diff_write(const struct differing *differing, enum prove_form form,
                          scap_write_fn *write, void *ctx);

#endif
