/* SPDX-License-Identifier: MIT */
#include "prove/prove.h"

#include <stdlib.h>
#include <time.h>

#include "prove/memory.h"
#include "prove/report.h"
#include "report/text.h"

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
	else
		prove_write_examples(proving->proof, &out);
	return scap__buffer_send(&out, write, ctx);
}
