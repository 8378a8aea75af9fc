/* confine.h - the port to what shuts a foreign program in.
 *
 * For programs that a person's own configuration names but nobody has read: a
 * coding agent, a server of tools. Such a one sees the tools of the system
 * read-only, one folder that it may write, what is named here, and the network
 * if that is allowed; no home folder, no other process, none of our
 * environment. Lives here because backends and tools ask; sim/ answers.
 */
#ifndef POSEDGE_CONFINE_H
#define POSEDGE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;

/* A file or folder of ours as it is seen inside; left out where it is not there. */
struct confine_place {
	const char *from, *at; /* absolute */
	bool writable;
};

struct confine_limits {	    /* 0: none */
	uint64_t file_size; /* bytes of the largest file it may write, by the kernel */
	uint64_t disk;	 /* bytes below the folder and in /tmp, as confine_ops.over() sees them */
	uint64_t files;	 /* the same, files and folders */
	uint64_t memory; /* bytes of all its processes together, likewise */
	unsigned processes; /* and threads; by the kernel far above that, else likewise */
};

struct confine_spec {
	const char *const *argv;	    /* argv[0] is looked up in the PATH inside */
	const char *folder;		    /* absolute: may be written; it starts there */
	const char *at;			    /* absolute: how folder is called inside */
	const char *tmp;		    /* absolute: its /tmp; NULL: a small one in memory */
	const struct confine_place *places; /* later ones over earlier ones, folder over all */
	size_t n_places;
	/* "NAME=VALUE"; PATH and LANG have a value if it gives none. No list of
	 * processes shows it. NULL: nothing more. */
	const char *const *env;
	bool network; /* this machine's: also what listens on it alone */
	struct confine_limits limits;
};

/* What is to be started; for a struct child_spec. */
struct confined {
	struct strv argv, env; /* env is all of it */
	char *cwd;
	int pass_fd; /* the child's descriptor 3; 0: none */
};

struct confine_ops {
	/* In a task. ERR_TOOL where this machine cannot shut a program in: there is
	 * no weaker form. *out is to be given back with release(). */
	bool (*wrap)(struct loop *l, const struct confine_spec *spec, struct confined *out,
		     struct err *err);
	void (*release)(struct confined *c);
	/* The same as over(), for the pool: err stays as it is when all is well. */
	void (*measure)(const char *folder, int pid, const struct confine_limits *lim,
			struct err *err);
	/* In a task: whether what runs below pid now uses more than the limits, as a
	 * sentence in err ("writes more than 2048 MB"). False without err: the task
	 * was cancelled, or all is well. */
	bool (*over)(struct loop *l, const char *folder, int pid, const struct confine_limits *lim,
		     struct err *err);
};

#endif
