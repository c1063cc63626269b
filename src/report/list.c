/* SPDX-License-Identifier: MIT
 *
 * Lists of what a pack holds: a line each, or the same as JSON.
 */
#include <string.h>

#include "base/report.h"
#include "report/data.h"
#include "report/phrase.h"
#include "report/text.h"

/* A line of a list: a name and up to three things to say of it. */
struct line {
	const char *name, *what, *more, *label;
	char room[32]; /* for `more`, where it is made up */
};

static void say_question(const struct rulebase *base, size_t i, struct line *line)
{
	const struct scap_question *question = &base->questions[i].shown;

	*line = (struct line){question->name, scap__type_word(question->type),
	                      question->red_flag ? "red flag" : "", question->label, ""};
}

static void say_level(const struct rulebase *base, size_t i, struct line *line)
{
	const struct scap_level *level = &base->levels[i].shown;

	*line = (struct line){level->name, level->routine ? "routine" : "no routine", "",
	                      level->label, ""};
}

static void say_finding(const struct rulebase *base, size_t i, struct line *line)
{
	const struct finding *finding = &base->findings[i];

	*line = (struct line){finding->name, "", "",
	                      finding->nrules ? base->rules[finding->rules[0]].because : "", ""};
}

static void say_rule(const struct rulebase *base, size_t i, struct line *line)
{
	const struct rule *rule = &base->rules[i];

	*line = (struct line){rule->id, scap__rule_kind_word(rule->kind), "not reviewed",
	                      rule->because, ""};
	if (!rule->cited.reviewed_by[0] || !rule->cited.reviewed_on[0])
		return;
	snprintf(line->room, sizeof(line->room), "reviewed %s", rule->cited.reviewed_on);
	line->more = line->room;
}

static void say_exercise(const struct rulebase *base, size_t i, struct line *line)
{
	const struct exercise *exercise = &base->exercises[i];

	*line = (struct line){exercise->name, base->parts[exercise->part].name,
	                      exercise->position, exercise->label, ""};
}

static void say_tag(const struct rulebase *base, size_t i, struct line *line)
{
	*line = (struct line){base->tags[i].name, "", "", base->tags[i].label, ""};
}

static void say_source(const struct rulebase *base, size_t i, struct line *line)
{
	const struct source_row *source = &base->sources[i];

	*line = (struct line){source->name, source->kind, source->year, source->title, ""};
}

static void say_remark(const struct rulebase *base, size_t i, struct line *line)
{
	const struct remark *remark = &base->remarks[i];

	*line = (struct line){.name = remark->name, .what = remark->what, .more = "",
	                      .label = remark->text};
}

static void say_phrase(const struct rulebase *base, size_t i, struct line *line)
{
	const struct phrase *phrase = &base->phrases[i];

	*line = (struct line){phrase->id, base->concepts[phrase->concept].name,
	                      phrase->sure ? "sure" : "ask", phrase->example_yes, ""};
}

static void say_cue(const struct rulebase *base, size_t i, struct line *line)
{
	const struct cue *cue = &base->cues[i];

	*line = (struct line){cue->id, scap__axis_word(cue->axis),
	                      scap__direction_word(cue->direction), cue->example_yes, ""};
}

static void say_file(const struct rulebase *base, size_t i, struct line *line)
{
	*line = (struct line){base->files[i].file, "", "", base->files[i].sha256, ""};
}

static void say_code(const struct rulebase *base, size_t i, struct line *line)
{
	struct scap_code_info info = {0};

	(void)base;
	scap_code_info(i, &info);
	*line = (struct line){info.name, info.severity == SCAP_ERROR ? "error" : "warning",
	                      info.remedy, info.meaning, ""};
}

static size_t count_codes(void)
{
	struct scap_code_info info;
	size_t count = 0;

	while (scap_code_info(count, &info))
		count++;
	return count;
}

struct kind {
	const char *name;
	size_t count;
	void (*say)(const struct rulebase *, size_t, struct line *);
};

static bool find_kind(const struct rulebase *base, const char *name, struct kind *kind)
{
	const struct kind kinds[] = {
		{"questions", base->nquestions, say_question},
		{"levels", base->nlevels, say_level},
		{"findings", base->nfindings, say_finding},
		{"rules", base->nrules, say_rule},
		{"exercises", base->nexercises, say_exercise},
		{"tags", base->ntags, say_tag},
		{"sources", base->nsources, say_source},
		{"remarks", base->nremarks, say_remark},
		{"phrases", base->nphrases, say_phrase},
		{"cues", base->ncues, say_cue},
		{"files", base->nfiles, say_file},
		{"codes", count_codes(), say_code},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].name, name)) {
			*kind = kinds[i];
			return true;
		}
	return false;
}

/* Codes are known by their number. */
static const char *name_in(const struct kind *kind, size_t i, const struct line *line,
                           char room[16])
{
	struct scap_code_info info;

	if (kind->say != say_code || !scap_code_info(i, &info))
		return line->name;
	snprintf(room, 16, "SCAP%u", info.code);
	return room;
}

static void write_lines(const struct rulebase *base, const struct kind *kind, struct buffer *out)
{
	size_t width = 0;
	struct line line;
	char room[16];

	for (size_t i = 0; i < kind->count; i++) {
		kind->say(base, i, &line);
		if (strlen(name_in(kind, i, &line, room)) > width)
			width = strlen(name_in(kind, i, &line, room));
	}
	for (size_t i = 0; i < kind->count; i++) {
		kind->say(base, i, &line);
		scap__buffer_printf(out, "%-*s  %s", (int)width, name_in(kind, i, &line, room),
		                    line.label);
		if (line.what[0] || line.more[0])
			scap__buffer_printf(out, "  [%s%s%s]", line.what,
			                    line.what[0] && line.more[0] ? ", " : "", line.more);
		scap__buffer_char(out, '\n');
	}
}

static json_t *data_lines(const struct rulebase *base, const struct kind *kind)
{
	json_t *out = json_array();
	bool ok = out != NULL;
	struct line line;
	char room[16];

	for (size_t i = 0; ok && i < kind->count; i++) {
		json_t *one = json_object();

		kind->say(base, i, &line);
		ok = scap__data_set(one, "name",
		                    scap__data_text(name_in(kind, i, &line, room))) &&
		     scap__data_set(one, "label", scap__data_text(line.label)) &&
		     scap__data_set(one, "kind", scap__data_text(line.what)) &&
		     scap__data_set(one, "note", scap__data_text(line.more));
		if (ok)
			ok = scap__data_add(out, one);
		else
			json_decref(one);
	}
	if (ok)
		return out;
	json_decref(out);
	return NULL;
}

unsigned scap_list(const scap_pack *pack, const char *name, enum scap_format format,
                   scap_write_fn *write, void *ctx)
{
	struct buffer out;
	struct kind kind;

	if (!find_kind(pack->base, name, &kind))
		return E_NO_SUCH_NAME;
	if (format == SCAP_JSON)
		return scap__data_send(data_lines(pack->base, &kind), write, ctx);
	scap__buffer_init(&out, TEXT_LIMIT);
	write_lines(pack->base, &kind, &out);
	return scap__buffer_send(&out, write, ctx);
}
