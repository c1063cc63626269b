/* SPDX-License-Identifier: MIT
 *
 * rules/pack.csv: what holds for the pack as a whole.
 */
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "rulebase/loader.h"

enum key {
	KEY_NAME,
	KEY_VERSION,
	KEY_LANGUAGE,
	KEY_TITLE,
	KEY_MINUTES_QUESTION,
	KEY_EQUIPMENT_QUESTION,
	KEY_DEFAULT_MINUTES,
	KEY_FEWEST_EXERCISES,
	KEY_FEW_EXERCISES_ADVICE,
	KEY_REVIEW_MONTHS,
	KEY_EMERGENCY,
	KEY_DISCLAIMER,
	KEY_UNREVIEWED,
	KEY_CHANGEOVER_SECONDS,
	KEY_INSTEAD_WEIGHT,
	KEY_BALANCE_WEIGHT,
	KEY_BANDS_QUESTION,
	KEY_BANDS,
	KEYS
};

static const char *const keys[KEYS] = {
	"name",           "version",           "language",          "title",
	"minutes_question", "equipment_question", "default_minutes", "fewest_exercises",
	"few_exercises_advice", "review_months", "emergency", "disclaimer", "unreviewed",
	"changeover_seconds", "instead_weight", "balance_weight", "bands_question", "bands",
};

/* The question that a row names, if its type is right; else reported, DOUBTFUL. */
static int find_question(const struct record *record, bool number)
{
	const struct rulebase *base = record->loader->base;
	const struct cell *cell = scap__record_cell(record, 1);
	const struct name *name = scap__names_find(base->names, cell->text, cell->size);

	if (name && name->kind == NAME_QUESTION) {
		enum scap_type type = base->questions[name->index].shown.type;

		if (number ? type == SCAP_INTEGER || type == SCAP_DECIMAL
		           : type == SCAP_SELECT_MULTIPLE)
			return (int)name->index;
		scap__record_error(record, 1, E_UNKNOWN_QUESTION, "'%s' is no %s question",
		                   cell->text, number ? "number" : "select_multiple");
	} else if (cell->size) {
		scap__record_unknown(record, 1, 0, cell->size, E_UNKNOWN_QUESTION, "question",
		                     base->names, 1u << NAME_QUESTION);
	}
	return DOUBTFUL;
}

/* Numbers that rise, each the first of a band. */
static void read_bands(const struct record *record)
{
	struct settings *settings = &record->loader->base->settings;
	const struct cell *cell = scap__record_cell(record, 1);
	struct item item;
	size_t at = 0;

	settings->nbands = 0;
	while (scap__list_next(cell->text, cell->size, ';', &at, &item)) {
		int64_t first;

		if (settings->nbands == LIMIT_BANDS) {
			scap__record_part_error(record, 1, item.at, item.size, E_TOO_MANY,
			                        "there are more than %d limits", LIMIT_BANDS);
			return;
		}
		if (scap__number_read(item.text, item.size, &first))
			scap__record_part_error(record, 1, item.at, item.size, E_BAD_NUMBER,
			                        "'%.*s' is no number", (int)item.size, item.text);
		else if (settings->nbands && first <= settings->bands[settings->nbands - 1])
			scap__record_part_error(record, 1, item.at, item.size, E_BAD_RANGE,
			                        "'%.*s' is not above the number before it",
			                        (int)item.size, item.text);
		else
			settings->bands[settings->nbands++] = first;
	}
}

static void take(const struct record *record, enum key key)
{
	struct settings *settings = &record->loader->base->settings;
	const char *text = scap__record_text(record, 1);

	switch (key) {
	case KEY_NAME: settings->name = text; break;
	case KEY_VERSION: settings->version = text; break;
	case KEY_LANGUAGE: settings->language = text; break;
	case KEY_TITLE: settings->title = text; break;
	case KEY_FEW_EXERCISES_ADVICE: settings->few_exercises_advice = text; break;
	case KEY_EMERGENCY: settings->emergency = text; break;
	case KEY_DISCLAIMER: settings->disclaimer = text; break;
	case KEY_UNREVIEWED: settings->unreviewed = text; break;
	case KEY_MINUTES_QUESTION:
		settings->minutes_question = find_question(record, true);
		break;
	case KEY_EQUIPMENT_QUESTION:
		settings->equipment_question = find_question(record, false);
		break;
	case KEY_DEFAULT_MINUTES:
		settings->default_minutes = (unsigned)scap__record_number(record, 1, 1, 240, 1);
		break;
	case KEY_FEWEST_EXERCISES:
		settings->fewest_exercises = (unsigned)scap__record_number(record, 1, 0, 100, 0);
		break;
	case KEY_CHANGEOVER_SECONDS:
		settings->changeover_seconds = (unsigned)scap__record_number(record, 1, 0, 300, 0);
		break;
	case KEY_INSTEAD_WEIGHT:
		settings->instead_weight = (unsigned)scap__record_number(record, 1, 0, 1000, 0);
		break;
	case KEY_BALANCE_WEIGHT:
		settings->balance_weight = (unsigned)scap__record_number(record, 1, 0, 1000, 0);
		break;
	case KEY_BANDS_QUESTION:
		settings->bands_question = find_question(record, true);
		break;
	case KEY_BANDS: read_bands(record); break;
	default:
		settings->review_months = (unsigned)scap__record_number(record, 1, 1, 240, 1);
	}
}

/* The key that a text is nearest to. */
static struct near near_key(const char *text)
{
	struct near near = scap__near_begin(text, strlen(text));

	for (size_t i = 0; i < KEYS; i++)
		scap__near_offer(&near, keys[i]);
	return near;
}

static void unknown_key(const struct record *record, const char *key)
{
	struct near near = near_key(key);
	char hint[96];

	if (key[0])
		scap__record_error(record, 0, E_UNKNOWN_KEY, "unknown key '%s'%s", key,
		                   scap__near_hint(&near, hint));
}

static bool load_setting(const struct record *record)
{
	const char *key = scap__record_text(record, 0);
	const struct table *table = record->table;
	size_t i = 0;

	while (i < KEYS && strcmp(keys[i], key) != 0)
		i++;
	if (i == KEYS) {
		unknown_key(record, key);
		return true;
	}
	for (const struct row *row = table->rows; row < record->row; row++)
		if (record->where[0] < table->ncolumns &&
		    !strcmp(row->cells[record->where[0]].text, key))
			scap__record_error(record, 0, E_DUPLICATE_ROW, "'%s' is set already in line %u",
			                   key, row->line);
	take(record, (enum key)i);
	return true;
}

/* True when the table has a key, or a word that was told to be this one. */
static bool has_key(const struct table *table, size_t column, const char *key)
{
	for (size_t i = 0; i < table->nrows; i++) {
		const char *word = near_key(table->rows[i].cells[column].text).word;

		if (word && !strcmp(word, key))
			return true;
	}
	return false;
}

static bool may_miss(enum key key)
{
	return key == KEY_MINUTES_QUESTION || key == KEY_EQUIPMENT_QUESTION ||
	       key >= KEY_CHANGEOVER_SECONDS;
}

/* Every key that has no default must be there. */
static void check_keys(struct loader *loader)
{
	const struct table *table = &loader->tables[FILE_PACK];
	size_t column = loader->where[FILE_PACK][0];
	struct place place = {&table->source, 0, 1};

	if (!table->header || column == table->ncolumns)
		return;
	for (size_t i = 0; i < KEYS; i++)
		if (!may_miss((enum key)i) && !has_key(table, column, keys[i]))
			scap__report_add(loader->report, E_NO_KEY, place, "the key '%s' is missing",
			                 keys[i]);
}

/* The value of a key; the first character of the file where there is none. */
static struct place place_of(const struct loader *loader, size_t column, enum key key)
{
	const struct table *table = &loader->tables[FILE_PACK];

	for (size_t i = 0; i < table->nrows; i++)
		if (!strcmp(table->rows[i].cells[column].text, keys[key]))
			return scap__load_place(loader, FILE_PACK, table->rows[i].line, 1);
	return (struct place){&table->source, 0, 1};
}

/* No band may be one that nobody can be in. */
static void check_limits(struct loader *loader, size_t column)
{
	const struct settings *settings = &loader->base->settings;
	const struct question *asked = &loader->base->questions[settings->bands_question];

	for (size_t i = 0; i < settings->nbands; i++) {
		char number[24];

		if (settings->bands[i] > asked->low && settings->bands[i] <= asked->high)
			continue;
		scap__number_write(settings->bands[i], number);
		scap__report_add(loader->report, E_OUTSIDE, place_of(loader, column, KEY_BANDS),
		                 "with the band from %s on, the constraint of '%s' leaves nobody on "
		                 "one side", number, asked->shown.name);
	}
}

/* Both keys of the bands or neither. */
static void check_bands(struct loader *loader)
{
	const struct table *table = &loader->tables[FILE_PACK];
	size_t column = loader->where[FILE_PACK][0];
	enum key there = KEY_BANDS, missing = KEY_BANDS_QUESTION;
	bool question, bands;

	if (!table->header || column == table->ncolumns)
		return;
	question = has_key(table, column, keys[KEY_BANDS_QUESTION]);
	bands = has_key(table, column, keys[KEY_BANDS]);
	if (question && !bands) {
		there = KEY_BANDS_QUESTION;
		missing = KEY_BANDS;
	}
	if (question != bands)
		scap__report_add(loader->report, E_NO_KEY, place_of(loader, column, there),
		                 "'%s' needs the key '%s', which is missing", keys[there],
		                 keys[missing]);
	if (loader->base->settings.bands_question >= 0)
		check_limits(loader, column);
}

bool scap__load_settings(struct loader *loader)
{
	struct settings *settings = &loader->base->settings;

	*settings = (struct settings){
		.name = "", .version = "", .language = "", .title = "",
		.few_exercises_advice = "", .emergency = "", .disclaimer = "", .unreviewed = "",
		.minutes_question = NONE, .equipment_question = NONE, .bands_question = NONE,
	};
	if (!loader->tables[FILE_PACK].header)
		settings->equipment_question = DOUBTFUL;
	if (!scap__load_rows(loader, FILE_PACK, load_setting))
		return false;
	check_keys(loader);
	check_bands(loader);
	return true;
}
