/* ui_drawing.h - what is drawn, and what must be drawn again. */
#ifndef POSEDGE_UI_DRAWING_H
#define POSEDGE_UI_DRAWING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/look/frame.h"
#include "ui/look/layout.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/screen/ui_parts.h"

struct doc;
struct loop_timer;
struct session;
struct ui;
struct view;

struct ui_drawing {
	struct frame frame;
	bool dirty;		     /* all of it is to be painted: ui_changed() */
	uint64_t put_off_ms;	     /* since when the terminal has not taken the last; 0: it has */
	bool outside;		     /* another program has the terminal */
	struct loop_timer *catch_up; /* one drawing was not enough, or is to come: flows */
	bool flows;		     /* pieces came since the last drawing: ui_flowed() */

	/* Numbers that every key changes stand still while keys come: they would
	 * cost more bytes than the letter. */
	struct {
		size_t line;
		int col;
		uint64_t recorded;
	} shown;
	bool typing;

	/* What a letter into the code pane needs to know, as painting all of it found
	 * it: turn_typed.c. Only while nothing is dirty does it still hold. */
	struct typed {
		bool ready;	   /* there is a place where a letter would go */
		bool recording;	   /* the event that comes next is that of a letter */
		bool waits;	   /* the line is to be painted */
		uint64_t until_ms; /* the files on disk are looked at then */
		struct session *session;
		struct view *view;
		struct doc *doc;      /* with its text */
		struct typed_line at; /* the line of the cursor */
		bool letters_bound;   /* a letter may be a command's key */
		struct scene scene;
	} typed;
};

static inline struct ui_drawing *ui_drawing(const struct ui *u)
{
	return ui_parts(u)->drawing;
}

#endif
