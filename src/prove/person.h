/* SPDX-License-Identifier: MIT
 *
 * A counterexample as a person: of all who would do, one whose answers are as usual
 * as they can be.
 */
#ifndef SCAP_PROVE_PERSON_H
#define SCAP_PROVE_PERSON_H

#include "base/buffer.h"
#include "engine/value.h"
#include "prove/coding.h"
#include "prove/sat.h"

struct person {
	const scap_pack *pack;
	struct value *answers; /* of each question */
	bool *usual;           /* of each: it is the usual answer, or none was needed */
};

/* A person for whom all that is ASSUMED holds; NULL when there is none. The solver then
 * still holds what it found. */
struct person *prove_person_find(struct sat *sat, const struct coding *coding,
                                 const int *assumed, size_t count);

/* The person whom the solver found last, in this coding. */
struct person *prove_person_read(struct sat *sat, const struct coding *coding);
void prove_person_free(struct person *person);

/* True when two people of one pack give the same answers. */
bool prove_person_same(const struct person *a, const struct person *b);

/* The answer that most people give to a question. */
struct value prove_usual_answer(const struct question *question);

/* Writes the answers that are not the usual ones: `age=17; chest_pain=yes`. */
void prove_person_write(const struct person *person, struct buffer *out);

/* Writes the columns of an intake file that can hold any person, and a row of it. */
void prove_person_header(const scap_pack *pack, struct buffer *out);
void prove_person_row(const struct person *person, const char *id, struct buffer *out);

/* The person's answers as the engine takes them; NULL when memory is out. */
scap_answers *prove_person_answers(const struct person *person);

#endif
