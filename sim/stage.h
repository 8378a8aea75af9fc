/* stage.h - a job's sources as a small tree of their own.
 *
 * Tools run on copies: what is linted is the text given, not what happens to
 * be on disk; messages carry the project's relative paths; and a path with a
 * blank, or a folder that the tool must not see, is out of the picture.
 *
 *	DIR			what a build makes: sim.vvp, o/, all.cpp, ...
 *	DIR/m/m/m/m		the mirror of the project's root
 *	DIR/m/m/m/m/rtl/a.sv	a source, as a copy
 *	DIR/m/m/m/data		"../data" of the project, for a run
 *
 * Tools start in the mirror, so nothing that they make can meet a folder of
 * the project. A byte-order mark is staged as three blanks: tools differ in
 * what they make of it, and columns stay as they are.
 *
 * A private folder is locked (flock) as long as its stage lives, so that those
 * of a posedge that was killed can be told from the others: whoever makes a new
 * one removes them. They lie in memory, where nobody else would look.
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
#include "sim/sandbox.h"

struct run_job;
struct sim_job;

/* The mirror, from DIR; and back, from the mirror. */
#define STAGE_MIRROR "m/m/m/m"
#define STAGE_UP     "../../../.."

/* A file as it was laid there. */
struct staged {
	char *path; /* relative to DIR */
	uint64_t size;
	struct timespec changed;
	ino_t inode;
};

struct stage {
	char *dir;	     /* absolute */
	char *mirror;	     /* absolute */
	int lock;	     /* of a private one; -1 */
	struct strv compile; /* files to name to the tool, relative to the mirror */
	struct strv include; /* folders for -I, relative to the mirror, "." first */
	struct strv odd;     /* a name for a tool, and the path that it stands for, in turn */
	struct strv codes;   /* of lint that the sources name, see pragmas.h */
	bool dumps;	     /* a source calls $dumpvars; a run's only */
	bool forks;	     /* the word fork stands in a source */

	/* A run's only. */
	const char *const *rooted;  /* job->rooted of stage_fill_run(), borrowed; NULL */
	char *start;		    /* where it starts, relative to the mirror; "." */
	struct strv notes;	    /* sentences: what could not be laid ready, and why */
	bool incomplete;	    /* a file is among them */
	struct sandbox_bind *binds; /* large files, see stage_copy_large() */
	size_t n_binds;
	struct staged *laid; /* what was laid there, to be told from what a run writes */
	size_t n_laid, laid_cap;

	char *last_folder; /* made last, relative to DIR; NULL */
};

/* Sources only, in a new private folder for temporary files, or in a new folder of
 * the folder in. Headers (.vh, .svh) are staged but not named. */
bool stage_init(struct stage *s, const struct sim_job *job, const char *in, struct err *err);

/* A new private folder; the caller frees. *lock: keeps it, see above; -1. NULL: err. */
char *stage_private(int *lock, struct err *err);

/* For a run: dir/src, or a new private folder when dir is NULL, with its mirror, empty;
 * then stage_fill_run() has to follow, which finishes it when it fails. */
bool stage_init_run(struct stage *s, const char *dir, struct err *err);

/* The sources, the files it may read, and its start folder. The literals of job->rooted
 * lose their first "/" in the copies, here and in stage_replace(), at the same columns. A
 * file of up to STAGE_SMALL bytes is copied, as long as they are below STAGE_COPIES
 * together, so that a run may write over it; the others wait in binds. What is
 * not a plain file inside the project is left out with a note. */
bool stage_fill_run(struct stage *s, const struct run_job *job, struct err *err);

#define STAGE_SMALL   (256u << 10)
#define STAGE_COPIES  (16u << 20)
#define STAGE_BINDS   256	  /* more large files than that are left out with a note */
#define STAGE_UNBOUND (64u << 20) /* copied in all where binds cannot be had */

/* Without bubblewrap nothing can be bound, and a link could be written through:
 * copies what is in binds, up to STAGE_UNBOUND, notes the rest, leaves none. */
void stage_copy_large(struct stage *s);

void stage_fini(struct stage *s); /* removes the tree */

/* A path as the project has it, of one that a tool names. Vvp 11 cannot read a file
 * name with a quote or a backslash, Verilator takes $x for a variable, and all tools
 * take -Wno-x.v and +define+x.v for options: such a source is named by a link. What
 * Verilator built tells the name of a file without its folder: the only source of that
 * name is meant. Borrowed from either. */
const char *stage_true_path(const struct stage *s, const char *path);

/* Text as DIR/name, for a build; no fsync, nobody needs it for long. */
bool stage_write(const struct stage *s, const char *name, const char *text, size_t len,
		 struct err *err);

/* Adds to argv how DIR/name is called from the folder where a run starts. */
void stage_add_product(const struct stage *s, const char *name, struct strv *argv);

/* Text of a source in place of what lies in the stage; the same number of lines. */
bool stage_replace(struct stage *s, const char *path, const char *text, size_t len,
		   struct err *err);

#endif
