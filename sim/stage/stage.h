/* stage.h - a job's sources as a small tree of their own.
 *
 * Map of sim/stage: what a tool gets to read. Knows no tool's arguments.
 *
 *   stage       a job's sources, and a run's files
 *   stage_text  what a staged source says differently from the project's
 *   pragmas     lint codes of newer Verilators in the sources
 *   nested      nested modules, lifted for the tools
 *   initial     values in declarations, as Verilog means them
 *   unnamed     instances of primitives without a name get one
 *
 * Tools run on copies: they see the given text, not what happens to be on disk;
 * messages have the project's relative paths; and blanks in the absolute path, or
 * folders that the tool must not see, do not matter.
 *
 *	DIR			products of a build: sim.vvp, o/, all.cpp, ...
 *	DIR/m/m/m/m		the mirror of the project's root
 *	DIR/m/m/m/m/rtl/a.sv	a copy of a source
 *	DIR/m/m/m/data		"../data" of the project, for a run
 *
 * Tools start in the mirror, so their products cannot collide with folders of the
 * project. A byte-order mark is staged as three blanks: tools treat it differently, and
 * columns stay the same.
 *
 * A private folder is locked (flock) for the life of its stage, so that leftovers of a
 * killed posedge can be recognised: whoever makes a new one removes them. They are in
 * memory, where nobody else would clean up.
 */
#ifndef POSEDGE_STAGE_H
#define POSEDGE_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "sim/sandbox/sandbox.h"

struct run_job;
struct sim_job;

/* The mirror relative to DIR, and back. */
#define STAGE_MIRROR "m/m/m/m"
#define STAGE_UP     "../../../.."

/* A file as it was staged. */
struct staged {
	char *path; /* relative to DIR */
	uint64_t size;
	struct timespec changed;
	ino_t inode;
};

struct stage {
	char *dir;	     /* absolute */
	char *mirror;	     /* absolute */
	int lock;	     /* of a private folder; -1: none */
	struct strv compile; /* files to pass to the tool, relative to the mirror */
	struct strv wrapped; /* the file to pass in place of each; "": itself */
	struct strv include; /* folders for -I, relative to the mirror, "." first */
	struct strv odd;     /* pairs: a name for the tool, and the path that it stands for */
	struct strv codes;   /* lint codes in the sources, see pragmas.h */
	bool dumps;	     /* a source calls $dumpvars; for a run only */
	bool forks;	     /* a source contains the word fork */
	bool annotates;	     /* a source contains $sdf_annotate */
	/* "t.sv:3", where a source first constrains random values; NULL: nowhere; for a run */
	char *constrained;

	/* For a run only. */
	const char *const *rooted;  /* job->rooted of stage_fill_run(), borrowed; NULL */
	char *start;		    /* working directory, relative to the mirror; "." */
	struct strv notes;	    /* sentences: what could not be staged, and why */
	bool incomplete;	    /* one of the notes is about a file */
	struct sandbox_bind *binds; /* large files, see stage_copy_large() */
	size_t n_binds;
	struct staged *laid; /* the staged files, to tell them from what a run writes */
	size_t n_laid, laid_cap;

	char *last_folder; /* created last, relative to DIR; NULL */
};

/* Stages sources only, in a new private temporary folder, or in a new folder below
 * `in`. Headers (.vh, .svh) are staged but not passed to the tool. */
bool stage_init(struct stage *s, const struct sim_job *job, const char *in, struct err *err);

/* Makes a new private folder; the caller frees the path. *lock: holds it, see above;
 * -1. NULL with err. */
char *stage_private(int *lock, struct err *err);

/* For a run: uses dir/src, or a new private folder if dir is NULL, with an empty
 * mirror. stage_fill_run() must follow; it finishes the stage on failure. */
bool stage_init_run(struct stage *s, const char *dir, struct err *err);

/* Stages the sources, the files that the run may read, and its working directory.
 * The literals of job->rooted lose their first "/" in the copies, here and in
 * stage_replace(), without moving columns. A file of up to STAGE_SMALL bytes is
 * copied while the total is below STAGE_COPIES, so that a run may overwrite it;
 * larger ones are put into binds. Anything but a regular file inside the project is
 * left out with a note. */
bool stage_fill_run(struct stage *s, const struct run_job *job, struct err *err);

#define STAGE_SMALL   (256u << 10)
#define STAGE_COPIES  (16u << 20)
#define STAGE_BINDS   256	  /* number of large files; more are left out with a note */
#define STAGE_UNBOUND (64u << 20) /* bytes copied if binds are not available */

/* For use without bubblewrap, where nothing can be bound and a link could be written
 * through: copies the files of binds, up to STAGE_UNBOUND, notes the rest, and
 * clears binds. */
void stage_copy_large(struct stage *s);

void stage_fini(struct stage *s); /* removes the tree */

#define STAGE_OLD "posedge_old_" /* begins the names of these: */

/* The i-th file for a tool that reads SystemVerilog: one with old names is included by a
 * file that sets the keywords for it. Relative to the mirror. */
const char *stage_compiled(const struct stage *s, size_t i);

/* The project's path for a name that a tool reported. Vvp 11 cannot read a file name
 * with a quote or a backslash, Verilator takes $x for a variable, and all tools take
 * -Wno-x.v and +define+x.v for options: such a source is passed as a link.
 * Verilator's products name files without folders: then the only source of that name
 * is meant. Borrowed from either. */
const char *stage_true_path(const struct stage *s, const char *path);

/* Replaces names of links by the paths of the project in text, such as output of a
 * testbench that prints `__FILE__. */
void stage_true_text(const struct stage *s, struct str *text);

/* Writes text to DIR/name, for a build; without fsync, as it is short-lived. */
bool stage_write(const struct stage *s, const char *name, const char *text, size_t len,
		 struct err *err);

/* Appends the path of DIR/name as seen from a run's working directory. */
void stage_add_product(const struct stage *s, const char *name, struct strv *argv);

/* Replaces the text of a staged source; the number of lines must not change. */
bool stage_replace(struct stage *s, const char *path, const char *text, size_t len,
		   struct err *err);

#endif
