/* The spec pane: the specification. */
#include "config.h"

#include <stdio.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "ui/look/signs.h"
#include "ui/paint/paint.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui_tabs.h"

static void title(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		  bool focus)
{
	const struct doc *d = ui_doc(u, &ui_tabs(u)->spec);
	struct str path = STR_INIT;
	char state[64] = "";

	if (d && doc_unsaved(d))
		snprintf(state, sizeof(state), "%s unsaved", sign(SIGN_UNSAVED));
	else if (d && !doc_has_file(d))
		snprintf(state, sizeof(state), "no file yet");
	path_fit(ui_tabs(u)->spec.path, title_room(r, focus, "spec", state), &path);
	paint_title(f, r, focus, "spec", str_cstr(&path), state);
	str_free(&path);
}

static bool fit(struct ui *u, struct rect body, const struct scene *s)
{
	return pane_text_fit(u, &ui_tabs(u)->spec, body, s);
}

static void paint(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		  bool focus)
{
	pane_text_paint(u, &ui_tabs(u)->spec, f, body, s, focus);
}

static void mouse(struct ui *u, struct rect body, const struct key *k, const struct spot *spot,
		  bool drag)
{
	pane_text_mouse(u, &ui_tabs(u)->spec, body, k, drag);
}

static void scroll(struct ui *u, struct rect body, int by)
{
	pane_text_scroll(u, &ui_tabs(u)->spec, body, by);
}

const struct pane_ops pane_spec = { .place = PLACE_EDIT,
				    .title = title,
				    .fit = fit,
				    .paint = paint,
				    .key = pane_text_key,
				    .mouse = mouse,
				    .scroll = scroll };
