/* RTLLM v1.1 and v2: a folder per design, possibly inside folders of categories, with
 * design_description.txt, testbench.v, verified_*.v and data files.
 *
 * Source of the rules: auto_run.py of github.com/hkust-zhiyao/RTLLM. A failed build
 * is a syntax error; a run that ends within 8 s and prints "Pass" or "pass" anywhere
 * passes. The harness uses VCS; here it is Icarus, so code that only VCS accepts
 * fails to build.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/mem.h"
#include "session/bench/suite.h"
#include "session/verilog/verilog.h"

#define DEPTH_MAX 6
#define DATA_MAX  200u

/* The problems ------------------------------------------------------------------------- */

/* One without the other is a problem that cannot be judged, which its row says. */
static bool is_design(const char *dir)
{
	char *text = path_join(dir, "design_description.txt"), *tb = path_join(dir, "testbench.v");
	bool is = file_exists(text) || file_exists(tb);

	free(text);
	free(tb);
	return is;
}

/* category: the folders above dir, below the data's. */
static void look(const char *dir, const char *category, unsigned depth, struct suite_problems *out)
{
	struct strv names = STRV_INIT;

	folder_names(dir, &names);
	for (size_t i = 0; i < names.n && !out->cut; i++) {
		char *path = path_join(dir, names.v[i]);

		if (names.v[i][0] != '_' && file_kind(path) == FILE_FOLDER) {
			char *below = str_fmt("%s%s%s", category, *category ? "/" : "", names.v[i]);

			if (is_design(path) && suite_name_is_plain(names.v[i]))
				suite_problems_add(out, names.v[i], category, path);
			else if (depth < DEPTH_MAX)
				look(path, below, depth + 1, out);
			free(below);
		}
		free(path);
	}
	strv_free(&names);
}

static bool load(const struct suite_choice *c, struct suite_problems *out, struct err *err)
{
	look(c->dir, "", 0, out);
	suite_problems_sort(out);
	return out->n > 0 || err_set(err, ERR_NOT_FOUND,
				     "%.200s has no designs of rtllm: folders with "
				     "design_description.txt and testbench.v",
				     c->dir);
}

/* The question and its answer ----------------------------------------------------------- */

static bool prompt(const struct suite_choice *c, const struct suite_problem *p, struct str *system,
		   struct str *user, struct err *err)
{
	str_adds(system, "You are a professional Verilog designer.");
	return suite_read(p->base, "/design_description.txt", user, err);
}

static bool extract(const struct suite_choice *c, const struct suite_problem *p, const char *answer,
		    size_t len, struct str *code, struct err *err)
{
	suite_fenced(answer, len, false, code);
	return true;
}

/* The run --------------------------------------------------------------------------------- */

/* The module that the testbench instantiates but does not define. NULL: none. */
static const char *wanted(const struct voutline *o)
{
	for (size_t i = 0; i < o->n; i++)
		for (size_t k = 0; k < o->modules[i].n_instances; k++)
			if (!voutline_module(o, o->modules[i].instances[k].module))
				return o->modules[i].instances[k].module;
	return NULL;
}

static bool is_source(const char *name)
{
	return str_ends(name, ".v") || str_ends(name, ".sv") || strcmp(name, "makefile") == 0 ||
	       strcmp(name, "Makefile") == 0 || strcmp(name, "design_description.txt") == 0;
}

/* The files that a testbench may read: the others in its folder. */
static bool list_data(const char *dir, struct strv *out, struct err *err)
{
	struct strv names = STRV_INIT;
	bool ok = true;

	folder_names(dir, &names);
	for (size_t i = 0; ok && i < names.n; i++) {
		char *path = path_join(dir, names.v[i]);

		if (!is_source(names.v[i]) && file_kind(path) == FILE_REGULAR) {
			ok = out->n < DATA_MAX ||
			     err_set(err, ERR_LIMIT, "%.200s has more than %u files of data", dir,
				     DATA_MAX);
			strv_add(out, names.v[i]);
		}
		free(path);
	}
	strv_free(&names);
	return ok;
}

static bool job(const struct suite_choice *c, const struct suite_problem *p, const char *code,
		size_t len, struct suite_job *out, struct err *err)
{
	struct str tb = STR_INIT, text = STR_INIT;
	const struct vmodule *top;
	struct voutline o;

	*out = (struct suite_job){ 0 };
	if (!suite_read(p->base, "/testbench.v", &tb, err))
		return false;
	voutline_init(&o, str_cstr(&tb), tb.len);
	top = voutline_top(&o);
	out->top = top ? mem_strdup(top->name) : NULL;
	voutline_fini(&o);
	str_add(&text, code, len);
	suite_job_add(out, "design.v", &text);
	suite_job_add(out, "testbench.v", &tb);
	out->dir = mem_strdup(p->base);
	if (out->top ? list_data(p->base, &out->data, err)
		     : err_set(err, ERR_PARSE, "%.200s/testbench.v holds no module", p->base))
		return true;
	suite_job_fini(out);
	return false;
}

/* The reference ----------------------------------------------------------------------------- */

static char *verified(const char *dir)
{
	struct strv names = STRV_INIT;
	char *path = NULL;

	folder_names(dir, &names);
	for (size_t i = 0; !path && i < names.n; i++)
		if (str_starts(names.v[i], "verified_") && str_ends(names.v[i], ".v"))
			path = path_join(dir, names.v[i]);
	strv_free(&names);
	return path;
}

/* Renames the module in its header only. */
static void rename_module(const struct str *text, const struct vmodule *m, const char *to,
			  struct str *out)
{
	enum vlex_state state = VLEX_CODE;
	size_t n = strlen(m->name);

	for (size_t off = m->off; off < text->len;) {
		struct vtoken t = vlex_next(text->data, text->len, off, &state);

		if (t.kind == VTOKEN_NAME && t.len == n &&
		    memcmp(text->data + t.off, m->name, n) == 0) {
			str_add(out, text->data, t.off);
			str_adds(out, to);
			str_add(out, text->data + t.off + n, text->len - t.off - n);
			return;
		}
		off += t.len;
	}
	str_add(out, text->data, text->len);
}

/* A verified design is named verified_NAME or after its former file, but the
 * testbench needs NAME. It is the module that no other one instantiates. */
static void as_wanted(const struct str *text, const char *name, struct str *code)
{
	const struct vmodule *top;
	struct voutline o;

	voutline_init(&o, str_cstr(text), text->len);
	top = voutline_top(&o);
	if (top && !voutline_module(&o, name))
		rename_module(text, top, name, code);
	else
		str_add(code, str_cstr(text), text->len);
	voutline_fini(&o);
}

static bool reference(const struct suite_choice *c, const struct suite_problem *p, struct str *code,
		      struct err *err)
{
	struct str text = STR_INIT, tb = STR_INIT;
	char *path = verified(p->base);
	struct voutline o;
	const char *name;
	bool ok;

	ok = path ? file_read(path, SUITE_FILE_MAX, &text, err)
		  : err_set(err, ERR_NOT_FOUND, "%.200s has no verified_*.v", p->base);
	ok = ok && suite_read(p->base, "/testbench.v", &tb, err);
	if (ok) {
		voutline_init(&o, str_cstr(&tb), tb.len);
		name = wanted(&o);
		as_wanted(&text, name ? name : p->name, code);
		voutline_fini(&o);
	}
	str_free(&text);
	str_free(&tb);
	free(path);
	return ok;
}

static char letter(const struct suite_log *log)
{
	if (!log->built)
		return memmem(log->text, log->len, "syntax error", 12) ? 'S' : 'C';
	if (log->out_of_time)
		return 'T';
	return memmem(log->run, log->run_len, "Pass", 4) ||
			       memmem(log->run, log->run_len, "pass", 4)
		       ? '.'
		       : 'R';
}

const struct suite suite_rtllm = {
	.name = "rtllm",
	.run_ms = 8000,
	.load = load,
	.prompt = prompt,
	.extract = extract,
	.job = job,
	.reference = reference,
	.letter = letter,
};
