/* A flow's question to a model. */
#include "config.h"

#include "session/ask/ask_backend.h"
#include "session/ask/asking.h"
#include "session/base/loop.h"
#include "session/flow/flow_kit.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/option/opt.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/workbench.h"

void flow_answer_fini(struct flow_answer *a)
{
	str_free(&a->text);
	a->cut = false;
}

static bool bound(struct flow *f, const char *what, unsigned n, const char *unit,
		  const char *option, struct err *err)
{
	str_clear(&f->out->stopped);
	str_addf(&f->out->stopped, "stopped: the flow took its %s%u %s (%s)", what, n, unit,
		 option);
	return err_set(err, ERR_LIMIT, "%s", str_cstr(&f->out->stopped));
}

bool flow_within(struct flow *f, struct err *err)
{
	const struct options *o = f->w->options;

	if (f->rounds >= o->flow_rounds)
		return bound(f, "", o->flow_rounds, "questions to a model", "flow.rounds", err);
	if (f->tokens >= o->flow_tokens)
		return bound(f, "", o->flow_tokens, "tokens", "flow.tokens", err);
	return loop_now_ms(f->w->loop) < f->until_ms ||
	       bound(f, "", o->flow_seconds, "s", "flow.seconds", err);
}

static void count(struct flow *f, const struct asking *a, const struct exchange *x)
{
	f->tokens += x->in >= 0 ? (uint64_t)x->in : a->prompt->tokens;
	f->tokens += x->out >= 0 ? (uint64_t)x->out
				 : prompt_estimate_mixed(str_cstr(&x->answer), x->answer.len);
}

static bool ask(struct flow *f, struct asking *a, struct flow_answer *out, struct err *err)
{
	struct backend *b = a->lease->backend;
	struct err why = { 0 };
	bool whole = b->ops->ask(b, a->prompt, ask_stream_piece, &a->st, &why);
	const struct exchange *x;

	whole = asking_end(a, whole ? &(struct err){ 0 } : &why, err);
	x = state_exchange(session_state(f->w->session), a->out->ask);
	count(f, a, x);
	str_add(&out->text, str_cstr(&x->answer), x->answer.len);
	out->cut = x->cut || !whole;
	return whole;
}

bool flow_model(struct flow *f, const char *role, const char *question, struct flow_answer *out,
		struct err *err)
{
	struct ask_request r = { .question = question,
				 .backend = ask_backend_role(f->w, role),
				 .fresh = true,
				 .beside = true,
				 .bare = true };
	struct ask_result result;
	struct asking a;
	bool ok = flow_within(f, err);

	*out = (struct flow_answer){ 0 };
	if (!ok)
		return false;
	f->rounds++;
	ok = asking_begin(&a, f->w, &r, &result, err) && asking_record(&a, a.prompt, err) &&
	     ask(f, &a, out, err);
	asking_fini(&a);
	ask_result_fini(&result);
	return ok;
}
