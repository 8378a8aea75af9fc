/* A plugin's pane, in place of the code. */
#include "config.h"

#include <string.h>

#include "session/journal/event.h"
#include "session/workbench/extensions.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_extra.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_words.h"

static bool no_pane(const struct extensions *x, const char *name, struct err *err)
{
	struct str all = STR_INIT;

	for (size_t i = 0; x && i < x->n_panes; i++)
		str_addf(&all, ", %s", x->panes[i].name);
	err_set(err, ERR_NOT_FOUND, "pane %s: there is no such pane; there are: %s%s%s", name,
		pane_context.name, str_cstr(&all), all.len ? "" : " (and no plugin brings one)");
	str_free(&all);
	return false;
}

static bool open(struct ui *u, const char *name, struct guest *g, struct err *err)
{
	struct extensions *x = ui_workbench(u)->tools.extensions;
	struct extra_pane *p = NULL;

	for (size_t i = 0; x && i < x->n_panes; i++)
		if (strcmp(x->panes[i].name, name) == 0)
			p = &x->panes[i];
	if (!p)
		return no_pane(x, name, err);
	ui_extra(u)->pane = p;
	ui_extra(u)->top = 0;
	str_clear(&ui_extra(u)->why);
	return ui_fill_extra(u, err);
}

static void changed(struct ui *u, const struct event *e)
{
	if (e->type == EVENT_LINT || e->type == EVENT_VERDICT)
		ui_fill_extra(u, NULL);
}

static void title(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		  bool focus)
{
	paint_title(f, r, focus, s->extra.pane->name, s->extra.pane->title, "r again  Esc");
}

static bool fit(struct ui *u, struct rect body, const struct scene *s)
{
	struct ui_extra *x = ui_extra(u);
	size_t rows = body.rows > 0 ? (size_t)body.rows : 0;

	if (x->top + rows > s->extra.pane->n)
		x->top = s->extra.pane->n > rows ? s->extra.pane->n - rows : 0;
	return true;
}

static void paint(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		  bool focus)
{
	paint_extra(f, body, s);
}

static void scroll(struct ui *u, struct rect body, int by)
{
	struct ui_extra *x = ui_extra(u);

	x->top = by < 0 && x->top < (size_t)-by ? 0 : x->top + (size_t)by;
	if (x->top > x->pane->n)
		x->top = x->pane->n;
}

static void fill(struct ui *u)
{
	struct err err;

	if (!ui_fill_extra(u, &err))
		ui_complain(u, &err);
}

static void key(struct ui *u, const struct key *k)
{
	struct rect body = pane_body(ui_panes(u)->layout.pane[PANE_CODE]);
	char letter = k->code == KEY_CHAR && k->len == 1 && !(k->mods & KEY_CTRL) ? k->text[0] : 0;

	if (k->code == KEY_UP || letter == 'k')
		scroll(u, body, -1);
	else if (k->code == KEY_DOWN || letter == 'j')
		scroll(u, body, 1);
	else if (k->code == KEY_PAGE_UP || k->code == KEY_PAGE_DOWN)
		scroll(u, body, k->code == KEY_PAGE_UP ? 1 - body.rows : body.rows - 1);
	else if (k->code == KEY_HOME)
		ui_extra(u)->top = 0;
	else if (k->code == KEY_END)
		ui_extra(u)->top = ui_extra(u)->pane->n;
	else if (letter == 'r')
		fill(u);
	else if (k->code == KEY_ESCAPE || letter == 'q')
		ui_leave_guest(u);
	else if (letter)
		ui_say(u, "arrows scroll, r asks the plugin again, Esc leaves");
}

const struct pane_ops pane_extra = { .name = "",
				     .place = PLACE_LOG,
				     .open = open,
				     .changed = changed,
				     .title = title,
				     .fit = fit,
				     .paint = paint,
				     .key = key,
				     .scroll = scroll };
