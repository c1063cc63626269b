/* SPDX-License-Identifier: MIT */
#include "batch/crew.h"

#include <pthread.h>
#include <stdlib.h>

/* Chunks go round: the caller fills, workers judge, the caller takes. Each count only
 * grows; a chunk stands at its number modulo their number. */
struct crew {
	pthread_mutex_t lock;
	pthread_cond_t handed_in, judged;
	size_t nchunks;
	struct place_in_crew {
		struct chunk chunk;
		bool judged;
	} *places;
	unsigned long long filled, begun, taken;
	bool over;
	unsigned nworkers;
	struct worker {
		struct crew *crew;
		struct scoring *scoring;
		pthread_t thread;
	} *workers;
};

static struct place_in_crew *place(struct crew *crew, unsigned long long number)
{
	return &crew->places[number % crew->nchunks];
}

/* The next chunk that nobody works on; NULL: it is over. */
static struct place_in_crew *begin_next(struct crew *crew)
{
	struct place_in_crew *next = NULL;

	pthread_mutex_lock(&crew->lock);
	while (crew->begun == crew->filled && !crew->over)
		pthread_cond_wait(&crew->handed_in, &crew->lock);
	if (!crew->over)
		next = place(crew, crew->begun++);
	pthread_mutex_unlock(&crew->lock);
	return next;
}

static void *work(void *data)
{
	struct worker *worker = data;
	struct crew *crew = worker->crew;
	struct place_in_crew *next;

	while ((next = begin_next(crew))) {
		scap__scoring_run(worker->scoring, &next->chunk);
		pthread_mutex_lock(&crew->lock);
		next->judged = true;
		pthread_cond_signal(&crew->judged);
		pthread_mutex_unlock(&crew->lock);
	}
	return NULL;
}

static void hire(struct crew *crew, unsigned count, const struct reader *head,
                 const struct scap_score_options *options, size_t npairs)
{
	for (; crew->nworkers < count; crew->nworkers++) {
		struct worker *worker = &crew->workers[crew->nworkers];

		worker->crew = crew;
		worker->scoring = scap__scoring_new(head, options, npairs);
		if (!worker->scoring)
			return;
		if (pthread_create(&worker->thread, NULL, work, worker)) {
			scap__scoring_free(worker->scoring);
			return;
		}
	}
}

struct crew *scap__crew_new(unsigned count, const struct reader *head,
                            const struct scap_score_options *options, size_t npairs)
{
	struct crew *crew = calloc(1, sizeof(*crew));

	if (!crew)
		return NULL;
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->handed_in, NULL);
	pthread_cond_init(&crew->judged, NULL);
	crew->places = calloc(2 * count + 1, sizeof(*crew->places));
	crew->workers = calloc(count, sizeof(*crew->workers));
	for (; crew->places && crew->nchunks < 2 * count + 1; crew->nchunks++)
		scap__chunk_init(&crew->places[crew->nchunks].chunk);
	if (crew->places && crew->workers)
		hire(crew, count, head, options, npairs);
	if (crew->nworkers)
		return crew;
	scap__crew_free(crew);
	return NULL;
}

void scap__crew_free(struct crew *crew)
{
	if (!crew)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->over = true;
	pthread_cond_broadcast(&crew->handed_in);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 0; i < crew->nworkers; i++) {
		pthread_join(crew->workers[i].thread, NULL);
		scap__scoring_free(crew->workers[i].scoring);
	}
	for (size_t i = 0; i < crew->nchunks; i++)
		scap__chunk_free(&crew->places[i].chunk);
	pthread_cond_destroy(&crew->judged);
	pthread_cond_destroy(&crew->handed_in);
	pthread_mutex_destroy(&crew->lock);
	free(crew->places);
	free(crew->workers);
	free(crew);
}

struct chunk *scap__crew_spare(struct crew *crew)
{
	if (crew->filled - crew->taken == crew->nchunks)
		return NULL;
	return &place(crew, crew->filled)->chunk;
}

void scap__crew_hand_in(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	place(crew, crew->filled++)->judged = false;
	pthread_cond_signal(&crew->handed_in);
	pthread_mutex_unlock(&crew->lock);
}

struct chunk *scap__crew_take(struct crew *crew)
{
	struct place_in_crew *oldest = place(crew, crew->taken);

	if (crew->taken == crew->filled)
		return NULL;
	pthread_mutex_lock(&crew->lock);
	while (!oldest->judged)
		pthread_cond_wait(&crew->judged, &crew->lock);
	pthread_mutex_unlock(&crew->lock);
	return &oldest->chunk;
}

void scap__crew_give_back(struct crew *crew)
{
	crew->taken++;
}

void scap__crew_use(const struct crew *crew, struct scoring_use *use)
{
	for (unsigned i = 0; i < crew->nworkers; i++)
		scap__scoring_use(crew->workers[i].scoring, use);
}
