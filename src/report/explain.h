/* SPDX-License-Identifier: MIT */
#ifndef SCAP_REPORT_EXPLAIN_H
#define SCAP_REPORT_EXPLAIN_H

enum { STORY_DEPTH = 64 }; /* conditions within conditions that are told */

#endif
