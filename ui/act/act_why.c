/* `why` for a line of the log, or for a signal of the waves. */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "ui/act/act.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui_wave.h"

/* Asks about the time in the chosen line; without one, about the first failure. */
bool act_log_why(struct ui *u, struct cmd_call *c, struct err *err)
{
	char *time = act_log_time(u), *at = time ? str_fmt("@%s", time) : NULL;
	char *argv[] = { "why", at };
	bool ok = ui_run_as_job(u, argv, at ? 2 : 1, err);

	free(at);
	free(time);
	return ok;
}

/* Asks about the chosen signal at the cursor. */
bool act_wave_why(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);
	const struct waveview *v = w ? w->view : NULL;
	size_t signal = v && v->chosen < v->n ? v->rows[v->chosen].signal : TRACE_NONE;
	struct str name = STR_INIT;
	char *argv[] = { "why", NULL, NULL, "--wave", w ? w->path : NULL };
	bool ok;

	if (!w)
		return false;
	if (signal == TRACE_NONE)
		return err_set(err, ERR_USAGE, "choose a signal: this row has no values");
	trace_full_name(v->t, signal, &name);
	argv[1] = (char *)str_cstr(&name);
	argv[2] = str_fmt("@%" PRIu64, v->cursor);
	ok = ui_run_as_job(u, argv, w->path ? 5 : 3, err);
	free(argv[2]);
	str_free(&name);
	return ok;
}
