/* SPDX-License-Identifier: MIT */
#include "rulebase/lint.h"

void scap__lint_run(struct lint *lint)
{
	scap__lint_unused(lint);
	scap__lint_conditions(lint);
	scap__lint_rules(lint);
	scap__lint_ranges(lint);
	scap__lint_texts(lint);
}
