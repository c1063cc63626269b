/* SPDX-License-Identifier: MIT */
#include "prove/certificate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/codes.h"
#include "prove/file.h"
#include "prove/memory.h"
#include "prove/rup.h"
#include "report/row.h"

enum { PATH_BYTES = 4096 + 64 };

static const char *const model_names[2] = {"one-person.cnf", "two-people.cnf"};

/* ---- What it is of ------------------------------------------------------------------ */

/* Pack and hazards by their hashes, and each claim with the literals that are said never to
 * hold together; the clauses they belong to are those of a .cnf file. */
static void write_claims(const struct proof *proof, const struct hazards *hazards,
                         struct buffer *out)
{
	size_t number = 0;

	scap__buffer_printf(out, "# scapula certificate 1\n# pack %s\n# hazards %s\n",
	                    scap_pack_info(proof->pack)->sha256, hazards->sha256);
	scap__buffer_text(out, "number,clauses,literals,claim\n");
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < proof->spaces[i]->count; j++) {
			const struct theorem *theorem = &proof->spaces[i]->theorems[j];
			struct buffer claim;

			if (theorem->possible)
				continue;
			scap__buffer_printf(out, "%zu,%s,", ++number, model_names[i]);
			for (size_t k = 0; k < theorem->count; k++)
				scap__buffer_printf(out, "%s%d", k ? " " : "", theorem->when[k]);
			scap__buffer_char(out, ',');
			scap__buffer_init(&claim, 1 << 20);
			prove_theorem_write(theorem, &claim);
			scap__row_cell(out, claim.data, claim.size);
			scap__buffer_char(out, '\n');
			scap__buffer_free(&claim);
		}
}

/* DIMACS. */
static void write_model(const struct model *model, struct buffer *out)
{
	scap__buffer_printf(out, "p cnf %d %zu\n", model->nvars, model->nclauses);
	for (size_t i = 0; i < model->nliterals; i++)
		scap__buffer_printf(out, "%d%c", model->literals[i],
		                    model->literals[i] ? ' ' : '\n');
}

/* ---- Writing ------------------------------------------------------------------------ */

static unsigned save(const char *folder, const char *name, struct buffer *text)
{
	char path[PATH_BYTES];
	FILE *out;
	bool ok;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	out = text->failed ? NULL : fopen(path, "wb");
	ok = out && fwrite(text->data, 1, text->size, out) == text->size;
	if (out)
		ok = !fclose(out) && ok;
	scap__buffer_free(text);
	return ok ? 0 : E_WRITE_FAILED;
}

static unsigned save_reason(const char *folder, size_t number, const struct model *model,
                            const struct theorem *theorem, bool *holds)
{
	struct sat *sat = prove_sat_new();
	char path[PATH_BYTES];
	FILE *out;
	bool ok;

	snprintf(path, sizeof(path), "%s/%zu.rup", folder, number);
	out = fopen(path, "wb");
	if (out) {
		prove_sat_record(sat, out, model->nvars, model->nclauses + theorem->count);
		prove_model_add(model, sat);
		for (size_t i = 0; i < theorem->count; i++)
			prove_sat_add(sat, &theorem->when[i], 1);
		*holds = !prove_sat_solve(sat, NULL, 0);
	}
	prove_sat_free(sat); /* it writes until then */
	ok = out && !ferror(out);
	if (out)
		ok = !fclose(out) && ok;
	return ok ? 0 : E_WRITE_FAILED;
}

static unsigned save_reasons(const struct proof *proof, const char *folder,
                             struct certificate *certificate)
{
	unsigned code = 0;

	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; !code && j < proof->spaces[i]->count; j++) {
			const struct theorem *theorem = &proof->spaces[i]->theorems[j];
			bool holds = true;

			if (theorem->possible)
				continue;
			code = save_reason(folder, ++certificate->claims, proof->spaces[i]->model,
			                   theorem,
			                   &holds);
			if (!holds)
				snprintf(certificate->wrong, sizeof(certificate->wrong),
				         "claim %zu is not proved", certificate->claims);
		}
	return code;
}

unsigned prove_certificate_write(const struct proof *proof, const struct hazards *hazards,
                                 const char *folder, struct certificate *certificate)
{
	struct buffer text;
	unsigned code = 0;

	*certificate = (struct certificate){0};
	if (mkdir(folder, 0777)) {
		snprintf(certificate->wrong, sizeof(certificate->wrong), "%s", strerror(errno));
		return E_WRITE_FAILED;
	}
	for (size_t i = 0; !code && i < 2; i++) {
		scap__buffer_init(&text, 1 << 28);
		write_model(proof->spaces[i]->model, &text);
		code = save(folder, model_names[i], &text);
	}
	if (!code)
		code = save_reasons(proof, folder, certificate);
	scap__buffer_init(&text, 1 << 28);
	write_claims(proof, hazards, &text);
	return code ? code : save(folder, "claims.csv", &text); /* last: without it, it is none */
}

/* ---- Checking ----------------------------------------------------------------------- */

/* The clauses of a file as numbers; lines that begin with % or d say nothing of them. */
static int *read_reason(const char *folder, size_t number, size_t *size)
{
	char path[PATH_BYTES], *text, *at, *end;
	size_t bytes;
	int *reason = NULL;

	*size = 0;
	snprintf(path, sizeof(path), "%s/%zu.rup", folder, number);
	text = prove_read_file(path, &bytes);
	if (!text)
		return NULL;
	reason = prove_alloc(1, sizeof(*reason));
	for (at = text; *at;) {
		long literal;

		if (*at == '%' || *at == 'd') {
			at += strcspn(at, "\n");
			continue;
		}
		if (strchr(" \n", *at)) {
			at++;
			continue;
		}
		literal = strtol(at, &end, 10);
		if (end == at)
			break;
		at = end;
		reason = prove_grow(reason, *size, sizeof(*reason));
		reason[(*size)++] = (int)literal;
	}
	if (at != text + bytes || !*size || reason[*size - 1]) { /* no list of clauses */
		free(reason);
		reason = NULL;
	}
	free(text);
	return reason;
}

static void check_reasons(const struct proof *proof, const char *folder,
                          struct certificate *certificate)
{
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; !certificate->wrong[0] && j < proof->spaces[i]->count; j++) {
			const struct theorem *theorem = &proof->spaces[i]->theorems[j];
			size_t size;
			int *reason;

			if (theorem->possible)
				continue;
			reason = read_reason(folder, certificate->claims + 1, &size);
			if (reason && prove_rup_check(proof->spaces[i]->model, theorem->when,
			                              theorem->count, reason, size))
				certificate->claims++;
			else
				snprintf(certificate->wrong, sizeof(certificate->wrong),
				         "%zu.rup %s", certificate->claims + 1,
				         reason ? "does not lead to the end" : "is no list of clauses");
			free(reason);
		}
}

/* A file must hold exactly what this program would write. */
static void check_same(const char *folder, const char *name, const struct buffer *wanted,
                       struct certificate *certificate)
{
	char path[PATH_BYTES], *text;
	size_t size;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	text = prove_read_file(path, &size);
	if (!text || size != wanted->size || memcmp(text, wanted->data, size))
		snprintf(certificate->wrong, sizeof(certificate->wrong), "%s %s", name,
		         text ? "is not that of this pack and these hazards" : "can't be read");
	free(text);
}

unsigned prove_certificate_check(const struct proof *proof, const struct hazards *hazards,
                                 const char *folder, struct certificate *certificate)
{
	struct buffer text;

	*certificate = (struct certificate){0};
	scap__buffer_init(&text, 1 << 28);
	write_claims(proof, hazards, &text);
	check_same(folder, "claims.csv", &text, certificate);
	scap__buffer_free(&text);
	for (size_t i = 0; i < 2 && !certificate->wrong[0]; i++) {
		scap__buffer_init(&text, 1 << 28);
		write_model(proof->spaces[i]->model, &text);
		check_same(folder, model_names[i], &text, certificate);
		scap__buffer_free(&text);
	}
	if (!certificate->wrong[0])
		check_reasons(proof, folder, certificate);
	return 0;
}
