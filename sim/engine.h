/* engine.h - lint, elaborate and run as tasks: what all real simulators share.
 *
 * A simulator of this kind is a table of how to call its tools; staging, the
 * sandbox, limits, reading the output, the verdict and cancelling are here.
 */
#ifndef POSEDGE_ENGINE_H
#define POSEDGE_ENGINE_H

#include <stdbool.h>

#include "session/simulator.h"
#include "sim/sandbox.h"
#include "sim/stage.h"

struct child_result;
struct diag_list;
struct hardware;
struct loop;
struct str;
struct strv;

/* A job under way; strings are its own. */
struct engine_job {
	struct loop *loop;
	struct stage stage;
	enum sandbox_level level;
	char *top;		/* NULL: the tool's choice */
	enum lang lang;
	struct strv defines, plusargs;
	char *out_dir;		/* run only */
	struct sim_limits limits;
	bool trace;
};

struct engine_ops {
	const char *tool;	/* what is looked up in PATH */
	void (*lint_argv)(const struct engine_job *j, struct strv *argv);
	void (*parse)(const char *text, size_t len, struct diag_list *out);

	/* In a task, with engine_tool(): what the design is made of. NULL: not able to. */
	bool (*elaborate)(const struct engine_job *j, struct hardware *out, struct err *err);

	/* In a task: from the stage to something that runs, with engine_tool().
	 * False with err ERR_TOOL when it did not build (found says why) and with
	 * another code when it could not be tried. */
	bool (*build)(const struct engine_job *j, const struct run_events *to, struct diag_list *found,
		      struct err *err);
	/* What runs it, in the folder run/ of the stage. */
	void (*run_argv)(const struct engine_job *j, struct strv *argv);
};

/* Runs one tool in the sandbox with the build's limits, in the stage's folder;
 * messages are both its streams. rt: see sandbox_spec.read_only; NULL. */
bool engine_tool(const struct engine_job *j, const char *const *argv, const char *rt,
		 struct str *messages, struct child_result *r, struct err *err);

/* For a simulator_ops table: */
struct simulator *engine_open(struct loop *l, const struct simulator_ops *ops, const struct engine_ops *how,
			      struct err *err);
void engine_close(struct simulator *s);
bool engine_lint(struct simulator *s, const struct sim_job *j, const struct lint_events *to, struct err *err);
bool engine_elaborate(struct simulator *s, const struct sim_job *j, const struct elaborate_events *to, struct err *err);
bool engine_run(struct simulator *s, const struct run_job *j, const struct run_events *to, struct err *err);
void engine_cancel(struct simulator *s);

/* ERR_TOOL with the package when the tool is not in PATH. */
bool engine_have(const char *tool, const char *package, struct err *err);

#endif
