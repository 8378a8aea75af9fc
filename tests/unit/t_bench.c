#include "config.h"

#include "tests/lib/case.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/bench/bench_answers.h"
#include "session/bench/bench_code.h"
#include "session/bench/bench_differ.h"
#include "session/bench/bench_report.h"
#include "session/bench/bench_row.h"
#include "session/bench/bench_stats.h"
#include "session/bench/suite.h"
#include "tests/lib/folder.h"

/* The published judge ------------------------------------------------------------------ */

static void calls(const char *log, const char *code, char want)
{
	struct suite_log l = { log, strlen(log), code, strlen(code) };
	char got = suite_verilog_eval.letter(&l);

	if (got != want)
		fail_msg("%c, not %c: %s", got, want, log);
}

/* Each class and each loophole, as sv-iv-analyze reports it. */
CASE(letters)
{
	calls("Mismatches: 0 in 5 samples\n", "", '.');
	calls("Hint: total\r\nMismatches: 0 in 5 samples\r\n", "", '.');
	calls("Mismatches: 0 in 5 samples", "", '.');
	calls("Mismatches: 00 in 5 samples\n", "", '.');
	calls("Mismatches: 3 in 5 samples\nMismatches: 0 in 5 samples\n", "", '.');
	calls(" Mismatches: 0 in 5 samples\n", "", 'R');
	calls("Mismatches: 0 in 5 samples \n", "", 'R');
	calls("Mismatches: 0 in  samples\n", "", 'R');
	calls("Mismatches: 3 in 5 samples\n", "", 'R');
	calls("", "", 'R');
	calls("Mismatches: 3 in 5 samples\n", "always @(posedge clk, posedge reset)", 'r');
	calls("Mismatches: 3 in 5 samples\n", "x\rnegedge reset", 'r');
	calls("Mismatches: 3 in 5 samples\n", "always @(posedge r)", 'r');
	calls("a.sv:2: syntax error\na.sv:2: error: x\n", "", 'S');
	calls("a.sv:2: error: x\n", "", 'C');
	calls("a.sv:2: warning: error_q is not driven\nMismatches: 0 in 5 samples\n", "", 'C');
	calls("ERROR: a.sv:2: x\nMismatches: 0 in 5 samples\n", "", '.');
	calls("a:1: error: This assignment requires an explicit cast\n", "", 'e');
	calls("a:1: error: Sized numeric constant must have a size greater than zero.\n", "", '0');
	calls("a:1: warning: always_comb process has no sensitivities.\nMismatches: 0 in 5 "
	      "samples\n",
	      "", 'n');
	calls("a:1: @* found no sensitivities so it will never trigger.\n", "", 'n');
	calls("a:1: error: y is not a valid l-value\na:2: : y is declared here as wire.\n", "",
	      'w');
	calls("a:1: error: Unknown module type: b\n", "", 'm');
	calls("a:1: error: Unable to bind wire/reg/memory `q' in `tb.t'\n", "", 'p');
	calls("a:1: error: Unable to bind wire/reg/memory `q'\n"
	      "a:1: error: Unable to bind wire/reg/memory `clk'\n",
	      "", 'c');
	calls("Mismatches: 0 in 5 samples\nTIMEOUT\n", "", 'T');
	calls("TIMEOUT\nsyntax error\n", "", 'T');
	calls("a:1: sorry: not supported.\n", "", 'R');
}

CASE(kinds)
{
	const char *letter = ".Se0nwmpcTrCR?", *kind = ".SCCRCCCCTRCR?";

	for (size_t i = 0; letter[i]; i++) {
		assert_int_equal(suite_class_kind(letter[i]), kind[i]);
		assert_string_not_equal(suite_class_means(letter[i]), "");
	}
}

/* An answer as code ---------------------------------------------------------------------- */

static void extracts(const char *task, const char *answer, const char *want)
{
	struct suite_choice c = { .dir = folder, .task = task };
	struct suite_problem p = { .name = (char *)"Prob1", .category = (char *)"" };
	struct str code = STR_INIT;
	struct err err = { 0 };

	p.base = path_join(folder, "Prob1");
	assert_true(suite_verilog_eval.extract(&c, &p, answer, strlen(answer), &code, &err));
	assert_string_equal(str_cstr(&code), want);
	str_free(&code);
	free(p.base);
}

CASE(marks)
{
	const char *task = "spec-to-rtl";

	extracts(task, "Sure:\n[BEGIN]\nmodule TopModule;\nendmodule\n[DONE]\nbye\n",
		 "\nmodule TopModule;\nendmodule\n");
	extracts(task, "  [BEGIN]  \na\n  [DONE]", "\na\n");
	extracts(task, "[BEGIN] a\nb [DONE]", "\n a\nb \n");
	extracts(task, "[BEGIN] a [BEGIN] b\nq [DONE] [DONE]", "\n a  b\nq  \n");
	extracts(task, "[BEGIN]\nmodule TopModule;\nendmodule\n", "\n");
	extracts(task, "text [BEGIN]\na\nendmodule\nb\n", "\ntext [BEGIN]\na\nendmodule\n");
}

CASE(fences)
{
	const char *task = "spec-to-rtl";

	extracts(task, "x\n```verilog\na\n```\ny\n```\nb\n```\n", "\na\n");
	extracts(task, "x\n```verilog\na\nendmodule\nb\n", "\nx\na\nendmodule\n");
	extracts(task, "x\nmodule TopModule;\na\nendmodule\ny\n",
		 "\nmodule TopModule;\na\nendmodule\n");
	extracts(task, "endmodule\nmodule TopModule;\na\nendmodule\n", "\nendmodule\n");
	extracts(task, " ```\na\n ```\n", "\n ```\na\n ```\n");
	extracts(task, "a\vendmodule\fb\n", "\na\nendmodule\n");
	extracts(task,
		 "a\xe2\x80\xa8"
		 "endmodule\xc2\x85"
		 "b\r\nc\r",
		 "\na\nendmodule\n");
	extracts(task, "", "\n");
}

CASE(completion)
{
	char *ifc = folder_put("Prob1_ifc.txt", "module TopModule (input a);");
	const char *task = "code-complete-iccad2023";

	extracts(task, "assign b = a;\nendmodule\nx\n",
		 "\nmodule TopModule (input a);\n\nassign b = a;\nendmodule\n");
	extracts(task, "module TopModule (input z);\nendmodule\n",
		 "\nmodule TopModule (input z);\nendmodule\n");
	extracts(task, "[BEGIN]\nb\n[DONE]\n",
		 "\nmodule TopModule (input a);\n\n[BEGIN]\nb\n[DONE]\n");
	free(ifc);
}

CASE(our_rules)
{
	const char *good = "Here:\n```verilog\nmodule TopModule(output y);\n  assign y = 0;\n"
			   "endmodule\n```\n";
	struct str code = STR_INIT;
	char *why;

	assert_true(bench_code(good, strlen(good), &code, &why));
	assert_non_null(strstr(str_cstr(&code), "assign y = 0;"));
	assert_null(why);
	str_clear(&code);
	assert_false(bench_code("It is a counter.", 16, &code, &why));
	assert_non_null(why);
	free(why);
	str_free(&code);
}

/* The question ----------------------------------------------------------------------------- */

CASE(questions)
{
	char *text = folder_put("Prob1_prompt.txt", "\nAdd.\nmodule TopModule (\n  input a);\n");
	struct suite_choice c = { .dir = folder, .task = "code-complete-iccad2023" };
	struct suite_problem p = { .name = (char *)"Prob1", .category = (char *)"" };
	struct str system = STR_INIT, user = STR_INIT;

	p.base = path_join(folder, "Prob1");
	assert_true(suite_verilog_eval.prompt(&c, &p, &system, &user, NULL));
	assert_non_null(strstr(str_cstr(&user), "// \n// Add.\n\nmodule TopModule (\n  input a);"));
	str_clear(&user);
	c.task = "spec-to-rtl";
	assert_true(suite_verilog_eval.prompt(&c, &p, &system, &user, NULL));
	assert_string_equal(
		str_cstr(&user),
		"\nQuestion:\nAdd.\nmodule TopModule (\n  input a);\n\nEnclose your code "
		"with [BEGIN] and [DONE]. Only output the code snippet\nand do NOT output "
		"anything else.\n\nAnswer:\n");
	str_free(&system);
	str_free(&user);
	free(p.base);
	free(text);
}

/* Stored completions ------------------------------------------------------------------------ */

CASE(stored)
{
	static const char *const names[] = { "A_one.v",
					     "A_two_TopModule.sv",
					     "deep/A_one_sample02.sv",
					     "A_one_sample03_response.txt",
					     "A_one_sample03.sv",
					     "other.v",
					     "README.md" };
	struct suite_problems problems = { 0 };
	struct bench_answers l;
	char *dir = path_join(folder, "kept"), *lines;
	struct str text = STR_INIT;

	suite_problems_add(&problems, "A_two", "", "");
	suite_problems_add(&problems, "A_one", "", "");
	suite_problems_sort(&problems);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *name = str_fmt("kept/%s", names[i]), *path = folder_put(name, names[i]);

		free(path);
		free(name);
	}
	assert_true(bench_answers_find(dir, &problems, &l, NULL));
	assert_int_equal(l.n, 4);
	assert_int_equal(l.others, 2);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(l.v[i].sample, i + 1);
	assert_false(l.v[2].is_code); /* the text of the answer claims more than its code shows */
	assert_int_equal(l.v[3].problem, 1);
	assert_true(bench_answer_read(&l.v[3], &text, NULL));
	assert_string_equal(str_cstr(&text), "A_two_TopModule.sv");
	str_free(&text);
	bench_answers_fini(&l);

	lines = folder_put("kept.jsonl", "{\"task_id\":\"A_one\",\"completion\":\"x\"}\n\n"
					 "{\"problem\":\"A_one\",\"response\":\"y\"}\n"
					 "{\"problem\":\"no\",\"response\":\"y\"}\n");
	assert_true(bench_answers_find(lines, &problems, &l, NULL));
	assert_int_equal(l.n, 2);
	assert_int_equal(l.v[0].sample + l.v[1].sample, 3);
	assert_int_equal(l.others, 1);
	bench_answers_fini(&l);
	free(lines);
	lines = folder_put("bad.jsonl", "{\"task_id\":\n");
	assert_false(bench_answers_find(lines, &problems, &l, NULL));
	free(lines);
	free(dir);
	suite_problems_fini(&problems);
}

/* Rows ---------------------------------------------------------------------------------------- */

static struct bench_row row_of(const char *problem, unsigned sample, char letter,
			       const char *verdict)
{
	struct bench_row r = BENCH_ROW_INIT;

	r.suite = "verilog-eval";
	r.problem = problem;
	r.sample = sample;
	r.class_ = letter;
	r.verdict = verdict;
	r.first = "a \"quoted\"\n\x01 line";
	r.samples = 5;
	r.tokens_in = 7;
	r.cost = 0.25;
	r.code = true;
	return r;
}

CASE(rows_come_back)
{
	struct bench_row a = row_of("B", 2, '.', "pass"), b = row_of("B", 1, 'R', "fail"),
			 c = row_of("A", 1, '?', "");
	struct bench_rows l = { 0 };
	struct str text = STR_INIT;
	uint64_t whole;
	size_t at;
	char *path;

	bench_row_print(&a, &text);
	bench_row_print(&b, &text);
	bench_row_print(&c, &text);
	at = text.len;
	str_adds(&text, "{\"suite\":\"veri");
	path = folder_put("rows.jsonl", str_cstr(&text));
	assert_true(bench_rows_read(&l, path, &whole, NULL));
	assert_int_equal(whole, at);
	assert_int_equal(l.n, 3);
	assert_string_equal(l.v[0].problem, "A");
	assert_int_equal(l.v[1].sample, 1);
	assert_int_equal(l.v[2].class_, '.');
	assert_string_equal(l.v[1].first, "a \"quoted\"\n\x01 line");
	assert_int_equal(l.v[1].samples, 5);
	assert_int_equal(l.v[1].checks, -1);
	assert_int_equal(l.v[1].tokens_in, 7);
	assert_true(fabs(l.v[1].cost - 0.25) < 1e-9);
	assert_ptr_equal(bench_rows_find(&l, "B", 2), &l.v[2]);
	assert_null(bench_rows_find(&l, "B", 3));
	bench_rows_fini(&l);
	free(path);

	/* A row that could be judged later replaces one that could not. */
	c = row_of("A", 1, '.', "pass");
	str_cut(&text, at);
	bench_row_print(&c, &text);
	path = folder_put("rows.jsonl", str_cstr(&text));
	assert_true(bench_rows_read(&l, path, &whole, NULL));
	assert_int_equal(l.n, 3);
	assert_int_equal(l.v[0].class_, '.');
	bench_rows_fini(&l);
	free(path);
	str_free(&text);
}

CASE(no_rows)
{
	static const char *const bad[] = { "x\n",
					   "{}\n",
					   "[]\n",
					   "{\"class\":\"ab\",\"problem\":\"p\",\"sample\":1}\n",
					   "{\"class\":\".\",\"problem\":\"p\",\"sample\":0}\n",
					   "{\"class\":\".\",\"sample\":1}\n" };
	struct err err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct bench_rows l = { 0 };
		char *path = folder_put("bad.jsonl", bad[i]);

		assert_false(bench_rows_read(&l, path, NULL, &err));
		assert_non_null(strstr(err.text, ":1 is not a row"));
		bench_rows_fini(&l);
		free(path);
	}
}

/* The file is read in chunks, and a row may span several. */
CASE(rows_are_of_any_length)
{
	struct bench_rows l = { 0 };
	struct str text = STR_INIT, first = STR_INIT;
	struct err err;
	char *path;

	for (unsigned i = 1; i <= 40; i++) {
		struct bench_row r = row_of("P", i, '.', "pass");

		while (first.len < i * i * 97)
			str_addc(&first, (char)('a' + first.len % 23));
		r.first = str_cstr(&first);
		bench_row_print(&r, &text);
	}
	path = folder_put("long.jsonl", str_cstr(&text));
	assert_true(bench_rows_read(&l, path, NULL, &err));
	assert_int_equal(l.n, 40);
	for (unsigned i = 1; i <= 40; i++) {
		assert_int_equal(strlen(l.v[i - 1].first), i * i * 97);
		assert_memory_equal(l.v[i - 1].first, first.data, i * i * 97);
	}
	bench_rows_fini(&l);
	free(path);

	str_clear(&text);
	for (unsigned i = 0; i <= 1u << 20; i++)
		str_addc(&text, ' ');
	path = folder_put("long.jsonl", str_cstr(&text));
	assert_false(bench_rows_read(&l, path, NULL, &err));
	assert_non_null(strstr(err.text, ":1 is longer than 1048576 bytes"));
	bench_rows_fini(&l);
	free(path);
	str_free(&text);
	str_free(&first);
}

CASE(judges_differ)
{
	static const struct {
		char letter;
		const char *verdict, *why;
	} all[] = {
		{ '.', "pass", NULL },
		{ 'R', "fail", NULL },
		{ 'C', "build", NULL },
		{ '.', "none", "nothing was compared" },
		{ '.', "fail", "checks failed" },
		{ '.', "limit", "a limit" },
		{ 'C', "pass", "the word error" },
		{ 'T', "pass", "TIMEOUT" },
		{ 'S', "pass", "syntax error" },
		{ 'n', "pass", "without sensitivities" },
		{ 'R', "build", "the simulator lacks" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct bench_row r = row_of("A", 1, all[i].letter, all[i].verdict);
		const char *why = bench_differ(&r);

		assert_true(all[i].why ? why && strstr(why, all[i].why) : !why);
	}
}

/* Figures ------------------------------------------------------------------------------------ */

static void near(double got, double want)
{
	if (fabs(got - want) > 1e-6)
		fail_msg("%.9f, not %.9f", got, want);
}

/* By counting: the share of k-subsets of n with one of the c in it. */
static double by_counting(unsigned n, unsigned c, unsigned k)
{
	unsigned all = 0, hit = 0;

	for (unsigned set = 0; set < 1u << n; set++) {
		if ((unsigned)__builtin_popcount(set) != k)
			continue;
		all++;
		hit += (set & ((1u << c) - 1)) != 0;
	}
	return (double)hit / all;
}

CASE(pass_at_k)
{
	for (unsigned n = 1; n <= 10; n++)
		for (unsigned c = 0; c <= n; c++)
			for (unsigned k = 1; k <= n; k++)
				near(bench_pass_at((struct bench_count){ n, c }, k),
				     by_counting(n, c, k));
	near(bench_pass_at((struct bench_count){ 200, 20 }, 100), 0.9999994558);
	near(bench_pass_at((struct bench_count){ 3, 1 }, 9), 1);
	near(bench_pass_at((struct bench_count){ 0, 0 }, 1), 0);
}

CASE(intervals)
{
	struct bench_count v[100];
	struct bench_rate a, b;

	for (unsigned i = 0; i < 100; i++)
		v[i] = (struct bench_count){ 1, i < 80 };
	bench_rate_of(v, 100, 1, &a);
	bench_rate_of(v, 100, 1, &b);
	near(a.mean, 0.8);
	/* The normal approximation has 0.8 +- 1.96 * 0.04. */
	assert_true(fabs(a.low - 0.7216) < 0.02 && fabs(a.high - 0.8784) < 0.02);
	assert_true(a.low == b.low && a.high == b.high);
	bench_rate_of(v, 80, 1, &a);
	assert_true(a.low == 1 && a.high == 1);
	bench_rate_of(v, 0, 1, &a);
	assert_int_equal(a.problems, 0);
}

/* Above 2000 nothing is sampled: the error of a mean is sqrt(p (1 - p) / n). */
CASE(intervals_of_many)
{
	static struct bench_count v[10000], w[10000];
	struct bench_rate a;
	struct bench_test t;

	for (unsigned i = 0; i < 10000; i++) {
		v[i] = (struct bench_count){ 1, i < 8000 };
		w[i] = (struct bench_count){ 2, i % 2 ? 2 : 0 };
	}
	bench_rate_of(v, 10000, 1, &a);
	assert_true(fabs(a.low - 0.79216) < 1e-5 && fabs(a.high - 0.80784) < 1e-5);
	bench_rate_of(v, 8000, 1, &a);
	assert_true(a.low == 1 && a.high == 1);
	/* 4000 of 10000 up and 1000 down: 3000 / sqrt(5000) errors. */
	bench_compare_counts(v, w, 10000, &t);
	near(t.difference, 0.3);
	assert_true(t.p < 1e-9);
	bench_compare_counts(w, w, 10000, &t);
	near(t.p, 1);
	/* 100 of 10000 up and 64 down: 36 / sqrt(164) = 2.811 errors. */
	for (unsigned i = 0; i < 10000; i++)
		w[i].c = i < 100 ? 2 : i < 164 ? 0 : 1;
	for (unsigned i = 0; i < 10000; i++)
		v[i] = (struct bench_count){ 2, 1 };
	bench_compare_counts(w, v, 10000, &t);
	assert_true(fabs(t.p - 0.004938) < 1e-4);
}

CASE(two_runs)
{
	struct bench_count a[40], b[40];
	struct bench_test t;

	/* 1 against 9 of 10 that differ: 2 * 11 / 1024. */
	for (unsigned i = 0; i < 40; i++) {
		a[i] = (struct bench_count){ 1, i < 9 || i >= 10 };
		b[i] = (struct bench_count){ 1, i >= 9 };
	}
	bench_compare_counts(a, b, 40, &t);
	assert_true(t.exact);
	assert_int_equal(t.better, 9);
	assert_int_equal(t.worse, 1);
	near(t.p, 22.0 / 1024);
	near(t.difference, 8.0 / 40);
	bench_compare_counts(a, a, 40, &t);
	near(t.p, 1);
	/* All eight problems with samples in both differ in the same direction: of 256
	 * outcomes of the coin tosses two are as extreme. */
	for (unsigned i = 0; i < 40; i++) {
		a[i] = (struct bench_count){ 4, 3 };
		b[i] = (struct bench_count){ i < 8 ? 4 : 0, i < 8 ? 1 : 0 };
	}
	bench_compare_counts(a, b, 40, &t);
	assert_false(t.exact);
	near(t.p, 2.0 / 256);
	near(t.difference, 0.5);
	/* One of them is the same in both: of 128 two, and the mean is of all eight. */
	b[3].c = 3;
	bench_compare_counts(a, b, 40, &t);
	assert_int_equal(t.same, 1);
	near(t.p, 2.0 / 128);
	near(t.difference, 0.4375);
}

CASE(report)
{
	struct bench_report r;
	struct str a = STR_INIT, out = STR_INIT;
	char *path;

	for (unsigned i = 1; i <= 4; i++) {
		struct bench_row row = row_of(i < 3 ? "A" : "<B>", 2 - i % 2, i == 2 ? 'R' : '.',
					      i == 2 ? "fail" : "pass");

		bench_row_print(&row, &a);
	}
	path = folder_put("one.jsonl", str_cstr(&a));
	bench_report_init(&r);
	assert_true(bench_report_add(&r, path, NULL));
	bench_report_count(&r);
	bench_report_csv(&r, &out);
	assert_string_equal(str_cstr(&out),
			    "set,problem,category,samples,passed,passed_strict,classes\n"
			    "\"one\",\"<B>\",\"\",2,2,2,\"..\"\n\"one\",\"A\",\"\",2,1,1,\".R\"\n");
	str_clear(&out);
	bench_report_text(&r, &out);
	assert_non_null(strstr(str_cstr(&out), "pass@1                  75.0 %"));
	assert_non_null(strstr(str_cstr(&out), "classes                . 3 R 1"));
	str_clear(&out);
	bench_report_html(&r, ".", &out);
	assert_non_null(strstr(str_cstr(&out), "&lt;B&gt;"));
	assert_null(strstr(str_cstr(&out), "<B>"));
	str_free(&out);
	str_free(&a);
	bench_report_fini(&r);
	free(path);
}

CASE(problems_above_the_limit_are_told_of)
{
	struct suite_problems l = { 0 };

	for (unsigned i = 0; i < SUITE_PROBLEMS_MAX; i++)
		suite_problems_add(&l, "p", "", "");
	assert_false(l.cut);
	suite_problems_add(&l, "p", "", "");
	assert_true(l.cut);
	assert_int_equal(l.n, SUITE_PROBLEMS_MAX);
	suite_problems_fini(&l);
	assert_false(l.cut);
}

CASES_WITHIN(make_folder, remove_folder)
