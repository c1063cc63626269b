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

scap_pack *scap_pack_load(const char *rules, const char *data, scap_report *report)
{
	struct rulebase *base = scap__rulebase_load(rules, data, report);
	scap_pack *pack;

	if (!base)
		return NULL;
	pack = scap__arena_alloc(base->arena, sizeof(*pack));
	if (pack) {
		pack->base = base;
		pack->net = scap__network_compile(base, report);
		if (!pack->net) {
			scap__rulebase_free(base);
			return NULL;
		}
		pack->layout = scap__layout_new(base->arena, pack->net);
	}
	if (!pack || !pack->layout) {
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
		scap__rulebase_free(base);
		return NULL;
	}
	fill_info(pack);
	return pack;
}

void scap_pack_free(scap_pack *pack)
{
	if (pack)
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
