/* Makes a tool include the same file as posedge. posedge finds an include next to
 * the including file first; a tool searches its list of folders in order. If a
 * project has several files of that name, they may differ, so the directive in
 * the tool's copy is rewritten to the path from the project's root. Line numbers
 * stay the same. A path of another machine, "/home/ann/defs.vh", or one whose case is
 * another, "Defs.vh", is rewritten too, also where a macro gives it, and reported.
 */
#include "config.h"

#include "session/project/design_include.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/path.h"
#include "session/base/str.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/verilog/verilog.h"

#define MAX_RIVALS 3u /* headers told about for one design */

/* True if the tool would find another file first. folders: the tool's list. */
static bool would_find_other(const struct project *p, const struct strv *folders,
			     const struct vinclude *inc)
{
	for (size_t i = 0; i < folders->n; i++) {
		char *joined = path_join(folders->v[i], inc->name), *clean = NULL;
		bool there = path_clean(joined, &clean, NULL) && project_has(p, clean);
		bool same = there && strcmp(clean, inc->path) == 0;

		free(clean);
		free(joined);
		if (there)
			return !same;
	}
	return false;
}

static const struct vinclude *find_wrong(const struct voutline *o, const struct strv *wrong,
					 const char *name, size_t len)
{
	for (size_t i = 0; i < o->n_included; i++) {
		const struct vinclude *inc = &o->included[i];

		if (!inc->nested && strlen(inc->name) == len && memcmp(inc->name, name, len) == 0 &&
		    strv_has(wrong, inc->name))
			return inc;
	}
	return NULL;
}

/* The same if a macro gives the name: the include of that line. */
static const struct vinclude *find_wrong_at(const struct voutline *o, const struct strv *wrong,
					    int line)
{
	for (size_t i = 0; i < o->n_included; i++) {
		const struct vinclude *inc = &o->included[i];

		if (!inc->nested && inc->line == line && strv_has(wrong, inc->name))
			return inc;
	}
	return NULL;
}

/* Length of a macro's arguments, if they follow on the same line; 0: none. */
static size_t arguments(const char *text, size_t len)
{
	size_t at = 0, depth = 0;

	while (at < len && (text[at] == ' ' || text[at] == '\t'))
		at++;
	if (at == len || text[at] != '(')
		return 0;
	for (; at < len && text[at] != '\n'; at++) {
		depth += text[at] == '(';
		if (text[at] == ')' && --depth == 0)
			return at + 1;
	}
	return 0;
}

/* Writes the text with the includes in wrong replaced by paths. */
static void rewrite(const struct voutline *o, const struct strv *wrong, const char *text,
		    size_t len, struct str *out)
{
	enum vlex_state state = VLEX_CODE;
	bool directive = false;
	int line = 1;

	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		const struct vinclude *inc = NULL;
		bool macro = directive && t.kind == VTOKEN_DIRECTIVE;

		if (macro)
			inc = find_wrong_at(o, wrong, line);
		else if (directive && t.kind == VTOKEN_STRING && t.len > 2)
			inc = find_wrong(o, wrong, text + off + 1, t.len - 2);
		if (inc)
			str_addf(out, "\"%s\"", inc->path);
		else
			str_add(out, text + off, t.len);
		for (size_t i = off; i < off + t.len; i++)
			line += text[i] == '\n';
		if (t.kind != VTOKEN_SPACE)
			directive = t.kind == VTOKEN_DIRECTIVE && t.len == 8 &&
				    memcmp(text + off, "`include", 8) == 0;
		off += t.len;
		if (inc && macro)
			off += arguments(text + off, len - off);
	}
}

static void settle_one(struct source *s, const struct project *p, const struct voutline *o,
		       const struct strv *wrong)
{
	struct str text = STR_INIT, out = STR_INIT;

	if (source_read(s, project_root(p), PROJECT_MAX_OUTLINE, &text, NULL)) {
		rewrite(o, wrong, str_cstr(&text), text.len, &out);
		free((char *)s->text);
		s->len = out.len;
		s->text = str_take(&out);
	}
	str_free(&out);
	str_free(&text);
}

/* The tools' order: the root, the design's include folders, the folders of its sources. */
static void list_folders(const struct design *d, struct strv *folders)
{
	strv_add(folders, ".");
	for (size_t i = 0; i < d->include_dirs.n; i++)
		strv_add_once(folders, d->include_dirs.v[i]);
	for (size_t i = 0; i < d->files.n; i++) {
		char *folder = path_dir(d->files.v[i]);

		strv_add_once(folders, folder);
		free(folder);
	}
}

/* Only a name that several files have can be resolved wrongly. */
static bool is_ambiguous(const struct project *p, const char *name)
{
	const char *some[2];

	return project_named(p, path_base(name), some, 2) > 1;
}

/* True if no folder has the file by the name that the source gives it. */
static bool is_misnamed(struct design *d, const char *path, const struct vinclude *inc)
{
	if (!project_is_foreign(inc->name) && !project_other_case(inc->path, inc->name))
		return false;
	strv_addf(&d->notes, "%s:%d includes %s: %s of the project is used for it", path, inc->line,
		  inc->name, inc->path);
	return true;
}

static bool is_wrong(struct design *d, const struct project *p, struct strv *folders,
		     const struct vinclude *inc)
{
	if (!is_ambiguous(p, inc->name))
		return false;
	if (folders->n == 0)
		list_folders(d, folders);
	return would_find_other(p, folders, inc);
}

/* One sentence for a header, whoever includes it. */
static void note_rival(struct design *d, const struct project *p, const char *path,
		       const struct vinclude *inc, struct strv *said)
{
	const char *rival;
	char *folder;

	if (strv_has(said, inc->name) || said->n == MAX_RIVALS)
		return;
	rival = is_ambiguous(p, inc->name) ? project_include_rival(p, path, inc->name) : NULL;
	if (!rival)
		return;
	strv_add(said, inc->name);
	folder = path_dir(rival);
	strv_addf(&d->notes,
		  "%s:%d includes %s: of %s and %s the first is taken; `set include %s` takes the "
		  "other",
		  path, inc->line, inc->name, inc->path, rival, folder);
	free(folder);
}

void design_settle_includes(struct design *d, const struct project *p)
{
	struct strv folders = STRV_INIT, rivals = STRV_INIT;

	for (size_t i = 0; i < d->files.n; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);
		const struct voutline *o = f ? f->outline : NULL;
		struct strv wrong = STRV_INIT;

		for (size_t k = 0; o && k < o->n_included; k++) {
			const struct vinclude *inc = &o->included[k];

			if (!inc->nested && inc->path &&
			    (is_misnamed(d, f->path, inc) || is_wrong(d, p, &folders, inc)))
				strv_add(&wrong, inc->name);
			if (!inc->nested && inc->path)
				note_rival(d, p, f->path, inc, &rivals);
		}
		if (wrong.n)
			settle_one(&d->sources[i], p, o, &wrong);
		strv_free(&wrong);
	}
	strv_free(&rivals);
	strv_free(&folders);
}
