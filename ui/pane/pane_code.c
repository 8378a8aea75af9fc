/* The code pane: the open files, one of them shown. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/state.h"
#include "session/output/diag.h"
#include "session/project/project.h"
#include "session/workbench/workbench.h"
#include "ui/look/signs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/pane/pane.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_drawing.h"
#include "ui/screen/ui_tabs.h"

static const char *mark(const struct ui *u, struct view *v)
{
	const struct doc *d = ui_doc(u, v);

	return d && doc_unsaved(d) ? sign(SIGN_UNSAVED) : "";
}

/* The open files that the title names: those from `from` to before `to`. */
struct named {
	size_t from, to;
};

static int name_cols(const struct ui *u, size_t i)
{
	struct ui_tabs *tabs = ui_tabs(u);
	const char *path = tabs->v[i].path, *unsaved = mark(u, &tabs->v[i]);

	return cluster_columns(path, strlen(path), 0) +
	       cluster_columns(unsaved, strlen(unsaved), 0) + (i == tabs->at ? 2 : 0);
}

/* The count of the files that are not named, in front or behind: " +3". */
static int count_cols(size_t n)
{
	return n ? snprintf(NULL, 0, " +%zu", n) : 0;
}

/* Chooses the file shown and as many beside it as fit, those behind it first. Both ends
 * are at the file shown if not even that one fits. */
static struct named choose_named(const struct ui *u, int room)
{
	struct ui_tabs *tabs = ui_tabs(u);
	struct named in = { tabs->at, tabs->at };
	int cols = name_cols(u, tabs->at);

	if (cols + count_cols(tabs->n - 1) > room)
		return in;
	in.to++;
	for (;;) {
		size_t before = in.from, after = tabs->n - in.to;
		int left = before ? cols + 1 + name_cols(u, in.from - 1) : 0,
		    right = after ? cols + 1 + name_cols(u, in.to) : 0;

		if (after && right + count_cols(before) + count_cols(after - 1) <= room) {
			cols = right;
			in.to++;
		} else if (before && left + count_cols(before - 1) + count_cols(after) <= room) {
			cols = left;
			in.from--;
		} else {
			return in;
		}
	}
}

static void name_files(const struct ui *u, struct named in, struct str *out)
{
	struct ui_tabs *tabs = ui_tabs(u);

	if (in.from)
		str_addf(out, "+%zu ", in.from);
	for (size_t i = in.from; i < in.to; i++)
		str_addf(out, i == tabs->at ? "%s[%s%s]" : "%s%s%s", i > in.from ? " " : "",
			 tabs->v[i].path, mark(u, &tabs->v[i]));
	if (in.to < tabs->n)
		str_addf(out, " +%zu", tabs->n - in.to);
}

/* The file shown, with the end of its path, and how many there are besides. */
static void name_shown(const struct ui *u, int room, struct str *out)
{
	struct ui_tabs *tabs = ui_tabs(u);
	struct view *v = &tabs->v[tabs->at];
	char *rest = tabs->n > 1 ? str_fmt("%s] +%zu", mark(u, v), tabs->n - 1)
				 : str_fmt("%s]", mark(u, v));

	str_adds(out, "[");
	path_fit(v->path, room - 1 - cluster_columns(rest, strlen(rest), 0), out);
	str_adds(out, rest);
	free(rest);
}

static void count_findings(const struct diag_list *found, const char *path, struct str *out)
{
	size_t errors = 0, risks = 0;

	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		errors += d->rank == DIAG_ERROR && strcmp(d->path, path) == 0;
		risks += d->rank == DIAG_RISK && strcmp(d->path, path) == 0;
	}
	if (errors + risks)
		str_addf(out, "%zu err %zu risk ", errors, risks);
}

static const char *no_file(const struct ui *u)
{
	const struct workbench *w = ui_workbench(u);

	if (ui_links(u)->keys_to.key || !w->project || !workbench_has_read(w))
		return "no file yet";
	return project_files(w->project) ? "no file: Ctrl-O o opens one"
					 : "no Verilog yet: ask, or `new-file` begins a file";
}

/* Makes the names that name_files() wrote at col clickable. */
static void spot_files(const struct ui *u, struct named in, struct frame *f, int row, int col)
{
	if (in.from)
		col += count_cols(in.from);
	for (size_t i = in.from; i < in.to; i++) {
		int cols = name_cols(u, i);

		frame_spot(f, (struct rect){ row, col, 1, cols }, SPOT_FILE, i);
		col += cols + 1;
	}
}

static void title(const struct ui *u, struct frame *f, struct rect r, const struct scene *s,
		  bool focus)
{
	struct ui_tabs *tabs = ui_tabs(u);
	struct view *v = tabs->n ? &tabs->v[tabs->at] : NULL;
	struct str what = STR_INIT, state = STR_INIT;
	struct named in = { 0 };
	int room, col;

	if (v)
		count_findings(s->state->found, v->path, &state);
	if (v && ui_text(u, v))
		str_addf(&state, "%zu:%d", ui_drawing(u)->shown.line + 1,
			 ui_drawing(u)->shown.col + 1);
	room = title_room(r, focus, "code", str_cstr(&state));
	if (v)
		in = choose_named(u, room);
	if (!v)
		str_adds(&what, no_file(u));
	else if (in.from == in.to)
		name_shown(u, room, &what);
	else
		name_files(u, in, &what);
	col = paint_title(f, r, focus, "code", str_cstr(&what), str_cstr(&state));
	spot_files(u, in, f, r.row, col);
	str_free(&what);
	str_free(&state);
}

static bool fit(struct ui *u, struct rect body, const struct scene *s)
{
	return pane_text_fit(u, ui_code(u), body, s);
}

static void paint(const struct ui *u, struct frame *f, struct rect body, const struct scene *s,
		  bool focus)
{
	struct ui_tabs *tabs = ui_tabs(u);

	pane_text_paint(u, tabs->n ? &tabs->v[tabs->at] : NULL, f, body, s, focus);
}

static void mouse(struct ui *u, struct rect body, const struct key *k, const struct spot *spot,
		  bool drag)
{
	if (!spot || spot->kind != SPOT_FILE)
		pane_text_mouse(u, ui_code(u), body, k, drag);
	else if (k->button == 0 && spot->index < ui_tabs(u)->n)
		ui_tabs(u)->at = spot->index;
}

static void scroll(struct ui *u, struct rect body, int by)
{
	pane_text_scroll(u, ui_code(u), body, by);
}

const struct pane_ops pane_code = { .place = PLACE_EDIT,
				    .title = title,
				    .fit = fit,
				    .paint = paint,
				    .key = pane_text_key,
				    .mouse = mouse,
				    .scroll = scroll };
