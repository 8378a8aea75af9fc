#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/diag.h"
#include "session/hardware.h"
#include "sim/engine.h"
#include "sim/netlist.h"
#include "sim/runtime.h"
#include "sim/sim.h"
#include "sim/verilator_diag.h"

/* verilator_bin is the program itself; `verilator` is a Perl script around it
 * that costs more time than a lint. */

static void add_common(const struct engine_job *j, struct strv *argv)
{
	if (j->lang != LANG_SV2017) {
		strv_add(argv, "--language");
		strv_add(argv, j->lang == LANG_V2001 ? "1364-2001" : "1364-2005");
	}
	if (j->top) {
		strv_add(argv, "--top-module");
		strv_add(argv, j->top);
	}
	for (size_t i = 0; i < j->stage.include.n; i++)
		strv_addf(argv, "-I%s", j->stage.include.v[i]);
	for (size_t i = 0; i < j->defines.n; i++)
		strv_addf(argv, "-D%s", j->defines.v[i]);
	for (size_t i = 0; i < j->stage.compile.n; i++)
		strv_add(argv, j->stage.compile.v[i]);
}

static void lint_argv(const struct engine_job *j, struct strv *argv)
{
	static const char *const fixed[] = { "verilator_bin", "--lint-only", "-Wall", "-Wno-fatal", "--timing", NULL };

	strv_addv(argv, fixed);
	add_common(j, argv);
}

static void translate_argv(const struct engine_job *j, struct strv *argv)
{
	static const char *const fixed[] = { "verilator_bin", "--cc", "--exe", "--timing", "--assert", "-Wno-fatal",
					     "--prefix", "Vsim", "--Mdir", "o", NULL };

	strv_addv(argv, fixed);
	if (j->trace)
		strv_add(argv, "--trace");
	add_common(j, argv);
}

/* Our own main(): a failed check ends the run in the ordinary way instead of
 * by abort(), and a testbench without $dumpvars gets its waves all the same. */
static const char main_cpp[] =
	"#include \"Vsim.h\"\n"
	"#include \"all.h\"\n"
	"int main(int argc, char **argv) {\n"
	"  const std::unique_ptr<VerilatedContext> c{new VerilatedContext};\n"
	"  c->traceEverOn(POSEDGE_TRACE);\n"
	"  c->fatalOnError(false);\n"
	"  c->commandArgs(argc, argv);\n"
	"  const std::unique_ptr<Vsim> t{new Vsim{c.get()}};\n"
	"#if POSEDGE_DUMP\n"
	"  VerilatedVcdC dump;\n"
	"  t->trace(&dump, 99);\n"
	"  dump.open(\"wave.vcd\");\n"
	"#endif\n"
	"  while (!c->gotFinish()) {\n"
	"    t->eval();\n"
	"#if POSEDGE_DUMP\n"
	"    dump.dump(c->time());\n"
	"#endif\n"
	"    if (!t->eventsPending()) break;\n"
	"    c->time(t->nextTimeSlot());\n"
	"  }\n"
	"  t->final();\n"
	"#if POSEDGE_DUMP\n"
	"  dump.close();\n"
	"#endif\n"
	"  return 0;\n"
	"}\n";

/* One translation unit of all that was generated: most of the time goes into
 * reading the same headers, so they are read once. */
static bool write_unit(const struct engine_job *j, struct err *err)
{
	char *dir = str_fmt("%s/o", j->stage.dir);
	char *path = str_fmt("%s/all.cpp", dir), *header = str_fmt("%s/all.h", dir);
	struct str text = STR_INIT, flags = STR_INIT;
	struct strv files = STRV_INIT;
	bool ok;

	list_files(dir, ".cpp", &files);
	for (size_t i = 0; i < files.n; i++)
		if (strcmp(files.v[i], "all.cpp") != 0)
			str_addf(&text, "#include \"%s\"\n", files.v[i]);
	str_adds(&text, main_cpp);
	str_addf(&flags, "#include <memory>\n#define POSEDGE_TRACE %s\n#define POSEDGE_DUMP %d\n",
		 j->trace ? "true" : "false", j->trace && !j->stage.dumps);
	ok = file_save(path, text.data, text.len, 0600, err) && file_save(header, flags.data, flags.len, 0600, err);
	strv_free(&files);
	str_free(&flags);
	str_free(&text);
	free(header);
	free(path);
	free(dir);
	return ok;
}

static void say(const struct run_events *to, const char *step)
{
	if (to->progress)
		to->progress(to->ctx, step);
}

static bool ended_well(const struct child_result *r, const char *name, const struct str *messages, struct err *err)
{
	if (r->timed_out)
		return err_set(err, ERR_TOOL, "%s did not end within its time limit", name);
	if (r->signal)
		return err_set(err, ERR_TOOL, "%s crashed on this design (signal %d)", name, r->signal);
	if (r->status != 0)
		return err_set(err, ERR_TOOL, "%s failed: %.300s", name,
			       messages->len ? str_cstr(messages) : "it said nothing");
	return true;
}

static bool translate(const struct engine_job *j, struct diag_list *found, struct err *err)
{
	struct strv argv = STRV_INIT;
	struct str messages = STR_INIT;
	struct child_result r = { 0 };
	bool ok;

	translate_argv(j, &argv);
	ok = engine_tool(j, (const char *const *)argv.v, NULL, &messages, &r, err);
	if (ok) {
		verilator_diag_parse(str_cstr(&messages), messages.len, found);
		ok = ended_well(&r, "verilator", &messages, err);
	}
	strv_free(&argv);
	str_free(&messages);
	return ok;
}

static bool compile(const struct engine_job *j, const char *runtime, struct err *err)
{
	struct sandbox_spec spec = { .dir = j->stage.dir, .read_only = runtime };
	const char *rt = sandbox_rt(j->level, &spec);
	struct strv argv = STRV_INIT;
	struct str messages = STR_INIT;
	struct child_result r = { 0 };
	bool ok;

	strv_add(&argv, "g++");
	runtime_flags(j->trace, &argv);
	strv_add(&argv, "-O0");
	strv_add(&argv, "-Io");
	strv_add(&argv, "-include");
	strv_addf(&argv, "%s/pch.h", rt);
	strv_add(&argv, "-fuse-ld=gold");
	strv_add(&argv, "o/all.cpp");
	strv_addf(&argv, "%s/libvrt.a", rt);
	strv_add(&argv, "-lpthread");	/* -pthread would define a macro: another header */
	strv_add(&argv, "-latomic");
	strv_add(&argv, "-o");
	strv_add(&argv, "sim");
	ok = engine_tool(j, (const char *const *)argv.v, runtime, &messages, &r, err) &&
	     ended_well(&r, "g++", &messages, err);
	strv_free(&argv);
	str_free(&messages);
	return ok;
}

static bool build(const struct engine_job *j, const struct run_events *to, struct diag_list *found, struct err *err)
{
	char *runtime = NULL;
	bool ok;

	if (!engine_have("g++", "g++", err)) {
		err->code = ERR_NOT_FOUND;	/* not the design's fault */
		return false;
	}
	say(to, "translating");
	ok = translate(j, found, err) && write_unit(j, err);
	if (ok) {
		runtime = runtime_get(j, to, err);
		ok = runtime != NULL;
	}
	if (ok) {
		say(to, "compiling");
		ok = compile(j, runtime, err);
	}
	free(runtime);
	return ok;
}

/* What it is made of ----------------------------------------------------------- */

/* The first error, with its place: the ones after it are mostly its children. */
static bool no_design(const struct str *messages, struct err *err)
{
	struct diag_list *found = diag_list_new(200);
	const struct diag *first = NULL;

	verilator_diag_parse(str_cstr(messages), messages->len, found);
	for (size_t i = 0; !first && i < diag_list_len(found); i++)
		if (diag_list_at(found, i)->rank == DIAG_ERROR)
			first = diag_list_at(found, i);
	if (!first)
		err_set(err, ERR_TOOL, "verilator failed: %.300s", messages->len ? str_cstr(messages) : "it said nothing");
	else if (first->path[0])
		err_set(err, ERR_TOOL, "%s:%d:%d %.300s", first->path, first->line, first->col, first->text);
	else
		err_set(err, ERR_TOOL, "%.300s", first->text);
	diag_list_free(found);
	return false;
}

#define XML_PIECE (256u << 10)	/* some milliseconds; then others run */

static bool read_xml(const struct engine_job *j, struct hardware *out, struct err *err)
{
	char *path = path_join(j->stage.dir, "netlist.xml");
	struct netlist *n = netlist_new();
	struct str xml = STR_INIT;
	bool ok = file_read(path, NETLIST_LIMIT, &xml, err);

	for (size_t i = 0; ok && i < xml.len; i += XML_PIECE) {
		size_t len = xml.len - i < XML_PIECE ? xml.len - i : XML_PIECE;

		ok = netlist_feed(n, xml.data + i, len, err) && (i == 0 || task_sleep(j->loop, 0, err));
	}
	ok = ok && netlist_end(n, out, err);
	str_free(&xml);
	netlist_free(n);
	free(path);
	return ok;
}

static bool elaborate(const struct engine_job *j, struct hardware *out, struct err *err)
{
	static const char *const fixed[] = { "verilator_bin", "--xml-only", "-Wno-fatal", "-Wno-lint", "--timing",
					     "--xml-output", "netlist.xml", NULL };
	struct strv argv = STRV_INIT;
	struct str messages = STR_INIT;
	struct child_result r = { 0 };
	bool ok;

	strv_addv(&argv, fixed);
	add_common(j, &argv);
	ok = engine_tool(j, (const char *const *)argv.v, NULL, &messages, &r, err);
	if (ok && !r.timed_out && !r.signal && r.status != 0)
		ok = no_design(&messages, err);
	ok = ok && ended_well(&r, "verilator", &messages, err) && read_xml(j, out, err);
	strv_free(&argv);
	str_free(&messages);
	return ok;
}

static void run_argv(const struct engine_job *j, struct strv *argv)
{
	strv_add(argv, "../sim");
	for (size_t i = 0; i < j->plusargs.n; i++)
		strv_add(argv, j->plusargs.v[i]);
}

static const struct engine_ops how = {
	.tool = "verilator_bin",
	.lint_argv = lint_argv,
	.parse = verilator_diag_parse,
	.elaborate = elaborate,
	.build = build,
	.run_argv = run_argv,
};

static bool available(char **version, struct err *err)
{
	*version = NULL;
	if (!engine_have("verilator_bin", "verilator", err) || !engine_have("g++", "g++", err))
		return false;
	*version = child_which("verilator_bin");
	return true;
}

static struct simulator *open_verilator(struct loop *l, struct err *err)
{
	return engine_open(l, &simulator_verilator, &how, err);
}

const struct simulator_ops simulator_verilator = {
	.name = "verilator",
	.needs = "verilator",
	.available = available,
	.open = open_verilator,
	.close = engine_close,
	.lint = engine_lint,
	.elaborate = engine_elaborate,
	.run = engine_run,
	.cancel = engine_cancel,
};
