/* box.h - a project in a temporary folder, and what the program finds in it. Include
 * after tests/lib/test.h.
 */
#ifndef POSEDGE_BOX_H
#define POSEDGE_BOX_H

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/project/project.h"
#include "tests/lib/tool.h"

struct box {
	char *dir;
	struct project *p;
};

static inline void put(struct box *b, const char *path, const char *text)
{
	tool_write(b->dir, path, text);
}

static inline void drop(struct box *b, const char *path)
{
	char *full = path_join(b->dir, path);

	assert_int_equal(unlink(full), 0);
	free(full);
}

static inline void link_to(struct box *b, const char *path, const char *target)
{
	char *full = path_join(b->dir, path);

	assert_int_equal(symlink(target, full), 0);
	free(full);
}

static inline void begin(struct box *b)
{
	b->p = NULL;
	b->dir = tool_folder();
}

static inline void look(struct box *b)
{
	struct err err;

	if (b->p)
		assert_true(project_rescan(b->p, &err));
	else
		b->p = project_open(b->dir, &err);
	assert_non_null(b->p);
}

static inline void end(struct box *b)
{
	struct err err;

	project_free(b->p);
	assert_true(file_remove_tree(b->dir, &err));
	free(b->dir);
}

static inline char *joined(struct strv *l)
{
	struct str s = STR_INIT;

	for (size_t i = 0; i < l->n; i++)
		str_addf(&s, "%s%s", i ? " " : "", l->v[i]);
	strv_free(l);
	return str_take(&s);
}

static inline void is_list(struct strv *l, const char *want)
{
	char *got = joined(l);

	assert_string_equal(got, want);
	free(got);
}

static inline void has_files(struct box *b, const char *want)
{
	struct strv l = STRV_INIT;

	for (size_t i = 0; i < project_files(b->p); i++)
		strv_add(&l, project_file(b->p, i)->path);
	is_list(&l, want);
}

static inline void has_tops(struct box *b, const char *want)
{
	struct strv l = STRV_INIT;

	project_tops(b->p, &l);
	is_list(&l, want);
}

static inline void has_testbenches(struct box *b, const char *of, const char *want)
{
	struct strv l = STRV_INIT;

	project_testbenches(b->p, of, &l);
	is_list(&l, want);
}

static inline void has_include_dirs(struct box *b, const char *want)
{
	struct strv l = STRV_INIT;

	struct strv paths = STRV_INIT;

	for (size_t i = 0; i < project_files(b->p); i++)
		strv_add(&paths, project_file(b->p, i)->path);
	project_include_dirs(b->p, (const char *const *)paths.v, paths.n, &l);
	strv_free(&paths);
	is_list(&l, want);
}

static inline void closes(struct box *b, const char *given, const char *want,
			  const char *want_notes)
{
	struct strv paths = STRV_INIT, files = STRV_INIT, notes = STRV_INIT;
	const char *space = strchr(given, ' ');

	if (space) {
		strv_addn(&paths, given, (size_t)(space - given));
		strv_add(&paths, space + 1);
	} else {
		strv_add(&paths, given);
	}
	project_closure(b->p, (const char *const *)paths.v, paths.n, &files, &notes);
	is_list(&files, want);
	is_list(&notes, want_notes);
	strv_free(&paths);
}

#endif
