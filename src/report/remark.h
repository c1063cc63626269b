/* SPDX-License-Identifier: MIT */
#ifndef SCAP_REPORT_REMARK_H
#define SCAP_REPORT_REMARK_H

#include "report/data.h"
#include "report/text.h"

void scap__remark_text(const struct rulebase *base, const struct remark *remark,
                       struct buffer *out);

/* NULL when memory is out. */
json_t *scap__remark_data(const struct rulebase *base, const struct remark *remark);

#endif
