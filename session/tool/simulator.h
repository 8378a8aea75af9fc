/* simulator.h - the port to tools that lint and simulate.
 *
 * Map of session/tool: ports to EDA tools, and the data that they exchange. Knows
 * no tool: those are in sim/.
 *
 *   simulator            lint, run, elaborate
 *   viewer revisions     a waveform viewer, older versions of files
 *   prover               two designs equal, assertions true
 *   confine              confines an untrusted program
 *   remote               a program behind a URL
 *   hardware hardware_*  a design as hardware, and what changed in it
 *   circuit              a design as statements: what drives what
 *
 * Declared here because the session calls it; sim/ implements it. A source is text,
 * not a file: what is linted and run is what the user sees. Each operation waits in
 * the caller's task and returns the result; its job must not change until then.
 * Cancelling the task cancels the operation: the tools have ended when it fails
 * with ERR_CANCELLED. One simulator can serve several tasks.
 */
#ifndef POSEDGE_SIMULATOR_H
#define POSEDGE_SIMULATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/verdict/run.h"
#include "session/verilog/lang.h"

struct circuit;
struct diag_list;
struct hardware;
struct loop;

struct source {
	const char *path; /* relative to the root, clean */
	const char *text; /* NULL: read it from disk */
	size_t len;
	bool included; /* included by another source: put in place, but not passed to the tool */
	bool old;      /* not included; tools get it with the keywords of Verilog-2005 */
	bool nested;   /* it has a module inside another one; tools get them un-nested */
};

/* Copies the source's text, or reads its file below root as file_read() does. */
bool source_read(const struct source *s, const char *root, size_t limit, struct str *out,
		 struct err *err);

#define SIM_LINT_CPU_S 30u /* the most for any job */

struct sim_job {
	const char *root;	      /* the project's folder, absolute */
	const struct source *sources; /* in the order that the tool reads them */
	size_t n;
	const char *top; /* module; NULL: the tool chooses */
	/* more tops, without ports, which parts of the design name; not without a top; may be
	 * NULL */
	const char *const *roots;
	/* primitives that the sources instantiate without a name; tools get one; may be NULL */
	const char *const *unnamed;
	const char *const *include_dirs; /* relative to root, NULL-terminated; may be NULL */
	const char *const *defines;	 /* "NAME" or "NAME=VALUE"; may be NULL */
	const char *const *parameters;	 /* "NAME=VALUE", of top; may be NULL */
	/* "1ns/1ps": what modules run in before the first timescale of a source, since nobody
	 * means the second of one tool or the picosecond of the other; NULL: no matter */
	const char *times;
	bool times_of_unit; /* a source says timeunit outside of modules, and the first does not */
	enum lang lang;
	bool lang_fixed; /* the user chose lang: no other is tried */
	bool yields;	 /* the user is typing meanwhile, so the tools run at a lower priority */
	unsigned cpu_s;	 /* processor time that a lint may take; 0: SIM_LINT_CPU_S */
	/* lint: leave out what needs the whole design, with all its instances; without cpu_s,
	 * a lint that takes longer is run again so, and has a finding DIAG_SKIMMED */
	bool skim;
};

/* A project file that simulated code may open, apart from the sources. */
struct sim_file {
	const char *path;  /* relative to the root, clean */
	const char *place; /* where the run finds it, relative to the mirror of the root; may
			    * begin with "../"; NULL: at path */
};

struct sim_limits {
	uint64_t build_ms, run_ms; /* wall time */
	uint64_t cpu_s;	    /* processor time per process; 0: somewhat more than twice the wall
			     * time */
	uint64_t memory;    /* bytes of address space per process, and of memory in total */
	uint64_t output;    /* bytes printed */
	uint64_t file_size; /* bytes of the largest file written */
	uint64_t disk;	    /* bytes written in total and not removed */
	uint64_t files;	    /* files and folders made in total and not removed */
	unsigned processes; /* processes and threads at a time */
};

#define SIM_LIMITS_DEFAULT                             \
	((struct sim_limits){ .build_ms = 120000,      \
			      .run_ms = 60000,         \
			      .memory = 4ull << 30,    \
			      .output = 64ull << 20,   \
			      .file_size = 1ull << 30, \
			      .disk = 4ull << 30,      \
			      .files = 20000,          \
			      .processes = 256 })

/* A testbench that is a command of the user's own, see `testbench add`. */
struct sim_command {
	const char *line;    /* for sh, in the mirror's root */
	const char *results; /* JUnit XML that it writes, relative to the root; NULL: none */
	const char *waves;   /* dump to use, relative to the root; NULL: the newest */
};

struct run_job {
	struct sim_job design; /* top: the testbench */
	const char *out_dir;   /* absolute, exists, used only by this run: gets output.txt and
				* wave.vcd */
	struct sim_limits limits;
	bool trace;	/* write waves */
	bool fst;	/* as FST if the engine can, otherwise VCD */
	bool unguarded; /* the user agreed to a run without a sandbox if none is available */
	const char *const *plusargs;  /* "+seed=3"; may be NULL */
	const struct sim_file *files; /* files it may read */
	size_t n_files;
	const char *const *
		/* created empty if they do not exist, placed like files; may be NULL */
		folders;
	/* String literals such as "/home/ann/rom.hex" in the sources: the run opens
	 * home/ann/rom.hex below the folder it starts in. Each begins with one or
	 * more "/"; may be NULL. */
	const char *const *rooted;
	bool devices; /* the simulated code opens files in /dev: it gets some that are empty */
	const char *start_dir; /* folder to start in, relative to the root; NULL: the root */
	/* Above 0: seeds the random initial values of registers and x in a
	 * two-state engine; 0: the engine's default, always the same. */
	unsigned seed;
	/* Number of repetitions of a complete and short first run with other
	 * initial values in a two-state engine. If the verdict depends on them, the
	 * report says so. */
	unsigned more_seeds;
	/* Count coverage into out_dir/coverage.dat, see session/mutant/coverage.h.
	 * Engines that cannot do it refuse with ERR_TOOL. */
	bool coverage;
	/* Number of repetitions of the same build after the first run passed (mends: failed): the
	 * n-th with "+posedge_variant=N" in a folder of its own, and before them
	 * one with 0. Each may use twenty times the processor time of that one, at
	 * least variant_ms, and never more than limits.run_ms. Below 10,000,000. */
	unsigned variants;
	uint64_t variant_ms;
	bool mends;			   /* a variant that passes is looked for */
	const struct sim_command *command; /* only for the engine `command`, which requires it;
					    * otherwise NULL */
	bool other_failed; /* no other engine is suggested: it could not build this either */
	/* The build folder in out_dir is removed in the pool, possibly after run()
	 * has returned. out_dir must exist until the loop ends. */
	bool leaves_folder;
};

/* Which limit ended a run or its build. */
enum run_limit {
	RUN_LIMIT_NONE,
	RUN_LIMIT_TIME, /* sim_limits.run_ms or build_ms */
	RUN_LIMIT_OUTPUT,
	RUN_LIMIT_FILE, /* a file above sim_limits.file_size */
	RUN_LIMIT_MEMORY,
	RUN_LIMIT_CPU,
	RUN_LIMIT_SPACE, /* sim_limits.disk */
	RUN_LIMIT_FILES, /* sim_limits.files */
	RUN_LIMIT_PROCESSES,
	RUN_LIMIT_MACHINE, /* this machine was almost out of memory */
	/* this machine's disk was almost full, or the output could not be stored */
	RUN_LIMIT_DISK,
};

/* Duration of one step: "translating", "compiling", "running". */
struct run_step {
	char *name;
	uint64_t ms;
};

/* A file that the simulation made or changed; it is below out_dir/written. */
struct run_file {
	char *path;    /* relative to the mirror of the root; may begin with "../" */
	uint64_t size; /* bytes */
};

#define RUN_FILES_MAX 1000

/* Result of a run. Owns what it points to; no string is NULL. */
struct run_report {
	struct run_result result;
	const struct diag_list *found; /* findings of the build */
	char *output_path;	       /* absolute; "" if nothing was run */
	uint64_t output_len;	       /* bytes */
	char *wave_path;	       /* absolute; "" if none was written */
	uint64_t build_ms, run_ms;
	char *unprotected; /* the protection that was missing, in words; "" if none */
	enum lang lang;	   /* language it was built as: the job's, or the other if only that
			    * builds */
	enum run_limit limit;
	char *limit_step;	/* name of the run_step that the limit ended; "" if none */
	char *coverage_path;	/* absolute: coverage counts, see run_job.coverage; "" if none */
	char *log_path;		/* absolute: output of the build's tools; "" if none */
	struct run_step *steps; /* in order; only steps that began */
	size_t n_steps;
	struct run_file *written; /* sorted; at most RUN_FILES_MAX */
	size_t n_written;
	bool more_written; /* more files than are listed */
	struct strv notes; /* sentences: what could not be put in place */
};

void run_report_fini(struct run_report *r); /* { 0 } is fine */

/* For simulators, at the end of a run: replaces NULL strings by "". */
void run_report_complete(struct run_report *r);

/* Receives the progress of a run, in the task that runs it. Any member may be NULL. */
struct run_listener {
	/* The current step: "translating", "compiling", "running"; for people. */
	void (*progress)(void *ctx, const char *step);
	/* A line that the simulation printed, without its newline; borrowed. */
	void (*line)(void *ctx, const char *line, size_t len);
	void *ctx;
	/* The result of a variant, in any order after 0, which may be reported
	 * twice; false: run no more variants. NULL: no variants are run. */
	bool (*variant)(void *ctx, unsigned n, const struct run_result *r);
};

struct simulator; /* every simulator's struct begins with it */

enum simulator_kind {
	SIMULATOR_REAL,
	SIMULATOR_FAKE, /* a scripted one; only trusted files can choose it */
	/* runs a command of the user's own: chosen by testbench, never as `engine` */
	SIMULATOR_COMMAND,
};

struct simulator_ops {
	const char *name; /* as `--engine` spells it */
	enum simulator_kind kind;
	const char *needs; /* Debian package it comes from; "": none */
	bool (*available)(char **where, struct err *err); /* path of its program; the caller
							   * frees */
	/* False: the first run will compile something for half a minute, once.
	 * NULL: always ready. */
	bool (*ready)(bool trace, bool fst);
	/* In a task: true if it runs programs isolated from the rest of the
	 * machine; otherwise run() refuses with ERR_CONSENT unless
	 * run_job.unguarded is set. NULL: it runs no programs. */
	bool (*isolates)(struct loop *l);
	struct simulator *(*open)(struct loop *l, struct err *err);
	void (*close)(struct simulator *s); /* no operation may be in progress; NULL is fine */

	/* All three in a task. *found: a new list, which the caller frees; empty
	 * means clean. *as: the language that was read: the job's, or the other if
	 * only that has no errors. False: why there is no result (tool missing,
	 * crashed, timed out; ERR_LIMIT: it exceeded its processor time or output,
	 * which will happen again); *found then has the earlier findings, or is
	 * NULL. */
	bool (*lint)(struct simulator *s, const struct sim_job *j, struct diag_list **found,
		     enum lang *as, struct err *err);
	/* Adds to *out what the job's top module consists of, unless it is there already.
	 * ERR_TOOL: a sentence why that is not possible. NULL: not supported. */
	bool (*elaborate)(struct simulator *s, const struct sim_job *j, struct hardware *out,
			  struct err *err);
	/* Fills the empty *out with what drives what in the job's top module and
	 * below. Fails like elaborate(). NULL: not supported. */
	bool (*circuit)(struct simulator *s, const struct sim_job *j, struct circuit *out,
			struct err *err);
	/* True: *out is the result, also if the build failed; the caller calls
	 * run_report_fini(). False: it could not be run at all; *out is empty. to:
	 * borrowed; may be NULL. */
	bool (*run)(struct simulator *s, const struct run_job *j, const struct run_listener *to,
		    struct run_report *out, struct err *err);
	/* In a task: the version line that the tool prints, such as "Icarus Verilog
	 * version 11.0 (stable)"; the caller frees it. ERR_TOOL: it prints none
	 * within a few seconds. NULL: only its name is known. */
	bool (*version)(struct simulator *s, char **line, struct err *err);
	/* Replace available() and open() in a row that is created at run time and
	 * needs its own data; NULL in all others. */
	bool (*row_available)(const struct simulator_ops *row, char **where, struct err *err);
	struct simulator *(*row_open)(const struct simulator_ops *row, struct loop *l,
				      struct err *err);
	void *ctx; /* data of such a row */
};

/* Like available() and open(), for both kinds of rows. */
bool simulator_available(const struct simulator_ops *row, char **where, struct err *err);
struct simulator *simulator_open(const struct simulator_ops *row, struct loop *l, struct err *err);
/* In a task: its version line, or its name if there is none. The caller frees. */
char *simulator_says(struct simulator *s);

struct simulator {
	const struct simulator_ops *ops;
};

#endif
