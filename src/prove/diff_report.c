/* SPDX-License-Identifier: MIT */
#include "prove/diff_report.h"

#include <stdio.h>
#include <string.h>

#include "report/data.h"
#include "report/text.h"

static const char *const kind_words[] = {
	[CHANGE_LEVEL_DOWN] = "lower level", [CHANGE_GAINED] = "exercise allowed",
	[CHANGE_LEVEL_UP] = "higher level",  [CHANGE_LOST] = "exercise left out",
	[CHANGE_REASON] = "rule changed",
};

static const char *const row_words[] = {
	[ROW_NEW] = "new", [ROW_GONE] = "gone", [ROW_REWORDED] = "reworded",
	[ROW_UNSIGNED] = "reworded, but the review is older: counts as unreviewed",
};

/* ---- For people --------------------------------------------------------------------- */

static void write_example(const struct person *person, struct buffer *out)
{
	struct buffer example;

	scap__buffer_init(&example, TEXT_LIMIT);
	prove_person_write(person, &example);
	scap__text_itemf(out, 4, "", "For example: %s. The rest is as usual.",
	                 scap__buffer_string(&example));
	scap__buffer_free(&example);
}

static bool same_example(const struct change *a, const struct change *b)
{
	return a->kind == b->kind && prove_person_same(a->person, b->person);
}

/* True when an exercise or rule before it has told of it already. */
static bool told(const struct difference *d, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (d->changes[index].what[0] && same_example(&d->changes[i], &d->changes[index]))
			return true;
	return false;
}

/* A level, or all exercises and rules that the same person shows. */
static void write_change(const struct difference *d, size_t index, struct buffer *out)
{
	const struct change *change = &d->changes[index];
	struct buffer names;

	if (change->from[0]) {
		scap__text_itemf(out, 2, "", "%s -> %s", change->from, change->to);
		write_example(change->person, out);
		return;
	}
	scap__buffer_init(&names, TEXT_LIMIT);
	for (size_t i = index; i < d->nchanges; i++)
		if (same_example(change, &d->changes[i]))
			scap__buffer_printf(&names, "%s%s", i == index ? "" : ", ",
			                    d->changes[i].what);
	scap__text_itemf(out, 2, "", "%s: %s", kind_words[change->kind],
	                 scap__buffer_string(&names));
	scap__buffer_free(&names);
	write_example(change->person, out);
}

static void write_changes(const struct difference *d, const char *heading, enum change_kind first,
                          enum change_kind last, struct buffer *out)
{
	bool headed = false;

	for (size_t i = 0; i < d->nchanges; i++) {
		const struct change *change = &d->changes[i];

		if (change->kind < first || change->kind > last || told(d, i))
			continue;
		if (!headed)
			scap__text_heading(out, heading);
		headed = true;
		write_change(d, i, out);
	}
}

static void write_rows(const struct difference *d, struct buffer *out)
{
	if (d->nrows)
		scap__text_heading(out, "Rows");
	for (size_t i = 0; i < d->nrows; i++)
		scap__text_itemf(out, 2, "", "%s:%u: %s is %s", d->rows[i].origin.file,
		                 d->rows[i].origin.line, d->rows[i].name,
		                 row_words[d->rows[i].kind]);
}

/* What is not compared row by row is named at least. */
static void write_files(const struct difference *d, struct buffer *out)
{
	const struct rulebase *before = d->pair->before->pack->base;
	const struct rulebase *after = d->pair->after->pack->base;
	bool headed = false;

	for (size_t i = 0; i < before->nfiles; i++)
		for (size_t j = 0; j < after->nfiles; j++) {
			if (strcmp(before->files[i].file, after->files[j].file) ||
			    !strcmp(before->files[i].sha256, after->files[j].sha256))
				continue;
			if (!headed)
				scap__text_heading(out, "Files that differ, also in words that are not "
				                        "compared above");
			headed = true;
			scap__text_item(out, 2, "", after->files[j].file);
		}
}

static void write_census(const struct census *census, struct buffer *out)
{
	scap__text_heading(out, "Over the intake file");
	scap__text_itemf(out, 2, "", "%llu rows, %llu rejected", census->rows, census->rejected);
	scap__text_itemf(out, 2, "", "%llu get a lower level%s%s", census->lower,
	                 census->lower ? ", first " : "", census->first_lower);
	scap__text_itemf(out, 2, "", "%llu get a higher level%s%s", census->higher,
	                 census->higher ? ", first " : "", census->first_higher);
	scap__text_itemf(out, 2, "", "%llu get another routine at the same level", census->routine);
	scap__text_itemf(out, 2, "", "%llu get the same with other reasons or exclusions",
	                 census->explained);
}

static bool has(const struct difference *d, enum change_kind kind)
{
	for (size_t i = 0; i < d->nchanges; i++)
		if (d->changes[i].kind == kind)
			return true;
	return false;
}

void prove_difference_text(const struct difference *d, const struct census *census,
                           struct buffer *out)
{
	const struct scap_pack_info *before = scap_pack_info(d->pair->before->pack);
	const struct scap_pack_info *after = scap_pack_info(d->pair->after->pack);

	scap__buffer_printf(out,
	                    "From %s %s (%.8s) to %s %s (%.8s)\nOver every possible way to answer:\n",
	                    before->name, before->version, before->sha256, after->name, after->version,
	                    after->sha256);
	scap__text_item(out, 2, "", has(d, CHANGE_LEVEL_DOWN) ? "Somebody gets a lower level."
	                                                      : "Nobody gets a lower level: proved.");
	scap__text_item(out, 2, "", has(d, CHANGE_GAINED)
	                                    ? "Somebody is allowed an exercise that was left out."
	                                    : "Nobody is allowed an exercise that was left out: proved.");
	write_changes(d, "Riskier", CHANGE_LEVEL_DOWN, CHANGE_GAINED, out);
	write_changes(d, "Safer", CHANGE_LEVEL_UP, CHANGE_LOST, out);
	write_changes(d, "For other reasons", CHANGE_REASON, CHANGE_REASON, out);
	write_rows(d, out);
	write_files(d, out);
	if (census)
		write_census(census, out);
}

/* ---- For programs ------------------------------------------------------------------- */

static json_t *data_change(const struct change *change)
{
	struct buffer example;
	json_t *one = json_object();
	bool ok;

	scap__buffer_init(&example, TEXT_LIMIT);
	prove_person_write(change->person, &example);
	ok = scap__data_set(one, "kind", scap__data_text(kind_words[change->kind])) &&
	     scap__data_set(one, "what", scap__data_text(change->what)) &&
	     scap__data_set(one, "from", scap__data_text(change->from)) &&
	     scap__data_set(one, "to", scap__data_text(change->to)) &&
	     scap__data_set(one, "example", scap__data_text(scap__buffer_string(&example)));
	scap__buffer_free(&example);
	return scap__data_whole(one, ok);
}

static json_t *data_row(const struct row_change *row)
{
	json_t *one = json_object();
	bool ok = scap__data_set(one, "name", scap__data_text(row->name)) &&
	          scap__data_set(one, "file", scap__data_text(row->origin.file)) &&
	          scap__data_set(one, "line", json_integer(row->origin.line)) &&
	          scap__data_set(one, "change", scap__data_text(row_words[row->kind]));

	return scap__data_whole(one, ok);
}

static json_t *data_census(const struct census *census)
{
	json_t *out = json_object();
	bool ok = scap__data_set(out, "rows", json_integer((json_int_t)census->rows)) &&
	          scap__data_set(out, "rejected", json_integer((json_int_t)census->rejected)) &&
	          scap__data_set(out, "lower", json_integer((json_int_t)census->lower)) &&
	          scap__data_set(out, "higher", json_integer((json_int_t)census->higher)) &&
	          scap__data_set(out, "routine", json_integer((json_int_t)census->routine)) &&
	          scap__data_set(out, "explained", json_integer((json_int_t)census->explained));

	return scap__data_whole(out, ok);
}

static int append(void *ctx, const char *bytes, size_t size)
{
	scap__buffer_add(ctx, bytes, size);
	return 0;
}

void prove_difference_json(const struct difference *d, const struct census *census,
                           struct buffer *out)
{
	json_t *all = json_object(), *changes = json_array(), *rows = json_array();
	bool ok = changes && rows;

	for (size_t i = 0; ok && i < d->nchanges; i++)
		ok = scap__data_add(changes, data_change(&d->changes[i]));
	for (size_t i = 0; ok && i < d->nrows; i++)
		ok = scap__data_add(rows, data_row(&d->rows[i]));
	ok = scap__data_set(all, "schema", json_string("scapula.difference/1")) &&
	     scap__data_set(all, "before", scap__data_pack(d->pair->before->pack)) &&
	     scap__data_set(all, "after", scap__data_pack(d->pair->after->pack)) &&
	     scap__data_set(all, "safe", json_boolean(prove_difference_safe(d))) &&
	     scap__data_set(all, "changes", changes) && scap__data_set(all, "rows", rows) &&
	     scap__data_set(all, "intake", census ? data_census(census) : json_null()) && ok;
	if (scap__data_send(scap__data_whole(all, ok), append, out))
		out->failed = true;
}

void prove_difference_examples(const struct difference *d, struct buffer *out)
{
	prove_person_header(d->pair->after->pack, out);
	for (size_t i = 0; i < d->nchanges; i++) {
		const struct change *change = &d->changes[i];
		char id[256];

		snprintf(id, sizeof(id), "%s/%s%s%s%s", kind_words[change->kind], change->what,
		         change->from,
		         change->from[0] ? "/" : "", change->to);
		prove_person_row(change->person, id, out);
	}
}
