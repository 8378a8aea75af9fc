/* ui_drawing.h - what is drawn, and what must be drawn again. */
#ifndef POSEDGE_UI_DRAWING_H
#define POSEDGE_UI_DRAWING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/look/frame.h"
#include "ui/look/layout.h"

struct loop_timer;
struct ui;

struct ui_drawing {
	struct frame frame;
	bool dirty;		     /* all of it is to be painted: ui_changed() */
	uint64_t put_off_ms;	     /* since when the terminal has not taken the last; 0: it has */
	bool outside;		     /* another program has the terminal */
	struct loop_timer *catch_up; /* one drawing was not enough */

	/* Numbers that every key changes stand still while keys come: they would
	 * cost more bytes than the letter. */
	struct {
		size_t line;
		int col;
		uint64_t recorded;
	} shown;
	bool typing;

	struct {		 /* see turn_typed.c; not dirty, since it is only that */
		bool waits;	 /* to be painted */
		size_t from, to; /* the lines that were typed in */
		unsigned events; /* of this key */
		bool simple;	 /* the last of them inserted within a line of the code pane */
	} typed;
	struct painted { /* what the last drawing of all went by */
		int rows, cols, left;
		struct layout layout;
		size_t tab, lines, top;
		bool selecting, bracket, unsaved;
	} painted;
};

struct ui_drawing *ui_drawing(const struct ui *u);

#endif
