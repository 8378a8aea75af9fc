/* sandbox.h - an argv wrapped so that what it runs can do little harm.
 *
 * With bubblewrap: no network, no home, a new set of processes that ends with
 * its first, the tools read-only, the devices that are none, one folder of ours
 * at /work. Inside it prlimit sets memory, processes, size of files, CPU time, no core dumps.
 * Where a part cannot be had (inside a container a new /proc, or namespaces at
 * all), it is left out step by step, and sandbox_missing() says which. What
 * can be had is found out by trying, once a boot, and kept in the cache.
 */
#ifndef POSEDGE_SANDBOX_H
#define POSEDGE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct loop;
struct str;
struct strv;

enum sandbox_level {
	SANDBOX_FULL,		/* bubblewrap, with a /proc of its own */
	SANDBOX_NO_PROC,	/* without /proc */
	SANDBOX_LIMITS,		/* no bubblewrap: only the limits */
	SANDBOX_NONE,		/* not even prlimit */
};

/* A file of ours that may be read inside, below dir, where a file or nothing is. */
struct sandbox_bind {
	char *from;	/* absolute */
	char *to;	/* relative to dir */
};

struct sandbox_spec {
	const char *dir;	/* absolute: /work inside */
	bool writable;		/* whether dir may be written */
	const char *cwd;	/* below dir; "" = dir itself */
	const char *read_only;	/* absolute: one more folder to read, at /rt; NULL */
	const char *read_write;	/* the same, writable; NULL */
	const struct sandbox_bind *binds;	/* bubblewrap only: without it they are not there */
	size_t n_binds;
	uint64_t memory;	/* bytes of address space; 0 = no limit */
	uint64_t file_size;	/* bytes */
	uint64_t cpu_s;
	unsigned processes;
	bool limits_inside;	/* argv sets them itself, see sandbox_limits() */
};

/* In a task: tries, or reads what an earlier try found. A try that is cancelled
 * or takes too long finds nothing: full protection then, which works or says
 * why not, and nothing is kept. */
enum sandbox_level sandbox_probe(struct loop *l);

/* The argv to start, and in *cwd the folder to start it in (the caller frees).
 * Paths of dir inside argv: use sandbox_dir() and sandbox_rt(). */
void sandbox_wrap(enum sandbox_level level, const struct sandbox_spec *spec,
		  const char *const *argv, struct strv *out, char **cwd);

/* The limits as lines for sh, for an argv that runs it anyway: one program less
 * to start than prlimit. They end the script when they cannot be set. */
void sandbox_limits(enum sandbox_level level, const struct sandbox_spec *spec, struct str *out);

/* How dir and the read_only folder are called inside. Borrowed from spec. */
const char *sandbox_dir(enum sandbox_level level, const struct sandbox_spec *spec);
const char *sandbox_rt(enum sandbox_level level, const struct sandbox_spec *spec);

/* "network, home folder and process isolation (bubblewrap is not installed)";
 * "" when nothing is missing. */
const char *sandbox_missing(enum sandbox_level level);

/* For `doctor`, in a task. */
void sandbox_describe(struct loop *l, struct str *out);

#endif
