/* What a run can see and what it returns: both real engines, with and without the
 * sandbox. session/tool/simulator.h is the contract. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/task.h"
#include "session/output/diag.h"
#include "sim/sim.h"
#include "tests/lib/tool.h"

struct rig {
	const struct simulator_ops *ops;
	struct loop *loop;
	char *root, *out;
	struct source sources[3];
	struct run_job job;
	struct run_report report;
	struct diag_list *found;
	struct str printed;
	struct err err;
	bool ok, done;
	enum lang lang;
};

/* Sources are texts, not files; the testbench is the first module called tb. */
static void rig_open(struct rig *r, const struct simulator_ops *ops, const char *path,
		     const char *text)
{
	*r = (struct rig){
		.ops = ops, .loop = loop_new(NULL), .root = tool_folder(), .out = tool_folder()
	};
	r->sources[0] = (struct source){ path, text, strlen(text) };
	r->job = (struct run_job){ .design = { .root = r->root,
					       .sources = r->sources,
					       .n = 1,
					       .top = "tb",
					       .lang = LANG_SV2017 },
				   .out_dir = r->out,
				   .limits = SIM_LIMITS_DEFAULT,
				   .unguarded = true };
}

static void rig_close(struct rig *r)
{
	run_report_fini(&r->report);
	diag_list_free(r->found);
	str_free(&r->printed);
	while (task_count(r->loop))
		loop_turn(r->loop, false);
	loop_free(r->loop);
	tool_folder_remove(r->root);
	tool_folder_remove(r->out);
}

static void on_line(void *ctx, const char *line, size_t len)
{
	struct rig *r = ctx;

	str_add(&r->printed, line, len);
	str_addc(&r->printed, '\n');
}

static void run_task(void *ctx)
{
	struct rig *r = ctx;
	struct simulator *s = r->ops->open(r->loop, NULL);

	run_report_fini(&r->report);
	str_clear(&r->printed);
	r->ok = r->ops->run(s, &r->job, &(struct run_listener){ .line = on_line, .ctx = r },
			    &r->report, &r->err);
	r->ops->close(s);
	r->done = true;
}

static void lint_task(void *ctx)
{
	struct rig *r = ctx;
	struct simulator *s = r->ops->open(r->loop, NULL);

	diag_list_free(r->found);
	r->ok = r->ops->lint(s, &r->job.design, &r->found, &r->lang, &r->err);
	r->ops->close(s);
	r->done = true;
}

static void rig_do(struct rig *r, void (*task)(void *ctx))
{
	r->done = false;
	task_start(r->loop, task, r);
	loop_run_until(r->loop, &r->done);
}

static void simulate(struct rig *r)
{
	rig_do(r, run_task);
	if (!r->ok)
		fail_msg("%s: %s", r->ops->name, r->err.text);
}

static void assert_printed(const struct rig *r, const char *text)
{
	if (!strstr(str_cstr(&r->printed), text))
		fail_msg("%s: \"%s\" is not in\n%s\n%s", r->ops->name, text, str_cstr(&r->printed),
			 r->report.result.first ? r->report.result.first : "");
}

/* Both engines, with and without bubblewrap. */
static void each(void (*fn)(const struct simulator_ops *ops))
{
	static const struct simulator_ops *const both[] = { &simulator_icarus,
							    &simulator_verilator };

	for (size_t i = 0; i < 2; i++) {
		char *version = NULL;

		if (!both[i]->available(&version, NULL))
			continue;
		free(version);
		fn(both[i]);
		setenv("POSEDGE_BWRAP", "/nonexistent", 1);
		fn(both[i]);
		unsetenv("POSEDGE_BWRAP");
	}
}

static void version_task(void *ctx)
{
	struct rig *r = ctx;
	struct simulator *s = r->ops->open(r->loop, NULL);
	char *says = simulator_says(s);

	str_adds(&r->printed, says);
	free(says);
	r->ops->close(s);
	r->done = true;
}

/* The output equals the tool's own. */
static void it_says_its_version(const struct simulator_ops *ops)
{
	bool icarus = strcmp(ops->name, "icarus") == 0;
	FILE *f = popen(icarus ? "iverilog -V 2>&1" : "verilator_bin --version", "r");
	char line[400] = "";
	struct rig r;

	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	while (fgetc(f) != EOF)
		;
	pclose(f);
	rig_open(&r, ops, "tb.sv", "module tb;\nendmodule\n");
	rig_do(&r, version_task);
	assert_true(r.printed.len > strlen("Icarus Verilog "));
	assert_memory_equal(line, r.printed.data, r.printed.len);
	rig_close(&r);
}

CASE(an_engine_says_its_version)
{
	each(it_says_its_version);
}

static const char reads_tb[] =
	"module tb;\n  integer f, c, n;\n  reg [7:0] m [0:1];\n  initial begin\n"
	"    $readmemh(\"a.hex\", m);\n    $display(\"a %h %h\", m[0], m[1]);\n"
	"    $readmemh(\"../data/b.hex\", m);\n    $display(\"b %h\", m[0]);\n"
	"    f = $fopen(\"large.bin\", \"r\");\n    c = $fgetc(f);\n    $display(\"large %0d\", "
	"c);\n    $fclose(f);\n"
	"    f = $fopen(\"a.hex\", \"w\");\n    $fwrite(f, \"its own\\n\");\n    $fclose(f);\n"
	"    f = $fopen(\"../result.txt\", \"w\");\n    $fwrite(f, \"result\\n\");\n    "
	"$fclose(f);\n"
	"    $finish;\n  end\nendmodule\n";

static void reads(const struct simulator_ops *ops)
{
	struct sim_file files[] = { { "sim/a.hex", NULL },
				    { "data/b.hex", NULL },
				    { "sim/large.bin", NULL } };
	struct rig r;
	struct str text = STR_INIT, large = STR_INIT;
	char *path, *result;

	rig_open(&r, ops, "sim/tb.v", reads_tb);
	tool_make(r.root, "sim");
	tool_make(r.root, "data");
	tool_write(r.root, "sim/a.hex", "0a\n0b\n");
	tool_write(r.root, "data/b.hex", "0c\n0d\n");
	for (int i = 0; i < 300 << 10; i++)
		str_addc(&large, 'A');
	tool_write(r.root, "sim/large.bin", str_cstr(&large));
	r.job.files = files;
	r.job.n_files = 3;
	r.job.start_dir = "sim";
	simulate(&r);
	assert_printed(&r, "a 0a 0b");
	assert_printed(&r, "b 0c");
	assert_printed(&r, "large 65");
	assert_int_equal(r.report.notes.n, 0);
	/* Two files were written, none of them the project's. */
	assert_int_equal(r.report.n_written, 2);
	assert_string_equal(r.report.written[0].path, "result.txt");
	assert_string_equal(r.report.written[1].path, "sim/a.hex");
	path = path_join(r.root, "sim/a.hex");
	assert_true(file_read(path, 0, &text, NULL));
	assert_string_equal(str_cstr(&text), "0a\n0b\n");
	result = path_join(r.out, "written/sim/a.hex");
	assert_true(file_read(result, 0, &text, NULL));
	assert_string_equal(str_cstr(&text), "its own\n");
	free(result);
	free(path);
	str_free(&text);
	str_free(&large);
	rig_close(&r);
}

CASE(a_run_reads_its_files_and_changes_none)
{
	each(reads);
}

/* The large file is the project's own, bound read-only. */
static void writes_through(const struct simulator_ops *ops)
{
	static const char tb[] =
		"module tb;\n  integer f;\n  initial begin\n    f = $fopen(\"large.bin\", \"w\");\n"
		"    if (f != 0) begin $fwrite(f, \"gone\"); $fclose(f); end\n    $finish;\n  "
		"end\nendmodule\n";
	struct sim_file file = { "large.bin", NULL };
	struct str large = STR_INIT, text = STR_INIT;
	struct rig r;
	char *path;

	rig_open(&r, ops, "tb.v", tb);
	for (int i = 0; i < 300 << 10; i++)
		str_addc(&large, 'A');
	tool_write(r.root, "large.bin", str_cstr(&large));
	r.job.files = &file;
	r.job.n_files = 1;
	simulate(&r);
	path = path_join(r.root, "large.bin");
	assert_true(file_read(path, 0, &text, NULL));
	assert_int_equal(text.len, large.len);
	free(path);
	str_free(&text);
	str_free(&large);
	rig_close(&r);
}

CASE(nothing_is_written_through_to_a_large_file)
{
	each(writes_through);
}

static const char told_tb[] =
	"`include \"width.vh\"\nmodule tb #(parameter N = 1, parameter M = 2);\n  reg [31:0] p;\n  "
	"initial begin\n"
	"    if (!$value$plusargs(\"level=%d\", p)) p = 0;\n"
	"    $display(\"n=%0d m=%0d width=%0d level=%0d\", N, M, `WIDTH, p);\n"
	"`ifdef QUIET\n    $display(\"quiet=%0d\", `QUIET);\n`endif\n    #1 $finish;\n  "
	"end\nendmodule\n";

static void told(const struct simulator_ops *ops)
{
	static const char *const defines[] = { "QUIET=5", NULL },
				 *const parameters[] = { "N=7", "M=9", NULL },
				 *const plusargs[] = { "+level=3", "+o'dd $(x)", NULL },
				 *const include[] = { "in c'l $x", NULL };
	struct rig r;

	rig_open(&r, ops, "a b/it's $x.v", told_tb);
	r.sources[1] = (struct source){ "in c'l $x/width.vh", "`define WIDTH 4\n", 16 };
	r.job.design.n = 2;
	r.job.design.defines = defines;
	r.job.design.parameters = parameters;
	r.job.design.include_dirs = include;
	r.job.plusargs = plusargs;
	r.job.trace = true;
	simulate(&r);
	assert_printed(&r, "n=7 m=9 width=4 level=3");
	assert_printed(&r, "quiet=5");
	assert_string_not_equal(r.report.wave_path, "");
	rig_close(&r);
}

CASE(settings_of_the_job_reach_the_tools)
{
	each(told);
}

/* Code that is Verilog but not SystemVerilog, and the reverse. */
static const char needs_sv[] =
	"module tb;\n  int q = 3;\n  initial begin\n    $display(\"q=%0d\", q);\n"
	"    $finish;\n  end\nendmodule\n";
static const char needs_verilog[] =
	"module tb;\n  reg [3:0] do, bit, priority;\n  initial begin\n    do = 1; bit = 2; "
	"priority = 3;\n"
	"    $display(\"q=%0d\", do + bit);\n    $finish;\n  end\nendmodule\n";

static void languages(const struct simulator_ops *ops)
{
	static const struct {
		const char *path, *text;
		enum lang lang, taken;
	} cases[] = {
		{ "tb.v", needs_sv, LANG_V2005, LANG_SV2017 },
		{ "tb.v", needs_sv, LANG_V2001, LANG_SV2017 },
		{ "tb.v", needs_verilog, LANG_SV2017, LANG_V2005 },
	};
	struct rig r;

	for (size_t i = 0; i < 3; i++) {
		rig_open(&r, ops, cases[i].path, cases[i].text);
		r.job.design.lang = cases[i].lang;
		simulate(&r);
		assert_printed(&r, "q=3");
		assert_int_equal(r.report.lang, cases[i].taken);
		assert_int_equal(diag_list_count(r.report.found, DIAG_ERROR), 0);
		rig_do(&r, lint_task);
		assert_true(r.ok);
		assert_int_equal(diag_list_count(r.found, DIAG_ERROR), 0);
		assert_int_equal(r.lang, cases[i].taken);

		/* Chosen by the user: used as it is. */
		r.job.design.lang_fixed = true;
		simulate(&r);
		assert_int_equal(r.report.result.verdict, VERDICT_BUILD);
		assert_int_equal(r.report.lang, cases[i].lang);
		assert_true(diag_list_count(r.report.found, DIAG_ERROR) > 0);
		rig_do(&r, lint_task);
		assert_true(diag_list_count(r.found, DIAG_ERROR) > 0);
		assert_int_equal(r.lang, cases[i].lang);
		rig_close(&r);
	}
	/* Wrong in either language: the errors are those of the requested one. */
	rig_open(&r, ops, "tb.v", "module tb;\n  reg q = 0;\n  initial q = nowhere;\nendmodule\n");
	r.job.design.lang = LANG_V2005;
	simulate(&r);
	assert_int_equal(r.report.lang, LANG_V2005);
	assert_non_null(strstr(r.report.result.first, "tb.v:3"));
	rig_close(&r);
}

CASE(the_language_that_fits_is_taken)
{
	each(languages);
}

static void limits(const struct simulator_ops *ops)
{
	static const struct {
		const char *body;
		enum run_limit limit;
	} cases[] = {
		{ "initial begin $display(\"kept\"); forever #1 q = ~q; end", RUN_LIMIT_TIME },
		{ "initial begin $display(\"kept\"); while (1) q = ~q; end", RUN_LIMIT_TIME },
		{ "initial begin $display(\"kept\"); forever #1 "
		  "$display(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"); end",
		  RUN_LIMIT_OUTPUT },
		{ "integer f; initial begin $display(\"kept\"); f = $fopen(\"x\"); repeat (20000) "
		  "#1 $fdisplay(f, \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\");"
		  " $finish; end",
		  RUN_LIMIT_FILE },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *text = str_fmt("module tb;\n  reg q = 0;\n  %s\nendmodule\n", cases[i].body);
		struct rig r;

		rig_open(&r, ops, "tb.v", text);
		r.job.limits.run_ms = 500;
		r.job.limits.output = 100000;
		r.job.limits.file_size = 100000; /* the build writes more */
		if (cases[i].limit == RUN_LIMIT_FILE)
			r.job.limits.run_ms = 20000;
		simulate(&r);
		assert_printed(&r, "kept");
		assert_int_equal(r.report.limit, cases[i].limit);
		assert_string_equal(r.report.limit_step, "running");
		assert_int_equal(r.report.result.verdict, VERDICT_LIMIT);
		rig_close(&r);
		free(text);
	}
}

CASE(a_limit_is_named_and_what_was_printed_is_kept)
{
	each(limits);
}

static void build_fails(const struct simulator_ops *ops)
{
	struct str log = STR_INIT;
	struct rig r;

	rig_open(&r, ops, "rtl/tb.v", "module tb;\n  initial q = +;\nendmodule\n");
	simulate(&r);
	assert_int_equal(r.report.result.verdict, VERDICT_BUILD);
	assert_true(str_starts(r.report.result.first, "rtl/tb.v:2"));
	assert_string_equal(r.report.output_path, "");
	assert_true(file_read(r.report.log_path, 0, &log, NULL));
	assert_non_null(strstr(str_cstr(&log), "rtl/tb.v:2"));
	assert_int_equal(r.report.n_steps, 1);
	assert_int_equal(r.report.limit, RUN_LIMIT_NONE);
	str_free(&log);
	rig_close(&r);

	/* A build that never ends is the tool's failure, not the simulation's. */
	rig_open(&r, ops, "tb.v",
		 "module tb;\n  function integer f(input integer x);\n    begin f = x; while (f > "
		 "-1) f = f & 1; end\n"
		 "  endfunction\n  localparam P = f(1);\n  initial $display(P);\nendmodule\n");
	r.job.limits.build_ms = 700;
	simulate(&r);
	assert_true(verdict_is_broken(r.report.result.verdict));
	if (r.report.limit == RUN_LIMIT_TIME)
		assert_non_null(strstr(r.report.result.first, "sim.build_seconds"));
	rig_close(&r);
}

CASE(a_build_that_fails_leaves_its_log)
{
	each(build_fails);
}

/* A register without reset starts as the seed determines; one with a reset always
 * equally. */
CASE(seeds_draw_the_initial_values)
{
	static const char tb[] = "module tb;\n  reg [31:0] q;\n  initial begin\n    "
				 "$display(\"q=%h\", q);\n    $finish;\n  end\nendmodule\n";
	char *seen[4] = { 0 }, *version = NULL;
	struct rig r;

	if (!simulator_verilator.available(&version, NULL))
		skip();
	free(version);
	for (unsigned seed = 0; seed < 4; seed++) {
		rig_open(&r, &simulator_verilator, "tb.v", tb);
		r.job.seed = seed == 3 ? 2 : seed;
		simulate(&r);
		seen[seed] = str_fmt("%.*s", (int)strcspn(str_cstr(&r.printed), "\n"),
				     str_cstr(&r.printed));
		rig_close(&r);
	}
	assert_string_equal(seen[0], "q=00000000");
	assert_string_not_equal(seen[1], seen[0]);
	assert_string_not_equal(seen[2], seen[1]);
	assert_string_equal(seen[3], seen[2]);
	for (int i = 0; i < 4; i++)
		free(seen[i]);
}

/* A missing reset, hidden by two-state values: found with other initial values and
 * reported beside the verdict. A design with a reset behaves equally with all of them. */
CASE(a_verdict_that_depends_on_initial_values_says_so)
{
	static const char text[] =
		"module cnt(input clk, input rst, output reg [3:0] q);\n"
		"  always @(posedge clk) %sq <= q + 1;\nendmodule\n"
		"module tb;\n  reg clk = 0, rst = 1; wire [3:0] q;\n  cnt dut(clk, rst, q);\n"
		"  always #5 clk = ~clk;\n  initial begin\n    @(negedge clk); rst = 0; repeat (3) "
		"@(negedge clk);\n"
		"    if (q !== 4'd%d) $error(\"q is %%0d\", q);\n    $finish;\n  end\nendmodule\n";
	char *version = NULL, *without = str_fmt(text, "", 4),
	     *with = str_fmt(text, "if (rst) q <= 0; else ", 3);
	struct rig r;

	if (!simulator_verilator.available(&version, NULL)) {
		free(without);
		free(with);
		skip();
	}
	free(version);
	rig_open(&r, &simulator_verilator, "tb.v", without);
	simulate(&r);
	assert_int_equal(r.report.result.verdict, VERDICT_PASS);
	assert_null(strstr(r.report.result.beside, "undefined registers"));
	r.job.more_seeds = 3;
	simulate(&r);
	assert_int_equal(r.report.result.verdict, VERDICT_PASS);
	assert_non_null(strstr(r.report.result.beside, "undefined registers"));
	assert_non_null(strstr(r.report.result.beside, "FAIL"));
	assert_null(strstr(str_cstr(&r.printed), "Error")); /* of the first run alone */
	rig_close(&r);

	rig_open(&r, &simulator_verilator, "tb.v", with);
	r.job.more_seeds = 3;
	simulate(&r);
	assert_int_equal(r.report.result.verdict, VERDICT_PASS);
	assert_null(strstr(r.report.result.beside, "undefined registers"));
	rig_close(&r);
	free(without);
	free(with);
}

/* A file that exists but cannot be shown to the run is not the design's failure. */
static void lacks(const struct simulator_ops *ops)
{
	static const char tb[] =
		"module tb;\n  integer f;\n  initial begin\n    f = $fopen(\"gone.hex\", \"r\");\n"
		"    if (f == 0) $error(\"no file\");\n    #1 $finish;\n  end\nendmodule\n";
	struct sim_file file = { "gone.hex", NULL };
	struct rig r;

	rig_open(&r, ops, "tb.sv", tb);
	simulate(&r);
	/* The testbench's own $error is about the file. */
	assert_int_equal(r.report.result.verdict, VERDICT_TOOL);
	assert_non_null(strstr(r.report.result.first, "tb.sv:5 finds a file missing"));
	r.job.files = &file;
	r.job.n_files = 1;
	simulate(&r);
	assert_int_equal(r.report.result.verdict, VERDICT_TOOL);
	assert_non_null(strstr(r.report.result.first, "gone.hex"));
	rig_close(&r);
}

CASE(a_file_that_cannot_be_shown_is_no_failure)
{
	each(lacks);
}

/* Verilator needs the first loop written out, has the second either way, and each round of
 * the third prints a number of its own only when it is written out. */
static void loops(const struct simulator_ops *ops)
{
	static const char large[] =
		"module tb;\n  reg clk = 0; reg [31:0] mem [0:59]; integer i, sum = 0;\n"
		"  always #5 clk = ~clk;\n"
		"  always @(posedge clk) for (i = 0; i < 60; i = i + 1) mem[i] <= i * 3 + 1;\n"
		"  task add(input integer n);\n    begin\n      #1 sum = sum + n;\n"
		"      if (n % 2) sum = sum + 1; else sum = sum - mem[n];\n    end\n  endtask\n"
		"  integer k;\n  initial begin\n    #20;\n"
		"    for (k = 0; k < 60; k = k + 1) begin add(k); add(59 - k); end\n"
		"    $display(\"sum %0d\", sum);\n    $finish;\n  end\nendmodule\n";
	static const char forks[] =
		"module tb;\n  integer seen = 0, spent = 0;\n  initial begin\n"
		"    for (int i = 0; i < 40; i++) begin\n      fork\n        begin\n"
		"          automatic int k = i;\n          #10 seen = seen + k * k;\n"
		"        end\n        #(5 + i) spent = spent + i;\n      join_none\n      #1;\n    "
		"end\n    #100;\n"
		"    $display(\"seen %0d spent %0d\", seen, spent);\n    $finish;\n"
		"  end\nendmodule\n";
	struct rig r;

	rig_open(&r, ops, "tb.sv", large);
	simulate(&r);
	assert_printed(&r, "sum -1680");
	rig_close(&r);
	if (ops != &simulator_verilator) /* Icarus 11 knows no such automatic */
		return;
	rig_open(&r, ops, "tb.sv", forks);
	simulate(&r);
	assert_printed(&r, "seen 20540 spent 780");
	rig_close(&r);
}

CASE(a_loop_gives_the_same_however_it_is_built)
{
	each(loops);
}
