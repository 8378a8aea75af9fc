/* wave: shows the last run, or a dump, in a viewer, as a picture, as a table, or in
 * words.
 */
#include "config.h"

#include "session/command/commands.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/sim_after.h"
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
		*path = sim_after_waves(w, "`posedge sim` makes some", err);
		*marker = remember_get(w->place.root, "marker");
	}
	if (!*path)
		return false;
	return file_exists(*path) || err_set(err, ERR_NOT_FOUND, "%s is not there", *path);
}

/* In a viewer ------------------------------------------------------------------- */

/* If no window can show them: prints the cycles before the first failure, or the
 * last ones. */
static void print_waves(const struct workbench *w, const struct view_request *r,
			struct trace_clock clock)
{
	const struct trace_rows rows = { .clock = clock,
					 .time = r->has_place	 ? r->place
						 : r->has_marker ? r->marker
								 : UINT64_MAX,
					 .rows = (int)w->options->wave_cycles,
					 .cols = 8 };
	struct str table = STR_INIT;

	trace_table(r->trace, &rows, &table);
	report_text(&w->out, "\n%s cycles:\n\n%s",
		    r->has_place    ? "These"
		    : r->has_marker ? "The failing"
				    : "The last",
		    str_cstr(&table));
	str_free(&table);
}

static char *save_path(const char *path)
{
	size_t len = strlen(path);

	len -= str_ends(path, ".vcd") || str_ends(path, ".fst") ? 4 : 0;
	return str_fmt("%.*s.gtkw", (int)len, path);
}

/* Parses a time as typed by the user into units of the dump. */
static bool read_time(struct trace *t, const char *text, uint64_t *time, struct err *err)
{
	struct waveview *v = waveview_new(t, PICTURE_COLS);
	bool ok;

	waveview_choose(v); /* cycles are those of the clock */
	ok = waveview_time_parse(v, text, time, err);
	waveview_free(v);
	return ok;
}

/* Facts about the dump from the sources. */
struct knowledge {
	struct trace_clock clock;
	char *directions;
	struct str stems;
	struct strv sources;
	bool cut;
};

static void know(struct workbench *w, struct trace *t, bool source, struct knowledge *k)
{
	const struct project *p = workbench_project(w, NULL);

	k->clock = wave_source_clock_aside(w->loop, p, NULL, t);
	k->directions = wave_source_directions(p, t);
	if (source)
		k->cut = !wave_source_stems(p, w->place.root, t, &k->stems, &k->sources);
}

static void forget(struct knowledge *k)
{
	free(k->directions);
	str_free(&k->stems);
	strv_free(&k->sources);
}

static bool show_in_viewer(struct cmd_call *c, const char *path, const char *marker,
			   struct err *err)
{
	struct workbench *w = c->w;
	char *save, *how = NULL, *home = session_home(w->place.root, err);
	struct view_request r = { .wave_path = path };
	struct knowledge k = { .clock.signal = TRACE_NONE };
	const char *at = cmd_opt(c, "--at");
	enum view_outcome outcome = VIEW_FILES;
	struct err why;
	bool ok = true, asked;

	if (!home)
		return false;
	if (w->ports->open_trace(w->loop, path, &r.trace, &why)) {
		know(w, r.trace, cmd_opt(c, "--source"), &k);
	} else if (why.code == ERR_USAGE) { /* no viewer can show it either */
		free(home);
		return err_set(err, ERR_USAGE, "%s", why.text);
	}
	r.directions = k.directions;
	r.clock = k.clock.signal;
	if (k.stems.len) {
		r.stems = str_cstr(&k.stems);
		r.sources = &k.sources;
	} else if (cmd_opt(c, "--source")) {
		ok = err_set(err, ERR_NOT_FOUND, "no source here has a module of these waves");
	}
	r.save_path = save = save_path(path);
	r.has_marker = marker && marker[0];
	r.marker = marker ? strtoull(marker, NULL, 10) : 0;
	r.state_dir = home;
	if (ok && at)
		ok = r.has_place =
			r.trace ? read_time(r.trace, at, &r.place, err) : err_copy(err, &why);
	asked = ok;
	if (ok && k.cut)
		report_note(&w->out, "the source is shown of the first %u modules only",
			    WAVE_SOURCE_MODULES);
	if (ok && !r.trace)
		report_note(&w->out, "%s; the signals are not laid out", why.text);
	ok = ok &&
	     ports_viewer(w->ports, w->options->viewer)->show(w->loop, &r, &outcome, &how, err);
	if (ok)
		report_text(&w->out, "%s\n", how);
	/* Also if there is no viewer, but not if the arguments were wrong. */
	if (r.trace && asked && (!ok || outcome == VIEW_FILES))
		print_waves(w, &r, k.clock);
	trace_close(r.trace);
	forget(&k);
	free(how);
	free(home);
	free(save);
	return ok;
}

/* Adds signals to the open window; the dump resolves short names. */
static bool add_to_viewer(struct cmd_call *c, const char *path, struct err *err)
{
	const struct viewer_ops *viewer = ports_viewer(c->w->ports, c->w->options->viewer);
	char *home = session_home(c->w->place.root, err), *how = NULL;
	struct strv names = STRV_INIT, full = STRV_INIT;
	struct trace *t = NULL;
	bool ok = home && c->w->ports->open_trace(c->w->loop, path, &t, err);

	for (const char *p = cmd_opt(c, "--add"); ok && *p; p += *p == ',') {
		size_t n = strcspn(p, ","), signal;
		struct str name = STR_INIT;

		strv_addn(&names, p, n);
		ok = trace_find_by_end(t, names.v[names.n - 1], &signal, err);
		if (ok) {
			const struct trace_signal *s = trace_signal_at(t, signal);

			trace_full_name(t, signal, &name);
			if (s->has_range)
				str_addf(&name, "[%d:%d]", s->msb, s->lsb);
			strv_add(&full, str_cstr(&name));
		}
		str_free(&name);
		p += n;
	}
	ok = ok && (full.n || err_set(err, ERR_USAGE, "wave --add: which signal?"));
	ok = ok && viewer->add(c->w->loop, home, &full, &how, err);
	if (ok)
		report_text(&c->w->out, "%s\n", how);
	trace_close(t);
	strv_free(&names);
	strv_free(&full);
	free(how);
	free(home);
	return ok;
}

/* Printed ----------------------------------------------------------------------- */

/* The rows named by --signals, or a default selection. */
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

		ok = trace_find_by_end(v->t, name, &signal, err);
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
	bool ok = lay_out(c, v, err) && cmd_wave_time(c, "--from", v, &from, err) &&
		  cmd_wave_time(c, "--to", v, &to, err);

	if (ok && from > to)
		ok = err_set(err, ERR_USAGE, "--from is after the end of what is shown");
	if (ok && cmd_opt(c, "--at"))
		ok = cmd_wave_time(c, "--at", v, &v->cursor, err);
	else if (ok && marker && marker[0])
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
	ok = ok && cmd_wave_was_whole(t, err);
	if (ok)
		report_text(&c->w->out, "%s", str_cstr(&out));
	if (ok && problem)
		report_note(&c->w->out, "%s", problem);
	str_free(&out);
	waveview_free(v);
	return ok;
}

/* Which options go together --------------------------------------------------------- */

enum way {
	WAY_VIEW = 1u << 0,
	WAY_ADD = 1u << 1,
	WAY_PRINT = 1u << 2,
	WAY_EVAL = 1u << 3,
	WAY_DIFF = 1u << 4
};

static const struct {
	const char *option;
	unsigned ways;
	const char *with;
} allowed[] = {
	{ "--add", WAY_ADD, "no other option" },
	{ "--after", WAY_EVAL, "--eval" },
	{ "--at", WAY_VIEW | WAY_PRINT, "the viewer, or what prints" },
	{ "--eval", WAY_EVAL, "one dump" },
	{ "--from", WAY_PRINT | WAY_EVAL, "--text, --plain, --draw, --wavejson, --svg or --eval" },
	{ "--on", WAY_EVAL | WAY_DIFF, "--eval or diff" },
	{ "--rows", WAY_EVAL, "--eval" },
	{ "--signals", WAY_PRINT, "--text, --plain, --draw, --wavejson or --svg" },
	{ "--source", WAY_VIEW, "the viewer alone" },
	{ "--to", WAY_PRINT | WAY_EVAL, "--text, --plain, --draw, --wavejson, --svg or --eval" },
	{ "--when", WAY_EVAL, "--eval" },
};

static const char *const printed[] = { "--text", "--plain", "--draw", "--wavejson", "--svg" };

static bool one_print(struct cmd_call *c, const char **print, struct err *err)
{
	*print = NULL;
	for (size_t i = 0; i < sizeof(printed) / sizeof(*printed); i++) {
		if (!cmd_opt(c, printed[i]))
			continue;
		if (*print)
			return err_set(err, ERR_USAGE, "wave: %s or %s, not both", *print,
				       printed[i]);
		*print = printed[i];
	}
	return true;
}

static bool check_times(struct cmd_call *c, struct err *err)
{
	static const char *const times[] = { "--at", "--from", "--to" };

	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		const char *text = cmd_opt(c, times[i]);

		if (text && !waveview_time_check(text, err))
			return err_prefix(err, "%s", times[i]);
	}
	return true;
}

/* Call before anything is read or printed: a long dump takes a while. */
static bool choose_way(struct cmd_call *c, enum way *way, struct err *err)
{
	bool diff = c->argc && strcmp(c->argv[0], "diff") == 0;
	const char *print;

	if (!one_print(c, &print, err))
		return false;
	*way = diff		      ? WAY_DIFF
	       : cmd_opt(c, "--eval") ? WAY_EVAL
	       : print		      ? WAY_PRINT
	       : cmd_opt(c, "--add")  ? WAY_ADD
				      : WAY_VIEW;
	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		if (cmd_opt(c, allowed[i].option) && !(allowed[i].ways & *way))
			return err_set(err, ERR_USAGE, "wave: %s goes with %s", allowed[i].option,
				       allowed[i].with);
	if (print && *way != WAY_PRINT)
		return err_set(err, ERR_USAGE, "wave: %s prints one dump, without %s", print,
			       diff ? "diff" : "--eval");
	if (cmd_opt(c, "--tui"))
		return err_set(err, ERR_USAGE,
			       "wave --tui needs a terminal; --text, --plain and --draw print");
	if (!diff && c->argc > 1)
		return err_set(err, ERR_USAGE, "wave: one dump, or diff and two");
	return check_times(c, err);
}

static bool run_way(struct cmd_call *c, enum way way, const char *path, const char *marker,
		    struct err *err)
{
	struct trace *t = NULL;
	bool ok;

	if (way == WAY_ADD)
		return add_to_viewer(c, path, err);
	if (way == WAY_VIEW)
		return show_in_viewer(c, path, marker, err);
	ok = cmd_wave_open(c, path, &t, err) &&
	     (way == WAY_EVAL ? cmd_wave_query(c, t, err) : print_as(c, t, marker, err));
	trace_close(t);
	return ok;
}

bool cmd_wave(struct cmd_call *c, struct err *err)
{
	char *path = NULL, *marker = NULL;
	enum way way;
	bool ok;

	if (!choose_way(c, &way, err))
		return false;
	if (way == WAY_DIFF)
		return cmd_wave_diff(c, err);
	ok = find_wave(c, &path, &marker, err) && run_way(c, way, path, marker, err);
	free(marker);
	free(path);
	return ok;
}
