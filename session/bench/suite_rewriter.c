/* RTLRewriter: a design, and an equivalent one that was optimised by hand.
 *
 * Layout of github.com/yaoxufeng/RTLRewriter-Bench at 054e06e: a folder per case,
 * inside folders of categories. Only the names tell the original from the optimised
 * file. These patterns occur:
 *
 *	X.v              X_optimized.v, X_improve.v, X_opt.v
 *	X_raw.v          X_opt.v, X.v          also XRaw.v, X_raw_1.v with X_opt_1.v
 *	X_redundancy.v   X_redundancy_optimized.v, X.v
 *	basic1.v         optimized1.v, optimized.v
 *
 * Other files, such as models' versions (X_gpt4.v), are ignored. A problem is named
 * after the path of its original, with dots.
 *
 * The judge is suite_rewriter_judge.c. The published prompt has placeholders for
 * examples and instructions that every user fills in, so the question is our own.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/base/mem.h"
#include "session/bench/suite.h"
#include "session/bench/suite_rewriter_judge.h"

#define DEPTH_MAX 6
#define FILES_MAX 2000u /* per folder */

/* Pairs ---------------------------------------------------------------------------------- */

static char *stem_of(const char *file)
{
	size_t n = strlen(file);

	return mem_strndup(file, n - (str_ends(file, ".sv") ? 3 : 2));
}

/* The file with that stem, unless it is the original. */
static char *file_of(const struct strv *files, const char *not_stem, char *stem)
{
	char *v = str_fmt("%s.v", stem), *sv = str_fmt("%s.sv", stem), *found = NULL;

	if (strcmp(stem, not_stem) != 0 && *stem)
		found = strv_has(files, v)    ? mem_strdup(v)
			: strv_has(files, sv) ? mem_strdup(sv)
					      : NULL;
	free(v);
	free(sv);
	free(stem);
	return found;
}

/* True for "" or "_1". */
static bool is_number(const char *s)
{
	return !*s || (*s == '_' && s[1] && strspn(s + 1, "0123456789") == strlen(s + 1));
}

static char *partner_of_marked(const struct strv *files, const char *stem)
{
	static const char *const marks[] = { "_raw", "Raw", "_redundancy", NULL };
	static const char *const instead[] = { "_optimized", "_improve", "_opt", "", NULL };
	char *found = NULL;

	for (size_t m = 0; !found && marks[m]; m++) {
		const char *at = strstr(stem, marks[m]), *rest;

		if (!at || !is_number(rest = at + strlen(marks[m])))
			continue;
		for (size_t i = 0; !found && instead[i]; i++)
			found = file_of(
				files, stem,
				str_fmt("%.*s%s%s", (int)(at - stem), stem, instead[i], rest));
		if (!found)
			found = file_of(files, stem, mem_strndup(stem, (size_t)(at - stem)));
	}
	return found;
}

static char *partner(const struct strv *files, const char *stem)
{
	static const char *const better[] = { "_optimized", "_optimised", "_optimzied", "_improve",
					      "_improved",  "_opt",	  NULL };
	static const char basic[] = "basic";
	const char *number = stem + strlen(basic);
	char *found = NULL;

	for (size_t i = 0; !found && better[i]; i++)
		found = file_of(files, stem, str_fmt("%s%s", stem, better[i]));
	if (!found)
		found = partner_of_marked(files, stem);
	if (!found && str_starts(stem, basic) && strspn(number, "0123456789") == strlen(number)) {
		found = file_of(files, stem, str_fmt("optimized%s", number));
		if (!found)
			found = file_of(files, stem, mem_strdup("optimized"));
	}
	return found;
}

/* The problems ----------------------------------------------------------------------------- */

/* True: there are more than FILES_MAX of a kind. */
static bool list_files(const char *dir, struct strv *files, struct strv *folders)
{
	struct strv names = STRV_INIT;
	bool more = false;

	folder_names(dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *path = path_join(dir, names.v[i]);
		enum file_kind kind = file_kind(path);
		bool source = str_ends(path, ".v") || str_ends(path, ".sv");
		struct strv *to = kind == FILE_FOLDER		   ? folders
				  : kind == FILE_REGULAR && source ? files
								   : NULL;

		more |= to && to->n == FILES_MAX;
		if (to && to->n < FILES_MAX)
			strv_add(to, names.v[i]);
		free(path);
	}
	strv_free(&names);
	return more;
}

/* category: the folders below the data's, joined by dots; dotted: the same for dir. */
static void add_pairs(const char *dir, const char *dotted, const char *category,
		      const struct strv *files, struct suite_problems *out)
{
	for (size_t i = 0; i < files->n; i++) {
		char *stem = stem_of(files->v[i]), *better = partner(files, stem);
		char *name = str_fmt("%s%s%s", dotted, *dotted ? "." : "", stem);
		char *path = path_join(dir, files->v[i]);

		if (better && suite_name_is_plain(name))
			suite_problems_add(out, name, category, path);
		free(stem);
		free(better);
		free(name);
		free(path);
	}
}

static void look(const char *dir, const char *dotted, const char *category, unsigned depth,
		 struct suite_problems *out)
{
	struct strv files = STRV_INIT, folders = STRV_INIT;

	out->cut |= list_files(dir, &files, &folders);
	add_pairs(dir, dotted, category, &files, out);
	for (size_t i = 0; depth < DEPTH_MAX && i < folders.n; i++) {
		char *below = str_fmt("%s%s%s", dotted, *dotted ? "." : "", folders.v[i]);
		char *path = path_join(dir, folders.v[i]);

		look(path, below, dotted, depth + 1, out);
		free(below);
		free(path);
	}
	strv_free(&files);
	strv_free(&folders);
}

static bool load(const struct suite_choice *c, struct suite_problems *out, struct err *err)
{
	look(c->dir, "", "", 0, out);
	suite_problems_sort(out);
	for (size_t i = 1; i < out->n; i++)
		if (strcmp(out->v[i - 1].name, out->v[i].name) == 0)
			return err_set(err, ERR_CONFLICT,
				       "%.200s and %.200s are both problem %.100s",
				       out->v[i - 1].base, out->v[i].base, out->v[i].name);
	return out->n > 0 ||
	       err_set(err, ERR_NOT_FOUND,
		       "%.200s has no pairs of rewriter: X.v with X_optimized.v, X_raw.v with X.v",
		       c->dir);
}

/* The question and its answer ---------------------------------------------------------------- */

static bool prompt(const struct suite_choice *c, const struct suite_problem *p, struct str *system,
		   struct str *user, struct err *err)
{
	struct str original = STR_INIT;
	bool ok = suite_read(p->base, "", &original, err);

	str_adds(system, "You are an experienced Verilog engineer.");
	str_addf(user,
		 "Rewrite this design so that synthesis makes fewer cells and a shorter longest "
		 "path of it. It has to do the same: the same module with the same ports, the same "
		 "values in each cycle. End with the whole design in one fence that begins with "
		 "```verilog.\n\n```verilog\n%s\n```\n",
		 str_cstr(&original));
	str_free(&original);
	return ok;
}

static bool extract(const struct suite_choice *c, const struct suite_problem *p, const char *answer,
		    size_t len, struct str *code, struct err *err)
{
	suite_fenced(answer, len, true, code);
	return true;
}

static bool reference(const struct suite_choice *c, const struct suite_problem *p, struct str *code,
		      struct err *err)
{
	struct strv files = STRV_INIT;
	char *dir = path_dir(p->base), *stem = stem_of(path_base(p->base)), *better, *path = NULL;
	bool ok;

	list_files(dir, &files, NULL);
	better = partner(&files, stem);
	if (better)
		path = path_join(dir, better);
	ok = path ? file_read(path, SUITE_FILE_MAX, code, err)
		  : err_set(err, ERR_NOT_FOUND, "%.200s has no optimised version next to it",
			    p->base);
	strv_free(&files);
	free(dir);
	free(stem);
	free(better);
	free(path);
	return ok;
}

static bool judge(const struct suite_tools *t, const struct suite_choice *c,
		  const struct suite_problem *p, const char *code, size_t len,
		  struct suite_judged *out, struct err *err)
{
	struct str original = STR_INIT;
	bool ok = suite_read(p->base, "", &original, err) &&
		  rewriter_judge(t, &original, code, len, out, err);

	str_free(&original);
	return ok;
}

const struct suite suite_rewriter = {
	.name = "rewriter",
	.figures = { [REWRITER_WIRES] = { "wires", "wires over the original's", true },
		     [REWRITER_CELLS] = { "cells", "cells over the original's", true },
		     [REWRITER_FLIP_FLOPS] = { "flip_flops", "flip-flops over the original's",
					       true },
		     [REWRITER_PATH] = { "path", "longest path over the original's", true } },
	.load = load,
	.prompt = prompt,
	.extract = extract,
	.reference = reference,
	.judge = judge,
};
