/* engine.h - lint, elaborate and run: what all real simulators share.
 *
 * A simulator of this kind is a table of how to call its tools; staging, the
 * sandbox, limits, the language, reading the output and the verdict are here:
 * jobs in engine.c, lint and elaboration in engine_lint.c, build and run in
 * engine_run.c. All of it runs in the caller's task.
 */
#ifndef POSEDGE_ENGINE_H
#define POSEDGE_ENGINE_H

#include <stdbool.h>

#include "session/tool/simulator.h"
#include "session/verdict/checks.h"
#include "sim/sandbox.h"
#include "sim/stage.h"

struct child_result;
struct circuit;
struct diag_list;
struct hardware;
struct loop;
struct script;
struct str;
struct strv;

/* A module that instantiates the top, in the mirror; nothing in it is a finding. */
#define ENGINE_LINT_TOP "posedge_lint_top"

/* In the stage: what was counted. */
#define ENGINE_COVERAGE "coverage.dat"

/* A job under way; strings are its own. */
struct engine_job {
	struct loop *loop;
	struct stage stage;
	struct sandbox box;
	char *top;	/* as the tools want it: \chip.a is chip.a; NULL: their choice */
	enum lang lang; /* the one tried now */
	bool lang_fixed;
	bool yields; /* see sim_job */
	struct strv defines, parameters, plusargs;
	char *out_dir; /* run only */
	struct sim_limits limits;
	bool trace, fst, unguarded;
	unsigned seed, more_seeds;
	bool devices;	   /* see run_job */
	bool coverage;	   /* see run_job */
	unsigned variants; /* see run_job */
	uint64_t variant_ms;
	bool built;			 /* what the build makes is in the stage already */
	char *command, *results, *waves; /* see sim_command; NULL */
	bool timescales;  /* the sources have more than one, see counting_timescales() */
	bool counts;	  /* the sources in the stage count their checks, see counting.h */
	bool past_limits; /* a lint leaves out what the tool does not support, and goes on */
	bool wrapped;	  /* a lint has ENGINE_LINT_TOP around the top */
};

struct run_end;

struct engine_ops {
	const char *tool;	     /* what is looked up in PATH */
	const char *version_option;  /* it prints a line of what it is, and ends */
	bool passes_limits;	     /* knows how to do so, see engine_job.past_limits */
	bool covers;		     /* knows run_job.coverage: the run writes ENGINE_COVERAGE */
	bool two_state;		     /* registers start with what the seed says, never with x */
	bool only_stage;	     /* prepare() gives no folder but for variants */
	enum checks_engine counters; /* which counters it understands */
	void (*lint_argv)(const struct engine_job *j, struct strv *argv);
	void (*parse)(const char *text, size_t len, struct diag_list *out);

	/* In a task, with engine_tool(): what the design is made of. NULL: not able to. */
	bool (*elaborate)(const struct engine_job *j, struct hardware *out, struct err *err);
	/* The same: what drives what. */
	bool (*circuit)(const struct engine_job *j, struct circuit *out, struct err *err);

	/* In a task: writes into the stage what the build needs beside the sources.
	 * *rt: a folder to read, see sandbox_spec.read_only; the caller frees; left
	 * as it is when there is none. */
	bool (*prepare)(const struct engine_job *j, const struct run_listener *to, char **rt,
			struct err *err);
	/* The steps from the stage to the simulation, unless it is built, and
	 * that. rt: how the folder
	 * of prepare() is called inside; NULL: none. */
	void (*script)(const struct engine_job *j, const char *rt, struct script *s);
	/* The same for many runs of what was built, see batch.h: it starts the
	 * simulation with batch_inside.c in it. NULL: not able to. */
	void (*batch)(const struct engine_job *j, const char *rt, struct script *s);
	/* Has the last word: out->result is what the printed lines tell, and what was
	 * left lies in out_dir. NULL: that is the verdict. */
	void (*judge)(const struct engine_job *j, const struct run_end *end,
		      struct run_report *out);
};

/* Runs one tool in the sandbox with the build's limits, in the mirror of the
 * stage; messages are both its streams. */
bool engine_tool(const struct engine_job *j, const char *const *argv, struct str *messages,
		 struct child_result *r, struct err *err);
/* Sets err for a tool that a signal ended; always false. A failed allocation counts as the
 * memory limit, whatever the signal. said: what the tool printed. */
bool engine_crashed(const char *tool, int sig, const struct str *said, uint64_t memory,
		    struct err *err);
bool engine_no_memory(const struct str *said);

/* For a simulator_ops table: */
struct simulator *engine_open(struct loop *l, const struct simulator_ops *ops,
			      const struct engine_ops *how);
bool engine_isolates(struct loop *l);
bool engine_version(struct simulator *s, char **line, struct err *err);
void engine_close(struct simulator *s);
bool engine_lint(struct simulator *s, const struct sim_job *j, struct diag_list **found,
		 enum lang *as, struct err *err);
bool engine_elaborate(struct simulator *s, const struct sim_job *j, struct hardware *out,
		      struct err *err);
bool engine_circuit(struct simulator *s, const struct sim_job *j, struct circuit *out,
		    struct err *err);
bool engine_run(struct simulator *s, const struct run_job *j, const struct run_listener *to,
		struct run_report *out, struct err *err);

/* ERR_TOOL with the package when the tool is not in PATH. */
bool engine_have(const char *tool, const char *package, struct err *err);

/* The language to try when the tool refuses the design in the job's; false:
 * none, because a person chose this one, or the name of a file does. */
bool engine_other_language(const struct engine_job *j, enum lang *other);

#endif
