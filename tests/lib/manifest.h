/* manifest.h - a project given as a table, and a manifest as lines to compare. */
#ifndef POSEDGE_TESTS_MANIFEST_H
#define POSEDGE_TESTS_MANIFEST_H

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/manifest/manifest.h"
#include "session/manifest/tree.h"

/* Path and text of each file, sorted by path; a NULL path ends the table. */
struct table_file {
	const char *path, *text;
};

struct table {
	const char *paths[64];
	const struct table_file *files;
	struct tree tree;
	int reads;
};

static bool table_read(void *ctx, const char *path, size_t limit, struct str *out, struct err *err)
{
	struct table *t = ctx;

	t->reads++;
	for (const struct table_file *f = t->files; f->path; f++) {
		if (strcmp(f->path, path) == 0) {
			str_clear(out);
			str_adds(out, f->text ? f->text : "");
			return true;
		}
	}
	return err_set(err, ERR_NOT_FOUND, "read %s: no such file", path);
}

static void table_init(struct table *t, const struct table_file *files)
{
	size_t n = 0;

	*t = (struct table){ .files = files };
	for (; files[n].path; n++) {
		assert_true(n < sizeof(t->paths) / sizeof(*t->paths));
		assert_true(n == 0 || strcmp(files[n - 1].path, files[n].path) < 0);
		t->paths[n] = files[n].path;
	}
	t->tree = (struct tree){
		.paths = t->paths, .n = n, .read = table_read, .ctx = t, .root = "/home/ann/proj"
	};
}

static inline void list_line(struct str *out, const char *name, const struct strv *l)
{
	if (l->n)
		str_adds(out, name);
	for (size_t i = 0; i < l->n; i++)
		str_addf(out, " %s", l->v[i]);
	if (l->n)
		str_adds(out, "\n");
}

/* Prints one file per line with its deviations from the default, then the lists. */
static inline void manifest_text(const struct manifest *m, struct str *out)
{
	static const char *const roles[] = { "", " header", " library", " data", " vhdl" };

	for (size_t i = 0; i < m->n_files; i++)
		str_addf(out, "%s%s%s%s\n", m->files[i].path, roles[m->files[i].role],
			 m->files[i].test ? " test" : "", m->files[i].sv ? " sv" : "");
	list_line(out, "include", &m->include_dirs);
	list_line(out, "define", &m->defines);
	list_line(out, "parameter", &m->parameters);
	list_line(out, "plusarg", &m->plusargs);
	list_line(out, "-y", &m->library_dirs);
	list_line(out, "libext", &m->library_exts);
	list_line(out, "top", &m->tops);
	list_line(out, "test top", &m->test_tops);
	if (m->sv)
		str_adds(out, "systemverilog\n");
	for (size_t i = 0; i < m->notes.n; i++)
		str_addf(out, "%s\n", m->notes.v[i]);
}

/* Checks that reading the description at path gives want. */
static inline void says(const struct table_file *files, const char *path, const char *want)
{
	struct table t;
	struct manifest m = MANIFEST_INIT;
	struct str out = STR_INIT;
	struct err err;

	table_init(&t, files);
	if (!manifest_read(&m, &t.tree, path, MANIFEST_NONE, &err))
		str_addf(&out, "!%s\n", err.text);
	manifest_text(&m, &out);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
	manifest_fini(&m);
}

#endif
