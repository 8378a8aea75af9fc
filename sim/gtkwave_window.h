/* gtkwave_window.h - a GTKWave window that any process of ours can talk to.
 *
 * What is needed for that lies in the state folder; gtkwave.h has the list of its files.
 */
#ifndef POSEDGE_GTKWAVE_WINDOW_H
#define POSEDGE_GTKWAVE_WINDOW_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "session/base/err.h"

struct loop;
struct view_request;

struct gtkwave_window {
	struct loop *loop;
	const struct view_request *r;
	char *dump, *layout, *fifo, *replies, *window, *log, *tcl, *names, *stems;
	int lock;
	/* the window */
	pid_t pid;
	unsigned long long started;
	bool listens;
	char shows[16]; /* the name of what it has opened: wave.vcd, wave.fst, source.fst */
};

/* Paths only; r is borrowed. */
void gtkwave_window_init(struct gtkwave_window *s, struct loop *l, const struct view_request *r);
void gtkwave_window_fini(struct gtkwave_window *s); /* gives the lock back */

/* In a task. ERR_BUSY: another of us has had it for 8 s; ERR_IO: it cannot be opened. */
bool gtkwave_window_lock(struct gtkwave_window *s, struct err *err);

/* Which window was opened last; pid stays 0 when nothing is known of one. */
void gtkwave_window_read(struct gtkwave_window *s);
bool gtkwave_window_write(const struct gtkwave_window *s, struct err *err);
bool gtkwave_window_lives(const struct gtkwave_window *s);
bool gtkwave_window_outlives(const struct gtkwave_window *s, uint64_t ms, bool *stopped,
			     struct err *err); /* *stopped: the task was cancelled */
bool gtkwave_window_said(const struct gtkwave_window *s, const char *part); /* on its output */

enum gtkwave_answer {
	GTKWAVE_ANSWERED,
	GTKWAVE_SAID_NO, /* the script failed in it */
	GTKWAVE_SILENT,	 /* it did not answer in time, has ended, or does not listen */
	GTKWAVE_STOPPED, /* the task was cancelled: err is set */
};

/* Has the Tcl script run in the window and waits for its reply. What it returned goes
 * to *reply, which the caller frees and which is NULL without an answer; reply may be
 * NULL. err is set by GTKWAVE_STOPPED only. */
enum gtkwave_answer gtkwave_window_ask(const struct gtkwave_window *s, const char *script,
				       uint64_t limit_ms, char **reply, struct err *err);

/* The files that a window listens by, before it is started. */
bool gtkwave_window_prepare(struct gtkwave_window *s, struct err *err);
/* Starts one, without waiting for it; with the source beside it when r has stems. */
bool gtkwave_window_start(struct gtkwave_window *s, const char *program, bool listening,
			  struct err *err);

#endif
