/* scene.h - the input of the painters: one moment of the screen, collected for one
 * drawing.
 *
 * Everything is borrowed and valid until the next event. A painter sees nothing of the
 * screen but a scene, so a test can make its own.
 */
#ifndef POSEDGE_SCENE_H
#define POSEDGE_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/widget/log_tab.h"

struct ask_view;
struct card;
struct chat_place;
struct extra_pane;
struct find;
struct keymap;
struct line_edit;
struct log_list;
struct review;
struct state;
struct str;
struct strv;
struct waveview;

struct scene {
	const struct state *state;
	struct {
		bool authors; /* gutter.authors */
		bool style;   /* lint.style */
		bool live;    /* lint.live */
	} options;
	struct { /* running jobs */
		bool asks, lints, simulates, busy;
		bool earlier; /* the last run is of an earlier start; edits since are not known */
		bool edited;  /* a file of the last run, since it began */
		bool several; /* the last run may have been of another testbench of the project */
		const char *progress; /* of the simulation; "" if none yet */
		const char *command;  /* another one that takes time; NULL: none */
	} work;
	bool covered;		 /* a popup covers the panes; none of them shows a cursor */
	const struct find *find; /* NULL: no search yet */
	const struct chat_place *chat;
	const struct line_edit *question;
	struct { /* what is sent with a question */
		const struct ask_view *view;
		size_t chosen, top;
		bool looks; /* being computed */
	} context;
	struct {			       /* a plugin's pane */
		const struct extra_pane *pane; /* NULL: none is open */
		size_t top;
		const char *why; /* why it could not be filled; "" */
		bool fills;
	} extra;
	const struct card *card;   /* the question to the user */
	const struct strv *queued; /* queued questions */
	bool steer;		   /* they go to the model within its turn */
	const char *mode;
	enum log_tab log_tab;
	const struct log_list *log;  /* the list of that tab */
	struct waveview *wave;	     /* NULL: the tab shows a list; painting may scroll it */
	const struct review *review; /* suggestion 0: none */
	const struct keymap *keymap; /* NULL: keys are not bound on this screen */
	uint64_t recorded;	     /* number of events */
	bool stalled;		     /* nothing can be recorded at the moment */
	const struct str *message;
	bool message_bad;
};

/* What a spot of the frame (see frame.h) refers to. */
enum spot_kind {
	SPOT_LOG_TAB,  /* index: enum log_tab */
	SPOT_LOG_LINE, /* index: among the lines shown */
	SPOT_WAVE,     /* index: row of the waves */
	SPOT_UNIT,     /* index: the unit of the suggestion under review */
	SPOT_DECISION, /* index: the unit, on its mark: a click decides */
	SPOT_ENTRY,    /* index: entry of the context */
	SPOT_FILE,     /* index: open file, in the title of the code pane */
	SPOT_PICK,     /* index: popup_click() */
	SPOT_HINT,     /* index: paint_status_command() */
};

#endif
