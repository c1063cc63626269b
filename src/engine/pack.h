/* SPDX-License-Identifier: MIT
 *
 * A loaded pack: what scapula.h calls scap_pack.
 */
#ifndef SCAP_ENGINE_PACK_H
#define SCAP_ENGINE_PACK_H

#include "engine/verdict.h"
#include "words/lexicon.h"

struct scap_pack {
	struct rulebase *base; /* owns the memory of all */
	struct network *net;
	struct layout *layout;
	struct lexicon *lexicon; /* how people say things; may be empty */
	struct scap_pack_info info;
};

/* The question of a name, or NULL. */
const struct question *scap__pack_question(const scap_pack *pack, const char *name);

#endif
