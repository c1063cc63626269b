/* SPDX-License-Identifier: MIT
 *
 * A pack's files, read and taken in, in the order in which they need each other.
 */
#include <errno.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "rulebase/loader.h"

static void hex_of(const uint8_t digest[SHA256_DIGEST_LENGTH], char out[65])
{
	for (size_t i = 0; i < SHA256_DIGEST_LENGTH; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static void hash(const char *bytes, size_t size, char out[65])
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)bytes, size);
	SHA256Final(digest, &context);
	hex_of(digest, out);
}

/* Opens a file of the pack; NULL with *WHY and errno set. A pipe or a device is no
 * file: reading it might never end. */
static FILE *open_file(const char *path, const char **why)
{
	struct stat info;
	bool odd = !stat(path, &info) && !S_ISREG(info.st_mode);
	FILE *file;

	if (odd)
		errno = EISDIR;
	file = odd ? NULL : fopen(path, "rb");
	*why = odd && !S_ISDIR(info.st_mode) ? "it is a pipe or a device" : strerror(errno);
	return file;
}

/* Reads a file whole into the arena, with a NUL behind it. *BYTES stays NULL
 * where the file can't be read, which is reported. False: no memory. */
static bool read_file(struct loader *loader, const char *path, bool may_miss, char **bytes,
                      size_t *size)
{
	struct source nowhere = {.file = path};
	struct place place = {.source = &nowhere};
	const char *why;
	FILE *file = open_file(path, &why);
	size_t room = 0, got;
	char *text = NULL;
	bool ok = true;

	*size = 0;
	if (!file && errno == ENOENT && may_miss)
		return true;
	if (!file) {
		scap__report_add(loader->report, errno == ENOENT ? E_NO_FILE : E_UNREADABLE, place,
		                 "can't open the file: %s", why);
		return true;
	}
	do {
		char *more = realloc(text, (room = room ? room * 2 : 16384));

		ok = more != NULL;
		if (!ok)
			break;
		text = more;
		got = fread(text + *size, 1, room - *size, file);
		*size += got;
	} while (got && *size <= LIMIT_FILE_BYTES);
	if (ok && ferror(file))
		scap__report_add(loader->report, E_UNREADABLE, place, "can't read the file: %s",
		                 strerror(errno));
	else if (ok && *size > LIMIT_FILE_BYTES)
		scap__report_add(loader->report, E_FILE_TOO_BIG, place, "the file is over 16 MiB");
	else if (ok)
		ok = (*bytes = scap__arena_copy(loader->arena, text, *size)) != NULL;
	free(text);
	fclose(file);
	return ok;
}

/* Cells that may not be blank. */
static void check_blanks(const struct record *record)
{
	const struct column *columns = record->spec->columns;

	for (size_t i = 0; i < COLUMNS_MAX && columns[i].name; i++)
		if (columns[i].need == COLUMN_FILLED && record->where[i] < record->table->ncolumns &&
		    !record->row->broken && !scap__record_cell(record, i)->size)
			scap__record_error(record, i, E_BLANK_CELL, "'%s' is blank",
			                   columns[i].name);
}

static void check_rows(struct loader *loader, enum pack_file file)
{
	const struct file_spec *spec = &scap__pack_files[file];
	struct table *table = &loader->tables[file];
	size_t count = 0;

	while (count < COLUMNS_MAX && spec->columns[count].name)
		count++;
	scap__table_columns(table, spec->columns, count, loader->where[file], loader->report);
	if (!table->nrows && !table->torn && spec->need == FILE_NEEDS_ROWS)
		scap__report_add(loader->report, E_NO_ROWS,
		                 (struct place){&table->source, table->header[0].at, 1},
		                 "the table has no rows");
	for (size_t i = 0; i < table->nrows; i++) {
		struct record record = {loader, spec, table, loader->where[file], &table->rows[i]};

		check_blanks(&record);
	}
}

static bool load_file(struct loader *loader, enum pack_file file, const char *const folders[2])
{
	const struct file_spec *spec = &scap__pack_files[file];
	const char *folder = folders[!strcmp(spec->folder, "data")];
	struct digest *digest = &loader->base->files[file];
	size_t room = strlen(folder) + strlen(spec->name) + 2, size;
	char *path = scap__arena_alloc(loader->arena, room), *bytes = NULL, *name;

	if (!path)
		return false;
	snprintf(path, room, "%s%s%s", folder,
	         folder[0] && folder[strlen(folder) - 1] == '/' ? "" : "/", spec->name);
	name = scap__arena_alloc(loader->arena, strlen(spec->folder) + strlen(spec->name) + 2);
	if (!name || !read_file(loader, path, spec->need == FILE_MAY_MISS, &bytes, &size))
		return false;
	sprintf(name, "%s/%s", spec->folder, spec->name);
	digest->file = name;
	digest->path = path;
	if (!bytes)
		return true;
	hash(bytes, size, digest->sha256);
	if (!scap__table_read(&loader->tables[file], loader->arena, loader->report, path, bytes,
	                      size))
		return false;
	if (loader->tables[file].header)
		check_rows(loader, file);
	return true;
}

static int compare_digests(const void *a, const void *b)
{
	return strcmp(((const struct digest *)a)->file, ((const struct digest *)b)->file);
}

/* The pack's hash is that of what `sha256sum` prints for its files, sorted by
 * name, so that anyone can check it. */
static bool hash_pack(struct rulebase *base)
{
	char *list = scap__arena_alloc(base->arena, PACK_FILES * 128);
	size_t used = 0, kept = 0;

	if (!list)
		return false;
	qsort(base->files, base->nfiles, sizeof(*base->files), compare_digests);
	for (size_t i = 0; i < base->nfiles; i++) {
		if (!base->files[i].sha256[0])
			continue; /* it may be missing, and is */
		base->files[kept++] = base->files[i];
		used += (size_t)sprintf(list + used, "%s  %s\n", base->files[kept - 1].sha256,
		                        base->files[kept - 1].file);
	}
	base->nfiles = kept;
	hash(list, used, base->sha256);
	return true;
}

static bool make_names(struct rulebase *base)
{
	struct names **tables[] = {&base->names, &base->rule_ids, &base->targets,
	                           &base->sources_by_name, &base->parts_by_name,
	                           &base->lists_by_name, &base->remarks_by_name,
	                           &base->phrase_ids, &base->wordlists};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (!(*tables[i] = scap__names_new(base->arena)))
			return false;
	return true;
}

static bool load_all(struct loader *loader, const char *const folders[2])
{
	struct rulebase *base = loader->base;

	base->nfiles = PACK_FILES;
	base->files = scap__arena_array(base->arena, PACK_FILES, sizeof(*base->files));
	if (!base->files || !make_names(base))
		return false;
	for (int file = 0; file < PACK_FILES; file++)
		if (!load_file(loader, (enum pack_file)file, folders))
			return false;
	return scap__load_catalogue(loader) && scap__load_remarks(loader) &&
	       scap__load_vocabulary(loader) &&
	       scap__load_settings(loader) && scap__load_equipment(loader) &&
	       scap__load_relevance(loader) && scap__load_rules(loader) &&
	       scap__load_words(loader) && scap__load_order(loader) && hash_pack(base);
}

struct rulebase *scap__rulebase_load(const char *rules, const char *data,
                                     struct scap_report *report)
{
	struct arena *arena = scap__arena_new();
	struct loader *loader = arena ? scap__arena_alloc(arena, sizeof(*loader)) : NULL;
	struct rulebase *base = loader ? scap__arena_alloc(arena, sizeof(*base)) : NULL;
	const char *const folders[2] = {rules, data};
	size_t before = scap_report_errors(report);

	if (!base) {
		scap__arena_free(arena);
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
		return NULL;
	}
	base->arena = arena;
	base->loader = loader;
	*loader = (struct loader){.base = base, .arena = arena, .report = report};
	if (!load_all(loader, folders) ||
	    (scap_report_errors(report) == before && !scap__load_check(loader)))
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
	return base;
}

void scap__rulebase_free(struct rulebase *base)
{
	if (!base)
		return;
	for (size_t i = 0; i < base->nquestions; i++)
		pcre2_code_free(base->questions[i].pattern);
	scap__arena_free(base->arena);
}
