#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/str.h"
#include "session/diag.h"
#include "sim/engine.h"
#include "sim/icarus_diag.h"
#include "sim/sim.h"

static void add_common(const struct engine_job *j, struct strv *argv)
{
	strv_add(argv, "iverilog");
	strv_add(argv, j->lang == LANG_V2001 ? "-g2001" : j->lang == LANG_V2005 ? "-g2005" : "-g2012");
	strv_add(argv, "-Wall");
	if (j->top) {
		strv_add(argv, "-s");
		strv_add(argv, j->top);
	}
	for (size_t i = 0; i < j->stage.include.n; i++)
		strv_addf(argv, "-I%s", j->stage.include.v[i]);
	for (size_t i = 0; i < j->defines.n; i++)
		strv_addf(argv, "-D%s", j->defines.v[i]);
}

static void add_files(const struct engine_job *j, struct strv *argv)
{
	for (size_t i = 0; i < j->stage.compile.n; i++)
		strv_add(argv, j->stage.compile.v[i]);
}

static void lint_argv(const struct engine_job *j, struct strv *argv)
{
	add_common(j, argv);
	strv_add(argv, "-t");
	strv_add(argv, "null");
	add_files(j, argv);
}

/* A testbench without $dumpvars gets its waves from a second top module. */
static bool add_dump(const struct engine_job *j, struct err *err)
{
	char *path = str_fmt("%s/posedge_dump.v", j->stage.dir);
	char *text = str_fmt("module posedge_dump;\n  initial begin\n    $dumpfile(\"wave.vcd\");\n"
			     "    $dumpvars(0, %s);\n  end\nendmodule\n", j->top);
	bool ok = file_save(path, text, strlen(text), 0600, err);

	free(text);
	free(path);
	return ok;
}

static bool build(const struct engine_job *j, const struct run_events *to, struct diag_list *found, struct err *err)
{
	bool dump = j->trace && j->top && !j->stage.dumps;
	struct strv argv = STRV_INIT;
	struct str messages = STR_INIT;
	struct child_result r = { 0 };
	bool ok = !dump || add_dump(j, err);

	if (to->progress)
		to->progress(to->ctx, "compiling");
	add_common(j, &argv);
	if (dump) {
		strv_add(&argv, "-s");
		strv_add(&argv, "posedge_dump");
	}
	strv_add(&argv, "-o");
	strv_add(&argv, "sim.vvp");
	add_files(j, &argv);
	if (dump)
		strv_add(&argv, "posedge_dump.v");
	ok = ok && engine_tool(j, (const char *const *)argv.v, NULL, &messages, &r, err);
	if (ok) {
		icarus_diag_parse(str_cstr(&messages), messages.len, found);
		if (r.timed_out)
			ok = err_set(err, ERR_TOOL, "iverilog did not end within its time limit");
		else if (r.status != 0)
			ok = err_set(err, ERR_TOOL, "iverilog failed: %.300s",
				     messages.len ? str_cstr(&messages) : "it said nothing");
	}
	strv_free(&argv);
	str_free(&messages);
	return ok;
}

static void run_argv(const struct engine_job *j, struct strv *argv)
{
	strv_add(argv, "vvp");
	strv_add(argv, "-n");
	strv_add(argv, "../sim.vvp");
	if (!j->trace)
		strv_add(argv, "-none");
	for (size_t i = 0; i < j->plusargs.n; i++)
		strv_add(argv, j->plusargs.v[i]);
}

static const struct engine_ops how = {
	.tool = "iverilog",
	.lint_argv = lint_argv,
	.parse = icarus_diag_parse,
	.build = build,
	.run_argv = run_argv,
};

static bool available(char **version, struct err *err)
{
	*version = NULL;
	if (!engine_have("iverilog", "iverilog", err))
		return false;
	*version = child_which("iverilog");
	return true;
}

static struct simulator *open_icarus(struct loop *l, struct err *err)
{
	return engine_open(l, &simulator_icarus, &how, err);
}

const struct simulator_ops simulator_icarus = {
	.name = "icarus",
	.needs = "iverilog",
	.available = available,
	.open = open_icarus,
	.close = engine_close,
	.lint = engine_lint,
	.run = engine_run,
	.cancel = engine_cancel,
};
