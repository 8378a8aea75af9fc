/* A flow's question to a model.
 *
 * A model can repeat itself forever at the user's expense. So an answer is stopped
 * when it has been repeating the same few bytes for a while, or when it has used up
 * the flow's tokens. The text received so far is kept and marked as cut.
 */
#include "config.h"

#include "session/answer/answer.h"
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

#define BYTES_OF_TOKEN 8u /* more than any text has; the server's count decides */

void flow_answer_fini(struct flow_answer *a)
{
	str_free(&a->text);
	a->cut = false;
}

static bool bound(struct flow *f, unsigned n, const char *unit, const char *option, struct err *err)
{
	str_clear(&f->out->stopped);
	str_addf(&f->out->stopped, "stopped: the flow took its %u %s (%s)", n, unit, option);
	return err_set(err, ERR_LIMIT, "%s", str_cstr(&f->out->stopped));
}

/* Checks the flow's bounds. At a bound fails with ERR_LIMIT and sets f->out->stopped. */
static bool flow_within(struct flow *f, struct err *err)
{
	const struct options *o = f->w->options;

	if (f->rounds >= o->flow_rounds)
		return bound(f, o->flow_rounds, "questions to a model", "flow.rounds", err);
	if (f->tokens >= o->flow_tokens)
		return bound(f, o->flow_tokens, "tokens", "flow.tokens", err);
	return loop_now_ms(f->w->loop) < f->until_ms ||
	       bound(f, o->flow_seconds, "s", "flow.seconds", err);
}

static void count(struct flow *f, const struct asking *a, const struct exchange *x)
{
	f->tokens += x->in >= 0 ? (uint64_t)x->in : a->prompt->tokens;
	f->tokens += x->out >= 0 ? (uint64_t)x->out
				 : prompt_estimate_mixed(str_cstr(&x->answer), x->answer.len);
}

bool flow_loops(const char *text, size_t len)
{
	size_t same;

	if (len < FLOW_LOOP_BYTES)
		return false;
	text += len - FLOW_LOOP_BYTES;
	for (size_t period = 1; period <= FLOW_LOOP_MAX; period++) {
		for (same = period; same < FLOW_LOOP_BYTES; same++)
			if (text[same] != text[same - period])
				break;
		if (same == FLOW_LOOP_BYTES)
			return true;
	}
	return false;
}

/* State of an answer while it is received. */
struct heard {
	struct asking *a;
	struct str tail; /* the last bytes received */
	size_t since;	 /* bytes since the last check for repetition */
	size_t left;	 /* bytes still allowed by the flow's tokens */
	bool loops, full;
};

static void look(struct heard *h, const struct piece *p)
{
	if (p->kind != PIECE_TEXT && p->kind != PIECE_REASONING)
		return;
	h->full = p->len > h->left;
	h->left -= h->full ? h->left : p->len;
	str_add(&h->tail, p->text, p->len);
	h->since += p->len;
	if (h->since < FLOW_LOOP_BYTES / 4)
		return;
	h->since = 0;
	h->loops = flow_loops(str_cstr(&h->tail), h->tail.len);
	if (h->tail.len > 2 * (size_t)FLOW_LOOP_BYTES)
		str_remove(&h->tail, 0, h->tail.len - FLOW_LOOP_BYTES);
}

static bool piece(void *ctx, const struct piece *p)
{
	struct heard *h = ctx;

	if (!ask_stream_piece(&h->a->st, p))
		return false;
	look(h, p);
	return !h->loops && !h->full;
}

/* True if we stopped the answer ourselves. It counts as cut, not as failed. */
static bool heard_enough(struct flow *f, const struct heard *h, struct err *why)
{
	if (!h->loops && !h->full)
		return false;
	if (h->loops)
		report_note(&f->w->out, "%s: the model repeats itself: its answer was ended there",
			    f->row->name);
	else
		report_note(&f->w->out,
			    "%s: the answer was ended at the flow's tokens "
			    "(flow.tokens)",
			    f->row->name);
	err_set(why, ERR_LIMIT, "%s",
		h->loops ? "the model repeats itself" : "the flow took its tokens (flow.tokens)");
	return true;
}

static bool ask(struct flow *f, struct asking *a, struct flow_answer *out, struct err *err)
{
	struct backend *b = a->lease->backend;
	struct err why = { 0 };
	struct heard h = { .a = a,
			   .left = BYTES_OF_TOKEN * (f->w->options->flow_tokens - f->tokens) };
	bool whole = b->ops->ask(b, a->prompt, piece, &h, &why), enough;
	const struct exchange *x;

	enough = heard_enough(f, &h, &why);
	whole = whole && !enough;
	if (whole)
		why = (struct err){ 0 };
	whole = asking_end(a, &why, err);
	x = state_exchange(session_state(f->w->session), a->out->ask);
	count(f, a, x);
	str_add(&out->text, str_cstr(&x->answer), x->answer.len);
	out->cut = x->cut || !whole;
	out->loops = h.loops;
	str_free(&h.tail);
	return whole || enough;
}

bool flow_fill(struct flow *f, const char *role, const char *question,
	       const struct prompt_fill *fill, bool *filled, struct flow_answer *out,
	       struct err *err)
{
	struct ask_request r = { .question = question,
				 .backend = ask_backend_role(f->w->options, role),
				 .fresh = true,
				 .beside = true,
				 .flow = f->out->ask,
				 .bare = true };
	struct ask_result result;
	struct asking a;
	bool ok = flow_within(f, err);

	*out = (struct flow_answer){ 0 };
	*filled = false;
	if (!ok)
		return false;
	f->rounds++;
	ok = asking_begin(&a, f->w, &r, &result, err);
	if (ok)
		a.prompt->reasoning = f->reasoning;
	if (ok && fill) {
		const struct backend *b = a.lease->backend;

		*filled = b->ops->fills && b->ops->fills(b);
		a.prompt->fill = *filled ? fill : NULL;
	}
	ok = ok && asking_record(&a, a.prompt, err) && ask(f, &a, out, err);
	asking_fini(&a);
	ask_result_fini(&result);
	return ok;
}

bool flow_model(struct flow *f, const char *role, const char *question, struct flow_answer *out,
		struct err *err)
{
	bool filled;

	return flow_fill(f, role, question, NULL, &filled, out, err);
}

bool flow_answer_block(const struct flow_answer *a, const char *what,
		       bool (*take)(void *ctx, const struct answer_part *p), void *ctx,
		       struct strv *faults)
{
	struct answer_parts parts;
	struct str lack = STR_INIT;
	bool taken = false;

	answer_parse(str_cstr(&a->text), a->text.len, &parts);
	for (size_t i = 0; i < parts.n && !taken; i++)
		taken = parts.v[i].kind == PART_CODE && take(ctx, &parts.v[i]);
	if (!taken)
		answer_say_lack(&parts, what, &lack);
	if (!taken)
		strv_give(faults, str_take(&lack));
	answer_parts_fini(&parts);
	return taken;
}

bool flow_model_form(struct flow *f, const struct flow_form *form, struct strv *faults,
		     struct err *err)
{
	bool ok = true;

	for (unsigned i = 0; ok && i < form->tries && (i == 0 || faults->n); i++) {
		struct str question = STR_INIT;
		struct flow_answer a;

		form->ask(form->ctx, faults, &question);
		ok = flow_model(f, form->role ? form->role : "ask", str_cstr(&question), &a, err);
		strv_free(faults);
		ok = ok && form->take(form->ctx, &a, faults, err);
		flow_answer_fini(&a);
		str_free(&question);
	}
	return ok;
}
