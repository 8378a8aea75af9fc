/* confine.h - the port to what confines an untrusted program.
 *
 * For programs that the user's own configuration names but nobody has reviewed: a
 * coding agent, a tool server. Such a program sees the system's tools read-only,
 * one folder that it may write, the files named here, and the network if allowed;
 * no home folder, no other process, and nothing of our environment. Declared here
 * because backends and tools use it; sim/ implements it.
 */
#ifndef POSEDGE_CONFINE_H
#define POSEDGE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;

/* One of our files or folders made visible inside; skipped if it does not exist. */
struct confine_place {
	const char *from, *at; /* absolute */
	bool writable;
};

struct confine_limits {	    /* 0: no limit */
	uint64_t file_size; /* bytes of the largest file it may write; enforced by the kernel */
	uint64_t disk;	    /* bytes below the folder and in /tmp; checked by confine_ops.over() */
	uint64_t files;	    /* files and folders there; checked by over() */
	uint64_t memory;    /* bytes of all its processes together; checked by over() */
	unsigned processes; /* processes and threads; checked by over(), and by the kernel at a
			     * much higher limit */
};

struct confine_spec {
	const char *const *argv;	    /* argv[0] is looked up in the PATH inside */
	const char *folder;		    /* absolute: writable; it starts there */
	const char *at;			    /* absolute: path of folder inside */
	const char *tmp;		    /* absolute: becomes its /tmp; NULL: a small one in
					     * memory */
	const struct confine_place *places; /* later ones hide earlier ones, folder hides all */
	size_t n_places;
	/* "NAME=VALUE"; PATH and LANG have defaults. Not visible in any list of
	 * processes. NULL: nothing more. */
	const char *const *env;
	bool network; /* that of this machine, including services that listen only locally */
	struct confine_limits limits;
};

/* The program to start, for a struct child_spec. */
struct confined {
	struct strv argv, env; /* env is the complete environment */
	char *cwd;
	int pass_fd; /* passed as the child's descriptor 3; 0: none */
};

struct confine_ops {
	/* In a task. ERR_TOOL when this machine cannot confine a program: there is
	 * no weaker form. Give *out back with release(). */
	bool (*wrap)(struct loop *l, const struct confine_spec *spec, struct confined *out,
		     struct err *err);
	void (*release)(struct confined *c);
	/* Like over(), for the pool: leaves err unchanged when no limit is exceeded. */
	void (*measure)(const char *folder, int pid, const struct confine_limits *lim,
			struct err *err);
	/* In a task: true if the processes below pid exceed the limits, with a
	 * sentence in err ("writes more than 2048 MB"). False: they do not, or the
	 * task was cancelled; err is not set. */
	bool (*over)(struct loop *l, const char *folder, int pid, const struct confine_limits *lim,
		     struct err *err);
};

#endif
