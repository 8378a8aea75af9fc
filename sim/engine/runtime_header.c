/* The precompiled header of all models, with its templates.
 *
 * g++ puts off the instantiation of templates to the end of each source file, also of
 * those that only a precompiled header uses. Here that was about 870 functions, which
 * took most of the time of loading the header; those used were then compiled again for
 * each model, which took as long as the model itself.
 *
 * So the header is precompiled with a plugin of ours. At a pragma at the end of the
 * header it instantiates them as at the end of a file, and without code
 * (-fno-implicit-templates): for a model they are external, and only templates first
 * used in the model are compiled with it. "#pragma interface" in copies of Verilator's
 * headers does the same for the inline functions of its classes. The code of both is in
 * the library, as the same header compiled with all of its inline functions (runtime.c).
 *
 * The plugin calls functions of the compiler that no document names. If it does not
 * load, or if a small model does not link with its result, the header is precompiled
 * without it. A model that does not compile is compiled once more with the header as
 * text, see verilator.c, so a function without code there costs only time.
 */
#include "config.h"

#include "sim/engine/runtime_header.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/log.h"
#include "session/base/str.h"
#include "sim/engine/engine.h"
#include "sim/engine/runtime_cc.h"

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
	"  PosedgeTriggerScheduler() {}\n"
	"  ~PosedgeTriggerScheduler() {}\n"
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

#define FAST	    "fast"
#define INTERFACE   "#pragma interface\n"
#define HEADER_MOST (4u << 20)

/* Verilator 5.006 makes a trigger vector in each model; most have few triggers. */
static const char in_use[] =
	"#if VERILATOR_VERSION_INTEGER == 5006000\n"
	"template <std::size_t N> void posedge_use() {\n"
	"  VlTriggerVec<N> a{}, b{};\n"
	"  a.at(0) = a.any();\n"
	"  a.clear();\n"
	"  a.set(b);\n"
	"  a.andNot(a, b);\n"
	"}\n"
	"inline void posedge_uses() {\n"
	"  posedge_use<1>();\n  posedge_use<2>();\n  posedge_use<3>();\n  posedge_use<4>();\n"
	"  posedge_use<5>();\n  posedge_use<6>();\n  posedge_use<7>();\n  posedge_use<8>();\n"
	"}\n"
	"#endif\n"
	"#pragma posedge instances\n";

/* 15 is PLUGIN_PRAGMAS. With at_eof the compiler settles which functions are external
 * at once, not at the end of the model. */
static const char plugin[] =
	"extern \"C\" {\n"
	"int plugin_is_GPL_compatible;\n"
	"extern int at_eof;\n"
	"void register_callback(const char *, int, void (*)(void *, void *), void *);\n"
	"}\n"
	"struct cpp_reader;\n"
	"void instantiate_pending_templates(int);\n"
	"void c_register_pragma(const char *, const char *, void (*)(cpp_reader *));\n"
	"static void instances(cpp_reader *) {\n"
	"  at_eof = 1;\n"
	"  instantiate_pending_templates(0);\n"
	"  at_eof = 0;\n"
	"}\n"
	"static void pragmas(void *, void *) {\n"
	"  c_register_pragma(\"posedge\", \"instances\", instances);\n"
	"}\n"
	"extern \"C\" int plugin_init(void *, void *) {\n"
	"  register_callback(\"posedge\", 15, pragmas, nullptr);\n"
	"  return 0;\n"
	"}\n";

/* A model that must link with what the header has made external. */
static const char probe_v[] = "`timescale 1ns / 1ns\n"
			      "module probe;\n"
			      "  reg clk = 0;\n"
			      "  reg [3:0] q = 0;\n"
			      "  always #5 clk = !clk;\n"
			      "  always @(posedge clk) q <= q + 1;\n"
			      "  initial begin\n"
			      "    repeat (9) @(negedge clk);\n"
			      "    $display(\"%0d\", q);\n"
			      "    $finish;\n"
			      "  end\n"
			      "endmodule\n";
static const char probe_cpp[] = "#include \"Vsim.h\"\n"
				"void vl_stop_maybe(const char *, int, const char *, bool) {}\n"
				"int main() {\n"
				"  VerilatedContext *c = new VerilatedContext;\n"
				"  Vsim *t = new Vsim{c};\n"
				"  while (!c->gotFinish() && t->eventsPending()) {\n"
				"    t->eval();\n"
				"    c->time(t->nextTimeSlot());\n"
				"  }\n"
				"  t->final();\n"
				"  delete t;\n"
				"  delete c;\n"
				"}\n";

void runtime_header_hash(struct hash *h)
{
	hash_add(h, in_order, sizeof(in_order));
	hash_add(h, in_models, sizeof(in_models));
	hash_add(h, in_use, sizeof(in_use));
	hash_add(h, plugin, sizeof(plugin));
	hash_add(h, INTERFACE, sizeof(INTERFACE));
}

static bool put(const char *dir, const char *name, const char *text, size_t len, struct err *err)
{
	char *path = path_join(dir, name);
	bool ok = file_save(path, text, len, 0600, err);

	free(path);
	return ok;
}

bool runtime_header_write(const struct engine_job *j, const char *dir, struct err *err)
{
	char *text = str_fmt("#include \"" RUNTIME_IN_ORDER "\"\n%s%s#include <memory>\n#include "
			     "<csignal>\n#include <pthread.h>\n#include <unistd.h>\n%s",
			     in_models,
			     !j->trace ? ""
			     : j->fst  ? "#include \"verilated_fst_c.h\"\n"
				       : "#include \"verilated_vcd_c.h\"\n",
			     in_use);
	bool ok = put(dir, RUNTIME_IN_ORDER, in_order, sizeof(in_order) - 1, err) &&
		  put(dir, RUNTIME_TEXT, text, strlen(text), err);

	free(text);
	return ok;
}

void runtime_header_flags(const struct engine_job *j, struct strv *argv)
{
	strv_add(argv, "g++");
	runtime_flags(j->trace, j->fst, argv);
	strv_add(argv, "-O0");
}

/* Copies from/name to the folder to. */
static bool add_interface(const char *from, const char *name, const char *to, struct err *err)
{
	struct str text = STR_INIT, header = STR_INIT;
	char *path = path_join(from, name);
	bool ok = file_read(path, HEADER_MOST, &text, err);

	str_adds(&header, INTERFACE);
	str_add(&header, str_cstr(&text), text.len);
	ok = ok && put(to, name, header.data, header.len, err);
	str_free(&text);
	str_free(&header);
	free(path);
	return ok;
}

/* In FAST: they include each other by names without a folder. */
static bool copy_headers(const char *dir, struct err *err)
{
	char *inc = runtime_include(), *to = path_join(dir, FAST);
	DIR *d = opendir(inc);
	bool ok = d || err_set(err, ERR_IO, "read %s: %s", inc, strerror(errno));
	struct dirent *e;

	while (ok && (e = readdir(d)))
		if (str_starts(e->d_name, "verilated") && str_ends(e->d_name, ".h"))
			ok = add_interface(inc, e->d_name, to, err);
	ok = ok && add_interface(dir, RUNTIME_IN_ORDER, to, err) &&
	     add_interface(dir, RUNTIME_TEXT, to, err);
	if (d)
		closedir(d);
	free(inc);
	free(to);
	return ok;
}

static bool precompile(const struct engine_job *j, const char *dir, bool instances, struct err *err)
{
	static const char *const made_here[] = { "-fplugin=./instances.so",
						 "-fno-implicit-templates",
						 "-fno-implicit-inline-templates", NULL };
	struct strv cc = STRV_INIT;
	bool ok;

	runtime_header_flags(j, &cc);
	if (instances)
		strv_addv(&cc, made_here);
	strv_add(&cc, "-x");
	strv_add(&cc, "c++-header");
	strv_add(&cc, "-o");
	strv_add(&cc, RUNTIME_HEADER ".gch");
	strv_add(&cc, instances ? RUNTIME_HEADER : RUNTIME_TEXT);
	ok = (!instances || copy_headers(dir, err)) && runtime_compile(j, dir, &cc, err);
	strv_free(&cc);
	return ok;
}

static bool make_plugin(const struct engine_job *j, const char *dir, struct err *err)
{
	static const char *const cc[] = { "g++", "-O1",		 "-shared",	  "-fPIC",
					  "-o",	 "instances.so", "instances.cpp", NULL };
	struct strv argv = STRV_INIT;
	bool ok;

	strv_addv(&argv, cc);
	ok = put(dir, "instances.cpp", plugin, sizeof(plugin) - 1, err) &&
	     runtime_compile(j, dir, &argv, err);
	strv_free(&argv);
	return ok;
}

static bool translate_probe(const struct engine_job *j, const char *dir, struct err *err)
{
	static const char *const words[] = { "verilator_bin", "--cc",	 "--exe",  "--timing",
					     "--prefix",      "Vsim",	 "--Mdir", "probe",
					     "-Wno-fatal",    "probe.v", NULL };
	struct strv argv = STRV_INIT;
	bool ok;

	strv_addv(&argv, words);
	if (j->trace)
		strv_add(&argv, j->fst ? "--trace-fst" : "--trace");
	ok = put(dir, "probe.v", probe_v, sizeof(probe_v) - 1, err) &&
	     runtime_compile(j, dir, &argv, err);
	strv_free(&argv);
	return ok;
}

static bool links(const struct engine_job *j, const char *dir, struct err *err)
{
	struct strv cc = STRV_INIT;
	bool ok;

	strv_add(&cc, "sh");
	strv_add(&cc, "-c");
	strv_add(&cc, "exec \"$@\" probe/*.cpp");
	strv_add(&cc, "sh");
	runtime_header_flags(j, &cc);
	strv_add(&cc, "-Iprobe");
	strv_add(&cc, "-include");
	strv_add(&cc, RUNTIME_HEADER);
	runtime_link(j, ".", "probe.cpp", NULL, "probe/sim", &cc);
	ok = translate_probe(j, dir, err) &&
	     put(dir, "probe.cpp", probe_cpp, sizeof(probe_cpp) - 1, err) &&
	     runtime_compile(j, dir, &cc, err);
	strv_free(&cc);
	return ok;
}

/* Without its templates, because of why. False: also if that is not a reason to. */
static bool make_plain(const struct engine_job *j, const char *dir, const struct err *why,
		       struct err *err)
{
	char *fast = path_join(dir, FAST);
	bool made = why->code != ERR_CANCELLED && why->code != ERR_TIMEOUT;

	if (made) {
		log_line("verilator", "the header is precompiled without its templates: %s",
			 why->text);
		file_remove_tree(fast, NULL);
		made = file_make_dirs(fast, 0700, err) && precompile(j, dir, false, err);
	} else {
		*err = *why;
	}
	free(fast);
	return made;
}

bool runtime_header_make(const struct engine_job *j, const char *dir, struct err *err)
{
	char *fast = path_join(dir, FAST);
	struct err why = { 0 };
	bool made = file_make_dirs(fast, 0700, err);

	free(fast);
	return made && ((make_plugin(j, dir, &why) && precompile(j, dir, true, &why)) ||
			make_plain(j, dir, &why, err));
}

bool runtime_header_try(const struct engine_job *j, const char *dir, struct err *err)
{
	struct err why = { 0 };

	return links(j, dir, &why) || make_plain(j, dir, &why, err);
}
