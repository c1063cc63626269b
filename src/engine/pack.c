/* SPDX-License-Identifier: MIT */
#include "engine/pack.h"

#include <stdlib.h>
#include <string.h>

static void fill_info(scap_pack *pack)
{
	const struct rulebase *base = pack->base;

	pack->info = (struct scap_pack_info){
		.name = base->settings.name,
		.version = base->settings.version,
		.language = base->settings.language,
		.title = base->settings.title,
		.emergency = base->settings.emergency,
		.disclaimer = base->settings.disclaimer,
		.sha256 = base->sha256,
		.questions = base->nquestions,
		.rules = base->nrules,
		.exercises = base->nexercises,
	};
	for (size_t i = 0; i < base->nrules; i++)
		pack->info.unreviewed += !base->rules[i].cited.reviewed_by[0] ||
		                         !base->rules[i].cited.reviewed_on[0];
}

/* Compiles what was read; patterns even where the rest is wrong, so that all mistakes
 * are told at once. */
static void compile(scap_pack *pack, struct scap_report *report, size_t before)
{
	struct rulebase *base = pack->base;

	pack->lexicon = scap__lexicon_new(base, report);
	if (pack->lexicon && scap_report_errors(report) == before)
		pack->net = scap__network_compile(base, report);
	pack->layout = pack->net ? scap__layout_new(base->arena, pack->net) : NULL;
	if (!pack->layout && scap_report_errors(report) == before)
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
}

scap_pack *scap_pack_load(const char *rules, const char *data, scap_report *report)
{
	size_t before = scap_report_errors(report);
	struct rulebase *base = scap__rulebase_load(rules, data, report);
	scap_pack *pack = base ? scap__arena_alloc(base->arena, sizeof(*pack)) : NULL;

	if (base && !pack)
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
	if (pack) {
		pack->base = base;
		compile(pack, report, before);
	}
	scap__report_sort(report);
	if (pack && scap_report_errors(report) == before) {
		fill_info(pack);
		return pack;
	}
	if (pack)
		scap_pack_free(pack);
	else
		scap__rulebase_free(base);
	return NULL;
}

void scap_pack_free(scap_pack *pack)
{
	if (!pack)
		return;
	scap__lexicon_free(pack->lexicon);
	scap__rulebase_free(pack->base);
}

const struct scap_pack_info *scap_pack_info(const scap_pack *pack)
{
	return &pack->info;
}

const struct scap_question *scap_pack_question(const scap_pack *pack, size_t i)
{
	return i < pack->base->nquestions ? &pack->base->questions[i].shown : NULL;
}

const struct question *scap__pack_question(const scap_pack *pack, const char *name)
{
	const struct name *found = scap__names_find(pack->base->names, name, strlen(name));

	return found && found->kind == NAME_QUESTION ? &pack->base->questions[found->index] : NULL;
}
