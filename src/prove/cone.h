/* SPDX-License-Identifier: MIT
 *
 * A shorter way to what most red flags allow to be proved: only what rests on the flag is
 * looked at, and all else may be anything. That lets more people in than there are, so
 * what is proved of them holds; what is not may still hold.
 */
#ifndef SCAP_PROVE_CONE_H
#define SCAP_PROVE_CONE_H

#include "engine/pack.h"

/* True when, other answers being equal and without conflict, the level never falls from no to
 * not sure, or (TO_YES) from not sure to yes, for a yes/no question. */
bool prove_cone_rises(const scap_pack *pack, unsigned question, bool to_yes);

#endif
