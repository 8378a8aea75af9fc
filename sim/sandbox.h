/* sandbox.h - an argv wrapped so that what it runs can do little harm.
 *
 * With bubblewrap: no network unless it is asked for, no home, a new set of
 * processes that ends with its first, the tools read-only, the devices that are
 * none, one folder of ours at /work; a filter of system calls (seccomp.h), no
 * namespaces inside. Inside it prlimit sets memory, processes, size of files, CPU
 * time, no core dumps. Bubblewrap itself starts with nothing of our environment:
 * what runs inside can read that of its first process. For root the kernel counts
 * no processes, so what root starts runs as another user, with the right to its
 * files. Where a part cannot be had (inside a container a new /proc, or namespaces
 * at all), it is left out step by step, and sandbox_missing() says which. What can
 * be had is found out by trying, once a boot, and kept in the cache.
 */
#ifndef POSEDGE_SANDBOX_H
#define POSEDGE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct child_spec;
struct loop;

enum sandbox_level {
	SANDBOX_FULL,	 /* bubblewrap, with a /proc of its own */
	SANDBOX_NO_PROC, /* without /proc */
	SANDBOX_LIMITS,	 /* no bubblewrap: only the limits */
	SANDBOX_NONE,	 /* not even prlimit */
};

/* What bubblewrap does beside its level; flags. */
enum sandbox_part {
	SANDBOX_FILTER = 1u << 0,     /* system calls are refused, see seccomp.h */
	SANDBOX_OTHER_USER = 1u << 1, /* when we are root: not as root */
	SANDBOX_NO_USERNS = 1u << 2,  /* when we are not: --disable-userns */
};

struct sandbox {
	enum sandbox_level level;
	unsigned parts; /* of enum sandbox_part */
};

/* What is started, and how. */
struct sandbox_start {
	struct strv argv, env;
	char *cwd;
	int filter; /* a descriptor; 0: none */
};

/* A file of ours that may be read inside, below dir, where a file or nothing is. */
struct sandbox_bind {
	char *from; /* absolute */
	char *to;   /* relative to dir */
};

/* What is seen inside at a place of its choice; left out where it is not there. */
struct sandbox_place {
	const char *from, *at; /* absolute */
	bool writable;
};

#define SANDBOX_TMP (64u << 20)

/* Processes that the sandbox itself takes at the most. */
#define SANDBOX_OWN 4

struct sandbox_spec {
	const char *dir;	/* absolute: /work inside */
	const char *at;		/* absolute: there instead, laid over whatever is seen; NULL */
	bool writable;		/* whether dir may be written */
	const char *cwd;	/* below dir; "" = dir itself */
	const char *tmp;	/* absolute: /tmp inside; NULL: in memory, SANDBOX_TMP bytes */
	const char *read_only;	/* absolute: one more folder to read, at /rt; NULL */
	const char *read_write; /* the same, writable; NULL */
	const struct sandbox_bind *binds; /* bubblewrap only: without it they are not there */
	size_t n_binds;
	const char *const
		*seen; /* absolute, to be read at their own places, the outer one first; NULL */
	const struct sandbox_place *places; /* bubblewrap only, too */
	size_t n_places;
	bool network; /* this machine's, as it is */
	/* of the devices only /dev/null: what reads sources has no use for the others, and
	 * one that is included, such as /dev/zero, has no end. A run whose code opens files
	 * of /dev by name, or any file by a name that cannot be told, has them all the same */
	bool sources_only;
	const char *const *env; /* "NAME=VALUE" beside PATH and LANG; NULL-terminated; NULL: none */
	/* env is all of it, and passed on where a list of processes does not show it */
	bool whole_env;
	uint64_t memory;    /* bytes of address space; 0 = no limit */
	uint64_t file_size; /* bytes */
	uint64_t cpu_s;
	unsigned processes; /* and threads; the kernel refuses what is far above */
	bool limits_inside; /* argv sets them itself, see sandbox_limits() */
};

/* In a task: tries, or reads what an earlier try found. A try that is cancelled
 * or takes too long finds nothing: full protection then, which works or says
 * why not, and nothing is kept. */
struct sandbox sandbox_probe(struct loop *l);

/* Paths of dir inside argv: use sandbox_dir() and sandbox_rt(). */
void sandbox_wrap(struct sandbox box, const struct sandbox_spec *spec, const char *const *argv,
		  struct sandbox_start *out);
void sandbox_start_fini(struct sandbox_start *s);

/* Sets argv, env, cwd and pass_fd of child; borrowed from s. */
void sandbox_start_into(const struct sandbox_start *s, struct child_spec *child);

/* The limits as lines for sh, for an argv that runs it anyway: one program less
 * to start than prlimit. They end the script when they cannot be set. */
void sandbox_limits(struct sandbox box, const struct sandbox_spec *spec, struct str *out);

/* How dir and the read_only folder are called inside. Borrowed from spec. */
const char *sandbox_dir(struct sandbox box, const struct sandbox_spec *spec);
const char *sandbox_rt(struct sandbox box, const struct sandbox_spec *spec);

/* Whether it keeps what runs from the person's files and the network at all. */
bool sandbox_isolates(struct sandbox box);

/* Adds the protections that are missing, to follow "without"; nothing if all are there. */
void sandbox_missing(struct sandbox box, struct str *out);

/* For `doctor`, in a task. */
void sandbox_describe(struct loop *l, struct str *out);

#endif
