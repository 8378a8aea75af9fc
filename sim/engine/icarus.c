/* Icarus Verilog: iverilog compiles, vvp runs. Four states and delays, but only parts
 * of SystemVerilog.
 *
 * A testbench that dumps no waves gets a second top module that does. The counters of
 * checks are a module of our own, see counting.h. For several runs of one build, vvp
 * stays in memory and forks for each, through a VPI module.
 */
#include "config.h"

#include <string.h>

#include "session/base/child.h"
#include "session/base/str.h"
#include "sim/engine/batch.h"
#include "sim/engine/batch_module.h"
#include "sim/engine/counting.h"
#include "sim/engine/engine.h"
#include "sim/engine/icarus_diag.h"
#include "sim/engine/icarus_direct.h"
#include "sim/engine/script.h"
#include "sim/sim.h"

/* The module that writes the counts is SystemVerilog, and a build has a single
 * language. So with counters an older language only means its reserved words, set by
 * `begin_keywords; what only SystemVerilog has is then refused as well. */
static const char *language(const struct engine_job *j)
{
	if (j->counts)
		return "-g2012";
	return j->lang == LANG_V2001 ? "-g2001" : j->lang == LANG_V2005 ? "-g2005" : "-g2012";
}

/* In the order of their names, as iverilog takes them itself where none is given: of two
 * roots the processes of the first begin first. */
static void add_roots(const struct engine_job *j, struct strv *argv)
{
	struct strv names = STRV_INIT;

	if (j->top)
		strv_add(&names, j->top);
	strv_addall(&names, &j->roots);
	strv_sort(&names);
	for (size_t i = 0; i < names.n; i++) {
		strv_add(argv, "-s");
		strv_add(argv, names.v[i]);
	}
	strv_free(&names);
}

static void add_common(const struct engine_job *j, struct strv *argv)
{
	strv_add(argv, "iverilog");
	strv_add(argv, language(j));
	if (!j->counts && j->lang != LANG_SV2017) /* or logic and bool are reserved */
		strv_add(argv, "-gno-xtypes");
	strv_add(argv, "-Wall");
	add_roots(j, argv);
	for (size_t i = 0; i < j->stage.include.n; i++)
		strv_addf(argv, "-I%s", j->stage.include.v[i]);
	for (size_t i = 0; i < j->defines.n; i++)
		strv_addf(argv, "-D%s", j->defines.v[i]);
	for (size_t i = 0; i < j->parameters.n; i++)
		strv_addf(argv, "-P%s.%s", j->top, j->parameters.v[i]);
}

static void add_files(const struct engine_job *j, struct strv *argv)
{
	for (size_t i = 0; i < j->stage.compile.n; i++)
		strv_add(argv, stage_compiled(&j->stage, i));
}

static void lint_argv(const struct engine_job *j, struct strv *argv)
{
	add_common(j, argv);
	strv_add(argv, "-t");
	strv_add(argv, "null");
	add_files(j, argv);
}

/* A testbench without $dumpvars gets its waves from a second top module. */
static bool adds_dump(const struct engine_job *j)
{
	return j->trace && j->top && !j->stage.dumps;
}

/* Sets the timescale of modules that precede the first `timescale. */
#define TIMES "posedge_times.v"

#define KEYWORDS "posedge_keywords.v" /* precedes the sources */

static bool write_times(const struct engine_job *j, struct err *err)
{
	struct str text = STR_INIT;
	size_t unit = strcspn(j->times, "/");
	bool ok;

	if (j->times_of_unit)
		str_addf(&text, "timeunit %.*s; timeprecision %s;\n", (int)unit, j->times,
			 j->times + unit + 1);
	else
		str_addf(&text, "`timescale %s\n", j->times);
	ok = stage_write(&j->stage, TIMES, text.data, text.len, err);
	str_free(&text);
	return ok;
}

static bool prepare(const struct engine_job *j, const struct run_listener *to, char **rt,
		    struct err *err)
{
	struct str text = STR_INIT;
	bool ok;

	if (j->variants)
		*rt = batch_module(j);
	if (j->times && !write_times(j, err))
		return false;
	if (!adds_dump(j))
		return true;
	str_addf(&text,
		 "module posedge_dump;\n  initial begin\n    $dumpfile(\"wave.vcd\");\n"
		 "    $dumpvars(0, \\%s ",
		 j->top);
	for (size_t i = 0; i < j->roots.n; i++)
		str_addf(&text, ", \\%s ", j->roots.v[i]);
	str_adds(&text, ");\n  end\nendmodule\n");
	ok = stage_write(&j->stage, "posedge_dump.v", text.data, text.len, err);
	str_free(&text);
	return ok;
}

/* The counters need SystemVerilog, the sources keep the keywords of their language. If
 * this cannot be written, the build fails and is repeated without counters. */
static void add_keywords(const struct engine_job *j, struct strv *argv)
{
	const char *text = j->lang == LANG_V2001 ? "`begin_keywords \"1364-2001\"\n"
						 : "`begin_keywords \"1364-2005\"\n";

	stage_write(&j->stage, KEYWORDS, text, strlen(text), NULL);
	strv_add(argv, STAGE_UP "/" KEYWORDS);
}

static void add_build(const struct engine_job *j, struct script *s)
{
	struct strv argv = STRV_INIT, pp = STRV_INIT, ivl = STRV_INIT;

	add_common(j, &argv);
	if (adds_dump(j)) {
		strv_add(&argv, "-s");
		strv_add(&argv, "posedge_dump");
	}
	if (j->counts) {
		strv_add(&argv, "-s");
		strv_add(&argv, "posedge_checks");
	}
	strv_add(&argv, "-o");
	strv_add(&argv, STAGE_UP "/sim.vvp");
	/* By default iverilog drops the specify blocks, and with them the call. Without it their
	 * delays are left out: a library's are in its own units, and most are zero. */
	if (j->stage.annotates)
		strv_add(&argv, "-gspecify");
	if (adds_dump(j) || j->counts || j->times) /* caused by our own files */
		strv_add(&argv, "-Wno-timescale");
	if (j->counts && j->lang != LANG_SV2017)
		add_keywords(j, &argv);
	if (j->times)
		strv_add(&argv, STAGE_UP "/" TIMES);
	add_files(j, &argv);
	if (adds_dump(j))
		strv_add(&argv, STAGE_UP "/posedge_dump.v");
	if (j->counts)
		strv_add(&argv, STAGE_UP "/" COUNTING_ICARUS);
	if (icarus_direct(j, &argv, &pp, &ivl))
		script_pipe(s, "compiling", "iverilog", &pp, &ivl);
	else
		script_step(s, "compiling", "iverilog", &argv, NULL);
	/* Its status is the number of errors modulo 256, so check for the product. */
	script_product(s, STAGE_UP "/sim.vvp");
	strv_free(&argv);
	strv_free(&pp);
	strv_free(&ivl);
}

static void add_run(const struct engine_job *j, struct script *s)
{
	struct strv argv = STRV_INIT;
	size_t program;

	strv_add(&argv, "vvp");
	strv_add(&argv, "-n");
	program = argv.n;
	stage_add_product(&j->stage, "sim.vvp", &argv);
	if (!j->trace)
		strv_add(&argv, "-none");
	else if (j->fst) /* the file keeps its name: left.c detects the format */
		strv_add(&argv, "-fst");
	strv_addall(&argv, &j->plusargs);
	script_simulate_held(s, j->stage.start, &argv, program);
	strv_free(&argv);
}

static void script(const struct engine_job *j, const char *rt, struct script *s)
{
	if (!j->built)
		add_build(j, s);
	add_run(j, s);
}

/* Loads the forking module as VPI: -M takes its folder, -m its name. */
static void batch(const struct engine_job *j, const char *rt, struct script *s)
{
	struct strv argv = STRV_INIT;

	if (!rt) {
		script_line(s, "exit 1");
		return;
	}
	strv_add(&argv, "vvp");
	strv_add(&argv, "-n");
	strv_add(&argv, "-M");
	strv_add(&argv, rt);
	strv_add(&argv, "-m");
	strv_add(&argv, "batch");
	stage_add_product(&j->stage, "sim.vvp", &argv);
	strv_add(&argv, "-none");
	strv_addall(&argv, &j->plusargs);
	strv_add(&argv, BATCH_FIRST);
	script_become(s, j->stage.start, &argv);
	strv_free(&argv);
}

static const struct engine_ops how = {
	.tool = "iverilog",
	.version_option = "-V",
	.only_stage = true,
	.counters = CHECKS_ICARUS,
	.lint_argv = lint_argv,
	.parse = icarus_diag_parse,
	.prepare = prepare,
	.script = script,
	.batch = batch,
};

static bool available(char **where, struct err *err)
{
	*where = NULL;
	if (!engine_have("iverilog", "iverilog", err))
		return false;
	*where = child_which("iverilog");
	return true;
}

static struct simulator *open_icarus(struct loop *l, struct err *err)
{
	return engine_open(l, &simulator_icarus, &how);
}

const struct simulator_ops simulator_icarus = {
	.name = "icarus",
	.needs = "iverilog",
	.available = available,
	.isolates = engine_isolates,
	.version = engine_version,
	.open = open_icarus,
	.close = engine_close,
	.lint = engine_lint,
	.run = engine_run,
};
