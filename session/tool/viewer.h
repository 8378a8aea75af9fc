/* viewer.h - the port to a waveform viewer. */
#ifndef POSEDGE_VIEWER_H
#define POSEDGE_VIEWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct loop;
struct strv;
struct trace;

struct view_request {
	const char *wave_path; /* absolute: the dump */
	const char *save_path; /* absolute: the save file to write next to it */
	struct trace *trace;   /* its signals; may be NULL: no layout then */
	size_t clock; /* among them; TRACE_NONE and TRACE_NO_CLOCK: session/trace/trace_clock.h */
	/* a letter for each signal of trace, 'i', 'o', 'b', 0: no port; NULL: as trace says */
	const char *directions;
	bool has_marker;
	uint64_t marker; /* time of the first failure, in the dump's units */
	bool has_place;
	uint64_t place;	       /* where to stand instead, likewise */
	const char *state_dir; /* absolute, ours: where a running viewer is remembered */
	/* The source is to be shown, too: stems and files as
	 * session/check/wave_source_ports.h says. NULL: it is not. */
	const char *stems;
	const struct strv *sources;
};

enum view_outcome {
	VIEW_OPENED,   /* a new window */
	VIEW_RELOADED, /* the window that was open shows the new dump */
	VIEW_FILES,    /* no display: only the save file was written */
};

struct viewer_ops {
	const char *name;  /* of its program, too */
	const char *needs; /* Debian package; "" = it is in none */
	bool (*available)(char **version, struct err *err);
	bool (*has_display)(void); /* else show() can but write files */

	/* Called from inside a task; waits for another of us that opens one (8 s at
	 * most), for a dump to be converted (60 s), and for the window's answer (4 s to
	 * reload, then 12 s for a new one). *how says in one sentence what was done and, for VIEW_FILES,
	 * how to look at the files; the caller frees it. */
	bool (*show)(struct loop *l, const struct view_request *r, enum view_outcome *outcome,
		     char **how, struct err *err);

	/* Whether a window of this state folder is open that can be told things. */
	bool (*is_open)(const char *state_dir);
	/* In a task: adds signals, by full names, to that window. ERR_NOT_FOUND: it has none of
	 * them; ERR_BUSY: no window is open. *how as above. */
	bool (*add)(struct loop *l, const char *state_dir, const struct strv *names, char **how,
		    struct err *err);
};

#endif
