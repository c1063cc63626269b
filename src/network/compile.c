/* SPDX-License-Identifier: MIT
 *
 * From condition trees to nodes. Questions and findings are compiled in the
 * order in which they rest on each other, so a node's args stand before it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/report.h"
#include "network/network.h"

enum { LONGEST_SESSION = 240 }; /* minutes */

struct compiler {
	struct network *net;
	const struct rulebase *base;
	struct arena *arena;
	unsigned *slots; /* hash of nodes: index + 1, or 0 */
	size_t nslots;
	int *value;      /* node of each test once relevance is put in, or NONE */
	bool *placed;    /* questions whose relevance is compiled */
	bool failed;
};

static size_t hash_node(const struct node *node, const unsigned *args)
{
	uint64_t hash = 14695981039346656037u;

	hash = (hash ^ node->op) * 1099511628211u;
	hash = (hash ^ node->n) * 1099511628211u;
	for (unsigned i = 0; i < node->count; i++)
		hash = (hash ^ args[i]) * 1099511628211u;
	return (size_t)(hash ^ hash >> 29);
}

static bool same_node(const struct network *net, unsigned index, const struct node *node,
                      const unsigned *args)
{
	const struct node *other = &net->nodes[index];

	return other->op == node->op && other->n == node->n && other->count == node->count &&
	       (!node->count || !memcmp(net->args + other->first, args,
	                                node->count * sizeof(*args)));
}

static bool widen(struct compiler *c)
{
	size_t nslots = c->nslots ? c->nslots * 2 : 1024;
	unsigned *slots = scap__arena_array(c->arena, nslots, sizeof(*slots));
	struct network *net = c->net;

	if (!slots)
		return false;
	for (size_t i = net->nanswers; i < net->nnodes; i++) {
		size_t slot = hash_node(&net->nodes[i], net->args + net->nodes[i].first);

		while (slots[slot & (nslots - 1)])
			slot++;
		slots[slot & (nslots - 1)] = (unsigned)i + 1;
	}
	c->slots = slots;
	c->nslots = nslots;
	return true;
}

static unsigned append(struct compiler *c, struct node node, const unsigned *args)
{
	struct network *net = c->net;
	struct node *nodes;

	if (net->nnodes >= LIMIT_NODES) {
		c->failed = true;
		return 0;
	}
	node.first = (unsigned)net->nargs;
	for (unsigned i = 0; i < node.count; i++) {
		unsigned *list = scap__arena_grow(c->arena, net->args, net->nargs, sizeof(*list));

		if (!list) {
			c->failed = true;
			return 0;
		}
		net->args = list;
		list[net->nargs++] = args[i];
	}
	nodes = scap__arena_grow(c->arena, net->nodes, net->nnodes, sizeof(*nodes));
	if (!nodes) {
		c->failed = true;
		return 0;
	}
	net->nodes = nodes;
	nodes[net->nnodes] = node;
	return (unsigned)net->nnodes++;
}

/* The node for an operation; an equal one is used again. */
static unsigned intern(struct compiler *c, struct node node, const unsigned *args)
{
	size_t slot;
	unsigned index;

	if (c->failed || (c->net->nnodes * 2 >= c->nslots && !widen(c))) {
		c->failed = true;
		return 0;
	}
	for (slot = hash_node(&node, args); c->slots[slot & (c->nslots - 1)]; slot++) {
		index = c->slots[slot & (c->nslots - 1)] - 1;
		if (same_node(c->net, index, &node, args))
			return index;
	}
	index = append(c, node, args);
	c->slots[slot & (c->nslots - 1)] = index + 1;
	return index;
}

static int by_number(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

/* `and` or `or` of the args, each taken once; one alone stands for itself. */
static unsigned combine(struct compiler *c, enum node_op op, unsigned *args, unsigned count)
{
	unsigned kept = 0;

	qsort(args, count, sizeof(*args), by_number);
	for (unsigned i = 0; i < count; i++)
		if (!i || args[i] != args[i - 1])
			args[kept++] = args[i];
	if (kept == 1)
		return args[0];
	return intern(c, (struct node){op, 0, 0, kept}, args);
}

static unsigned compile_cond(struct compiler *c, const struct cond *cond);

/* The relevance of a question, compiled before its first use. */
static void place_question(struct compiler *c, unsigned question)
{
	const struct cond *relevant = c->base->questions[question].relevant;

	if (c->placed[question])
		return;
	c->placed[question] = true;
	c->net->relevance[question] = relevant ? (int)compile_cond(c, relevant) : NONE;
}

static unsigned find_answer(const struct network *net, const struct test *test)
{
	unsigned i = net->first_answer[test->question];

	while (!scap__test_same(&net->tests[i], test))
		i++;
	return i;
}

static unsigned compile_test(struct compiler *c, const struct test *test)
{
	unsigned answer = find_answer(c->net, test);
	int relevance;

	place_question(c, test->question);
	relevance = c->net->relevance[test->question];
	if (relevance == NONE)
		return answer;
	if (c->value[answer] == NONE) {
		unsigned args[2] = {(unsigned)relevance, answer};
		enum node_op op = c->base->questions[test->question].shown.type == SCAP_YES_NO
		                          ? NODE_FLAG : NODE_RELEVANT;

		c->value[answer] = (int)intern(c, (struct node){op, 0, 0, 2}, args);
	}
	return (unsigned)c->value[answer];
}

static unsigned compile_items(struct compiler *c, const struct cond *cond)
{
	unsigned *args = scap__arena_array(c->arena, cond->nitems, sizeof(*args));
	unsigned count = (unsigned)cond->nitems;

	if (!args) {
		c->failed = true;
		return 0;
	}
	for (unsigned i = 0; i < count && !c->failed; i++)
		args[i] = compile_cond(c, cond->items[i]);
	if (c->failed)
		return 0;
	if (cond->op == COND_AND)
		return combine(c, NODE_AND, args, count);
	if (cond->op == COND_OR)
		return combine(c, NODE_OR, args, count);
	qsort(args, count, sizeof(*args), by_number);
	return intern(c, (struct node){NODE_AT_LEAST, cond->n, 0, count}, args);
}

static unsigned compile_cond(struct compiler *c, const struct cond *cond)
{
	unsigned node, item;

	switch (cond->op) {
	case COND_ALWAYS:
		node = intern(c, (struct node){NODE_ALWAYS, 0, 0, 0}, NULL);
		break;
	case COND_TEST:
		node = compile_test(c, &cond->test);
		break;
	case COND_FINDING:
		node = c->net->finding_node[cond->finding];
		break;
	case COND_NOT:
		item = compile_cond(c, cond->items[0]);
		node = intern(c, (struct node){NODE_NOT, 0, 0, 1}, &item);
		break;
	default:
		node = compile_items(c, cond);
	}
	c->net->cond_node[cond->id] = node;
	return node;
}

static void compile_finding(struct compiler *c, unsigned index)
{
	const struct finding *finding = &c->base->findings[index];
	unsigned *args = scap__arena_array(c->arena, finding->nrules, sizeof(*args));

	if (!args) {
		c->failed = true;
		return;
	}
	for (size_t i = 0; i < finding->nrules; i++) {
		args[i] = compile_cond(c, c->base->rules[finding->rules[i]].when);
		c->net->rule_node[finding->rules[i]] = args[i];
	}
	c->net->finding_node[index] = combine(c, NODE_OR, args, (unsigned)finding->nrules);
}

/* ---- The answers: every distinct test of every question -------------------- */

struct test_list {
	struct arena *arena;
	struct test *tests;
	size_t count;
	bool failed;
};

static void collect_test(struct test_list *list, struct test test)
{
	struct test *tests = scap__arena_grow(list->arena, list->tests, list->count,
	                                      sizeof(*tests));

	if (!tests) {
		list->failed = true;
		return;
	}
	list->tests = tests;
	tests[list->count++] = test;
}

static void collect(struct test_list *list, const struct cond *cond)
{
	if (!cond)
		return;
	if (cond->op == COND_TEST)
		collect_test(list, cond->test);
	for (size_t i = 0; i < cond->nitems; i++)
		collect(list, cond->items[i]);
}

static int test_order(const void *a, const void *b)
{
	const struct test *x = a, *y = b;

	if (x->question != y->question)
		return x->question < y->question ? -1 : 1;
	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	if (x->high != y->high)
		return x->high < y->high ? -1 : 1;
	return (int)x->compare - (int)y->compare;
}

/* What a person has at hand is asked of every choice, used in a rule or not. */
static struct test equipment_test(const struct rulebase *base, size_t choice)
{
	return (struct test){(unsigned)base->settings.equipment_question, COMPARE_CHOICE,
	                     (int64_t)choice, 0};
}

/* How long a session may be becomes facts, too: it has at least so many minutes. */
static struct test minutes_test(const struct compiler *c, size_t step)
{
	int64_t minutes = c->net->minutes_first + (int64_t)step * c->net->minutes_step;

	return (struct test){(unsigned)c->base->settings.minutes_question, COMPARE_GE,
	                     minutes * NUMBER_ONE, 0};
}

/* For summaries: a band of a number begins here. */
static struct test band_test(const struct rulebase *base, size_t band)
{
	return (struct test){(unsigned)base->settings.bands_question, COMPARE_GE,
	                     base->settings.bands[band], 0};
}

/* In a wide range not every minute counts: a session is then a little shorter
 * than it might be, never longer. */
static void plan_minutes(struct compiler *c)
{
	const struct question *question;
	int64_t first, last;

	if (c->base->settings.minutes_question == NONE)
		return;
	question = &c->base->questions[c->base->settings.minutes_question];
	first = question->low > 0 ? question->low / NUMBER_ONE : 0;
	last = question->high / NUMBER_ONE;
	if (last > LONGEST_SESSION)
		last = LONGEST_SESSION;
	if (last < first)
		return;
	c->net->minutes_first = (unsigned)first;
	c->net->minutes_step = (unsigned)((last - first) / LIMIT_MINUTE_STEPS + 1);
	c->net->nminutes = (size_t)((last - first) / c->net->minutes_step + 1);
}

/* The tests of one question follow each other in one word where they can, so that
 * an answer is a mask. */
static bool place_bits(struct compiler *c)
{
	struct network *net = c->net;
	unsigned bit = 0;

	net->answer_bit = scap__arena_array(c->arena, net->nanswers + 1, sizeof(unsigned));
	for (size_t q = 0; net->answer_bit && q < c->base->nquestions; q++) {
		unsigned first = net->first_answer[q], count = net->first_answer[q + 1] - first;

		if (count <= ANSWERS_IN_WORD && bit % ANSWERS_IN_WORD + count > ANSWERS_IN_WORD)
			bit += ANSWERS_IN_WORD - bit % ANSWERS_IN_WORD;
		for (unsigned i = 0; i < count; i++)
			net->answer_bit[first + i] = bit++;
	}
	net->answer_words = (bit + ANSWERS_IN_WORD - 1) / ANSWERS_IN_WORD;
	return net->answer_bit != NULL;
}

static bool place_answers(struct compiler *c)
{
	struct network *net = c->net;
	struct test_list list = {.arena = c->arena};
	size_t kept = 0, question = 0;

	for (size_t i = 0; i < c->base->nquestions; i++)
		collect(&list, c->base->questions[i].relevant);
	for (size_t i = 0; i < c->base->nrules; i++)
		collect(&list, c->base->rules[i].when);
	for (size_t i = 0; i < net->nequipment; i++)
		collect_test(&list, equipment_test(c->base, i));
	for (size_t i = 0; i < net->nminutes; i++)
		collect_test(&list, minutes_test(c, i));
	for (size_t i = 0; i < c->base->settings.nbands; i++)
		collect_test(&list, band_test(c->base, i));
	if (list.failed)
		return false;
	if (list.count)
		qsort(list.tests, list.count, sizeof(*list.tests), test_order);
	for (size_t i = 0; i < list.count; i++)
		if (!i || !scap__test_same(&list.tests[i], &list.tests[kept - 1]))
			list.tests[kept++] = list.tests[i];
	net->tests = list.tests;
	for (size_t i = 0; i < kept && !c->failed; i++) {
		while (question <= net->tests[i].question)
			net->first_answer[question++] = (unsigned)i;
		append(c, (struct node){NODE_ANSWER, 0, 0, 0}, NULL);
	}
	while (question <= c->base->nquestions)
		net->first_answer[question++] = (unsigned)kept;
	net->nanswers = kept;
	return !c->failed && place_bits(c);
}

static bool allocate(struct compiler *c)
{
	struct network *net = c->net;
	size_t nq = c->base->nquestions;

	net->first_answer = scap__arena_array(c->arena, nq + 1, sizeof(unsigned));
	net->relevance = scap__arena_array(c->arena, nq + 1, sizeof(int));
	net->cond_node = scap__arena_array(c->arena, c->base->nconds + 1, sizeof(unsigned));
	net->finding_node = scap__arena_array(c->arena, c->base->nfindings + 1, sizeof(unsigned));
	net->rule_node = scap__arena_array(c->arena, c->base->nrules + 1, sizeof(unsigned));
	net->question_urgency = scap__arena_array(c->arena, nq + 1, sizeof(unsigned));
	net->missing_order = scap__arena_array(c->arena, nq + 1, sizeof(unsigned));
	c->placed = scap__arena_array(c->arena, nq + 1, sizeof(bool));
	if (c->base->settings.equipment_question != NONE)
		net->nequipment = c->base->questions[c->base->settings.equipment_question]
		                          .shown.nchoices;
	net->equipment_node = scap__arena_array(c->arena, net->nequipment + 1, sizeof(unsigned));
	plan_minutes(c);
	net->minutes_node = scap__arena_array(c->arena, net->nminutes + 1, sizeof(unsigned));
	net->band_answer = scap__arena_array(c->arena, c->base->settings.nbands + 1,
	                                     sizeof(unsigned));
	return net->band_answer && net->equipment_node && net->minutes_node && net->first_answer && net->relevance &&
	       net->cond_node && net->finding_node && net->rule_node && net->question_urgency &&
	       net->missing_order && c->placed;
}

/* ---- How urgent a question is, for the order of `missing` ------------------ */

static void spread(const struct network *net, unsigned *mark)
{
	for (size_t i = net->nnodes; i-- > net->nanswers;)
		for (unsigned j = 0; mark[i] && j < net->nodes[i].count; j++) {
			unsigned arg = net->args[net->nodes[i].first + j];

			if (mark[arg] < mark[i])
				mark[arg] = mark[i];
		}
}

/* Relevance that no test of the question uses still counts: an answer's node
 * reaches its relevance through NODE_RELEVANT only, so nothing is lost. */
static bool rank_questions(struct compiler *c)
{
	struct network *net = c->net;
	const struct rulebase *base = c->base;
	unsigned *mark = scap__arena_array(c->arena, net->nnodes + 1, sizeof(*mark));
	size_t n = 0;

	if (!mark)
		return false;
	for (size_t i = base->first_rule[RULE_ESCALATION]; i < base->first_rule[RULE_ESCALATION + 1];
	     i++)
		if (mark[net->rule_node[i]] < base->rules[i].level + 1)
			mark[net->rule_node[i]] = base->rules[i].level + 1;
	spread(net, mark);
	for (size_t q = 0; q < base->nquestions; q++) {
		for (unsigned i = net->first_answer[q]; i < net->first_answer[q + 1]; i++)
			if (mark[i] > net->question_urgency[q])
				net->question_urgency[q] = mark[i];
		size_t at = n++;

		for (; at; at--) {
			unsigned before = net->missing_order[at - 1];

			if (net->question_urgency[before] > net->question_urgency[q] ||
			    (net->question_urgency[before] == net->question_urgency[q] &&
			     strcmp(base->questions[before].shown.name,
			            base->questions[q].shown.name) < 0))
				break;
			net->missing_order[at] = before;
		}
		net->missing_order[at] = (unsigned)q;
	}
	return true;
}

static bool compile_all(struct compiler *c)
{
	const struct rulebase *base = c->base;
	struct network *net = c->net;

	if (!allocate(c) || !place_answers(c))
		return false;
	c->value = scap__arena_array(c->arena, net->nanswers + 1, sizeof(*c->value));
	if (!c->value)
		return false;
	for (size_t i = 0; i < net->nanswers; i++)
		c->value[i] = NONE;
	for (size_t i = 0; i < base->nfindings && !c->failed; i++)
		compile_finding(c, base->finding_order[i]);
	for (unsigned q = 0; q < base->nquestions && !c->failed; q++)
		place_question(c, q);
	for (size_t i = base->first_rule[RULE_ESCALATION]; i < base->nrules && !c->failed; i++)
		net->rule_node[i] = compile_cond(c, base->rules[i].when);
	for (size_t i = 0; i < net->nequipment && !c->failed; i++) {
		struct test test = equipment_test(base, i);

		net->equipment_node[i] = compile_test(c, &test);
	}
	for (size_t i = 0; i < net->nminutes && !c->failed; i++) {
		struct test test = minutes_test(c, i);

		net->minutes_node[i] = compile_test(c, &test);
	}
	for (size_t i = 0; i < base->settings.nbands; i++) {
		struct test test = band_test(base, i);

		net->band_answer[i] = find_answer(net, &test);
	}
	return !c->failed && rank_questions(c);
}

struct network *scap__network_compile(struct rulebase *base, struct scap_report *report)
{
	struct network *net = scap__arena_alloc(base->arena, sizeof(*net));
	struct compiler c = {.net = net, .base = base, .arena = base->arena};

	if (net)
		net->base = base;
	if (net && compile_all(&c))
		return net;
	if (net && net->nnodes >= LIMIT_NODES)
		scap__report_add(report, E_TOO_MANY, (struct place){0},
		                 "the rules compile to over %d nodes", LIMIT_NODES);
	else
		scap__report_add(report, E_NO_MEMORY, (struct place){0}, "memory is out");
	return NULL;
}
