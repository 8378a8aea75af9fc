/* ui.h - the screen of a session: what is looked at. All of the design's state is
 * the session's.
 *
 * Map of ui/screen: a screen as data, and what everyone needs of it. Knows no
 * command, no pane and no way to run: they are built upon it.
 *
 *   ui ui_parts                       the whole, and where its parts are; only ui.c knows
 *                                     what it is made of
 *   ui_drawing ui_panes ui_keys       what is drawn, where, and what comes in
 *   ui_words ui_settings              what it says, and tells the terminal
 *   ui_tabs ui_marks ui_disk          open files, marks in their gutters, others' changes
 *   ui_restore ui_chat draft          from one start to the next; the question
 *   ui_logs ui_review                 what happened, as lines; what is under review
 *   ui_context                        what is sent with a question
 *   ui_extra                          a plugin's pane
 *   ui_wave ui_wave_layout            the waves of the last run, their rows kept
 *   ui_jobs                           how work that takes time begins and ends
 *   ui_scene                          one moment for the painters
 *
 * Each part has a header with its struct, and ui_PART(u) gives it. Whoever needs a
 * part includes that one.
 *
 * Above and below, each folder of ui/ using only those to its left:
 *
 *   look terminal document widget paint screen job act pane turn time run
 *
 *   key -> keymap -> command -> event -> session -> watcher -> dirty -> paint
 */
#ifndef POSEDGE_UI_H
#define POSEDGE_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/workbench/screen_port.h"
#include "ui/screen/ui_parts.h"

struct find;
struct key;
struct loop;
struct past;
struct popup;
struct scene;
struct session;
struct state;
struct term;
struct ui;
struct workbench;

/* All parts as they are at first; no timers yet. All three are borrowed. */
struct ui *ui_make(struct workbench *w, struct session *s, struct term *t);
void ui_unmake(struct ui *u);

static inline struct workbench *ui_workbench(const struct ui *u)
{
	return ui_parts(u)->workbench;
}

static inline struct loop *ui_loop(const struct ui *u)
{
	return ui_parts(u)->loop;
}

static inline struct session *ui_session(const struct ui *u)
{
	return ui_parts(u)->session;
}

const struct state *ui_state(const struct ui *u); /* the session's */

static inline struct term *ui_term(const struct ui *u)
{
	return ui_parts(u)->term;
}

void ui_changed(struct ui *u); /* something: all is painted at the turn's end */
void ui_flowed(
	struct ui *u); /* the same for one of many small pieces: drawn with those that follow */
void ui_scene(const struct ui *u,
	      struct scene *s); /* for the painters; borrowed from u until the next thing happens */
void ui_apply_mouse(struct ui *u);   /* what the terminal tells of it, by what is shown */
void ui_apply_options(struct ui *u); /* theme and mouse, after they were set */

/* What stands over the panes. */
static inline struct popup *ui_popup(const struct ui *u)
{
	return ui_parts(u)->popup;
}

/* Leaving. */
struct ui_leaving {
	bool quit, hung_up;
	char *next;	   /* the session to go on in after that; NULL */
	char *next_moment; /* and to rewind to there; NULL */
};

static inline struct ui_leaving *ui_leaving(const struct ui *u)
{
	return ui_parts(u)->leaving;
}

/* What editing commands keep. */
struct ui_edits {
	struct find *find; /* NULL: nothing was searched for yet */
	struct str clipboard;
};

static inline struct ui_edits *ui_edits(const struct ui *u)
{
	return ui_parts(u)->edits;
}

/* The screen as a port for commands: act.c. */
struct ui_port {
	struct screen_port port; /* first */
	struct ui *ui;
};

/* What is built upon a screen, and ties itself in here. */
struct ui_links {
	struct ui_port port;
	struct {				/* an earlier moment, shown over this: past.c */
		struct ui *ui;			/* NULL: none; then the others are not called */
		void (*tick)(struct ui *under); /* before each drawing */
		void (*close)(struct ui *under);
		struct past *past;
	} over;
	bool (*show_moment)(struct ui *u, uint64_t n,
			    struct err *err); /* event n over this; NULL: cannot be shown */
	struct {			      /* the session is only looked at, and keys go there */
		void (*key)(void *ctx, const struct key *k); /* NULL: to this screen */
		void *ctx;
	} keys_to;
};

static inline struct ui_links *ui_links(const struct ui *u)
{
	return ui_parts(u)->links;
}

/* What is on the screen: u, or what is looked at over it. */
static inline struct ui *ui_front(struct ui *u)
{
	struct ui *over = ui_links(u)->over.ui;

	return over ? over : u;
}

#endif
