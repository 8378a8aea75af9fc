/* pane.h - the panes of the screen, each as one row of functions.
 *
 * A pane is one file pane_NAME.c and one row in pane.c; where it is on the screen
 * is layout.h's. What it shows is painted by painters (paint.h), which see a scene
 * and no struct ui; a pane puts the two together. The review stands in the place
 * of the code while one is open, and so do the context and a plugin's; the waves stand in the
 * place of the log. Each is a pane of its own here.
 *
 * Map of ui/pane:
 *
 *   pane         the table
 *   pane_text    what the panes with a document share
 *   pane_*       one pane each
 */
#ifndef POSEDGE_PANE_H
#define POSEDGE_PANE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/look/layout.h"
#include "ui/terminal/keymap.h"

struct frame;
struct key;
struct scene;
struct spot;
struct ui;

/* body: the rows under the title. focus: this pane has it. */
struct pane_ops {
	enum place place; /* whose bindings its keys have */

	/* The first row, as large as r. */
	void (*title)(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		      bool focus);

	/* Before painting, whether or not it is in sight: scrolls to what must be seen.
	 * False: there is more to do, and another drawing does it. */
	bool (*fit)(struct ui *u, struct rect body, const struct scene *s);

	void (*paint)(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		      bool focus);

	/* A key that is bound to nothing here. */
	void (*key)(struct ui *u, const struct key *k);

	/* The mouse is over it and no button is down; NULL: that is nothing to it. */
	void (*hover)(struct ui *u, struct rect body, const struct key *k, const struct spot *spot);
	/* The mouse went down or, drag, moved while it was down; spot: what was painted
	 * there, NULL: nothing that can be clicked. NULL: clicks only give it the focus. */
	void (*mouse)(struct ui *u, struct rect body, const struct key *k, const struct spot *spot,
		      bool drag);

	void (*scroll)(struct ui *u, struct rect body, int by); /* rows, by the wheel */
};

/* What stands in the place of p now. */
const struct pane_ops *pane_at(const struct ui *u, enum pane p);
const struct pane_ops *pane_focused(const struct ui *u);

extern const struct pane_ops pane_chat, pane_code, pane_context, pane_extra, pane_log, pane_review,
	pane_spec, pane_wave;

/* Tabs of the log: by so many, or the one of that number. */
void pane_log_tab(struct ui *u, int by);
void pane_log_show(struct ui *u, size_t tab);

/* What the two panes with a document have in common: pane_text.c. v may be NULL. */
struct view;
bool pane_text_fit(struct ui *u, struct view *v, struct rect body, const struct scene *s);
void pane_text_paint(const struct ui *u, struct view *v, struct frame *f, struct rect body,
		     const struct scene *s, bool focus);
void pane_text_key(struct ui *u, const struct key *k); /* to the document with the focus */
void pane_text_mouse(struct ui *u, struct view *v, struct rect body, const struct key *k,
		     bool drag);
void pane_text_scroll(struct ui *u, struct view *v, struct rect body, int by);

#endif
