/* SPDX-License-Identifier: MIT */
#include "prove/mutate.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/codes.h"
#include "prove/file.h"
#include "prove/memory.h"
#include "prove/pair.h"
#include "prove/proof.h"
#include "report/text.h"

enum { PATH_BYTES = 4096 + 512 };

struct mutating {
	const scap_pack *pack;
	const struct prove_mutation *request;
	struct mutation *mutation;
	char folder[256]; /* where the changed pack stands */
};

/* ---- A changed pack ----------------------------------------------------------------- */

static bool link_files(const char *from, const char *to)
{
	char target[PATH_BYTES], name[PATH_BYTES], real[PATH_BYTES];
	DIR *dir = realpath(from, real) ? opendir(real) : NULL;
	bool ok = dir != NULL;

	for (struct dirent *each; ok && (each = readdir(dir));) {
		if (each->d_name[0] == '.')
			continue;
		ok = (size_t)snprintf(target, sizeof(target), "%s/%s", real,
		                      each->d_name) < sizeof(target) &&
		     (size_t)snprintf(name, sizeof(name), "%s/%s", to,
		                      each->d_name) < sizeof(name) &&
		     !symlink(target, name);
	}
	if (dir)
		closedir(dir);
	return ok;
}

static void remove_files(const char *folder)
{
	char name[PATH_BYTES];
	DIR *dir = opendir(folder);

	for (struct dirent *each; dir && (each = readdir(dir));)
		if (each->d_name[0] != '.' &&
		    (size_t)snprintf(name, sizeof(name), "%s/%s", folder,
		                     each->d_name) < sizeof(name))
			unlink(name);
	if (dir)
		closedir(dir);
	rmdir(folder);
}

static bool make_folder(struct mutating *m)
{
	const char *temporary = getenv("TMPDIR");
	char rules[PATH_BYTES], data[PATH_BYTES];

	if ((size_t)snprintf(m->folder, sizeof(m->folder), "%s/scapula-mutate-XXXXXX",
	                     temporary && *temporary ? temporary : "/tmp") >= sizeof(m->folder) ||
	    !mkdtemp(m->folder))
		return false;
	snprintf(rules, sizeof(rules), "%s/rules", m->folder);
	snprintf(data, sizeof(data), "%s/data", m->folder);
	return !mkdir(rules, 0700) && !mkdir(data, 0700) && link_files(m->request->rules, rules) &&
	       link_files(m->request->data, data);
}

static void remove_folder(const struct mutating *m)
{
	char rules[PATH_BYTES], data[PATH_BYTES];

	snprintf(rules, sizeof(rules), "%s/rules", m->folder);
	snprintf(data, sizeof(data), "%s/data", m->folder);
	remove_files(rules);
	remove_files(data);
	rmdir(m->folder);
}

static bool write_bytes(const char *path, const char *bytes, size_t size,
                        const struct mutant *change)
{
	FILE *out;
	bool ok;

	unlink(path);
	out = fopen(path, "wb");
	if (!out)
		return false;
	fwrite(bytes, 1, change->at, out);
	fputs(change->text, out);
	fwrite(bytes + change->at + change->size, 1, size - change->at - change->size, out);
	ok = !ferror(out);
	return !fclose(out) && ok;
}

/* The pack with one change; NULL, and *CODE 0, where it does not load. */
static scap_pack *load_changed(const struct mutating *m, const struct mutant *change,
                               unsigned *code)
{
	char path[PATH_BYTES], rules[PATH_BYTES], data[PATH_BYTES], real[PATH_BYTES];
	scap_report *report = scap_report_new();
	scap_pack *pack = NULL;
	size_t size;
	char *bytes;

	snprintf(rules, sizeof(rules), "%s/rules", m->folder);
	snprintf(data, sizeof(data), "%s/data", m->folder);
	snprintf(path, sizeof(path), "%s/%s", m->folder, change->file);
	*code = E_READ_FAILED;
	bytes = realpath(path, real) ? prove_read_file(real, &size) : NULL;
	if (bytes && report) {
		*code = write_bytes(path, bytes, size, change) ? 0 : E_WRITE_FAILED;
		if (!*code)
			pack = scap_pack_load(rules, data, report);
		unlink(path);
		if (symlink(real, path))
			*code = E_WRITE_FAILED;
	}
	free(bytes);
	scap_report_free(report);
	return pack;
}

/* ---- Who notices -------------------------------------------------------------------- */

static bool harmless(const struct mutating *m, const scap_pack *changed)
{
	struct pair *pair = prove_pair_new(m->pack, changed);
	int riskier = prove_pair_riskier(pair);
	struct sat *sat = prove_model_load(pair->model);
	bool harm = prove_sat_solve(sat, &riskier, 1);

	prove_sat_free(sat);
	prove_pair_free(pair);
	return !harm;
}

static enum fate prove_changed(const struct mutating *m, scap_pack *changed)
{
	scap_report *report = scap_report_new();
	struct hazards *hazards = prove_hazards_read(changed, "rules/hazards.csv",
	                                             m->request->hazards,
	                                             m->request->hazards_size, report);
	enum fate fate = FATE_LEFT;
	struct proof *proof;

	if (!hazards || scap_report_errors(report)) {
		fate = FATE_REFUSED;
	} else {
		proof = prove_all(changed, hazards, true);
		for (size_t i = 0; i < proof->nfailures; i++) {
			bool hazard = proof->failures[i].theorem->kind == THEOREM_HAZARD;

			if (hazard || fate == FATE_LEFT)
				fate = hazard ? FATE_HAZARD : FATE_CLAIM;
		}
		prove_proof_free(proof);
	}
	prove_hazards_free(hazards);
	scap_report_free(report);
	return fate;
}

static int nowhere(void *ctx, const char *bytes, size_t size)
{
	(void)ctx;
	(void)bytes;
	(void)size;
	return 0;
}

static bool case_fails(const struct mutating *m, const scap_pack *changed)
{
	scap_report *report = scap_report_new();
	struct scap_test_counts counts = {0};
	const struct scap_test_options options = {.file = "rules/cases.csv"};
	unsigned code = scap_test(changed, &options, m->request->cases, m->request->cases_size,
	                          nowhere,
	                          NULL, report, &counts);
	bool fails = code || counts.failed || scap_report_errors(report);

	scap_report_free(report);
	return fails;
}

static enum fate fate_of(const struct mutating *m, const struct mutant *change, unsigned *code)
{
	scap_pack *changed = load_changed(m, change, code);
	enum fate fate;

	if (!changed)
		return FATE_REFUSED;
	fate = harmless(m, changed) ? FATE_HARMLESS : prove_changed(m, changed);
	if (fate == FATE_LEFT && case_fails(m, changed))
		fate = FATE_CASE;
	scap_pack_free(changed);
	return fate;
}

unsigned prove_mutate(const scap_pack *pack, const struct prove_mutation *request,
                      struct mutation *mutation)
{
	struct mutating m = {.pack = pack, .request = request, .mutation = mutation};
	unsigned code;

	*mutation = (struct mutation){0};
	code = prove_mutants_list(pack, request->rules, request->data, &mutation->mutants);
	if (code)
		return code;
	mutation->fates = prove_alloc(mutation->mutants.count, sizeof(*mutation->fates));
	if (!make_folder(&m))
		code = E_WRITE_FAILED;
	for (size_t i = 0; !code && i < mutation->mutants.count; i++) {
		mutation->fates[i] = FATE_HARMLESS;
		if (i % request->every)
			continue;
		mutation->fates[i] = fate_of(&m, &mutation->mutants.list[i], &code);
		mutation->counts[mutation->fates[i]]++;
		mutation->tried++;
		if (request->progress && request->progress(i, mutation->mutants.count))
			break;
	}
	if (m.folder[0])
		remove_folder(&m);
	return code;
}

void prove_mutation_free(struct mutation *mutation)
{
	prove_mutants_free(&mutation->mutants);
	free(mutation->fates);
}

void prove_mutation_text(const struct mutation *mutation, struct buffer *out)
{
	const size_t *counts = mutation->counts;
	size_t harmful = counts[FATE_HAZARD] + counts[FATE_CLAIM] + counts[FATE_CASE] + counts[FATE_LEFT];

	scap__buffer_printf(out, "%zu mistakes were made, one at a time\n", mutation->tried);
	scap__buffer_printf(out, "  %5zu are refused when the pack is loaded\n",
	                    counts[FATE_REFUSED]);
	scap__buffer_printf(out, "  %5zu put nobody at more risk\n", counts[FATE_HARMLESS]);
	scap__buffer_printf(out, "  %5zu put somebody at more risk. Of these\n", harmful);
	scap__buffer_printf(out, "  %5zu are noticed by the hazards (%.1f %%)\n",
	                    counts[FATE_HAZARD],
	                    harmful ? 100.0 * (double)counts[FATE_HAZARD] / (double)harmful : 100.0);
	scap__buffer_printf(out, "  %5zu more by other claims\n", counts[FATE_CLAIM]);
	scap__buffer_printf(out, "  %5zu more by the cases\n", counts[FATE_CASE]);
	scap__buffer_printf(out, "  %5zu by nobody\n", counts[FATE_LEFT]);
	for (size_t i = 0; i < mutation->mutants.count; i++) {
		const struct mutant *mutant = &mutation->mutants.list[i];

		if (mutation->fates[i] == FATE_LEFT || mutation->fates[i] == FATE_CASE)
			scap__text_itemf(out, 2, "", "%s %s:%u: %s: %s",
			                 mutation->fates[i] == FATE_LEFT ? "unnoticed" : "by a case",
			                 mutant->file, mutant->line, mutant->name, mutant->what);
	}
}
