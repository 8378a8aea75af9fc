/* The order in which mutants run, and the result when time runs out; with a simulator
 * that lets the first ones pass. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/mutant/flow_mutants.h"
#include "tests/lib/desk.h"

static const char design[] =
	"module count(input clk, input rst, input [3:0] d, output reg [3:0] q);\n"
	"  wire [3:0] next = d + 4'd3;\n"
	"  reg [3:0] other;\n"
	"  always @(posedge clk)\n"
	"    if (rst) q <= 4'd0;\n"
	"    else q <= next - other;\n"
	"  always @(posedge clk)\n"
	"    if (d == 4'd7) other <= 4'd1;\n"
	"endmodule\n";
static const char testbench[] = "module count_tb;\n"
				"  reg clk = 0, rst = 1;\n  reg [3:0] d = 0;\n  wire [3:0] q;\n"
				"  count dut(clk, rst, d, q);\n"
				"  initial begin #1 if (q !== 0) $error(\"q\"); $finish; end\n"
				"endmodule\n";

static unsigned passing, ran; /* how many pass; how many were run */
static bool hangs;	      /* every run takes until its limit */
static uint64_t limit_ms;     /* of the last run */

static bool run_variants(struct simulator *s, const struct run_job *j,
			 const struct run_listener *to, struct run_report *out, struct err *err)
{
	const struct run_result passed = { .verdict = VERDICT_PASS },
				failed = { .verdict = VERDICT_FAIL };

	setenv("POSEDGE_FAKE_RUN", "PASS 1 checks\n", 1);
	if (!simulator_fake.run(s, j, to, out, err))
		return false;
	limit_ms = j->limits.run_ms;
	if (hangs) {
		free(out->result.first);
		out->result.first = str_fmt("the time limit of %u s", (unsigned)limit_ms / 1000);
		out->result.verdict = VERDICT_LIMIT;
		out->limit = RUN_LIMIT_TIME;
		out->run_ms = limit_ms;
		return true;
	}
	out->result.verdict = j->mends ? VERDICT_FAIL : VERDICT_PASS;
	ran = 0;
	if (!to || !to->variant || !to->variant(to->ctx, 0, j->mends ? &failed : &passed))
		return true;
	for (unsigned n = 1; n <= j->variants; n++, ran++)
		if (!to->variant(to->ctx, n, n <= passing ? &passed : &failed)) {
			ran++;
			break;
		}
	return true;
}

static struct simulator_ops own;

static struct simulator *open_own(struct loop *l, struct err *err)
{
	struct simulator *s = simulator_fake.open(l, err);

	s->ops = &own;
	return s;
}

static bool try_hunt(struct desk *d, struct mutants_request *r, struct mutants_report *out,
		     struct err *err)
{
	static const struct simulator_ops *rows[] = { &own, NULL };
	static struct ports with;

	own = simulator_fake;
	own.run = run_variants;
	own.open = open_own;
	with = ports;
	with.simulators = rows;
	d->w.ports = &with;
	tool_write(d->root, "count.v", design);
	tool_write(d->root, "count_tb.v", testbench);
	r->max = 1000;
	return flow_mutants(&d->w, r, out, err);
}

static void hunt(struct desk *d, struct mutants_request *r, struct mutants_report *out)
{
	struct err err = { 0 };

	if (!try_hunt(d, r, out, &err))
		fail_msg("%s", err.text);
}

static size_t unreached_first(const void *reached, const char *path, const char *text, size_t len,
			      int line)
{
	return line == *(const int *)reached ? 0 : 1;
}

static int rank(const struct mutant_result *m, int unreached)
{
	static const char *const kinds[] = { "never",	 "number",    "left out",
					     "operator", "condition", "stuck" };

	for (int i = 0; i < 6; i++)
		if (strcmp(kinds[i], m->kind) == 0)
			return m->line == unreached ? 0 : i + 1;
	fail_msg("a kind of mutants that is not known: %s", m->kind);
	return 0;
}

IN_TASK(what_likely_survives_runs_first)
{
	for (int unreached = 2; unreached <= 8; unreached += 6)
		for (passing = 1; passing < 12; passing++) {
			struct mutants_request r = { .ms = 60000,
						     .line_rank = unreached_first,
						     .reached = &unreached };
			struct mutants_report m;
			int worst = 0, best = 9;

			hunt(d, &r, &m);
			assert_int_equal(m.left, 0);
			assert_int_equal(m.survived, passing);
			assert_int_equal(m.noticed, m.n - passing);
			for (size_t i = 0; i < m.n; i++) {
				int at = rank(&m.v[i], unreached);

				if (m.v[i].fate == MUTANT_SURVIVED)
					worst = at > worst ? at : worst;
				else
					best = at < best ? at : best;
			}
			assert_true(worst <= best);
			mutants_report_fini(&m);
		}
}

static size_t last_lines_first(const void *reached, const char *path, const char *text, size_t len,
			       int line)
{
	return 100 - (size_t)line;
}

/* Those of the first rank, then those of the next: so the time ends the least likely ones. Of what
 * is tried only if nothing else mends, likewise. */
IN_TASK(mends_run_by_the_rank_of_their_line)
{
	for (passing = 1; passing < 400; passing += 7) {
		struct mutants_request r = { .ms = 60000,
					     .mends = true,
					     .line_rank = last_lines_first };
		struct mutants_report m;
		long worst = 0, best = 1000;

		hunt(d, &r, &m);
		assert_true(m.survived <= passing && m.survived > 0);
		for (size_t i = 0; i < m.n; i++) {
			long at = (m.v[i].late ? 200 : 100) - m.v[i].line;

			if (m.v[i].fate == MUTANT_SURVIVED)
				worst = at > worst ? at : worst;
			else
				best = at < best ? at : best;
		}
		assert_true(worst <= best);
		mutants_report_fini(&m);
	}
}

IN_TASK(without_coverage_they_run_in_the_order_of_the_text)
{
	struct mutants_request r = { .ms = 60000 };
	struct mutants_report m;

	passing = 7;
	hunt(d, &r, &m);
	assert_true(m.n > 10);
	for (size_t i = 0; i < m.n; i++)
		assert_int_equal(m.v[i].fate, i < passing ? MUTANT_SURVIVED : MUTANT_NOTICED);
	mutants_report_fini(&m);
}

/* Too little time for a single mutant. The others are not counted, neither as noticed
 * nor in the score beside PASS. */
IN_TASK(what_the_time_left_is_counted_apart)
{
	struct mutants_request r = { .ms = 0 };
	struct mutants_report m;
	struct score s;

	passing = 1000;
	hunt(d, &r, &m);
	assert_int_equal(ran, 1);
	assert_int_equal(m.survived, 1);
	assert_int_equal(m.noticed, 0);
	assert_int_equal(m.left, m.n - 1);
	for (size_t i = 1; i < m.n; i++)
		assert_int_equal(m.v[i].fate, MUTANT_NOT_RUN);
	s = mutants_score(&m);
	assert_int_equal(s.of, 1);
	assert_int_equal(s.possible, m.found);
	mutants_report_fini(&m);
}

/* What is to be mended hangs for no longer than the time for all changes. */
IN_TASK(a_run_that_hangs_is_not_called_a_build)
{
	static const struct {
		bool mends;
		uint64_t ms, limit_ms;
		const char *want;
	} v[] = {
		{ false, 30000, 60000,
		  "on the unchanged design the testbench was stopped by the time limit of 60 s" },
		{ true, 90000, 60000,
		  "on the unchanged design the testbench was stopped by the time limit of 60 s" },
		{ true, 30000, 30000,
		  "on the unchanged design the testbench runs longer than the 30 s that all "
		  "changes may take" },
	};

	hangs = true;
	for (size_t i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		struct mutants_request r = { .ms = v[i].ms, .mends = v[i].mends };
		struct mutants_report m;
		struct err err = { 0 };

		assert_false(try_hunt(d, &r, &m, &err));
		assert_string_equal(err.text, v[i].want);
		assert_int_equal(limit_ms, v[i].limit_ms);
	}
	hangs = false;
}
