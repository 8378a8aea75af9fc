#include "config.h"

#include "tests/lib/case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/bench/bench_report.h"
#include "session/bench/bench_row.h"
#include "session/bench/suite.h"
#include "session/bench/suite_rewriter_judge.h"
#include "session/tool/prover.h"
#include "tests/lib/folder.h"

/* Pairs ---------------------------------------------------------------------------------- */

/* Names in the published layout, in each form, and names that are not a pair. */
CASE(pairs)
{
	static const char *const files[] = {
		"b/add3/add3.v",
		"b/add3/add3_optimized.v",
		"b/add3/add3_gpt4.v",
		"b/if/basic1.v",
		"b/if/optimized1.v",
		"b/flat/basic.v",
		"b/flat/optimized.v",
		"d/fold/fold_raw.v",
		"d/fold/fold.v",
		"m/bank/bank_raw_1.v",
		"m/bank/bank_opt_1.v",
		"m/t1/t1_redundancy.v",
		"m/t1/t1_redundancy_ours.v",
		"m/t1/t1_ours.v",
		"m/t1/t1_redundancy_improve.v",
		"c/ALURaw.v",
		"c/ALU.v",
		"c/Reg.v",
		"s/spmv_redundancy.v",
		"s/spmv.sv",
		"top.v",
		"top_improve.v",
		".hidden/x.v",
		".hidden/x_opt.v",
	};
	static const char *const want[][3] = {
		{ "b.add3.add3", "b", "b/add3/add3_optimized.v" },
		{ "b.flat.basic", "b", "b/flat/optimized.v" },
		{ "b.if.basic1", "b", "b/if/optimized1.v" },
		{ "c.ALURaw", "", "c/ALU.v" },
		{ "d.fold.fold_raw", "d", "d/fold/fold.v" },
		{ "m.bank.bank_raw_1", "m", "m/bank/bank_opt_1.v" },
		{ "m.t1.t1_redundancy", "m", "m/t1/t1_redundancy_improve.v" },
		{ "s.spmv_redundancy", "", "s/spmv.sv" },
		{ "top", "", "top_improve.v" },
	};
	struct suite_choice c = { .dir = folder };
	struct suite_problems l = { 0 };
	struct err err = { 0 };

	assert_false(suite_rewriter.load(&c, &l, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		free(folder_put(files[i], files[i]));
	assert_true(suite_rewriter.load(&c, &l, &err));
	assert_int_equal(l.n, sizeof(want) / sizeof(*want));
	for (size_t i = 0; i < l.n; i++) {
		struct str better = STR_INIT;

		assert_string_equal(l.v[i].name, want[i][0]);
		assert_string_equal(l.v[i].category, want[i][1]);
		assert_true(suite_rewriter.reference(&c, &l.v[i], &better, &err));
		assert_string_equal(str_cstr(&better), want[i][2]);
		str_free(&better);
	}
	suite_problems_fini(&l);
}

static void extracts(const char *answer, const char *want)
{
	struct str code = STR_INIT;

	assert_true(suite_rewriter.extract(NULL, NULL, answer, strlen(answer), &code, NULL));
	assert_string_equal(str_cstr(&code), want);
	str_free(&code);
}

CASE(last_fence)
{
	extracts("so\n```verilog\na\n```\nor\n```verilog\nb\n```\nbye\n", "b\n");
	extracts("so\n```verilog\na\n```\nor\n```verilog\nb\n", "b\n");
	extracts("so\nmodule a;\nendmodule\nbye\n", "module a;\nendmodule\n");
	extracts("so\n", "");
}

/* The judge, with a prover that says what it is told to ------------------------------------ */

static enum prover_answer says;
static unsigned says_steps;
static uint64_t says_ms;
static char first[100], beside[300]; /* of the last one that was judged */
static int no_size;		     /* of the second that is measured; ERR_NONE: it has one */
static bool is_here;
static unsigned measured;
static struct prover_size sizes[2];

static bool here(struct err *err)
{
	return is_here || err_set(err, ERR_TOOL, "yosys is not here");
}

static bool equal(struct loop *l, const struct prover_equal *j, struct prover_report *out,
		  struct err *err)
{
	assert_string_equal(j->before->top, "m");
	assert_string_equal(j->after->top, "m");
	*out = (struct prover_report){
		.answer = says, .steps = says_steps, .ms = says_ms, .why = mem_strdup("a clause")
	};
	return true;
}

static bool measure(struct loop *l, const struct sim_job *j, const struct prover_limits *limits,
		    struct prover_size *out, struct err *err)
{
	*out = sizes[measured++ % 2];
	return measured % 2 || !no_size || err_set(err, no_size, "no size");
}

static const struct prover_ops prover = {
	.name = "told", .here = here, .equal = equal, .measure = measure
};

/* Judges and returns the class; '!': it failed. */
static char judged(const char *code, double figures[SUITE_FIGURES], const char *verdict)
{
	const struct suite_tools t = { .prover = &prover, .dir = folder };
	struct suite_judged out = { .figures = { -1, -1, -1, -1 } };
	struct str original = STR_INIT;
	struct err err = { 0 };

	measured = 0;
	str_adds(&original, "module sub; endmodule\nmodule m; sub s(); endmodule\n");
	if (!rewriter_judge(&t, &original, code, strlen(code), &out, &err)) {
		out.class_ = '!';
		assert_string_not_equal(err.text, "");
	} else {
		assert_string_equal(verdict_name(out.verdict), verdict);
		assert_non_null(strchr(".Cdibu", out.class_));
		assert_string_not_equal(suite_class_means(out.class_), "");
		assert_true(out.class_ == '.' || out.first);
	}
	memcpy(figures, out.figures, sizeof(out.figures));
	snprintf(first, sizeof(first), "%.90s", out.first ? out.first : "");
	snprintf(beside, sizeof(beside), "%.290s", out.beside ? out.beside : "");
	free(out.first);
	free(out.beside);
	str_free(&original);
	return out.class_;
}

static const char rewrite[] = "module other; endmodule\nmodule m; endmodule\n";

CASE(classes)
{
	static const struct {
		enum prover_answer says;
		unsigned steps;
		char class_;
		const char *verdict;
	} all[] = {
		{ PROVER_PROVED, 0, '.', "pass" },
		{ PROVER_KNOWN, 0, '.', "pass" },
		{ PROVER_KNOWN, 9, 'b', "none" },
		{ PROVER_BOUNDED, 20, 'b', "none" },
		/* Nothing simulates its counterexample here: e2e_bench.sh does. */
		{ PROVER_DIFFERENT, 0, 'u', "none" },
		{ PROVER_PORTS, 0, 'i', "fail" },
		{ PROVER_UNDECIDED, 0, 'u', "none" },
		{ PROVER_VACUOUS, 0, 'u', "none" },
	};
	double f[SUITE_FIGURES];

	is_here = true;
	sizes[0] = (struct prover_size){ .wires = 8, .cells = 10, .flip_flops = 0, .path = 4 };
	sizes[1] = (struct prover_size){ .wires = 4, .cells = 5, .flip_flops = 0, .path = -1 };
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		says = all[i].says;
		says_steps = all[i].steps;
		assert_int_equal(judged(rewrite, f, all[i].verdict), all[i].class_);
		/* A design that is not equivalent is not smaller. */
		assert_true(f[REWRITER_CELLS] == (all[i].class_ == '.' ? 0.5 : -1));
		assert_true(f[REWRITER_WIRES] == (all[i].class_ == '.' ? 0.5 : -1));
		assert_true(f[REWRITER_FLIP_FLOPS] == (all[i].class_ == '.' ? 1 : -1));
		assert_true(f[REWRITER_PATH] == -1);
		assert_true((all[i].class_ == '.') == (strstr(beside, "5 cells instead of 10") &&
						       strstr(beside, "path not known")));
	}
	says = PROVER_PROVED;
	sizes[1].path = 3;
	assert_int_equal(judged(rewrite, f, "pass"), '.');
	assert_true(f[REWRITER_PATH] == 0.75);
	assert_non_null(strstr(beside, "longest path 3 instead of 4"));
}

CASE(without)
{
	double f[SUITE_FIGURES];

	is_here = true;
	says = PROVER_PROVED;
	no_size = ERR_TOOL;
	assert_int_equal(judged(rewrite, f, "build"), 'C');
	no_size = ERR_TIMEOUT; /* only the size is missing */
	assert_int_equal(judged(rewrite, f, "pass"), '.');
	assert_true(f[REWRITER_CELLS] == -1);
	no_size = ERR_CANCELLED;
	assert_int_equal(judged(rewrite, f, ""), '!');
	no_size = ERR_NONE;
	assert_int_equal(judged("no code\n", f, "build"), 'C');
	says = PROVER_UNDECIDED;
	assert_int_equal(judged(rewrite, f, "none"), 'u');
	assert_string_equal(first, "a clause");
	says_ms = REWRITER_MS;
	assert_int_equal(judged(rewrite, f, "none"), 'u');
	assert_string_equal(first, "not decided within 60 s");
	is_here = false;
	assert_int_equal(judged(rewrite, f, ""), '!');
}

/* Figures of rows and their means ------------------------------------------------------------ */

CASE(means)
{
	static const double cells[] = { 0.5, 2, -1, 0.25 };
	struct str text = STR_INIT;
	struct bench_rows l = { 0 };
	struct bench_sums sums;
	char *path;

	for (unsigned i = 0; i < 4; i++) {
		struct bench_row r = BENCH_ROW_INIT;

		r.suite = "rewriter";
		r.problem = "p";
		r.sample = i + 1;
		r.class_ = cells[i] < 0 ? 'd' : '.';
		r.figures[REWRITER_CELLS] = cells[i];
		bench_row_print(&r, &text);
	}
	path = folder_put("rows.jsonl", str_cstr(&text));
	assert_true(bench_rows_read(&l, path, NULL, NULL));
	assert_true(l.v[0].figures[REWRITER_CELLS] == 0.5 && l.v[2].figures[REWRITER_CELLS] == -1);
	bench_sums_of(&l, &sums);
	assert_int_equal(sums.n_figures[REWRITER_CELLS], 3);
	assert_int_equal(sums.n_figures[REWRITER_WIRES], 0);
	assert_true(fabs(sums.figures[REWRITER_CELLS] - pow(0.25, 1.0 / 3)) < 1e-12);
	str_clear(&text);
	bench_figures_text(&l, &sums, &text);
	assert_string_equal(str_cstr(&text), "  cells                    0.630   cells over the "
					     "original's, geometric mean of 3 of 4\n");
	str_free(&text);
	bench_rows_fini(&l);
	free(path);
}

CASES_WITHIN(make_folder, remove_folder)
