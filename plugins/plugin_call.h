/* plugin_call.h - runs a plugin's function on a thread of its own.
 *
 * For plugins/ only. The thread never touches posedge's data: its requests are served
 * by the loop, in the task that began the call, while the thread is blocked. At most
 * one thread runs inside a plugin. A crash in it is reported with the plugin's name.
 */
#ifndef POSEDGE_PLUGIN_CALL_H
#define POSEDGE_PLUGIN_CALL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "plugins/posedge_plugin.h"
#include "session/base/err.h"

struct call;
struct call_thread;
struct diag_list;
struct piece;
struct task;
struct trace;
struct workbench;

#define CALL_PRINT_MAX (64u << 20)  /* bytes that a call may print */
#define CALL_KEPT_MAX  (256u << 20) /* bytes of memory that a call may be given */
#define CALL_GRACE_MS  2000	    /* time for a cancelled call to return */
#define CALL_BRIEF_MS  2000	    /* time limit of finding(), ran() and stop() */
#define CALL_NOTICES   10000u	    /* queued findings and runs of a plugin; more are dropped */

struct notice { /* a finding or run queued for a plugin that is busy */
	struct notice *next;
	bool is_run;
	struct posedge_finding finding;
	struct posedge_run run;
	char *text[5];
};

#define CALL_WHO_MAX 120

/* A loaded plugin. */
struct loaded {
	struct loaded *next;
	struct workbench *w;
	void *so;
	const struct posedge_plugin *plugin;
	struct posedge_host host;
	void *state;
	bool starting; /* during start(), and forever if that failed */
	pthread_t loop_thread;
	char who[CALL_WHO_MAX]; /* "plugin NAME", for a crash report */
	struct err err;		/* of the last host function outside of a call */
	/* inside: the call whose thread runs; calls: all; left: abandoned ones */
	struct call *inside, *calls, *left;
	struct call_waiter *waiting;
	/* oldest first; while there are any, telling is set */
	struct notice *notices, *last_notice;
	size_t n_notices;
	struct task *telling; /* delivers the notices; NULL: none queued */
};

struct call {
	struct loaded *l;
	/* On the thread: the only place that calls the plugin's functions. */
	bool (*fn)(struct call *c);
	void *arg; /* argument of fn; freed with free_arg */
	void (*free_arg)(void *arg);
	/* In the loop: receives printed text. False with err ends the call. NULL: printing is
	 * an error. */
	bool (*print)(struct call *c, const char *text, struct err *err);
	/* The same for the pieces of an answer other than text. NULL: not an answer. */
	bool (*piece)(struct call *c, const struct piece *p, struct err *err);
	void *ctx; /* for these two; not touched once the call is abandoned */
	/* Limited to CALL_BRIEF_MS, and may not use functions that wait. */
	bool brief;
	int status;
	struct diag_list *found; /* findings reported by the plugin; NULL: the call is not a lint */
	struct trace *trace;	 /* open until the call ends */
	size_t printed, kept_bytes;
	struct err err;	   /* of the last host function */
	struct err failed; /* set by fail(); code 0: not called */
	bool ok;	   /* return value of fn */
	struct kept_part *kept;
	struct call_thread *t;
	struct call *next, *next_left;
};

/* A `print` that appends to ctx, a struct str. */
bool call_to_text(struct call *c, const char *text, struct err *err);

/* Takes ownership of arg, even if free_arg is NULL. */
struct call *call_new(struct loaded *l, bool (*fn)(struct call *c), void *arg,
		      void (*free_arg)(void *arg));

/* In a task. False with err: could not be started, failed, or the task was cancelled. A
 * call that does not return in time is abandoned. */
bool call_run(struct call *c, struct err *err);
/* frees it, or leaves that until an abandoned call returns; NULL is fine */
void call_end(struct call *c);

/* True if a call was abandoned: then the plugin can be neither entered nor unloaded. */
bool call_lost(const struct loaded *l);
void call_cancel_all(struct loaded *l); /* outside of tasks; waits until they have ended */

/* For the host functions, on any thread. Runs serve in the loop, in the call's task; c
 * is NULL outside of a call. waits: serve may wait, so that other calls may enter the
 * plugin meanwhile; allowed in calls only. */
bool call_ask(struct loaded *l,
	      bool (*serve)(struct loaded *l, struct call *c, void *args, struct err *err),
	      void *args, bool waits);
/* Sets the error that a function lacks a required argument. Returns false. */
bool call_lacks(struct loaded *l, const char *function, const char *what);
struct call *call_here(struct loaded *l); /* the call of this thread; NULL: none */
bool call_cancelled(const struct call *c);

/* Memory that lives until the call ends, NUL-terminated; NULL with err above CALL_KEPT_MAX. */
void *call_keep(struct call *c, const void *data, size_t len, struct err *err); /* a 0 follows */
const char *call_keep_s(struct call *c, const char *text, struct err *err);

void call_drop_kept(struct call *c);

/* Makes the tasks that wait to enter the plugin check again. */
void call_wake(struct loaded *l);

/* Usage when a call began: bytes, and page faults of threads other than the loop's. */
struct memory_mark {
	size_t held, faults;
};
void memory_mark(struct memory_mark *m);
/* Does not count what was taken since `from`. */
void memory_skip(struct memory_mark *m, const struct memory_mark *from);
/* In the loop's thread: ends posedge if more was taken than allowed. thread: the call's. */
void memory_watch(const struct loaded *l, const struct memory_mark *from, pthread_t thread);

/* Tests in a forked process whether start() returns. try: what to do there; it must
 * return only if start() does. */
bool trial_run(const char *path, unsigned memory_mb, void (*try)(void *ctx), void *ctx,
	       struct err *err);

/* Notifies the plugin in a task, before any later call enters it. Takes ownership of n. */
void notice_give(struct loaded *l, struct notice *n);
void notices_drop(struct loaded *l);

#endif
