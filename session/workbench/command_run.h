/* command_run.h - prepares the project for a testbench that is a command.
 *
 * Such a command, `make -C test`, reads whatever it likes, so it gets a writable
 * copy of the whole project: each file as on screen, otherwise as on disk. Its
 * report of an earlier run is left out, so a report that exists after the run was
 * written by it.
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
	struct source *sources; /* unsaved texts */
	size_t n_sources;
	struct sim_file *files;
	size_t n_files;
};

/* ERR_LIMIT, ERR_IO: the folder cannot be listed. */
bool command_run_init(struct command_run *c, const struct project *p,
		      const struct testbench_entry *t, struct err *err);
void command_run_fini(struct command_run *c); /* zeroed is fine */

/* Fills job with pointers into c. */
void command_run_fill(const struct command_run *c, const struct project *p, struct run_job *job);

#endif
