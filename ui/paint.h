/* paint.h - painters: they read, write cells into a frame, and keep nothing. */
#ifndef POSEDGE_PAINT_H
#define POSEDGE_PAINT_H

#include <stdbool.h>

#include "ui/frame.h"

struct layout;
struct log_line;
struct log_list;
struct popup;
struct str;
struct ui;
struct view;

/* The row over a pane: its name, what it shows, its state at the right. */
void paint_title(struct frame *f, struct rect r, bool focus, const char *name, const char *what, const char *state);

void paint_view(struct frame *f, struct rect r, const struct ui *u, const struct view *v, bool focus);
/* Of a view that does not wrap: the lines from from up to to and the cursor. The
 * rest of the frame stays. */
void paint_view_lines(struct frame *f, struct rect r, const struct ui *u, const struct view *v, size_t from, size_t to);

/* The rows of a pane under its title. */
static inline struct rect pane_body(struct rect pane)
{
	return (struct rect){ pane.row + 1, pane.col, pane.rows > 0 ? pane.rows - 1 : 0, pane.cols };
}

/* The part of the pane that rows of the diff get: the first ones tell what
 * changes as hardware and the last one the outlook, where there is room. */
struct rect review_rows(const struct ui *u, struct rect pane);
void paint_review(struct frame *f, struct rect r, const struct ui *u);
void paint_chat(struct frame *f, struct rect r, const struct ui *u, bool focus);
void paint_log(struct frame *f, struct rect r, const struct ui *u, bool focus);
/* A line from row of r on, wrapped or cut; returns the row behind it. */
int paint_log_line(struct frame *f, struct rect r, int row, const struct log_line *line, bool wrap);
void paint_list(struct frame *f, struct rect r, const struct log_list *l, bool focus);
void paint_status(struct frame *f, const struct layout *l, const struct ui *u);
void paint_popup(struct frame *f, const struct popup *p);

/* How many columns the gutter of a view takes, and how many rows of the
 * chat pane its input. */
int gutter_cols(const struct ui *u, const struct view *v);
int question_rows(const struct ui *u, int cols, int rows);

/* Rows that the message wants for itself; 0: it fits into the status line, or
 * there is none. */
int message_rows(const struct ui *u, int cols);

#endif
