/* SPDX-License-Identifier: MIT
 *
 * What comes after the first session: which exercises on which day, and how the
 * dose grows from week to week without ever taking more than the minutes.
 */
#ifndef SCAP_ROUTINE_WEEK_H
#define SCAP_ROUTINE_WEEK_H

#include "routine/session.h"

/* True when an exercise of the session is done on a day of the pack. */
bool scap__day_has(const struct session *session, const struct day *day, size_t i);

/* The longest day of a week in which the session is done with these portions, in
 * seconds. Without days: the session itself. */
unsigned scap__week_seconds(const struct session *session, const struct portion *portions);

/* True where the minutes keep the dose of the I-th week below what the pack says. */
bool scap__week_held(const struct session *session, const struct selection *selection, size_t i,
                     const struct portion *portions);

/* Fills PORTIONS (session->count of them) for the I-th week of the pack. Where
 * its dose would not fit into the minutes, it is that of the last week that does. */
void scap__week_make(const struct session *session, const struct selection *selection, size_t i,
                     struct portion *portions);

#endif
