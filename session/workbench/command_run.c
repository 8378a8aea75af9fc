/* A run of a testbench that is a command (make, pytest): provides the whole project,
 * because nobody knows what the command reads. Unsaved texts replace files; the results
 * file is left out, otherwise a result of an earlier run could be read.
 */
#include "config.h"

#include "session/workbench/command_run.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/project/project.h"
#include "session/workbench/testbench_list.h"

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

bool command_run_init(struct command_run *c, const struct project *p,
		      const struct testbench_entry *t, struct err *err)
{
	*c = (struct command_run){ .command = { t->command, t->results, t->waves } };
	if (!tree_folder_open(&c->folder, project_root(p), err))
		return false;
	c->sources = mem_calloc(c->folder.tree.n + 1, sizeof(*c->sources));
	c->files = mem_calloc(c->folder.tree.n + 1, sizeof(*c->files));
	for (size_t i = 0; i < c->folder.tree.n; i++) {
		const char *path = c->folder.tree.paths[i];
		size_t len;
		const char *text = project_overlay_text(p, path, &len);

		if (same(path, t->results))
			continue;
		if (text) /* a copy, because the user may type during the run */
			c->sources[c->n_sources++] =
				(struct source){ .path = path,
						 .text = mem_strndup(text, len),
						 .len = len,
						 .included = true };
		else
			c->files[c->n_files++] = (struct sim_file){ .path = path };
	}
	return true;
}

void command_run_fini(struct command_run *c)
{
	for (size_t i = 0; i < c->n_sources; i++)
		free((char *)c->sources[i].text);
	free(c->sources);
	free(c->files);
	tree_folder_close(&c->folder);
	*c = (struct command_run){ 0 };
}

void command_run_fill(const struct command_run *c, const struct project *p, struct run_job *job)
{
	job->design = (struct sim_job){ .root = project_root(p),
					.sources = c->sources,
					.n = c->n_sources };
	job->files = c->files;
	job->n_files = c->n_files;
	job->command = &c->command;
	job->limits.run_ms += job->limits.build_ms; /* the build is part of the run */
}
