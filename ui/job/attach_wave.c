/* "@wave:120..160ns": the values of the last run's rows in that range, as a table. The
 * rows are those that the wave pane keeps for the testbench.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/check/sim_after.h"
#include "session/option/remember.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_layout.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "ui/job/attach.h"

/* In "120..160ns" the first number takes the unit of the second. */
static bool range_of(struct waveview *v, const char *range, uint64_t *from, uint64_t *to,
		     struct err *err)
{
	const char *dots = strstr(range, ".."), *unit;
	char *first;
	bool ok;

	if (!dots || dots == range || !dots[2])
		return err_set(err, ERR_USAGE, "@wave:%s: FROM..TO was expected, as 120..160ns",
			       range);
	unit = dots + 2 + strspn(dots + 2, "#0123456789.");
	first = mem_strndup(range, (size_t)(dots - range));
	if (strspn(first, "0123456789.") == strlen(first)) {
		char *whole = str_fmt("%s%s", first, unit);

		free(first);
		first = whole;
	}
	ok = waveview_time_parse(v, first, from, err) && waveview_time_parse(v, dots + 2, to, err);
	free(first);
	if (ok && *from > *to)
		ok = err_set(err, ERR_USAGE, "it ends before it begins");
	return ok || err_prefix(err, "@wave:%s", range);
}

static void lay_out(const char *root, struct waveview *v)
{
	char *path = str_fmt("%s/.posedge/waves.toml", root);
	char *bench = remember_get(root, "testbench"), *file = remember_get(root, "testbench_path");
	struct str text = STR_INIT, key = STR_INIT;
	bool any = false;

	waveview_layout_key(bench ? bench : "", file ? file : "", &key);
	if (bench && file_read(path, LAYOUT_BYTES, &text, NULL))
		waveview_layout_read(v, str_cstr(&text), text.len, str_cstr(&key), &any, NULL);
	if (!any)
		waveview_choose(v);
	free(path);
	free(bench);
	free(file);
	str_free(&key);
	str_free(&text);
}

bool attach_wave(struct workbench *w, const char *range, struct str *title, struct str *text,
		 struct err *err)
{
	char *path = sim_after_waves(w, "F5 makes some", err);
	struct trace *t = NULL;
	struct waveview *v;
	uint64_t from, to;
	bool ok;

	if (!path)
		return false;
	if (!file_exists(path)) {
		err_set(err, ERR_NOT_FOUND, "%s is not there any more", path);
		free(path);
		return false;
	}
	ok = w->ports->open_trace(w->loop, path, &t, err);
	free(path);
	if (!ok)
		return false;
	v = waveview_new(t, 80);
	lay_out(w->place.root, v);
	ok = range_of(v, range, &from, &to, err);
	if (ok) {
		str_adds(title, "the waves from ");
		waveview_time_text(t, from, title);
		str_adds(title, " to ");
		waveview_time_text(t, to, title);
		waveview_table(v, from, to, text);
	}
	waveview_free(v);
	trace_close(t);
	return ok;
}
