/* Assertions of a design, as a model writes them: AssertionBench and AssertEval.
 *
 *	CATEGORY/DESIGN/FPV_*.tcl, *.v, property*.sva	github.com/achieve-lab/
 *							assertion_data_for_LLM at 99ded495
 *	rtl/DESIGN/..., spec/DESIGN.txt, sva/DESIGN.sva	github.com/hkust-zhiyao/AssertLLM
 *							at ffa7870
 *
 * In the first layout a problem is named CATEGORY.DESIGN, and the question is the
 * design's text. In the second the question is the specification, which is published
 * as PDF and must be provided as text; of the design only the top's ports are shown.
 * References exist for the first layout only: the mined and verified assertions in
 * property*.sva. Both publications judge with JasperGold; here the prover does
 * (suite_assert_judge.c).
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/mem.h"
#include "session/bench/assert_design.h"
#include "session/bench/bench_lines.h"
#include "session/bench/suite.h"
#include "session/bench/suite_assert_judge.h"
#include "session/verilog/verilog.h"

#define DEPTH_MAX    4
#define FOLDERS_MAX  5000u
#define QUESTION_MAX 200000u /* bytes of a design in a question */

/* The problems ------------------------------------------------------------------------- */

static bool list(const char *dir, struct strv *folders, bool *script)
{
	struct strv names = STRV_INIT;
	bool more = false;

	*script = false;
	folder_names(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *path = path_join(dir, names.v[i]);
		enum file_kind kind = file_kind(path);

		more |= kind == FILE_FOLDER && folders->n == FOLDERS_MAX;
		if (kind == FILE_FOLDER && folders->n < FOLDERS_MAX)
			strv_add(folders, names.v[i]);
		*script |= kind == FILE_REGULAR && str_starts(names.v[i], "FPV_") &&
			   str_ends(names.v[i], ".tcl");
		free(path);
	}
	strv_free(&names);
	return more;
}

static void look(const char *dir, const char *dotted, unsigned depth, struct suite_problems *out)
{
	struct strv folders = STRV_INIT;
	const char *last = strrchr(dotted, '.');
	char *category = last ? mem_strndup(dotted, (size_t)(last - dotted)) : mem_strdup("");
	bool script;

	out->cut |= list(dir, &folders, &script);
	if (script && *dotted && suite_name_is_plain(dotted))
		suite_problems_add(out, dotted, category, dir);
	for (size_t i = 0; !script && depth < DEPTH_MAX && i < folders.n; i++) {
		char *below = str_fmt("%s%s%s", dotted, *dotted ? "." : "", folders.v[i]);
		char *path = path_join(dir, folders.v[i]);

		look(path, below, depth + 1, out);
		free(below);
		free(path);
	}
	free(category);
	strv_free(&folders);
}

static void look_in_rtl(const char *dir, struct suite_problems *out)
{
	char *rtl = path_join(dir, "rtl");
	struct strv folders = STRV_INIT;
	bool script;

	out->cut |= list(rtl, &folders, &script);
	for (size_t i = 0; i < folders.n; i++) {
		char *path = path_join(rtl, folders.v[i]);

		if (suite_name_is_plain(folders.v[i]))
			suite_problems_add(out, folders.v[i], "", path);
		free(path);
	}
	strv_free(&folders);
	free(rtl);
}

static bool load(const struct suite_choice *c, struct suite_problems *out, struct err *err)
{
	look(c->dir, "", 0, out);
	if (!out->n)
		look_in_rtl(c->dir, out);
	suite_problems_sort(out);
	return out->n > 0 ||
	       err_set(err, ERR_NOT_FOUND,
		       "%.200s has no designs of assert: folders with FPV_*.tcl, or rtl/DESIGN",
		       c->dir);
}

/* A file next to the folder rtl, such as "spec/i2c.txt"; NULL: the other layout. */
static char *beside_rtl(const struct suite_problem *p, const char *folder, const char *end)
{
	char *rtl = path_dir(p->base), *dir = path_dir(rtl), *path = NULL;

	if (strcmp(path_base(rtl), "rtl") == 0)
		path = str_fmt("%s/%s/%s%s", dir, folder, path_base(p->base), end);
	free(rtl);
	free(dir);
	return path;
}

/* The question and its answer ----------------------------------------------------------- */

static void add_ports(const struct assert_design *d, struct str *out)
{
	const struct str *text = &d->files[d->top_file].text;
	const struct vmodule *m;
	struct voutline o;

	voutline_init(&o, text->data, text->len);
	m = voutline_module(&o, d->top);
	str_addf(out, "The module is %s. Its ports:\n", d->top);
	for (size_t i = 0; m && i < m->n_ports; i++)
		str_addf(out, "  %s %s %s\n",
			 m->ports[i].dir == VPORT_INPUT	   ? "input"
			 : m->ports[i].dir == VPORT_OUTPUT ? "output"
							   : "inout",
			 m->ports[i].type, m->ports[i].name);
	voutline_fini(&o);
}

static bool add_design(const struct assert_design *d, struct str *out, struct err *err)
{
	str_addf(out, "The design, of which %s is the top:\n\n", d->top);
	for (size_t i = 0; i < d->n; i++)
		str_addf(out, "```verilog\n%s\n```\n", str_cstr(&d->files[i].text));
	return out->len <= QUESTION_MAX ||
	       err_set(err, ERR_LIMIT, "the design has more than %u bytes for a question",
		       QUESTION_MAX);
}

static bool add_spec(const struct suite_problem *p, char *path, struct str *out, struct err *err)
{
	bool ok = file_exists(path) ? file_read(path, SUITE_FILE_MAX, out, err)
				    : err_set(err, ERR_NOT_FOUND,
					      "spec/%.100s.txt is not there; `pdftotext -layout "
					      "%.100s.pdf` makes it",
					      path_base(p->base), path_base(p->base));

	str_addc(out, '\n');
	free(path);
	return ok;
}

static bool prompt(const struct suite_choice *c, const struct suite_problem *p, struct str *system,
		   struct str *user, struct err *err)
{
	char *spec = beside_rtl(p, "spec", ".txt");
	struct assert_design d;
	bool ok;

	if (!assert_design_read(p->base, &d, err)) {
		free(spec);
		return false;
	}
	str_adds(system, "You are an experienced verification engineer.");
	ok = spec ? add_spec(p, spec, user, err) : add_design(&d, user, err);
	if (spec)
		add_ports(&d, user);
	if (d.clock)
		str_addf(
			user,
			"\nWrite SystemVerilog assertions of %s that hold for all inputs, each as\n"
			"assert property (@(%s) A |-> B);\n",
			d.top, d.clock);
	else
		str_addf(user,
			 "\nWrite assertions of %s that hold for all inputs, each as\n"
			 "assert property (A |-> B);\n",
			 d.top);
	str_adds(user, "with |=> or ##N where they span cycles. They may name everything that the "
		       "module declares. Answer with one fence of nothing but assertions.\n");
	assert_design_fini(&d);
	return ok;
}

/* The contents of fences, else the whole answer. */
static bool extract(const struct suite_choice *c, const struct suite_problem *p, const char *answer,
		    size_t len, struct str *code, struct err *err)
{
	size_t fences = 0;
	struct line l;

	for (size_t off = 0; line_next(answer, len, &off, LINES_OF_FILE, &l);) {
		if (line_starts_with(line_strip(l), "```")) {
			fences++;
		} else if (fences % 2) {
			str_add(code, l.v, l.len);
			str_addc(code, '\n');
		}
	}
	if (!fences)
		str_add(code, answer, len);
	return true;
}

static bool reference(const struct suite_choice *c, const struct suite_problem *p, struct str *code,
		      struct err *err)
{
	static const char *const names[] = { "/property_goldmine.sva", "/property.sva", NULL };
	char *path = beside_rtl(p, "sva", ".sva");
	bool ok;

	for (size_t i = 0; !path && names[i]; i++) {
		path = str_fmt("%s%s", p->base, names[i]);
		if (!file_exists(path)) {
			free(path);
			path = NULL;
		}
	}
	ok = path && file_exists(path)
		     ? file_read(path, SUITE_FILE_MAX, code, err)
		     : err_set(err, ERR_NOT_FOUND, "%.200s has no assertions of its own", p->base);
	free(path);
	return ok;
}

static bool judge(const struct suite_tools *t, const struct suite_choice *c,
		  const struct suite_problem *p, const char *code, size_t len,
		  struct suite_judged *out, struct err *err)
{
	struct assert_design d;
	bool ok = assert_design_read(p->base, &d, err);

	if (!ok)
		return false;
	ok = assert_judge(t, &d, code, len, out, err);
	assert_design_fini(&d);
	return ok;
}

const struct suite suite_assert = {
	.name = "assert",
	.figures = { [ASSERT_PARSED] = { "parsed", "share of the assertions that are read", false },
		     [ASSERT_PROVED] = { "proved", "share that is proved", false },
		     [ASSERT_FAILED] = { "failed", "share that fails", false },
		     [ASSERT_VACUOUS] = { "vacuous", "share whose condition never holds", false } },
	.load = load,
	.prompt = prompt,
	.extract = extract,
	.reference = reference,
	.judge = judge,
};
