/* One turn, from the question to the proposals.
 *
 * A round asks the model and appends its answer to the record: a turn is one exchange
 * of the session, with text, calls and results in the order they came in. Only the end
 * of the last round ends the answer. Each piece of work is a limb (turn_limb.h), so
 * that the turn's time limit ends that piece alone, and what has arrived is still
 * placed and recorded.
 */
#include "config.h"

#include "session/turn/flow_turn.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/ask/ask_cost.h"
#include "session/ask/ask_offer.h"
#include "session/ask/asking.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/option/opt.h"
#include "session/toolbox/toolbox.h"
#include "session/turn/no_tools.h"
#include "session/turn/stray_call.h"
#include "session/turn/talk.h"
#include "session/turn/text_call.h"
#include "session/turn/turn_calls.h"
#include "session/turn/turn_limb.h"
#include "session/turn/turn_mode.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"

struct turn {
	struct workbench *w;
	const struct turn_request *r;
	struct ask_request ask; /* a copy of r's, with the tools */
	struct asking a;
	enum turn_tools how;
	struct tool_turn tools;
	struct tool_use use;
	struct turn_offer offer;
	struct talk talk;
	struct turn_calls calls;
	uint64_t until_ms, rounds, spent;
	unsigned mored; /* how often more() was called */
	bool ended;	/* `done` was called */
	enum turn_end end;
	struct str stopped; /* for BOUND: which one, as a sentence */
	struct err why;	    /* for ERROR and CANCEL */
	/* The current round: */
	struct str text; /* text since the last call */
	size_t from;	 /* where the round begins in the answer */
	struct usage usage;
	int64_t cost; /* of the rounds so far, at most */
	enum finish_reason finish;
	bool any, asked_whole;
	bool told_stray; /* that calls were found in the text */
};

static const struct usage no_usage = { -1, -1, -1, -1 };

/* MODEL ----------------------------------------------------------------------------- */

static void end_text(struct turn *t)
{
	talk_say(&t->talk, ROLE_ASSISTANT, str_cstr(&t->text), t->text.len);
	str_clear(&t->text);
}

/* Separates rounds by an empty line in the answer. */
static void part_rounds(struct turn *t)
{
	const struct exchange *x = state_exchange(session_state(t->w->session), t->a.out->ask);
	struct piece gap = { .kind = PIECE_TEXT, .text = "\n\n", .len = 2, .usage = no_usage };

	if (t->any || t->rounds < 2 || x->answer.len == 0)
		return;
	if (x->answer.data[x->answer.len - 1] == '\n')
		gap.len = 1;
	ask_stream_piece(&t->a.st, &gap);
}

static bool take_call(struct turn *t, const struct piece *p)
{
	struct piece mine = *p;

	end_text(t);
	mine.id = turn_calls_add(&t->calls, p->id, p->name, p->text, p->len);
	talk_add(&t->talk, ROLE_ASSISTANT,
		 &(struct prompt_part){ .kind = PROMPT_CALL,
					.text = p->text,
					.len = p->len,
					.id = p->id,
					.name = p->name });
	return ask_stream_piece(&t->a.st, &mine);
}

static bool on_piece(void *ctx, const struct piece *p)
{
	struct turn *t = ctx;

	switch (p->kind) {
	case PIECE_USAGE:
		t->usage = p->usage;
		return true;
	case PIECE_FINISH:
		t->finish = p->finish;
		break;
	case PIECE_TEXT:
		part_rounds(t);
		str_add(&t->text, p->text, p->len);
		break;
	case PIECE_CALL:
		t->any = true;
		return take_call(t, p);
	case PIECE_OPAQUE:
		end_text(t);
		talk_add(&t->talk, ROLE_ASSISTANT,
			 &(struct prompt_part){ .kind = PROMPT_OPAQUE,
						.text = p->text,
						.len = p->len,
						.name = p->name });
		break;
	default:
		break;
	}
	t->any |= p->kind != PIECE_START && p->kind != PIECE_WAIT;
	return ask_stream_piece(&t->a.st, p);
}

static void ask_model(void *ctx)
{
	struct turn *t = ctx;
	struct backend *b = t->a.lease->backend;
	struct err why = { 0 };

	/* Ignore the error of an attempt that was retried with success. */
	t->asked_whole = b->ops->ask(b, talk_prompt(&t->talk), on_piece, t, &why);
	if (!t->asked_whole)
		t->why = why;
}

static void on_text_call(void *ctx, const char *name, const char *args, size_t len)
{
	struct turn *t = ctx;
	struct piece p = { .kind = PIECE_CALL, .text = args, .len = len, .name = name };

	p.id = turn_calls_add(&t->calls, "text", name, args, len);
	ask_stream_piece(&t->a.st, &p);
}

static void on_stray_call(void *ctx, const char *name, const char *args, size_t len,
			  bool maybe_quoted)
{
	struct turn *t = ctx;

	on_text_call(t, name, args, len);
	t->calls.v[t->calls.n - 1].maybe_quoted = maybe_quoted;
}

static const char *schema_of(void *ctx, const char *name)
{
	const struct turn *t = ctx;
	const struct tool *tool = toolbox_find(toolbox_of(&t->w->tools), name);

	return tool && toolbox_offers(&t->use, tool) ? tool->schema : NULL;
}

/* Calls in the text of a round that has none by the protocol. Their results are text, too:
 * a server refuses the result of a call that it did not make. */
static void take_stray_calls(struct turn *t)
{
	const struct stray_reader r = { .schema = schema_of, .call = on_stray_call, .ctx = t };
	bool by_protocol = t->how == TURN_TOOLS_CALLS;

	t->calls.in_text = !by_protocol;
	if (t->calls.n || !t->asked_whole || t->finish == FINISH_LENGTH ||
	    (by_protocol && !t->talk.p.n_tools) ||
	    !stray_calls(str_cstr(&t->text), t->text.len, &r, NULL))
		return;
	t->calls.in_text = true;
	if (by_protocol && !t->told_stray)
		report_note(&t->w->out,
			    "the model wrote its calls as text, and they were read there; "
			    "`tools=text` in the `backend add` line of %s asks for a form that is "
			    "surer",
			    t->a.entry.name);
	t->told_stray = true;
}

static void add_tokens(int64_t *to, long n)
{
	if (n >= 0)
		*to = *to < 0 ? n : *to + n;
}

/* A sum that lacks one round is not used, and an unknown price is not a price. */
static void sum_tokens(const struct turn *t, int64_t *to, long n)
{
	if (n < 0)
		*to = -1;
	else if (t->rounds == 1)
		*to = n;
	else if (*to >= 0)
		*to += n;
}

static size_t answer_estimate(const struct turn *t)
{
	const struct str *all =
		&state_exchange(session_state(t->w->session), t->a.out->ask)->answer;

	return prompt_estimate_mixed(str_cstr(all) + t->from, all->len - t->from);
}

static void count_usage(struct turn *t)
{
	struct event *end = &t->a.st.end;

	int64_t cost = ask_price_at_most(t->w, &t->a.entry, str_cstr(&t->a.st.model), &t->usage,
					 talk_tokens(&t->talk));

	sum_tokens(t, &end->answer.in, t->usage.in);
	sum_tokens(t, &end->answer.out, t->usage.out);
	add_tokens(&end->answer.cached, t->usage.cached);
	add_tokens(&end->answer.reasoning, t->usage.reasoning);
	end->answer.written += t->usage.written > 0 ? (uint64_t)t->usage.written : 0;
	t->spent += t->usage.in >= 0 ? (uint64_t)t->usage.in : talk_tokens(&t->talk);
	t->spent += t->usage.out >= 0 ? (uint64_t)t->usage.out : answer_estimate(t);
	t->cost += cost > 0 ? cost : 0;
}

static bool stop(struct turn *t, enum turn_end end)
{
	t->end = end;
	return false;
}

static bool bound(struct turn *t, const char *before, unsigned n, const char *after)
{
	str_clear(&t->stopped);
	str_addf(&t->stopped, "stopped: %s %u %s", before, n, after);
	return stop(t, TURN_BOUND);
}

static bool late(struct turn *t)
{
	return bound(t, "the turn took its", t->w->options->turn_seconds, "s (turn.seconds)");
}

/* A server that takes no tools says so at the first request: ask again without them. */
static bool takes_no_tools(const struct turn *t)
{
	return t->rounds == 1 && !t->any && t->talk.p.n_tools && t->why.code == ERR_NO_TOOLS;
}

static void remember_no_tools(struct turn *t)
{
	struct backend_entry *e = backend_list_find(t->w->backends, t->a.entry.name);
	bool kept = false;

	if (e && e->lease == t->a.lease) {
		e->no_tools = true;
		kept = no_tools_keep(e);
	}
	report_note(&t->w->out,
		    "%s: asked without them, and so from now on %s%s%s; `tools=off` in its "
		    "`backend add` line makes that permanent, `tools=text` describes them in words",
		    t->why.text,
		    kept ? "for a week, or until `backends --test " : "until posedge ends",
		    kept ? e->name : "", kept ? "`" : "");
}

/* The first round was checked before it was recorded. */
static bool affords(struct turn *t)
{
	struct err why;

	if (t->rounds == 0 || asking_afford(&t->a, talk_tokens(&t->talk), t->cost, &why))
		return true;
	str_clear(&t->stopped);
	str_addf(&t->stopped, "stopped: %s", why.text);
	return false;
}

/* One request to the model; false: no further round. */
static bool ask_round(struct turn *t)
{
	enum limb_end end;

	if (!affords(t))
		return stop(t, TURN_BOUND);
	t->rounds++;
	t->usage = no_usage;
	t->finish = FINISH_OTHER;
	t->any = t->asked_whole = false;
	ask_stream_flush(&t->a.st);
	t->from = state_exchange(session_state(t->w->session), t->a.out->ask)->answer.len;
	end = limb_run(t->w->loop, t->until_ms, ask_model, t);
	ask_stream_flush(&t->a.st);
	if (end == LIMB_DONE && !t->asked_whole && takes_no_tools(t)) {
		remember_no_tools(t);
		talk_drop_tools(&t->talk);
		t->why = (struct err){ 0 };
		t->rounds = 0;
		return ask_round(t);
	}
	if (t->how == TURN_TOOLS_TEXT && t->asked_whole && t->finish != FINISH_LENGTH)
		text_calls(str_cstr(&t->text), t->text.len, on_text_call, t, NULL);
	take_stray_calls(t);
	end_text(t);
	count_usage(t);
	if (end == LIMB_LATE)
		return late(t);
	if (end == LIMB_CANCELLED || t->why.code == ERR_CANCELLED)
		return stop(t, t->a.st.too_long ? TURN_ERROR : TURN_CANCEL);
	if (!t->asked_whole)
		return stop(t, TURN_ERROR);
	return t->finish != FINISH_LENGTH || stop(t, TURN_LENGTH);
}

/* RUN ------------------------------------------------------------------------------- */

static const char *why_not_run(const struct turn *t)
{
	switch (t->end) {
	case TURN_LENGTH:
		return "not run: the answer was cut off by the limit of its length";
	case TURN_CANCEL:
		return "not run: stopped by the person";
	case TURN_ERROR:
		return "not run: the answer broke off";
	default:
		return "not run: the turn is over";
	}
}

static bool run_calls(struct turn *t)
{
	switch (turn_calls_answer(&t->calls, &t->talk, NULL, &t->why)) {
	case CALLS_NOT_RECORDED:
		return stop(t, TURN_ERROR);
	case CALLS_CANCELLED:
		err_set(&t->why, ERR_CANCELLED, "cancelled");
		return stop(t, TURN_CANCEL);
	case CALLS_LATE:
		return late(t);
	case CALLS_ANSWERED:
		break;
	}
	return !t->tools.done || stop(t, TURN_DONE);
}

/* Between rounds ---------------------------------------------------------------------- */

static bool hear(struct turn *t, const struct str *text, bool person)
{
	struct event e = { .type = EVENT_STEER };
	bool ok = true;

	talk_say(&t->talk, ROLE_USER, str_cstr(text), text->len);
	e.steer.ask = t->a.out->ask;
	e.steer.text = (struct bytes){ str_cstr(text), text->len };
	e.steer.by = person ? "" : "check";
	ok = session_record(t->w->session, &e, NULL, &t->why);
	turn_calls_forget(&t->calls);
	return ok || stop(t, TURN_ERROR);
}

static bool steer(struct turn *t)
{
	struct str text = STR_INIT;
	bool ok = true;

	if (t->r->steered)
		t->r->steered(t->r->ctx, &text);
	if (text.len)
		ok = hear(t, &text, true);
	str_free(&text);
	return ok;
}

/* Updates out->placed for callers that look between rounds. */
static void tell_placed(struct turn *t)
{
	struct place_result *p = &t->a.out->placed;

	free(p->suggestions);
	p->n = t->tools.n;
	p->suggestions =
		p->n ? mem_dup(t->tools.suggestions, p->n * sizeof(*p->suggestions)) : NULL;
}

/* Asks more() for further instructions; false: the turn ends. */
static bool go_on(struct turn *t)
{
	struct str text = STR_INIT;
	bool ok;

	tell_placed(t);
	if (!t->r->more || !t->r->more(t->r->ctx, t->mored++, t->a.out, &text, &t->why))
		ok = stop(t, t->why.code == ERR_CANCELLED ? TURN_CANCEL
			     : t->why.code		  ? TURN_ERROR
							  : TURN_DONE);
	else
		ok = text.len ? hear(t, &text, false) : stop(t, TURN_DONE);
	t->ended |= t->tools.done;
	t->tools.done = false;
	str_free(&text);
	return ok;
}

static bool within_bounds(struct turn *t)
{
	const struct options *o = t->w->options;

	if (t->rounds >= o->turn_rounds)
		return bound(t, "the turn took its", o->turn_rounds, "rounds (turn.rounds)");
	if (t->spent >= o->turn_tokens)
		return bound(t, "the turn took its", o->turn_tokens, "tokens (turn.tokens)");
	return loop_now_ms(t->w->loop) < t->until_ms || late(t);
}

/* The turn ---------------------------------------------------------------------------- */

static void loop_rounds(struct turn *t)
{
	bool on = true;

	while (on) {
		on = within_bounds(t) && ask_round(t);
		if (on && t->calls.n)
			on = run_calls(t) && steer(t);
		else if (on && t->finish != FINISH_PAUSE)
			on = stop(t, TURN_DONE);
		if (t->end == TURN_DONE && !on)
			on = go_on(t);
	}
	/* Every call needs a result. */
	if (t->calls.n)
		turn_calls_answer(&t->calls, &t->talk, why_not_run(t), NULL);
}

/* The author of suggestions. */
static const char *by_of(const struct turn *t)
{
	return t->a.entry.model && t->a.entry.model[0] ? t->a.entry.model : t->a.entry.name;
}

static void turn_init(struct turn *t)
{
	struct options *o = t->w->options;

	t->until_ms = loop_now_ms(t->w->loop) + 1000ull * o->turn_seconds;
	t->use = (struct tool_use){
		.w = t->w, .by = by_of(t), .effects = turn_effects(t->w->options), .turn = &t->tools
	};
	t->a.prompt->tokens += ask_offer_tokens(&t->offer.offer);
	talk_init(&t->talk, t->a.prompt, t->offer.tools, t->offer.n, str_cstr(&t->offer.rules));
	turn_calls_init(&t->calls, &t->use, t->until_ms, o->turn_simulations);
	t->calls.look = t->r->look;
	t->calls.ctx = t->r->ctx;
	t->calls.in_text = t->how == TURN_TOOLS_TEXT;
}

static void turn_fini(struct turn *t)
{
	talk_fini(&t->talk);
	turn_calls_fini(&t->calls);
	turn_offer_fini(&t->offer);
	tool_turn_fini(&t->tools);
	str_free(&t->stopped);
	str_free(&t->text);
	asking_fini(&t->a);
}

/* Adds what concerns the whole turn to the end event. */
static bool record_end(struct turn *t, struct err *err)
{
	struct event *end = &t->a.st.end;

	end->answer.rounds = t->rounds;
	end->answer.stopped = str_cstr(&t->stopped);
	if (t->end == TURN_BOUND)
		end->answer.finish = "bound";
	if (t->end == TURN_BOUND)
		report_note(&t->w->out, "%s", end->answer.stopped);
	if (t->end != TURN_CANCEL && t->end != TURN_ERROR)
		t->why = (struct err){ 0 };
	return asking_end(&t->a, &t->why, err);
}

static bool turn_with_tools(struct turn *t, struct ask_result *out, struct err *err)
{
	bool whole, ok;

	turn_init(t);
	if (!asking_record(&t->a, talk_prompt(&t->talk), err))
		return false;
	t->use.ask = out->ask;
	loop_rounds(t);
	/* A bound has its own sentence. */
	t->a.may_be_silent = t->tools.n || t->ended || t->end == TURN_BOUND;
	whole = record_end(t, err);
	tell_placed(t);
	if (t->tools.n || !(t->use.effects & TOOL_DOES(TOOL_PROPOSES)))
		return whole;
	ok = asking_place(&t->a, t->from, whole ? err : NULL);
	return ok && whole;
}

/* Tells the user once that tools are off because of a refusal cached by an earlier
 * program; otherwise they would be missing silently. */
static void tell_no_tools(struct workbench *w, struct backend_entry *e)
{
	if (!e || e->no_tools || turn_tools_wanted(w, e) == TURN_TOOLS_OFF || !no_tools_known(e))
		return;
	e->no_tools = true;
	report_note(&w->out,
		    "backend %s: asked without tools, which its server refused less than a week "
		    "ago; `backends --test %s` forgets that",
		    e->name, e->name);
}

bool flow_turn(struct workbench *w, const struct turn_request *r, struct ask_result *out,
	       enum turn_end *end, struct err *err)
{
	const char *name = ask_backend_name(w->options, r->ask.backend, r->ask.fix);
	struct turn t = { .w = w,
			  .r = r,
			  .how = turn_tools_of(w, backend_list_find(w->backends, name)) };
	bool ok;

	memset(out, 0, sizeof(*out));
	if (end)
		*end = TURN_DONE;
	if (t.how == TURN_TOOLS_OFF) {
		tell_no_tools(w, backend_list_find(w->backends, name));
		return flow_ask(w, &r->ask, out, err);
	}
	t.ask = r->ask;
	ok = turn_offer_next(w, r->ask.backend, r->ask.fix, &t.offer, &t.ask.offer, err) &&
	     asking_begin(&t.a, w, &t.ask, out, err) && turn_with_tools(&t, out, err);
	if (end)
		*end = t.end;
	turn_fini(&t);
	return ok;
}
