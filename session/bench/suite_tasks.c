/* tasks: posedge's own suite. NAME.task is next to the projects it is about; see
 * task_file.h for the format and task_run.h for the procedure. There is no published
 * judge: class and verdict come from the same run. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/folder.h"
#include "session/bench/suite.h"
#include "session/bench/task_run.h"

static const char *const flows[] = { "ask", "fix", "solve", NULL };

static bool load(const struct suite_choice *c, struct suite_problems *out, struct err *err)
{
	struct strv names = STRV_INIT;

	folder_names(c->dir, &names);
	for (size_t i = 0; i < names.n; i++) {
		char *name = names.v[i];

		if (!str_ends(name, ".task"))
			continue;
		name[strlen(name) - strlen(".task")] = '\0';
		if (suite_name_is_plain(name))
			suite_problems_add(out, name, "", c->dir);
	}
	strv_free(&names);
	suite_problems_sort(out);
	return out->n > 0 ||
	       err_set(err, ERR_NOT_FOUND, "%.200s has no tasks: files NAME.task", c->dir);
}

static bool whole(struct bench_whole *t, struct err *err)
{
	char *path = str_fmt("%s/%s.task", t->problem->base, t->problem->name);
	struct str text = STR_INIT;
	struct task_file f = { 0 };
	bool ok = file_read(path, TASK_FILE_MAX, &text, err);

	if (ok)
		ok = task_file_read(&f, str_cstr(&text), text.len, err) ||
		     err_prefix(err, "%s.task", t->problem->name);
	ok = ok && task_run(t, &f, t->problem->base, err);
	task_file_fini(&f);
	str_free(&text);
	free(path);
	return ok;
}

const struct suite suite_tasks = {
	.name = "tasks",
	.flows = flows,
	.load = load,
	.whole = whole,
};
