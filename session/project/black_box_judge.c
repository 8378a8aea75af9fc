/* What a missing module is: the user's black box, a cell of a library, a misspelt name, a
 * module in VHDL or in a file that the project leaves out, or none of these.
 */
#include "config.h"

#include "session/project/black_box_judge.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"
#include "session/manifest/tree.h"
#include "session/option/opt.h"
#include "session/output/diag.h"
#include "session/project/black_box.h"
#include "session/project/black_box_scan.h"
#include "session/project/project.h"

#define MAX_SEARCH (64u << 20) /* bytes of excluded files that are searched for a module */

bool black_box_is_set(const struct options *o, const char *module)
{
	for (size_t i = 0; i < o->blackbox.n; i++)
		if (tree_matches(o->blackbox.v[i], module))
			return true;
	return false;
}

/* A module of the project with a similar name, or NULL. Short names are often similar by
 * accident. */
static const char *near(const struct project *p, const char *module)
{
	size_t len = strlen(module), best = len < 4 ? 0 : len < 8 ? 2 : 3;
	const char *found = NULL;

	for (size_t i = 0; i < project_files(p); i++) {
		const struct voutline *o = project_file(p, i)->outline;

		for (size_t u = 0; best && o && u < o->n; u++) {
			/* an instance has ports to connect */
			size_t d = o->modules[u].kind == VUNIT_MODULE && o->modules[u].n_ports
					   ? word_distance(module, o->modules[u].name, best)
					   : best;

			if (d < best) {
				best = d;
				found = o->modules[u].name;
			}
		}
	}
	return found;
}

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* True if text contains "module NAME" or, in VHDL, "entity NAME" in any case. A comment
 * such as "-- entity BUFG" declares nothing. */
static bool says(const char *text, bool vhdl, const char *name)
{
	const char *word = vhdl ? "entity" : "module", *comment = vhdl ? "--" : "//";
	size_t n = strlen(word), m = strlen(name);

	for (const char *s = text; *s; s++) {
		const char *t = s + n;

		if (str_starts(s, comment))
			s += strcspn(s, "\n") - 1;
		if ((vhdl ? strncasecmp(s, word, n) : strncmp(s, word, n)) != 0 ||
		    (s > text && is_word_byte(s[-1])) || !isspace((unsigned char)*t))
			continue;
		while (isspace((unsigned char)*t))
			t++;
		if ((vhdl ? strncasecmp(t, name, m) : strncmp(t, name, m)) == 0 &&
		    !is_word_byte(t[m]))
			return true;
	}
	return false;
}

static bool file_says(const struct project *p, const char *path, const char *name, size_t *budget)
{
	char *full = path_join(project_root(p), path);
	struct str text = STR_INIT;
	bool found = *budget && file_read(full, *budget, &text, NULL) &&
		     says(str_cstr(&text), lang_file(path) == LANG_FILE_VHDL, name);

	*budget -= text.len < *budget ? text.len : *budget;
	str_free(&text);
	free(full);
	return found;
}

static bool is_named_after(const char *path, const char *module)
{
	const char *base = path_base(path);
	size_t n = strlen(module);

	return strncmp(base, module, n) == 0 && base[n] == '.';
}

/* The file that defines the module but is not read, or NULL; *kind tells why. */
static char *left_out(const struct project *p, const char *module, enum box_kind *kind)
{
	size_t n, budget = MAX_SEARCH;
	const struct project_left *left = project_left_out(p, &n);

	for (size_t i = 0; i < n; i++) {
		*kind = lang_file(left[i].path) == LANG_FILE_VHDL ? BOX_VHDL : BOX_LEFT;
		if (file_says(p, left[i].path, module, &budget))
			return str_fmt("%s is %s", left[i].path, left[i].why);
	}
	for (size_t i = 0; i < project_files(p); i++) {
		const struct project_file *f = project_file(p, i);

		*kind = f->outline && (f->outline->kind == VFILE_UTF16 ||
				       f->outline->kind == VFILE_ONE_LINE)
				? BOX_UNREADABLE
				: BOX_LEFT;
		if (f->outline && !voutline_unreadable(f->outline))
			continue;
		if ((f->outline && is_named_after(f->path, module)) ||
		    file_says(p, f->path, module, &budget)) {
			char *why = project_file_unread(f);
			char *said = str_fmt("%s is %s", f->path, why);

			free(why);
			return said;
		}
	}
	return NULL;
}

static char *of_submodule(const struct project *p)
{
	struct strv empty = STRV_INIT;
	char *out = NULL;

	project_empty_submodules(p, &empty);
	if (empty.n > 1)
		out = str_fmt(
			"it may lie in one of %zu submodules of git that are empty here, as %s is: "
			"`git submodule update --init` fetches them",
			empty.n, empty.v[0]);
	else if (empty.n)
		out = str_fmt("it may lie in %s, a submodule of git that is empty here: `git "
			      "submodule update --init` fetches it",
			      empty.v[0]);
	strv_free(&empty);
	return out;
}

/* A hint where an unknown module may come from, or NULL. at: the finding. */
static char *hint_source(const struct project *p, const struct diag *at)
{
	size_t n;
	const struct project_left *left = project_left_out(p, &n);
	char *macro = at && at->path[0] ? box_condition(p, at->path, at->line) : NULL, *out = NULL;

	if (macro)
		out = str_fmt("%s:%d is compiled because %s is not defined: `set defines %s` "
			      "leaves it out",
			      at->path, at->line, macro, macro);
	for (size_t i = 0; !out && i < n; i++)
		if (str_starts(left[i].why, "a link to "))
			out = str_fmt("it may be in %s, %s", left[i].path, left[i].why);
	free(macro);
	return out ? out : of_submodule(p);
}

/* The project defines the module, but for other targets than that of the instance. */
static char *of_other_target(const struct project *p, const char *module, const struct diag *at)
{
	const struct project_file *f = project_module(p, module, NULL);
	bool apart = f && at && manifest_apart(project_manifest(p), at->path, f->path);

	return apart ? str_fmt("%s defines it, and no target of the project has both files",
			       f->path)
		     : NULL;
}

void black_box_judge(struct black_box *x, const struct project *p, const struct options *o,
		     const struct diag *at)
{
	const char *meant, *library;
	enum box_kind left;

	if (black_box_is_set(o, x->module)) {
		x->kind = BOX_SET;
	} else if ((x->about = of_other_target(p, x->module, at))) {
		x->kind = BOX_UNKNOWN;
	} else if ((x->about = left_out(p, x->module, &left))) {
		/* A link to a file is reported in the same way as a link to its folder. */
		x->kind =
			left == BOX_LEFT && strstr(x->about, " is a link to ") ? BOX_UNKNOWN : left;
	} else if ((library = box_library(p, x->module, &x->pattern))) {
		x->kind = BOX_LIBRARY;
		x->about = mem_strdup(library);
	} else if ((meant = near(p, x->module))) {
		x->kind = BOX_MISSPELT;
		x->about = mem_strdup(meant);
	} else {
		x->kind = BOX_UNKNOWN;
		x->about = hint_source(p, at);
	}
	if (!x->about)
		x->about = mem_strdup("");
}
