/* paint.h - painters: they read a scene, write cells into a frame, note what can be
 * clicked there, and keep nothing.
 *
 * Map of ui/paint: from a scene to cells. Knows no struct ui.
 *
 *   scene            what is read: one moment of the screen
 *   paint paint_*    painters, one for each thing
 */
#ifndef POSEDGE_PAINT_H
#define POSEDGE_PAINT_H

#include <stdbool.h>

#include "session/waveview/waveview_draw.h"
#include "ui/look/frame.h"

struct ask_view;
struct layout;
struct log_line;
struct log_list;
struct popup;
struct line_edit;
struct scene;
struct text;
struct view;

/* The row over a pane: its name, what it shows, its state at the right. Returns the
 * column that what begins in. */
int paint_title(struct frame *f, struct rect r, bool focus, const char *name, const char *what,
		const char *state);

/* t is the text of v. */
void paint_view(struct frame *f, struct rect r, const struct scene *s, const struct view *v,
		const struct text *t, bool focus);
/* Of a view that does not wrap: the text of a line that was typed in, and the cursor
 * there. The rest of the frame stays, and the line's gutter. False: other lines have to
 * be painted, too; or scrolled. */
struct typed_line {
	size_t line, start, end; /* its bytes without the line end */
	struct rect body;	 /* of the pane */
	int gutter;		 /* its columns */
	bool marked;		 /* it may have findings in it, or what is searched for */
};
bool paint_typed_line(struct frame *f, const struct scene *s, struct view *v, const struct text *t,
		      const struct typed_line *l);
/* Whether a line that does not change has any mark of the findings, or may have one of
 * what is searched for. */
bool paint_marks_line(const struct scene *s, const struct view *v, size_t line);
/* Which byte of the text a cell of body shows, or the nearest one. */
size_t view_offset_at(const struct scene *s, struct rect body, const struct view *v,
		      const struct text *t, int row, int col);

/* The part of the pane that rows of the diff get: the first ones tell what
 * changes as hardware and the last one what the linter would say, where there is room. */
struct rect review_rows(const struct scene *s, struct rect pane);
void paint_review(struct frame *f, struct rect r, const struct scene *s);
void paint_context(struct frame *f, struct rect r, const struct scene *s, bool focus);
void paint_extra(struct frame *f, struct rect r, const struct scene *s); /* one is open */
/* Rows below the list that tell the sum; 0: there is no room for them. */
int context_foot_rows(const struct ask_view *v, int cols, int rows);
void paint_chat(struct frame *f, struct rect r, const struct scene *s, bool focus);
void paint_log_title(struct frame *f, struct rect r, const struct scene *s, bool focus);
void paint_log(struct frame *f, struct rect r, const struct scene *s, bool focus);
/* A line from row of r on, wrapped or cut; returns the row after it. */
int paint_log_line(struct frame *f, struct rect r, int row, const struct log_line *line, bool wrap);
/* The waves of the scene; and the shape of a drawing in r. */
void paint_wave(struct frame *f, struct rect r, const struct scene *s, bool focus);
struct wave_shape wave_shape_of(struct rect r);
void paint_status(struct frame *f, const struct layout *l, const struct scene *s);
void paint_popup(struct frame *f, const struct popup *p);

/* How many columns the gutter of a view takes, and how many rows of the
 * chat pane its input. */
int gutter_cols(const struct scene *s, const struct view *v, const struct text *t);
/* Of what stands above it: a card, and what waits to be asked. */
struct card;
struct strv;
int waiting_rows(const struct card *card, const struct strv *queued, int cols, int rows);

int question_rows(const struct line_edit *question, int cols, int rows);

/* Rows that the message wants for itself; 0: it fits into the status line, or
 * there is none. */
int message_rows(const struct scene *s, int cols);

#endif
