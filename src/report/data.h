/* SPDX-License-Identifier: MIT
 *
 * Decisions, screens and stories as JSON values (doc/json.md). Every function
 * returns a new value, or NULL when memory is out.
 */
#ifndef SCAP_REPORT_DATA_H
#define SCAP_REPORT_DATA_H

#include <jansson.h>

#include "routine/decision.h"

json_t *scap__data_decision(const scap_decision *decision);
json_t *scap__data_screen(const scap_pack *pack, const struct scap_screen *screen);
json_t *scap__data_question(const struct scap_question *question);
json_t *scap__data_pack(const scap_pack *pack);
json_t *scap__data_rule(const struct rulebase *base, const struct rule *rule);
json_t *scap__data_level(const struct scap_level *level);
json_t *scap__data_sources(const struct rulebase *base, const struct citation *cited);
json_t *scap__data_steps(const struct exercise *exercise);

/* QUESTION: which it is about; "" for none. */
json_t *scap__data_error(const struct scap_error *error, const char *question);

/* Adds a value to an object or list and gives it away. False, with the value
 * freed, when either is NULL or memory is out. */
bool scap__data_set(json_t *object, const char *key, json_t *value);
bool scap__data_add(json_t *list, json_t *value);

/* Returns the value if all went well, else frees it. */
json_t *scap__data_whole(json_t *value, bool ok);

/* A string. NULL also for what is not UTF-8. */
json_t *scap__data_text(const char *text);

/* Writes a value and frees it. 0, or a SCAP code (also for NULL). */
unsigned scap__data_send(json_t *value, scap_write_fn *write, void *ctx);

#endif
