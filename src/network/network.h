/* SPDX-License-Identifier: MIT
 *
 * The rules compiled: a flat list of nodes, each after those it needs. A node's
 * truth for one person is two bits, *certain* and *possible*; for a block of
 * people it is two planes of bits. Equal conditions share a node.
 */
#ifndef SCAP_NETWORK_NETWORK_H
#define SCAP_NETWORK_NETWORK_H

#include "rulebase/rulebase.h"

/* Two bits for each: see engine/block.h. */
enum { ANSWERS_IN_WORD = 32 };

enum node_op {
	NODE_ANSWER,    /* what the person said to one test; filled in from outside */
	NODE_ALWAYS,
	NODE_RELEVANT,  /* args: relevance, answer. Their Kleene `and` */
	NODE_FLAG,      /* the same for a yes/no question: a yes that can't apply is unknown */
	NODE_NOT,
	NODE_AND,
	NODE_OR,
	NODE_AT_LEAST,  /* n of the args */
};

struct node {
	enum node_op op;
	unsigned n;           /* NODE_AT_LEAST */
	unsigned first, count; /* its args: network.args[first ...] */
};

struct network {
	const struct rulebase *base;
	size_t nnodes;
	struct node *nodes; /* the answers first */
	size_t nargs;
	unsigned *args;
	size_t nanswers;
	struct test *tests;          /* of each NODE_ANSWER, by question */
	unsigned *first_answer;      /* of each question; one more at the end */
	unsigned *answer_bit;        /* of each NODE_ANSWER: its place among a person's */
	size_t answer_words;         /* how many words of ANSWERS_IN_WORD they take */
	int *relevance;              /* node of each question's relevance, or NONE */
	unsigned *cond_node;         /* of each condition, by its id */
	unsigned *finding_node;
	unsigned *rule_node;         /* of each rule's `when` */
	size_t nequipment;
	unsigned *equipment_node;    /* of each choice of the equipment question */
	size_t nminutes;             /* lengths of a session that are told apart */
	unsigned *minutes_node;      /* the I-th: minutes >= first + I * step */
	unsigned minutes_first, minutes_step;
	unsigned *band_answer;       /* of each band but the lowest: the answer is in it or above */
	unsigned *question_urgency;  /* 1 + most urgent level that hangs on a question; 0: none */
	unsigned *missing_order;     /* questions as `missing` lists them */
};

/* Compiles a rule base into its own arena. NULL when memory is out or a cap is
 * hit, which is reported. */
struct network *scap__network_compile(struct rulebase *base, struct scap_report *report);

/* Writes the network for a reader: one line a node. 0, or a SCAP code. */
unsigned scap__network_dump(const struct network *network, scap_write_fn *write, void *ctx);

/* Writes a test as the condition language would: `age >= 50`. */
struct buffer;
void scap__test_write(const struct rulebase *base, const struct test *test, struct buffer *out);

#endif
