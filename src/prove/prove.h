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

#endif
