/* Lint and elaboration with any engine.
 *
 * A tool stops at what it does not support, and the part it did not reach is not clean.
 * So where the cause is known (another language, a primitive's table, a long loop, a top
 * with a port of its own name), it is set aside and the rest is read in a second run.
 */
#include "config.h"

#include "sim/engine/engine_inner.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/task.h"
#include "session/tool/hardware.h"
#include "session/output/diag.h"
#include "sim/engine/blanks.h"
#include "sim/engine/lane.h"
#include "sim/stage/pragmas.h"

/* A tool that computes is ended by the processor time it took, which is the same on a
 * machine that is busy; the wall is for one that waits. */
#define LINT_MS	     300000
#define ELABORATE_MS 30000
#define LANE_IDLE_MS 300000 /* a person who looks elsewhere needs no sandbox */

/* A loop of 4096 rounds around an instance is 4096 instances when they are laid flat, each
 * with its own signals: a text of two lines may take long. */
#define LOOPS_CPU_S 5u

/* Lint ----------------------------------------------------------------------- */

/* Fails if the findings are incomplete, and says why; *found: the messages so far. */
static bool read_all(const struct work *w, const struct child_result *r, const struct str *messages,
		     const struct diag_list *found, struct err *err)
{
	const struct sim_limits limits = SIM_LIMITS_DEFAULT;
	const struct diag *d;
	const char *error;

	if (r->signal == SIGXCPU)
		return err_set(err, ERR_LIMIT, "%s took more than %u s of processor time",
			       w->how->tool, w->job.lint_cpu_s);
	if (r->timed_out)
		return err_set(err, ERR_TIMEOUT, "%s did not end within %d s", w->how->tool,
			       LINT_MS / 1000);
	if (r->flooded)
		return err_set(err, ERR_LIMIT, "%s printed more than %u MB", w->how->tool,
			       MESSAGES_LIMIT >> 20);
	if (r->signal && !is_count_of_errors(r->signal, found))
		return engine_crashed(w->how->tool, r->signal, messages, limits.memory, err);
	if (r->status == 0 || diag_list_count(found, DIAG_ERROR) > 0)
		return true;
	d = diag_list_unsupported(found);
	if (d)
		return err_set(err, ERR_TOOL, "%s does not support what %s:%d uses: %.200s",
			       w->how->tool, d->path[0] ? d->path : "the design", d->line, d->text);
	error = strstr(str_cstr(messages), "%Error"); /* warnings are not the reason */
	error = error ? error : messages->len ? str_cstr(messages) : "it said nothing";
	return err_set(err, ERR_TOOL, "%s ended with status %d: %.*s", w->how->tool, r->status,
		       (int)strcspn(error, "\n"), error);
}

/* *found: a new list; the caller frees it. */
static bool lint_as(struct work *w, enum lang lang, struct diag_list **found, struct err *err)
{
	struct strv argv = STRV_INIT;
	struct str messages = STR_INIT;
	struct child_result r = { 0 };
	bool ok;

	*found = diag_list_new(MAX_FINDINGS);
	w->job.lang = lang;
	w->how->lint_argv(&w->job, &argv);
	ok = lane_run(w->lane, &w->job.stage, &argv, w->job.lint_cpu_s, LINT_MS, &messages, &r,
		      err);
	if (ok) {
		status_to_signal(&r.status, &r.signal);
		w->how->parse(str_cstr(&messages), messages.len, *found);
		blanks_restore(&w->job.stage, found);
		pragmas_waive(w->job.stage.mirror, &w->job.stage.codes, found);
		ok = read_all(w, &r, &messages, *found, err);
	}
	str_free(&messages);
	strv_free(&argv);
	return ok;
}

/* A loop that has to be unrolled, and has more rounds than the tool unrolls by itself. */
static bool is_about_loop(const struct diag *d)
{
	return strcmp(d->code, DIAG_UNSUPPORTED) == 0 &&
	       (str_starts(d->text, "Loop unrolling took too long") ||
		str_starts(d->text, "Unsupported: Delayed assignment to array inside for loops"));
}

/* `module led (output led);` cannot be the top of a C++ model. */
static bool is_about_top_name(const struct diag *d)
{
	return strcmp(d->code, DIAG_UNSUPPORTED) == 0 &&
	       str_starts(d->text, "Unsupported in C: Variable has same name as");
}

/* Sets up a second lint that gets past the problem. False: impossible. */
static bool way_past(struct work *w, const struct diag_list *found, struct err *err)
{
	struct str text = STR_INIT;
	bool ok = true;

	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		if (is_about_top_name(d))
			w->job.wrapped = w->job.top != NULL;
		else if (is_about_loop(d))
			w->job.long_loops = true;
		else if (strcmp(d->code, DIAG_UNSUPPORTED) == 0)
			w->job.past_limits = true;
	}
	if (w->job.wrapped) {
		str_addf(&text, "module " ENGINE_LINT_TOP ";\n\\%s #(", w->job.top);
		for (size_t i = 0; i < w->job.parameters.n; i++) {
			const char *p = w->job.parameters.v[i];
			size_t n = strcspn(p, "=");

			str_addf(&text, "%s.%.*s(%s)", i ? ", " : "", (int)n, p,
				 p[n] ? p + n + 1 : "1");
		}
		str_adds(&text, ") posedge_lint_top ();\nendmodule\n");
		ok = stage_write(&w->job.stage, STAGE_MIRROR "/" ENGINE_LINT_TOP ".v", text.data,
				 text.len, err);
	}
	str_free(&text);
	return ok && (w->job.wrapped || w->job.past_limits || w->job.long_loops);
}

/* Adds the findings of the rest to those before it, without the problems set aside. */
static void add_left_out(struct diag_list **found, const struct diag_list *rest)
{
	struct diag_list *all = diag_list_new(MAX_FINDINGS);

	for (size_t i = 0; i < diag_list_len(*found); i++) {
		struct diag d = *diag_list_at(*found, i);

		if (strcmp(d.code, DIAG_UNSUPPORTED) != 0 || is_about_top_name(&d) ||
		    is_about_loop(&d))
			continue;
		d.rank = DIAG_STYLE;
		diag_list_add_new(all, &d);
	}
	for (size_t i = 0; i < diag_list_len(rest); i++)
		if (strcmp(diag_list_at(rest, i)->path, ENGINE_LINT_TOP ".v") != 0)
			diag_list_add_new(all, diag_list_at(rest, i));
	diag_list_free(*found);
	*found = all;
}

/* True if the top is hidden from the tool, as a testbench within `ifndef VERILATOR. */
static bool is_without_top(const struct diag_list *found)
{
	for (size_t i = 0; i < diag_list_len(found); i++)
		if (str_starts(diag_list_at(found, i)->text, "Specified --top-module '") &&
		    str_ends(diag_list_at(found, i)->text, "' was not found in design."))
			return true;
	return false;
}

/* Verilator stops at a primitive's table, which may be left out, and at a top with a
 * port of its own name, which is read below another top. Then the rest is linted. If the
 * tool has no top, it lints what it got. */
static bool lint_past_limits(struct work *w, enum lang lang, struct diag_list **found,
			     struct err *err)
{
	struct diag_list *rest = NULL;
	struct err why = { 0 };
	unsigned cpu_s = w->job.lint_cpu_s;
	bool ok = lint_as(w, lang, found, err);

	if (ok && w->job.top && is_without_top(*found)) {
		char *top = w->job.top;
		struct strv parameters = w->job.parameters; /* of that top */

		w->job.top = NULL;
		w->job.parameters = STRV_INIT;
		diag_list_free(*found);
		ok = lint_as(w, lang, found, err);
		w->job.parameters = parameters;
		w->job.top = top;
	}
	if (ok || err->code != ERR_TOOL || !w->how->passes_limits || !diag_list_unsupported(*found))
		return ok;
	ok = way_past(w, *found, &why);
	if (w->job.long_loops && !w->job.skim && cpu_s > LOOPS_CPU_S)
		w->job.lint_cpu_s = LOOPS_CPU_S;
	ok = ok && lint_as(w, lang, &rest, &why) && !diag_list_unsupported(rest);
	if (why.code == ERR_LIMIT && w->job.long_loops)
		err_copy(err, &why);
	w->job.past_limits = w->job.long_loops = w->job.wrapped = false;
	w->job.lint_cpu_s = cpu_s;
	if (ok) {
		add_left_out(found, rest);
		err->code = ERR_NONE;
	}
	diag_list_free(rest);
	return ok;
}

static void note_skimmed(const struct work *w, struct diag_list *found)
{
	char *text = str_fmt("%s is too large for all checks of %s: names, widths and drivers are "
			     "checked, loops and latches are not",
			     w->job.top ? w->job.top : "the design", w->how->tool);

	diag_list_add(found,
		      &(struct diag){ .rank = DIAG_STYLE, .code = DIAG_SKIMMED, .text = text },
		      NULL);
	free(text);
}

/* For a large design most of the time is spent after its instances are laid flat.
 * alone: not a batch; a batch is split by the caller instead. */
static bool lint_or_skim(struct work *w, bool alone, enum lang lang, struct diag_list **found,
			 struct err *err)
{
	bool ok = lint_past_limits(w, lang, found, err);

	if (!ok && err->code == ERR_LIMIT && alone && w->how->skims && !w->job.skim) {
		diag_list_free(*found);
		w->job.skim = true;
		err->code = ERR_NONE;
		ok = lint_past_limits(w, lang, found, err);
	}
	if (ok && w->job.skim)
		note_skimmed(w, *found);
	return ok;
}

/* False if the tool only lacks something, which no other language brings. */
static bool may_be_language(const struct diag_list *found)
{
	static const char *const lacks[] = { "Cannot find file containing module",
					     "Can't resolve module reference",
					     "Cannot find include file", "Unknown module type" };

	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		bool only = d->rank != DIAG_ERROR;

		for (size_t k = 0; !only && k < sizeof(lacks) / sizeof(*lacks); k++)
			only = str_starts(d->text, lacks[k]);
		if (!only)
			return true;
	}
	return false;
}

/* In the job's language; if that is rejected and another is not, in that. */
static bool lint_any(struct work *w, bool alone, struct diag_list **found, enum lang *as,
		     struct err *err)
{
	struct err why = { 0 };
	bool ok = lint_or_skim(w, alone, w->job.lang, found, err ? err : &why);
	enum lang other;
	struct diag_list *again;

	if (!ok || !may_be_language(*found) || !engine_other_language(&w->job, &other))
		return ok;
	if (lint_as(w, other, &again, NULL) && diag_list_count(again, DIAG_ERROR) == 0) {
		struct diag_list *refused = *found;

		*found = again;
		again = refused;
		*as = other;
	}
	diag_list_free(again);
	return !task_cancelled(task_self()) || err_set(err, ERR_CANCELLED, "cancelled");
}

/* Reuses the lane of the last lint; a concurrent task gets its own. */
static struct lane *take_lane(struct engine *e, bool yields, struct err *err)
{
	const struct sim_limits limits = SIM_LIMITS_DEFAULT;
	const struct lane_limits each = { .yields = yields,
					  .memory = limits.memory,
					  .file_size = limits.file_size,
					  .cpu_s = SIM_LINT_CPU_S,
					  .processes = limits.processes,
					  .output = MESSAGES_LIMIT,
					  .idle_ms = LANE_IDLE_MS };
	struct lane *lane = e->lanes[yields];

	e->lanes[yields] = NULL;
	if (lane || !engine_have(e->how->tool, e->base.ops->needs, err))
		return lane;
	return lane_open(e->loop, sandbox_probe(e->loop), &each, err);
}

static void give_lane(struct engine *e, bool yields, struct lane *lane)
{
	if (e->lanes[yields]) {
		lane_close(lane);
		return;
	}
	if (!yields) /* somebody types, and will want the next one soon */
		lane_ready(lane);
	e->lanes[yields] = lane;
}

bool engine_lint(struct simulator *s, const struct sim_job *j, struct diag_list **found,
		 enum lang *as, struct err *err)
{
	struct engine *e = (struct engine *)s;
	struct lane *lane = take_lane(e, j->yields, err);
	struct work w;
	bool ok;

	*found = NULL;
	*as = j->lang;
	if (!lane)
		return false;
	ok = work_init(&w, s, j, NULL, lane_dir(lane), err);
	if (ok) {
		w.lane = lane;
		ok = lint_any(&w, j->cpu_s == 0, found, as, err);
		work_fini(&w);
	}
	give_lane(e, j->yields, lane);
	return ok;
}

/* Elaboration ------------------------------------------------------------------ */

bool engine_elaborate(struct simulator *s, const struct sim_job *j, struct hardware *out,
		      struct err *err)
{
	struct hardware found = HARDWARE_INIT;
	struct err why = { 0 };
	struct work w;
	bool ok;

	if (!work_init(&w, s, j, NULL, NULL, err))
		return false;
	w.job.limits.build_ms = ELABORATE_MS;
	ok = w.how->elaborate(&w.job, &found, &why);
	if (!ok && why.code == ERR_TOOL && engine_other_language(&w.job, &w.job.lang)) {
		hardware_fini(&found);
		ok = w.how->elaborate(&w.job, &found, NULL); /* report the first reason */
	}
	if (ok)
		hardware_merge(out, &found);
	else
		err_copy(err, &why);
	hardware_fini(&found);
	work_fini(&w);
	return ok;
}

bool engine_circuit(struct simulator *s, const struct sim_job *j, struct circuit *out,
		    struct err *err)
{
	struct err why = { 0 };
	struct work w;
	bool ok;

	if (!work_init(&w, s, j, NULL, NULL, err))
		return false;
	w.job.limits.build_ms = ELABORATE_MS;
	ok = w.how->circuit(&w.job, out, &why);
	if (!ok && why.code == ERR_TOOL && engine_other_language(&w.job, &w.job.lang))
		ok = w.how->circuit(&w.job, out, NULL);
	if (!ok)
		err_copy(err, &why);
	work_fini(&w);
	return ok;
}
