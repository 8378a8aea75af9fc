/* child.h - runs another program: takes an argv, reports its output and how it
 * ended.
 *
 * The child leads its own process group, so cancelling it, a limit, or our own end
 * kills everything it started. It inherits no descriptors except 0, 1, 2 and
 * pass_fd. No shell is involved. Limits on memory, processes and file size are not
 * set here: sim/sandbox/sandbox.h puts them into the argv.
 */
#ifndef POSEDGE_CHILD_H
#define POSEDGE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;
struct child;

struct child_spec {
	const char *const *argv; /* argv[0] is looked up in PATH */
	const char *cwd;	 /* NULL: ours */
	const char *const *env;	 /* NULL: ours */
	const char *input;	 /* written to its stdin, copied; NULL: stdin is /dev/null */
	size_t input_len;
	uint64_t wall_ms;    /* killed after this time; 0 = never */
	size_t output_limit; /* of both streams together, in bytes; killed above it; 0 = none */
	bool yields;	     /* lower priority than ours, so that keys are answered first */
	bool streams;	     /* prints an answer in pieces, which are read together: rest.h */
	bool talks;	     /* stdin stays open for child_say(); not together with input */
	bool terminal;	     /* gets our stdin, stdout and stderr, and stays in our group */
	/* Written to its stdin when a limit is reached; the child is killed only
	 * grace_ms later, so it can print what it buffers. Until then stdin stays
	 * open. NULL: killed at once. Not together with input. */
	const char *farewell;
	uint64_t grace_ms; /* also of child_hang_up() */
	int pass_fd; /* becomes its descriptor 3; the caller keeps it open and closes it; 0: none */
};

struct child_result {
	int status;	  /* exit status; -1 when a signal ended it */
	int signal;	  /* 0 = none */
	bool timed_out;	  /* wall_ms ran out and we ended it */
	bool flooded;	  /* output_limit was passed and we ended it */
	bool cancelled;	  /* child_cancel() killed it */
	uint64_t wall_ms; /* how long it lived */
	uint64_t cpu_ms;  /* processor time of the child and everything it waited for; includes
			   * that of our other children that ended meanwhile */
};

/* out: output as it arrives, stream 1 or 2; may be NULL. done: called once and
 * last, when the child has ended and both streams were read to their end. Both are
 * called from the loop, never from inside child_start(). */
struct child_events {
	void (*out)(void *ctx, int stream, const char *data, size_t len);
	void (*done)(void *ctx, const struct child_result *r);
	void *ctx;
};

/* Fails with ERR_TOOL when the program cannot be started (err names it and says
 * whether it is missing). The child frees itself after done. */
struct child *child_start(struct loop *l, const struct child_spec *spec,
			  const struct child_events *ev, struct err *err);

/* Restarts its time limit at wall_ms from now; 0 = no limit. */
void child_set_wall(struct child *c, uint64_t wall_ms);

/* Writes a short line to its stdin; needs spec.talks or a farewell. False when the
 * child does not read or has ended. */
bool child_say(struct child *c, const char *text, size_t len);

/* Like child_say() for any length. The data is copied and written as the child
 * reads it. Needs spec.talks. ERR_LIMIT when more than CHILD_UNREAD_MAX bytes wait
 * unread, ERR_IO when the child has closed its stdin or ended. */
#define CHILD_UNREAD_MAX (32u << 20)
bool child_send(struct child *c, const char *data, size_t len, struct err *err);

/* Kills the whole group, and what it started itself; done still follows. */
void child_cancel(struct child *c);

/* Closes its stdin, and cancels it grace_ms later if it is still there: a program that
 * reads requests ends by itself, with what it has to save. */
void child_hang_up(struct child *c);

/* Like child_cancel(), but does not count as cancelled: for a limit that the caller
 * watches. */
void child_kill(struct child *c);

/* Ends it as its own limits do: sends the farewell and kills it after grace_ms.
 * False when another limit has ended it already. */
bool child_end(struct child *c);

int child_pid(const struct child *c); /* valid until done */

/* Must be called from a task. Starts the child, collects both streams (each up to
 * limit bytes, 0 = no limit) and waits. False when it could not be started or the
 * task was cancelled; the child is gone then. Otherwise *r says how it ended. */
bool child_run(struct loop *l, const struct child_spec *spec, size_t limit, struct str *out,
	       struct str *errout, struct child_result *r, struct err *err);

/* The end of a child that a task waits for: as the first member of the struct that is
 * child_events.ctx, with its task set. */
struct child_exit {
	struct task *task;
	struct child_result result;
	bool done;
};
void child_exited(void *ctx, const struct child_result *r); /* as child_events.done */
/* In the task. False: it was cancelled, and then the child; it has ended in any case. */
bool child_wait(struct child *c, struct child_exit *e, struct err *err);
void child_stop(struct child *c, struct child_exit *e); /* cancels it, and waits for its end */

/* Path of argv0 in PATH; the caller frees; NULL if it is not found. */
char *child_which(const char *argv0);

/* Splits a stream into lines. fn gets each line without its LF or CRLF;
 * line_split_end() passes on the rest. A line above the limit is passed on in
 * pieces of that size. */
struct line_split {
	struct str part;
	size_t limit; /* 0 = 1 MiB */
};

void line_split_feed(struct line_split *s, const char *data, size_t len,
		     void (*fn)(void *ctx, const char *line, size_t len), void *ctx);
void line_split_end(struct line_split *s, void (*fn)(void *ctx, const char *line, size_t len),
		    void *ctx);

#endif
