/* engine.h - lint, elaborate and run: shared by all real simulators.
 *
 * Map of sim/engine: the simulators behind session/tool/simulator.h. Knows how each is
 * called and how it speaks; not what a verdict is made of.
 *
 *   engine engine_*      jobs as tasks: lint, elaboration and run; repeated runs with
 *                        other initial values or other variants
 *   lane                 one sandbox for several lints
 *   standby              the sandbox of a run, started early
 *   attempt              one try to build and run
 *   counting             sources that count their checks
 *   script               build and run as one sh script
 *   left                 files left by a run
 *   batch batch_inside   variants in one sandbox, and the program that starts them
 *   batch_module         that program as a VPI module of Icarus, compiled once
 *   verilator            its arguments and its build
 *   cpp_texts            the files of cpp/, our parts of a translated model
 *   runtime runtime_cc runtime_make runtime_header runtime_old
 *                        its library and its precompiled header, and g++ for them
 *   icarus icarus_direct its arguments; the two programs behind iverilog
 *   command_sim          a command of the user's own, and its report
 *   fake_sim             scripted answers: for tests and demos
 *   place verilator_diag icarus_diag
 *                        tools' messages as findings
 *   blanks               paths cut at a blank
 *   tool_says            a tool's version, cached
 *
 * Such a simulator is a table of how to call its tools. Staging, sandbox, limits,
 * language, output and verdict are handled here: jobs in engine.c, lint and elaboration
 * in engine_lint.c, build and run in engine_run.c. Everything runs in the caller's
 * task.
 */
#ifndef POSEDGE_ENGINE_H
#define POSEDGE_ENGINE_H

#include <stdbool.h>

#include "session/tool/simulator.h"
#include "session/testbench/checks.h"
#include "sim/sandbox/sandbox.h"
#include "sim/stage/stage.h"

struct child_result;
struct circuit;
struct diag_list;
struct hardware;
struct loop;
struct script;

/* A module in the mirror that instantiates the top; nothing in it is a finding. */
#define ENGINE_LINT_TOP "posedge_lint_top"

/* Coverage data, in the stage. */
#define ENGINE_COVERAGE "coverage.dat"

/* A running job; owns its strings. */
struct engine_job {
	struct loop *loop;
	struct stage stage;
	struct sandbox box;
	char *times; /* see sim_job; NULL */
	bool times_of_unit;
	char *top;	   /* as the tools want it: \chip.a is chip.a; NULL: the tool chooses */
	struct strv roots; /* see sim_job; spelt as top */
	enum lang lang;	   /* the one being tried */
	bool lang_fixed;
	bool yields;	     /* see sim_job */
	unsigned lint_cpu_s; /* never 0, see sim_job.cpu_s */
	struct strv defines, parameters, plusargs;
	char *out_dir; /* run only */
	struct sim_limits limits;
	bool trace, fst, unguarded;
	unsigned seed, more_seeds;
	bool devices;	   /* see run_job */
	bool coverage;	   /* see run_job */
	unsigned variants; /* see run_job */
	uint64_t variant_ms;
	bool mends;
	bool other_failed;		 /* see run_job */
	bool built;			 /* the stage has the products of the build already */
	char *command, *results, *waves; /* see sim_command; NULL */
	bool timescales;		 /* the sources have several, see counting_timescales() */
	bool counts;			 /* the staged sources have counters, see counting.h */
	bool past_limits;		 /* lint: omit what the tool does not support, and go on */
	bool long_loops;		 /* lint: unroll more rounds of a loop than usual */
	bool skim;			 /* lint: see sim_job */
	bool wrapped;			 /* lint: ENGINE_LINT_TOP is around the top */
};

struct engine_ops {
	const char *tool;	     /* looked up in PATH */
	const char *version_option;  /* makes it print a line about itself and exit */
	bool passes_limits;	     /* supports engine_job.past_limits */
	bool skims;		     /* supports engine_job.skim */
	bool covers;		     /* supports run_job.coverage: the run writes ENGINE_COVERAGE */
	bool two_state;		     /* registers start with values from the seed, never x */
	bool only_stage;	     /* prepare() returns a folder only for variants */
	enum checks_engine counters; /* kind of counters that it accepts */
	void (*lint_argv)(const struct engine_job *j, struct strv *argv);
	void (*parse)(const char *text, size_t len, struct diag_list *out);

	/* In a task, with engine_tool(): the structure of the design. NULL: not
	 * supported. */
	bool (*elaborate)(const struct engine_job *j, struct hardware *out, struct err *err);
	/* Likewise: its drivers. */
	bool (*circuit)(const struct engine_job *j, struct circuit *out, struct err *err);

	/* In a task: writes what the build needs in addition to the sources into the
	 * stage. *rt: a folder to read, see sandbox_spec.read_only; the caller frees
	 * it; left alone if there is none. */
	bool (*prepare)(const struct engine_job *j, const struct run_listener *to, char **rt,
			struct err *err);
	/* The steps from the stage to the simulation, unless it is built, and the
	 * simulation. rt: path of prepare()'s folder inside the sandbox; NULL: none. */
	void (*script)(const struct engine_job *j, const char *rt, struct script *s);
	/* Likewise for many runs of a build, see batch.h: starts the simulation with
	 * batch_inside.c in it. NULL: not supported. */
	void (*batch)(const struct engine_job *j, const char *rt, struct script *s);
	/* Has the last word on the verdict: out->result follows from the printed
	 * lines, and out_dir has the files left by the run. NULL: that verdict
	 * stands. */
	void (*judge)(const struct engine_job *j, const struct run_end *end,
		      struct run_report *out);
};

/* Runs one tool in the sandbox with the build's limits, in the mirror of the stage;
 * messages gets both output streams. */
bool engine_tool(const struct engine_job *j, const char *const *argv, struct str *messages,
		 struct child_result *r, struct err *err);
/* Sets err for a tool that was killed by a signal; always false. A failed allocation
 * counts as the memory limit, whatever the signal. said: the tool's output. */
bool engine_crashed(const char *tool, int sig, const struct str *said, uint64_t memory,
		    struct err *err);
bool engine_no_memory(const struct str *said);

/* For the simulator_ops tables: */
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

/* ERR_TOOL with the package name if the tool is not in PATH. */
bool engine_have(const char *tool, const char *package, struct err *err);

/* The language to try if the tool rejects the design in the job's; false: none,
 * because the user or the name of a file has fixed it. */
bool engine_other_language(const struct engine_job *j, enum lang *other);

#endif
