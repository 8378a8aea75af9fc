/* `why` from where somebody stands: a line of the log, a signal of the waves. */
#include "config.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/verdict/told_time.h"
#include "session/waveview/waveview.h"
#include "ui/act/act.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_wave.h"
#include "ui/widget/log_list.h"

/* A line that tells a time with its unit is asked about; any other line does not say
 * which time it means, and then it is the first failure. */
bool act_log_why(struct ui *u, struct cmd_call *c, struct err *err)
{
	const struct log_list *l = ui_log(u);
	const struct log_line *line = l ? log_list_at(l, l->chosen) : NULL;
	struct told_time t = { TOLD_NOTHING };
	char *argv[] = { "why", NULL };
	bool ok;

	if (line && ui_logs(u)->tab == LOG_SIM &&
	    told_time_read(line->text, strlen(line->text), &t) && t.unit == TOLD_SECONDS &&
	    t.exponent <= 0 && t.exponent >= -15 && t.exponent % 3 == 0) {
		static const char *const units[] = { "s", "ms", "us", "ns", "ps", "fs" };
		struct str number = STR_INIT;

		str_addf(&number, "%0*" PRIu64, t.decimals + 1, t.n);
		argv[1] = t.decimals ? str_fmt("@%.*s.%s%s", (int)(number.len - (size_t)t.decimals),
					       number.data,
					       number.data + number.len - (size_t)t.decimals,
					       units[-t.exponent / 3])
				     : str_fmt("@%s%s", str_cstr(&number), units[-t.exponent / 3]);
		str_free(&number);
	}
	ok = ui_other(u, argv, argv[1] ? 2 : 1, err);
	free(argv[1]);
	return ok;
}

/* The chosen signal at the cursor. */
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
	ok = ui_other(u, argv, w->path ? 5 : 3, err);
	free(argv[2]);
	str_free(&name);
	return ok;
}
