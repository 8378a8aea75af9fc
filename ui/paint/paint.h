/* paint.h - painters: they read a scene, write cells and clickable spots into a frame,
 * and keep no state.
 *
 * Map of ui/paint: from a scene to cells. Knows no struct ui.
 *
 *   scene            the input: one moment of the screen
 *   paint paint_*    painters, one per thing
 */
#ifndef POSEDGE_PAINT_H
#define POSEDGE_PAINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/waveview/waveview_draw.h"
#include "ui/look/frame.h"

struct ask_view;
struct find;
struct layout;
struct log_line;
struct popup;
struct line_edit;
struct scene;
struct text;
struct view;

/* Paints the title row of a pane: its name, what it shows, its state at the right.
 * Returns the column where `what` begins. */
int paint_title(struct frame *f, struct rect r, bool focus, const char *name, const char *what,
		const char *state);
/* The columns that such a title leaves for `what`. */
int title_room(struct rect r, bool focus, const char *name, const char *state);
/* Appends a path; without its beginning if it has more than cols columns, or 8. */
void path_fit(const char *path, int cols, struct str *out);

/* t is the text of v. */
void paint_view(struct frame *f, struct rect r, const struct scene *s, const struct view *v,
		const struct text *t, bool focus);
/* The line that was typed into, and what its painter reads; for a view that does not
 * wrap. paint_typed_line() repaints only its text and the cursor: the gutter and the
 * other rows stay. False: other lines must be painted too, or the view scrolls. */
struct typed_line {
	const struct scene *scene;
	struct view *view;
	const struct text *text;
	size_t line, start, end; /* the line's bytes, without the line end */
	struct rect body;	 /* of the pane */
	int gutter;		 /* columns */
	bool marked;		 /* the line may have findings or search hits */
	struct line_memory {	 /* its text and styles, used again for the next letter */
		struct str text;
		uint8_t *styles;
		size_t cap;
	} memory;
};
void line_memory_fini(struct line_memory *m);
bool paint_typed_line(struct frame *f, struct typed_line *l);
/* True if the line has a finding, or may have a search hit. */
bool paint_marks_line(const struct scene *s, size_t line);
/* The offset of the byte shown in a cell of body, or of the nearest one. */
size_t view_offset_at(const struct scene *s, struct rect body, const struct view *v,
		      const struct text *t, int row, int col);

/* Marks the matches in the styles of a text, one per byte. find NULL: none. */
void paint_matches(const struct find *find, const char *s, size_t len, uint8_t *styles);

/* The rows of the pane left for the diff: where there is room, the rows above it
 * show what changes as hardware, and the last one the lint preview. */
struct rect review_rows(const struct scene *s, struct rect pane);
void paint_review(struct frame *f, struct rect r, const struct scene *s);
void paint_context(struct frame *f, struct rect r, const struct scene *s, bool focus);
void paint_extra(struct frame *f, struct rect r, const struct scene *s); /* one must be open */
/* Rows below the list for the total; 0: no room. */
int context_foot_rows(const struct ask_view *v, int cols, int rows);
void paint_chat(struct frame *f, struct rect r, const struct scene *s, bool focus);
void paint_log_title(struct frame *f, struct rect r, const struct scene *s, bool focus);
void paint_log(struct frame *f, struct rect r, const struct scene *s, bool focus);
/* Paints a line from `row` of r on, wrapped or cut; returns the row after it. */
int paint_log_line(struct frame *f, struct rect r, int row, const struct log_line *line, bool wrap);
/* paint_wave() paints the scene's waves; wave_shape_of() is the shape of a drawing
 * in r. */
void paint_wave(struct frame *f, struct rect r, const struct scene *s, bool focus);
struct wave_shape wave_shape_of(struct rect r);
void paint_status(struct frame *f, const struct layout *l, const struct scene *s);
const char *paint_status_command(size_t hint); /* of a SPOT_HINT */
void paint_popup(struct frame *f, const struct popup *p);

/* Columns of the gutter of a view; rows of the chat pane taken by the input line. */
int gutter_cols(const struct scene *s, const struct view *v, const struct text *t);
/* Rows above the input line: the card, and the queued questions, which are the last. */
struct card;
int waiting_rows(const struct card *card, const struct strv *queued, int cols, int rows);
int queued_rows(const struct strv *queued, int rows);

int question_rows(const struct line_edit *question, int cols, int rows);

/* Rows needed by the message outside the status line; 0: it fits there, or there is
 * none. */
int message_rows(const struct scene *s, int cols);

#endif
