/* Saves and loads the rows of the waves as files of GTKWave. */
#include "config.h"

#include <stdlib.h>

#include "session/base/count.h"
#include "session/base/file.h"
#include "session/base/str.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_gtkw.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"

/* Path relative to the folder that the command was given in. */
static char *path_of(const struct cmd_call *c)
{
	return workplace_full(&c->w->place, c->argv[0]);
}

bool act_wave_save(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);
	struct str text = STR_INIT;
	char *path;
	bool ok;

	if (!w)
		return false;
	path = path_of(c);
	waveview_gtkw_write(w->view, w->path, w->cols, &text);
	ok = str_ends(path, ".gtkw") ||
	     err_set(err, ERR_USAGE, "wave-save %s: a name that ends in .gtkw was expected",
		     c->argv[0]);
	ok = ok && file_save(path, str_cstr(&text), text.len, 0666, err);
	if (ok)
		ui_say(u, "saved for GTKWave: %s", path);
	free(path);
	str_free(&text);
	return ok;
}

bool act_wave_load(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);
	struct str text = STR_INIT;
	size_t left_out, n, missing;
	char *path;
	bool ok;

	if (!w)
		return false;
	path = path_of(c);
	ok = file_read(path, GTKW_BYTES, &text, err) &&
	     (waveview_gtkw_read(w->view, str_cstr(&text), text.len, w->cols, &left_out, err) ||
	      err_prefix(err, "%s", c->argv[0]));
	n = waveview_signals(w->view, &missing);
	if (ok && missing)
		ui_say(u, "%zu of its %zu signals are not in these waves", missing, n);
	else if (ok && left_out)
		ui_say(u, "%zu line%s that only GTKWave understands %s skipped", left_out,
		       count_s(left_out), left_out == 1 ? "was" : "were");
	free(path);
	str_free(&text);
	return ok;
}
