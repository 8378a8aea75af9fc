/* Runs one flow, from the command to the summary.
 *
 * The flow is recorded as an exchange of the session, like a model's turn with tools:
 * a call and a result for each step. So the chat shows the steps as they happen, the
 * exports include them, and `replay` plays them, without special code for flows. A
 * step runs as a limb (turn_limb.h), so a timeout ends only the step and the summary
 * is still written.
 */
#include "config.h"

#include "session/flow/flow.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/flow/flow_kit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/backend.h"
#include "session/option/opt.h"
#include "session/tool/simulator.h"
#include "session/turn/turn_limb.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

#define NO_CLOCK_MS (7ull * 24 * 3600 * 1000) /* limit for steps that wait for a person */

void flow_result_fini(struct flow_result *r)
{
	free(r->suggestions);
	str_free(&r->text);
	str_free(&r->stopped);
	memset(r, 0, sizeof(*r));
}

/* Available needs --------------------------------------------------------------------- */

static bool has_model(const struct workbench *w)
{
	const struct backend_entry *e =
		backend_list_find(w->backends, ask_backend_name(w->options, NULL, false));
	const struct backend_ops *ops = e ? ports_protocol(w->ports, e->protocol, NULL) : NULL;

	return ops && !ops->library;
}

static bool has_simulator(const struct ports *ports)
{
	for (const struct simulator_ops *const *s = ports->simulators; s && *s; s++) {
		char *version = NULL;
		bool here =
			(*s)->kind != SIMULATOR_COMMAND && simulator_available(*s, &version, NULL);

		free(version);
		if (here)
			return true;
	}
	return false;
}

static bool has_spec(struct workbench *w)
{
	struct str text = STR_INIT;
	struct err why = { 0 };
	bool here = workbench_read_whole(w, "spec.md", &text, &why) || why.code != ERR_NOT_FOUND;

	str_free(&text);
	return here; /* the flow reports a file that cannot be read */
}

bool flow_lacks(struct workbench *w, unsigned needs, struct str *out)
{
	const struct {
		unsigned need;
		bool there;
		const char *text;
	} all[] = {
		{ FLOW_NEEDS_SPEC, !(needs & FLOW_NEEDS_SPEC) || has_spec(w),
		  "a spec (spec.md, of at most 1 MB)" },
		{ FLOW_NEEDS_MODEL, has_model(w),
		  "a model (`set backend`; `posedge backends` says how)" },
		{ FLOW_NEEDS_PERSON, w->out.question != NULL, "somebody to ask (a terminal)" },
		{ FLOW_NEEDS_SIMULATOR, !(needs & FLOW_NEEDS_SIMULATOR) || has_simulator(w->ports),
		  "a simulator (`posedge doctor`)" },
	};
	bool any = false;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if ((needs & all[i].need) && !all[i].there) {
			str_addf(out, "%s%s", any ? ", " : "", all[i].text);
			any = true;
		}
	return any;
}

/* The record ------------------------------------------------------------------------- */

static bool record_begin(struct flow *f, struct err *err)
{
	struct event e = { .type = EVENT_ASK };
	struct str question = STR_INIT;
	bool ok;

	str_addf(&question, "/%s", f->row->name);
	for (size_t i = 0; i < f->argc; i++)
		str_addf(&question, " %s", f->argv[i]);
	e.ask.backend = EXCHANGE_FLOW;
	e.ask.follows = state_asked(session_state(f->w->session), str_cstr(&question));
	e.ask.question = (struct bytes){ str_cstr(&question), question.len };
	ok = session_record(f->w->session, &e, &f->out->ask, err);
	str_free(&question);
	return ok;
}

static bool record_call(struct flow *f, const struct flow_step *s, struct err *err)
{
	struct event e = { .type = EVENT_CALL };

	e.call.ask = f->out->ask;
	e.call.id = e.call.name = s->name;
	e.call.args = (struct bytes){ "{}", 2 };
	return session_record(f->w->session, &e, NULL, err);
}

static bool record_result(struct flow *f, const struct flow_step *s, const struct str *said,
			  bool failed, struct err *err)
{
	struct event e = { .type = EVENT_RESULT };

	e.result.ask = f->out->ask;
	e.result.id = s->name;
	e.result.text = (struct bytes){ str_cstr(said), said->len };
	e.result.failed = failed;
	return session_record(f->w->session, &e, NULL, err);
}

/* why->code is 0 if nothing failed. */
static bool record_end(struct flow *f, const struct err *why, struct err *err)
{
	struct event piece = { .type = EVENT_PIECE }, end = { .type = EVENT_ANSWER };
	bool bound = f->out->end == FLOW_BOUND;

	piece.piece.ask = end.answer.ask = f->out->ask;
	piece.piece.kind = "text";
	piece.piece.text = (struct bytes){ str_cstr(&f->out->text), f->out->text.len };
	end.answer.finish = bound ? "bound" : why->code ? "error" : "stop";
	end.answer.error = why->text;
	end.answer.stopped = str_cstr(&f->out->stopped);
	end.answer.in = end.answer.out = end.answer.cached = end.answer.reasoning = -1;
	return (f->out->text.len == 0 || session_record(f->w->session, &piece, NULL, err)) &&
	       session_record(f->w->session, &end, NULL, err) && session_sync(f->w->session, err);
}

/* Steps ------------------------------------------------------------------------------ */

struct running {
	struct flow *f;
	const struct flow_step *step;
	struct str said;
	struct err why;
	bool ok;
};

static void run_step(void *ctx)
{
	struct running *r = ctx;

	r->ok = r->step->run(r->f, &r->said, &r->why);
}

static void note_step(const struct flow *f, const struct flow_step *s, const struct str *said)
{
	const char *text = str_cstr(said);

	report_note(&f->w->out, "%s: %s: %.*s", f->row->name, s->name, (int)strcspn(text, "\n"),
		    text);
}

/* Steps with the same missing need are reported once, with the first of them. */
static void note_left_out(struct flow *f, const struct flow_step *first, const char *lacks)
{
	struct str names = STR_INIT, other = STR_INIT;
	size_t n = 0;

	for (const struct flow_step *s = f->row->steps; s != first; s++) {
		str_clear(&other);
		if (flow_lacks(f->w, s->needs, &other) && strcmp(str_cstr(&other), lacks) == 0)
			goto out;
	}
	for (const struct flow_step *s = first; s->name; s++) {
		str_clear(&other);
		if (flow_lacks(f->w, s->needs, &other) && strcmp(str_cstr(&other), lacks) == 0)
			str_addf(&names, "%s%s", n++ ? ", " : "", s->name);
	}
	report_note(&f->w->out, "%s: %s: left out: %s need%s %s", f->row->name, str_cstr(&names),
		    n > 1 ? "they" : "it", n > 1 ? "" : "s", lacks);
out:
	str_free(&names);
	str_free(&other);
}

static bool is_late(struct flow *f, struct err *why)
{
	str_clear(&f->out->stopped);
	str_addf(&f->out->stopped, "stopped: the flow took its %u s (flow.seconds)",
		 f->w->options->flow_seconds);
	return err_set(why, ERR_LIMIT, "%s", str_cstr(&f->out->stopped));
}

static bool do_step(struct flow *f, struct running *r)
{
	bool waits = r->step->needs & (FLOW_NEEDS_PERSON | FLOW_WAITS);
	uint64_t now = loop_now_ms(f->w->loop);
	enum limb_end end =
		limb_run(f->w->loop, waits ? now + NO_CLOCK_MS : f->until_ms, run_step, r);

	if (end == LIMB_CANCELLED)
		return err_set(&r->why, ERR_CANCELLED, "cancelled");
	return end == LIMB_LATE ? is_late(f, &r->why) : r->ok;
}

/* A step that runs although the flow has ended; recorded if there was something to keep. */
static void keep(struct flow *f, const struct flow_step *s)
{
	struct str said = STR_INIT;
	struct err why = { 0 };
	bool ok = s->run(f, &said, &why);

	if (!ok) {
		str_clear(&said);
		str_adds(&said, why.text);
	}
	if (said.len && record_call(f, s, NULL))
		record_result(f, s, &said, !ok, NULL);
	str_free(&said);
}

static void tell(struct flow *f)
{
	if (f->row->tell)
		f->row->tell(f, &f->out->text);
}

/* After the step that ended the flow: keeps the incomplete result, and lists the
 * steps that were not done. */
static void leave(struct flow *f, const struct flow_step *at)
{
	struct str undone = STR_INIT;

	for (const struct flow_step *s = at + 1; s->name; s++)
		if (s->needs & FLOW_KEEPS)
			keep(f, s);
		else
			str_addf(&undone, "%s%s", undone.len ? ", " : "; not done: ", s->name);
	tell(f);
	if (f->out->text.len)
		str_addf(&f->out->text, "ended in the step %s%s\n", at->name, str_cstr(&undone));
	str_free(&undone);
}

/* False ends the flow; why is the reason. */
static bool one_step(struct flow *f, const struct flow_step *s, struct err *why)
{
	struct running r = { .f = f, .step = s };
	struct str lacks = STR_INIT;
	bool ok = record_call(f, s, why), left_out;

	if (!ok)
		return false;
	left_out = flow_lacks(f->w, s->needs, &lacks);
	if (left_out)
		str_addf(&r.said, "left out: it needs %s", str_cstr(&lacks));
	else
		ok = do_step(f, &r);
	if (!ok) {
		*why = r.why;
		str_clear(&r.said);
		str_adds(&r.said, r.why.text);
	}
	/* The error that ends the flow is reported at its end. */
	if (left_out)
		note_left_out(f, s, str_cstr(&lacks));
	else if (ok && r.said.len)
		note_step(f, s, &r.said);
	if (r.said.len == 0)
		str_adds(&r.said, "nothing to do");
	ok = record_result(f, s, &r.said, !ok || left_out, ok ? why : NULL) && ok;
	str_free(&r.said);
	str_free(&lacks);
	return ok;
}

/* Opens the session with its state, because suggestions of an earlier run are to be
 * replaced. If that fails, opens it for appending; then both suggestions wait. */
static bool open_session(struct workbench *w, struct err *err)
{
	struct err why;

	return workbench_session(w, SESSION_BESIDE, &why) ||
	       workbench_session(w, SESSION_APPEND, err);
}

static bool may_begin(struct workbench *w, const struct flow_row *row, struct err *err)
{
	struct str lacks = STR_INIT;
	bool ok = true;

	if (!flow_allowed(w->options, row))
		return err_set(err, ERR_CONSENT, "%s: not allowed here (`set flows` is \"%s\")",
			       row->name, options_text(w->options, OPT(flows)));
	if (!workbench_read_project(w, false, err) || !open_session(w, err))
		return false;
	if (flow_lacks(w, row->needs, &lacks))
		ok = err_set(err, ERR_NOT_FOUND, "%s needs %s", row->name, str_cstr(&lacks));
	str_free(&lacks);
	return ok;
}

bool flow_run(struct workbench *w, const struct flow_row *row, char *const *argv, size_t argc,
	      struct flow_result *out, struct err *err)
{
	struct flow f = { .w = w, .row = row, .argv = argv, .argc = argc, .out = out };
	const struct flow_step *undone = NULL;
	struct err why = { 0 };
	bool ok = true;

	memset(out, 0, sizeof(*out));
	if (!may_begin(w, row, err) || !record_begin(&f, err))
		return false;
	f.own = mem_zalloc(row->size);
	f.until_ms = loop_now_ms(w->loop) + 1000ull * w->options->flow_seconds;
	for (const struct flow_step *s = row->steps; ok && s->name; s++) {
		ok = one_step(&f, s, &why);
		undone = ok ? NULL : s;
	}
	if (undone)
		leave(&f, undone);
	else
		tell(&f);
	if (!ok && why.code == ERR_LIMIT && out->stopped.len) {
		out->end = FLOW_BOUND;
		why = (struct err){ 0 };
		ok = true;
	}
	ok = record_end(&f, &why, ok ? err : NULL) && ok;
	if (why.code)
		err_copy(err, &why);
	if (row->fini)
		row->fini(f.own);
	free(f.own);
	return ok;
}
