/* ui.h - the screen of a session: view state only. The state of the design is in the
 * session.
 *
 * Map of ui/screen: a screen as data, and what the rest of ui/ needs of it. Knows no
 * command, no pane and no main loop; they are built on top of it.
 *
 *   ui ui_parts                       the screen, and the addresses of its parts; only
 *                                     ui.c knows the whole struct
 *   ui_drawing ui_panes ui_keys       frame and dirty flags, layout and focus, input
 *   ui_words ui_settings              the status line; options the terminal must know
 *   ui_tabs ui_marks ui_disk          open files, gutter marks, changes by other programs
 *   ui_restore ui_chat draft          state kept between starts; the question
 *   ui_logs ui_review                 the session's events as lines; the open review
 *   ui_context                        what is sent with a question
 *   ui_extra                          a plugin's pane
 *   ui_wave ui_wave_layout            the waves of the last run; their saved rows
 *   ui_jobs run_texts                 begin and end of work that takes time; texts that ran
 *   ui_scene                          one moment for the painters
 *
 * Each part has a header with its struct, and ui_PART(u) returns it. Include the header
 * of the part you need.
 *
 * The folders of ui/ in order; each uses only those to its left:
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

/* Makes all parts in their initial state, without timers. All three arguments are
 * borrowed. */
struct ui *ui_create(struct workbench *w, struct session *s, struct term *t);
void ui_destroy(struct ui *u);

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

void ui_changed(struct ui *u); /* marks everything dirty; painted at the end of the turn */
/* Like ui_changed() for one of many small pieces: drawn together with those that
 * follow. */
void ui_stream_changed(struct ui *u);
/* Fills s for the painters; borrowed from u until the next event. */
void ui_scene(const struct ui *u, struct scene *s);
void ui_apply_mouse(struct ui *u);   /* turns mouse reports on or off as the tab in view needs */
void ui_apply_options(struct ui *u); /* after theme or mouse was set */

/* The popup on top of the panes. */
static inline struct popup *ui_popup(const struct ui *u)
{
	return ui_parts(u)->popup;
}

/* Set when the screen is to be left. */
struct ui_leaving {
	bool quit, hung_up;
	char *next;	   /* the session to open next; NULL: none */
	char *next_moment; /* event to rewind to there; NULL: none */
};

static inline struct ui_leaving *ui_leaving(const struct ui *u)
{
	return ui_parts(u)->leaving;
}

/* State of the editing commands. */
struct ui_edits {
	struct find *find; /* NULL: no search yet */
	struct str clipboard;
};

static inline struct ui_edits *ui_edits(const struct ui *u)
{
	return ui_parts(u)->edits;
}

/* The screen as a port for commands; filled in by act_port.c. */
struct ui_port {
	struct screen_port port; /* first */
	struct ui *ui;
};

/* Hooks of the layers above the screen. */
struct ui_links {
	struct ui_port port;
	/* an earlier moment shown on top of this screen: past.c */
	struct {
		struct ui *ui;			/* NULL: none; then the rest is unused */
		void (*tick)(struct ui *under); /* called before each drawing */
		void (*close)(struct ui *under);
		struct past *past;
	} over;
	/* Shows the guest or the plugin's pane of that name in place of the code. */
	bool (*open_pane)(struct ui *u, const char *name, struct err *err);
	/* Shows event n on top of this screen; NULL: not possible here. */
	bool (*show_moment)(struct ui *u, uint64_t n, struct err *err);
	struct { /* receiver of keys while the session is read only */
		void (*key)(void *ctx, const struct key *k); /* NULL: keys go to this screen */
		void *ctx;
	} keys_to;
};

static inline struct ui_links *ui_links(const struct ui *u)
{
	return ui_parts(u)->links;
}

/* The screen in view: u, or the past shown on top of it. */
static inline struct ui *ui_front(struct ui *u)
{
	struct ui *over = ui_links(u)->over.ui;

	return over ? over : u;
}

#endif
