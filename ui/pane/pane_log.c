/* The log pane: findings, simulations, cycles, requests, history. */
#include "config.h"

#include <stdlib.h>

#include "ui/act/act.h"
#include "ui/job/jobs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"

static void title(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		  bool focus)
{
	paint_log_title(f, r, s, focus);
}

static bool fit(struct ui *u, struct rect body, const struct scene *s)
{
	struct log_list *l = ui_log(u);

	if (ui_logs(u)->tab == LOG_WAVE && body.rows > 0 && ui_wave(u)->pending)
		ui_wave_open(u, NULL);
	l->whole = ui_focused(u) == PANE_LOG;
	log_list_view(l, l->filter || l->dropped ? body.rows - 1 : body.rows, body.cols - 1);
	return true;
}

static void paint(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		  bool focus)
{
	paint_log(f, body, s, focus);
}

void pane_log_show(struct ui *u, size_t tab)
{
	ui_show_log(u, (enum log_tab)(tab % LOG_TABS));
}

void pane_log_tab(struct ui *u, int by)
{
	ui_show_log(u, (enum log_tab)(((int)ui_logs(u)->tab + by + LOG_TABS) % LOG_TABS));
}

static void show_moment(struct ui *u, uint64_t n)
{
	struct err err;

	if (ui_links(u)->show_moment && !ui_links(u)->show_moment(u, n, &err))
		ui_complain(u, &err);
}

/* Shows the waves at the time in the chosen line. */
static void show_time(struct ui *u, const struct log_line *line)
{
	char *at = act_log_time(u);

	if (at)
		ui_run_line(u, "wave");
	else
		ui_say(u, "this line names no place in a file: %s", line->text);
	free(at);
}

/* Opens the file at the position of the chosen line. */
static void jump(struct ui *u)
{
	const struct log_list *l = ui_log(u);
	const struct log_line *line = log_list_at(l, l->chosen);
	struct err err;

	if (!line)
		ui_say(u, "there is no line here");
	else if (ui_logs(u)->tab == LOG_HISTORY)
		show_moment(u, (uint64_t)line->line);
	else if (!line->path)
		show_time(u, line);
	else if (!ui_open_at(u, line->path, line->line, line->col, &err))
		ui_complain(u, &err);
	else /* the pane may have cut the line */
		ui_say(u, "%s", line->text);
}

static void key(struct ui *u, const struct key *k)
{
	struct log_list *l = ui_log(u);
	int rows = pane_body(ui_panes(u)->layout.pane[PANE_LOG]).rows;
	int tab = k->code == KEY_TAB	 ? (k->mods & KEY_SHIFT ? -1 : 1)
		  : k->code == KEY_RIGHT ? 1
		  : k->code == KEY_LEFT	 ? -1
					 : 0;

	if (tab) {
		pane_log_tab(u, tab);
		return;
	}
	switch (k->code) {
	case KEY_UP:
		log_list_move(l, -1);
		break;
	case KEY_DOWN:
		log_list_move(l, 1);
		break;
	case KEY_PAGE_UP:
		log_list_move(l, -rows + 1);
		break;
	case KEY_PAGE_DOWN:
		log_list_move(l, rows - 1);
		break;
	case KEY_HOME:
		log_list_move(l, -(1L << 40));
		break;
	case KEY_END:
		log_list_move(l, 1L << 40);
		break;
	case KEY_ENTER:
		jump(u);
		break;
	case KEY_ESCAPE:
		log_list_filter(l, NULL);
		break;
	case KEY_CHAR:
		if (k->text[0] == '/')
			ui_run_line(u, "filter");
		break;
	default:
		break;
	}
}

/* The first click on a line chooses it, the second goes to its position. */
static void mouse(struct ui *u, struct rect body, const struct key *k, const struct spot *spot,
		  bool drag)
{
	struct log_list *l = ui_log(u);
	bool again;

	if (drag || !spot)
		return;
	if (spot->kind == SPOT_LOG_TAB)
		ui_show_log(u, (enum log_tab)spot->index);
	if (spot->kind != SPOT_LOG_LINE || spot->index >= log_list_shown(l))
		return;
	again = spot->index == l->chosen && !l->follow;
	l->chosen = spot->index;
	l->follow = false;
	if (again)
		jump(u);
}

static void scroll(struct ui *u, struct rect body, int by)
{
	log_list_move(ui_log(u), by);
}

const struct pane_ops pane_log = { .place = PLACE_LOG,
				   .flows = true,
				   .title = title,
				   .fit = fit,
				   .paint = paint,
				   .key = key,
				   .mouse = mouse,
				   .scroll = scroll };
