/* SPDX-License-Identifier: MIT
 *
 * Every cap in one place. What is over a cap is an error by name, never cut
 * short in silence.
 */
#ifndef SCAP_BASE_LIMITS_H
#define SCAP_BASE_LIMITS_H

enum {
	LIMIT_FILE_BYTES = 16 << 20,  /* one file of a pack */
	LIMIT_CELL_BYTES = 64 << 10,  /* one cell, anywhere */
	LIMIT_RECORD_BYTES = 1 << 20, /* one record of an intake file */
	LIMIT_LINE_BYTES = 64 << 20,  /* a line of an intake file that is too long a record */
	LIMIT_COLUMNS = 4096,         /* columns of any file */
	LIMIT_ROWS = 100000,          /* rows of one file of a pack */
	LIMIT_MAP_ROWS = 2 * LIMIT_COLUMNS, /* rows of a map */
	LIMIT_MAP_VALUES = 1000,      /* values that a map translates in one column */
	LIMIT_NAME_BYTES = 64,
	LIMIT_QUESTIONS = 2000,
	LIMIT_CHOICES = 64,           /* choices of one list: bits of a word */
	LIMIT_LEVELS = 32,
	LIMIT_RULES = 20000,
	LIMIT_FINDINGS = 10000,
	LIMIT_EXERCISES = 2000,
	LIMIT_PARTS = 64,             /* parts of a session: bits of a word */
	LIMIT_MUSCLES = 64,           /* muscles that exercises name: bits of a word */
	LIMIT_BANDS = 16,             /* where bands of a number begin, for summaries */
	LIMIT_MINUTE_STEPS = 30,      /* lengths of a session told apart */
	LIMIT_SESSION_STEPS = 2000000, /* of the search for the best session */
	LIMIT_NODES = 1 << 20,        /* nodes of the compiled network */
	LIMIT_CONDITION_ITEMS = 256,  /* tests, words and brackets of one cell */
	LIMIT_CONDITION_DEPTH = 32,   /* brackets and `not` inside each other */
	LIMIT_FINDING_DEPTH = 1000,   /* findings that rest on findings */
	LIMIT_REPORT = 200,           /* mistakes told one by one; more are counted */
	LIMIT_PATTERN_MATCH = 100000, /* PCRE2 match limit */
	LIMIT_PATTERN_DEPTH = 1000,   /* PCRE2 depth limit */
	LIMIT_CONCEPTS = 512,         /* what free text can speak of */
	LIMIT_PHRASES = 20000,        /* rows of lexicon.csv and context.csv together */
	LIMIT_PHRASE_MATCH = 10000,   /* PCRE2 match limit of one of their patterns */
	LIMIT_TEXT_BYTES = LIMIT_CELL_BYTES, /* a text that is read whole */
	LIMIT_TEXT_HEAD = 2 << 10,    /* what is read of a longer one */
	LIMIT_TEXT_SPANS = 2048,      /* phrases and cues found in one text */
	LIMIT_JSON_BYTES = 1 << 20,   /* one JSON request */
	LIMIT_SUMMARY_BYTES = 16 << 20, /* one summary as JSON */
	LIMIT_SUMMARY_INPUTS = 100000, /* files that a summary is of */
};

#endif
