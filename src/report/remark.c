/* SPDX-License-Identifier: MIT
 *
 * What there is to say of a fact or a contradiction of the sources.
 */
#include "report/remark.h"

void scap__remark_text(const struct rulebase *base, const struct remark *remark,
                       struct buffer *out)
{
	scap__buffer_printf(out, "%s %s\n", remark->conflict ? "conflict" : "fact", remark->name);
	scap__text_field(out, "kind", remark->conflict ? "" : remark->what);
	scap__text_field(out, remark->conflict ? "they say" : "says", remark->text);
	scap__text_field(out, "decided", remark->resolution);
	scap__text_field(out, remark->conflict ? "because" : "note", remark->note);
	scap__text_field(out, "rows", remark->rows);
	for (size_t i = 0; i < remark->cited.nsources; i++) {
		const struct source_row *source = &base->sources[remark->cited.sources[i]];

		scap__text_itemf(out, 12, "  source", "%s: %s", source->name, source->title);
	}
	scap__buffer_printf(out, "  in        %s:%u\n", remark->origin.file, remark->origin.line);
}

json_t *scap__remark_data(const struct rulebase *base, const struct remark *remark)
{
	json_t *out = json_object();
	bool ok = scap__data_set(out, "entry",
	                         scap__data_text(remark->conflict ? "conflict" : "fact")) &&
	          scap__data_set(out, "name", scap__data_text(remark->name)) &&
	          scap__data_set(out, "kind", scap__data_text(remark->what)) &&
	          scap__data_set(out, "text", scap__data_text(remark->text)) &&
	          scap__data_set(out, "resolution", scap__data_text(remark->resolution)) &&
	          scap__data_set(out, "note", scap__data_text(remark->note)) &&
	          scap__data_set(out, "rows", scap__data_text(remark->rows)) &&
	          scap__data_set(out, "sources", scap__data_sources(base, &remark->cited)) &&
	          scap__data_set(out, "file", scap__data_text(remark->origin.file)) &&
	          scap__data_set(out, "line", json_integer(remark->origin.line));

	return scap__data_whole(out, ok);
}
