/* SPDX-License-Identifier: MIT
 *
 * That a pack was proved: by which program, against which hazards. It counts only while
 * none of the three has changed.
 */
#ifndef SCAP_PROVE_STAMP_H
#define SCAP_PROVE_STAMP_H

#include "base/buffer.h"
#include "scapula.h"

/* Writes a stamp for a pack and the hash of its hazards. False where this program can't
 * read itself: then there is none. */
bool prove_stamp_text(const scap_pack *pack, const char *hazards_sha256, struct buffer *out);

/* True when the stamp in a file is of this pack, of the hazards in a file, and of this very
 * program. */
bool prove_stamp_matches(const char *stamp, const scap_pack *pack, const char *hazards);

#endif
