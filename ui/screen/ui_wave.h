/* ui_wave.h - the waves in the log pane: of which run, and how they are viewed. */
#ifndef POSEDGE_UI_WAVE_H
#define POSEDGE_UI_WAVE_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/screen/ui_parts.h"

struct err;
struct loop_timer;
struct trace;
struct ui;
struct waveview;

/* A version of a file. */
struct wave_file {
	uint64_t device, inode, size, seconds, ns;
};

/* Following a dump that is still being written; see job_wave_follow. */
struct wave_follow {
	struct loop_timer *timer; /* looks at the file */
	bool set;		  /* the timer runs */
	bool behind;		  /* the file has more than was read */
	bool anew;		  /* it was cut, or written anew, and not opened since */
	struct wave_file read;	  /* the version that was read */
	uint64_t pause_ms;	  /* until the next look */
};

struct ui_wave {
	struct trace *trace;   /* NULL: no waves opened yet */
	struct waveview *view; /* NULL if trace is */
	char *path;	       /* absolute; NULL: there are no waves */
	char *layout;	       /* its key, of the testbench; "": the file's outermost scope */
	bool keep;	       /* the layout may be saved: waves.toml could be read */
	unsigned kept;	       /* view generation that was saved last */
	bool pending;	       /* path is to be opened when the tab is shown */
	bool has_marker;       /* marker is the time of the first failure, in the trace's units */
	uint64_t marker;
	char *add;	/* signal to add when the trace is open; NULL */
	char *at;	/* then go to this time, in the syntax of `wave-goto`; NULL */
	char *sought;	/* the last search; NULL */
	int rows, cols; /* at the last drawing: rows of signals, columns of waves */
	int wave_col;	/* screen column where the waves begin */
	struct wave_follow follow;
};

static inline struct ui_wave *ui_wave(const struct ui *u)
{
	return ui_parts(u)->wave;
}

/* Announces new waves; they are opened when the tab is visible. */
void ui_wave_announce(struct ui *u, const char *path, const char *layout, bool has_marker,
		      uint64_t marker);
/* Announces the waves of the last run before this start. */
void ui_wave_restore(struct ui *u);

/* Takes ownership of t. Keeps the rows if t is another run of the same testbench;
 * puts the cursor at the failure, or at the end. */
void ui_wave_opened(struct ui *u, struct trace *t);

/* Takes ownership of t, a later version of the same file. Rows, window and cursor stay; a
 * cursor that stood at the end stands at the new end. */
void ui_wave_reopened(struct ui *u, struct trace *t);
/* The trace itself has grown, from that end on: likewise. */
void ui_wave_extended(struct ui *u, uint64_t end);
void ui_wave_caught_up(struct ui *u); /* all that was written is read */

/* Moves the cursor there; after the end of the waves to their end, and says so. */
void ui_wave_goto(struct ui *u, uint64_t time);
/* Moves the cursor to the time in `at`, and clears it. */
void ui_wave_goto_at(struct ui *u);
/* The waves could not be opened: clears `at`. */
void ui_wave_not_opened(struct ui *u);

/* ui_wave_layout: reads the rows from waves.toml (*any: it had some), and writes
 * them if they changed. ERR_PARSE with the line number: the file is left as it is. */
bool ui_wave_load_layout(struct ui *u, bool *any, struct err *err);
void ui_wave_keep_layout(struct ui *u);

bool ui_wave_shown(const struct ui *u); /* the tab shows waves, not a list */

#endif
