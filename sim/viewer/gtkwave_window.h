/* gtkwave_window.h - a GTKWave window that any posedge process can control.
 *
 * The files for that are in the state folder; gtkwave.h lists them.
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
	char shows[16]; /* the file it has opened: wave.vcd, wave.fst, source.fst */
};

/* Sets the paths only; r is borrowed. */
void gtkwave_window_init(struct gtkwave_window *s, struct loop *l, const struct view_request *r);
void gtkwave_window_fini(struct gtkwave_window *s); /* releases the lock */

/* Call in a task. ERR_BUSY: another process has held it for 8 s; ERR_IO: cannot be
 * opened. */
bool gtkwave_window_lock(struct gtkwave_window *s, struct err *err);

/* Reads which window was opened last; pid stays 0 if none is known. */
void gtkwave_window_read(struct gtkwave_window *s);
bool gtkwave_window_write(const struct gtkwave_window *s, struct err *err);
bool gtkwave_window_lives(const struct gtkwave_window *s);
/* Waits up to ms; false if it ends. *stopped: the task was cancelled. */
bool gtkwave_window_outlives(const struct gtkwave_window *s, uint64_t ms, bool *stopped,
			     struct err *err);
bool gtkwave_window_said(const struct gtkwave_window *s, const char *part); /* in its log */

enum gtkwave_answer {
	GTKWAVE_ANSWERED,
	GTKWAVE_SAID_NO, /* the script failed */
	GTKWAVE_SILENT,	 /* no answer in time, ended, or not listening */
	GTKWAVE_STOPPED, /* the task was cancelled; err is set */
};

/* Runs the Tcl script in the window and waits for its reply. *reply: the result,
 * freed by the caller, NULL without an answer; reply may be NULL. Only
 * GTKWAVE_STOPPED sets err. */
enum gtkwave_answer gtkwave_window_ask(const struct gtkwave_window *s, const char *script,
				       uint64_t limit_ms, char **reply, struct err *err);

/* gtkwave.tcl, as the build embeds it, sourced by GTKWave before it shows anything. Its own
 * output is buffered differently, so replies go to a file. Commands contain no paths and no
 * names, which may contain Tcl syntax: these are in the environment and in a file. */
extern const char window_gtkwave[];

/* Creates the files through which a window listens, before it is started. */
bool gtkwave_window_prepare(struct gtkwave_window *s, struct err *err);
/* Starts a window without waiting for it; with a source window if r has stems. */
bool gtkwave_window_start(struct gtkwave_window *s, const char *program, bool listening,
			  struct err *err);

#endif
