/* SPDX-License-Identifier: MIT
 *
 * The session: of all that is allowed, the best choice that fits the time. It
 * is searched for exactly; doc/engine.md says what "best" is.
 */
#ifndef SCAP_ROUTINE_SESSION_H
#define SCAP_ROUTINE_SESSION_H

#include "routine/dose.h"

enum no_routine {
	ROUTINE_GIVEN,
	ROUTINE_LEVEL,    /* the level permits none */
	ROUTINE_EXCLUDED, /* everything is left out by a rule */
	ROUTINE_TOO_FEW,  /* fewer than fewest_exercises are left */
	ROUTINE_NO_TIME,  /* fewer than that fit the minutes */
};

/* Why an exercise is in the session, or not. */
enum place_in_session {
	SESSION_NONE,       /* there is no session */
	SESSION_CHOSEN,
	SESSION_EXCLUDED,   /* by a rule */
	SESSION_UNEQUIPPED, /* its equipment is not there */
	SESSION_VARIANT,    /* another form of the same movement was chosen */
	SESSION_FULL,       /* its part holds as many as it may */
	SESSION_NO_TIME,    /* it doesn't fit beside what was chosen */
};

struct session {
	const struct layout *layout;
	enum no_routine why_not;
	size_t count;
	struct portion *list;         /* in the order in which they are done */
	unsigned seconds;             /* of it all, changes between exercises counted */
	unsigned long long value;     /* points, for the tests */
	bool best;                    /* proved; else the best found within the limit */
	/* Filled by scap__session_explain. */
	enum place_in_session *place; /* of each exercise of the pack */
	unsigned *taken;              /* of each part: how many */
	bool *family_used;            /* of each exercise that heads a family */
	struct search *search;
};

/* Room for the sessions of one pack; NULL when memory is out. */
struct session *scap__session_new(const struct layout *layout);
void scap__session_free(struct session *session);

/* Builds the session of one person. */
void scap__session_make(struct session *session, const struct selection *selection);

/* Works out of each exercise why it is in the session just made, or not. */
void scap__session_explain(struct session *session, const struct selection *selection);

#endif
