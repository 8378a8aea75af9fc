/* ui_wave.h - the waves of the log pane's tab: which run, and how it is looked at. */
#ifndef POSEDGE_UI_WAVE_H
#define POSEDGE_UI_WAVE_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/screen/ui_parts.h"

struct err;
struct str;
struct trace;
struct ui;
struct waveview;

struct ui_wave {
	struct trace *trace;   /* NULL: none was opened yet */
	struct waveview *view; /* NULL likewise */
	char *path;	       /* absolute; NULL: there are no waves */
	char *testbench;       /* whose layout it has; "" : a file's own */
	bool keep;	       /* its layout may be written: the file could be read */
	unsigned kept;	       /* the view's generation that the file has */
	bool pending;	       /* path is to be opened when the tab is looked at */
	bool has_marker;       /* the first failure, in the trace's units */
	uint64_t marker;
	char *add;	/* a signal to add when it is open; NULL */
	char *at;	/* a time to stand at then, as `wave-goto` reads it; NULL */
	char *sought;	/* what was looked for last; NULL */
	int rows, cols; /* of the last drawing: rows of signals, cells */
	int wave_col;	/* where the cells begin, on the screen */
};

static inline struct ui_wave *ui_wave(const struct ui *u)
{
	return ui_parts(u)->wave;
}

/* There are new waves: they are opened as soon as the tab is in sight. */
void ui_wave_expect(struct ui *u, const char *path, const char *testbench, bool has_marker,
		    uint64_t marker);
/* Those of the last run before this start. */
void ui_wave_restore(struct ui *u);

/* Takes t over. The rows stay when it is another run of the same testbench; the cursor
 * stands at the failure, or at the end. */
void ui_wave_opened(struct ui *u, struct trace *t);

/* The cursor to the time that `at` says, which is then NULL. */
void ui_wave_stand(struct ui *u);
/* These waves were not opened: `at` is NULL without that. */
void ui_wave_not_opened(struct ui *u);

/* ui_wave_layout. The rows from waves.toml, *any: it had some; and into it, when they
 * were changed. ERR_PARSE with the line: the file is left as it is. */
bool ui_wave_load_layout(struct ui *u, bool *any, struct err *err);
void ui_wave_keep_layout(struct ui *u);

bool ui_wave_shown(const struct ui *u); /* the tab shows them, not a list */

#endif
