/* Verilator: lint, a model compiled to a program, and the design as XML.
 *
 * A run is built in two steps. Translation to C++ is quick and reports errors in the
 * sources. Compilation is slow: all generated code is one translation unit, since most
 * of the time goes into parsing the same headers, and it is linked with a run-time
 * library that was compiled once (runtime.h). main() is ours, so that a failed check
 * does not end the run, waves are written without $dumpvars, and on SIGTERM the
 * simulation prints its buffered output.
 */
#include "config.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/tool/circuit.h"
#include "session/tool/hardware.h"
#include "session/output/diag.h"
#include "sim/engine/batch.h"
#include "sim/engine/blanks.h"
#include "sim/engine/counting.h"
#include "sim/engine/engine.h"
#include "sim/netlist/circuit_xml.h"
#include "sim/netlist/netlist.h"
#include "sim/engine/runtime.h"
#include "sim/engine/runtime_cc.h"
#include "sim/engine/runtime_header.h"
#include "sim/engine/script.h"
#include "sim/sim.h"
#include "sim/engine/cpp_texts.h"
#include "sim/engine/verilator_diag.h"

/* verilator_bin is the program itself; `verilator` is a Perl wrapper that takes longer
 * than a lint. */

#define ROOTS "posedge_roots.sv"

/* It takes one top, so further ones become parts of that: a name that starts at a root
 * is looked for on the way up, and found there. If this cannot be written, the tool says
 * that it misses it. */
static void add_roots(const struct engine_job *j, struct strv *argv)
{
	const char *top = j->wrapped ? ENGINE_LINT_TOP : j->top;
	struct str text = STR_INIT;

	str_adds(&text, "`begin_keywords \"1800-2017\"\n");
	for (size_t i = 0; i < j->roots.n; i++)
		str_addf(&text, "bind \\%s \\%s \\%s ();\n", top, j->roots.v[i], j->roots.v[i]);
	str_adds(&text, "`end_keywords\n");
	stage_write(&j->stage, ROOTS, text.data, text.len, NULL);
	str_free(&text);
	strv_add(argv, STAGE_UP "/" ROOTS);
}

static void add_common(const struct engine_job *j, struct strv *argv)
{
	if (j->lang != LANG_SV2017) {
		strv_add(argv, "--language");
		strv_add(argv, j->lang == LANG_V2001 ? "1364-2001" : "1364-2005");
	}
	if (j->top) {
		strv_add(argv, "--top-module");
		strv_add(argv, j->wrapped ? ENGINE_LINT_TOP : j->top);
	}
	for (size_t i = 0; i < j->stage.include.n; i++)
		strv_addf(argv, "-I%s", j->stage.include.v[i]);
	for (size_t i = 0; i < j->stage.codes.n; i++)
		strv_addf(argv, "-Wfuture-%s", j->stage.codes.v[i]);
	for (size_t i = 0; i < j->defines.n; i++)
		strv_addf(argv, "-D%s", j->defines.v[i]);
	for (size_t i = 0; i < j->parameters.n && !j->wrapped; i++)
		strv_addf(argv, "-G%s", j->parameters.v[i]);
	for (size_t i = 0; i < j->stage.compile.n; i++)
		strv_add(argv, stage_compiled(&j->stage, i));
	if (j->wrapped)
		strv_add(argv, ENGINE_LINT_TOP ".v");
	if (j->top && j->roots.n)
		add_roots(j, argv);
}

/* With its default of 50, Verilator may give up before it reaches the file being edited. */
#define LINT_ERRORS "1000"

/* A loop that resets a memory of 512 words has more than the default of 64. A generate
 * loop may have 16 times as many. A statement of 4096 rounds has some 40000 nodes, more than
 * the default; the processor time is limited besides. */
#define ROUNDS	    "4096"
#define ROUND_NODES "1000000"

static void lint_argv(const struct engine_job *j, struct strv *argv)
{
	/* Verilator cannot simulate BLKANDNBLK and stops at it, but Icarus can and the language
	 * allows it, so report it like other findings. */
	static const char *const fixed[] = { "-Wall",	 "-Wno-fatal",	  "-Wwarn-BLKANDNBLK",
					     "--timing", "--error-limit", LINT_ERRORS,
					     NULL };

	strv_add(argv, "verilator_bin");
	/* It writes a netlist before it lays the instances flat, and ends there. */
	strv_add(argv, j->skim ? "--xml-only" : "--lint-only");
	if (j->skim) {
		strv_add(argv, "--xml-output");
		strv_add(argv, STAGE_UP "/netlist.xml");
	}
	strv_addv(argv, fixed);
	if (j->past_limits) {
		strv_add(argv, "--bbox-unsup");
		strv_add(argv, "--bbox-sys"); /* $fopenr and other system calls of old simulators */
	}
	if (j->long_loops) {
		strv_add(argv, "--unroll-count");
		strv_add(argv, ROUNDS);
		strv_add(argv, "--unroll-stmts");
		strv_add(argv, ROUND_NODES);
	}
	add_common(j, argv);
}

/* Verilator unrolls loops of up to 64 iterations, also in testbenches, up to 30000
 * nodes of its tree each, and the C++ compiler spends its time on that. A small limit
 * is enough, except where unrolling is required: Verilator refuses a <= to an array
 * inside a loop, and in a fork inside a loop each iteration has its own copy of an
 * automatic variable only if unrolled. */
#define UNROLLED       "30000"
#define UNROLLED_SMALL "500"

/* 5.006 takes the value that a variable had before a loop for the one after it if the
 * loop waits and reads with $sscanf or the like: "0 errors" is printed whatever was
 * counted. -fno-life leaves that optimization out.
 *
 * Registers and x get initial values drawn when the model starts, all zero without a
 * seed, so that one build serves every seed. */
static void translation(const struct engine_job *j, const char *unrolled, struct strv *argv)
{
	static const char *const fixed[] = {
		"verilator_bin", "--cc",	"--exe",      "--timing", "--assert", "-Wno-fatal",
		"--x-initial",	 "unique",	"--x-assign", "unique",	  "--prefix", "Vsim",
		"--Mdir",	 STAGE_UP "/o", "-fno-life",  NULL
	};

	strv_addv(argv, fixed);
	if (j->trace)
		strv_add(argv, j->fst ? "--trace-fst" : "--trace");
	if (j->coverage) {
		strv_add(argv, "--coverage-line");
		strv_add(argv, "--coverage-toggle");
	}
	/* 5.006 applies the outer module's timescale to the delays of an inlined module. */
	if (j->timescales)
		strv_add(argv, "-fno-inline");
	if (j->times) {
		strv_add(argv, "--timescale");
		strv_add(argv, j->times);
	}
	strv_add(argv, "--unroll-stmts");
	strv_add(argv, unrolled);
	add_common(j, argv);
}

static void add_translation(const struct engine_job *j, struct script *s)
{
	struct strv argv = STRV_INIT, small = STRV_INIT;

	translation(j, UNROLLED, &argv);
	translation(j, UNROLLED_SMALL, &small);
	script_step(s, "translating", "verilator", &argv, j->stage.forks ? NULL : &small);
	strv_free(&argv);
	strv_free(&small);
}

/* Combines all generated code into one translation unit: most of the time goes into
 * parsing the same headers, so they are parsed once. */
static const char one_unit[] =
	"for f in " STAGE_UP "/o/*.cpp; do echo \"#include \\\"${f##*/}\\\"\"; done >" STAGE_UP
	"/all.cpp\n"
	"echo '#include \"main.cpp\"' >>" STAGE_UP "/all.cpp";

/* What triggers compare with is read after the initial blocks have run up to their first
 * wait. The logic that waits from the start sees what they do, so it is to be read before
 * (checks_first.c gives the variables such values). A process that begins to wait there
 * still does not see it: the model arms it later. Leaves other shapes as they are. */
#define INITIAL "void Vsim___024root___eval_initial(Vsim___024root[*] vlSelf) {"
static const char first_edges[] =
	"f=$(grep -l '" INITIAL "' " STAGE_UP "/o/*.cpp) && sed -i '/" INITIAL "/{:a\n"
	"/\\n}$/!{N\nba\n}\n"
	"s/\\n *vlSelf->__Vtrigrprev__/\\x01&/\n"
	"s/\\(\\n *[/][/] Body\\)\\(.*\\)\\x01\\(.*\\)\\n}$/\\1\\3\\2\\n}/\n"
	"s/\\x01//\n}' $f";

static void compilation(const struct engine_job *j, const char *rt, const char *header,
			struct strv *argv)
{
	char *coverage = j->coverage ? path_join(rt, RUNTIME_COVERAGE) : NULL;

	runtime_header_flags(j, argv);
	strv_add(argv, "-pipe"); /* runs the assembler in parallel */
	strv_add(argv, "-I" STAGE_UP "/o");
	strv_add(argv, "-include");
	strv_addf(argv, "%s/%s", rt, header);
	if (j->counts) { /* the precompiled header must come first */
		strv_add(argv, "-include");
		strv_add(argv, STAGE_UP "/" COUNTING_VERILATOR);
	}
	runtime_link(j, rt, STAGE_UP "/all.cpp", coverage, STAGE_UP "/sim", argv);
	free(coverage);
}

/* The second command also has the code of templates that the library lacks. */
static void add_compilation(const struct engine_job *j, const char *rt, struct script *s)
{
	struct strv argv = STRV_INIT, fast = STRV_INIT;

	compilation(j, rt, RUNTIME_HEADER, &fast);
	compilation(j, rt, RUNTIME_TEXT, &argv);
	script_line(s, first_edges);
	script_line(s, one_unit);
	script_step(s, "compiling", "g++", &argv, &fast);
	strv_free(&argv);
	strv_free(&fast);
}

static void add_run(const struct engine_job *j, struct script *s)
{
	struct strv argv = STRV_INIT;

	stage_add_product(&j->stage, "sim", &argv);
	if (j->seed) {
		strv_add(&argv, "+verilator+rand+reset+2");
		strv_addf(&argv, "+verilator+seed+%u", j->seed);
	}
	strv_addall(&argv, &j->plusargs);
	script_simulate(s, j->stage.start, &argv);
	strv_free(&argv);
}

/* The forking code is compiled in, see cpp/main.cpp. */
static void batch(const struct engine_job *j, const char *rt, struct script *s)
{
	struct strv argv = STRV_INIT;

	stage_add_product(&j->stage, "sim", &argv);
	strv_addall(&argv, &j->plusargs);
	strv_add(&argv, BATCH_FIRST);
	script_become(s, j->stage.start, &argv);
	strv_free(&argv);
}

/* Without a run-time library it only translates, to report the errors. */
static void script(const struct engine_job *j, const char *rt, struct script *s)
{
	if (!j->built) {
		add_translation(j, s);
		if (!rt)
			return;
		add_compilation(j, rt, s);
	}
	add_run(j, s);
}

/* False: it does not translate; err is set only if it could not be run or was cancelled. */
static bool translates(const struct engine_job *j, struct err *err)
{
	struct strv argv = STRV_INIT;
	struct str messages = STR_INIT;
	struct child_result r = { 0 };
	bool ok;

	translation(j, UNROLLED, &argv);
	ok = engine_tool(j, (const char *const *)argv.v, &messages, &r, err) && r.status == 0;
	strv_free(&argv);
	str_free(&messages);
	return ok;
}

/* In the job's language, or in the one to try next. */
static bool translates_at_all(const struct engine_job *j, struct err *err)
{
	struct engine_job other = *j;

	return translates(j, err) ||
	       (err->code == ERR_NONE && engine_other_language(j, &other.lang) &&
		translates(&other, err));
}

/* Compiling the library takes half a minute, so do not start it for a design that fails
 * to translate. */
static bool get_runtime(const struct engine_job *j, const struct run_listener *to, char **rt,
			struct err *err)
{
	struct err why = { 0 };

	if (!runtime_there(j->trace, j->fst) && !translates_at_all(j, &why)) {
		if (why.code == ERR_NONE)
			return true;
		return err_copy(err, &why);
	}
	*rt = runtime_get(j, to, err);
	return *rt != NULL;
}

static bool prepare(const struct engine_job *j, const struct run_listener *to, char **rt,
		    struct err *err)
{
	struct str flags = STR_INIT;
	bool ok;

	if (!engine_have("g++", "g++", err)) {
		err->code = ERR_NOT_FOUND; /* not the design's fault */
		return false;
	}
	str_addf(
		&flags,
		"#include <memory>\n#include <csignal>\n#include <pthread.h>\n#include <unistd.h>\n"
		"#define POSEDGE_TRACE %s\n#define POSEDGE_DUMP %d\n"
		"#define POSEDGE_DUMP_CLASS %s\n",
		j->trace ? "true" : "false", j->trace && !j->stage.dumps,
		j->fst ? "VerilatedFstC" : "VerilatedVcdC");
	if (j->coverage) {
		struct strv file = STRV_INIT;

		stage_add_product(&j->stage, ENGINE_COVERAGE, &file);
		str_addf(&flags,
			 "#define POSEDGE_COVERAGE 1\n#define POSEDGE_COVERAGE_FILE \"%s\"\n",
			 file.v[0]);
		strv_free(&file);
	}
	if (j->variants)
		str_adds(&flags, "#define POSEDGE_BATCH\n");
	ok = (!j->variants ||
	      stage_write(&j->stage, BATCH_INSIDE, batch_inside, strlen(batch_inside), err)) &&
	     stage_write(&j->stage, "all.h", flags.data, flags.len, err) &&
	     stage_write(&j->stage, "main.cpp", cpp_main, strlen(cpp_main), err) &&
	     get_runtime(j, to, rt, err) && (!j->coverage || !*rt || runtime_coverage(j, *rt, err));
	str_free(&flags);
	return ok;
}

/* The elaborated design -------------------------------------------------------- */

/* Sets err to the first error with its location: later ones are mostly consequences of it. */
static bool no_design(const struct str *messages, struct err *err)
{
	struct diag_list *found = diag_list_new(200);
	const struct diag *first;

	verilator_diag_parse(str_cstr(messages), messages->len, found);
	first = diag_list_error(found);
	if (!first)
		err_set(err, ERR_TOOL, "verilator failed: %.300s",
			messages->len ? str_cstr(messages) : "it said nothing");
	else if (first->path[0])
		err_set(err, ERR_TOOL, "%s:%d:%d %.300s", first->path, first->line, first->col,
			first->text);
	else
		err_set(err, ERR_TOOL, "%.300s", first->text);
	diag_list_free(found);
	return false;
}

static bool ended_well(const struct engine_job *j, const struct child_result *r,
		       const struct str *messages, struct err *err)
{
	if (r->timed_out)
		return err_set(err, ERR_TOOL, "verilator did not end within its time limit");
	if (r->signal)
		return engine_crashed("verilator", r->signal, messages, j->limits.memory, err);
	return r->status == 0 || no_design(messages, err);
}

#define XML_PIECE \
	(256u << 10) /* bytes in one call: some milliseconds; stop is checked between calls */

struct reading {
	char *path;
	struct hardware *hardware; /* the result is one of these two */
	struct circuit *circuit;   /* that */
	struct err err;
	bool ok;
	atomic_bool stop;
};

static bool feed_hardware(void *reader, const char *text, size_t len, struct err *err)
{
	return netlist_feed(reader, text, len, err);
}

static bool feed_circuit(void *reader, const char *text, size_t len, struct err *err)
{
	return circuit_xml_feed(reader, text, len, err);
}

static bool feed_all(struct reading *r, size_t limit, void *reader,
		     bool (*feed)(void *reader, const char *text, size_t len, struct err *err))
{
	struct str xml = STR_INIT;
	bool ok = file_read(r->path, limit, &xml, &r->err);

	for (size_t i = 0; ok && i < xml.len && !atomic_load(&r->stop); i += XML_PIECE)
		ok = feed(reader, xml.data + i, xml.len - i < XML_PIECE ? xml.len - i : XML_PIECE,
			  &r->err);
	str_free(&xml);
	return ok && !atomic_load(&r->stop);
}

/* Runs on the thread pool and touches nothing but r: parsing a netlist of megabytes
 * takes longer than a key may wait. */
static void read_netlist(void *ctx)
{
	struct reading *r = ctx;

	if (r->hardware) {
		struct netlist *n = netlist_new();

		r->ok = feed_all(r, NETLIST_LIMIT, n, feed_hardware) &&
			netlist_end(n, r->hardware, &r->err);
		netlist_free(n);
	} else {
		struct circuit_xml *x = circuit_xml_new();

		r->ok = feed_all(r, CIRCUIT_XML_LIMIT, x, feed_circuit) &&
			circuit_xml_end(x, r->circuit, &r->err);
		circuit_xml_free(x);
	}
}

/* Fills the hardware or circuit in *what, which is complete if this returns true. */
static bool to_xml(const struct engine_job *j, bool places, struct reading *what, struct err *err)
{
	static const char *const fixed[] = { "verilator_bin",
					     "--xml-only",
					     "-Wno-fatal",
					     "-Wno-lint",
					     "--timing",
					     "--Mdir",
					     STAGE_UP "/o",
					     "--xml-output",
					     STAGE_UP "/netlist.xml",
					     NULL };
	struct strv argv = STRV_INIT;
	struct str messages = STR_INIT;
	struct child_result r = { 0 };
	bool ok;

	strv_addv(&argv, fixed);
	if (places) {
		strv_add(&argv, "-O0");		    /* optimization would lose source locations */
		strv_add(&argv, "--coverage-line"); /* likewise, see circuit_xml.h */
		strv_add(&argv, "--assert");	    /* a testbench may check with nothing else */
		strv_add(&argv, "--public");	    /* keeps constants that became numbers */
	}
	add_common(j, &argv);
	ok = engine_tool(j, (const char *const *)argv.v, &messages, &r, err);
	ok = ok && ended_well(j, &r, &messages, err);
	what->path = path_join(j->stage.dir, "netlist.xml");
	ok = ok && task_work(j->loop, read_netlist, what, &what->stop, err);
	if (ok && !what->ok)
		err_copy(err, &what->err);
	free(what->path);
	strv_free(&argv);
	str_free(&messages);
	return ok && what->ok;
}

static bool elaborate(const struct engine_job *j, struct hardware *out, struct err *err)
{
	struct hardware found = HARDWARE_INIT;
	struct reading r = { .hardware = &found };
	bool ok = to_xml(j, false, &r, err);

	if (ok)
		hardware_merge(out, &found);
	hardware_fini(&found);
	return ok;
}

static bool circuit(const struct engine_job *j, struct circuit *out, struct err *err)
{
	struct reading r = { .circuit = out };
	bool ok = to_xml(j, true, &r, err);

	for (size_t i = 0; ok && i < out->n_files; i++) {
		char *whole = mem_strdup(blanks_path(&j->stage, out->files[i]));

		free(out->files[i]);
		out->files[i] = whole;
	}
	if (!ok)
		circuit_fini(out);
	return ok;
}

/* What is ignored, sometimes without a word ---------------------------------------- */

/* Versions that solve constraints have this header. Others draw any value, without a word. */
static bool solves_constraints(void)
{
	char *inc = runtime_include(), *path = path_join(inc, "verilated_random.h");
	bool there = file_exists(path);

	free(path);
	free(inc);
	return there;
}

/* "the constraint in t.sv:3", which decides what the design is given or when it answers;
 * NULL: nothing. The caller frees. */
static char *ignored(const struct engine_job *j, const struct diag_list *found)
{
	static const struct {
		const char *text, *what;
	} warnings[] = {
		{ "Unsupported: Converting 'randc' to 'rand'", "randc" },
		{ "Unsupported: rising/falling/turn-off delays.", "all but the first delay" },
	};

	if (j->stage.constrained && !solves_constraints())
		return str_fmt("the constraint in %s", j->stage.constrained);
	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		for (size_t k = 0; k < sizeof(warnings) / sizeof(*warnings); k++)
			if (str_starts(d->text, warnings[k].text))
				return str_fmt("%s in %s:%d", warnings[k].what, d->path, d->line);
	}
	return NULL;
}

/* A FAIL is none then: the stimulus may be one that the testbench excludes, or the time the
 * wrong one. */
static void judge(const struct engine_job *j, const struct run_end *end, struct run_report *out)
{
	struct run_result *r = &out->result;
	bool judged = r->verdict == VERDICT_FAIL || r->verdict == VERDICT_PASS;
	char *what = judged ? ignored(j, out->found) : NULL, *was = r->beside;

	(void)end;
	if (!what)
		return;
	if (r->verdict == VERDICT_FAIL) {
		r->verdict = VERDICT_NONE;
		free(r->first);
		r->first = str_fmt("this Verilator ignores %s, and what failed may come of that",
				   what);
	} else {
		r->beside = str_fmt("%s%sthis Verilator ignores %s", was ? was : "",
				    was && *was ? "\n" : "", what);
		free(was);
	}
	free(what);
}

static const struct engine_ops how = {
	.tool = "verilator_bin",
	.version_option = "--version",
	.passes_limits = true,
	.skims = true,
	.covers = true,
	.two_state = true,
	.counters = CHECKS_VERILATOR,
	.lint_argv = lint_argv,
	.parse = verilator_diag_parse,
	.elaborate = elaborate,
	.circuit = circuit,
	.prepare = prepare,
	.script = script,
	.batch = batch,
	.judge = judge,
};

static bool available(char **where, struct err *err)
{
	*where = NULL;
	if (!engine_have("verilator_bin", "verilator", err) || !engine_have("g++", "g++", err))
		return false;
	*where = child_which("verilator_bin");
	return true;
}

static struct simulator *open_verilator(struct loop *l, struct err *err)
{
	return engine_open(l, &simulator_verilator, &how);
}

const struct simulator_ops simulator_verilator = {
	.name = "verilator",
	.needs = "verilator",
	.available = available,
	.ready = runtime_there,
	.isolates = engine_isolates,
	.version = engine_version,
	.open = open_verilator,
	.close = engine_close,
	.lint = engine_lint,
	.elaborate = engine_elaborate,
	.circuit = engine_circuit,
	.run = engine_run,
};
