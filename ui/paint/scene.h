/* scene.h - what the painters read: a moment of the screen, put together for one
 * drawing.
 *
 * Everything is borrowed and valid until the next thing happens. A painter takes
 * a scene and nothing else of the screen, so a test can paint one of its own.
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
	struct { /* jobs under way */
		bool asks, lints, simulates, busy;
		const char *progress; /* of the simulation, "" when it said nothing yet */
	} work;
	bool covered;		 /* a popup stands over the panes: none of them has the cursor */
	const struct find *find; /* NULL: nothing was searched for */
	const struct chat_place *chat;
	const struct line_edit *question;
	struct { /* what is sent with a question */
		const struct ask_view *view;
		size_t chosen, top;
		bool looks; /* it is being found out */
	} context;
	struct {			       /* a plugin's pane */
		const struct extra_pane *pane; /* NULL: none is open */
		size_t top;
		const char *why; /* it could not be filled; "" */
		bool fills;
	} extra;
	const struct card *card;   /* what the person is asked */
	const struct strv *queued; /* questions that wait */
	bool steer;		   /* to be said rather than asked */
	const char *mode;
	enum log_tab log_tab;
	const struct log_list *log;  /* of that tab */
	struct waveview *wave;	     /* NULL: the tab shows a list; drawing scrolls it */
	const struct review *review; /* suggestion 0: none is open */
	const struct keymap *keymap; /* NULL: its keys do nothing here */
	uint64_t recorded;	     /* events */
	const struct str *message;
	bool message_bad;
};

/* What a spot of the frame (see frame.h) is about. */
enum spot_kind {
	SPOT_LOG_TAB,  /* index: enum log_tab */
	SPOT_LOG_LINE, /* index: among the lines that are shown */
	SPOT_WAVE,     /* index: the row of the waves */
	SPOT_UNIT,     /* index: the unit of the suggestion under review */
	SPOT_DECISION, /* the same, on its mark: a click decides */
	SPOT_ENTRY,    /* index: of what is sent */
};

#endif
