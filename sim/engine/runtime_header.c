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
#include "sim/engine/cpp_texts.h"
#include "sim/engine/engine.h"
#include "sim/engine/runtime_cc.h"

#define FAST	    "fast"
#define INTERFACE   "#pragma interface\n"
#define HEADER_MOST (4u << 20)

void runtime_header_hash(struct hash *h)
{
	hash_adds(h, cpp_in_order);
	hash_adds(h, cpp_in_models);
	hash_adds(h, cpp_in_use);
	hash_adds(h, cpp_instances);
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
			     cpp_in_models,
			     !j->trace ? ""
			     : j->fst  ? "#include \"verilated_fst_c.h\"\n"
				       : "#include \"verilated_vcd_c.h\"\n",
			     cpp_in_use);
	bool ok = put(dir, RUNTIME_IN_ORDER, cpp_in_order, strlen(cpp_in_order), err) &&
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
	bool ok = file_read_in(from, name, HEADER_MOST, &text, err);

	str_adds(&header, INTERFACE);
	str_add(&header, str_cstr(&text), text.len);
	ok = ok && put(to, name, header.data, header.len, err);
	str_free(&text);
	str_free(&header);
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
	ok = put(dir, "instances.cpp", cpp_instances, strlen(cpp_instances), err) &&
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
	ok = put(dir, "probe.v", cpp_probe, strlen(cpp_probe), err) &&
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
	     put(dir, "probe.cpp", cpp_probe_main, strlen(cpp_probe_main), err) &&
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
		err_copy(err, why);
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
