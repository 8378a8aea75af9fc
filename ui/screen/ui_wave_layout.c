/* Saves and restores the rows of a testbench in .posedge/waves.toml. Read when its
 * waves are opened, written when they are closed. A file that cannot be read is never
 * overwritten.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/str.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_layout.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_wave.h"

static bool read_file(const struct ui *u, char **path, struct str *text, struct err *err)
{
	struct err why;

	*path = str_fmt("%s/.posedge/waves.toml", ui_workbench(u)->place.root);
	if (file_read(*path, LAYOUT_BYTES, text, &why) || why.code == ERR_NOT_FOUND)
		return true;
	return err_copy(err, &why);
}

/* Key of the layout: the testbench; for a file that no run made, its outermost
 * scope, without what a tool puts around it. */
static void bench_of(const struct ui_wave *w, struct str *out)
{
	str_adds(out, w->layout);
	for (size_t i = 0; out->len == 0 && i < trace_scopes(w->trace); i++) {
		struct str name = STR_INIT;

		trace_scope_name(w->trace, i, &name);
		if (strcmp(str_cstr(&name), "TOP") != 0)
			str_adds(out, trace_scope_at(w->trace, i)->name);
		str_free(&name);
	}
	if (out->len == 0 || out->len > LAYOUT_STRING) {
		str_clear(out);
		str_adds(out, "waves");
	}
}

bool ui_wave_load_layout(struct ui *u, bool *any, struct err *err)
{
	struct ui_wave *w = ui_wave(u);
	struct str text = STR_INIT, bench = STR_INIT;
	char *path;
	bool ok = read_file(u, &path, &text, err);

	*any = false;
	bench_of(w, &bench);
	ok = ok && (waveview_layout_read(w->view, str_cstr(&text), text.len, str_cstr(&bench), any,
					 err) ||
		    err_prefix(err, "%s", path));
	w->keep = ok;
	free(path);
	str_free(&text);
	str_free(&bench);
	return ok;
}

void ui_wave_keep_layout(struct ui *u)
{
	struct ui_wave *w = ui_wave(u);
	struct str text = STR_INIT, bench = STR_INIT, out = STR_INIT;
	struct err err = { 0 };
	char *path = NULL;

	if (!w->view || !w->trace || !w->keep || w->kept == w->view->generation)
		return;
	bench_of(w, &bench);
	if (!read_file(u, &path, &text, &err) ||
	    !waveview_layout_write(w->view, str_cstr(&text), text.len, str_cstr(&bench), &out,
				   &err) ||
	    !file_put(path, str_cstr(&out), out.len, 0600, &err))
		log_line("wave", "the layout is not kept: %s", err.text);
	w->kept = w->view->generation;
	free(path);
	str_free(&text);
	str_free(&bench);
	str_free(&out);
}
