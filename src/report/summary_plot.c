/* SPDX-License-Identifier: MIT
 *
 * Bars, counts and shares. Colours go from light to dark with the urgency, so that they
 * stay apart in grey and for whoever sees few colours; what is not certain is hatched.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "report/summary_page.h"

enum { STOPS = 5 };

static const unsigned char stops[STOPS][3] = {
	{0xf6, 0xe3, 0xa6}, {0xf2, 0xb1, 0x5b}, {0xdf, 0x73, 0x3b}, {0xb0, 0x30, 0x32},
	{0x57, 0x0f, 0x2b},
};

static void put_colour(const struct rulebase *base, int level, struct buffer *out)
{
	size_t last = base->nlevels > 1 ? base->nlevels - 1 : 1;
	size_t at = (size_t)(level > 0 ? level : 0) * (STOPS - 1) * 256 / last;
	size_t stop = at / 256 < STOPS - 1 ? at / 256 : STOPS - 2, part = at - stop * 256;

	if (level == NONE) {
		scap__buffer_text(out, "#3d6a94");
		return;
	}
	scap__buffer_char(out, '#');
	for (int i = 0; i < 3; i++)
		scap__buffer_printf(out, "%02x",
		                    (unsigned)((stops[stop][i] * (256 - part) +
		                                stops[stop + 1][i] * part) / 256));
}

void scap__plot_patterns(struct buffer *out)
{
	scap__buffer_text(out, "<svg width=\"0\" height=\"0\" class=\"defs\" aria-hidden=\"true\"><defs>"
	                       "<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\""
	                       "userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"3.4\" "
	                       "height=\"6\" fill=\"#fff\"></rect></pattern></defs></svg>\n");
}

static double percent(uint64_t some, uint64_t all)
{
	return all ? 100.0 * (double)some / (double)all : 0;
}

static void put_rect(const struct rulebase *base, int level, double from, double width,
                     struct buffer *out)
{
	scap__buffer_printf(out, "<rect x=\"%.2f%%\" width=\"%.2f%%\" height=\"100%%\" fill=\"",
	                    from, width);
	put_colour(base, level, out);
	scap__buffer_text(out, "\"></rect>");
}

static void begin_bar(struct buffer *out)
{
	scap__buffer_text(out, "<td class=\"plot\"><svg class=\"bar\" aria-hidden=\"true\">");
}

void scap__plot_bar(const struct rulebase *base, int level, uint64_t sure, uint64_t maybe, uint64_t all,
                    struct buffer *out)
{
	double from = percent(sure, all), more = percent(maybe, all);

	begin_bar(out);
	if (sure)
		put_rect(base, level, 0, from, out);
	if (maybe) {
		put_rect(base, level, from, more, out);
		scap__buffer_printf(out, "<rect x=\"%.2f%%\" width=\"%.2f%%\" height=\"100%%\" "
		                         "fill=\"url(#hatch)\" class=\"over\"></rect>", from, more);
	}
	scap__buffer_text(out, "</svg></td>");
}

void scap__plot_stack(const struct rulebase *base, const uint64_t *levels, uint64_t all,
                      struct buffer *out)
{
	double from = 0;

	begin_bar(out);
	for (size_t k = base->nlevels; k-- > 0;) {
		double width = percent(levels[k], all);

		if (levels[k])
			put_rect(base, (int)k, from, width, out);
		from += width;
	}
	scap__buffer_text(out, "</svg></td>");
}

void scap__plot_swatch(const struct rulebase *base, size_t level, struct buffer *out)
{
	scap__buffer_text(out, "<svg class=\"swatch\" aria-hidden=\"true\">");
	put_rect(base, (int)level, 0, 100, out);
	scap__buffer_text(out, "</svg>");
}

void scap__put_count(uint64_t count, struct buffer *out)
{
	char digits[24];
	size_t size = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, count);

	for (size_t i = 0; i < size; i++) {
		if (i && (size - i) % 3 == 0 && size > 4)
			scap__buffer_text(out, "\u202f");
		scap__buffer_char(out, digits[i]);
	}
}

void scap__put_cell(uint64_t count, struct buffer *out)
{
	scap__buffer_text(out, count ? "<td class=\"n\">" : "<td class=\"n q\">");
	scap__put_count(count, out);
	scap__buffer_text(out, "</td>");
}

void scap__put_share(uint64_t some, uint64_t all, struct buffer *out)
{
	unsigned share = (unsigned)(percent(some, all) + 0.5);

	if (some && !share)
		scap__buffer_text(out, "under 1\u202f%");
	else if (some < all && share == 100)
		scap__buffer_text(out, "over 99\u202f%");
	else
		scap__buffer_printf(out, "%u\u202f%%", share);
}

void scap__put_words(const char *name, struct buffer *out)
{
	for (; *name; name++)
		scap__buffer_char(out, *name == '_' ? ' ' : *name);
}

static int by_count(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

struct ranked *scap__rank(size_t rows, uint64_t (*count)(const void *ctx, size_t row), const void *ctx,
                          size_t *found)
{
	struct ranked *list = calloc(rows + 1, sizeof(*list));

	*found = 0;
	for (size_t i = 0; list && i < rows; i++) {
		uint64_t n = count(ctx, i);

		if (n)
			list[(*found)++] = (struct ranked){i, n};
	}
	if (*found)
		qsort(list, *found, sizeof(*list), by_count);
	return list;
}
