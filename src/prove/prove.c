/* SPDX-License-Identifier: MIT */
#include "prove/prove.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "prove/certificate.h"
#include "prove/diff_report.h"
#include "prove/memory.h"
#include "prove/mutate.h"
#include "prove/report.h"
#include "prove/stamp.h"
#include "report/text.h"

enum { STAMP_PEOPLE = 1000 };

struct proving {
	struct hazards *hazards;
	struct proof *proof;
	struct replay replay;
	double seconds;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct proving *prove_run(scap_pack *pack, const struct prove_request *request, scap_report *report)
{
	struct proving *proving = prove_alloc(1, sizeof(*proving));
	size_t errors = scap_report_errors(report);
	double start = now();

	proving->hazards = prove_hazards_read(pack, request->file, request->bytes, request->size,
	                                      report);
	if (!proving->hazards || scap_report_errors(report) > errors) {
		prove_free(proving);
		return NULL;
	}
	proving->proof = prove_all(pack, proving->hazards, false);
	proving->replay = prove_replay(proving->proof->spaces[0]->coding, pack, request->people,
	                               request->seed);
	proving->seconds = now() - start;
	return proving;
}

void prove_free(struct proving *proving)
{
	if (!proving)
		return;
	prove_proof_free(proving->proof);
	prove_hazards_free(proving->hazards);
	free(proving);
}

int prove_holds(const struct proving *proving)
{
	return !proving->proof->nfailures && !proving->replay.disagreements;
}

size_t prove_examples(const struct proving *proving)
{
	size_t count = 0;

	for (size_t i = 0; i < proving->proof->nfailures; i++)
		count += (proving->proof->failures[i].person != NULL) +
		         (proving->proof->failures[i].other != NULL);
	return count;
}

unsigned prove_write(const struct proving *proving, enum prove_form form, scap_write_fn *write,
                     void *ctx)
{
	struct buffer out;

	scap__buffer_init(&out, TEXT_LIMIT);
	if (form == PROVE_TEXT)
		prove_write_text(proving->proof, proving->hazards, &proving->replay,
		                 proving->seconds, &out);
	else if (form == PROVE_JSON)
		prove_write_json(proving->proof, proving->hazards, &proving->replay, &out);
	else if (form == PROVE_EXAMPLES)
		prove_write_examples(proving->proof, &out);
	else if (prove_holds(proving) && proving->hazards->count &&
	         proving->replay.people >= STAMP_PEOPLE) /* no demand, no proof */
		prove_stamp_text(proving->proof->pack, proving->hazards->sha256, &out);
	return scap__buffer_send(&out, write, ctx);
}

int prove_stamped(const char *stamp, const scap_pack *pack, const char *hazards)
{
	return prove_stamp_matches(stamp, pack, hazards);
}

unsigned prove_certificate(const struct proving *proving, const char *folder, int write,
                           size_t *claims, char wrong[256])
{
	struct certificate certificate;
	unsigned code = write ? prove_certificate_write(proving->proof, proving->hazards, folder,
	                                                &certificate)
	                      : prove_certificate_check(proving->proof, proving->hazards, folder,
	                                                &certificate);

	*claims = certificate.claims;
	snprintf(wrong, sizeof(certificate.wrong), "%s", certificate.wrong);
	return code;
}

unsigned prove_mistakes(const scap_pack *pack, const struct prove_mutation *request,
                        scap_write_fn *write, void *ctx, size_t *left)
{
	struct mutation mutation;
	unsigned code = prove_mutate(pack, request, &mutation);
	struct buffer out;

	*left = mutation.counts[FATE_LEFT];
	scap__buffer_init(&out, TEXT_LIMIT);
	if (!code)
		prove_mutation_text(&mutation, &out);
	prove_mutation_free(&mutation);
	if (!code)
		return scap__buffer_send(&out, write, ctx);
	scap__buffer_free(&out);
	return code;
}

/* ---- Two packs ---------------------------------------------------------------------- */

struct differing {
	struct difference *difference;
	struct census census;
	bool counted;
};

struct differing *prove_diff(const scap_pack *before, const scap_pack *after)
{
	struct differing *differing = prove_alloc(1, sizeof(*differing));

	differing->difference = prove_difference_new(before, after);
	return differing;
}

void prove_diff_free(struct differing *differing)
{
	if (!differing)
		return;
	prove_difference_free(differing->difference);
	free(differing);
}

unsigned prove_diff_intake(struct differing *differing, const char *file, scap_read_fn *read,
                           void *first_ctx, void *second_ctx)
{
	const struct pair *pair = differing->difference->pair;
	unsigned code = prove_census(pair->before->pack, pair->after->pack, file, read, first_ctx,
	                             second_ctx, &differing->census);

	differing->counted = !code;
	return code;
}

int prove_diff_safe(const struct differing *differing)
{
	return prove_difference_safe(differing->difference);
}

unsigned prove_diff_write(const struct differing *differing, enum prove_form form,
                          scap_write_fn *write, void *ctx)
{
	const struct census *census = differing->counted ? &differing->census : NULL;
	struct buffer out;

	scap__buffer_init(&out, TEXT_LIMIT);
	if (form == PROVE_TEXT)
		prove_difference_text(differing->difference, census, &out);
	else if (form == PROVE_JSON)
		prove_difference_json(differing->difference, census, &out);
	else
		prove_difference_examples(differing->difference, &out);
	return scap__buffer_send(&out, write, ctx);
}
