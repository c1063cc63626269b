/* SPDX-License-Identifier: MIT
 *
 * What one answer says. The same reading serves the interview, intake files and
 * JSON: same answers, same decision.
 */
#ifndef SCAP_ENGINE_VALUE_H
#define SCAP_ENGINE_VALUE_H

#include "base/report.h"
#include "rulebase/rulebase.h"

enum value_state {
	VALUE_NONE,     /* not answered */
	VALUE_NOT_SURE, /* asked, and the person does not know */
	VALUE_GIVEN,
};

struct value {
	enum value_state state;
	int64_t number;   /* millionths; yes/no: 1 or 0 */
	uint64_t choices; /* bit of each choice taken */
	uint64_t unsure;  /* of a select_multiple: choices of which nothing is known */
};

/* Reads an answer as an intake cell has it (doc/engine.md). 0, or the code of
 * the mistake; then *VALUE is VALUE_NONE. */
enum code scap__value_read(const struct question *question, const char *text, size_t size,
                           struct value *value);

/* Reads the words for yes and no: 1, 0; -1 for unknown; -2 for anything else. */
int scap__value_yes_no(const char *text, size_t size);

/* Says what is wrong with an answer that scap__value_read refused. */
void scap__value_complain(struct scap_error *error, enum code code,
                          const struct question *question, const char *text, size_t size,
                          struct place place);

#endif
