/* A precompiled header, the runtime and the model are compiled at different times and
 * linked together. g++ takes a precompiled header only under the flags that made it, so all
 * three get theirs here.
 */
#include "config.h"

#include "sim/engine/runtime_cc.h"

#include <stdlib.h>

#include "session/base/child.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "sim/engine/engine.h"

/* Relative to the program, as installed. */
char *runtime_include(void)
{
	const char *root = getenv("VERILATOR_ROOT");
	char *bin = child_which("verilator_bin");
	char *dir = bin ? path_dir(bin) : mem_strdup("/usr/bin");
	char *include = root && root[0] ? str_fmt("%s/include", root)
					: str_fmt("%s/../share/verilator/include", dir);
	char *real = realpath(include, NULL);

	free(include);
	free(dir);
	free(bin);
	return real ? real : mem_strdup("/usr/share/verilator/include");
}

void runtime_flags(bool trace, bool fst, struct strv *argv)
{
	char *inc = runtime_include();

	strv_addf(argv, "-I%s", inc);
	strv_addf(argv, "-I%s/vltstd", inc);
	strv_add(argv, "-DVM_COVERAGE=0");
	strv_add(argv, "-DVM_SC=0");
	strv_addf(argv, "-DVM_TRACE=%d", trace);
	strv_addf(argv, "-DVM_TRACE_FST=%d", trace && fst);
	strv_addf(argv, "-DVM_TRACE_VCD=%d", trace && !fst);
	strv_add(argv, "-faligned-new");
	strv_add(argv, "-fcf-protection=none");
	strv_add(argv, "-DVL_TIME_CONTEXT");
	strv_add(argv, "-fcoroutines");
	/* Nothing is caught, so nothing needs tables to unwind with, a tenth of the work;
	 * without them bad_alloc ends a model by name. */
	strv_add(argv, "-fno-exceptions");
	strv_add(argv, "-fno-asynchronous-unwind-tables");
	strv_add(argv, "-fno-unwind-tables");
	strv_add(argv, "-fno-gnu-unique"); /* gold takes no second one of those */
	strv_add(argv, "-w");
	free(inc);
}

/* Behind the keyboard, see SANDBOX_YIELD. */
static void add_yielding(const struct engine_job *j, const struct strv *argv, struct strv *out)
{
	static const char *const low[] = { "sh", "-c", SANDBOX_YIELD "; exec \"$@\"", "sh", NULL };

	if (j->yields)
		strv_addv(out, low);
	strv_addall(out, argv);
}

bool runtime_compile(const struct engine_job *j, const char *dir, const struct strv *argv,
		     struct err *err)
{
	struct sandbox_spec spec = { .dir = dir,
				     .writable = true,
				     .cwd = "",
				     .memory = j->limits.memory,
				     .file_size = 1ull << 30,
				     .processes = j->limits.processes };
	struct sandbox_start start;
	struct child_spec child = { .wall_ms = j->limits.build_ms, .yields = j->yields };
	struct child_result r = { 0 };
	struct str messages = STR_INIT;
	struct strv words = STRV_INIT;
	bool ok;

	add_yielding(j, argv, &words);
	sandbox_wrap(j->box, &spec, (const char *const *)words.v, &start);
	sandbox_start_into(&start, &child);
	ok = child_run(j->loop, &child, 65536, &messages, &messages, &r, err);
	if (ok && r.timed_out)
		ok = err_set(err, ERR_TIMEOUT,
			     "compile Verilator's run-time library: not done within %llu s "
			     "(sim.build_seconds)",
			     (unsigned long long)(j->limits.build_ms / 1000));
	else if (ok && r.status != 0)
		ok = err_set(err, ERR_IO, "compile Verilator's run-time library: %.300s",
			     messages.len ? str_cstr(&messages) : "it said nothing");
	str_free(&messages);
	strv_free(&words);
	sandbox_start_fini(&start);
	return ok;
}

/* The same kinds of sections, of thousands of functions, become one of each. */
const char runtime_script[] = "SECTIONS {\n"
			      "  .text 0 : { *(.text .text.*) }\n"
			      "  .rodata 0 : { *(.rodata .rodata.*) }\n"
			      "  .data.rel.ro 0 : { *(.data.rel.ro .data.rel.ro.*) }\n"
			      "  .data 0 : { *(.data .data.*) }\n"
			      "  .tdata 0 : { *(.tdata .tdata.*) }\n"
			      "  .tbss 0 : { *(.tbss .tbss.*) }\n"
			      "  .bss 0 : { *(.bss .bss.*) }\n"
			      "}\n";

/* Of equal functions the first is used, here and when a model is linked. */
void runtime_merge(const struct strv *objects, const char *script, struct strv *argv)
{
	char *bfd = child_which("ld.bfd");

	strv_add(argv, bfd ? "ld.bfd" : "ld");
	strv_add(argv, "-r");
	strv_add(argv, "--force-group-allocation");
	strv_add(argv, "-T");
	strv_add(argv, script);
	strv_addall(argv, objects);
	strv_add(argv, "-o");
	strv_add(argv, RUNTIME_LIBRARY);
	free(bfd);
}

/* gold takes a third of the time; newer distributions have it in a package of its own. */
static void add_linker(struct strv *argv)
{
	char *gold = child_which("ld.gold");

	if (gold)
		strv_add(argv, "-fuse-ld=gold");
	strv_add(argv, "-fno-use-linker-plugin"); /* only for -flto */
	strv_add(argv, "-Wl,--build-id=none");
	strv_add(argv, "-s");
	free(gold);
}

void runtime_link(const struct engine_job *j, const char *rt, const char *source,
		  const char *object, const char *out, struct strv *argv)
{
	add_linker(argv);
	strv_addf(argv, "%s/" RUNTIME_LIBRARY, rt);
	strv_add(argv, source);
	if (object)
		strv_add(argv, object);
	/* -pthread would define a macro and so need another precompiled header */
	strv_add(argv, "-lpthread");
	strv_add(argv, "-latomic");
	if (j->fst)
		strv_add(argv, "-lz");
	strv_add(argv, "-o");
	strv_add(argv, out);
}
