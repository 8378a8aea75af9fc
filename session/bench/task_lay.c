/* A link could lead anywhere, and `.posedge` would bring another session along. */
#include "config.h"

#include "session/bench/task_lay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/folder.h"

struct laying {
	unsigned files;
	size_t bytes;
};

static bool lay_file(struct laying *l, const char *from, const char *to, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = file_read(from, TASK_LAY_BYTES, &text, err);

	l->files++;
	l->bytes += text.len;
	if (ok && (l->files > TASK_LAY_FILES || l->bytes > TASK_LAY_BYTES))
		ok = err_set(err, ERR_LIMIT, "the project of a task has at most %u files and %u MB",
			     TASK_LAY_FILES, TASK_LAY_BYTES >> 20);
	ok = ok && file_put(to, str_cstr(&text), text.len, 0644, err);
	str_free(&text);
	return ok;
}

static bool lay_dir(struct laying *l, const char *from, const char *to, unsigned depth,
		    struct err *err)
{
	struct strv names = STRV_INIT;
	bool ok = folder_names(from, &names) ||
		  err_set(err, ERR_IO, "open %.200s: %s", from, strerror(errno));

	if (ok && depth > TASK_LAY_DEPTH)
		ok = err_set(err, ERR_LIMIT,
			     "the project of a task has at most %u folders in each other",
			     TASK_LAY_DEPTH);
	ok = ok && file_make_dirs(to, 0755, err);
	for (size_t i = 0; ok && i < names.n; i++) {
		char *path = path_join(from, names.v[i]), *there = path_join(to, names.v[i]);
		enum file_kind kind = file_kind(path);

		if (kind == FILE_FOLDER)
			ok = lay_dir(l, path, there, depth + 1, err);
		else if (kind == FILE_REGULAR)
			ok = lay_file(l, path, there, err);
		free(there);
		free(path);
	}
	strv_free(&names);
	return ok;
}

bool task_lay(const char *from, const char *to, struct err *err)
{
	struct laying l = { 0 };

	if (!file_is_dir(from))
		return err_set(err, ERR_NOT_FOUND, "the task's folder %.100s is not there",
			       path_base(from));
	return lay_dir(&l, from, to, 1, err);
}

bool task_lay_files(const char *from, const char *to, const struct strv *paths, struct err *err)
{
	struct laying l = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < paths->n; i++) {
		char *path = path_join(from, paths->v[i]), *there = path_join(to, paths->v[i]);
		char *dir = path_dir(there), *rel = NULL;

		ok = path_inside(from, paths->v[i], &rel, err) && file_make_dirs(dir, 0755, err) &&
		     lay_file(&l, path, there, err);
		free(rel);
		free(dir);
		free(there);
		free(path);
	}
	return ok;
}
