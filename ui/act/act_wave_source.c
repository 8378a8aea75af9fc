/* From a signal in the waves to the source: its declaration, and its assignments. The
 * scope is followed through the instances to its module; there names are read as text,
 * without elaboration. So an assignment through a port is shown as the port's
 * connection.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/check/wave_source.h"
#include "session/project/project.h"
#include "session/text/find.h"
#include "session/text/text.h"
#include "session/trace/trace.h"
#include "session/verilog/verilog.h"
#include "session/waveview/waveview.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/document/view.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_tabs.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"

/* The source of a signal: the file of its module, opened in a view. */
struct place {
	struct view *v;
	struct text *t;
	const struct vmodule *m;
	const char *name; /* without its scope */
	size_t from, to;  /* byte range of the module in the text */
};

static bool is_plain(const char *name)
{
	return name[0] && !name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
					     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$")];
}

static bool find_module(struct ui *u, size_t signal, struct place *out, struct err *err)
{
	const struct trace *t = ui_wave(u)->trace;
	const struct trace_signal *s = trace_signal_at(t, signal);
	struct project *p = workbench_project(ui_workbench(u), NULL);
	const struct project_file *f = NULL;
	struct str scope = STR_INIT;
	bool top, ok;

	trace_scope_name(t, s->scope, &scope);
	out->m = p ? wave_source_module(p, str_cstr(&scope), &top) : NULL;
	f = out->m ? project_module(p, out->m->name, NULL) : NULL;
	ok = f || err_set(err, ERR_NOT_FOUND, "%s: no module of this project is there",
			  scope.len ? scope.data : s->name);
	ok = ok &&
	     (is_plain(s->name) ||
	      err_set(err, ERR_NOT_FOUND, "%s is made by the tool, no source has it", s->name));
	out->name = s->name;
	str_free(&scope);
	return ok && ui_open_at(u, f->path, out->m->line, 0, err);
}

static bool place_of(struct ui *u, struct place *out, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);
	size_t signal;

	if (!w)
		return false;
	signal = w->view->chosen < w->view->n ? w->view->rows[w->view->chosen].signal : TRACE_NONE;
	if (signal == TRACE_NONE)
		return err_set(err, ERR_USAGE, "choose a signal: this row has no source");
	if (!find_module(u, signal, out, err))
		return false;
	ui_focus(u, PANE_CODE);
	out->v = act_view(u, &out->t, err);
	if (!out->v)
		return false;
	out->from = text_line_start(out->t, out->m->line > 0 ? (size_t)out->m->line - 1 : 0);
	out->to = out->m->end_line > 0 && (size_t)out->m->end_line < text_lines(out->t)
			  ? text_line_start(out->t, (size_t)out->m->end_line)
			  : text_len(out->t);
	return true;
}

bool act_wave_declaration(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct waveview *v = ui_wave(u)->view;
	struct place p;
	size_t at;

	if (v && v->chosen < v->n && v->rows[v->chosen].group) {
		waveview_open(v, v->chosen, !v->rows[v->chosen].open);
		return true;
	}
	if (ui_defer_command(u, c))
		return true;
	if (!place_of(u, &p, err))
		return false;
	if (!act_declared(p.t, p.from, p.name, &at) || at >= p.to)
		return err_set(err, ERR_NOT_FOUND, "%s: module %s does not declare it by that name",
			       p.name, p.m->name);
	view_move(p.v, p.t, at, false);
	return true;
}

/* Matches name = ..., name[3] <= ..., {..., name} = ... on one line, .port(name),
 * and ++. */
static struct find *assignments(const char *name)
{
	char *pattern =
		str_fmt("(?-i)(?<![\\w.$])%s\\s*(?:\\[[^\\]]*\\]\\s*)*(?:[^\\[\\]()=<>]*\\}\\s*)?"
			"(?:<?=(?!=)|[-+*/%%&|^]=|<<=|>>=|\\+\\+|--)"
			"|(?-i)\\.\\w+\\s*\\(\\s*\\K%s\\s*(?:\\[[^\\]]*\\]\\s*)*\\)",
			name, name);
	struct find *f = find_new(pattern, NULL);

	free(pattern);
	return f;
}

/* Goes to the next assignment after the cursor if that is in the module, wrapping
 * around. */
bool act_wave_drivers(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct view *before = ui_code(u);
	char *path = before ? mem_strdup(before->path) : NULL;
	size_t cursor = before ? before->cursor : 0, at, end, from;
	struct place p;
	struct find *f;
	bool ok;

	if (ui_defer_command(u, c)) {
		free(path);
		return true;
	}
	if (!place_of(u, &p, err)) {
		free(path);
		return false;
	}
	f = assignments(p.name);
	from = path && strcmp(path, p.v->path) == 0 && cursor >= p.from && cursor < p.to
		       ? cursor + 1
		       : p.from;
	ok = f && ((find_next(f, p.t, from, &at, &end) && at < p.to) ||
		   (find_next(f, p.t, p.from, &at, &end) && at < p.to));
	if (ok)
		view_move(p.v, p.t, at, false);
	else
		err_set(err, ERR_NOT_FOUND, "%s: nothing in module %s assigns it by that name",
			p.name, p.m->name);
	if (ok)
		ui_say(u, "log wave, Ctrl-]: the next place that assigns %s", p.name);
	find_free(f);
	free(path);
	return ok;
}
