#include "config.h"

#include "sim/engine/runtime_cc.h"

#include <stdlib.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
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
	strv_add(argv, "-w");
	free(inc);
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
	struct child_spec child = { .wall_ms = j->limits.build_ms };
	struct child_result r = { 0 };
	struct str messages = STR_INIT;
	bool ok;

	sandbox_wrap(j->box, &spec, (const char *const *)argv->v, &start);
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
	sandbox_start_fini(&start);
	return ok;
}

void runtime_link(const struct engine_job *j, const char *rt, const char *source,
		  const char *object, const char *out, struct strv *argv)
{
	strv_add(argv, "-fuse-ld=gold");
	strv_addf(argv, "%s/" RUNTIME_INSTANCES, rt); /* of equal functions the first is taken */
	strv_add(argv, source);
	if (object)
		strv_add(argv, object);
	strv_addf(argv, "%s/libvrt.a", rt);
	/* -pthread would define a macro and so need another precompiled header */
	strv_add(argv, "-lpthread");
	strv_add(argv, "-latomic");
	if (j->fst)
		strv_add(argv, "-lz");
	strv_add(argv, "-o");
	strv_add(argv, out);
}
