/* plugin_call.h - a function of a plugin, run on a thread of its own.
 *
 * For plugins/ alone. The thread never touches posedge: what the plugin asks for is
 * done by the loop, in the task that began the call, while the thread stands still.
 * One thread at a time is inside a plugin. A crash in it names the plugin.
 */
#ifndef POSEDGE_PLUGIN_CALL_H
#define POSEDGE_PLUGIN_CALL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "plugins/posedge_plugin.h"
#include "session/base/err.h"
#include "session/base/str.h"

struct call;
struct call_thread;
struct diag_list;
struct piece;
struct task;
struct trace;
struct workbench;

#define CALL_PRINT_MAX (64u << 20)  /* bytes that a call prints */
#define CALL_KEPT_MAX  (256u << 20) /* bytes that it is handed out */
#define CALL_GRACE_MS  2000	    /* for one that was cancelled to return */
#define CALL_BRIEF_MS  2000	    /* for finding(), ran() and stop() to return */
#define CALL_NOTICES   10000u	    /* findings and runs that wait for a plugin; more are dropped */

struct notice { /* it is to be told of a finding or a run, and is busy */
	struct notice *next;
	bool is_run;
	struct posedge_finding finding;
	struct posedge_run run;
	char *text[5];
};

#define CALL_WHO_MAX 120

/* A plugin that is loaded. */
struct loaded {
	struct loaded *next;
	struct workbench *w;
	void *so;
	const struct posedge_plugin *plugin;
	struct posedge_host host;
	void *state;
	bool starting; /* and for ever, when it did not start */
	pthread_t loop_thread;
	char who[CALL_WHO_MAX];		    /* "plugin NAME", for a crash */
	struct err err;			    /* of the last function outside of a call */
	struct call *inside, *calls, *left; /* whose thread runs; all; those left behind */
	struct call_waiter *waiting;
	struct notice *notices, *last_notice; /* oldest first; then there is a task, too */
	size_t n_notices;
	struct task *telling; /* NULL: none */
};

struct call {
	struct loaded *l;
	/* On the thread; the plugin's functions are called here and nowhere else. */
	bool (*fn)(struct call *c);
	void *arg; /* fn's own; freed with free_arg */
	void (*free_arg)(void *arg);
	/* In the loop: what is printed. False with err ends the call. NULL: an error. */
	bool (*print)(struct call *c, const char *text, struct err *err);
	/* The same for what an answer holds besides its text. NULL: it is none. */
	bool (*piece)(struct call *c, const struct piece *p, struct err *err);
	void *ctx; /* of these two; not touched once the call was left behind */
	/* It has CALL_BRIEF_MS, and may not ask for what waits. */
	bool brief;
	int status;
	struct diag_list *found; /* what it reports; NULL: it lints nothing */
	struct trace *trace;	 /* open until it ends */
	size_t printed, kept_bytes;
	struct err err;	   /* of the last function */
	struct err failed; /* what fail() said; code 0: nothing */
	bool ok;	   /* what fn returned */
	struct kept_part *kept;
	struct call_thread *t;
	struct call *next, *next_left;
};

/* arg is taken over, also when free_arg is NULL and there is nothing to free. */
struct call *call_new(struct loaded *l, bool (*fn)(struct call *c), void *arg,
		      void (*free_arg)(void *arg));

/* In a task. False: it could not be started, failed, or the task was cancelled; then
 * err is why, and a call that did not return in time is left behind. */
bool call_run(struct call *c, struct err *err);
void call_end(struct call *c); /* frees it, once it has returned; NULL is fine */

/* Whether one is left behind: then nothing of the plugin may be entered, nor unloaded. */
bool call_lost(const struct loaded *l);
void call_cancel_all(struct loaded *l); /* outside of tasks: and waits for them */

/* For the host's functions, on whatever thread. serve runs in the loop, in the
 * call's task; c is NULL outside of a call. waits: it may wait, so others may enter
 * the plugin meanwhile; only in a call. */
bool call_ask(struct loaded *l,
	      bool (*serve)(struct loaded *l, struct call *c, void *args, struct err *err),
	      void *args, bool waits);
/* A function was not given what it needs: error() says so. Returns false. */
bool call_lacks(struct loaded *l, const char *function, const char *what);
struct call *call_here(struct loaded *l); /* that of this thread; NULL: none */
bool call_cancelled(const struct call *c);

/* Memory that lives until the call ends; NULL with err above CALL_KEPT_MAX. */
void *call_keep(struct call *c, const void *data, size_t len, struct err *err); /* a 0 follows */
const char *call_keep_s(struct call *c, const char *text, struct err *err);

void kept_drop(struct call *c);

/* Lets those that wait to get inside look again. */
void call_wake(struct loaded *l);

/* Ends posedge by name if more memory was taken than a plugin may have. */
void memory_watch(struct loaded *l, size_t before);
size_t memory_held(int pid); /* bytes; 0: not known. 0: of this program */

/* Whether start() comes back, found out in a process that is thrown away. try: what
 * would be done, there; it must not return if the plugin does not. */
bool trial_run(const char *path, unsigned memory_mb, void (*try)(void *ctx), void *ctx,
	       struct err *err);

/* Tells the plugin in a task, before any later call gets inside. n is taken over. */
void notice_give(struct loaded *l, struct notice *n);
void notices_drop(struct loaded *l);

#endif
