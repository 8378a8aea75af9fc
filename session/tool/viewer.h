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
	struct trace *trace;   /* its signals; may be NULL: writes no layout then */
	size_t clock;	       /* index of the clock in trace; TRACE_NONE, TRACE_NO_CLOCK:
				* session/trace/trace_clock.h */
	/* per signal of trace 'i', 'o', 'b', or 0 if not a port; NULL: as trace says */
	const char *directions;
	bool has_marker;
	uint64_t marker; /* time of the first failure, in units of the dump */
	bool has_place;
	uint64_t place;	       /* time to show instead, in the same units */
	const char *state_dir; /* absolute, ours: remembers the running viewer */
	/* Set to show the source too: stems and files as described in
	 * session/check/wave_source_ports.h. NULL: do not. */
	const char *stems;
	const struct strv *sources;
};

enum view_outcome {
	VIEW_OPENED,   /* a new window */
	VIEW_RELOADED, /* the open window shows the new dump */
	VIEW_FILES,    /* no display: only the save file was written */
};

struct viewer_ops {
	const char *name;  /* also the name of its program */
	const char *needs; /* Debian package; "": none has it */
	bool (*available)(char **version, struct err *err);
	bool (*has_display)(void); /* if false, show() can only write files */

	/* In a task. Waits for another posedge that is opening a viewer (at most 8
	 * s), for a dump to be converted (60 s), and for the window's answer (4 s
	 * to reload, then 12 s for a new one). *how says in one sentence what was
	 * done and, for VIEW_FILES, how to view the files; the caller frees it. */
	bool (*show)(struct loop *l, const struct view_request *r, enum view_outcome *outcome,
		     char **how, struct err *err);

	/* True if a window for this state folder is open and accepts commands. */
	bool (*is_open)(const char *state_dir);
	/* In a task: adds signals, by full name, to that window. ERR_NOT_FOUND: it
	 * has none of them; ERR_BUSY: no window is open. *how as above. */
	bool (*add)(struct loop *l, const char *state_dir, const struct strv *names, char **how,
		    struct err *err);
};

#endif
