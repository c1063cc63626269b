/* SPDX-License-Identifier: MIT */
#include "base/report.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"

struct scap_report {
	struct scap_error *list;
	size_t told, room;
	size_t errors, warnings;
};

static const struct code_row {
	unsigned number;
	enum scap_severity severity;
	const char *name, *meaning, *remedy;
} code_rows[] = {
#define CODE(number, name, severity, meaning, remedy) \
	{number, SCAP_##severity, #name, meaning, remedy},
#include "base/codes.def"
#undef CODE
};

enum { CODE_ROWS = sizeof(code_rows) / sizeof(code_rows[0]) };

static const struct code_row *row_of(unsigned code)
{
	for (size_t i = 0; i < CODE_ROWS; i++)
		if (code_rows[i].number == code)
			return &code_rows[i];
	return NULL;
}

int scap_code_info(size_t i, struct scap_code_info *info)
{
	if (i >= CODE_ROWS)
		return 0;
	*info = (struct scap_code_info){
		.code = code_rows[i].number,
		.severity = code_rows[i].severity,
		.name = code_rows[i].name,
		.meaning = code_rows[i].meaning,
		.remedy = code_rows[i].remedy,
	};
	return 1;
}

scap_report *scap_report_new(void)
{
	return calloc(1, sizeof(struct scap_report));
}

void scap_report_free(scap_report *report)
{
	if (!report)
		return;
	free(report->list);
	free(report);
}

size_t scap_report_count(const scap_report *report)
{
	return report->told;
}

size_t scap_report_errors(const scap_report *report)
{
	return report->errors;
}

size_t scap_report_warnings(const scap_report *report)
{
	return report->warnings;
}

const struct scap_error *scap_report_at(const scap_report *report, size_t i)
{
	return i < report->told ? &report->list[i] : NULL;
}

/* Where the line starts that holds a byte. */
static size_t line_start(const struct source *source, size_t at)
{
	while (at > 0 && source->bytes[at - 1] != '\n' && source->bytes[at - 1] != '\r')
		at--;
	return at;
}

void scap__source_locate(const struct source *source, size_t at, unsigned *line,
                         unsigned *column)
{
	size_t start;

	if (at > source->size)
		at = source->size;
	start = line_start(source, at);
	*line = source->first_line;
	for (size_t i = 0; i < start; i++)
		*line += source->bytes[i] == '\n' ||
		         (source->bytes[i] == '\r' &&
		          !(i + 1 < source->size && source->bytes[i + 1] == '\n'));
	*column = (unsigned)scap__text_length(source->bytes + start, at - start) + 1;
}

/* Appends the printable form of a character; false when there is no room. A
 * character that a terminal must not see becomes one `?`, so carets stay true. */
static bool put_char(char *out, size_t room, size_t *used, const char *c, size_t size)
{
	bool bad = scap__text_invalid(c, size) == 0 || (c[0] != '\t' && scap__text_unsafe(c, size));

	if (bad || c[0] == '\t') {
		c = bad ? "?" : " ";
		size = 1;
	}
	if (*used + size >= room)
		return false;
	memcpy(out + *used, c, size);
	*used += size;
	out[*used] = '\0';
	return true;
}

/* Copies the part of the line around the place that fits, and the caret. */
static void quote_line(struct scap_error *error, const struct source *source, size_t at,
                       size_t size)
{
	enum { LEAD = 60, LEAD_BYTES = 100 }; /* the text holds the place in any writing */
	size_t start = line_start(source, at), used = 0, i;

	while (at - start > LEAD_BYTES ||
	       scap__text_length(source->bytes + start, at - start) > LEAD)
		start += scap__text_char_size(source->bytes + start, at - start);
	error->caret = (unsigned)scap__text_length(source->bytes + start, at - start) + 1;
	for (i = start; i < source->size; i += scap__text_char_size(source->bytes + i,
	                                                            source->size - i)) {
		const char *c = source->bytes + i;

		if (*c == '\n' || *c == '\r' ||
		    !put_char(error->text, sizeof(error->text), &used, c,
		              scap__text_char_size(c, source->size - i)))
			break;
	}
	if (at + size > i)
		size = i > at ? i - at : 0;
	error->width = (unsigned)scap__text_length(source->bytes + at, size);
	if (!error->width)
		error->width = 1;
}

/* Copies text, making each byte that must not be printed a `?`. */
static void put_text(char *out, size_t room, const char *text)
{
	size_t used = 0, size = strlen(text), n;

	out[0] = '\0';
	for (size_t i = 0; i < size; i += n) {
		n = scap__text_char_size(text + i, size - i);
		if (!put_char(out, room, &used, text + i, n))
			break;
	}
}

void scap_printable(const char *text, char *out, size_t room)
{
	if (room)
		put_text(out, room, text);
}

static void fill(struct scap_error *error, enum code code, struct place place,
                 const char *format, va_list args)
{
	const struct code_row *row = row_of(code);
	char message[2 * sizeof(error->message)];

	*error = (struct scap_error){.code = code, .severity = row->severity};
	vsnprintf(message, sizeof(message), format, args);
	put_text(error->message, sizeof(error->message), message);
	if (!place.source)
		return;
	put_text(error->file, sizeof(error->file), place.source->file);
	error->line = place.source->first_line;
	if (!place.source->bytes)
		return;
	if (place.at > place.source->size)
		place.at = place.source->size;
	scap__source_locate(place.source, place.at, &error->line, &error->column);
	quote_line(error, place.source, place.at, place.size);
}

void scap__error_fill(struct scap_error *error, enum code code, struct place place,
                      const char *format, ...)
{
	va_list args;

	if (!error)
		return;
	va_start(args, format);
	fill(error, code, place, format, args);
	va_end(args);
}

void scap__report_push(struct scap_report *report, const struct scap_error *error)
{
	if (error->severity == SCAP_ERROR)
		report->errors++;
	else
		report->warnings++;
	if (report->told == LIMIT_REPORT)
		return;
	if (report->told == report->room) {
		size_t room = report->room ? report->room * 2 : 8;
		struct scap_error *list = realloc(report->list, room * sizeof(*list));

		if (!list)
			return;
		report->list = list;
		report->room = room;
	}
	report->list[report->told++] = *error;
}

void scap__report_more(struct scap_report *report, size_t count)
{
	report->errors += count;
}

void scap__report_add(struct scap_report *report, enum code code, struct place place,
                      const char *format, ...)
{
	struct scap_error error;
	va_list args;

	va_start(args, format);
	fill(&error, code, place, format, args);
	va_end(args);
	scap__report_push(report, &error);
}

static int compare(const void *a, const void *b)
{
	const struct scap_error *x = a, *y = b;
	int files = strcmp(x->file, y->file);

	if (files)
		return files;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return x->code != y->code ? (x->code < y->code ? -1 : 1) : strcmp(x->message, y->message);
}

void scap__report_sort(struct scap_report *report)
{
	if (report->told)
		qsort(report->list, report->told, sizeof(*report->list), compare);
}

/* The caret line: `^~~~` under the place. */
static void print_caret(const struct scap_error *error, scap_write_fn *write, void *ctx)
{
	char line[sizeof(error->text) + 8];
	size_t used = 0, length = scap__text_length(error->text, strlen(error->text));

	line[used++] = ' ';
	line[used++] = ' ';
	for (unsigned i = 1; i < error->caret && used < sizeof(line) - 2; i++)
		line[used++] = ' ';
	line[used++] = '^';
	for (unsigned i = 1; i < error->width && error->caret + i <= length &&
	                     used < sizeof(line) - 1; i++)
		line[used++] = '~';
	line[used++] = '\n';
	write(ctx, line, used);
}

void scap_error_print(const struct scap_error *error, scap_write_fn *write, void *ctx)
{
	char head[sizeof(error->file) + sizeof(error->message) + 96];
	int size = 0;

	if (error->file[0])
		size = snprintf(head, sizeof(head), "%s:", error->file);
	if (error->line)
		size += snprintf(head + size, sizeof(head) - (size_t)size, "%u:", error->line);
	if (error->column)
		size += snprintf(head + size, sizeof(head) - (size_t)size, "%u:", error->column);
	size += snprintf(head + size, sizeof(head) - (size_t)size, "%s%s: %s [SCAP%u]\n",
	                 size ? " " : "", error->severity == SCAP_ERROR ? "error" : "warning",
	                 error->message, error->code);
	write(ctx, head, (size_t)size);
	if (error->text[0]) {
		write(ctx, "  ", 2);
		write(ctx, error->text, strlen(error->text));
		write(ctx, "\n", 1);
		print_caret(error, write, ctx);
	}
	if (error->example[0]) {
		write(ctx, "  for example: ", 15);
		write(ctx, error->example, strlen(error->example));
		write(ctx, "\n", 1);
	}
}
