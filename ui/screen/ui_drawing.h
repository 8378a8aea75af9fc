/* ui_drawing.h - the last frame, and what must be drawn again. */
#ifndef POSEDGE_UI_DRAWING_H
#define POSEDGE_UI_DRAWING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/look/frame.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/screen/ui_parts.h"

/* Bounds of the pause between two drawings of streamed text: 30 and 8 a second. A token
 * may come each millisecond, and nobody reads that fast. */
#define FLOW_MIN_MS 33u
#define FLOW_MAX_MS 125u

struct doc;
struct loop_timer;
struct session;
struct ui;

struct ui_drawing {
	struct frame frame;
	bool dirty; /* repaint everything: ui_changed() */
	/* since when the terminal has been busy with the last frame; 0: ready */
	uint64_t put_off_ms;
	bool outside;		     /* another program has the terminal */
	struct loop_timer *catch_up; /* draws again soon: for flows, or a frame that was put off */
	bool behind;		     /* the last drawing had no time to fit all panes */
	bool flows;	/* streamed pieces came since the last drawing: ui_stream_changed() */
	bool flows_due; /* and they are drawn at the end of this turn */
	/* From the first of these pieces to the drawing; longer where drawing costs more. */
	unsigned flow_ms;

	/* The cursor's place and the count of events, as shown. They are frozen
	 * while the user types: updating them would cost more bytes than the letter. */
	struct {
		size_t line;
		int col;
		uint64_t recorded;
	} shown;
	bool typing;

	/* What turn_typed.c must know to paint a typed letter without a full
	 * repaint; filled in by a full repaint and valid until something is dirty. */
	struct typed {
		bool ready;	   /* the code pane can take a letter */
		bool recording;	   /* the next event is that of a typed letter */
		bool waits;	   /* the line is not painted yet */
		uint64_t until_ms; /* when the disk must be checked */
		struct session *session;
		struct doc *doc;       /* its text is present */
		bool letters_bound;    /* a letter may be bound to a command */
		struct scene scene;    /* of the last full repaint */
		struct typed_line row; /* the cursor's line */
	} typed;
};

static inline struct ui_drawing *ui_drawing(const struct ui *u)
{
	return ui_parts(u)->drawing;
}

#endif
