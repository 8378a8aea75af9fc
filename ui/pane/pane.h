/* pane.h - the panes of the screen, each as one row of functions.
 *
 * A pane is one file pane_NAME.c and one row in pane.c. Four panes have places of their
 * own, PANE_CODE and so on (layout.h). All others are guests: `pane NAME` shows one in
 * the place of the code until it is left or a file is opened. An open review takes that
 * place too, and the waves take the place of the log.
 *
 * Painters (paint.h), which see a scene and no struct ui, draw what several screens show
 * or what needs a test of its own; a guest may as well paint its rows itself.
 *
 * Map of ui/pane:
 *
 *   pane         the table
 *   pane_text    shared by the panes that show a document
 *   pane_*       one pane each
 */
#ifndef POSEDGE_PANE_H
#define POSEDGE_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/look/layout.h"
#include "ui/terminal/keymap.h"

struct event;
struct guest;
struct scene;
struct ui;

/* body: the rows below the title. focus: this pane has it. */
struct pane_ops {
	const char *name; /* of a guest; NULL: no guest */
	enum place place; /* whose key bindings apply */
	bool flows;	  /* shows what streams in: answers, lines of a simulation */

	/* Guests. open: it will be shown, under that name; what it keeps goes into g.
	 * changed: e was recorded while it is open. Either may be NULL. */
	bool (*open)(struct ui *u, const char *name, struct guest *g, struct err *err);
	void (*changed)(struct ui *u, const struct event *e);

	/* Paints the title row r. */
	void (*title)(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		      bool focus);

	/* Called before painting, visible or not: scrolls to what must be seen.
	 * False: more to do, so draw again. */
	bool (*fit)(struct ui *u, struct rect body, const struct scene *s);

	void (*paint)(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		      bool focus);

	/* Handles a key without a binding here. */
	void (*key)(struct ui *u, const struct key *k);

	/* The mouse moves over it with no button down; NULL: ignored. */
	void (*hover)(struct ui *u, struct rect body, const struct key *k, const struct spot *spot);
	/* A mouse button was pressed or, with drag, the mouse moved while it was
	 * down. spot: what was painted there; NULL: nothing clickable. mouse NULL: a
	 * click only sets the focus. */
	void (*mouse)(struct ui *u, struct rect body, const struct key *k, const struct spot *spot,
		      bool drag);

	void (*scroll)(struct ui *u, struct rect body, int by); /* by rows, from the wheel */
	/* The wheel with Ctrl or Shift held; NULL: scrolls. */
	void (*wheel)(struct ui *u, const struct key *k);
};

/* The pane now shown in the place of p. */
const struct pane_ops *pane_at(const struct ui *u, enum pane p);
const struct pane_ops *pane_focused(const struct ui *u);

/* Shows the guest of that name, or the plugin's pane, and gives it the focus. */
bool pane_open(struct ui *u, const char *name, struct err *err);
void pane_changed(struct ui *u, const struct event *e); /* tells the guest, if one is open */

extern const struct pane_ops pane_chat, pane_code, pane_context, pane_extra, pane_log, pane_review,
	pane_spec, pane_wave;

/* Tabs of the log: moves by `by`, or selects number `tab`. */
void pane_log_tab(struct ui *u, int by);
void pane_log_show(struct ui *u, size_t tab);

/* Shared by the panes with a document: pane_text.c. v may be NULL. */
struct view;
bool pane_text_fit(struct ui *u, struct view *v, struct rect body, const struct scene *s);
void pane_text_paint(const struct ui *u, struct view *v, struct frame *f, struct rect body,
		     const struct scene *s, bool focus);
void pane_text_key(struct ui *u, const struct key *k); /* to the focused document */
void pane_text_mouse(struct ui *u, struct view *v, struct rect body, const struct key *k,
		     bool drag);
void pane_text_scroll(struct ui *u, struct view *v, struct rect body, int by);

#endif
