/* wave: the last run, or a dump, in a viewer; as a picture, a table, in words. */
#include "config.h"

#include "session/command/commands.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/wave_source.h"
#include "session/check/wave_source_ports.h"
#include "session/journal/session.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/tool/viewer.h"
#include "session/trace/trace.h"
#include "session/trace/trace_table.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_draw.h"
#include "session/waveview/waveview_export.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define PICTURE_COLS 100

static bool find_wave(struct cmd_call *c, char **path, char **marker, struct err *err)
{
	struct workbench *w = c->w;

	*marker = NULL;
	if (c->argc) {
		*path = workplace_full(&w->place, c->argv[0]);
	} else {
		*path = remember_get(w->place.root, "wave");
		*marker = remember_get(w->place.root, "marker");
	}
	if (!*path || !(*path)[0])
		return err_set(err, ERR_NOT_FOUND,
			       "there are no waves yet; `posedge sim` makes some");
	return file_exists(*path) || err_set(err, ERR_NOT_FOUND, "%s is not there", *path);
}

/* In a viewer ------------------------------------------------------------------- */

/* Where no window can show them: the cycles before the first failure, or the
 * last ones. */
static void print_waves(const struct workbench *w, const struct view_request *r,
			struct trace_clock clock)
{
	const struct trace_rows rows = { .clock = clock,
					 .time = r->has_marker ? r->marker : UINT64_MAX,
					 .rows = (int)w->options->wave_cycles,
					 .cols = 8 };
	struct str table = STR_INIT;

	trace_table(r->trace, &rows, &table);
	report_text(&w->out, "\n%s cycles:\n\n%s", r->has_marker ? "The failing" : "The last",
		    str_cstr(&table));
	str_free(&table);
}

static char *save_path(const char *path)
{
	size_t len = strlen(path);

	len -= str_ends(path, ".vcd") || str_ends(path, ".fst") ? 4 : 0;
	return str_fmt("%.*s.gtkw", (int)len, path);
}

static bool show_in_viewer(struct workbench *w, const char *path, const char *marker,
			   struct err *err)
{
	char *save, *how = NULL, *home = session_home(w->place.root, err);
	struct trace_clock clock = { .signal = TRACE_NONE };
	struct view_request r = { .wave_path = path };
	enum view_outcome outcome;
	char *directions = NULL;
	struct err why;
	bool ok;

	if (!home)
		return false;
	if (w->ports->open_trace(w->loop, path, &r.trace, &why)) {
		clock = wave_source_clock_aside(w->loop, workbench_project(w, NULL), NULL, r.trace);
		directions = wave_source_directions(workbench_project(w, NULL), r.trace);
	} else {
		report_note(&w->out, "%s; the signals are not laid out", why.text);
	}
	r.directions = directions;
	r.clock = clock.signal;
	r.save_path = save = save_path(path);
	r.has_marker = marker && marker[0];
	r.marker = marker ? strtoull(marker, NULL, 10) : 0;
	r.state_dir = home;
	ok = w->ports->viewer->show(w->loop, &r, &outcome, &how, err);
	if (ok)
		report_text(&w->out, "%s\n", how);
	if (r.trace && (!ok || outcome == VIEW_FILES))
		print_waves(w, &r, clock);
	trace_close(r.trace);
	free(directions);
	free(how);
	free(home);
	free(save);
	return ok;
}

/* Printed ----------------------------------------------------------------------- */

/* The rows that --signals names, or those of a first look. */
static bool lay_out(struct cmd_call *c, struct waveview *v, struct err *err)
{
	const char *names = cmd_opt(c, "--signals");
	struct str full = STR_INIT;
	bool ok = true;

	if (!names) {
		waveview_choose(v);
		return true;
	}
	while (ok && *names) {
		size_t n = strcspn(names, ","), signal;
		char *name = mem_strndup(names, n);

		ok = waveview_resolve(v->t, name, &signal, err);
		str_clear(&full);
		if (ok)
			trace_full_name(v->t, signal, &full);
		ok = ok && (waveview_insert(v, v->n, str_cstr(&full), false, 0) ||
			    err_set(err, ERR_LIMIT, "--signals: more than %d", WAVEVIEW_ROWS));
		free(name);
		names += n + (names[n] == ',');
	}
	str_free(&full);
	waveview_find_pairs(v);
	return ok;
}

static bool time_option(struct cmd_call *c, const char *name, struct waveview *v, uint64_t *time,
			struct err *err)
{
	const char *text = cmd_opt(c, name);

	return !text || waveview_time_parse(v, text, time, err) || err_prefix(err, "%s", name);
}

static void draw(struct waveview *v, uint64_t from, uint64_t to, struct str *out)
{
	struct wave_shape shape = { .rows = 2, .cols = PICTURE_COLS, .still = true };
	struct wave_lines lines;

	shape.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	for (size_t i = 0; i < v->n; i++)
		shape.rows += waveview_shown(v, i);
	waveview_zoom_range(v, from, to, waveview_wave_cols(v, &shape));
	waveview_draw(v, &shape, &lines);
	wave_lines_print(&lines, out);
	wave_lines_fini(&lines);
}

static bool print_as(struct cmd_call *c, struct trace *t, const char *marker, struct err *err)
{
	struct waveview *v = waveview_new(t, PICTURE_COLS);
	uint64_t from = trace_begin(t), to = trace_end(t);
	const char *problem = trace_problem(t);
	struct str out = STR_INIT;
	bool ok = lay_out(c, v, err) && time_option(c, "--from", v, &from, err) &&
		  time_option(c, "--to", v, &to, err);

	if (ok && from > to)
		ok = err_set(err, ERR_USAGE, "--from is after the end of what is shown");
	if (ok && marker && marker[0])
		v->cursor = strtoull(marker, NULL, 10);
	if (ok && (v->cursor < from || v->cursor > to))
		v->cursor = to;
	if (ok && cmd_opt(c, "--text"))
		waveview_table(v, from, to, &out);
	else if (ok && cmd_opt(c, "--plain"))
		waveview_say(v, from, to, &out);
	else if (ok && cmd_opt(c, "--wavejson"))
		ok = waveview_wavejson(v, from, to, &out, err);
	else if (ok && cmd_opt(c, "--svg"))
		waveview_svg(v, from, to, &out);
	else if (ok)
		draw(v, from, to, &out);
	if (ok)
		report_text(&c->w->out, "%s", str_cstr(&out));
	if (ok && problem)
		report_note(&c->w->out, "%s", problem);
	str_free(&out);
	waveview_free(v);
	return ok;
}

static const char *const printed[] = { "--text", "--plain", "--draw", "--wavejson", "--svg" };

bool cmd_wave(struct cmd_call *c, struct err *err)
{
	char *path = NULL, *marker = NULL;
	struct trace *t = NULL;
	bool ok, prints = false, asks = cmd_opt(c, "--eval") != NULL;

	if (c->argc && strcmp(c->argv[0], "diff") == 0)
		return cmd_wave_diff(c, err);
	if (c->argc > 1)
		return err_set(err, ERR_USAGE, "wave: one dump, or diff and two");
	if (!asks && (cmd_opt(c, "--on") || cmd_opt(c, "--when") || cmd_opt(c, "--rows") ||
		      cmd_opt(c, "--after")))
		return err_set(err, ERR_USAGE,
			       "wave: --on, --when, --after and --rows go with --eval");
	for (size_t i = 0; i < sizeof(printed) / sizeof(*printed); i++)
		prints |= cmd_opt(c, printed[i]) != NULL;
	if (!prints && !asks &&
	    (cmd_opt(c, "--from") || cmd_opt(c, "--to") || cmd_opt(c, "--signals")))
		return err_set(err, ERR_USAGE,
			       "wave: --from, --to and --signals go with --text, --plain, "
			       "--draw, --wavejson or --svg");
	if (cmd_opt(c, "--tui"))
		return err_set(err, ERR_USAGE,
			       "wave --tui needs a terminal; --text, --plain and --draw print");
	ok = find_wave(c, &path, &marker, err);
	if (ok && asks) {
		ok = c->w->ports->open_trace(c->w->loop, path, &t, err) &&
		     cmd_wave_query(c, t, err);
		trace_close(t);
	} else if (ok && !prints) {
		ok = show_in_viewer(c->w, path, marker, err);
	} else if (ok) {
		ok = c->w->ports->open_trace(c->w->loop, path, &t, err) &&
		     print_as(c, t, marker, err);
		trace_close(t);
	}
	free(marker);
	free(path);
	return ok;
}
