/* sandbox.h - wraps an argv so that the program can do little harm.
 *
 * Map of sim/sandbox: confinement and limits. Knows no tool.
 *
 *   sandbox sandbox_probe  bubblewrap and limits; what of them this machine allows
 *   confine                likewise for an agent or a tool server
 *   launch launcher        the first program inside, and its file
 *   seccomp                system calls that are refused
 *   totals watch           total resource use of a run, and its end beyond the limits
 *   processes              the processes of a run
 *
 * With bubblewrap: no network unless requested, no home, a new pid namespace that
 * ends with its first process, read-only tools, only harmless devices, one folder of
 * ours at /work, a system call filter (seccomp.h), no nested namespaces. Inside it a
 * launcher of our own (launch.h; where there is none, setpriv and prlimit) sets
 * memory, processes, file size, CPU time, and no core dumps, and becomes the program.
 * Bubblewrap itself starts without our environment, since the program inside can read
 * that of its first process. For root the kernel does not count processes, so
 * programs started by root run as another user, with access to root's files. Parts
 * that are not available (a new /proc inside a container, or namespaces at all) are
 * dropped step by step, and sandbox_missing() lists them. What is available is found
 * by trial, and cached until something it depends on changes (sandbox_probe.c).
 */
#ifndef POSEDGE_SANDBOX_H
#define POSEDGE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

struct child_spec;
struct loop;

enum sandbox_level {
	SANDBOX_FULL,	 /* bubblewrap, with its own /proc */
	SANDBOX_NO_PROC, /* without /proc */
	SANDBOX_LIMITS,	 /* no bubblewrap: only the limits */
	SANDBOX_NONE,	 /* not even prlimit */
};

/* Parts of bubblewrap in addition to the level; flags. */
enum sandbox_part {
	SANDBOX_FILTER = 1u << 0,     /* system call filter, see seccomp.h */
	SANDBOX_OTHER_USER = 1u << 1, /* if we are root: run as another user */
	SANDBOX_NO_USERNS = 1u << 2,  /* if we are not: --disable-userns */
	SANDBOX_LAUNCHER = 1u << 3,   /* launch.c starts the program */
	/* In place of SANDBOX_OTHER_USER, by the caller: stay root, without capabilities. */
	SANDBOX_ROOT = 1u << 4,
};

struct sandbox {
	enum sandbox_level level;
	unsigned parts; /* of enum sandbox_part */
};

/* The command to start. */
struct sandbox_start {
	struct strv argv, env;
	char *cwd;
	int filter; /* descriptor; 0: none */
	bool takes_job;
};

/* A file of ours, readable inside below dir, in place of a file or nothing. */
struct sandbox_bind {
	char *from; /* absolute */
	char *to;   /* relative to dir */
};

/* A path visible inside at another place; skipped if it does not exist. */
struct sandbox_place {
	const char *from, *at; /* absolute */
	bool writable;
};

#define SANDBOX_TMP (64u << 20)

/* A line for sh that lowers the priority of its session. A sandbox is a session of
 * its own, and between sessions the kernel (autogroup) ignores the priority of a
 * process. Fails if the kernel has no autogroups or, unless run by root, within 0.1
 * s of another such call on this machine. */
#define SANDBOX_YIELD "{ echo 10 >/proc/self/autogroup; } 2>/dev/null"

/* Upper bound for the sandbox's own processes. */
#define SANDBOX_OWN 4

struct sandbox_spec {
	const char *dir; /* absolute: /work inside */
	/* absolute: mount dir here instead, over what is visible there; NULL */
	const char *at;
	bool writable;		/* dir is writable */
	const char *cwd;	/* below dir; "": dir itself */
	const char *tmp;	/* absolute: /tmp inside; NULL: SANDBOX_TMP bytes in memory */
	const char *read_only;	/* absolute: another folder, readable at /rt; NULL */
	const char *read_write; /* likewise, writable; NULL */
	const struct sandbox_bind *binds; /* with bubblewrap only; otherwise missing */
	size_t n_binds;
	/* Absolute paths, readable at their own places, outer ones first; NULL. */
	const char *const *seen;
	const struct sandbox_place *places; /* with bubblewrap only, too */
	size_t n_places;
	bool network; /* the host's */
	/* Only /dev/null of the devices: a reader of sources needs no others, and
	 * including one such as /dev/zero would never end. A run whose code opens
	 * files of /dev by name, or by an unknown name, gets them all the same. */
	bool sources_only;
	/* "NAME=VALUE" in addition to PATH and LANG; NULL-terminated; NULL: none */
	const char *const *env;
	/* env is complete, and is passed so that a process list does not show it */
	bool whole_env;
	uint64_t memory;    /* bytes of address space; 0: no limit */
	uint64_t file_size; /* bytes */
	uint64_t cpu_s;
	unsigned processes; /* with threads; the kernel refuses far more than that */
	bool limits_inside; /* argv sets the limits itself, see sandbox_limits() */
	/* Where there is a launcher, it takes a job from stdin (launch.h) in place of
	 * argv and sets the limits itself; then sandbox_start.takes_job is true. */
	bool job;
};

/* Call in a task: reads the cached result or probes. If the probe is cancelled or
 * takes too long, returns full protection, which works or says why not, and caches
 * nothing. */
struct sandbox sandbox_probe(struct loop *l);

/* $POSEDGE_BWRAP if set (the file may be missing), else "bwrap". */
const char *sandbox_bwrap(void);

/* argv must name paths in dir by sandbox_dir() and sandbox_rt(). */
void sandbox_wrap(struct sandbox box, const struct sandbox_spec *spec, const char *const *argv,
		  struct sandbox_start *out);
void sandbox_start_fini(struct sandbox_start *s);

/* Sets argv, env, cwd and pass_fd of child; they are borrowed from s. */
void sandbox_start_into(const struct sandbox_start *s, struct child_spec *child);

/* Appends the limits as lines for sh, for an argv that is a shell script: saves
 * starting prlimit. They end the script if they cannot be set. */
void sandbox_limits(struct sandbox box, const struct sandbox_spec *spec, struct str *out);

/* Paths of dir and of the read_only folder inside. Borrowed from spec. */
const char *sandbox_dir(struct sandbox box, const struct sandbox_spec *spec);
const char *sandbox_rt(struct sandbox box, const struct sandbox_spec *spec);

/* True if it protects the user's files and the network at all. */
bool sandbox_isolates(struct sandbox box);

/* Appends the missing protections, to follow "without"; nothing if all are there. */
void sandbox_missing(struct sandbox box, struct str *out);

/* For `doctor`; call in a task. */
void sandbox_describe(struct loop *l, struct str *out);

#endif
