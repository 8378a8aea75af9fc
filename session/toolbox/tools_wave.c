/* wave: questions to the dump of the last simulation. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/option/remember.h"
#include "session/tool/wave.h"
#include "session/toolbox/tool_args.h"
#include "session/toolbox/tools.h"
#include "session/workbench/workbench.h"

#define ROWS_MAX    50
#define SIGNALS_MAX 200
#define TABLE_COLS  12

struct question {
	const char *op, *signal;
	uint64_t from, to;
};

static void print_signals(const struct wave *w, const struct question *q, struct str *out)
{
	size_t n = 0;

	for (size_t i = 0; i < wave_signals(w); i++) {
		const struct wave_signal *s = wave_signal_at(w, i);
		char *full = str_fmt("%s%s%s", s->scope, s->scope[0] ? "." : "", s->name);

		if ((!q->signal || strstr(full, q->signal)) && n++ < SIGNALS_MAX) {
			str_adds(out, full);
			if (s->has_range)
				str_addf(out, "[%d:%d]", s->msb, s->lsb);
			str_addf(out, "  %zu changes\n", s->changes);
		}
		free(full);
	}
	if (n > SIGNALS_MAX)
		str_addf(out, "[cut: %zu more signals]\n", n - SIGNALS_MAX);
	if (n == 0)
		str_adds(out, "no signal has that in its name\n");
}

static bool find(const struct wave *w, const struct question *q, size_t *signal, struct err *err)
{
	long found = q->signal ? wave_find(w, q->signal) : -1;

	if (!q->signal)
		return err_set(err, ERR_USAGE, "\"signal\" is missing");
	if (found < 0)
		return err_set(err, ERR_NOT_FOUND,
			       "there is no signal %.200s; op signals lists them", q->signal);
	*signal = (size_t)found;
	return true;
}

static void print_value(const struct wave *w, size_t signal, uint64_t time, struct str *out)
{
	size_t len;
	const char *v = wave_value(w, signal, time, &len);

	str_addf(out, "%llu  ", (unsigned long long)time);
	if (v)
		wave_format(w, signal, v, len, out);
	else
		str_adds(out, "not known");
	str_addc(out, '\n');
}

static void print_changes(const struct wave *w, size_t signal, const struct question *q,
			  struct str *out)
{
	size_t n = wave_signal_at(w, signal)->changes, rows = 0;

	for (size_t k = q->from ? wave_changes_until(w, signal, q->from - 1) : 0; k < n; k++) {
		uint64_t time;
		const char *value;
		size_t len;

		wave_change_at(w, signal, k, &time, &value, &len);
		if (time > q->to)
			break;
		if (rows++ == ROWS_MAX) {
			str_adds(out, "[cut: ask from the last time on]\n");
			break;
		}
		str_addf(out, "%llu  ", (unsigned long long)time);
		wave_format(w, signal, value, len, out);
		str_addc(out, '\n');
	}
	if (rows == 0)
		str_adds(out, "it does not change in that time\n");
}

static void print_frame(const struct wave *w, struct str *out)
{
	str_adds(out, "times are in units of ");
	wave_unit_text(w, out);
	str_addf(out, ", the end is %llu\n", (unsigned long long)wave_end(w));
}

void wave_summary(const struct wave *w, struct str *out)
{
	const struct question all = { 0 };

	print_frame(w, out);
	print_signals(w, &all, out);
	wave_table(w, wave_end(w), ROWS_MAX, TABLE_COLS, out);
}

static bool answer(const struct wave *w, const struct question *q, struct str *out, struct err *err)
{
	size_t signal = 0;

	print_frame(w, out);
	if (strcmp(q->op, "signals") == 0) {
		print_signals(w, q, out);
	} else if (strcmp(q->op, "table") == 0) {
		wave_table(w, q->to < wave_end(w) ? q->to : wave_end(w), ROWS_MAX, TABLE_COLS, out);
	} else if (strcmp(q->op, "value") == 0 || strcmp(q->op, "changes") == 0) {
		if (!find(w, q, &signal, err))
			return false;
		if (q->op[0] == 'v')
			print_value(w, signal, q->from, out);
		else
			print_changes(w, signal, q, out);
	} else {
		return err_set(err, ERR_USAGE, "\"op\" must be signals, value, changes or table");
	}
	if (wave_dropped(w))
		str_addf(out,
			 "[of a long run only a part is held; from %llu on nothing is known]\n",
			 (unsigned long long)wave_unknown_from(w));
	return true;
}

bool tool_wave(struct tool_call *c, struct err *err)
{
	struct question q;
	struct wave *wave = NULL;
	char *path = NULL;
	bool ok = arg_text(c->args, "op", true, &q.op, err) &&
		  arg_text(c->args, "signal", false, &q.signal, err) &&
		  arg_number(c->args, "from", 0, UINT64_MAX - 1, 0, &q.from, err) &&
		  arg_number(c->args, "to", 0, UINT64_MAX - 1, UINT64_MAX, &q.to, err);

	if (ok) {
		path = remember_get(c->w->root, "wave");
		ok = (path && path[0] && file_exists(path)) ||
		     err_set(err, ERR_NOT_FOUND, "there are no waves yet: simulate first");
	}
	ok = ok && c->w->ports->read_wave(path, SIM_WAVE_CHANGES, &wave, err) &&
	     answer(wave, &q, c->out, err);
	wave_free(wave);
	free(path);
	return ok;
}
