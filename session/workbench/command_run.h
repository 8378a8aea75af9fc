/* command_run.h - what a testbench that is a command needs of the project.
 *
 * Such a command, `make -C test`, reads whatever it likes, so it gets all of
 * the project: each file as it is on disk or on the screen, in a copy that it
 * may write to. Its own report of an earlier run is left out: what stands
 * there after the run was written by it.
 */
#ifndef POSEDGE_COMMAND_RUN_H
#define POSEDGE_COMMAND_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/manifest/tree.h"
#include "session/tool/simulator.h"

struct project;
struct testbench_entry;

struct command_run {
	struct sim_command command;
	struct tree_folder folder;
	struct source *sources; /* texts that are not saved */
	size_t n_sources;
	struct sim_file *files;
	size_t n_files;
};

/* ERR_LIMIT, ERR_IO: the folder cannot be listed. */
bool command_run_init(struct command_run *c, const struct project *p,
		      const struct testbench_entry *t, struct err *err);
void command_run_fini(struct command_run *c); /* zeroed is fine */

/* Points into c. */
void command_run_fill(const struct command_run *c, const struct project *p, struct run_job *job);

#endif
