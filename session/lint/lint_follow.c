/* Folds errors that one missing file causes into one error.
 *
 * Three steps: find which includes and packages are missing, by the tools'
 * wording; find which files need them, directly or through an included file; find
 * which errors in those files may be a consequence. Only errors that an unknown
 * macro or type can cause are folded, so a typing error in such a file stays
 * visible.
 */
#include "config.h"

#include "session/lint/lint_follow.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/project/project.h"
#include "session/text/name_map.h"
#include "session/output/diag.h"

/* An include file that does not exist, or a package that no file defines. */
struct missing {
	char *name;
	bool package;
	size_t first;	      /* index in all of the first finding that reports it */
	size_t files, follow; /* files that need it; errors in them that may follow from it */
};

struct following {
	const struct project *p;
	const struct diag_list *all;
	struct missing *v;
	size_t n, cap;
	struct name_map names; /* name to index in v; keys owned by v */
	/* path of a file that lacks one to its index in v; keys owned by all or
	 * the project */
	struct name_map files;
};

static char *between(const char *s, const char *before, const char *after)
{
	const char *end;

	if (!str_starts(s, before))
		return NULL;
	s += strlen(before);
	end = strstr(s, after);
	return end ? mem_strndup(s, (size_t)(end - s)) : NULL;
}

/* Name of the package before "::" in the line, or NULL. Needed because Verilator
 * only reports a syntax error there. Caller frees. */
static char *package_in(const char *line)
{
	const char *colons = strstr(line, "::"), *start = colons;

	while (start && start > line && (isalnum((unsigned char)start[-1]) || start[-1] == '_'))
		start--;
	return start && colons - start > 3 && memcmp(colons - 3, "pkg", 3) == 0
		       ? mem_strndup(start, (size_t)(colons - start))
		       : NULL;
}

/* "Cannot find include file: NAME", "Package/class 'NAME' not found" (Verilator),
 * "Include file NAME not found" (Icarus) */
static char *missing_name(const struct project *p, const struct diag *d, bool *package)
{
	char *name = NULL;

	*package = false;
	if (d->rank != DIAG_ERROR || !d->path[0])
		return NULL;
	if (str_starts(d->text, "Cannot find include file: "))
		return mem_strdup(d->text + strlen("Cannot find include file: "));
	if ((name = between(d->text, "Include file ", " not found")))
		return name;
	*package = true;
	name = between(d->text, "Package/class '", "' not found");
	name = name ? name : between(d->text, "Importing from missing package '", "'");
	if (!name && str_starts(d->text, "syntax error"))
		name = package_in(d->context);
	/* The project does define it: then the order of files, or an error in
	 * that file, is the cause. */
	if (name && project_module(p, name, NULL)) {
		free(name);
		name = NULL;
	}
	return name;
}

static void note_file(struct following *f, const char *path, size_t missing)
{
	if (name_map_put(&f->files, path, strlen(path), missing))
		f->v[missing].files++;
}

static void find_missing(struct following *f)
{
	for (size_t i = 0; i < diag_list_len(f->all); i++) {
		const struct diag *d = diag_list_at(f->all, i);
		bool package;
		char *name = missing_name(f->p, d, &package);
		size_t at = f->n;

		if (!name)
			continue;
		if (name_map_get(&f->names, name, strlen(name), &at)) {
			free(name);
		} else {
			MEM_PUSH(f->v, f->n, f->cap,
				 (struct missing){ .name = name, .package = package, .first = i });
			name_map_put(&f->names, name, strlen(name), at);
		}
		note_file(f, d->path, at);
	}
}

/* An included file is read as part of the including one, so all parts of a file lack
 * what one of them lacks. Other files that include the same part are not affected. */
static void find_parts(struct following *f)
{
	struct name_map parts = NAME_MAP_INIT;

	for (size_t i = 0; f->n && i < project_files(f->p); i++) {
		const struct project_file *file = project_file(f->p, i);
		const struct voutline *o = file->outline;
		size_t at, n = o && !file->header ? o->n_included : 0;
		bool lacks = name_map_get(&f->files, file->path, strlen(file->path), &at);

		for (size_t k = 0; !lacks && k < n; k++)
			lacks = o->included[k].path &&
				name_map_get(&f->files, o->included[k].path,
					     strlen(o->included[k].path), &at);
		if (!lacks || n == 0)
			continue;
		name_map_put(&parts, file->path, strlen(file->path), at);
		for (size_t k = 0; k < n; k++)
			if (o->included[k].path)
				name_map_put(&parts, o->included[k].path,
					     strlen(o->included[k].path), at);
	}
	for (size_t i = 0; i < parts.cap; i++)
		if (parts.slots[i].key)
			name_map_put(&f->files, parts.slots[i].key, parts.slots[i].len,
				     parts.slots[i].value);
	name_map_fini(&parts);
}

/* A file that includes a file lacking one lacks it, too. */
static void find_includers(struct following *f)
{
	for (size_t i = 0; f->n && i < project_files(f->p); i++) {
		const struct project_file *file = project_file(f->p, i);
		const struct voutline *o = file->outline;
		size_t at;

		for (size_t k = 0; o && !file->header && k < o->n_included; k++)
			if (!o->included[k].path && o->included[k].nested &&
			    name_map_get(&f->names, o->included[k].name,
					 strlen(o->included[k].name), &at))
				name_map_put(&f->files, file->path, strlen(file->path), at);
	}
}

/* True if a missing include can be the cause: errors found while the file is being read. */
static bool may_follow(const struct diag *d)
{
	static const char *const starts[] = { "Define or directive not defined",
					      "syntax error",
					      "Package/class",
					      "Can't find typedef",
					      "Can't find definition of",
					      "Number is missing value",
					      "Unknown",
					      "Missing",
					      "Invalid",
					      "Malformed",
					      "error:",
					      "macro " };

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (str_starts(d->text, starts[i]))
			return true;
	return false;
}

/* True if finding i is not listed. *missing: the name whose one remaining error
 * it is, or NULL. */
static bool is_folded(struct following *f, size_t i, const struct missing **missing)
{
	const struct diag *d = diag_list_at(f->all, i);
	bool package;
	char *name = f->n ? missing_name(f->p, d, &package) : NULL;
	size_t at;
	bool known = name && name_map_get(&f->names, name, strlen(name), &at);

	*missing = NULL;
	free(name);
	if (known) {
		*missing = f->v[at].first == i ? &f->v[at] : NULL;
		return !*missing;
	}
	return d->rank == DIAG_ERROR && d->path[0] &&
	       name_map_get(&f->files, d->path, strlen(d->path), &at) && may_follow(d);
}

/* A macro without a value leaves a hole, which the tool reports as well. */
static bool is_hole_of_macro(const struct diag_list *all, size_t i)
{
	const struct diag *d = diag_list_at(all, i);

	for (size_t k = i; str_starts(d->text, "syntax error") && k-- > 0;) {
		const struct diag *before = diag_list_at(all, k);

		if (before->line != d->line || strcmp(before->path, d->path) != 0)
			return false;
		if (str_starts(before->text, "Define or directive not defined"))
			return true;
	}
	return false;
}

static void count_following(struct following *f)
{
	const struct missing *m;
	size_t at;

	for (size_t i = 0; f->n && i < diag_list_len(f->all); i++) {
		const struct diag *d = diag_list_at(f->all, i);

		if (is_folded(f, i, &m) && !m &&
		    name_map_get(&f->files, d->path, strlen(d->path), &at) && may_follow(d))
			f->v[at].follow++;
	}
}

static char *hint_of(const struct missing *m)
{
	struct str hint = STR_INIT;

	if (m->files > 1)
		str_addf(&hint, "%zu files %s it; ", m->files, m->package ? "need" : "include");
	if (m->package)
		str_addf(&hint, "no file of the project defines package %s: add the one that does",
			 m->name);
	else
		str_adds(&hint, "it is not in the project: `set include DIR` names the folder it "
				"is in, or add it");
	if (m->follow)
		str_addf(&hint, "; %zu error%s that may follow from it %s not listed", m->follow,
			 m->follow == 1 ? "" : "s", m->follow == 1 ? "is" : "are");
	return str_take(&hint);
}

/* For `ifndef RVFI $fatal(...): names the last macro tested before that line;
 * NULL if there is none. */
static char *hint_of_macro(const struct project *p, const struct diag *d)
{
	const struct project_file *f = project_find(p, d->path);
	const struct vmacro_use *last = NULL;

	for (size_t i = 0; f && f->outline && i < f->outline->n_uses; i++) {
		const struct vmacro_use *u = &f->outline->uses[i];

		if (u->line < d->line && (!last || u->line >= last->line))
			last = u;
	}
	return last ? str_fmt("the file asks for %s, which nothing defines: `set defines %s` does",
			      last->name, last->name)
		    : NULL;
}

void lint_follow(const struct project *p, const struct diag_list *all, struct diag_list *out)
{
	struct following f = { .p = p, .all = all };

	find_missing(&f);
	find_includers(&f);
	find_parts(&f);
	count_following(&f);
	for (size_t i = 0; i < diag_list_len(all); i++) {
		struct diag d = *diag_list_at(all, i);
		const struct missing *m;
		char *hint = NULL;

		if (is_folded(&f, i, &m) || is_hole_of_macro(all, i))
			continue;
		if (m)
			d.hint = hint = hint_of(m);
		else if (str_starts(d.code, "USER"))
			d.hint = hint = hint_of_macro(p, &d);
		if (hint)
			diag_list_add(out, &d, NULL);
		else
			diag_list_keep(out, all, i);
		free(hint);
	}
	for (size_t i = 0; i < f.n; i++)
		free(f.v[i].name);
	free(f.v);
	name_map_fini(&f.names);
	name_map_fini(&f.files);
}
