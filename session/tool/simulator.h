/* simulator.h - the port to what lints and simulates.
 *
 * Map of session/tool: ports to EDA tools, and the data that comes through
 * them. Knows no tool: those are in sim/.
 *
 *   simulator            lint, run, elaborate
 *   viewer revisions     a waveform viewer, older versions of files
 *   prover               two designs equal, assertions true
 *   confine              a foreign program shut in
 *   hardware hardware_*  a design as hardware, and what changed in it
 *   circuit              a design as statements: what drives what
 *
 * Lives here because the session asks; sim/ answers. A source is text, not a
 * file: what is linted and run is what the person sees. Each operation waits in
 * the caller's task and returns the result; the job it is given must stay as it
 * is until then. Cancelling the task cancels the operation: the tools are gone
 * when it fails with ERR_CANCELLED. One simulator can serve several tasks.
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
	const char *text; /* NULL: as it is on disk */
	size_t len;
	bool included; /* comes with who includes it: laid ready, not named to the tool */
	bool nested;   /* a module stands within another one: tools get them side by side */
};

#define SIM_LINT_CPU_S 30u /* the most for any job */

struct sim_job {
	const char *root;	      /* the project's folder, absolute */
	const struct source *sources; /* in the order the tool shall read them */
	size_t n;
	const char *top;		 /* module; NULL: the tool's choice */
	const char *const *include_dirs; /* relative to root, NULL-terminated; may be NULL */
	const char *const *defines;	 /* "NAME" or "NAME=VALUE"; may be NULL */
	const char *const *parameters;	 /* "NAME=VALUE", of top; may be NULL */
	/* "1ns/1ps": what modules run in before the first timescale of a source, since nobody
	 * means the second of one tool or the picosecond of the other; NULL: no matter */
	const char *times;
	bool times_of_unit; /* a source says timeunit outside of modules, and the first does not */
	enum lang lang;
	bool lang_fixed; /* lang was chosen by a person: no other is tried */
	bool yields;	 /* somebody types meanwhile: the tools get a lower priority */
	unsigned cpu_s;	 /* processor time that a lint may take; 0: SIM_LINT_CPU_S */
};

/* A file of the project that simulated code may open, beside the sources. */
struct sim_file {
	const char *path;  /* relative to the root, clean */
	const char *place; /* where the run finds it, relative to the mirror of the root; may
				 * begin with "../"; NULL: at path */
};

struct sim_limits {
	uint64_t build_ms, run_ms; /* wall time */
	uint64_t cpu_s;	    /* processor time of each process; 0: twice the wall time and some */
	uint64_t memory;    /* bytes of address space for each process, and of memory in all */
	uint64_t output;    /* bytes printed */
	uint64_t file_size; /* bytes of the largest file written */
	uint64_t disk;	    /* bytes written in all and not removed */
	uint64_t files;	    /* files and folders made in all and not removed */
	unsigned processes; /* and threads, at a time */
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

/* A testbench that is a command of the person's own, see `testbench add`. */
struct sim_command {
	const char *line;    /* for sh, in the mirror's root */
	const char *results; /* JUnit's XML that it writes, relative to the root; NULL: none */
	const char *waves;   /* the dump that counts, relative to the root; NULL: the newest */
};

struct run_job {
	struct sim_job design; /* top: the testbench */
	const char *out_dir;   /* absolute, exists, only ours: output.txt and wave.vcd go there */
	struct sim_limits limits;
	bool trace;	/* write waves */
	bool fst;	/* as FST where the engine can, else VCD */
	bool unguarded; /* a person agreed to a run without a sandbox, where there is none */
	const char *const *plusargs;  /* "+seed=3"; may be NULL */
	const struct sim_file *files; /* what it may read */
	size_t n_files;
	const char *const *
		/* made empty where they are not there, places as those of files; may be
		 * NULL */
		folders;
	/* Literals "/home/ann/rom.hex" of the sources: the run opens home/ann/rom.hex, from
	 * where it starts. Each begins with one or more "/"; may be NULL. */
	const char *const *rooted;
	bool devices; /* what is simulated opens files of /dev: it has some that hold nothing */
	const char *start_dir; /* folder it starts in, relative to the root; NULL: the root */
	/* Above 0: registers and x of a two-state engine start with values drawn
	 * with it; 0: as the engine likes, always the same. */
	unsigned seed;
	/* So often a two-state engine simulates once more with other initial
	 * values, when the first run was whole and short, and says beside the
	 * verdict when that depends on them. */
	unsigned more_seeds;
	/* So often the same build is run once more, after the first run passed: the n-th
	 * with "+posedge_variant=N" in a folder of its own, and before them one with 0.
	 * Each may take twenty times the processor time of that one, and variant_ms
	 * at least; never more than limits.run_ms. */
	/* Count what is reached, into out_dir/coverage.dat, see session/mutant/coverage.h.
	 * Engines that cannot refuse with ERR_TOOL. */
	bool coverage;
	unsigned variants; /* below 10,000,000 */
	uint64_t variant_ms;
	const struct sim_command *command; /* only for the engine `command`, which needs it; NULL */
	/* The folder of the build, in out_dir, is removed on the pool and may be there
	 * still when run() returns: nobody waits for it. out_dir stays until the loop ends. */
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
	RUN_LIMIT_MACHINE, /* this machine had hardly any memory left */
	/* its disk had hardly any space left, or what was printed could not be kept */
	RUN_LIMIT_DISK,
};

/* What took its time: "translating", "compiling", "running". */
struct run_step {
	char *name;
	uint64_t ms;
};

/* A file that the simulation made or changed; below out_dir/written. */
struct run_file {
	char *path;    /* relative to the mirror of the root; may begin with "../" */
	uint64_t size; /* bytes */
};

#define RUN_FILES_MAX 1000

/* What became of a run. It owns what it points to; no string is NULL. */
struct run_report {
	struct run_result result;
	const struct diag_list *found; /* what the build said */
	char *output_path;	       /* absolute; "" = nothing was run */
	uint64_t output_len;	       /* bytes */
	char *wave_path;	       /* absolute; "" = none was written */
	uint64_t build_ms, run_ms;
	char *unprotected; /* which protection was missing, in words; "" = none */
	enum lang lang;	   /* as what it was built: the job's, or the other when only that builds */
	enum run_limit limit;
	char *limit_step;	/* of run_step.name, which one the limit ended; "" = none */
	char *coverage_path;	/* absolute: what was counted, see run_job.coverage; "" = nothing */
	char *log_path;		/* absolute: what the build's tools printed; "" = nothing */
	struct run_step *steps; /* in order; those that were begun */
	size_t n_steps;
	struct run_file *written; /* sorted; at most RUN_FILES_MAX */
	size_t n_written;
	bool more_written; /* there are others, not listed */
	struct strv notes; /* sentences about what could not be laid ready */
};

void run_report_fini(struct run_report *r); /* { 0 } is fine */

/* For simulators, at the end of a run: strings that are NULL become "". */
void run_report_complete(struct run_report *r);

/* Who follows a run; called in the task that runs it. Either may be NULL. */
struct run_listener {
	/* What is being done now: "translating", "compiling", "running"; for people. */
	void (*progress)(void *ctx, const char *step);
	/* A line that the simulation printed, without its newline; borrowed. */
	void (*line)(void *ctx, const char *line, size_t len);
	void *ctx;
	/* What a variant came to, in any order after 0, which may come again; false: no
	 * further ones. NULL: none is run. */
	bool (*variant)(void *ctx, unsigned n, const struct run_result *r);
};

struct simulator; /* each begins with it */

enum simulator_kind {
	SIMULATOR_REAL,
	SIMULATOR_FAKE, /* answers as it is told; a file that nobody trusted cannot choose it */
	/* runs a command of the person's own: chosen by testbench, never as `engine` */
	SIMULATOR_COMMAND,
};

struct simulator_ops {
	const char *name; /* as `--engine` spells it */
	enum simulator_kind kind;
	const char *needs; /* the Debian package it comes from; "" = none */
	bool (*available)(char **where, struct err *err); /* where it lies; the caller frees */
	/* False: the first run compiles something that takes half a minute, once.
	 * NULL: always ready. */
	bool (*ready)(bool trace, bool fst);
	/* In a task: whether what it runs is kept from the rest of the machine; if
	 * not, run() refuses with ERR_CONSENT but for run_job.unguarded. NULL: it
	 * runs nothing. */
	bool (*isolates)(struct loop *l);
	struct simulator *(*open)(struct loop *l, struct err *err);
	void (*close)(struct simulator *s); /* no operation is under way; NULL is fine */

	/* In a task, all three. *found: a new list, which the caller frees; empty is
	 * clean. *as: the language that was read, the job's, or the other when only
	 * that has no errors. False: why nothing can be said (tool missing, crashed,
	 * timed out; ERR_LIMIT: more processor time or output than it may have, which
	 * will be so again); *found then holds what came before, or is NULL. */
	bool (*lint)(struct simulator *s, const struct sim_job *j, struct diag_list **found,
		     enum lang *as, struct err *err);
	/* Adds to *out what it does not have of what the job's top module is made
	 * of. ERR_TOOL: in a sentence why that cannot be said. NULL: it never can. */
	bool (*elaborate)(struct simulator *s, const struct sim_job *j, struct hardware *out,
			  struct err *err);
	/* *out, which is empty: what drives what in the job's top module and below. Fails
	 * as elaborate() does. NULL: it never can. */
	bool (*circuit)(struct simulator *s, const struct sim_job *j, struct circuit *out,
			struct err *err);
	/* True: *out tells what became of it, also when it did not build; the caller
	 * calls run_report_fini(). False: it could not be run at all; *out is empty.
	 * to: borrowed; NULL: nobody listens. */
	bool (*run)(struct simulator *s, const struct run_job *j, const struct run_listener *to,
		    struct run_report *out, struct err *err);
	/* In a task: what the tool says of itself, a line for the caller to free, such as
	 * "Icarus Verilog version 11.0 (stable)". ERR_TOOL: it says nothing within a few
	 * seconds. NULL: nothing but its name is known. */
	bool (*version)(struct simulator *s, char **line, struct err *err);
	/* In place of available() and open(), for a row that is made while the program
	 * runs and has to know itself; NULL in all others. */
	bool (*row_available)(const struct simulator_ops *row, char **where, struct err *err);
	struct simulator *(*row_open)(const struct simulator_ops *row, struct loop *l,
				      struct err *err);
	void *ctx; /* such a row's own */
};

/* available() and open() of a row of either kind. */
bool simulator_available(const struct simulator_ops *row, char **where, struct err *err);
struct simulator *simulator_open(const struct simulator_ops *row, struct loop *l, struct err *err);
/* In a task: its version, or its name where that is all there is. The caller frees. */
char *simulator_says(struct simulator *s);

struct simulator {
	const struct simulator_ops *ops;
};

#endif
