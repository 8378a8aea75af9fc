/* Verilator's run-time library, compiled once per version of Verilator and g++ and kept
 * in the user's cache. Otherwise a simulation spends most of its build time on these
 * files. A precompiled header serves the rest.
 *
 * The cache folder is named by a hash of its inputs: the tools by size and time, the
 * flags, our own header, and RECIPE. It is made aside and renamed, under a lock that
 * other posedges wait for; an existing folder is therefore complete.
 */
#include "config.h"

#include "sim/engine/runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/engine/engine.h"

/* Bumped when the result changes although no flag does. */
#define RECIPE "5"

/* Two orderings of Verilator 5.006 differ from all other simulators, and testbenches
 * depend on theirs:
 *
 * Processes that wake at the same time are kept in a heap, so their order is
 * arbitrary; the one that waited first must resume first, since two processes may
 * set one signal. push_heap and pop_heap are replaced by a sort that keeps this
 * order.
 *
 * A process that starts waiting misses the change that logic makes right after: "a =
 * 0; wait (y == 1);" hangs if y follows a, and so does "a = 0; @(posedge y);".
 * Waking too early is harmless, since "wait" tests its condition again and an edge
 * caused by logic comes only after its cause. The copy of a source sets
 * posedge_waits to the line of such a statement (session/verdict/checks_mend.c), and
 * a process suspended there is ready at once.
 *
 * $sscanf of a vector begins with the zero bytes before its text, as after $fgets, and
 * finds nothing: they are left out. */
static const char in_order[] =
	"#include <algorithm>\n"
	"#include <cstdint>\n"
	"#include <iterator>\n"
	"#include <utility>\n"
	"namespace std {\n"
	"template <class I> void posedge_push_heap(I first, I end) {\n"
	"  I last = end - 1;\n"
	"  rotate(upper_bound(first, last, last->m_timestep,\n"
	"                     [](uint64_t t, const auto &other) { return t < other.m_timestep; }), "
	"last, end);\n"
	"}\n"
	"template <class I> void posedge_pop_heap(I first, I end) { rotate(first, first + 1, end); "
	"}\n"
	"}\n"
	"#include \"verilated.h\"\n"
	"#define push_heap posedge_push_heap\n"
	"#define pop_heap posedge_pop_heap\n"
	"#include \"verilated_timing.h\"\n"
	"inline int posedge_waits = 0;\n"
	"inline bool posedge_stop = false;\n"
	"void vl_stop_maybe(const char *, int, const char *, bool);\n"
	"template <class W> int posedge_text(int bits, W word) {\n"
	"  int used = (bits + 7) & ~7;\n"
	"  while (used > 8 && (word((used - 8) / 32) >> (used - 8) % 32 & 0xff) == 0) used -= 8;\n"
	"  return used < bits ? used : bits;\n"
	"}\n"
	"inline int posedge_text_w(int bits, WDataInP from) {\n"
	"  return posedge_text(bits, [=](int i) { return from[i]; });\n"
	"}\n"
	"inline int posedge_text_q(int bits, QData from) {\n"
	"  return posedge_text(bits, [=](int i) { return IData(from >> i * 32); });\n"
	"}\n"
	"#if VERILATOR_VERSION_INTEGER == 5006000\n"
	"class PosedgeTriggerScheduler final {\n"
	"  std::vector<VlCoroutineHandle> m_uncommitted, m_ready;\n"
	"public:\n"
	"  void resume(const char * = nullptr) {\n"
	"    auto woken = std::move(m_ready);\n"
	"    m_ready.clear();\n"
	"    for (auto &susp : woken) susp.resume();\n"
	"    commit();\n"
	"  }\n"
	"  void commit(const char * = nullptr) {\n"
	"    std::move(m_uncommitted.begin(), m_uncommitted.end(), std::back_inserter(m_ready));\n"
	"    m_uncommitted.clear();\n"
	"  }\n"
	"  bool empty() const { return m_ready.empty() && m_uncommitted.empty(); }\n"
	"  auto trigger(const char * = nullptr, const char *file = VL_UNKNOWN, int line = 0) {\n"
	"    struct Awaitable {\n"
	"      std::vector<VlCoroutineHandle> &suspended;\n"
	"      VlFileLineDebug fileline;\n"
	"      bool await_ready() const { return false; }\n"
	"      void await_suspend(std::coroutine_handle<> coro) { suspended.emplace_back(coro, "
	"fileline); }\n"
	"      void await_resume() const {}\n"
	"    };\n"
	"    bool waits = posedge_waits && posedge_waits == line;\n"
	"    posedge_waits = 0;\n"
	"    return Awaitable{waits ? m_ready : m_uncommitted, VlFileLineDebug{file, line}};\n"
	"  }\n"
	"};\n"
	"#endif\n";

/* After it, for the model's code; the library uses Verilator's originals. */
static const char in_models[] = "#undef push_heap\n#undef pop_heap\n"
				"#if VERILATOR_VERSION_INTEGER == 5006000\n"
				"#define VlTriggerScheduler PosedgeTriggerScheduler\n"
				"#define VL_SSCANF_IWX(n, from, ...) "
				"VL_SSCANF_IWX(posedge_text_w(n, from), from, __VA_ARGS__)\n"
				"#define VL_SSCANF_IQX(n, from, ...) "
				"VL_SSCANF_IQX(posedge_text_q(n, from), from, __VA_ARGS__)\n"
				"#define VL_SSCANF_IIX(n, from, ...) "
				"VL_SSCANF_IIX(posedge_text_q(n, from), from, __VA_ARGS__)\n"
				"#endif\n";

#define IN_ORDER "in_order.h"

/* Verilator's headers: relative to the program, as installed. */
static char *include_dir(void)
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
	char *inc = include_dir();

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

static void add_file(struct hash *h, const char *name)
{
	char *path = child_which(name);
	char *real = path ? realpath(path, NULL) : NULL;
	struct stat st = { 0 };
	char *line;

	if (real)
		stat(real, &st);
	line = str_fmt("%s %lld %lld\n", real ? real : name, (long long)st.st_size,
		       (long long)st.st_mtim.tv_sec);
	hash_add(h, line, strlen(line));
	free(line);
	free(real);
	free(path);
}

static char *folder_of(bool trace, bool fst)
{
	char *cache = path_user_cache();
	struct strv flags = STRV_INIT;
	struct hash *h = hash_new();
	char hex[HASH_HEX + 1];
	char *dir;

	add_file(h, "verilator_bin");
	add_file(h, "g++");
	runtime_flags(trace, fst, &flags);
	for (size_t i = 0; i < flags.n; i++)
		hash_add(h, flags.v[i], strlen(flags.v[i]) + 1);
	hash_add(h, RECIPE, sizeof(RECIPE));
	hash_add(h, in_order, sizeof(in_order));
	hash_add(h, in_models, sizeof(in_models));
	hash_end(h, hex);
	dir = cache ? str_fmt("%s/verilated-%.16s", cache, hex) : NULL;
	strv_free(&flags);
	free(cache);
	return dir;
}

/* Runs the compiler, with dir writable for the result. */
static bool compile(const struct engine_job *j, const char *dir, const struct strv *argv,
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

static bool make_library(const struct engine_job *j, const char *dir, struct err *err)
{
	const char *sources[] = { "verilated.cpp", "verilated_timing.cpp", "verilated_threads.cpp",
				  NULL };
	struct strv ar = STRV_INIT;
	char *inc = include_dir(), *order = path_join(dir, IN_ORDER);
	bool ok = file_save(order, in_order, sizeof(in_order) - 1, 0600, err);

	free(order);
	strv_add(&ar, "ar");
	strv_add(&ar, "rcs");
	strv_add(&ar, "libvrt.a");
	if (j->trace)
		sources[3] = j->fst ? "verilated_fst_c.cpp" : "verilated_vcd_c.cpp";
	for (size_t i = 0; ok && i < sizeof(sources) / sizeof(*sources) && sources[i]; i++) {
		struct strv cc = STRV_INIT;

		strv_add(&cc, "g++");
		runtime_flags(j->trace, j->fst, &cc);
		strv_add(&cc, "-O1");
		strv_add(&cc, "-DVL_USER_STOP_MAYBE"); /* main() has it */
		strv_add(&cc, "-c");
		strv_add(&cc, "-include");
		strv_add(&cc, IN_ORDER);
		strv_addf(&cc, "%s/%s", inc, sources[i]);
		strv_add(&cc, "-o");
		strv_addf(&cc, "%s.o", sources[i]);
		strv_addf(&ar, "%s.o", sources[i]);
		ok = compile(j, dir, &cc, err);
		strv_free(&cc);
	}
	ok = ok && compile(j, dir, &ar, err);
	strv_free(&ar);
	free(inc);
	return ok;
}

static bool make_header(const struct engine_job *j, const char *dir, struct err *err)
{
	char *text =
		str_fmt("#include \"" IN_ORDER "\"\n%s%s#include <memory>\n#include <csignal>\n"
			"#include <pthread.h>\n#include <unistd.h>\n",
			in_models,
			!j->trace ? ""
			: j->fst  ? "#include \"verilated_fst_c.h\"\n"
				  : "#include \"verilated_vcd_c.h\"\n");
	char *path = path_join(dir, "pch.h");
	struct strv cc = STRV_INIT;
	bool ok;

	strv_add(&cc, "g++");
	runtime_flags(j->trace, j->fst, &cc);
	strv_add(&cc, "-O0");
	strv_add(&cc, "-x");
	strv_add(&cc, "c++-header");
	strv_add(&cc, "-o");
	strv_add(&cc, "pch.h.gch");
	strv_add(&cc, "pch.h");
	ok = file_save(path, text, strlen(text), 0600, err) && compile(j, dir, &cc, err);
	strv_free(&cc);
	free(text);
	free(path);
	return ok;
}

/* Made aside and renamed, so an existing folder is complete. */
static bool make(const struct engine_job *j, const char *dir, struct err *err)
{
	char *tmp = str_fmt("%s.XXXXXX", dir);
	bool ok = mkdtemp(tmp) != NULL;

	if (!ok)
		err_set(err, ERR_IO, "make %s: %s", tmp, strerror(errno));
	ok = ok && make_library(j, tmp, err) && make_header(j, tmp, err);
	if (ok && rename(tmp, dir) < 0 && errno != EEXIST && errno != ENOTEMPTY)
		ok = err_set(err, ERR_IO, "make %s: %s", dir, strerror(errno));
	file_remove_tree(tmp, NULL);
	free(tmp);
	return ok;
}

/* Waits for the lock without blocking the loop. */
static bool take_turn(const struct engine_job *j, int fd, struct err *err)
{
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			return err_set(err, ERR_IO, "lock the cache: %s", strerror(errno));
		if (!task_sleep(j->loop, 50, err))
			return false;
	}
	return true;
}

bool runtime_there(bool trace, bool fst)
{
	char *dir = folder_of(trace, fst);
	bool there = dir && file_is_dir(dir);

	free(dir);
	return there;
}

/* Opens the lock next to dir. -1: nothing can be cached there; why has the reason. */
static int open_lock(const char *dir, struct err *why)
{
	char *parent = dir ? path_dir(dir) : NULL, *lock = dir ? str_fmt("%s.lock", dir) : NULL;
	int fd = -1;

	if (!dir)
		err_set(why, ERR_IO, "there is no home folder");
	else if (file_make_dirs(parent, 0700, why)) {
		fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0 || access(parent, W_OK) < 0) {
			err_set(why, ERR_IO, "write into %s: %s", parent, strerror(errno));
			if (fd >= 0)
				close(fd);
			fd = -1;
		}
	}
	free(lock);
	free(parent);
	return fd;
}

/* If nothing can be cached: builds in the stage, which is removed with the run. The
 * caller frees the path. */
static char *make_for_run(const struct engine_job *j, const struct run_listener *to,
			  const struct err *why, struct err *err)
{
	char *dir = path_join(j->stage.dir, "runtime");
	char *says = str_fmt("compiling Verilator's run-time library for this run alone (%s); set "
			     "XDG_CACHE_HOME to a folder that can be written to, and it is kept",
			     why->text);

	if (to->progress)
		to->progress(to->ctx, says);
	free(says);
	if (make(j, dir, err))
		return dir;
	free(dir);
	return NULL;
}

char *runtime_get(const struct engine_job *j, const struct run_listener *to, struct err *err)
{
	char *dir = folder_of(j->trace, j->fst), *made;
	struct err why = { 0 };
	bool ok;
	int fd;

	if (dir && file_is_dir(dir))
		return dir;
	fd = open_lock(dir, &why);
	if (fd < 0) {
		made = make_for_run(j, to, &why, err);
		free(dir);
		return made;
	}
	ok = take_turn(j, fd, err);
	if (ok && !file_is_dir(dir)) {
		if (to->progress)
			to->progress(to->ctx, "compiling Verilator's run-time library, once");
		ok = make(j, dir, err);
	}
	close(fd);
	if (ok)
		return dir;
	free(dir);
	return NULL;
}

/* Uses another name first: another posedge may build it at the same time. */
bool runtime_coverage(const struct engine_job *j, const char *dir, struct err *err)
{
	char *inc = include_dir(), *made = path_join(dir, RUNTIME_COVERAGE);
	char *name = str_fmt("%ld." RUNTIME_COVERAGE, (long)getpid()), *part = path_join(dir, name);
	struct strv cc = STRV_INIT;
	bool ok = access(made, R_OK) == 0;

	if (!ok) {
		strv_add(&cc, "g++");
		runtime_flags(j->trace, j->fst, &cc);
		strv_add(&cc, "-O1");
		strv_add(&cc, "-c");
		strv_addf(&cc, "%s/verilated_cov.cpp", inc);
		strv_add(&cc, "-o");
		strv_add(&cc, name);
		ok = compile(j, dir, &cc, err) &&
		     (rename(part, made) == 0 ||
		      err_set(err, ERR_IO, "make %s: %s", made, strerror(errno)));
	}
	strv_free(&cc);
	free(part);
	free(name);
	free(made);
	free(inc);
	return ok;
}
