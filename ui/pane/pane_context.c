/* The context pane, in place of the code: what is sent with a question. */
#include "config.h"

#include <string.h>

#include "session/ask/ask_sent.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "ui/job/jobs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_context.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

static bool open(struct ui *u, const char *name, struct guest *g, struct err *err)
{
	ui_context(u)->last = false;
	return ui_update_context(u, err);
}

static void changed(struct ui *u, const struct event *e)
{
	if (e->type == EVENT_ASK || e->type == EVENT_ANSWER || e->type == EVENT_SET)
		ui_update_context(u, NULL);
}

static void title(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		  bool focus)
{
	static const char *const hints[] = { "Space on/off  Enter text  Tab next/last  Esc",
					     "Space  Enter  Tab  Esc", "Esc", "" };
	const char *what = ui_context(u)->last ? "as it was sent" : "to be sent";
	int room = title_room(r, focus, "context", "");
	size_t i = 0;

	while (hints[i][0] && room < (int)(strlen(what) + 2 + strlen(hints[i]) + 1))
		i++;
	paint_title(f, r, focus, "context", what, hints[i]);
}

static bool fit(struct ui *u, struct rect body, const struct scene *s)
{
	struct ui_context *c = ui_context(u);
	size_t rows = (size_t)(body.rows - context_foot_rows(&c->view, body.cols, body.rows));

	if (body.rows < 1)
		return true;
	if (c->chosen < c->top)
		c->top = c->chosen;
	if (rows && c->chosen >= c->top + rows)
		c->top = c->chosen - rows + 1;
	return true;
}

static void paint(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		  bool focus)
{
	paint_context(f, body, s, focus && !s->covered);
}

static void move(struct ui *u, long by)
{
	struct ui_context *c = ui_context(u);
	long at = (long)c->chosen + by, last = (long)c->view.entries.n - 1;

	c->chosen = (size_t)(at < 0 || last < 0 ? 0 : at > last ? last : at);
}

static void scroll(struct ui *u, struct rect body, int by)
{
	move(u, by);
}

static void look(struct ui *u)
{
	struct err err;

	if (!ui_update_context(u, &err))
		ui_complain(u, &err);
}

static void toggle(struct ui *u)
{
	struct ui_context *c = ui_context(u);
	const struct prompt_entry *e =
		c->chosen < c->view.entries.n ? &c->view.entries.v[c->chosen] : NULL;
	const char *name = e ? ask_switch_of(e) : NULL;
	struct err err;

	if (c->last)
		ui_say(u, "that was sent already; Tab shows what is to be sent");
	else if (!name)
		ui_say(u, "this is always sent");
	else if (!ask_switch(ui_session(u), name, e->state == ENTRY_OFF, &err))
		ui_complain(u, &err);
}

static void show_text(struct ui *u)
{
	struct ui_context *c = ui_context(u);
	struct str text = STR_INIT;

	if (c->chosen >= c->view.entries.n)
		return;
	ask_view_text(&c->view, c->chosen, &text);
	popup_text(ui_popup(u), c->view.entries.v[c->chosen].name, str_cstr(&text));
	str_free(&text);
}

static void other(struct ui *u)
{
	struct ui_context *c = ui_context(u);

	c->last = !c->last;
	c->chosen = c->top = 0;
	ask_view_fini(&c->view);
	look(u);
}

static void key(struct ui *u, const struct key *k)
{
	int page = pane_body(ui_panes(u)->layout.pane[PANE_CODE]).rows - 1;
	char letter = k->code == KEY_CHAR && k->len == 1 && !(k->mods & KEY_CTRL) ? k->text[0] : 0;

	if (k->code == KEY_UP || letter == 'k')
		move(u, -1);
	else if (k->code == KEY_DOWN || letter == 'j')
		move(u, 1);
	else if (k->code == KEY_PAGE_UP || k->code == KEY_PAGE_DOWN)
		move(u, k->code == KEY_PAGE_UP ? -page : page);
	else if (k->code == KEY_HOME || k->code == KEY_END)
		move(u, k->code == KEY_HOME ? -(1L << 40) : 1L << 40);
	else if (letter == ' ')
		toggle(u);
	else if (k->code == KEY_ENTER)
		show_text(u);
	else if (k->code == KEY_TAB)
		other(u);
	else if (k->code == KEY_ESCAPE || letter == 'q')
		ui_leave_guest(u);
	else if (letter)
		ui_say(u, "Space switches on and off, Enter shows the text, Tab the last request, "
			  "Esc leaves");
}

/* The first click on an entry chooses it, the second shows its text. */
static void mouse(struct ui *u, struct rect body, const struct key *k, const struct spot *spot,
		  bool drag)
{
	struct ui_context *c = ui_context(u);

	if (drag || !spot || spot->kind != SPOT_ENTRY || spot->index >= c->view.entries.n)
		return;
	if (c->chosen == spot->index)
		show_text(u);
	c->chosen = spot->index;
}

const struct pane_ops pane_context = { .name = "context",
				       .place = PLACE_LOG,
				       .open = open,
				       .changed = changed,
				       .title = title,
				       .fit = fit,
				       .paint = paint,
				       .key = key,
				       .mouse = mouse,
				       .scroll = scroll };
