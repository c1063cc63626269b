/* SPDX-License-Identifier: MIT
 *
 * The clauses say what the logic says, by trying everything; and they notice an engine
 * that decides otherwise.
 */
#include "prove/coding.h"
#include "prove/cone.h"
#include "prove/memory.h"
#include "prove/model.h"
#include "prove/replay.h"
#include "prove/rup.h"
#include "prove/sat.h"
#include "prove/theorem.h"
#include "unit.h"

enum { FREE = 4, GATES = 40, ROUNDS = 300 };

struct gate_row {
	int literal;
	unsigned truth; /* bit i: its value for the i-th way to set the free variables */
};

static unsigned truth_of(const struct gate_row *rows, int index)
{
	unsigned truth = rows[abs(index)].truth;

	return index < 0 ? ~truth & 0xffffu : truth;
}

/* Rolls a gate over earlier rows, and says what it must come to. */
static struct gate_row roll_gate(struct model *model, const struct gate_row *rows, unsigned count,
                                 uint64_t *dice)
{
	int parts[5], literals[5];
	unsigned n = 1 + unit_roll(dice, 5), least = 1 + unit_roll(dice, n), sort = unit_roll(dice, 3);
	struct gate_row out = {0, 0};

	for (unsigned i = 0; i < n; i++) {
		parts[i] = (int)unit_roll(dice, count);
		parts[i] = unit_roll(dice, 2) && parts[i] ? -parts[i] : parts[i];
		literals[i] = (parts[i] < 0 ? -1 : 1) * rows[abs(parts[i])].literal;
	}
	out.literal = sort == 0   ? prove_and(model, literals, n)
	              : sort == 1 ? prove_or(model, literals, n)
	                          : prove_at_least(model, literals, n, least);
	for (unsigned way = 0; way < 1u << FREE; way++) {
		unsigned yes = 0;

		for (unsigned i = 0; i < n; i++)
			yes += truth_of(rows, parts[i]) >> way & 1;
		out.truth |= (unsigned)(yes >= (sort == 0 ? n : sort == 1 ? 1 : least)) << way;
	}
	return out;
}

static void check_way(const struct model *model, const struct gate_row *rows, unsigned way)
{
	bool *values = prove_alloc((size_t)model->nvars + 1, sizeof(*values));
	struct sat *sat = prove_model_load(model);
	int assumed[FREE];

	for (unsigned i = 0; i < FREE; i++) {
		values[rows[i + 1].literal] = way >> i & 1;
		assumed[i] = way >> i & 1 ? rows[i + 1].literal : -rows[i + 1].literal;
	}
	ck_assert(prove_evaluate(model, values));
	ck_assert(prove_sat_solve(sat, assumed, FREE));
	for (unsigned i = 0; i < GATES; i++) {
		bool holds = values[abs(rows[i].literal)] == (rows[i].literal > 0);

		ck_assert_int_eq(holds, rows[i].truth >> way & 1);
		ck_assert_int_eq(prove_sat_value(sat, rows[i].literal), rows[i].truth >> way & 1);
	}
	prove_sat_free(sat);
	free(values);
}

START_TEST(gates_are_what_they_say)
{
	uint64_t dice = 11;

	for (unsigned round = 0; round < ROUNDS; round++) {
		struct model *model = prove_model_new();
		struct gate_row rows[GATES] = {{LIT_TRUE, 0xffff}};

		for (unsigned i = 0; i < FREE; i++) {
			rows[i + 1].literal = prove_variable(model);
			for (unsigned way = 0; way < 1u << FREE; way++)
				rows[i + 1].truth |= (way >> i & 1) << way;
		}
		for (unsigned i = FREE + 1; i < GATES; i++)
			rows[i] = roll_gate(model, rows, i, &dice);
		check_way(model, rows, unit_roll(&dice, 1u << FREE));
		prove_model_free(model);
	}
}
END_TEST

START_TEST(equal_gates_are_one)
{
	struct model *model = prove_model_new();
	int a = prove_variable(model), b = prove_variable(model);

	ck_assert_int_eq(prove_both(model, a, b), prove_both(model, b, a));
	ck_assert_int_eq(prove_both(model, a, a), a);
	ck_assert_int_eq(prove_both(model, a, -a), LIT_FALSE);
	ck_assert_int_eq(prove_either(model, a, -a), LIT_TRUE);
	ck_assert_int_eq(prove_and(model, NULL, 0), LIT_TRUE);
	ck_assert_int_eq(prove_or(model, NULL, 0), LIT_FALSE);
	prove_model_free(model);
}
END_TEST

/* A clause that leaves a gate open, or contradicts it, is noticed. */
START_TEST(clauses_that_say_too_little_are_noticed)
{
	struct model *model = prove_model_new();
	int a = prove_variable(model), b = prove_variable(model);
	bool values[8] = {0};

	prove_both(model, a, b);
	values[a] = values[b] = true;
	ck_assert(prove_evaluate(model, values));
	model->literals[model->nliterals - 2] = -a; /* the last clause no longer forces the gate */
	ck_assert(!prove_evaluate(model, values));
	prove_model_free(model);
}
END_TEST

/* Of three variables every clause of two that does not say a and b: a and b can't hold. */
START_TEST(reasons_are_checked)
{
	struct model *model = prove_model_new();
	int a = prove_variable(model), b = prove_variable(model), c = prove_variable(model);
	const int clauses[][2] = {{-a, c}, {-b, -c}};
	const int both[] = {a, b}, one[] = {a};
	const int good[] = {c, 0, 0}, unsound[] = {-c, b, 0, c, 0, -c, 0, 0}, short_one[] = {c, 0};
	const int foreign[] = {99, 0, 0}, endless[] = {c};

	for (size_t i = 0; i < 2; i++)
		prove_clause(model, clauses[i], 2);
	ck_assert(prove_rup_check(model, both, 2, good, 3));
	ck_assert(prove_rup_check(model, both, 2, NULL, 0)); /* propagation alone leads there */
	ck_assert(!prove_rup_check(model, one, 1, good, 3));
	ck_assert(!prove_rup_check(model, one, 1, short_one, 2));
	ck_assert(!prove_rup_check(model, NULL, 0, unsound, 8));
	ck_assert(!prove_rup_check(model, NULL, 0, foreign, 3));
	ck_assert(!prove_rup_check(model, one, 1, endless, 1));
	prove_model_free(model);
}
END_TEST

/* Random clauses that can't hold together: the solver's own reason is sound. */
START_TEST(reasons_of_the_solver_are_sound)
{
	enum { VARIABLES = 8, CLAUSES = 60 };
	uint64_t dice = 5;

	for (unsigned round = 0; round < ROUNDS; round++) {
		struct model *model = prove_model_new();
		struct sat *sat = prove_sat_new();
		FILE *file = tmpfile();
		int *reason = NULL, literal;
		size_t size = 0;

		for (unsigned i = 0; i < VARIABLES; i++)
			prove_variable(model);
		for (unsigned i = 0; i < CLAUSES; i++) {
			int clause[3];

			for (unsigned j = 0; j < 3; j++)
				clause[j] = (int)(2 + unit_roll(&dice, VARIABLES)) *
				            (unit_roll(&dice, 2) ? 1 : -1);
			prove_clause(model, clause, 3);
		}
		prove_sat_record(sat, file, model->nvars, model->nclauses);
		prove_model_add(model, sat);
		if (!prove_sat_solve(sat, NULL, 0)) {
			prove_sat_free(sat);
			sat = NULL;
			rewind(file);
			ck_assert(fscanf(file, "%*[^\n]") == 0);
			while (fscanf(file, "%d", &literal) == 1) {
				reason = prove_grow(reason, size, sizeof(int));
				reason[size++] = literal;
			}
			ck_assert(prove_rup_check(model, NULL, 0, reason, size));
		}
		prove_sat_free(sat);
		fclose(file);
		free(reason);
		prove_model_free(model);
	}
}
END_TEST

static struct replay replay(const scap_pack *proved, const scap_pack *running, unsigned people)
{
	struct model *model = prove_model_new();
	struct coding *coding = prove_coding_new(model, proved,
	                                         prove_domains_new(model, proved, NULL, 0));
	struct replay result = prove_replay(coding, running, people, 3);

	prove_coding_free(coding);
	prove_model_free(model);
	return result;
}

static const char *const folders[] = {"tests/packs/tiny", "tests/packs/knee", "tests/bench/pack", "."};

START_TEST(the_engine_decides_as_the_clauses)
{
	scap_pack *pack = unit_good_pack(folders[_i]);
	struct replay result = replay(pack, pack, 2000);

	ck_assert_msg(!result.disagreements, "%s: %s", folders[_i], result.first);
	ck_assert_uint_eq(result.people, 2000);
	scap_pack_free(pack);
}
END_TEST

/* Breaks one node of the running network after the other; each counts that changes what
 * somebody gets. */
START_TEST(a_broken_engine_is_noticed)
{
	scap_pack *proved = unit_good_pack("tests/packs/knee"), *running = unit_good_pack("tests/packs/knee");
	struct network *net = running->net;
	unsigned noticed = 0, tried = 0;

	for (size_t i = net->nanswers; i < net->nnodes; i++) {
		enum node_op op = net->nodes[i].op;

		if (op != NODE_AND && op != NODE_OR)
			continue;
		net->nodes[i].op = op == NODE_AND ? NODE_OR : NODE_AND;
		noticed += replay(proved, running, 3000).disagreements > 0;
		tried++;
		net->nodes[i].op = op;
	}
	ck_assert_uint_gt(tried, 0);
	ck_assert_uint_eq(noticed, tried);
	scap_pack_free(proved);
	scap_pack_free(running);
}
END_TEST

/* The short way never says more than the long one, also of networks that make no sense. */
START_TEST(the_short_way_is_sound)
{
	scap_pack *pack = unit_good_pack("tests/packs/knee");
	struct network *net = pack->net;
	unsigned risen = 0, fallen = 0;

	for (size_t i = net->nanswers; i < net->nnodes; i++) {
		struct node node = net->nodes[i];

		if (!node.count)
			continue;
		net->nodes[i].op = NODE_NOT;
		net->nodes[i].count = 1;
		struct space *space = prove_space_double(pack);
		struct sat *sat = prove_model_load(space->model);

		for (size_t j = 0; j < space->count; j++) {
			const struct theorem *theorem = &space->theorems[j];
			bool falls;

			if (theorem->kind != THEOREM_FLAG)
				continue;
			falls = prove_sat_solve(sat, theorem->when, theorem->count);
			fallen += falls;
			if (prove_cone_rises(pack, theorem->subject, theorem->to_yes)) {
				risen++;
				ck_assert(!falls);
			}
		}
		prove_sat_free(sat);
		prove_space_free(space);
		net->nodes[i] = node;
	}
	ck_assert_uint_gt(risen, 20);
	ck_assert_uint_gt(fallen, 2);
	scap_pack_free(pack);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("prove");
	TCase *tests = tcase_create("prove");

	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, gates_are_what_they_say);
	tcase_add_test(tests, equal_gates_are_one);
	tcase_add_test(tests, clauses_that_say_too_little_are_noticed);
	tcase_add_test(tests, reasons_are_checked);
	tcase_add_test(tests, reasons_of_the_solver_are_sound);
	tcase_add_loop_test(tests, the_engine_decides_as_the_clauses, 0, 4);
	tcase_add_test(tests, a_broken_engine_is_noticed);
	tcase_add_test(tests, the_short_way_is_sound);
	suite_add_tcase(suite, tests);
	return unit_main(suite);
}
