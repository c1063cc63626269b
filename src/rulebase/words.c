/* SPDX-License-Identifier: MIT
 *
 * The words for kinds and types, as the tables have them.
 */
#include "rulebase/rulebase.h"

const char *scap__rule_kind_word(enum rule_kind kind)
{
	static const char *const words[RULE_KINDS] = {
		"finding", "escalation", "contraindication", "adjustment", "preference", "watch",
	};

	return words[kind];
}

const char *scap__type_word(enum scap_type type)
{
	static const char *const words[] = {
		[SCAP_YES_NO] = "yes_no",         [SCAP_INTEGER] = "integer",
		[SCAP_DECIMAL] = "decimal",       [SCAP_SELECT_ONE] = "select_one",
		[SCAP_SELECT_MULTIPLE] = "select_multiple", [SCAP_FREE_TEXT] = "text",
	};

	return words[type];
}
