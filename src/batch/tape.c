/* SPDX-License-Identifier: MIT */
#include "batch/tape.h"

#include <stdlib.h>
#include <string.h>

#include "batch/reader.h"

enum { TAPE_MOST = 1 << 30 };

struct note {
	enum { NOTE_PROBLEM, NOTE_REJECTED, NOTE_LISTED } kind;
	unsigned row;
	size_t at; /* in the tape's bytes */
};

void scap__tape_init(struct tape *tape)
{
	*tape = (struct tape){.sorted = true};
	scap__buffer_init(&tape->bytes, TAPE_MOST);
}

void scap__tape_clear(struct tape *tape)
{
	tape->bytes.size = tape->count = 0;
	tape->sorted = true;
}

void scap__tape_free(struct tape *tape)
{
	scap__buffer_free(&tape->bytes);
	free(tape->notes);
}

static void add_note(struct tape *tape, int kind, unsigned row)
{
	if (tape->count == tape->room) {
		size_t room = tape->room ? 2 * tape->room : 64;
		struct note *notes = realloc(tape->notes, room * sizeof(*notes));

		if (!notes) {
			tape->failed = true;
			return;
		}
		tape->notes = notes;
		tape->room = room;
	}
	tape->sorted &= !tape->count || tape->notes[tape->count - 1].row <= row;
	tape->notes[tape->count++] = (struct note){kind, row, tape->bytes.size};
}

/* ---- Writing ------------------------------------------------------------------------ */

static void put(struct tape *tape, const void *bytes, size_t size)
{
	scap__buffer_add(&tape->bytes, bytes, size);
	tape->failed |= tape->bytes.failed;
}

static void put_text(struct tape *tape, const char *text)
{
	put(tape, text, strlen(text) + 1);
}

/* Only what is in use of its texts. */
static void put_error(struct tape *tape, const struct scap_error *error)
{
	unsigned numbers[] = {error->code, error->severity, error->line, error->column,
	                      error->caret, error->width};

	put(tape, numbers, sizeof(numbers));
	put_text(tape, error->file);
	put_text(tape, error->message);
	put_text(tape, error->text);
	put_text(tape, error->example);
}

void scap__tape_problem(struct tape *tape, unsigned row, const struct scap_error *error)
{
	add_note(tape, NOTE_PROBLEM, row);
	put_error(tape, error);
}

void scap__tape_rejected(struct tape *tape, unsigned row, const struct scap_rejected *rejected)
{
	add_note(tape, NOTE_REJECTED, row);
	put(tape, rejected, sizeof(*rejected));
	put_text(tape, rejected->id);
	put(tape, rejected->row, rejected->size);
	put(tape, "", 1);
	put(tape, rejected->kept, rejected->kept_size);
	for (size_t i = 0; i < rejected->nerrors; i++)
		put_error(tape, &rejected->errors[i]);
}

void scap__tape_listed(struct tape *tape, unsigned row, const struct scap_level *level,
                       const char *text, size_t size)
{
	add_note(tape, NOTE_LISTED, row);
	put(tape, &level, sizeof(level));
	put(tape, &size, sizeof(size));
	put(tape, text, size);
}

/* ---- Reading ------------------------------------------------------------------------ */

static void get(const char **at, void *to, size_t size)
{
	memcpy(to, *at, size);
	*at += size;
}

static void get_text(const char **at, char *to)
{
	get(at, to, strlen(*at) + 1);
}

static void get_error(const char **at, struct scap_error *error)
{
	unsigned numbers[6];

	get(at, numbers, sizeof(numbers));
	*error = (struct scap_error){.code = numbers[0], .severity = numbers[1],
	                             .line = numbers[2], .column = numbers[3],
	                             .caret = numbers[4], .width = numbers[5]};
	get_text(at, error->file);
	get_text(at, error->message);
	get_text(at, error->text);
	get_text(at, error->example);
}

static void play_problem(const char *at, const struct scap_score_options *options)
{
	struct scap_error error;

	get_error(&at, &error);
	if (options->problem)
		options->problem(options->ctx, &error);
}

static void play_rejected(const char *at, const struct scap_score_options *options)
{
	struct scap_error errors[FAULTS_TOLD];
	struct scap_rejected rejected;

	get(&at, &rejected, sizeof(rejected));
	rejected.id = at;
	at += strlen(at) + 1;
	rejected.row = at;
	at += rejected.size + 1;
	rejected.kept = at;
	at += rejected.kept_size;
	for (size_t i = 0; i < rejected.nerrors; i++)
		get_error(&at, &errors[i]);
	rejected.errors = errors;
	if (options->rejected)
		options->rejected(options->ctx, &rejected);
}

static enum code play_listed(const char *at, const struct scap_score_options *options)
{
	const struct scap_level *level;
	size_t size;

	get(&at, &level, sizeof(level));
	get(&at, &size, sizeof(size));
	return options->listed(options->ctx, level, at, size) ? E_WRITE_FAILED : 0;
}

static int by_row(const void *a, const void *b)
{
	const struct note *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

enum code scap__tape_play(struct tape *tape, const struct scap_score_options *options)
{
	enum code code = tape->failed ? E_NO_MEMORY : 0;

	if (!tape->sorted)
		qsort(tape->notes, tape->count, sizeof(*tape->notes), by_row);
	for (size_t i = 0; i < tape->count && !code; i++) {
		const char *at = tape->bytes.data + tape->notes[i].at;

		switch (tape->notes[i].kind) {
		case NOTE_PROBLEM:
			play_problem(at, options);
			break;
		case NOTE_REJECTED:
			play_rejected(at, options);
			break;
		case NOTE_LISTED:
			code = play_listed(at, options);
			break;
		}
	}
	return code;
}
