/* child.h - another program: an argv in, its output and its end out.
 *
 * The child leads its own process group, so that cancelling, a limit, or our
 * own end kills all that it started. It inherits no descriptor but 0, 1, 2 and
 * pass_fd.
 * There is never a shell. Limits on memory, processes and file size are not
 * set here: sim/sandbox.h puts them into the argv.
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
	const char *input;	 /* for its stdin, copied; NULL: nothing (/dev/null) */
	size_t input_len;
	uint64_t wall_ms;    /* killed after that; 0 = never */
	size_t output_limit; /* killed above that many bytes of both; 0 = none */
	bool yields;	     /* a lower priority than ours: the keyboard is answered first */
	bool talks;	     /* its stdin stays open, for child_say(); not together with input */
	bool terminal;	     /* it has our stdin, stdout and stderr, and stays in our group */
	/* When a limit is reached this is written to its stdin, which stays open
	 * until then, and it is killed only after grace_ms: time to print what it
	 * holds back. NULL: killed at once. Not together with input. */
	const char *farewell;
	uint64_t grace_ms;
	int pass_fd; /* becomes its descriptor 3; stays the caller's, too; 0: none */
};

struct child_result {
	int status;	  /* exit status; -1 when a signal ended it */
	int signal;	  /* 0 = none */
	bool timed_out;	  /* wall_ms ran out and we ended it */
	bool flooded;	  /* output_limit was passed and we ended it */
	bool cancelled;	  /* child_cancel() killed it */
	uint64_t wall_ms; /* how long it lived */
	uint64_t cpu_ms;  /* processor time of it and of all that it waited for; others of
			   * our children that ended meanwhile are in it, too */
};

/* out: bytes as they come, stream 1 or 2; may be NULL. done: once and last,
 * when it has ended and both streams were read to their end. Both from the
 * loop, never from inside child_start(). */
struct child_events {
	void (*out)(void *ctx, int stream, const char *data, size_t len);
	void (*done)(void *ctx, const struct child_result *r);
	void *ctx;
};

/* ERR_TOOL when it cannot be started (err names the program and whether it
 * is missing). Frees itself after done. */
struct child *child_start(struct loop *l, const struct child_spec *spec,
			  const struct child_events *ev, struct err *err);

/* From now on it has wall_ms once more; 0 = for ever. */
void child_set_wall(struct child *c, uint64_t wall_ms);

/* A short line for its stdin; it needs spec.talks or a farewell. False: it does not
 * read, or has ended. */
bool child_say(struct child *c, const char *text, size_t len);

/* The same of any length, copied: it is written as the child reads it. It needs
 * spec.talks. ERR_LIMIT when more than CHILD_UNREAD_MAX bytes wait for a child
 * that does not read, ERR_IO when it has closed its stdin or ended. */
#define CHILD_UNREAD_MAX (32u << 20)
bool child_send(struct child *c, const char *data, size_t len, struct err *err);

/* Kills the whole group; done still follows. */
void child_cancel(struct child *c);

/* The same, but nobody asked for it: for a limit that the caller watches. */
void child_kill(struct child *c);

/* Ends it for such a limit as for its own: with the farewell, and after grace_ms
 * by force. False: another limit has ended it already. */
bool child_end(struct child *c);

int child_pid(const struct child *c); /* until done */

/* From inside a task: starts it, collects both streams (each up to limit
 * bytes, 0 = no limit), waits. False when it could not be started or the task
 * was cancelled (the child is gone then); how it ended is in *r. */
bool child_run(struct loop *l, const struct child_spec *spec, size_t limit, struct str *out,
	       struct str *errout, struct child_result *r, struct err *err);

/* Where argv0 is found in PATH; the caller frees; NULL: nowhere. */
char *child_which(const char *argv0);

/* Splits a stream into lines. Feed it; fn gets each line without its LF or
 * CRLF; call line_split_end() for the rest. A line above the limit is handed
 * on in pieces of that size. */
struct line_split {
	struct str part;
	size_t limit; /* 0 = 1 MiB */
};

void line_split_feed(struct line_split *s, const char *data, size_t len,
		     void (*fn)(void *ctx, const char *line, size_t len), void *ctx);
void line_split_end(struct line_split *s, void (*fn)(void *ctx, const char *line, size_t len),
		    void *ctx);

#endif
